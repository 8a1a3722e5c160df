"""Paper: what an SVG map is drawn on: the projection, the basemap under it, the scale bar, and the locator."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain, pairwise
from typing import Any

from geomap.model import LngLat
from geomap.render import basemap as base
from geomap.render.basemap import UNITS, Basemap, Part, Window
from geomap.render.view import mercator, unmercator

WIDTH = 960
# Shapes are drawn for one size here, so steps below this many tenths of a pixel are left out.
STEP = 8
Box = tuple[float, float, float, float]


@dataclass(slots=True)
class Sheet:
    """A drawing surface over a window; ``taken`` boxes keep labels apart, ``symbols`` are used again and again."""

    window: Window
    width: float
    height: float
    scale: float
    origin: LngLat
    taken: list[Box] = field(default_factory=list)
    symbols: dict[str, int] = field(default_factory=dict)

    def xy(self, lng: float, lat: float) -> tuple[float, float]:
        """Returns where a point is drawn, pixels from the upper left."""
        x, y = mercator(lng, lat)
        return (x - self.origin.lng) * self.scale, (y - self.origin.lat) * self.scale

    def xys(self, points: Any) -> Any:
        """Returns where many points are drawn: an array of rows x, y, for one of rows lng, lat."""
        import numpy as np

        lats = np.radians(np.clip(points[:, 1], -85.0, 85.0))
        y = np.round(0.5 - np.log(np.tan(np.pi / 4 + lats / 2)) / (2 * np.pi), 12)
        return (np.stack([points[:, 0] / 360 + 0.5, y], axis=1) - np.array(self.origin)) * self.scale

    def holds(self, lng: float, lat: float) -> bool:
        """Returns whether a point lies on the sheet."""
        x, y = self.xy(lng, lat)
        return 0 <= x <= self.width and 0 <= y <= self.height

    def take(self, box: Box) -> bool:
        """Returns whether the box is free and inside the sheet, and takes it if so."""
        x0, y0, x1, y1 = box
        if x0 < 2 or y0 < 2 or x1 > self.width - 2 or y1 > self.height - 2:
            return False
        if not self.is_free(box):
            return False
        self.taken.append(box)
        return True

    def is_free(self, box: Box) -> bool:
        """Returns whether nothing stands in the box yet."""
        x0, y0, x1, y1 = box
        return not any(x0 < b[2] and x1 > b[0] and y0 < b[3] and y1 > b[1] for b in self.taken)

    def stamp(self, x: float, y: float, symbol: str) -> str:
        """Returns a symbol at a point."""
        number = self.symbols.setdefault(symbol, len(self.symbols))
        return f'<use href="#symbol-{number}" x="{x:.1f}" y="{y:.1f}"/>'

    def definitions(self) -> str:
        """Returns the symbols that were stamped."""
        symbols = (f'<g id="symbol-{number}">{symbol}</g>' for symbol, number in self.symbols.items())
        return f"<defs>{''.join(symbols)}</defs>" if self.symbols else ""


def sheet(home: Window, width: float = WIDTH, ratio: float = 0.6) -> Sheet:
    """Returns a sheet with the home view in its middle; ``ratio`` is height to width."""
    x0, y0 = mercator(home.west, home.north)
    x1, y1 = mercator(home.east, home.south)
    height = width * ratio
    scale = min(width * 0.86 / (x1 - x0), height * 0.8 / (y1 - y0))
    origin = LngLat((x0 + x1) / 2 - width / 2 / scale, (y0 + y1) / 2 - height / 2 / scale)
    return Sheet(home, width, height, scale, origin)


def ground(paper: Sheet, basemap: Basemap) -> str:
    """Returns sea, land and lines as one path a layer."""
    layers = [f'<rect width="{paper.width:.0f}" height="{paper.height:.0f}" class="sea"/>']
    for name, parts in basemap.shapes.items():
        path = path_of(paper, parts, close=name in (*base.AREAS, "waters"))
        layers.append(f'<path class="{name}" d="{path}"/>' if path else "")
    return "".join(layers)


def path_of(paper: Sheet, parts: Sequence[Part], *, close: bool) -> str:
    """Returns the path of those rings of some parts that the sheet shows."""
    end = "Z" if close else ""
    return "".join(_ring(grid) + end for grid in _grids(paper, [ring for part in parts for ring in part]))


def _grids(paper: Sheet, rings: Sequence[Sequence[int]]) -> Iterator[list[list[int]]]:
    """Yields the points, in tenths of a pixel, of those rings that the sheet shows; all are projected at once."""
    import numpy as np

    if not rings:
        return
    ends = np.cumsum([len(ring) // 2 for ring in rings])
    starts = np.concatenate([[0], ends[:-1]])
    xys = paper.xys(_points(rings, starts) / UNITS)
    size = np.array([paper.width, paper.height])
    is_seen = (np.maximum.reduceat(xys, starts) > 0) & (np.minimum.reduceat(xys, starts) < size)
    # Far outside the sheet only the direction matters.
    grid = np.rint(10 * np.clip(xys, -50, size + 50)).astype(int)
    for at in np.flatnonzero(is_seen.all(axis=1)):
        yield grid[starts[at] : ends[at]].tolist()


def _points(rings: Sequence[Sequence[int]], starts: Any) -> Any:
    """Returns the points of rings one after the other, in thousandths of a degree: each begins at 0, 0."""
    import numpy as np

    steps = np.fromiter(chain.from_iterable(rings), dtype=np.int64).reshape(-1, 2)
    points = steps.cumsum(axis=0)
    before = points[starts] - steps[starts]
    return points - np.repeat(before, np.diff(starts, append=len(points)), axis=0)


def _ring(grid: Sequence[Sequence[int]]) -> str:
    """Returns a path of a ring in steps, without those nobody would see."""
    steps: list[str] = []
    last_x, last_y = 10**9, 0
    for x, y in grid:
        dx, dy = x - last_x, y - last_y
        if abs(dx) + abs(dy) >= STEP:
            steps.append(_pair(dx, dy) if steps else _pair(x, y))
            last_x, last_y = x, y
    return f"M{steps[0]}l{''.join(steps[1:]).lstrip()}" if len(steps) > 1 else ""


def _pair(x: int, y: int) -> str:
    """Returns two numbers of a path, given in tenths, in the fewest signs.

    >>> _pair(5, -12), _pair(-30, 40)
    (' .5-1.2', '-3 4')
    """
    return _number(x) + _number(y)


@lru_cache(maxsize=1024)
def _number(tenths: int) -> str:
    words = f"{abs(tenths) / 10:g}".replace("0.", ".") if abs(tenths) < 10 else f"{abs(tenths) / 10:g}"
    return ("-" if tenths < 0 else " ") + words


def scale_bar(paper: Sheet) -> str:
    """Returns a bar of a round number of kilometres, true in the sheet's middle."""
    lat = unmercator(0.5, paper.origin.lat + paper.height / 2 / paper.scale).lat
    pixels_per_km = paper.scale / (40075 * math.cos(math.radians(lat)))
    km = next(n for n in (1000, 500, 200, 100, 50, 20, 10, 5, 2, 1) if n * pixels_per_km < 130 or n == 1)
    bar = f"M10 {paper.height - 16:.0f}v6h{km * pixels_per_km:.1f}v-6"
    return f'<path d="{bar}" class="bar"/><text x="14" y="{paper.height - 14:.0f}" class="local">{km} km</text>'


