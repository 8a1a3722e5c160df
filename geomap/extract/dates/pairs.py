"""Pairs: expressions that are the two ends of one period: "between A and B", "from A to B", "two weeks to B"."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

from geomap.extract.dates import days
from geomap.extract.dates.kinds import Context, Hit, TimeExpression
from geomap.extract.dates.words import count_of, unit_name
from geomap.model import When

_PAIR = re.compile(r"\s*(?:and|into|to|until|till|through|up\s+to|[-–—])\s*(?:on\s+)?$", re.IGNORECASE)
_TO = re.compile(r"\s+(?:to|ending|ended|until|up\s+to)\s+(?:on\s+)?$", re.IGNORECASE)


def joined(text: str, found: list[TimeExpression], hits: dict[int, Hit]) -> list[TimeExpression]:
    """The expressions with "between A and B", "from A to B" and "the two weeks to B" made one each."""
    whole: list[TimeExpression] = []
    for one in found:
        pair = _pair(text, whole[-1], one, hits) if whole else None
        if pair is None:
            whole.append(one)
        else:
            whole[-1] = pair
    return whole


def _pair(text: str, first: TimeExpression, last: TimeExpression, hits: dict[int, Hit]) -> TimeExpression | None:
    end = last.when.end
    a, b = hits.get(first.end), hits[last.end]
    if end is None or a is None:
        return None
    gap = text[a.end : b.match.start()]
    if first.kind == "duration" and _TO.fullmatch(gap) and last.kind in ("day", "until"):
        start = _start_of_duration(a, end)
    elif _is_pair(gap, a, b):
        reading = a.rule.read(a.match, Context(end, end, False))
        start = None if reading is None else reading.first
    else:
        return None
    if start is None or start > end:
        return None
    when = When(start, end, days.precision_of(start, end), text[first.start : last.end])
    return replace(
        first, end=last.end, when=when, kind="period", is_future=first.is_future and last.is_future, role="event"
    )


def _is_pair(gap: str, a: Hit, b: Hit) -> bool:
    if _PAIR.fullmatch(gap) is None:
        return False
    if a.lead == "between":
        return "and" in gap
    has_and = "and" in gap.lower().split()
    return not has_and and (a.lead in ("from", "since") or a.rule.is_absolute == b.rule.is_absolute)


def _start_of_duration(hit: Hit, end: dt.date) -> dt.date | None:
    count, unit = hit.match.groupdict().get("count"), hit.match.groupdict().get("unit")
    return None if not count or not unit else days.moved(end, unit_name(unit), -count_of(count)[1])
