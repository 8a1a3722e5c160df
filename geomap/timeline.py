"""Timeline: who holds what, which posts stand and what was told of displacement on a given day?

A claim counts from the last day of its date on, when it is sure to have happened. This module is the only one that
knows what a capture, a withdrawal or a siege does to a place: the map draws its ``Standing`` values.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from geomap.likeness import place_key, same_actor
from geomap.model import (
    Actor,
    Certainty,
    Claim,
    ControlChange,
    ControlState,
    Event,
    LngLat,
    Location,
    PostReport,
    Timeline,
)

_GAINS = frozenset({"captured", "recaptured", "transferred", "holds"})
_ENDS_POST = frozenset({"withdrawn", "captured"})
# On one day a place is left before it is taken, taken in part before in full, and surrounded anew after that.
_ORDER = {"siege_lifted": 0, "withdrawn": 1, "partial": 2, "besieged": 4}
_USUAL_ORDER = 3
# Of two statements of one day the surer one stands, and a denial stands over both.
_SURENESS = {"claimed": 0, "reported": 1, "confirmed": 2, "contested": 3}

SpotKey = tuple[str, LngLat, int]


class Told(NamedTuple):
    """An event with its day and its claim's index; of several in order, the last one is to be believed most."""

    day: dt.date
    order: int
    sureness: int
    claim: int
    event: Event


@dataclass(frozen=True, slots=True)
class Hold:
    """A party that did something to a place, as the claim with this index tells it.

    Attributes:
        since: first day of the period told; day: the last one, from which on it counts.
    """

    actor: Actor | None
    certainty: Certainty
    since: dt.date
    day: dt.date
    index: int


@dataclass(frozen=True, slots=True)
class Standing:
    """What is so at a place from ``start`` until the day before ``until`` (None while nothing ended it).

    Attributes:
        holder: who holds it; None where nobody was told to, or the holder left.
        part: who took a part of it since then.
        left: who gave it up, where nobody is told to have followed.
        chain: every claim of the place, by index.
    """

    location: Location
    start: dt.date
    until: dt.date | None
    chain: tuple[int, ...]
    holder: Hold | None = None
    part: Hold | None = None
    left: Hold | None = None
    is_besieged: bool = False
    besieger: Actor | None = None

    @property
    def shown(self) -> Hold | None:
        """What was done last: the part that was taken, otherwise who left, otherwise who holds the place."""
        return self.part or self.left or self.holder


def day_of(event: Event) -> dt.date | None:
    """The day from which an event counts: the last one of its period, for by then it was true."""
    return event.when.end or event.when.start


def spot_key(location: Location) -> SpotKey:
    """What tells one spot from another: place, point and precision ("near X" is not "X")."""
    return location.place.id, location.point, location.geo_precision


def told(index: int, event: Event) -> Told | None:
    """The event of the claim with this index, ready to be put in order; None without a day."""
    day = day_of(event)
    if day is None:
        return None
    return Told(day, _ORDER.get(event.subtype, _USUAL_ORDER), _SURENESS[event.certainty], index, event)


def control_on(timeline: Timeline, day: dt.date) -> list[ControlState]:
    """Who holds each place on a day: the last change holds until the next; sorted by place.

    A withdrawal leaves the place without a holder and contested, unless the event names who follows
    (``opponent``). Gains in a part of a place, and sieges, leave its holder. Two holders claimed on one day make
    the place contested. Plans, projections, denials and what is told as history change nothing.
    """
    by_spot: dict[SpotKey, list[Told]] = {}
    for index, claim in enumerate(timeline.claims):
        event = claim.event
        if isinstance(event, ControlChange) and event.location is not None and _counts(event, day):
            by_spot.setdefault(spot_key(event.location), []).extend(filter(None, [told(index, event)]))
    last = [standings(by_spot[key])[-1] for key in sorted(by_spot)]
    return [state for standing in last if (state := _state(standing, timeline)) is not None]


def posts_on(timeline: Timeline, day: dt.date) -> list[Claim]:
    """The posts that stand on a day: the last claim of each place, owner and subtype, in order of the timeline.

    A withdrawal or capture of posts ends all that was told of them before, unless it counts fewer than stood there.
    """
    standing: list[Claim] = []
    for claim in _up_to(timeline, day):
        post = claim.event
        if not isinstance(post, PostReport):
            continue
        if post.subtype in _ENDS_POST:
            standing = [other for other in standing if not _ends(post, other)]
        else:
            standing = [other for other in standing if not _follows(post, other)] + [claim]
    return standing


