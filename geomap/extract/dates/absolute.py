"""Rules for expressions that name a day, month or year of the calendar: "Dec. 24", "in 2017", "early January"."""

from __future__ import annotations

import datetime as dt
import re

from geomap.extract.dates import days
from geomap.extract.dates.kinds import UNREAD, Context, Reading
from geomap.extract.dates.words import compiled, lexicon, month_number
from geomap.model import TimePrecision


def read_iso(match: re.Match[str], context: Context) -> Reading | None:
    """The day of "2019-12-24", "24.12.2019" or "24/12/2019"; None where day and month cannot be told apart."""
    year = int(match["iso_year"] or match["year"])
    if match["iso_year"]:
        return _day(days.valid(year, int(match["iso_month"]), int(match["iso_day"])))
    first, second = int(match["first"]), int(match["second"])
    if match["mark"] == "/" and first <= 12 and second <= 12 and first != second:
        return None
    return _day(days.valid(year, second, first) or days.valid(year, first, second))


def read_day(match: re.Match[str], context: Context) -> Reading | None:
    """The day of "24 December", "Dec. 24, 2019", "Saturday, 8 February"; without a year the nearest past one."""
    return _day_or_unread(_resolved(match, match["day"], context), match, context)


def read_day_range(match: re.Match[str], context: Context) -> Reading | None:
    """The days from the first to the last of "3-5 March", "12 and 13 November", "March 3 to 5, 2022"."""
    first, last = (_resolved(match, match[name], context) for name in ("day", "last_day"))
    if first is None or last is None:
        return _day_or_unread(None, match, context)
    return Reading(first, last, days.precision_of(first, last)) if first < last else None


def read_ordinal(match: re.Match[str], context: Context) -> Reading | None:
    """The day of "on the 11th": the nearest past one of that number."""
    if context.anchor is None:
        return UNREAD
    number = int(re.sub(r"\D", "", match["day"]))
    months = (context.anchor.replace(day=1), days.add_months(context.anchor.replace(day=1), -1))
    found = (days.valid(first.year, first.month, number) for first in months)
    return _day(next((day for day in found if day is not None and day <= context.anchor), None))


def read_month(match: re.Match[str], context: Context) -> Reading | None:
    """The month, or its part, of "December", "early January", "mid-March 2022"; else the nearest past one.

    None where the word may be a verb or a person ("March on", "May said") and nothing shows that it is a month.
    """
    month = month_number(match["month"])
    if _is_doubtful(match):
        return None
    if match["of_year"] and context.anchor is not None:
        first = dt.date(context.anchor.year - (match["of_year"].lower() == "last"), month, 1)
    elif match["year"]:
        first = dt.date(int(match["year"]), month, 1)
    elif context.anchor is None:
        return UNREAD
    else:
        first = _month_without_year(match, month, context.anchor, context.is_ahead)
    return _part(days.month_of(first), match["part"], context, 3)


def read_year(match: re.Match[str], context: Context) -> Reading | None:
    """The year, or its part, of "in 2017", "early 2014"; before a noun ("a 2017 agreement") it dates the noun.

    None where no word of time stands before the figure: "2000 left" is a count.
    """
    if not (
        match["part"]
        or match["article"]
        or compiled(_YEAR_LEAD).search(match.string, max(0, match.start() - 24), match.start())
    ):
        return None
    return _part(days.year_of(int(match["year"])), match["part"], context, 3, is_noun=bool(match["article"]))


def read_season(match: re.Match[str], context: Context) -> Reading | None:
    """The three months of "the summer of 2014", of the northern year; winter begins in the year named."""
    first, last = lexicon().seasons.words[match["season"].lower()]
    year = int(match["year"])
    start = dt.date(year, first, 1)
    return Reading(start, days.month_of(dt.date(year + (last < first), last, 1))[1], 3)


def _day(day: dt.date | None) -> Reading | None:
    return None if day is None else Reading(day, day, 1, "day")


def _day_or_unread(day: dt.date | None, match: re.Match[str], context: Context) -> Reading | None:
    if day is None and not match["year"] and context.anchor is None:
        return UNREAD
    return _day(day)


def _resolved(match: re.Match[str], number: str, context: Context) -> dt.date | None:
    day, month = int(re.sub(r"\D", "", number)), month_number(match["month"])
    if match["year"]:
        return days.valid(int(match["year"]), month, day)
    if context.anchor is None:
        return None
    return days.day_near(context.anchor, month, day, ahead=context.is_ahead)


def _month_without_year(match: re.Match[str], month: int, anchor: dt.date, is_ahead: bool) -> dt.date:
    which = (match["which"] or "").lower()
    first = days.month_near(anchor, month, ahead=is_ahead or which == "next")
    if which in ("last", "previous") and first == anchor.replace(day=1):
        return dt.date(first.year - 1, month, 1)
    return first


