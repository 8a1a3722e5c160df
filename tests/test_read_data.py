"""The data of the reader: every cue finds its example, and leaves its counter-example alone."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geomap.paragraphs import Paragraph
from geomap.read.dates import date_words, find_dates
from geomap.read.furniture import Cue, compiled, cues, furniture_in, without_markup
from geomap.read.publishers import publisher_at, publisher_named, publishers


@pytest.mark.parametrize("cue", cues(), ids=lambda cue: f"{cue.kind}: {cue.example[:30]}")
def test_a_cue_finds_its_example_and_not_its_counter_example(cue: Cue) -> None:
    assert compiled(cue).search(without_markup(cue.example)) is not None
    assert compiled(cue).search(without_markup(cue.but_not)) is None


@pytest.mark.parametrize("cue", [cue for cue in cues() if cue.needs], ids=lambda cue: f"{cue.kind}: {cue.needs}")
@settings(deadline=None, derandomize=True, max_examples=50, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_whatever_a_pattern_matches_has_one_of_the_words_it_needs(cue: Cue, data: st.DataObject) -> None:
    text = data.draw(st.from_regex(compiled(cue)))

    assert any(words in text.lower() for words in cue.needs)


@pytest.mark.parametrize("cue", cues(), ids=lambda cue: f"{cue.kind}: {cue.but_not[:30]}")
def test_no_cue_takes_the_counter_example_of_another(cue: Cue) -> None:
    story = Paragraph(0, 0, "The army left.")
    assert not list(furniture_in([story, Paragraph(0, len(cue.but_not), cue.but_not), story]))


def test_publishers_are_found_by_site_and_by_each_name_and_are_listed_once() -> None:
    for each in publishers():
        assert all(publisher_at(f"www.{domain}") == each for domain in each.domains)
        assert all(publisher_named(name) == each for name in each.names)
    domains = [domain for each in publishers() for domain in each.domains]
    assert len(domains) == len(set(domains))


def test_every_month_is_found_in_its_example() -> None:
    for number, each in enumerate(date_words().months, 1):
        assert [found.date.month for found in find_dates(each.example) if found.date] == [number], each.example