def displacement_up_to(timeline: Timeline, day: dt.date) -> list[Claim]:
    """The displacement that happened by a day, claim by claim, in order of the timeline; nothing is added up."""
    return [claim for claim in _up_to(timeline, day) if claim.event.family == "displacement"]


def _up_to(timeline: Timeline, day: dt.date) -> Iterator[Claim]:
    """The claims of what happened by a day; the timeline is in order of their last days."""
    yield from (claim for claim in timeline.claims if _counts(claim.event, day))


def _counts(event: Event, day: dt.date) -> bool:
    """Whether an event is told to have happened by a day, and not as history."""
    counted = day_of(event) if event.when.start else None
    return event.modality == "actual" and not event.is_background and counted is not None and counted <= day


def standings(changes: Iterable[Told]) -> list[Standing]:
    """The states of one place, each until the next; one that was replaced within its day never stood.

    Args:
        changes: of control of the same spot, in any order.
    """
    ordered = sorted(changes)
    chain = tuple(change.claim for change in ordered)
    states: list[Standing] = []
    for day, _, _, index, event in ordered:
        assert event.location is not None
        before = states[-1] if states else Standing(event.location, day, None, chain)
        if states and before.start == day:
            states.pop()
        elif states:
            states[-1] = replace(before, until=day)
        states.append(_after(before, event, day, index))
    return states


def _after(before: Standing, event: Event, day: dt.date, index: int) -> Standing:
    """The state after a change; what a change does not touch stays as it was."""
    holder, part, left = before.holder, before.part, before.left
    is_besieged, besieger = False, None
    hold = Hold(event.actor, event.certainty, event.when.start or day, day, index)
    if event.subtype == "besieged":
        is_besieged, besieger = True, event.actor
    elif event.subtype == "withdrawn" and event.opponent is None:
        holder, part, left = None, None, _said_again(left, hold)
    elif event.subtype == "withdrawn":
        holder, part, left = _said_again(holder, replace(hold, actor=event.opponent)), None, None
    elif event.subtype == "partial":
        part = None if _is_held(before, hold) else _said_again(part, _disputed(before, hold))
    elif event.subtype in _GAINS:
        known = holder if before.shown is holder else None
        holder, part, left = _said_again(known, _disputed(before, hold)), None, None
    return Standing(before.location, day, None, before.chain, holder, part, left, is_besieged, besieger)


def _is_held(before: Standing, hold: Hold) -> bool:
    """Whether a party that took a part holds all of the place already."""
    return before.holder is not None and before.part is None and _is_same(before.holder, hold)


def _is_same(one: Hold, other: Hold) -> bool:
    return (one.actor is None) == (other.actor is None) and same_actor(one.actor, other.actor)


def _said_again(known: Hold | None, hold: Hold) -> Hold:
    """A state told again goes on from its first day; a party that repeats a report makes it no less sure."""
    if known is None or not _is_same(known, hold):
        return hold
    return known if hold.certainty == "claimed" else replace(hold, since=known.since)


def _disputed(before: Standing, hold: Hold) -> Hold:
    """The gain, contested where another party is told to have made one on the same day."""
    rival = before.part or before.holder
    if rival is None or rival.day != hold.day or same_actor(rival.actor, hold.actor):
        return hold
    return replace(hold, certainty="contested")


def _state(standing: Standing, timeline: Timeline) -> ControlState | None:
    """The state in the words of the model; None where nobody was told to hold the place."""
    hold = standing.holder or standing.left
    if hold is None:
        return None
    actor, certainty = (hold.actor, hold.certainty) if standing.holder else (None, "contested")
    claim = timeline.claims[hold.index]
    return ControlState(standing.location.place.id, standing.location, actor, certainty, hold.since, claim.id)


def _is_same_post(post: PostReport, other: PostReport) -> bool:
    is_here = place_key(post.location) == place_key(other.location) and post.location is not None
    return is_here and post.kind == other.kind and same_actor(post.owner, other.owner)


def _ends(post: PostReport, other: Claim) -> bool:
    before = other.event
    if not isinstance(before, PostReport) or not _is_same_post(post, before):
        return False
    return before.count is None or post.count is None or post.count >= before.count


def _follows(post: PostReport, other: Claim) -> bool:
    before = other.event
    return isinstance(before, PostReport) and before.subtype == post.subtype and _is_same_post(post, before)
