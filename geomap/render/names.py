"""Names: what is written on the SVG map, and where does it not hide anything?

The first to ask for room gets it: figures, the highest first, then areas, roads and places. Words are escaped here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from html import escape
from itertools import pairwise
from typing import NamedTuple

from geomap.model import Location
from geomap.render import basemap as base
from geomap.render.basemap import UNITS, Part
from geomap.render.entries import Entry
from geomap.render.labels import Label
from geomap.render.paper import Sheet
from geomap.render.text import clean

# Two names of one road are at least this far from each other, and are looked for at steps of this length.
ROAD_GAP, ROAD_STEP = 320.0, 24.0


class Beside(NamedTuple):
    """What figures stand beside: a circle with its radius, or points along an arrow, best first."""

    x: float
    y: float
    reach: float
    along: tuple[tuple[float, float], ...] = ()


def lead(x0: float, y0: float, x1: float, y1: float) -> str:
    """Returns a thin line from a place to what belongs to it."""
    return f'<path d="M{x0:.1f} {y0:.1f}L{x1:.1f} {y1:.1f}" class="lead"/>'


def figures(paper: Sheet, told: Sequence[Entry], spot: Beside) -> str:
    """Returns up to three figures on paper, the latest first, each with who says it; never their sum."""
    latest = sorted(told, key=lambda entry: (entry.day or dt.date.min, entry.number), reverse=True)
    said = (" · ".join(filter(None, (e.figure, e.speaker.split(" (")[0]))) for e in latest)
    lines = [short(line) for line in dict.fromkeys(said)][:3]
    wide, high = 3.3 * max(map(len, lines)) + 5, 6.5 * len(lines) + 3
    is_inside = 0 <= spot.x <= paper.width and 0 <= spot.y <= paper.height
    for x, y in _places(spot, wide, high):
        pushed = (min(max(x, wide + 4), paper.width - wide - 4), min(max(y, high + 4), paper.height - high - 4))
        at = pushed if is_inside and not spot.along else (x, y)
        if paper.take((at[0] - wide, at[1] - high, at[0] + wide, at[1] + high)):
            return _plate(at, wide, high, lines, spot)
    return ""


def _places(spot: Beside, wide: float, high: float) -> Iterator[tuple[float, float]]:
    """Yields where the middle of figures may stand: around the spot, farther and farther out."""
    if spot.along:
        yield from ((x + dx, y + dy) for dx, dy in ((0, 0), (60, 18), (-60, -18)) for x, y in spot.along)
        return
    for more in (3, 24, 48, 80, 120):
        right, down = spot.reach + more + wide, spot.reach + more + high
        yield from ((spot.x + dx, spot.y + dy) for dx, dy in ((0, down), (0, -down), (right, 0), (-right, 0)))
        if more > 3:
            yield from ((spot.x + dx, spot.y + dy) for dx in (right, -right) for dy in (down, -down))


def _plate(at: tuple[float, float], wide: float, high: float, lines: Sequence[str], spot: Beside) -> str:
    x, y = at
    left, top = x - wide, y - high
    size = f'width="{2 * wide:.1f}" height="{2 * high:.1f}"'
    box = f'<rect x="{left:.1f}" y="{top:.1f}" {size} rx="3" class="plate"/>'
    near_x, near_y = min(max(spot.x, left), x + wide), min(max(spot.y, top), y + high)
    gap = ((near_x - spot.x) ** 2 + (near_y - spot.y) ** 2) ** 0.5
    line = lead(spot.x, spot.y, near_x, near_y) if gap > spot.reach + 14 and not spot.along else ""
    words = (
        f'<text x="{x:.1f}" y="{top + 14 + 13 * i:.1f}" class="figure">{escape(said)}</text>'
        for i, said in enumerate(lines)
    )
    return line + box + "".join(words)


def area_name(paper: Sheet, spot: Location) -> str:
    """Returns the name of a spot that is no exact site."""
    x, y = paper.xy(*spot.point)
    name = clean(spot.name)
    half = 3.4 * len(name)
    for top in (y + 14, y - 28, y + 30, y - 44):
        if paper.take((x - half, top, x + half, top + 14)):
            return f'<text x="{x:.1f}" y="{top + 11:.1f}" class="area">{escape(name)}</text>'
    return ""


def road_names(paper: Sheet, name: str, part: Part) -> str:
    """Returns a road's name in small boxes on its line."""
    found: list[tuple[float, float]] = []
    half = 3.2 * len(name) + 4
    for x, y in _along(paper, part):
        is_far = all((x - px) ** 2 + (y - py) ** 2 >= ROAD_GAP**2 for px, py in found)
        if is_far and paper.take((x - half, y - 7, x + half, y + 7)):
            found.append((x, y))
    return "".join(
        f'<rect x="{x - half:.1f}" y="{y - 7:.1f}" width="{2 * half:.1f}" height="14" rx="3" class="shield"/>'
        f'<text x="{x:.1f}" y="{y + 3.5:.1f}" class="road">{escape(name)}</text>'
        for x, y in found
    )


def _along(paper: Sheet, part: Part) -> Iterator[tuple[float, float]]:
    points = [paper.xy(x / UNITS, y / UNITS) for x, y in base.points(part[0]).tolist()]
    for (x0, y0), (x1, y1) in pairwise(points):
        count = min(400, int(((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5 / ROAD_STEP) + 1)
        yield from ((x0 + (x1 - x0) * k / count, y0 + (y1 - y0) * k / count) for k in range(count))


def short(words: str, most: int = 44) -> str:
    """Returns words cut to what a map has room for."""
    return words if len(words) <= most else words[: most - 1] + "…"


def label_name(paper: Sheet, label: Label) -> str:
    """Returns a place's name to the right of its point or to the left, with the local name under it."""
    x, y = paper.xy(label.lng, label.lat)
    if label.kind != "place":
        return _wide_name(paper, x, y, label)
    wide = 6.4 * max(len(label.name), len(label.local)) + 4
    for x0, anchor in ((x + 13, "start"), (x - 13 - wide, "end")):
        if paper.take((x0, y - 7, x0 + wide, y + 7 + (12 if label.local else 0))):
            return _words(paper, x, y, x + 13 if anchor == "start" else x - 13, anchor, label)
    return ""


def _wide_name(paper: Sheet, x: float, y: float, label: Label) -> str:
    """Returns the name of a region or a water in its middle."""
    half = 3.3 * max(len(label.name), len(label.local)) + 4
    if not paper.take((x - half, y - 8, x + half, y + (20 if label.local else 8))):
        return ""
    names = (clean(name) for name in (label.name, label.local) if name)
    return "".join(
        f'<text x="{x:.1f}" y="{y + 4 + 13 * i:.1f}" class="{label.kind}">{escape(name)}</text>'
        for i, name in enumerate(names)
    )


def _words(paper: Sheet, x: float, y: float, at: float, anchor: str, label: Label) -> str:
    local = ""
    if label.local:
        local = f'<text x="{at:.1f}" y="{y + 16:.1f}" class="local {anchor}">{escape(clean(label.local))}</text>'
    name = f'<text x="{at:.1f}" y="{y + 4:.1f}" class="name {anchor}">{escape(clean(label.name))}</text>'
    is_marked = any(b[0] < x < b[2] and b[1] < y < b[3] for b in paper.taken if b[2] - b[0] <= 24)
    return ("" if is_marked else f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2" class="dot"/>') + name + local
