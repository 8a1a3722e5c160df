"""Credits: who has to be named for places that are in none of the gazetteers?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from geomap.model import Displacement, Event, Place, Timeline
from geomap.render.text import clean


@dataclass(frozen=True, slots=True)
class Credit:
    """Whom to name, and for which places; ``note`` says how these came in."""

    attribution: str
    note: str
    names: str


def online_credits(timeline: Timeline) -> list[Credit]:
    """Returns one credit for each source and note, with the names of its places in order of the alphabet."""
    names: dict[tuple[str, str], set[str]] = {}
    for claim in timeline.claims:
        for report in claim.reports:
            for place in _places(report):
                if place.attribution:
                    names.setdefault((place.attribution, place.note), set()).add(place.name)
    return [
        Credit(clean(attribution), clean(note), clean(", ".join(sorted(found))))
        for (attribution, note), found in sorted(names.items())
    ]


def _places(event: Event) -> Iterator[Place]:
    ends = (event.origin, event.destination) if isinstance(event, Displacement) else ()
    yield from (location.place for location in (event.location, *ends) if location is not None)
