"""Marks: what stands on the map, from which day until which?

A mark is in force from ``start`` until the day before ``until``, so that neither the page's script nor the drawing
has to know what a withdrawal or a siege means: they filter by day. Control: the last change holds. Posts: standing
until captured or withdrawn. Displacement: reported once, shown from then on, and never added up.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Literal

from geomap.model import Actor, Claim, ControlChange, Displacement, Event, Location, OtherEvent, PostReport
from geomap.render.entries import day_of
from geomap.render.palette import actor_key

Kind = Literal["control", "post", "move", "people", "sign"]
Pattern = Literal["solid", "hatched", "ringed"]
Shape = Literal["full", "half", "empty"]

PATTERN: dict[str, Pattern] = {
    "confirmed": "solid",
    "reported": "solid",
    "claimed": "hatched",
    "contested": "ringed",
}
_SHAPE: dict[str, Shape] = {"partial": "half", "withdrawn": "empty"}
# On one day a place is left before it is taken, taken in part before in full, and surrounded anew after that.
_ORDER = {"siege_lifted": 0, "withdrawn": 1, "partial": 2, "besieged": 4}
_USUAL_ORDER = 3
# Of two statements of one day the surer one stands, and a denial stands over both.
_SURENESS = {"claimed": 0, "reported": 1, "confirmed": 2, "contested": 3}
_TAKING = ("captured", "recaptured", "partial", "transferred", "holds")
_STOCKS = ("idp_stock", "refugee_stock")


@dataclass(frozen=True, slots=True)
class Mark:
    """One symbol over a stretch of days.

    Attributes:
        spot: where; ``to``: where an arrow ends.
        until: first day it is no longer so, None while nothing ended it.
        actor: who holds the place or owns the posts; ``besieger``: who surrounds it.
        count: how many posts, 0 where not said; of a sign, how many claims are told at its place by then.
        family: of a sign, whose family it is.
        chain: claims of the same place and family, by index: what a popup tells, up to its day.
    """

    kind: Kind
    spot: Location
    start: dt.date
    until: dt.date | None
    chain: tuple[int, ...]
    to: Location | None = None
    actor: Actor | None = None
    pattern: Pattern = "solid"
    shape: Shape = "full"
    besieger: Actor | None = None
    is_besieged: bool = False
    count: int = 0
    is_stock: bool = False
    family: str = ""


@dataclass(slots=True)
class _Told:
    """A drawn event with its claim's index and its day."""

    index: int
    day: dt.date
    event: Event
    key: tuple[str, ...] = field(default=())


def spot_key(location: Location) -> tuple[str, str]:
    """Returns what tells one spot from another: place, point and precision ("near X" is not "X")."""
    lng, lat = location.point
    return location.place.id, f"{lng:.3f} {lat:.3f} {location.geo_precision}"


def marks(claims: Sequence[Claim], drawn: Iterable[int]) -> list[Mark]:
    """Returns every mark of the claims with these indexes, in order of place and day."""
    told = [t for index in drawn for t in _told(index, claims[index].event)]
    told.sort(key=_rank)
    found: list[Mark] = []
    for key, group in groupby(told, key=lambda t: t.key):
        found += _DRAW[key[0]](list(group))
    return found


def _rank(told: _Told) -> tuple[object, ...]:
    event = told.event
    order = _ORDER.get(event.subtype, _USUAL_ORDER)
    return told.key, told.day, order, _SURENESS[event.certainty], told.index


def _told(index: int, event: Event) -> Iterator[_Told]:
    day = day_of(event)
    if day is not None and event.location is not None:
        yield _Told(index, day, event, _key(event, event.location))


def _key(event: Event, location: Location) -> tuple[str, ...]:
    if isinstance(event, PostReport):
        return ("post", *spot_key(location), actor_key(event.owner), event.kind)
    if isinstance(event, OtherEvent):
        return ("sign", *spot_key(location), event.family)
    if not isinstance(event, Displacement):
        return ("control", *spot_key(location))
    if event.origin and event.destination and spot_key(event.origin) != spot_key(event.destination):
        return ("move", *spot_key(event.origin), *spot_key(event.destination))
    return ("people", *spot_key(location), "stock" if event.subtype in _STOCKS else "flow")


def _control(told: list[_Told]) -> list[Mark]:
    """Returns the states of one place, each until the next change."""
    chain = tuple(t.index for t in told)
    states: list[Mark] = []
    for t in told:
        before = states[-1] if states else Mark("control", _spot(t), t.day, None, chain, shape="empty")
        state = replace(_changed(before, t.event), start=t.day, until=None)
        if before.start == t.day and _is_rival(before, t.event):
            state = replace(state, pattern="ringed")
        _end(states, t.day)
        states.append(state)
    return states