def _part(
    whole: days.Days, part: str | None, context: Context, precision: TimePrecision, *, is_noun: bool = False
) -> Reading:
    """The named part of a month or year, cut at the anchor where that lies inside it."""
    first, last = days.part_of(whole, lexicon().parts_of_period.words[_key(part)]) if part else whole
    if context.anchor is not None and first <= context.anchor < last and not context.is_ahead:
        last = context.anchor
    return Reading(first, last, max(precision, 3) if not part else _part_precision(first, last), is_noun=is_noun)


def _part_precision(first: dt.date, last: dt.date) -> TimePrecision:
    return 1 if first == last else max(days.precision_of(first, last), 2)


def _is_doubtful(match: re.Match[str]) -> bool:
    name = match["month"].rstrip(".").capitalize()
    words = lexicon()
    if name in words.months.words and name not in words.ambiguous_months.words:
        return False
    if match["year"] or match["part"] or match["which"]:
        return False
    return not compiled(_MONTH_LEAD).search(match.string, max(0, match.start() - 32), match.start())


def _key(part: str) -> str:
    return " ".join(part.lower().split())


ISO = r"""(?<![\d./-]) (?:
        (?P<iso_year>(?:19|20)\d\d) (?P<iso_mark>[-/.])
        (?P<iso_month>0?[1-9]|1[0-2]) (?P=iso_mark) (?P<iso_day>0?[1-9]|[12]\d|3[01])
      | (?P<first>\d{1,2}) (?P<mark>[./]) (?P<second>\d{1,2}) (?P=mark) (?P<year>(?:19|20)\d\d)
    ) (?![\d/-])"""
_WEEKDAY_BEFORE = r"(?:<weekday>(?:<_><part_of_day>)?,?<_>(?:the<_>)?)?"
# "20 May 2000 people fled" may tell a count; a year that is not round is none before whoever acts in it.
_NO_COUNT = r"(?!(?<=00)<_><counted>\b)(?!<_><measured>\b)"
_YEAR_AFTER = rf"(?:,?\s*(?P<year><year>){_NO_COUNT})?"
_NOT_COUNTED = r"(?!<_><counted>\b)"
DAY_MONTH = rf"\b{_WEEKDAY_BEFORE}(?P<day><day>)<_>(?:of<_>)?(?P<month><month>)(?!\w){_YEAR_AFTER}"
MONTH_DAY = rf"\b{_WEEKDAY_BEFORE}(?P<month><month>)<_>(?P<day><day>)(?!\w){_NOT_COUNTED}{_YEAR_AFTER}"
# "on the 11th Brigade's base" tells no day.
ORDINAL = r"(?<=\bon\sthe\s)(?P<day>(?:3[01]|[12]?\d)(?:st|nd|rd|th))(?=\s*(?:[,.;:)]|$))"
HYPHENED = r"\b(?P<day><day>)-(?P<month><month>)-(?P<year>(?:19|20)\d\d)(?!\w)"
_TO = r"(?:\s*[-–—]\s*|<_>(?:to|and|until|through|or)<_>)"
DAYS_MONTH = rf"\b(?P<day><day>){_TO}(?P<last_day><day>)<_>(?:of<_>)?(?P<month><month>)(?!\w){_YEAR_AFTER}"
MONTH_DAYS = rf"\b(?P<month><month>)<_>(?P<day><day>){_TO}(?P<last_day><day>)(?!\w){_NOT_COUNTED}{_YEAR_AFTER}"
MONTH = r"""\b(?:(?P<which>last|this|next|previous)<_>)? (?:(?P<part><part>)[\s-]*)?
    (?P<month><month>)(?!\w) (?:,?<_>(?:of<_>)?(?P<year><year>)"""
MONTH += rf"{_NO_COUNT}| (?:<_>of)?<_>(?P<of_year>last|this)<_>year\b)?"
YEAR = r"""(?<![\w$€£,./-])
      (?:(?P<part><part>)[\s-]*(?:the<_>year<_>)? | (?P<article>an?|the|its|their|his|her)<_>)?
      (?P<year><year>)(?![\w/])"""
YEAR += _NO_COUNT
# A figure that follows a year and a dash or "and" is a year too: "2011-2013", "between 2011 and 2013".
YEAR_AFTER_YEAR = r"(?<=\d[-–])(?P<part>(?!))?(?P<article>(?!))?(?P<year><year>)(?!\w)"
SEASON = r"\b(?:the<_>)?(?P<season><season>)(?:<_>of)?<_>(?P<year><year>)(?!\w)"
_YEAR_LEAD = r"""(?:\b(?:in|since|by|of|until|till|from|during|after|before|between|through|year|late|early|mid)
    | (?:19|20)\d\d<_>(?:and|to|or|until) | (?:19|20)\d\d\s?[-–])\s*$"""
_MONTH_LEAD = r"\b(?:<month_lead>|(?:between|from|in)<_><long_month><_>(?:and|to|or))\s*$"
