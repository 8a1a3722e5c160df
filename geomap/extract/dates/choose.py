"""Choose: which of a sentence's expressions dates the event that is told there?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from geomap.extract.dates.days import precision_of
from geomap.extract.dates.kinds import TimeExpression
from geomap.model import UNKNOWN_DATE, Span, When


def resolve_when(
    expressions: Sequence[TimeExpression], sentence: Span, trigger: Span, anchor: dt.date | None
) -> When:
    """The days of the event whose trigger stands at the given place.

    The first of these that the sentence has:

    1. an expression in the trigger's own clause; of several the nearest, one behind the trigger first;
    2. one that dates a thing, right before the trigger ("Monday's capture");
    3. one in a main clause of the sentence, the nearest;
    4. the date of the statement ("said on Monday");
    5. one in a clause of time ("after rebels left on Sunday"), the nearest; never one in another "which" clause,
       nor one that opens another clause ("a day after X fell");
    6. the article's date, as a day, with ``text`` "".

    Durations and limits ("nine years", "until Friday") date nothing; a day of the future dates only an
    event of its own clause.

    Args:
        expressions: what ``find_dates`` found; all offsets refer to the same text.
        sentence: the sentence the event is read from.
        trigger: the words that tell the event.
        anchor: the article's date; None leaves an event without a year ``UNKNOWN_DATE``.
    """
    inside = [
        one
        for one in expressions
        if sentence[0] <= one.start < sentence[1] and one.kind not in ("duration", "until")
    ]
    own = [one for one in inside if _is_own(one, trigger)]
    others = [one for one in inside if one not in own and not one.is_future and not one.is_of_clause]
    told = [one for one in others if one.role == "event"]
    for choice in (
        [one for one in own if one.role == "event"],
        [one for one in inside if one.role == "noun" and 0 <= trigger[0] - one.end <= 12],
        [one for one in told if one.clause_kind == "main"],
        [one for one in inside if one.role == "speech"],
        [one for one in told if one.clause_kind == "side"],
    ):
        if choice:
            return _up_to(_nearest(choice, trigger), trigger, anchor)
    return UNKNOWN_DATE if anchor is None else When(anchor, anchor, 1)


def _up_to(one: TimeExpression, trigger: Span, anchor: dt.date | None) -> When:
    """The days of an expression; to the article's day where it is that of a clause with "since"."""
    when = one.when
    is_inside = _is_own(one, trigger) and trigger[0] < one.start
    if not one.is_since or is_inside or when.start is None or anchor is None or when.start > anchor:
        return when
    return When(when.start, anchor, precision_of(when.start, anchor), f"since {when.text}")


def _is_own(one: TimeExpression, trigger: Span) -> bool:
    return one.clause.start <= trigger[0] < one.clause.end


def _nearest(expressions: Iterable[TimeExpression], trigger: Span) -> TimeExpression:
    """The nearest expression; one ahead of the trigger counts as three times as far."""

    def distance(one: TimeExpression) -> int:
        return one.start - trigger[1] if one.start >= trigger[1] else 3 * (trigger[0] - one.end)

    return min(expressions, key=lambda one: (distance(one), one.start))
