"""Roads: the schematic course of main roads through the places of the gazetteer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from geomap.errors import RenderError
from geomap.model import LngLat, Place
from geomap.render.basemap import UNITS, Part, Ring, Window
from geomap.yamlfile import Form, read_yaml


class Road(Form):
    """A road and the places it leads through, by id."""

    id: str
    name: str
    through: tuple[str, ...]


@cache
def _roads() -> tuple[Road, ...]:
    from pydantic import TypeAdapter

    return read_yaml(Path(__file__).with_name("roads.yml"), TypeAdapter(tuple[Road, ...]), error=RenderError)


def roads_through(places: Iterable[Place], window: Window) -> dict[str, Part]:
    """Returns the lines of the roads that cross a window by their names, as parts of the base map."""
    points = {place.id: place.point for place in places}
    known = {road.name: [points[place] for place in road.through if place in points] for road in _roads()}
    return {name: [_steps(line)] for name, line in known.items() if _crosses(line, window)}


def _crosses(line: Sequence[LngLat], window: Window) -> bool:
    import shapely

    return len(line) > 1 and bool(shapely.intersects(shapely.LineString(line), shapely.box(*window)))


def _steps(line: Sequence[LngLat]) -> Ring:
    grid = [(0, 0), *((round(point.lng * UNITS), round(point.lat * UNITS)) for point in line)]
    steps: list[Any] = [step for a, b in pairwise(grid) for step in (b[0] - a[0], b[1] - a[1])]
    return steps
