"""Settle: what do the readings of one article amount to, once all are known?

One statement read twice in a sentence is one event; a denial by another side makes what it denies contested.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence

from geomap.extract.changes import Changes, is_named
from geomap.gazetteer import Actors
from geomap.model import ControlChange, Displacement, Event, PostReport

_SAME_CHANGE = {"recaptured": "captured"}
# What is a post only where nothing is said of the place around it.
_VAGUE = frozenset({"position", "positions", "point", "points"})
# Two statements of one change may date it a few days apart.
_SAME_DAYS = 2


def settle(readings: Iterable[Event | None], actors: Actors) -> list[Event]:
    """Return the events of an article in text order: no doubles, denials applied to what they deny.

    ``actors`` tell on whose side each known actor stands.
    """
    events = _at_their_sites(_whole(_distinct(_of_one_family([event for event in readings if event is not None]))))
    denied = [event for event in events if event.modality == "denied"]
    kept = [event for event in events if event.modality != "denied"]
    kept = [_contested(event, next((d for d in denied if _denies(d, event)), None)) for event in kept]
    return sorted(Changes(actors).one_each(kept), key=lambda e: (e.evidence.start, e.family))


def _of_one_family(events: Sequence[Event]) -> list[Event]:
    """One event of each trigger that a post and a place hang on: of a post, or of control where it has a place.

    "Seized the command in X" tells of a post, "withdrew from positions in X" of X.
    """
    posts = {_trigger(e): e for e in events if isinstance(e, PostReport)}
    changes = {_trigger(e) for e in events if isinstance(e, ControlChange)}
    vague = {at for at, post in posts.items() if at in changes and _is_vague(post)}
    kept = [e for e in events if not (isinstance(e, PostReport) and _trigger(e) in vague)]
    return [e for e in kept if not (_is_of_part(e) and _trigger(e) in posts and _trigger(e) not in vague)]


def _is_vague(post: PostReport) -> bool:
    """Whether a post is "their positions", of which nothing is counted."""
    is_counted = bool(post.count_text) and post.count_text not in ("some", "many", "several")
    return post.trigger.split()[-1] in _VAGUE and not is_counted


def _is_of_part(event: Event) -> bool:
    return isinstance(event, ControlChange) and event.subtype in ("partial", "withdrawn")


def _trigger(event: Event) -> tuple[int, str]:
    return (event.evidence.start, event.trigger.split()[0] if event.trigger else "")


def _distinct(events: Sequence[Event]) -> list[Event]:
    """Each statement once; of those told again by the same speaker the one that says its day."""
    groups: dict[tuple[object, ...], list[Event]] = {}
    for event in events:
        said = groups.setdefault(_key(event), [])
        again = next((i for i, e in enumerate(said) if _is_same_statement(e, event)), None)
        if again is None:
            said.append(event)
        else:
            said[again] = _fuller(said[again], event)
    return sorted((e for said in groups.values() for e in said), key=lambda e: (e.evidence.start, e.family))


def _fuller(one: Event, again: Event) -> Event:
    """One statement of two: with the day that one of them says, and who did it."""
    told = again if again.when.text and (not one.when.text or _is_state(one) > _is_state(again)) else one
    other = one if told is again else again
    if told.actor is not None or other.actor is None:
        return told
    return dataclasses.replace(told, actor=other.actor, opponent=told.opponent or other.opponent)


def _is_state(event: Event) -> bool:
    """Whether a siege is told as going on ("the forces surrounding the town"), which says no day of its own."""
    return event.subtype == "besieged" and event.trigger.endswith("ing")


def _whole(events: Sequence[Event]) -> list[Event]:
    """Without parts of a place that the same sentence says was taken ("took X, winning back a town")."""
    taken = {_taker(e) for e in events if e.family == "control" and e.subtype in ("captured", "recaptured")}
    kept = [e for e in events if e.subtype != "partial" or _taker(e) not in taken]
    named = {_trigger(e) for e in kept if e.location is not None}
    return [e for e in kept if not (_is_nowhere(e) and _trigger(e) in named)]


def _is_nowhere(event: Event) -> bool:
    """Whether a part that was taken lies nowhere ("and seven villages")."""
    return event.subtype == "partial" and event.location is None and not event.place_text[:1].isupper()


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


def _contested(event: Event, denial: Event | None) -> Event:
    if denial is None:
        return event
    reason = f"contested: denied by {denial.attributed_to or 'the article itself'} in the same article"
    return dataclasses.replace(event, certainty="contested").because("certainty", reason)
