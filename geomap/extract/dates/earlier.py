"""Rules for expressions of a week, a night or a season that is told from another: "the week before last"."""

from __future__ import annotations

import datetime as dt
import re

from geomap.extract.dates import days
from geomap.extract.dates.kinds import UNREAD, Context, Reading
from geomap.extract.dates.words import count_of, lexicon, unit_name, weekday_number


def read_before_last(match: re.Match[str], context: Context) -> Reading | None:
    """The days of "the week before last", "the Sunday before last", "last week but one"."""
    if context.anchor is None:
        return UNREAD
    thing = (match["thing"] or match["other"]).lower()
    if thing in ("week", "month", "year"):
        first, last = days.unit_of(days.moved(context.anchor, thing, -2), thing)
        return Reading(first, last, 2 if thing == "week" else 3)
    is_weekend = thing == "weekend"
    number = days.SATURDAY if is_weekend else weekday_number(thing)
    day = days.shifted(days.last_weekday(context.anchor, number, before=True), -7)
    return Reading(day, days.shifted(day, 1), 2) if is_weekend else Reading(day, day, 1, "day")


def read_that_unit(match: re.Match[str], context: Context) -> Reading | None:
    """The calendar unit of the day spoken of before: "that week", "earlier that week", "later the same month"."""
    if context.reference is None:
        return UNREAD
    unit, part = match["unit"].lower(), (match["part"] or "").lower()
    first, last = days.unit_of(context.reference, unit)
    if part == "earlier":
        last = max(first, days.shifted(context.reference, -1))
    elif part == "later":
        first = min(last, days.shifted(context.reference, 1))
    if context.anchor is not None and first <= context.anchor < last:
        last = context.anchor
    return Reading(first, last, 2 if unit == "week" else 3)


def read_near_season(match: re.Match[str], context: Context) -> Reading | None:
    """The three months of "last summer", "this spring", "in the winter": the last ones that ended or began."""
    if context.anchor is None:
        return UNREAD
    first, last = lexicon().seasons.words[match["season"].lower()]
    is_ended = (match["which"] or "").lower() in ("last", "previous")
    for year in range(context.anchor.year, context.anchor.year - 3, -1):
        start = dt.date(max(year, 1), first, 1)
        end = days.month_of(dt.date(max(year, 1) + (last < first), last, 1))[1]
        if (end if is_ended else start) <= context.anchor:
            return Reading(start, min(end, context.anchor), 3, is_noun=bool(match["possessive"]))
    return None


def read_weekdays_ago(match: re.Match[str], context: Context) -> Reading | None:
    """The day of "two Sundays ago"."""
    if context.anchor is None:
        return UNREAD
    nearest = days.last_weekday(context.anchor, weekday_number(match["weekday"]), before=True)
    day = days.shifted(nearest, -7 * (count_of(match["count"])[0] - 1))
    return Reading(day, day, 1, "day")


def read_vaguely_ago(match: re.Match[str], context: Context) -> Reading | None:
    """The span of "days ago", "weeks ago", "years ago": from many of them back to two."""
    if context.anchor is None:
        return UNREAD
    unit = unit_name(match["unit"])
    if unit == "hour":
        return Reading(context.anchor, context.anchor, 1, "day")
    least, most = lexicon().several.words[unit]
    first, last = (days.moved(context.anchor, unit, -count) for count in (most, least))
    return Reading(first, last, days.precision_of(first, last))


def read_night(match: re.Match[str], context: Context) -> Reading | None:
    """The two days of "overnight into Monday", "overnight on Sunday", "overnight from Sunday to Monday"."""
    if context.anchor is None:
        return UNREAD
    if match["last"]:
        last = days.last_weekday(context.anchor, weekday_number(match["last"]))
        return Reading(days.shifted(last, -1), last, 1, "day")
    first = days.last_weekday(context.anchor, weekday_number(match["first"]))
    return Reading(first, min(days.shifted(first, 1), context.anchor), 1, "day")


def read_day_of_month(match: re.Match[str], context: Context) -> Reading | None:
    """The day of "the 9th of this month"."""
    if context.anchor is None:
        return UNREAD
    month = days.add_months(context.anchor, -1 if match["which"].lower() == "last" else 0)
    day = days.valid(month.year, month.month, int(re.sub(r"\D", "", match["day"])))
    return None if day is None else Reading(day, day, 1, "day")


BEFORE_LAST = r"""\b(?:the<_>(?P<thing>weekend|week|month|year|<weekday>)<_>before<_>last
    | (?:the<_>)?last<_>(?P<other>week|month)<_>but<_>one)\b"""
THAT_UNIT = r"""\b(?:(?P<part>earlier|later)<_>)?(?:that(?:<_>same)?|the<_>same)<_>(?P<unit>week|month|year)\b"""
NEAR_SEASON = r"""\b(?:(?P<which>last|previous|this)<_>(?:past<_>)?|(?<=\bin\s)the<_>(?!fall))(?P<season><season>)\b
    (?P<possessive>['’]s\b)?(?!<_>(?:of<_>)?<year>)"""
WEEKDAYS_AGO = r"\b(?P<count><count>)<_>(?P<weekday><weekday>)s<_>ago\b"
VAGUELY_AGO = r"\b(?P<unit>hours|days|weeks|months|years|decades)<_>ago\b"
_EARLY = r"(?:early<_>|the<_>early<_>hours<_>of<_>)?"
NIGHT = rf"""\bovernight<_>(?:(?:(?:from|between)<_><weekday><_>)?(?:and|(?:in)?to)<_>{_EARLY}(?P<last><weekday>)
    | (?:on<_>|of<_>)?(?P<first><weekday>))\b"""
DAY_OF_MONTH = r"\bthe<_>(?P<day><day>)<_>of<_>(?P<which>this|last)<_>month\b"
