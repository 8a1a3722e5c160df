"""Arithmetic on days: months, weeks, the nearest past day of a name. Intervals are inclusive at both ends."""

from __future__ import annotations

import calendar
import datetime as dt

from geomap.model import TimePrecision

# An article may name a day shortly after its own date (time zones, late edits) and still mean this year's.
NEAR_FUTURE = 3

# As ``datetime.date.weekday`` counts.
SATURDAY = 5

Days = tuple[dt.date, dt.date]


def shifted(day: dt.date, days: int) -> dt.date:
    """The day that many days later; the calendar's edge where it ends."""
    try:
        return day + dt.timedelta(days=days)
    except OverflowError:
        return dt.date.max if days > 0 else dt.date.min


def add_months(day: dt.date, months: int) -> dt.date:
    """The same day of the month that many months later, or the month's last day.

    >>> add_months(dt.date(2020, 3, 31), -1)
    datetime.date(2020, 2, 29)
    """
    index = min(max(day.year * 12 + day.month - 1 + months, 12), 9999 * 12 + 11)
    year, month = divmod(index, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def month_of(day: dt.date) -> Days:
    """First and last day of the month of a day."""
    return day.replace(day=1), day.replace(day=calendar.monthrange(day.year, day.month)[1])


def year_of(year: int) -> Days:
    """First and last day of a year."""
    return dt.date(year, 1, 1), dt.date(year, 12, 31)


def week_of(day: dt.date) -> Days:
    """Monday and Sunday of the week of a day."""
    monday = shifted(day, -day.weekday())
    return monday, shifted(monday, 6)


def unit_of(day: dt.date, unit: str) -> Days:
    """The calendar week, month, year (or the day itself) in which a day lies."""
    if unit == "week":
        return week_of(day)
    if unit == "month":
        return month_of(day)
    return year_of(day.year) if unit == "year" else (day, day)


def moved(day: dt.date, unit: str, count: int) -> dt.date:
    """The day that many hours, days, weeks, months, years later (earlier where negative)."""
    months = {"month": 1, "year": 12, "decade": 120}.get(unit)
    if months is not None:
        return add_months(day, months * count)
    if unit == "hour":
        return shifted(day, int(count / 24))
    return shifted(day, {"week": 7, "fortnight": 14}.get(unit, 1) * count)


def last_weekday(anchor: dt.date, weekday: int, *, before: bool = False) -> dt.date:
    """The nearest day of that name up to the anchor (or strictly before it); Monday is 0."""
    back = (anchor.weekday() - weekday) % 7
    return shifted(anchor, -(back or (7 if before else 0)))


def next_weekday(anchor: dt.date, weekday: int, *, after: bool = False) -> dt.date:
    """The nearest day of that name from the anchor on (or strictly after it); Monday is 0."""
    ahead = (weekday - anchor.weekday()) % 7
    return shifted(anchor, ahead or (7 if after else 0))


def day_near(anchor: dt.date, month: int, day: int, *, ahead: bool) -> dt.date | None:
    """The nearest past day of that date (the coming one where ``ahead``); None where there is no such day."""
    years = range(
        max(anchor.year - 8, 1), min(anchor.year + 9, 9999)
    )  # 29 February comes every fourth year, or eighth
    days = [found for year in years if (found := valid(year, month, day)) is not None]
    if ahead:
        return min((d for d in days if d >= anchor), default=None)
    return max((d for d in days if d <= shifted(anchor, NEAR_FUTURE)), default=None)


def month_near(anchor: dt.date, month: int, *, ahead: bool) -> dt.date:
    """The first day of the nearest past month of that number, or the anchor's own; the coming one if ahead."""
    year = anchor.year
    if ahead:
        return dt.date(year if month >= anchor.month else min(year + 1, 9999), month, 1)
    first = dt.date(year, month, 1)
    return first if first <= shifted(anchor, NEAR_FUTURE) else dt.date(max(year - 1, 1), month, 1)


def valid(year: int, month: int, day: int) -> dt.date | None:
    """The date, or None where the calendar has no such day."""
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def part_of(days: Days, share: tuple[int, int]) -> Days:
    """The part of an interval between two shares in hundredths.

    >>> part_of((dt.date(2020, 1, 1), dt.date(2020, 1, 30)), (0, 33))
    (datetime.date(2020, 1, 1), datetime.date(2020, 1, 10))
    """
    length = (days[1] - days[0]).days + 1
    first = shifted(days[0], round(length * share[0] / 100))
    last = shifted(days[0], max(round(length * share[1] / 100) - 1, 0))
    return first, max(first, last)


def precision_of(first: dt.date, last: dt.date) -> TimePrecision:
    """1 for a day (or a night), 2 for about a week, 3 for longer."""
    length = (last - first).days
    if length <= 1:
        return 1
    return 2 if length <= 13 else 3
