"""Timeline: who holds what, which posts stand and what was told of displacement on a given day?

A claim counts from the last day of its date on, when it is sure to have happened.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from geomap.likeness import place_key, same_actor
from geomap.model import Claim, ControlChange, ControlState, PostReport, Timeline

_GAINS = frozenset({"captured", "recaptured", "transferred", "holds"})
_ENDS_POST = frozenset({"withdrawn", "captured"})


def control_on(timeline: Timeline, day: dt.date) -> list[ControlState]:
    """Who holds each place on a day: the last change holds until the next; sorted by place.

    A withdrawal leaves the place without a holder and contested, unless the event names who follows
    (``opponent``). Gains in a part of a place, and sieges, leave its holder. Two holders claimed on one day make
    the place contested. Plans, projections and denials change nothing.
    """
    states: dict[str, ControlState] = {}
    for claim in _up_to(timeline, day):
        event = claim.event
        if not isinstance(event, ControlChange) or event.location is None:
            continue
        key = place_key(event.location)
        state = _state(claim, event, states.get(key))
        if state is not None:
            states[key] = state
    return [states[key] for key in sorted(states)]


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
    for claim in timeline.claims:
        event = claim.event
        if event.modality == "actual" and event.when.end is not None and event.when.end <= day:
            yield claim


def _state(claim: Claim, event: ControlChange, before: ControlState | None) -> ControlState | None:
    """The state after a claim; None where it leaves the place as it was."""
    since, location = event.when.start, event.location
    if since is None or location is None:
        return None
    if event.subtype == "withdrawn":
        certainty = event.certainty if event.opponent else "contested"
        return ControlState(location.place.id, location, event.opponent, certainty, since, claim.id)
    if event.subtype not in _GAINS:
        return None
    rivals = before is not None and before.since == since and not same_actor(before.actor, event.actor)
    return ControlState(
        location.place.id, location, event.actor, "contested" if rivals else event.certainty, since, claim.id
    )


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
