"""Facts: which claims are about one thing, so that a page can show what each speaker makes of it?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from geomap.likeness import place_key
from geomap.model import Displacement, Event, Location

# Claims on one place are about one thing where they end within a week of the first of them.
BUCKET = dt.timedelta(days=7)
# Places so large that they stand for themselves.
_REGIONS = frozenset({"country", "region", "governorate", "province", "state"})


def facts_of(events: Sequence[Event]) -> dict[str, str]:
    """The fact of each event, by the event's id: family, ground, kind of figure and the first day of its bucket.

    Control and posts are grouped by place, displacement by the province people left (or are in) and by stock or
    flow; projections stay apart. A flow told by its destination alone belongs with the nearest flow in its article
    that tells an origin.
    """
    grounds = _grounds(events)
    facts: dict[str, str] = {}
    opened: dict[str, dt.date] = {}
    for event in sorted(events, key=lambda event: (str(event.when.end or "~"), event.id)):
        subject = _subject(event, grounds[event.id])
        if event.when.end is None:
            facts[event.id] = f"{subject}|undated"
            continue
        if subject not in opened or event.when.end - opened[subject] > BUCKET:
            opened[subject] = event.when.end
        facts[event.id] = f"{subject}|{opened[subject]}"
    return facts


def _subject(event: Event, ground: Location | None) -> str:
    reality = event.modality if event.modality in ("planned", "projected") else "actual"
    if isinstance(event, Displacement):
        return f"displacement|{_region(ground)}|{_amount(event)}|{event.unit}|{reality}"
    return f"{event.family}|{place_key(event.location) or event.id}|{reality}"


def _grounds(events: Iterable[Event]) -> dict[str, Location | None]:
    """Where each event lies, by its id: where people left or are; a place at any rate."""
    by_article: dict[str, list[Event]] = {}
    for event in events:
        by_article.setdefault(event.evidence.article_id, []).append(event)
    return {event.id: _ground(event, beside) for beside in by_article.values() for event in beside}


def _ground(event: Event, beside: Sequence[Event]) -> Location | None:
    own = _own_ground(event)
    if own is not None or not isinstance(event, Displacement):
        return own
    near = [
        (abs(other.evidence.start - event.evidence.start), other.id, ground)
        for other in beside
        if isinstance(other, Displacement)
        and _amount(other) == _amount(event)
        and (ground := _own_ground(other)) is not None
    ]
    return min(near, key=lambda one: one[:2])[2] if near else event.location


def _own_ground(event: Event) -> Location | None:
    """The origin, or the place of a figure that is not its destination."""
    if not isinstance(event, Displacement):
        return event.location
    if event.origin is not None:
        return event.origin
    is_destination = event.destination is not None and event.location is not None
    return None if is_destination and _amount(event) == "flow" else event.location


def _amount(event: Displacement) -> str:
    """``stock``, ``flow`` or ``return``: only like amounts are compared."""
    if event.subtype in ("idp_stock", "refugee_stock", "cumulative"):
        return "stock"
    return "return" if event.subtype == "return" else "flow"


def _region(location: Location | None) -> str:
    """The province a location lies in, as country and name; of larger places their own."""
    if location is None:
        return ""
    place = location.place
    if place.kind == "country":
        return place.id
    return f"{place.country}|{(place.name if place.kind in _REGIONS else place.admin1 or place.name).casefold()}"
