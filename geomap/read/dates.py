"""Dates: which day does a string of letters and figures name?

Only whole dates, and only those that can be read in one way: "03/04/2020" is a day in two months.
"""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from geomap.yamlfile import Form, read_yaml

DateOrder = Literal["dmy", "mdy"]

_DATA = Path(__file__).with_name("dates.yml")
_YEAR = r"(?:19|20)\d\d"
# Most texts have none, and need no look for a whole date.
_HAS_YEAR = re.compile(_YEAR)


class Names(Form):
    """Words of one meaning, in small letters, and a text that shows one of them."""

    names: list[str]
    example: str


class DateWords(Form):
    """The form of ``dates.yml``."""

    months: list[Names]
    weekdays: list[Names]
    published: list[Names]
    updated: list[Names]
    prose: list[Names]


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date in a text; ``date`` is None where the order of day and month is open.

    ``start`` includes the weekday; ``has_weekday`` says whether there is one.
    """

    start: int
    end: int
    date: dt.date | None
    has_weekday: bool = False


@functools.cache
def date_words() -> DateWords:
    """Return the words of date lines that ship with geomap."""
    return read_yaml(_DATA, DateWords)


def find_dates(text: str, order: DateOrder | None = None) -> Iterator[FoundDate]:
    """Yield the full dates (day, month, year) of ``text``, in order.

    Args:
        text: any text.
        order: how "03/04/2020" is meant, where that is known.

    >>> [found.date for found in find_dates("Tue 24 Dec 2019 10:12 GMT, updated 25.12.2019")]
    [datetime.date(2019, 12, 24), datetime.date(2019, 12, 25)]
    """
    if _HAS_YEAR.search(text) is None:
        return
    for match in _full_date().finditer(text):
        try:
            date = _date_of(match, order)
        except ValueError:
            continue
        yield FoundDate(match.start(), match.end(), date, match["weekday"] is not None)


def parse_date(text: str) -> dt.date | None:
    """Return the date that ``text`` is: ISO (with a time or without), or written out; None for anything else."""
    found = next(find_dates(text.strip()), None)
    return found.date if found is not None and found.start <= len("on ") else None


def find_day(text: str) -> re.Match[str] | None:
    """Return the first day of a month without a year in ``text`` ("March 5"), for ``day_in``."""
    return _day_only().search(text)


def day_in(year: int, match: re.Match[str]) -> dt.date | None:
    """Return the day of ``find_day`` in ``year``; None where the year has no such day."""
    month, day = match["month1"] or match["month2"], match["day1"] or match["day2"]
    try:
        return dt.date(year, _months()[_key(month)], int(day))
    except ValueError:
        return None


def month_number(name: str) -> int | None:
    """Return 1..12 for the name of a month, None for another word."""
    return _months().get(_key(name))


def words_pattern(names: list[Names]) -> str:
    """Return a pattern that matches any of the words, longest first."""
    words = sorted((word for each in names for word in each.names), key=len, reverse=True)
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in words)


@functools.cache
def _months() -> dict[str, int]:
    return {name: number for number, each in enumerate(date_words().months, 1) for name in each.names}


def _key(month: str) -> str:
    return " ".join(month.lower().split())


@functools.cache
def _full_date() -> re.Pattern[str]:
    month, weekday = words_pattern(date_words().months), words_pattern(date_words().weekdays)
    return re.compile(
        rf"""
        (?<![\w/]) (?: (?P<weekday>{weekday})\b [.,]*\s+ )?
        (?: (?P<day1>\d{{1,2}}) (?:st|nd|rd|th)? [\s.\-]* (?:(?:of|de)\s+)?
            (?P<month1>{month})\b [.,\s\-]* (?P<year1>{_YEAR})
          | (?P<month2>{month})\b [.\s\-]* (?P<day2>\d{{1,2}}) (?:st|nd|rd|th)?
            [,.\s\-]* (?P<year2>{_YEAR})  # also "Jun 132016"
          | (?P<year3>{_YEAR}) (?P<sep3>[-/.]) (?P<month3>\d{{1,2}}) (?P=sep3) (?P<day3>\d{{1,2}}) (?=T\d|\D|$)
          | (?P<first>\d{{1,2}}) (?P<sep4>[-/.]) (?P<second>\d{{1,2}}) (?P=sep4) (?P<year4>{_YEAR})
        ) (?!\d|[-/]\d)
        """,
        re.VERBOSE | re.IGNORECASE,
    )


@functools.cache
def _day_only() -> re.Pattern[str]:
    month = words_pattern(date_words().months)
    return re.compile(
        rf"(?<!\w)(?:(?P<month1>{month})\b\.?\s+(?P<day1>\d{{1,2}})|(?P<day2>\d{{1,2}})\s+(?P<month2>{month})\b)(?!\d)",
        re.IGNORECASE,
    )


def _date_of(match: re.Match[str], order: DateOrder | None) -> dt.date | None:
    """Return the date of a match, None where the order is open; ValueError where there is no such day."""
    if match["first"] is not None:
        return _numeric(match, order)
    for number in ("1", "2"):
        if match[f"month{number}"] is not None:
            month = _months()[_key(match[f"month{number}"])]
            return dt.date(int(match[f"year{number}"]), month, int(match[f"day{number}"]))
    return dt.date(int(match["year3"]), int(match["month3"]), int(match["day3"]))


def _numeric(match: re.Match[str], order: DateOrder | None) -> dt.date | None:
    first, second, year = int(match["first"]), int(match["second"]), int(match["year4"])
    if first > 12 or first == second or match["sep4"] == ".":  # with full stops the day comes first everywhere
        return dt.date(year, second, first)
    if second > 12:
        return dt.date(year, first, second)
    if order is None:
        return None
    return dt.date(year, second, first) if order == "dmy" else dt.date(year, first, second)
