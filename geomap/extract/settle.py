"""Settle: what do the readings of one article amount to, once all are known?

One statement read twice in a sentence is one event; a denial by another side makes what it denies contested.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence

from geomap.extract.changes import is_named, one_change_each
from geomap.model import Displacement, Event, PostReport

_SAME_CHANGE = {"recaptured": "captured"}
# Two statements of one change may date it a few days apart.
_SAME_DAYS = 2


def settle(readings: Iterable[Event | None]) -> list[Event]:
    """Return the events of an article in text order: no doubles, denials applied to what they deny."""
    events = _at_their_sites(_whole(_distinct([event for event in readings if event is not None])))
    denied = [event for event in events if event.modality == "denied"]
    kept = [event for event in events if event.modality != "denied"]
    kept = [_contested(event) if any(_denies(d, event) for d in denied) else event for event in kept]
    return sorted(one_change_each(kept), key=lambda e: (e.evidence.start, e.family))


def _distinct(events: Sequence[Event]) -> list[Event]:
    """Each statement once; of those told again by the same speaker the one that says its day."""
    groups: dict[tuple[object, ...], list[Event]] = {}
    for event in events:
        said = groups.setdefault(_key(event), [])
        again = next((i for i, e in enumerate(said) if _is_same_statement(e, event)), None)
        if again is None:
            said.append(event)
        elif event.when.text and not said[again].when.text:
            said[again] = event
    return sorted((e for said in groups.values() for e in said), key=lambda e: (e.evidence.start, e.family))


def _whole(events: Sequence[Event]) -> list[Event]:
    """Without parts of a place that the same sentence says was taken ("took X, winning back a town")."""
    taken = {_taker(e) for e in events if e.family == "control" and e.subtype in ("captured", "recaptured")}
    return [e for e in events if e.subtype != "partial" or _taker(e) not in taken]


def _at_their_sites(events: Sequence[Event]) -> list[Event]:
    """Without what is told of a post somewhere in a region where the article also tells it of a place in it."""
    posts = [event for event in events if isinstance(event, PostReport)]
    return [e for e in events if not (isinstance(e, PostReport) and any(_is_closer(p, e) for p in posts))]


def _is_closer(one: PostReport, other: PostReport) -> bool:
    """Whether one report is the other with a better place: a single post, of one day."""
    if one.location is None or other.location is None or other.location.geo_precision < 3 or one.count != 1:
        return False
    if one.location.geo_precision == 3 or one.location.place.admin1 != other.location.place.admin1:
        return False
    is_same = (one.subtype, one.kind, one.count) == (other.subtype, other.kind, other.count)
    return is_same and one.when.end == other.when.end and _is_same_statement(one, other)


def _taker(event: Event) -> tuple[object, ...]:
    return (event.evidence.start, event.location.place.id if event.location else "", event.actor)


def _key(event: Event) -> tuple[object, ...]:
    place = event.location.place.id if event.location else event.place_text or event.evidence.start
    name = event.location.name if event.location else ""
    what: tuple[object, ...] = (_SAME_CHANGE.get(event.subtype, event.subtype),)
    if isinstance(event, Displacement):
        figure = event.quantity.value if event.quantity.value is not None else event.quantity.text.lower()
        way = event.destination.place.id if event.quantity.value is None and event.destination else ""
        what = (event.subtype, figure, event.unit, way)
    elif isinstance(event, PostReport):
        what = (event.subtype, event.kind)
    return (event.family, place, name, *what, event.attributed_to, event.modality)


def _is_same_statement(one: Event, other: Event) -> bool:
    """Whether two events of one key may be the same: no two known parties, no two days far apart."""
    ids = {e.actor.id or e.actor.name for e in (one, other) if e.actor is not None and is_named(e.actor)}
    days = [e.when.end for e in (one, other) if e.when.text and e.when.end is not None]
    return len(ids) < 2 and (len(days) < 2 or abs((days[0] - days[1]).days) <= _SAME_DAYS)


def _denies(denial: Event, event: Event) -> bool:
    """Whether a denial is of that event: the same family and place, by another speaker."""
    if denial.family != event.family or denial.location is None or event.location is None:
        return False
    same_place = denial.location.place.id == event.location.place.id
    return same_place and denial.attributed_to != event.attributed_to


def _contested(event: Event) -> Event:
    return dataclasses.replace(event, certainty="contested").because("certainty", "another side denies it")
