"""Dates: text -> days, from the table in cases/dates.yml."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import yaml

from geomap.extract.dates import TimeExpression, find_dates, resolve_when
from geomap.extract.dates.words import lexicon
from geomap.model import Span, When

CASES = yaml.load((Path(__file__).parent / "cases" / "dates.yml").read_text("utf-8"), yaml.BaseLoader)
PRECISION = {1: "day", 2: "week", 3: "long"}


def cases(table: str) -> list[Any]:
    return [
        pytest.param(
            _date(group["anchor"]), case, id=f"{group['anchor']}: {case['text']} {case.get('trigger', '')}"
        )
        for group in CASES[table]
        for case in group["cases"]
    ]


def _date(text: str) -> dt.date | None:
    return None if text == "null" else dt.date.fromisoformat(text)


def _days(when: When) -> str:
    if when.start is None or when.end is None:
        return f"unknown {PRECISION[when.precision]}"
    days = f"{when.start}" if when.start == when.end else f"{when.start}..{when.end}"
    return f"{days} {PRECISION[when.precision]}"


def _told(one: TimeExpression) -> str:
    marks = [one.kind] if one.kind not in ("day", "period") else []
    marks += ["future"] if one.is_future and one.kind != "duration" else []
    marks += [one.role] if one.role != "event" else []
    return " ".join([_days(one.when), *marks])


@pytest.mark.parametrize(("anchor", "case"), cases("find"))
def test_expression_means_its_days(anchor: dt.date | None, case: dict[str, Any]) -> None:
    found = find_dates(case["text"], anchor)
    assert {case["text"][one.start : one.end]: _told(one) for one in found} == case["found"]


@pytest.mark.parametrize(("anchor", "case"), cases("before"))
def test_next_day_counts_from_the_day_spoken_of_before(anchor: dt.date | None, case: dict[str, Any]) -> None:
    found = find_dates(case["text"], anchor, dt.date.fromisoformat(case["before"]))
    assert {case["text"][one.start : one.end]: _told(one) for one in found} == case["found"]


@pytest.mark.parametrize(("anchor", "case"), cases("resolve"))
def test_event_takes_the_date_of_its_own_clause_first(anchor: dt.date | None, case: dict[str, Any]) -> None:
    text = case["text"]
    start = text.index(case["trigger"])
    first_stop = text.find(". ") + 1 or len(text)
    sentence = Span(0, first_stop) if start < first_stop else Span(first_stop, len(text))
    when = resolve_when(find_dates(text, anchor), sentence, Span(start, start + len(case["trigger"])), anchor)
    assert _days(when) == case["when"]


def test_event_without_a_date_takes_the_articles() -> None:
    anchor = dt.date(2020, 2, 4)
    assert resolve_when([], Span(0, 10), Span(2, 5), anchor) == When(anchor, anchor, 1, "")


def test_offsets_of_an_article_point_into_it() -> None:
    text = "The army came on Monday.\n\nIt left, a day after rebels took the hill.\n\nFighting goes on."
    found = find_dates(text, dt.date(2020, 2, 4))
    assert [text[one.start : one.end] for one in found] == ["Monday", "a day after"]
    assert [text[slice(*one.clause)].strip() for one in found] == [
        "The army came on Monday.",
        "a day after rebels took the hill.",
    ]


def test_examples_of_the_lexicon_tell_time() -> None:
    words = lexicon()
    examples = [entry.example for entry in (*words.day_words, *words.reference_words)]
    lists = (words.weekdays, words.months, words.month_abbreviations, words.ambiguous_months, words.month_leads)
    examples += [words_.example for words_ in lists]
    examples += [words_.example for words_ in (words.counts, words.units, words.recent, words.parts_of_day)]
    examples += [words_.example for words_ in (words.parts_of_period, words.seasons, *words.leads.values())]
    assert [text for text in examples if not find_dates(text, dt.date(2020, 2, 4))] == []


def test_counter_examples_of_the_lexicon_tell_no_time() -> None:
    words = lexicon()
    lists = (words.weekdays, words.months, words.month_abbreviations, words.ambiguous_months, words.units)
    texts = [words_.counter_example for words_ in (*lists, words.month_leads, words.counts, words.seasons)]
    names = [words.name_heads.example, words.names.example]
    assert [text for text in [*texts, *names] if text and find_dates(text, dt.date(2020, 2, 4))] == []


@pytest.mark.parametrize(
    "text", ["", "   ", "31 February", "99 days ago", "0 years ago", "1 January 9999", "999 years ago"]
)
def test_odd_text_is_read_without_error(text: str) -> None:
    find_dates(text, dt.date(1, 1, 2))
    find_dates(text, dt.date(9999, 12, 30))
    find_dates(text, None)
