"""The date reader's lexicon and the named parts its patterns are built from."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Literal

from geomap.extract.lexicon import Values, Words, any_of
from geomap.yamlfile import Form, read_yaml

LEXICON = Path(__file__).parent.parent / "lexicon" / "dates.yml"


class Pairs(Form):
    """Words with two numbers each: least and most, from and to."""

    words: dict[str, tuple[int, int]]
    example: str
    counter_example: str = ""


class DayWord(Form):
    """A word for days at a fixed distance from the article's."""

    phrase: str
    first: int
    last: int
    example: str


class FixedDay(Form):
    """A day of the calendar that has a name."""

    phrase: str
    month: int
    day: int
    example: str


class ReferenceWord(Form):
    """A word for a day at a fixed distance from the one spoken of before."""

    phrase: str
    offset: int
    of_clause: bool = False
    example: str


class DateLexicon(Form):
    """All lists of ``lexicon/dates.yml``, under the names they have there."""

    weekdays: Words
    months: Words
    month_abbreviations: Values
    ambiguous_months: Words
    month_leads: Words
    day_words: list[DayWord]
    reference_words: list[ReferenceWord]
    fixed_days: list[FixedDay]
    counts: Pairs
    units: Values
    recent: Values
    several: Pairs
    going_on: Words
    parts_of_day: Words
    parts_of_period: Pairs
    seasons: Pairs
    leads: dict[Literal["since", "until", "by", "as_of", "before", "after", "from", "between"], Words]
    reporting_verbs: Words
    speech_fillers: Words
    future_cues: Words
    plan_cues: Words
    relative_openers: Words
    side_openers: Words
    main_openers: Words
    not_clause_after_as: Words
    name_heads: Words
    names: Words
    counted_nouns: Words
    measured_nouns: Words


@cache
def lexicon() -> DateLexicon:
    """The lexicon, read once.

    Raises:
        GazetteerError: ``dates.yml`` does not follow its schema.
    """
    return read_yaml(LEXICON, DateLexicon)


@cache
def parts() -> dict[str, str]:
    """Named parts of patterns, filled into rules by ``<name>`` marks; ``<_>`` is white space.

    Month and weekday names match only with a capital; the rest of a rule ignores case.
    """
    words = lexicon()
    long_months = words.months.words
    upper = [name.upper() for name in long_months]
    counts = any_of(words.counts.words)
    return {
        "_": r"\s+",
        "weekday": f"(?-i:{any_of([*words.weekdays.words, *(w.upper() for w in words.weekdays.words)])})",
        "month": f"(?-i:{any_of([*long_months, *upper])}|{any_of(words.month_abbreviations.words)}\\b\\.?)",
        "long_month": f"(?-i:{any_of([*long_months, *upper])})",
        "day": r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?![\d:%]|[.,]\d)",
        "year": r"(?:19|20)\d\d(?![\d%]|[.,]\d)",
        "count": rf"(?:{counts}|\d{{1,3}}(?![\d.,]))",
        "unit": rf"(?:{any_of(words.units.words)}s?)",
        "part_of_day": any_of(words.parts_of_day.words),
        "part": any_of(words.parts_of_period.words),
        "season": any_of(words.seasons.words),
        "day_word": any_of(entry.phrase for entry in words.day_words),
        "reference_word": any_of(entry.phrase for entry in words.reference_words),
        "fixed_day": any_of(entry.phrase for entry in words.fixed_days).replace("'", "['’]"),
        "month_lead": any_of(words.month_leads.words),
        "measured": any_of(words.measured_nouns.words),
        "counted": any_of(words.counted_nouns.words),
    }


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """The pattern compiled in verbose mode with its ``<name>`` marks filled from ``parts``; case is ignored."""
    filled = re.sub(r"(?<!\?P)<(\w+)>", lambda mark: parts()[mark[1]], pattern)
    return re.compile(filled, re.VERBOSE | re.IGNORECASE)


def month_number(name: str) -> int:
    """1..12 for a month's name or short form."""
    key = name.rstrip(".").capitalize()
    short = lexicon().month_abbreviations.words
    return short[key] if key in short else lexicon().months.words.index(key) + 1


def weekday_number(name: str) -> int:
    """0 for Monday .. 6 for Sunday."""
    return lexicon().weekdays.words.index(name.capitalize())


def count_of(text: str) -> tuple[int, int]:
    """Least and most of a count in digits or words: "three" (3, 3), "a few" (2, 6)."""
    if text.isdigit():
        return int(text), int(text)
    return lexicon().counts.words[" ".join(text.lower().split())]


def unit_name(text: str) -> str:
    """The unit's singular: "weeks" -> "week"."""
    return text.lower().rstrip("s")
