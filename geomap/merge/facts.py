"""Facts: which claims are about one thing, so that a page can show what each speaker makes of it?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from geomap.likeness import place_key
from geomap.model import Displacement, Event, Location

# Claims on one place are about one thing where they end within a week of the first of them.
BUCKET = dt.timedelta(days=7)
# Places so large that they stand for themselves.
_REGIONS = frozenset({"country", "region", "governorate", "province", "state"})


def facts_of(events: Sequence[Event]) -> dict[str, str]:
    """The fact of each event, by the event's id: family, ground, kind of figure and the first day of its bucket.

    Control and posts are grouped by place, displacement by province and by stock or flow; projections stay apart.
    """
    facts: dict[str, str] = {}
    opened: dict[str, dt.date] = {}
    for event in sorted(events, key=lambda event: (str(event.when.end or "~"), event.id)):
        subject = _subject(event)
        if event.when.end is None:
            facts[event.id] = f"{subject}|undated"
            continue
        if subject not in opened or event.when.end - opened[subject] > BUCKET:
            opened[subject] = event.when.end
        facts[event.id] = f"{subject}|{opened[subject]}"
    return facts


def _subject(event: Event) -> str:
    reality = event.modality if event.modality in ("planned", "projected") else "actual"
    if isinstance(event, Displacement):
        amount = "stock" if event.subtype in ("idp_stock", "refugee_stock", "cumulative") else event.subtype
        kind = "flow" if amount in ("idp_flow", "refugee_flow", "evacuation") else amount
        return f"displacement|{_region(event.origin or event.location)}|{kind}|{event.unit}|{reality}"
    return f"{event.family}|{place_key(event.location) or event.id}|{reality}"


def _region(location: Location | None) -> str:
    """The province a location lies in, as country and name; of larger places their own."""
    if location is None:
        return ""
    place = location.place
    if place.kind == "country":
        return place.id
    return f"{place.country}|{(place.name if place.kind in _REGIONS else place.admin1 or place.name).casefold()}"
