"""SVG: the map without JavaScript, and the locator.

Draws what stands on the last day in the page's own projection, with the page's own style sheet. The numbers, the
checked colours and escaped names are all that goes into it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape

from geomap.model import LngLat, Location
from geomap.render import basemap as base
from geomap.render import symbols
from geomap.render.basemap import UNITS, Basemap, Part, Window
from geomap.render.entries import Entry
from geomap.render.labels import Label
from geomap.render.marks import Mark, spot_key
from geomap.render.palette import UNKNOWN, actor_key
from geomap.render.text import clean
from geomap.render.view import mercator

WIDTH = 960
# Shapes are drawn for one size here, so steps below half a pixel are left out.
STEP = 0.5
# A page of news has no use for more symbols than this without a script to zoom in.
MOST_MARKS = 300
MOST_LABELS = 40
_KM_IN_DEGREE = 111.2
Box = tuple[float, float, float, float]


@dataclass(slots=True)
class Sheet:
    """A drawing surface over a window; ``taken`` boxes keep labels apart."""

    window: Window
    width: float
    height: float
    scale: float
    origin: LngLat
    taken: list[Box] = field(default_factory=list)

    def xy(self, lng: float, lat: float) -> tuple[float, float]:
        """Returns where a point is drawn, pixels from the upper left."""
        x, y = mercator(lng, lat)
        return (x - self.origin.lng) * self.scale, (y - self.origin.lat) * self.scale

    def take(self, box: Box) -> bool:
        """Returns whether the box is free and inside the sheet, and takes it if so."""
        x0, y0, x1, y1 = box
        if x0 < 2 or y0 < 2 or x1 > self.width - 2 or y1 > self.height - 2:
            return False
        if any(x0 < b[2] and x1 > b[0] and y0 < b[3] and y1 > b[1] for b in self.taken):
            return False
        self.taken.append(box)
        return True


def sheet(home: Window, width: float = WIDTH, ratio: float = 0.6) -> Sheet:
    """Returns a sheet with the home view in its middle; ``ratio`` is height to width."""
    x0, y0 = mercator(home.west, home.north)
    x1, y1 = mercator(home.east, home.south)
    height = width * ratio
    scale = min(width * 0.86 / (x1 - x0), height * 0.8 / (y1 - y0))
    origin = LngLat((x0 + x1) / 2 - width / 2 / scale, (y0 + y1) / 2 - height / 2 / scale)
    return Sheet(home, width, height, scale, origin)


def static_map(
    home: Window,
    basemap: Basemap,
    marks: Sequence[Mark],
    entries: Sequence[Entry],
    labels: Iterable[Label],
    colours: Mapping[str, str],
    title: str,
) -> str:
    """Returns the map of these marks as an SVG element, its words escaped."""
    paper = sheet(home)
    shown = list(marks)[-MOST_MARKS:]
    body = [_ground(paper, basemap), *(_area(paper, spot) for spot in _spots(shown))]
    body += [_movement(paper, mark, entries) for mark in shown if mark.kind in ("move", "people")]
    body += [_site(paper, mark, colours) for mark in shown if mark.kind in ("control", "post")]
    body += [_label(paper, label) for label in list(labels)[: MOST_LABELS * 3]]
    view = f"0 0 {paper.width:.0f} {paper.height:.0f}"
    return f'<svg class="drawn" viewBox="{view}" role="img" aria-label="{escape(title)}">{"".join(body)}</svg>'


def _spots(marks: Iterable[Mark]) -> list[Location]:
    found = {spot_key(spot): spot for mark in marks for spot in (mark.spot, mark.to) if spot}
    return list(found.values())


def _ground(paper: Sheet, basemap: Basemap) -> str:
    layers = [f'<rect width="{paper.width:.0f}" height="{paper.height:.0f}" class="sea"/>']
    for name, parts in basemap.shapes.items():
        path = "".join(_path(paper, part, close=name in base.AREAS) for part in parts)
        layers.append(f'<path class="{name}" d="{path}"/>' if path else "")
    return "".join(layers)


def _path(paper: Sheet, part: Part, *, close: bool) -> str:
    return "".join(_ring(paper, ring) + ("Z" if close else "") for ring in part if _is_seen(paper, ring))


def _is_seen(paper: Sheet, ring: Sequence[int]) -> bool:
    xys = [paper.xy(x / UNITS, y / UNITS) for x, y in base.points(list(ring)).tolist()]
    xs, ys = [x for x, _ in xys], [y for _, y in xys]
    return max(xs) > 0 and min(xs) < paper.width and max(ys) > 0 and min(ys) < paper.height


def _ring(paper: Sheet, ring: Sequence[int]) -> str:
    """Returns a path of a ring, without steps nobody would see."""
    steps: list[str] = []
    last = (1e9, 1e9)
    for x, y in base.points(list(ring)).tolist():
        px, py = paper.xy(x / UNITS, y / UNITS)
        # Far outside the sheet only the direction matters.
        px, py = min(max(px, -50), paper.width + 50), min(max(py, -50), paper.height + 50)
        if abs(px - last[0]) + abs(py - last[1]) >= STEP:
            steps.append(f"{px:.1f} {py:.1f}")
            last = (px, py)
    return "M" + "L".join(steps) if len(steps) > 1 else ""


def _area(paper: Sheet, spot: Location) -> str:
    if spot.geo_precision == 1 or not spot.radius_km or spot.place.kind == "country":
        return ""
    lng, lat = spot.point
    x, y = paper.xy(lng, lat)
    radius = abs(paper.xy(lng, lat + spot.radius_km / _KM_IN_DEGREE)[1] - y)
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" class="reach"/>'


def _at(x: float, y: float, symbol: str) -> str:
    return f'<g transform="translate({x:.1f} {y:.1f})">{symbol}</g>'


def _site(paper: Sheet, mark: Mark, colours: Mapping[str, str]) -> str:
    x, y = paper.xy(*mark.spot.point)
    colour = colours.get(actor_key(mark.actor), UNKNOWN)
    besieger = colours.get(actor_key(mark.besieger), UNKNOWN) if mark.is_besieged else ""
    if mark.kind == "control":
        paper.taken.append((x - 10, y - 10, x + 10, y + 10))
        return _at(x, y, symbols.control(colour, mark.pattern, mark.shape, besieger))
    paper.taken.append((x + 8, y - 28, x + 32, y - 2))
    return _at(x + 20, y - 14, symbols.post(colour, mark.pattern, mark.shape, mark.count, besieger))


def _movement(paper: Sheet, mark: Mark, entries: Sequence[Entry]) -> str:
    told = [entries[index] for index in mark.chain]
    amount = max(entry.amount for entry in told)
    x, y = paper.xy(*mark.spot.point)
    is_claimed = mark.pattern == "hatched"
    if mark.to is None:
        figure = _figures(paper, x, y + symbols.people_radius(amount) + 14, told)
        return _at(x, y, symbols.people(symbols.people_radius(amount), mark.is_stock, is_claimed)) + figure
    x1, y1 = paper.xy(*mark.to.point)
    cx, cy = symbols.bend(x, y, x1, y1)
    shaft = symbols.arrow(x, y, x1, y1, symbols.arrow_width(amount), is_claimed)
    return shaft + _figures(paper, (x + x1 + 2 * cx) / 4, (y + y1 + 2 * cy) / 4, told)


def _figures(paper: Sheet, x: float, y: float, told: Sequence[Entry]) -> str:
    """Returns up to three figures, the latest first, each with who says it; never their sum."""
    lines = []
    for i, entry in enumerate(sorted(told, key=lambda e: (e.day is None, e.day), reverse=True)[:3]):
        words = f"{entry.figure} · {entry.speaker}" if entry.speaker else entry.figure
        lines.append(f'<text x="{x:.1f}" y="{y + 13 * i:.1f}" class="figure">{escape(_short(words))}</text>')
    paper.taken.append((x - 70, y - 12, x + 70, y - 10 + 13 * len(lines)))
    return "".join(lines)


def _short(words: str, most: int = 44) -> str:
    return words if len(words) <= most else words[: most - 1] + "…"


def _label(paper: Sheet, label: Label) -> str:
    x, y = paper.xy(label.lng, label.lat)
    wide = 6.4 * max(len(label.name), len(label.local)) + 4
    for x0, anchor in ((x + 11, "start"), (x - 11 - wide, "end")):
        if paper.take((x0, y - 7, x0 + wide, y + 7 + (12 if label.local else 0))):
            return _words(x, y, x + 11 if anchor == "start" else x - 11, anchor, label)
    return ""


def _words(x: float, y: float, at: float, anchor: str, label: Label) -> str:
    local = ""
    if label.local:
        local = f'<text x="{at:.1f}" y="{y + 16:.1f}" class="local {anchor}">{escape(clean(label.local))}</text>'
    name = f'<text x="{at:.1f}" y="{y + 4:.1f}" class="name {anchor}">{escape(clean(label.name))}</text>'
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2" class="dot"/>{name}{local}'


def locator(home: Window) -> str:
    """Returns a small globe-wide map with the home view marked, as an SVG element."""
    scale, south, north = 0.5, -58.0, 80.0
    rings = []
    for part in base.outline():
        points = (base.points(part[0]) / UNITS).tolist()
        rings.append("M" + "L".join(f"{(x + 180) * scale:.1f} {(north - y) * scale:.1f}" for x, y in points) + "Z")
    wide, high = max(5.0, (home.east - home.west) * scale), max(5.0, (home.north - home.south) * scale)
    x = ((home.west + home.east) / 2 + 180) * scale - wide / 2
    y = (north - (home.north + home.south) / 2) * scale - high / 2
    box = f'<rect x="{x:.1f}" y="{y:.1f}" width="{wide:.1f}" height="{high:.1f}" class="here"/>'
    view = f"0 0 180 {(north - south) * scale:.0f}"
    return f'<svg class="locator" viewBox="{view}" aria-hidden="true"><path d="{"".join(rings)}"/>{box}</svg>'
