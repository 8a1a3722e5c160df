"""SVG: the map without JavaScript.

Draws what stands on the last day in the page's own projection, with the page's own style sheet. The numbers, the
checked colours and escaped names are all that goes into it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from html import escape

from geomap.families import Family, family
from geomap.model import Location
from geomap.render import symbols
from geomap.render.areas import Area
from geomap.render.entries import Entry
from geomap.render.labels import Label
from geomap.render.marks import Mark
from geomap.render.overlay import Shape
from geomap.render.palette import UNKNOWN, actor_key
from geomap.render.paper import Sheet, ground, path_of, scale_bar, sheet
from geomap.render.scene import Scene
from geomap.render.text import clean
from geomap.timeline import spot_key

# A page of news has no use for more symbols than this without a script to zoom in.
MOST_MARKS = 300
MOST_LABELS = 120
_KM_IN_DEGREE = 111.2


def static_map(scene: Scene, title: str) -> str:
    """Returns the map of the last day as an SVG element, its words escaped."""
    paper = sheet(scene.home)
    view = f"0 0 {paper.width:.0f} {paper.height:.0f}"
    body = drawing(paper, scene)
    return f'<svg class="drawn" viewBox="{view}" role="img" aria-label="{escape(title)}">{body}</svg>'


def drawing(paper: Sheet, scene: Scene) -> str:
    """Returns the elements of the map of the last day."""
    shown, colours = scene.shown[-MOST_MARKS:], scene.colours
    body = [ground(paper, scene.ground), *(_estimate(paper, area) for area in scene.shown_areas)]
    body += [_overlay(paper, shape) for overlay in scene.layers.overlays for shape in overlay.shapes]
    body += [*(_area(paper, spot) for spot in _spots(shown))]
    moves = [_movement(paper, mark, scene.told) for mark in shown if mark.kind in ("move", "people")]
    body += [symbol for symbol, _ in moves]
    body += [_site(paper, mark, colours) for mark in shown if mark.kind in ("control", "post")]
    body += [_sign(paper, mark, family(mark.family, scene.families)) for mark in shown if mark.kind == "sign"]
    body += [figures(paper) for _, figures in moves]
    body += [_area_name(paper, spot) for spot in _spots(shown) if spot.geo_precision > 1]
    body += [_label(paper, label) for label in scene.labels[:MOST_LABELS]]
    return paper.definitions() + "".join(body) + scale_bar(paper)


def _spots(marks: Iterable[Mark]) -> list[Location]:
    found = {spot_key(spot): spot for mark in marks for spot in (mark.spot, mark.to) if spot}
    return list(found.values())


def _estimate(paper: Sheet, area: Area) -> str:
    path = "".join(path_of(paper, part, close=True) for part in area.parts)
    return f'<path d="{path}" fill="{area.colour}" fill-opacity=".2" fill-rule="evenodd"/>' if path else ""


def _overlay(paper: Sheet, shape: Shape) -> str:
    """Returns a shape of the user's own; a point as a diamond with its name."""
    xys = [[paper.xy(*point) for point in part] for part in shape.parts]
    if shape.kind == "point":
        x, y = xys[0][0]
        name = f'<text x="{x + 8:.1f}" y="{y + 4:.1f}" class="name">{escape(_short(shape.name))}</text>'
        return f'<path d="M{x:.1f} {y - 5:.1f}l5 5-5 5-5-5z" fill="{shape.colour}" class="overlay"/>{name}'
    end = "Z" if shape.kind == "area" else ""
    path = "".join("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in part) + end for part in xys)
    fill = f'fill="{shape.colour}" fill-opacity=".12"' if end else 'fill="none"'
    return f'<path d="{path}" {fill} stroke="{shape.colour}" stroke-width="1.8" fill-rule="evenodd"/>'


def _area(paper: Sheet, spot: Location) -> str:
    if spot.geo_precision == 1 or not spot.radius_km or spot.place.kind == "country":
        return ""
    lng, lat = spot.point
    x, y = paper.xy(lng, lat)
    radius = abs(paper.xy(lng, lat + spot.radius_km / _KM_IN_DEGREE)[1] - y)
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" class="reach"/>'


def _site(paper: Sheet, mark: Mark, colours: Mapping[str, str]) -> str:
    x, y = paper.xy(*mark.spot.point)
    colour = colours.get(actor_key(mark.actor), UNKNOWN)
    besieger = colours.get(actor_key(mark.besieger), UNKNOWN) if mark.is_besieged else ""
    if mark.kind == "control":
        paper.taken.append((x - 10, y - 10, x + 10, y + 10))
        return paper.stamp(x, y, symbols.control(colour, mark.pattern, mark.shape, besieger))
    paper.taken.append((x + 8, y - 28, x + 32, y - 2))
    return paper.stamp(x + 20, y - 14, symbols.post(colour, mark.pattern, mark.shape, mark.count, besieger))


def _sign(paper: Sheet, mark: Mark, look: Family) -> str:
    x, y = paper.xy(*mark.spot.point)
    paper.taken.append((x - 32, y - 28, x - 8, y - 2))
    return paper.stamp(x - 20, y - 14, symbols.sign(look.colour, mark.pattern, look.symbol, mark.count))


def _movement(paper: Sheet, mark: Mark, entries: Sequence[Entry]) -> tuple[str, Callable[[Sheet], str]]:
    """Returns the symbol, and what writes its figures once all symbols have their place."""
    told = [entries[index] for index in mark.chain]
    amount = max(entry.amount for entry in told)
    x, y = paper.xy(*mark.spot.point)
    is_claimed = mark.pattern == "hatched"
    if mark.to is None:
        radius = symbols.people_radius(amount)
        places = [(x, y + radius + 16), (x, y - radius - 16), (x, y + radius + 40)]
        return paper.stamp(x, y, symbols.people(radius, mark.is_stock, is_claimed)), partial(_figures, told, places)
    x1, y1 = paper.xy(*mark.to.point)
    cx, cy = symbols.bend(x, y, x1, y1)
    middle = ((x + x1 + 2 * cx) / 4, (y + y1 + 2 * cy) / 4)
    places = [(middle[0] + dx, middle[1] + dy) for dx, dy in ((0, 0), (60, 18), (-60, -18), (0, 34), (0, -34))]
    return symbols.arrow(x, y, x1, y1, symbols.arrow_width(amount), is_claimed), partial(_figures, told, places)


def _figures(told: Sequence[Entry], places: Sequence[tuple[float, float]], paper: Sheet) -> str:
    """Returns up to three figures, the latest first, each with who says it; never their sum."""
    latest = sorted(told, key=lambda entry: (entry.day or dt.date.min, entry.number), reverse=True)[:3]
    lines = [_short(" · ".join(filter(None, (e.figure, e.speaker.split(" (")[0])))) for e in latest]
    wide, high = 3.6 * max(len(line) for line in lines) + 6, 6.5 * len(lines) + 3
    for x, y in places:
        if paper.take((x - wide, y - high, x + wide, y + high)):
            return "".join(_figure(x, y - high + 14 + 13 * i, line) for i, line in enumerate(lines))
    return ""


def _figure(x: float, y: float, line: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" class="figure">{escape(line)}</text>'


def _area_name(paper: Sheet, spot: Location) -> str:
    x, y = paper.xy(*spot.point)
    name = clean(spot.name)
    half = 3.4 * len(name)
    for top in (y + 14, y - 28, y + 30):
        if paper.take((x - half, top, x + half, top + 14)):
            return f'<text x="{x:.1f}" y="{top + 11:.1f}" class="area">{escape(name)}</text>'
    return ""


def _short(words: str, most: int = 44) -> str:
    return words if len(words) <= most else words[: most - 1] + "…"


def _label(paper: Sheet, label: Label) -> str:
    x, y = paper.xy(label.lng, label.lat)
    wide = 6.4 * max(len(label.name), len(label.local)) + 4
    for x0, anchor in ((x + 13, "start"), (x - 13 - wide, "end")):
        if paper.take((x0, y - 7, x0 + wide, y + 7 + (12 if label.local else 0))):
            return _words(paper, x, y, x + 13 if anchor == "start" else x - 13, anchor, label)
    return ""


def _words(paper: Sheet, x: float, y: float, at: float, anchor: str, label: Label) -> str:
    local = ""
    if label.local:
        local = f'<text x="{at:.1f}" y="{y + 16:.1f}" class="local {anchor}">{escape(clean(label.local))}</text>'
    name = f'<text x="{at:.1f}" y="{y + 4:.1f}" class="name {anchor}">{escape(clean(label.name))}</text>'
    is_marked = any(b[0] < x < b[2] and b[1] < y < b[3] for b in paper.taken if b[2] - b[0] <= 24)
    return ("" if is_marked else f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2" class="dot"/>') + name + local
