"""The words of the date reader: what an expression is once it is read."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from geomap.extract.dates.words import compiled
from geomap.model import Span, TimePrecision, When

# day: one day. period: several days. since: from a day to the article's. until: up to a day. by: at a day or before
# it. duration: how long something took ("nine years of war"), which dates nothing.
Kind = Literal["day", "period", "since", "until", "by", "duration"]
# event: dates what happened. speech: dates a statement ("said on Monday"). noun: dates a thing ("Monday's raid").
Role = Literal["event", "speech", "noun"]
ClauseKind = Literal["main", "side", "relative"]
_NO_SPAN = Span(0, 0)


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of a sentence with one verb or so; half-open offsets into the text that was read."""

    start: int
    end: int
    kind: ClauseKind


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A temporal expression and the days it means.

    Attributes:
        start, end: half-open offsets into the text that was read.
        when: the days; both None where the text and the anchor give none.
        kind: how the days are meant, see ``Kind``.
        is_future: it lies after the anchor, or in a clause of plans and conditions.
        role: what it dates, see ``Role``.
        clause: the clause it stands in; ``clause_kind``: main, side ("after ...") or relative ("which ...").
        is_of_clause: it opens a clause and dates that ("a day after X fell").
        is_as_of: it is the day up to which is counted ("as of Friday").
        is_since: it is the day of a clause with "since" ("since the dam broke on Friday").
    """

    start: int
    end: int
    when: When
    kind: Kind
    is_future: bool = False
    role: Role = "event"
    clause: Span = _NO_SPAN
    clause_kind: ClauseKind = "main"
    is_of_clause: bool = False
    is_as_of: bool = False
    is_since: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """The days a rule reads out of a match; ``first`` and ``last`` None where the anchor is needed and missing."""

    first: dt.date | None
    last: dt.date | None
    precision: TimePrecision
    kind: Kind = "period"
    is_of_clause: bool = False
    is_noun: bool = False


@dataclass(frozen=True, slots=True)
class Context:
    """What a rule may know besides its match.

    Attributes:
        anchor: the article's date.
        reference: the day spoken of before, else the anchor.
        is_ahead: the clause speaks of the future, so that "on Friday" is the coming one.
        is_from_clause: the day counted from is that of the clause the words open ("two days after X fell on
            Friday"), so that they date the other clause.
        told: the day a statement was made ("said on Friday"), to which "the last 24 hours" reach; else the anchor.
    """

    anchor: dt.date | None
    reference: dt.date | None
    is_ahead: bool
    told: dt.date | None = None
    is_from_clause: bool = False


UNREAD = Reading(None, None, 3)


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern and its reader.

    ``is_referring`` where the days count from the day spoken of before, ``is_running`` where they reach up to the
    day a statement was made. ``needs`` are words of which a text must have one, in small letters. A reader
    returns None where the words that match are no expression of time after all.
    """

    source: str
    read: Callable[[re.Match[str], Context], Reading | None]
    is_referring: bool = False
    is_absolute: bool = False
    is_running: bool = False
    needs: tuple[str, ...] = ()

    def may_match(self, lowered: str) -> bool:
        """Whether a text in small letters has one of the words without which the rule never matches."""
        return not self.needs or any(word in lowered for word in self.needs)

    @property
    def pattern(self) -> re.Pattern[str]:
        """The source compiled, which reads the lexicon at the first use."""
        return compiled(self.source)


@dataclass(frozen=True, slots=True)
class Hit:
    """A match that tells time, before its days are read; ``start`` includes its lead ("since").

    ``opens_clause``: the words open the clause that they date ("a day after", "two days before").
    """

    rule: Rule
    match: re.Match[str]
    lead: str
    start: int
    role: Role
    opens_clause: bool = False

    @property
    def end(self) -> int:
        """Where the words end."""
        return self.match.end()
