"""Date lines: on which day does the text itself say it came out?

A date line stands apart ("By Jo Marsh | 24 December 2019"), or leads the story ("7 July 2015 A bomb ...").
A date in a caption or in running text is the date of something else.
"""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from geomap.model import Span
from geomap.paragraphs import Paragraph, ends_a_sentence
from geomap.read.dates import DateOrder, FoundDate, date_words, find_dates, words_pattern
from geomap.read.furniture import is_body
from geomap.read.publishers import agency_pattern

Label = Literal["published", "plain", "updated"]

# A longer line is no date line.
_LONGEST = 140
# Names of writer, site and town; more words are a sentence.
_MOST_WORDS = 8
# How far into an article on one line the headline may reach.
_LONGEST_HEADLINE = 300
_TIME = re.compile(
    r"\b\d{1,2}[:.]\d\d(?::\d\d)?\b|\b[ap]\.?m\b\.?|\b(?:GMT|UTC|EST|EDT|CET|EET|BST|MSK|IST|Z)\b|[+-]\d{4}", re.I
)
_SMALL_WORDS = frozenset(
    {"a", "ago", "and", "at", "by", "edition", "for", "hour", "hours", "in", "local", "min", "mins", "minute"}
    | {"minutes", "of", "read", "reading", "the", "time"}
)
_UPDATED_IN_BRACKETS = re.compile(r"\s*\((?:last )?(?:updated|modified)[^)]{0,40}\)", re.IGNORECASE)
_AFTER_DATE = re.compile(r"[\s\-–—:|.,]*(?=[\"“‘'(]?[A-ZА-ЯЁІЇЄ])")


@dataclass(frozen=True, slots=True)
class DateLine:
    """Where a text dates itself; ``date`` is None where day and month could be either way round."""

    span: Span
    date: dt.date | None
    label: Label


def date_lines(paragraphs: Sequence[Paragraph], closed: set[int], order: DateOrder | None) -> list[DateLine]:
    """Return the date lines of a text, those of most authority first: "published", then bare, then "updated".

    Args:
        paragraphs: of the text.
        closed: numbers of those whose date is not the text's: captions, related links.
        order: how "03/04/2020" is meant, where that is known.
    """
    found: list[DateLine] = []
    bodies = 0
    for number, paragraph in enumerate(paragraphs):
        if number in closed:
            continue
        line = _line(paragraph, order)
        if line is None and not bodies:
            line = _leading(paragraph, order)
        if line is not None and (bodies < 2 or line.label != "plain"):
            found.append(line)
        bodies += is_body(paragraph.text)
    rank = {"published": 0, "plain": 1, "updated": 2}
    return sorted(found, key=lambda line: rank[line.label])


def _line(paragraph: Paragraph, order: DateOrder | None) -> DateLine | None:
    """Return the date line that the paragraph is, None where it is none."""
    text = paragraph.text
    dates = list(find_dates(text, order)) if len(text) <= _LONGEST else []
    if not dates:
        return None
    label = _label(text[: dates[0].start])
    if label is None or not _is_bare(text, dates):
        return None
    published = next((each for each in dates if _label(text[: each.start]) == "published"), dates[0])
    label = "published" if _label(text[: published.start]) == "published" else label
    return DateLine(Span(paragraph.start, paragraph.end), published.date, label)


def _leading(paragraph: Paragraph, order: DateOrder | None) -> DateLine | None:
    """Return the date with which the paragraph, a story on one line, begins."""
    head = paragraph.text[: _LONGEST_HEADLINE + 40]
    for found in find_dates(head, order):
        before = head[: found.start]
        is_at_start = not before.strip() or re.fullmatch(rf"\W*(?:{_labels()})\W*", before, re.IGNORECASE)
        if not is_at_start and not (found.has_weekday and _after_agency().search(before)):
            return None
        end = found.end
        updated = _UPDATED_IN_BRACKETS.match(head, end)
        end = updated.end() if updated else end
        rest = _AFTER_DATE.match(head, end)
        if rest is None:
            return None
        span = Span(paragraph.start, paragraph.start + rest.end())
        return DateLine(span, found.date, _label(before) or "plain")
    return None


def _label(before: str) -> Label | None:
    """Return what the words before a date make of it; None where they make it a part of a sentence."""
    if re.search(rf"(?<!\w)(?:{words_pattern(date_words().updated)})\W*$", before, re.IGNORECASE):
        return "updated"
    if re.search(rf"(?<!\w)(?:{words_pattern(date_words().published)})\W*$", before, re.IGNORECASE):
        return "published"
    is_prose = re.search(rf"(?<!\w)(?:{words_pattern(date_words().prose)})\s+(?:the\s+)?$", before, re.IGNORECASE)
    return None if is_prose else "plain"


def _is_bare(text: str, dates: Sequence[FoundDate]) -> bool:
    """Return whether hardly more than names stands in a line beside its dates."""
    for found in reversed(dates):
        text = text[: found.start] + " " + text[found.end :]
    text = re.sub(rf"(?<!\w)(?:{_labels()})(?!\w)", " ", _TIME.sub(" ", text), flags=re.IGNORECASE)
    words = re.findall(r"[^\W\d_][\w’'.-]*", text)
    prose = [word for word in words if word[0].islower() and word.lower().rstrip(".") not in _SMALL_WORDS]
    return len(words) <= _MOST_WORDS and len(prose) <= 1 and not (ends_a_sentence(text) and len(words) > 2)


@functools.cache
def _labels() -> str:
    return f"{words_pattern(date_words().updated)}|{words_pattern(date_words().published)}"


@functools.cache
def _after_agency() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{agency_pattern()})\s+$")
