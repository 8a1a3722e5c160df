"""View: which part of the world does a map show?

The window is what the page carries of the world; the home view is where the reader starts. Both are boxes in
degrees; shapes are compared in Web Mercator, the projection of the page.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from geomap.model import LngLat, Location
from geomap.render.basemap import Window

# A home view is never narrower than this many degrees: one town alone needs its surroundings.
SMALLEST_VIEW = 0.6
# Stages are at most this much wider than high (1280 px screens) and this much higher than wide (phones).
WIDEST, TALLEST = 2.4, 1.5
# What all marks together have to fit into: the stage of a desktop and that of a phone; and the room around them.
USUALLY_WIDE, USUALLY_TALL, FULL_MARGIN = 1.5, 1.25, 0.25
# How far a reader may pan beyond the home view, in its own widths.
MARGIN = 0.6
# Areas that reach further than this many kilometres are countries and the like: the home view need not hold them.
WIDEST_AREA = 120
# Marks whose cells of this many degrees do not touch are different scenes; the home view shows the main one,
# if it has this share of the marks.
SCENE_GAP = 2.0
MAIN_SCENE = 0.6
# The world without its empty edges.
WORLD = Window(-179.9, -58.0, 179.9, 80.0)
_KM_IN_DEGREE = 111.2


def mercator(lng: float, lat: float) -> LngLat:
    """Returns a point on the unit square of Web Mercator: x to the east, y to the south.

    >>> mercator(0.0, 0.0)
    LngLat(lng=0.5, lat=0.5)
    """
    lat = max(-85.0, min(85.0, lat))
    y = 0.5 - math.log(math.tan(math.pi / 4 + math.radians(lat) / 2)) / (2 * math.pi)
    return LngLat(lng / 360 + 0.5, round(y, 12))


def unmercator(x: float, y: float) -> LngLat:
    """Returns the point whose place on the unit square is given."""
    lat = 2 * math.atan(math.exp((0.5 - y) * 2 * math.pi)) - math.pi / 2
    return LngLat((x - 0.5) * 360, math.degrees(lat))


def home_view(locations: Sequence[Location]) -> Window:
    """Returns the box a reader starts with: the main scene where there is one, otherwise every mark."""
    near = [loc for loc in locations if loc.place.kind != "country" and loc.radius_km <= WIDEST_AREA]
    scene = max(_scenes(near), key=len, default=[])
    if len(scene) < MAIN_SCENE * len(near):
        scene = near
    chosen = scene or locations
    return _at_least(_around(chosen)) if chosen else WORLD


def full_view(locations: Sequence[Location]) -> Window:
    """Returns the box that holds every mark, countries too."""
    return _at_least(_around(locations)) if locations else WORLD


def _scenes(locations: Sequence[Location]) -> list[list[Location]]:
    """Returns the locations in groups that lie apart from each other: cells of a coarse grid that touch."""
    cells: dict[tuple[int, int], list[Location]] = {}
    for location in locations:
        lng, lat = location.point
        cells.setdefault((math.floor(lng / SCENE_GAP), math.floor(lat / SCENE_GAP)), []).append(location)
    scenes = []
    while cells:
        queue = [next(iter(cells))]
        scene: list[Location] = []
        while queue:
            x, y = queue.pop()
            scene += cells.pop((x, y), [])
            queue += [(x + dx, y + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1) if (x + dx, y + dy) in cells]
        scenes.append(scene)
    return scenes


def window_for(home: Window, locations: Iterable[Location]) -> Window:
    """Returns the box the page carries: the home view on any screen, with room to pan, and all marks at once."""
    roomy, points = _roomy(home, WIDEST, TALLEST, MARGIN), [location.point for location in locations]
    if points:
        lngs, lats = [point.lng for point in points], [point.lat for point in points]
        full = _roomy(Window(min(lngs), min(lats), max(lngs), max(lats)), USUALLY_WIDE, USUALLY_TALL, FULL_MARGIN)
        roomy = Window(*map(min, roomy[:2], full[:2]), *map(max, roomy[2:], full[2:]))
    west, south, east, north = roomy
    return Window(max(west, -180.0), max(south, WORLD.south), min(east, 180.0), min(north, 84.0))


def _roomy(box: Window, widest: float, tallest: float, margin: float) -> Window:
    """Returns a box that holds another one on stages of these shapes, with a margin in parts of its size."""
    x0, y0 = mercator(box.west, box.north)
    x1, y1 = mercator(box.east, box.south)
    width, height = max(x1 - x0, (y1 - y0) * widest), max(y1 - y0, (x1 - x0) * tallest)
    x, y, half_x, half_y = (x0 + x1) / 2, (y0 + y1) / 2, width * (0.5 + margin / 2), height * (0.5 + margin / 2)
    west, north = unmercator(x - half_x, y - half_y)
    east, south = unmercator(x + half_x, y + half_y)
    return Window(west, south, east, north)


def _around(locations: Sequence[Location]) -> Window:
    """Returns the box of all locations with their reach; many points need no box each."""
    points = [location.point for location in locations if not location.radius_km]
    boxes = [_reach(location) for location in locations if location.radius_km]
    lngs, lats = [point.lng for point in points], [point.lat for point in points]
    return Window(
        min([*lngs, *(box.west for box in boxes)]),
        min([*lats, *(box.south for box in boxes)]),
        max([*lngs, *(box.east for box in boxes)]),
        max([*lats, *(box.north for box in boxes)]),
    )


def _reach(location: Location) -> Window:
    lng, lat = location.point
    high = min(location.radius_km, WIDEST_AREA) / _KM_IN_DEGREE
    wide = high / max(0.1, math.cos(math.radians(lat)))
    return Window(lng - wide, lat - high, lng + wide, lat + high)


def _at_least(box: Window) -> Window:
    lng, lat = (box.west + box.east) / 2, (box.south + box.north) / 2
    wide, high = max(SMALLEST_VIEW, box.east - box.west) / 2, max(SMALLEST_VIEW * 0.7, box.north - box.south) / 2
    return Window(lng - wide, lat - high, lng + wide, lat + high)
