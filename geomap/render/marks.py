"""Marks: what stands on the map, from which day until which?

A mark is in force from ``start`` until the day before ``until``, so that neither the page's script nor the drawing
has to know what a withdrawal or a siege means: they filter by day. Control: the last change holds. Posts: standing
until captured or withdrawn. Displacement: reported once, shown from then on, and never added up.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from geomap.model import Actor, Claim, ControlChange, Displacement, Event, Location, OtherEvent, PostReport
from geomap.render.palette import actor_key
from geomap.timeline import Standing, Told, spot_key, standings, told

Kind = Literal["control", "post", "move", "people", "sign"]
Pattern = Literal["solid", "hatched", "ringed"]
Shape = Literal["full", "half", "empty"]

PATTERN: dict[str, Pattern] = {
    "confirmed": "solid",
    "reported": "solid",
    "claimed": "hatched",
    "contested": "ringed",
}
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


def marks(claims: Sequence[Claim], drawn: Iterable[int]) -> list[Mark]:
    """Returns every mark of the claims with these indexes, in order of place and day."""
    groups: dict[tuple[Any, ...], list[Told]] = {}
    for index in drawn:
        event = claims[index].event
        found = told(index, event)
        if found is not None and event.location is not None:
            groups.setdefault(_key(event, event.location), []).append(found)
    return [
        mark for key, group in groups.items() for mark in _DRAW[key[0]](sorted(group) if len(group) > 1 else group)
    ]


def _key(event: Event, location: Location) -> tuple[Any, ...]:
    """Returns what tells one mark from another, its kind first."""
    if isinstance(event, PostReport):
        return ("post", *spot_key(location), actor_key(event.owner), event.kind)
    if isinstance(event, OtherEvent):
        return ("sign", *spot_key(location), event.family)
    if not isinstance(event, Displacement):
        return ("control", *spot_key(location))
    if event.origin and event.destination and spot_key(event.origin) != spot_key(event.destination):
        return ("move", *spot_key(event.origin), *spot_key(event.destination))
    return ("people", *spot_key(location), "stock" if event.subtype in _STOCKS else "flow")


def _control(ordered: list[Told]) -> list[Mark]:
    """Returns the states of one place, each until the next change."""
    return [_state(standing) for standing in standings(ordered)]


def _state(standing: Standing) -> Mark:
    """Returns the mark of a state; a place that is surrounded, and nobody said who holds it, is an empty disc."""
    shown = standing.shown
    is_full = shown is not None and shown is standing.holder
    return Mark(
        "control",
        standing.location,
        standing.start,
        standing.until,
        standing.chain,
        actor=shown.actor if shown else None,
        pattern=PATTERN[shown.certainty] if shown else "solid",
        shape="full" if is_full else "half" if standing.part else "empty",
        besieger=standing.besieger,
        is_besieged=standing.is_besieged,
    )


def _posts(ordered: list[Told]) -> list[Mark]:
    """Returns the states of one owner's posts at a place; a number stays until another one is told."""
    chain = tuple(t.claim for t in ordered)
    states: list[Mark] = []
    for t in ordered:
        assert isinstance(t.event, PostReport)
        before = states[-1] if states else None
        after = _post(before, t.event, t.day, chain)
        _end(states, t.day)
        states.append(after)
    return states


def _post(before: Mark | None, event: PostReport, day: dt.date, chain: tuple[int, ...]) -> Mark:
    """Returns the state of posts after a report."""
    assert event.location is not None
    spot, known = (before.spot, before.count) if before else (event.location, 0)
    if event.subtype in ("withdrawn", "captured"):
        is_all = event.count is None or event.count >= known
        if before and not is_all:
            return replace(before, start=day, until=None)
        pattern = before.pattern if before else "solid"
        return Mark("post", spot, day, None, chain, None, event.owner, pattern, "empty", count=known)
    was_besieged = before is not None and before.is_besieged
    is_besieged = event.subtype == "besieged" or (was_besieged and event.subtype == "attacked")
    besieger = event.actor if event.subtype == "besieged" else before.besieger if before else None
    return Mark(
        "post",
        spot,
        day,
        None,
        chain,
        actor=before.actor if before else event.owner,
        pattern=PATTERN[event.certainty],
        besieger=besieger if is_besieged else None,
        is_besieged=is_besieged,
        count=known if event.count is None else event.count,
    )


def _signs(ordered: list[Told]) -> list[Mark]:
    """Returns a sign for what happened at a place, from the first day on, each with the number told by its day."""
    chain = tuple(t.claim for t in ordered)
    states: list[Mark] = []
    patterns: set[Pattern] = set()
    for number, t in enumerate(ordered, 1):
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


def _moves(ordered: list[Told]) -> list[Mark]:
    """Returns one arrow for all figures of a way, in force from the first report on."""
    (circle,), event = _people(ordered), ordered[0].event
    assert isinstance(event, Displacement)
    assert event.origin is not None
    return [replace(circle, kind="move", spot=event.origin, to=event.destination, is_stock=False)]


def _people(ordered: list[Told]) -> list[Mark]:
    """Returns one circle for all figures of a place, in force from the first report on."""
    event = ordered[0].event
    assert isinstance(event, Displacement)
    chain = tuple(t.claim for t in ordered)
    pattern: Pattern = "hatched" if all(PATTERN[t.event.certainty] == "hatched" for t in ordered) else "solid"
    is_stock = event.subtype in _STOCKS
    return [Mark("people", _spot(ordered[0]), ordered[0].day, None, chain, pattern=pattern, is_stock=is_stock)]


def _spot(one: Told) -> Location:
    assert one.event.location is not None
    return one.event.location


_DRAW = {"control": _control, "post": _posts, "move": _moves, "people": _people, "sign": _signs}


def actors_of(claims: Sequence[Claim]) -> list[Actor]:
    """Returns the parties that hold places or own posts, in order of first appearance, by their most used names."""
    counts = Counter(actor for claim in claims for actor in _actors_in(claim.event) if actor is not None)
    spellings: dict[str, list[Actor]] = {}
    for actor in counts:
        spellings.setdefault(actor_key(actor), []).append(actor)
    return [max(found, key=counts.__getitem__) for found in spellings.values()]


def _actors_in(event: Event) -> tuple[Actor | None, ...]:
    if isinstance(event, ControlChange):
        return (event.actor,)
    return (event.owner, event.actor) if isinstance(event, PostReport) else ()


def standing(all_marks: Sequence[Mark], day: dt.date) -> list[Mark]:
    """Returns the marks in force on a day."""
    return [mark for mark in all_marks if mark.start <= day and (mark.until is None or day < mark.until)]
