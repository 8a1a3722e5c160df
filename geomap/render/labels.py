"""Labels: which places are named on the map, and which come first?

The places the caller gives (from the gazetteers, with their local names) and those of the events, then Natural
Earth's towns around them; bigger ones first, so that labels which collide leave the smaller one out.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Sequence
from dataclasses import dataclass

from geomap.model import Location, Place
from geomap.render.basemap import Basemap, Town, Window
from geomap.render.text import clean

# Labels nearer to each other than this many degrees, with one name, are one place in two gazetteers.
SAME_PLACE = 0.12
# More than this many labels are never looked at together.
MOST, MOST_NEAR = 400, 250
_KINDS = frozenset({"city", "town", "village", "camp", "crossing", "base", "suburb"})
# What is no town: how it is written, and beside towns of which size.
_WIDE = {"governorate": ("region", 150_000), "water": ("water", 120_000)}
# A place of the events is worth a town of this size on the map, however small it is.
_NAMED_IN_EVENTS = 60_000


@dataclass(frozen=True, slots=True)
class Label:
    """A place's name on the map; heavier labels are placed first.

    ``kind`` is ``place``, ``region`` or ``water``: the last two stand in the middle of what they name.
    """

    lng: float
    lat: float
    name: str
    local: str
    weight: int
    kind: str = "place"


def labels(places: Sequence[Place], spots: Sequence[Location], basemap: Basemap, home: Window) -> list[Label]:
    """Returns labels for the window, heaviest first, each place once; most of them for what a reader sees first."""
    of_events = {spot.place.id: spot.place for spot in spots if spot.geo_precision < 3}
    others = (place for place in places if place.kind in _KINDS and place.id not in of_events)
    named = [(max(place.population, _NAMED_IN_EVENTS), place) for place in of_events.values()]
    named += [(place.population, place) for place in others]
    inside = [each for each in named if _is_inside(basemap.window, *each[1].point)]
    found = [_label(place, weight) for weight, place in heapq.nsmallest(3 * MOST, inside, key=_heavy_first)]
    wide = {place.id: place for place in places if place.kind in _WIDE and _is_inside(basemap.window, *place.point)}
    told = {spot.place.id for spot in spots} if wide else set()
    found += [_wide(place) for place in wide.values() if place.id not in told]
    found += [_town(town) for town in basemap.towns if _is_inside(basemap.window, town.lng, town.lat)]
    found.sort(key=_by_weight)
    near: list[Label] = []
    far: list[Label] = []
    for label in found:
        (near if _is_inside(home, label.lng, label.lat) else far).append(label)
    chosen = _without_twins(near[: 2 * MOST])[:MOST_NEAR]
    return sorted([*chosen, *_without_twins(far[: 3 * MOST])[: MOST - len(chosen)]], key=_by_weight)


def _by_weight(label: Label) -> tuple[int, str]:
    return -label.weight, label.name


def _heavy_first(weighed: tuple[int, Place]) -> tuple[int, str]:
    return -weighed[0], weighed[1].name


def _label(place: Place, weight: int) -> Label:
    name, local = clean(place.name), clean(place.local_name)
    return Label(place.point.lng, place.point.lat, name, "" if local == name else local, weight)


def _wide(place: Place) -> Label:
    kind, weight = _WIDE[place.kind]
    name, local = clean(place.name), clean(place.local_name)
    return Label(place.point.lng, place.point.lat, name, "" if local == name else local, weight, kind)


def _town(town: Town) -> Label:
    return Label(town.lng, town.lat, clean(town.name), "", town.population)


def _is_inside(window: Window, lng: float, lat: float) -> bool:
    return window.west <= lng <= window.east and window.south <= lat <= window.north


def _without_twins(found: Sequence[Label]) -> list[Label]:
    """Returns the labels without those whose place is already named; local names first."""
    kept: dict[tuple[int, int], list[Label]] = {}
    for label in sorted(found, key=lambda label: not label.local):
        cell = (math.floor(label.lng), math.floor(label.lat))
        near = [
            other for dx in (-1, 0, 1) for dy in (-1, 0, 1) for other in kept.get((cell[0] + dx, cell[1] + dy), ())
        ]
        if not any(_is_twin(label, other) for other in near):
            kept.setdefault(cell, []).append(label)
    rest = [label for cell_labels in kept.values() for label in cell_labels]
    return sorted(rest, key=_by_weight)[:MOST]


def _is_twin(one: Label, other: Label) -> bool:
    if one.kind != other.kind:
        return False
    gap = math.hypot(one.lng - other.lng, one.lat - other.lat)
    # Two gazetteers spell one town in two ways, but never put two towns within two kilometres.
    return gap < 0.02 or (gap < SAME_PLACE and one.name[:3].casefold() == other.name[:3].casefold())
