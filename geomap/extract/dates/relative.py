"""Rules for expressions that count from the article's date or from the day spoken of before."""

from __future__ import annotations

import datetime as dt
import re

from geomap.extract.dates import days
from geomap.extract.dates.kinds import UNREAD, Context, Reading
from geomap.extract.dates.words import count_of, lexicon, unit_name, weekday_number


def read_weekday(match: re.Match[str], context: Context) -> Reading | None:
    """The day of "on Monday", "last Friday", "Tuesday last week": the nearest past one or today."""
    if context.anchor is None:
        return UNREAD
    number, which = weekday_number(match["weekday"]), (match["which"] or match["week"] or "").lower()
    if match["week"]:
        shift = {"last": -7, "this": 0, "next": 7}[which]
        day = days.shifted(days.week_of(context.anchor)[0], shift + number)
    elif which in ("next", "coming"):
        day = days.next_weekday(context.anchor, number, after=True)
    elif context.is_ahead or which == "this coming":
        day = days.next_weekday(context.anchor, number)
    else:
        day = days.last_weekday(context.anchor, number, before=which in ("last", "past", "previous"))
    return Reading(day, day, 1, "day", is_noun=bool(match["possessive"]))


def read_day_word(match: re.Match[str], context: Context) -> Reading | None:
    """The days of "yesterday", "overnight", "today"."""
    if context.anchor is None:
        return UNREAD
    text = " ".join(match["word"].lower().split())
    word = next(entry for entry in lexicon().day_words if entry.phrase == text)
    first, last = days.shifted(context.anchor, word.first), days.shifted(context.anchor, word.last)
    return Reading(first, last, 1, "day", is_noun=bool(match["possessive"]))


def read_weekend(match: re.Match[str], context: Context) -> Reading | None:
    """The Saturday and Sunday of "over the weekend", "last weekend": the past ones, or those that are running."""
    if context.anchor is None:
        return UNREAD
    if context.is_ahead or (match["which"] or "").lower() in ("next", "coming"):
        first = days.next_weekday(context.anchor, days.SATURDAY, after=True)
        return Reading(first, days.shifted(first, 1), 2)
    first = days.last_weekday(context.anchor, days.SATURDAY)
    if (match["which"] or "").lower() in ("last", "previous") and days.shifted(first, 1) >= context.anchor:
        first = days.shifted(first, -7)
    return Reading(first, min(days.shifted(first, 1), context.anchor), 2)


def read_fixed_day(match: re.Match[str], context: Context) -> Reading | None:
    """The day of "Christmas Day", "New Year's Eve": the nearest past one."""
    if context.anchor is None:
        return UNREAD
    text = " ".join(match["word"].lower().replace("’", "'").split())
    named = next(entry for entry in lexicon().fixed_days if entry.phrase.lower() == text)
    day = days.day_near(context.anchor, named.month, named.day, ahead=context.is_ahead)
    return None if day is None else Reading(day, day, 1, "day")


def read_reference_word(match: re.Match[str], context: Context) -> Reading | None:
    """The day of "the next day", "the day before", counted from the day spoken of before."""
    text = " ".join(match["word"].lower().split())
    word = next(entry for entry in lexicon().reference_words if entry.phrase == text)
    if context.reference is None:
        return UNREAD
    is_of_clause = word.of_clause and not context.is_from_clause and not _ends_phrase(match)
    day = days.shifted(context.reference, word.offset if is_of_clause == word.of_clause else -word.offset)
    return Reading(day, day, 1, "day", is_of_clause=is_of_clause)


