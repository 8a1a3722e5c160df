"""Datelines: where does a report say it was written, and for whom? ``AMMAN, Dec. 24 (Reuters) -``."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from geomap.model import Span
from geomap.read.dates import date_words, words_pattern
from geomap.read.publishers import agency_named, agency_pattern

# "AZAZ, Syria"  "GAZA CITY, Gaza Strip"  "AMMAN/BEIRUT"
_CAPITALS = (
    r"(?P<place>[A-Z][A-Z’'\-]{2,}(?:[\s/][A-Z][A-Z’'\-]+){0,3}"
    r"(?:,\s[A-Z][\w.’'\-]*(?:\s[A-Z][\w.’'\-]*){0,3}){0,2})"
)
# "Damascus"  "Abu Dhabi, Emirates"
_NAME = r"(?P<place>[A-Z][\w’'\-]+(?:[\s,]+[A-Z][\w.’'\-]*){0,4})"
_DASH = r"(?:[-–—]+|:)"
# Words in capitals before a colon or a dash that are no place.
_NO_PLACE = frozenset(
    {"ANALYSIS", "BREAKING", "EXCLUSIVE", "EXPLAINER", "FILE", "LIVE", "NOTE", "OPINION", "PHOTO", "TIMELINE"}
    | {"UPDATE", "VIDEO", "WARNING", "WATCH"}
)


@dataclass(frozen=True, slots=True)
class Dateline:
    """A dateline; ``day`` holds the words of its date, "" where it has none."""

    span: Span
    place: str
    agency: str
    day: str


def datelines(text: str, start: int, end: int) -> Iterator[Dateline]:
    """Yield the datelines in the paragraph ``text[start:end]``: one at its beginning, and those of excerpts in it.

    >>> next(datelines("KYIV. March 5 (Interfax-Ukraine) - Ten buses left.", 0, 50)).agency
    'Interfax-Ukraine'
    """
    signed = _signed().match(text, start, end)
    begin = signed.end() if signed else start
    opening = next(filter(None, (pattern.match(text, begin, end) for pattern in _openings())), None)
    excerpts = _excerpt().finditer(text, start + 1, end)
    for match in [opening, *excerpts] if opening else excerpts:
        groups = match.groupdict()
        place = groups.get("place") or ""
        if place.split(" ")[0] not in _NO_PLACE:
            span = Span(start if match is opening else match.start(), match.end())
            yield Dateline(span, place, _agency(groups.get("agency") or ""), groups.get("day") or "")


def _agency(tag: str) -> str:
    """Return the agency in the brackets of a dateline: by its full name where that is known."""
    return agency_named(tag) or tag.strip()


@functools.cache
def _openings() -> list[re.Pattern[str]]:
    """The forms of a dateline at the beginning of a paragraph."""
    agency = rf"(?P<agency>(?i:{agency_pattern()}))"
    forms = [
        rf"{_CAPITALS}(?:[,.]?\s+{_day()})?[,.]?\s*\((?P<agency>[A-Z][\w .’'/&\-]{{1,40}})\)\s*{_DASH}\s*",
        rf"{_CAPITALS}(?:[,.]?\s+{_day()})?[,.]?\s*\({agency}\)\s+(?=[A-Z\"“])",  # "BEIRUT (AP) Air strikes"
        rf"{_NAME}(?:[,.]?\s+{_day()})?[,.]?\s*\({agency}\)\s*{_DASH}\s*",  # "Damascus (AFP) -"
        rf"\({agency}\)\s*{_DASH}\s*",
        rf"{_CAPITALS}(?:[,.]?\s+{_day()})?\.?\s+/{agency}/\.?\s*{_DASH}?\s*",  # "MOSCOW, May 4. /TASS/."
        rf"{_NAME},\s+{agency}\s*[-–—]+\s*",  # "Damascus, SANA-"
        # Without an agency only before a capital: "ISIS – also known as Daesh – took".
        rf"{_CAPITALS}(?:[,.]?\s+{_day()})?\s*(?:\s[–—-]|--|(?<=[A-Z]{{5}}):)\s+(?=[\"“]?[A-Z])",
    ]
    return [re.compile(form) for form in forms]


@functools.cache
def _signed() -> re.Pattern[str]:
    """A byline on the same line before the dateline: "By JO MARSH, Associated Press"."""
    return re.compile(rf"By [A-Z][^.()]{{3,80}}?(?:{agency_pattern()})(?:\s+[Ww]riters?)?\s+(?=[A-Z])")


@functools.cache
def _excerpt() -> re.Pattern[str]:
    """A dateline within a paragraph, where excerpts of several reports are strung together."""
    name = r"(?P<place>[A-Z][A-Z’'\-]{2,}(?:\s[A-Z]{2,}){0,2})"
    return re.compile(rf"(?<=\s){name}[.,]\s+{_day()}\s*\((?P<agency>[A-Z][\w .\-]{{1,40}})\)\s*{_DASH}\s*")


@functools.cache
def _day() -> str:
    """Return a pattern for a day with or without a weekday and a year: "Saturday, March 5"."""
    month, weekday = words_pattern(date_words().months), words_pattern(date_words().weekdays)
    day = rf"(?:{month})\b\.?\s+\d{{1,2}}|\d{{1,2}}\s+(?:{month})\b\.?"
    return rf"(?P<day>(?i:(?:(?:{weekday})\b\.?,?\s+)?(?:{day})(?:,?\s+(?:19|20)\d\d)?))"
