"""Areas: which ground lies nearest to the places that each party is told to hold on a day?

An estimate, not a report: drawn only where the user asks for it, and labelled so. Each place that control is told
of gets the ground nearer to it than to any other (its Voronoi cell), no further away than ``REACH``, on land; the
cells of a party are one area. Around places that are contested, taken in part or left, nothing is coloured.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from geomap.model import LngLat
from geomap.render import basemap as base
from geomap.render.basemap import UNITS, Basemap, Part
from geomap.render.marks import Mark, standing
from geomap.render.palette import actor_key

# How far, in kilometres, a place says anything of the ground around it.
REACH = 20
# With fewer places there is nothing to be nearer to.
FEWEST = 2
# The work is bounded: with many places only the last days are estimated.
MOST_CELLS, MOST_DAYS = 20_000, 250
_KM_IN_DEGREE = 111.2


@dataclass(frozen=True, slots=True)
class Area:
    """A party's area from ``start`` until the day before ``until``; ``parts`` as in ``geomap.render.basemap``."""

    start: dt.date
    until: dt.date | None
    colour: str
    parts: list[Part]


def estimated_areas(marks: Sequence[Mark], ground: Basemap, colours: Mapping[str, str]) -> list[Area]:
    """Returns the areas over all days on which control changed, by day and party."""
    known = [mark for mark in marks if mark.kind == "control" and mark.spot.geo_precision == 1]
    changes = sorted({mark.start for mark in known} | {mark.until for mark in known if mark.until})
    days = changes[-max(1, min(MOST_DAYS, MOST_CELLS // max(1, len(known)))) :]
    if not days:
        return []
    land = _land(ground)
    found: list[Area] = []
    for day, until in zip(days, [*days[1:], None], strict=True):
        for actor, parts in _areas_on(standing(known, day), land):
            _add(found, Area(day, until, colours[actor], parts))
    return found


def _holder(mark: Mark) -> str:
    """Returns who holds all of a place, undisputed; "" for nobody."""
    return actor_key(mark.actor) if mark.shape == "full" and mark.pattern != "ringed" else ""


def _add(found: list[Area], area: Area) -> None:
    """Adds an area, or lets the same one of the day before go on."""
    for index in range(len(found) - 1, -1, -1):
        before = found[index]
        if before.until == area.start and before.colour == area.colour and before.parts == area.parts:
            found[index] = replace(before, until=area.until)
            return
    found.append(area)


def _areas_on(held: Sequence[Mark], land: Any) -> Iterable[tuple[str, list[Part]]]:
    """Yields the area of each party on a day, in order of their keys."""
    import shapely

    holder_at = {mark.spot.point: _holder(mark) for mark in held}
    if len(holder_at) < FEWEST:
        return
    points = sorted(holder_at)
    cells: dict[str, list[Any]] = {}
    for point, cell in zip(points, _cells(points), strict=True):
        cells.setdefault(holder_at[point], []).append(cell)
    for actor in sorted(set(cells) - {""}):
        area = shapely.intersection(shapely.union_all(cells[actor]), land)
        yield actor, list(base.parts_of(shapely.simplify(area, 2)))


def _cells(points: Sequence[LngLat]) -> list[Any]:
    """Returns the ground of each point, in thousandths of a degree; distances are true around the middle."""
    import shapely

    middle = math.radians(sum(point.lat for point in points) / len(points))
    narrow = max(0.1, math.cos(middle))
    spots = shapely.points([(point.lng * UNITS * narrow, point.lat * UNITS) for point in points])
    reach = REACH / _KM_IN_DEGREE * UNITS
    rounds = shapely.buffer(spots, reach, quad_segs=8)
    diagram = shapely.voronoi_polygons(shapely.multipoints(spots), extend_to=shapely.union_all(rounds))
    cells = shapely.get_parts(diagram)
    inside, number = shapely.STRtree(cells).query(spots, predicate="within")
    of_spot = dict(zip(inside.tolist(), number.tolist(), strict=True))
    kept = [shapely.intersection(cells[of_spot[i]], rounds[i]) for i in range(len(points))]
    return list(shapely.transform(kept, lambda xy: xy / (narrow, 1)))


def _land(ground: Basemap) -> Any:
    import shapely

    polygons = [shapely.make_valid(base.polygon_of(part)) for part in ground.shapes["land"]]
    return shapely.union_all(polygons)