def read_distance(match: re.Match[str], context: Context) -> Reading | None:
    """The day or span of "two weeks ago", "a day earlier", "three days after"; vaguer the larger the unit.

    "ago" counts from the article's date, the rest from the day spoken of before. "A day after X" means that X came
    a day before the day spoken of.
    """
    way = match["way"].lower()
    origin = context.anchor if way == "ago" else context.reference
    if origin is None:
        return UNREAD
    is_of_clause = way in ("after", "before") and not context.is_from_clause and not _ends_phrase(match)
    sign = (1 if way in ("later", "after") else -1) * (-1 if is_of_clause else 1)
    least, most = count_of(match["count"])
    unit = unit_name(match["unit"])
    near, far = days.moved(origin, unit, sign * least), days.moved(origin, unit, sign * most)
    return _around(min(near, far), max(near, far), unit, is_of_clause)


def _ends_phrase(match: re.Match[str]) -> bool:
    """Whether nothing hangs on the words: "Two days before, they had left"."""
    return re.match(r"\s*(?:that\s*)?(?:[,.;]|$)", match.string[match.end() :]) is not None


def read_this_unit(match: re.Match[str], context: Context) -> Reading | None:
    """The calendar unit, or its part, of "last week", "this month", "the end of the month", "earlier this week".

    None for "the week" alone, which says nothing of when. A unit that is running ends at the anchor.
    """
    unit, which, part = (
        match["unit"].lower(),
        match["which"].lower(),
        " ".join((match["part"] or "").lower().split()),
    )
    if which == "the" and not part:
        return None
    if context.anchor is None:
        return UNREAD
    shift = {"last": -1, "previous": -1, "next": 1, "coming": 1}.get(which, 0)
    whole = days.unit_of(days.moved(context.anchor, unit, shift), unit)
    first, last = days.part_of(whole, lexicon().parts_of_period.words[part]) if part else whole
    if part == "later" and first <= context.anchor:
        first = context.anchor
    elif first <= context.anchor < last and not context.is_ahead:
        last = context.anchor
    precision = max(days.precision_of(first, last), 2) if part or unit == "week" else 3
    return Reading(first, last, precision, is_noun=bool(match["possessive"]))


def read_rolling(match: re.Match[str], context: Context) -> Reading | None:
    """The span up to the anchor of "the last 24 hours", "in the last week", "the past few days", "recent weeks"."""
    if context.anchor is None:
        return UNREAD
    unit = unit_name(match["unit"])
    if match["recent"]:
        most = lexicon().recent.words[unit]
    else:
        count = match["count"] or match["count_before"] or match["bare_count"]
        most = count_of(count)[1] if count else 1
    return _up_to(context.told or context.anchor, unit, most)


def read_within(match: re.Match[str], context: Context) -> Reading | None:
    """The span of "in two months", "within three days": up to the anchor, or from it on in a clause of plans.

    "In two decades" is a duration: what is the worst in so many years did not last as long. So is "in a month"
    behind "the second time".
    """
    is_counted = re.search(r"\btimes?\s+$", match.string[: match.start()]) is not None
    if is_counted or unit_name(match["unit"]) in ("year", "decade"):
        return Reading(None, None, 3, "duration")
    if context.anchor is None:
        return UNREAD
    unit, (_, most) = unit_name(match["unit"]), count_of(match["count"])
    if context.is_ahead:
        end = days.moved(context.anchor, unit, most)
        return Reading(days.shifted(context.anchor, 1), end, days.precision_of(context.anchor, end))
    return _up_to(context.told or context.anchor, unit, most)


def read_duration(match: re.Match[str], context: Context) -> Reading | None:
    """A duration, which names no days: "for nine months", "nearly nine years of war", "a nine-year war"."""
    return Reading(None, None, 3, "duration")


def _up_to(anchor: dt.date, unit: str, count: int) -> Reading:
    first = days.moved(anchor, unit, -count)
    return Reading(first, anchor, days.precision_of(first, anchor))