def locator(home: Window) -> str:
    """Returns a small globe-wide map with the home view marked, as an SVG element."""
    scale, south, north = 0.5, -58.0, 80.0
    rings = "".join(_outline(part, scale, north) for part in base.outline())
    wide, high = max(5.0, (home.east - home.west) * scale), max(5.0, (home.north - home.south) * scale)
    x = ((home.west + home.east) / 2 + 180) * scale - wide / 2
    y = (north - (home.north + home.south) / 2) * scale - high / 2
    box = f'<rect x="{x:.1f}" y="{y:.1f}" width="{wide:.1f}" height="{high:.1f}" class="here"/>'
    view = f"0 0 180 {(north - south) * scale:.0f}"
    return f'<svg class="locator" viewBox="{view}" aria-hidden="true"><path d="{rings}"/>{box}</svg>'


def _outline(part: Part, scale: float, north: float) -> str:
    """Returns an outer ring of the world in steps of half a pixel; islands smaller than that are left out."""
    points = (base.points(part[0]) / UNITS).tolist()
    grid = [(round((x + 180) * scale * 2) * 5, round((north - y) * scale * 2) * 5) for x, y in points]
    steps = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(grid) if a != b]
    return f"M{_pair(*grid[0])}l{''.join(_pair(*step) for step in steps)}Z" if len(steps) > 3 else ""