def _changed(before: Mark, event: Event) -> Mark:
    if event.subtype == "siege_lifted":
        return replace(before, is_besieged=False, besieger=None)
    if event.subtype == "besieged":
        return replace(before, is_besieged=True, besieger=event.actor)
    holder, shape = event.actor, _SHAPE.get(event.subtype, "full")
    if event.subtype == "withdrawn" and event.opponent:
        holder, shape = event.opponent, "full"
    is_same = actor_key(before.actor) == actor_key(holder)
    if is_same and before.shape == "full" and shape == "half":
        return before
    # A party that repeats what was reported does not make it less sure.
    is_echo = is_same and before.shape == shape and event.certainty == "claimed"
    pattern = before.pattern if is_echo else PATTERN[event.certainty]
    return replace(before, actor=holder, pattern=pattern, shape=shape, is_besieged=False, besieger=None)


def _is_rival(before: Mark, event: Event) -> bool:
    """Whether two parties are said to have taken a place on one day."""
    if before.actor is None or event.actor is None or before.shape == "empty":
        return False
    return event.subtype in _TAKING and actor_key(before.actor) != actor_key(event.actor)


def _posts(told: list[_Told]) -> list[Mark]:
    """Returns the states of one owner's posts at a place; a number stays until another one is told."""
    chain = tuple(t.index for t in told)
    states: list[Mark] = []
    for t in told:
        assert isinstance(t.event, PostReport)
        before = states[-1] if states else Mark("post", _spot(t), t.day, None, chain, actor=t.event.owner)
        _end(states, t.day)
        if t.event.subtype in ("withdrawn", "captured"):
            is_all = t.event.count is None or t.event.count >= before.count
            left = replace(before, shape="empty", is_besieged=False, besieger=None) if is_all else before
            states.append(replace(left, start=t.day, until=None))
            continue
        surrounded = t.event.subtype == "besieged" or (before.is_besieged and t.event.subtype == "attacked")
        state = replace(before, start=t.day, until=None, shape="full", pattern=PATTERN[t.event.certainty])
        count = t.event.count if t.event.count is not None else before.count
        besieger = t.event.actor if t.event.subtype == "besieged" else before.besieger
        states.append(
            replace(state, count=count, is_besieged=surrounded, besieger=besieger if surrounded else None)
        )
    return states


def _signs(told: list[_Told]) -> list[Mark]:
    """Returns a sign for what happened at a place, from the first day on, each with the number told by its day."""
    chain = tuple(t.index for t in told)
    states: list[Mark] = []
    patterns: set[Pattern] = set()
    for number, t in enumerate(told, 1):
        patterns.add(PATTERN[t.event.certainty])
        # One sure statement is enough for a full sign; a denied one rings it only where it is all there is.
        pattern: Pattern = "solid" if "solid" in patterns else "ringed" if "ringed" in patterns else "hatched"
        _end(states, t.day)
        sign = Mark("sign", _spot(t), t.day, None, chain, pattern=pattern, count=number, family=t.event.family)
        states.append(sign)
    return states


def _end(states: list[Mark], day: dt.date) -> None:
    """Ends the last state; one that was replaced within its day never stood."""
    if states and states[-1].start == day:
        states.pop()
    elif states:
        states[-1] = replace(states[-1], until=day)


def _people(told: list[_Told]) -> list[Mark]:
    """Returns one mark for all figures of a place or a way, in force from the first report on."""
    event = told[0].event
    assert isinstance(event, Displacement)
    chain = tuple(t.index for t in told)
    pattern: Pattern = "hatched" if all(PATTERN[t.event.certainty] == "hatched" for t in told) else "solid"
    if told[0].key[0] == "move" and event.origin and event.destination:
        return [Mark("move", event.origin, told[0].day, None, chain, to=event.destination, pattern=pattern)]
    is_stock = event.subtype in _STOCKS
    return [Mark("people", _spot(told[0]), told[0].day, None, chain, pattern=pattern, is_stock=is_stock)]


def _spot(told: _Told) -> Location:
    assert told.event.location is not None
    return told.event.location


_DRAW = {"control": _control, "post": _posts, "move": _people, "people": _people, "sign": _signs}


def actors_of(claims: Sequence[Claim]) -> list[Actor]:
    """Returns the parties that hold places or own posts, in order of first appearance, by their most used names."""
    told = [actor for claim in claims for actor in _actors_in(claim.event) if actor is not None]
    names: dict[str, Counter[str]] = {}
    for actor in told:
        names.setdefault(actor_key(actor), Counter())[actor.name] += 1
    first = {actor_key(actor): actor for actor in reversed(told)}
    return [replace(first[key], name=counts.most_common(1)[0][0]) for key, counts in names.items()]


def _actors_in(event: Event) -> tuple[Actor | None, ...]:
    if isinstance(event, ControlChange):
        return (event.actor,)
    return (event.owner, event.actor) if isinstance(event, PostReport) else ()


def standing(all_marks: Sequence[Mark], day: dt.date) -> list[Mark]:
    """Returns the marks in force on a day."""
    return [mark for mark in all_marks if mark.start <= day and (mark.until is None or day < mark.until)]
