"""Basemap: what lies under a map's window?

Land, borders, provinces, lakes, rivers, towns and countries from Natural Earth, offline, worldwide. ``world.zip``
holds one JSON member a 10-degree cell; only the cells under the window are read. README.md has the sources.

Shapes are lists of parts, a part a list of rings (lines have one), a ring a flat list of steps ``dx, dy`` in
thousandths of a degree, the first one from 0, 0. The page's script decodes the same form.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

WORLD = Path(__file__).parent / "world.zip"
# Degrees along a cell's side.
CELL = 10
# Units in a degree: about 110 m.
UNITS = 1000
AREAS = ("land", "lakes")
LINES = ("admin1", "streams", "rivers", "borders", "disputed")
# Wider windows than this, in degrees, are too crowded for province borders and lesser rivers.
WIDEST_WITH_DETAIL = 24
# A window is drawn in about this many steps across: detail below one step is left out of the page.
STEPS_ACROSS = 6000

Ring = list[int]
Part = list[Ring]
Named = TypeVar("Named", "Town", "Country")


class Window(NamedTuple):
    """A stretch of the world, degrees."""

    west: float
    south: float
    east: float
    north: float


@dataclass(frozen=True, slots=True)
class Town:
    """A populated place of Natural Earth; ``rank`` 0 is the most important, 10 the least."""

    lng: float
    lat: float
    name: str
    rank: int
    population: int


@dataclass(frozen=True, slots=True)
class Country:
    """Where a country's name stands and how much room it deserves (2 most, 7 least)."""

    lng: float
    lat: float
    name: str
    rank: int


@dataclass(frozen=True, slots=True)
class Basemap:
    """The shapes and names under a window; ``shapes`` by layer, in the order they are painted."""

    window: Window
    shapes: dict[str, list[Part]]
    towns: tuple[Town, ...]
    countries: tuple[Country, ...]


def cell_name(lng: int, lat: int) -> str:
    """Returns the member that covers the cell with this south-west corner.

    >>> cell_name(30, 30), cell_name(-10, -40)
    ('e030n30', 'w010s40')
    """
    return f"{'we'[lng >= 0]}{abs(lng):03}{'sn'[lat >= 0]}{abs(lat):02}"


def cells_under(window: Window) -> Iterator[str]:
    """Yields the names of the cells a window touches."""
    for lat in range(int(window.south // CELL) * CELL, 90, CELL):
        for lng in range(int(window.west // CELL) * CELL, 180, CELL):
            if lat < window.north and lng < window.east and lat >= -90 and lng >= -180:
                yield cell_name(lng, lat)


@cache
def _archive() -> zipfile.ZipFile:
    """Returns the world's data, in memory: an open file would be shared by processes that fork."""
    return zipfile.ZipFile(io.BytesIO(WORLD.read_bytes()))


def _read(name: str) -> Any:
    return json.loads(_archive().read(name + ".json"))


@cache
def outline() -> list[Part]:
    """Returns the world's land in broad strokes, for the locator."""
    found: list[Part] = _read("outline")
    return found


def load(window: Window) -> Basemap:
    """Returns what lies under a window, clipped to it and no finer than it can show."""
    cells = [_cell(name) for name in cells_under(window)]
    towns = (town for cell in cells for town in cell.towns)
    names = AREAS + (LINES if window.east - window.west <= WIDEST_WITH_DETAIL else LINES[2:])
    shapes = {name: _clip(window, name, cells) for name in names}
    return Basemap(window, shapes, _inside(window, towns), _inside(window, _countries()))


class _Cell(NamedTuple):
    """What lies in a cell: shapes by layer, and towns."""

    shapes: dict[str, list[Any]]
    towns: tuple[Town, ...]


@cache
def _cell(name: str) -> _Cell:
    """Returns what lies in a cell, nothing of one at sea; kept for the next map, 24 MB for all of the world."""
    found = _read(name) if f"{name}.json" in _archive().NameToInfo else {}
    shapes = {
        layer: [(polygon_of if layer in AREAS else _line)(part) for part in found.get(layer, ())]
        for layer in AREAS + LINES
    }
    return _Cell(shapes, tuple(Town(*row) for row in found.get("towns", ())))


@cache
def _countries() -> tuple[Country, ...]:
    return tuple(Country(*row) for row in _read("countries"))


def _inside(window: Window, places: Iterable[Named]) -> tuple[Named, ...]:
    west, south, east, north = window
    return tuple(p for p in places if west <= p.lng <= east and south <= p.lat <= north)


def _clip(window: Window, name: str, cells: Iterable[_Cell]) -> list[Part]:
    """Returns a layer's parts cut at the window's edges and simplified to what it can show."""
    import numpy as np
    import shapely

    shapes = np.array([shape for cell in cells for shape in cell.shapes[name]], dtype=object)
    kept = shapely.clip_by_rect(shapes, *(edge * UNITS for edge in window))
    step = (window.east - window.west) * UNITS / STEPS_ACROSS
    if step > 1:
        kept = shapely.simplify(kept, step, preserve_topology=False)
    return [part for shape in kept for part in parts_of(shape)]


def polygon_of(part: Part) -> Any:
    """Returns an area's part as a shape, in thousandths of a degree."""
    import shapely

    return shapely.Polygon(points(part[0]), [points(ring) for ring in part[1:] if len(ring) > 6])


def _line(part: Part) -> Any:
    import shapely

    return shapely.LineString(points(part[0]))


def points(ring: Ring) -> Any:
    """Returns a ring's points in thousandths of a degree, as an array of rows x, y.

    >>> points([1000, 2000, 1, 0, 0, -2]).tolist()
    [[1000, 2000], [1001, 2000], [1001, 1998]]
    """
    import numpy as np

    return np.array(ring).reshape(-1, 2).cumsum(axis=0)


def parts_of(shape: Any) -> Iterator[Part]:
    """Yields the parts of a shape whose points are in thousandths of a degree."""
    if shape.is_empty:
        return
    if shape.geom_type == "Polygon":
        from shapely.geometry.polygon import orient

        # All outer rings turn one way: where cells overlap, the fill (nonzero) must not cancel itself.
        shape = orient(shape)
        yield [_steps(ring.coords) for ring in (shape.exterior, *shape.interiors)]
    elif shape.geom_type == "LineString":
        yield [_steps(shape.coords)]
    else:
        for part in shape.geoms:
            yield from parts_of(part)


def _steps(coords: Any) -> Ring:
    import numpy as np

    grid = np.rint(np.asarray(coords)).astype(int)
    steps: Ring = np.diff(grid, axis=0, prepend=[[0, 0]]).ravel().tolist()
    return steps
