"""Doers: who took a place, where one statement of an article says it and another does not?

"Marsa fell on Sunday. The Front said its fighters had entered the town": it fell to the Front.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from geomap.model import Event

_GAINS = ("captured", "recaptured", "partial")
# A place that fell was not taken by him who retook it.
_FIRST_GAINS = ("captured", "partial")
# Characters between two statements, and days, within which they tell one change.
_NEAR, _SAME_DAYS = 800, 2


def with_doers(events: Sequence[Event]) -> list[Event]:
    """Return the events, a gain by nobody named with the party that gains there by the statements around it."""
    return [_with_doer(event, events) if event.actor is None else event for event in events]


def _with_doer(event: Event, events: Sequence[Event]) -> Event:
    around = [
        other for other in events if other.actor is not None and other.actor.id and _is_same_gain(event, other)
    ]
    if len({other.actor.id for other in around if other.actor is not None}) != 1:
        return event
    doer = dataclasses.replace(event, actor=around[0].actor)
    return doer.because("actor", f"the doer is told by {around[0].trigger!r} in the same article")


def _is_same_gain(event: Event, other: Event) -> bool:
    """Whether two gains of one place are told close together, of about one day."""
    if event.family != "control" or other.family != "control" or event.location is None or other.location is None:
        return False
    is_gain = event.subtype in _GAINS and (other.subtype in _FIRST_GAINS or other.subtype == event.subtype)
    is_near = abs(event.evidence.start - other.evidence.start) <= _NEAR
    return is_gain and is_near and event.location.place.id == other.location.place.id and _same_days(event, other)


def _same_days(event: Event, other: Event) -> bool:
    days = [each.when.end for each in (event, other) if each.when.text and each.when.end is not None]
    return len(days) < 2 or abs((days[0] - days[1]).days) <= _SAME_DAYS
