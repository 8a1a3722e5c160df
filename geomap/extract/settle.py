"""Settle: what do the readings of one article amount to, once all are known?

One statement read twice in a sentence is one event; a denial by another side makes what it denies contested.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence

from geomap.model import Displacement, Event, PostReport


def settle(readings: Iterable[Event | None]) -> list[Event]:
    """Return the events of an article in text order: no doubles, denials applied to what they deny."""
    events = _distinct([event for event in readings if event is not None])
    denied = [event for event in events if event.modality == "denied"]
    kept = [event for event in events if event.modality != "denied"]
    return [_contested(event) if any(_denies(d, event) for d in denied) else event for event in kept]


def _distinct(events: Sequence[Event]) -> list[Event]:
    seen: dict[tuple[object, ...], Event] = {}
    for event in events:
        seen.setdefault(_key(event), event)
    return list(seen.values())


def _key(event: Event) -> tuple[object, ...]:
    place = event.location.place.id if event.location else event.place_text
    what: tuple[object, ...] = (event.subtype, event.actor)
    if isinstance(event, Displacement):
        what = (event.quantity.text, event.quantity.value, event.attributed_to)
    elif isinstance(event, PostReport):
        what = (event.subtype, event.kind)
    return (event.evidence.start, event.family, place, *what, event.modality == "denied")


def _denies(denial: Event, event: Event) -> bool:
    """Whether a denial is of that event: the same family and place, by another speaker."""
    if denial.family != event.family or denial.location is None or event.location is None:
        return False
    same_place = denial.location.place.id == event.location.place.id
    return same_place and denial.attributed_to != event.attributed_to


def _contested(event: Event) -> Event:
    return dataclasses.replace(event, certainty="contested", why=f"{event.why}; another side denies it")