def _around(first: dt.date, last: dt.date, unit: str, is_of_clause: bool) -> Reading:
    """The days meant by a point counted in a unit: a week ago is about that week, a month ago that month."""
    if unit in ("hour", "day", "night"):
        kind = "day" if first == last else "period"
        return Reading(first, last, days.precision_of(first, last), kind, is_of_clause)  # type: ignore[arg-type]
    if unit in ("week", "fortnight"):
        if first == last:
            return Reading(first, last, 2, "day", is_of_clause)
        return Reading(days.shifted(first, -3), days.shifted(last, 3), 3, "period", is_of_clause)
    whole = "month" if unit == "month" else "year"
    return Reading(days.unit_of(first, whole)[0], days.unit_of(last, whole)[1], 3, "period", is_of_clause)


_POSSESSIVE = r"(?P<possessive>['’]s\b)?"
_HEDGE = (
    r"(?:about|around|nearly|almost|just|only|over|more<_>than|less<_>than|under|at<_>least|some|roughly|a|full)"
)
_ABOUT = rf"(?:{_HEDGE}<_>)*"
_SPAN = (
    r"(?P<count><count>)(?:<_>|-)(?:and<_>a<_>half<_>)?(?:full<_>|straight<_>|consecutive<_>)?(?P<unit><unit>)\b"
)

# "Wednesday, June 30" is a date with its weekday, and read as one.
_NO_DATE = r"(?!(?:<_><part_of_day>)?,?<_>(?:the<_>)?(?:<month><_>\d|<day><_>(?:of<_>)?<month>\b))"
WEEKDAY = rf"""\b(?:(?:at|before|after|around)<_>(?:dawn|dusk|midnight|noon)<_>(?:on<_>)?)?
    (?:the<_>)?(?:(?P<which>last|this<_>past|past|previous|next|this<_>coming|coming|this)<_>)?
    (?:(?:early|late|(?:the<_>)?(?:early<_>|late<_>|pre-dawn<_>)?(?:hours|<part_of_day>)<_>of|earlier<_>on)<_>)?
    (?P<weekday><weekday>)\b(?!s\b){_POSSESSIVE}{_NO_DATE}
    (?:,?<_>(?:early<_>|late<_>)?<part_of_day>\b)? (?:<_>(?:of<_>)?(?P<week>last|this|next)<_>week\b)?"""
DAY_WORD = rf"""\b(?:(?:earlier|later|late|early)<_>)?(?P<word><day_word>)\b{_POSSESSIVE}
    (?:<_>(?:early<_>|late<_>)?<part_of_day>\b)?"""
WEEKEND = r"\b(?:(?:the|this)<_>)?(?:(?P<which>last|past|previous|next|coming)<_>)?weekend\b"
FIXED_DAY = r"\b(?P<word><fixed_day>)(?!\w)"
REFERENCE_WORD = r"\b(?P<word><reference_word>)\b"
DISTANCE = rf"""\b{_ABOUT}(?P<count><count>)<_>(?:and<_>a<_>half<_>)?(?P<unit><unit>)<_>
    (?P<way>ago|earlier|later|after|before)\b"""
THIS_UNIT = rf"""\b(?:so<_>far<_>)?(?:(?P<part><part>)<_>)?(?:(?P<which>the|this|last|next|previous|coming)<_>)
    (?P<unit>week|month|year)\b{_POSSESSIVE}"""
ROLLING = r"""\b(?: (?:the|these|those|this)<_>(?:last|past)<_>(?:(?P<count><count>)<_>)?
      | (?:the|these|those|this)<_>(?:previous|preceding)<_>(?P<count_before><count>)<_>
      | (?:last|past|previous|preceding)<_>(?P<bare_count><count>)<_> | past<_>(?=<unit>) | (?P<recent>recent)<_> )
    (?P<unit><unit>)\b(?:<_>alone\b)?(?!<_>of\b)"""
WITHIN = rf"\b(?:in|within|during|over|inside)<_>{_ABOUT}{_SPAN}(?!<_>of\b)"
DURATION = rf"\b(?:for<_>)?(?:the<_>)?{_ABOUT}{_SPAN}(?:-(?:old|long)\b)?"
