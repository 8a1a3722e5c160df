"""SVG: the map without JavaScript.

Draws what stands on the last day in the page's own projection, with the page's own style sheet. The numbers, the
checked colours and escaped names are all that goes into it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape

from geomap.families import family
from geomap.model import Location
from geomap.render import symbols
from geomap.render.areas import Area
from geomap.render.entries import Entry
from geomap.render.labels import Label
from geomap.render.marks import Mark
from geomap.render.names import Beside, area_name, figures, label_name, lead, road_names, short
from geomap.render.overlay import Shape
from geomap.render.palette import UNKNOWN, actor_key
from geomap.render.paper import Box, Sheet, ground, path_of, scale_bar, sheet
from geomap.render.scene import Scene
from geomap.timeline import spot_key

# A page of news has no use for more symbols than this without a script to zoom in.
MOST_MARKS = 300
MOST_LABELS = 120
# Where a sign may stand, best first: the same steps as in assets/48-apart.js.
ASIDE = ((0, 0), (22, -16), (-22, -16), (22, 18), (-22, 18), (48, -16), (-48, -16))
# Where the page shows the north arrow and the place in the world, over the drawing's right edge.
_ON_TOP: tuple[Box, ...] = ((915, 0, 960, 54), (820, 476, 960, 576))
_KM_IN_DEGREE = 111.2
_ASIDE = ("post", "sign")
# What is told of people who moved, and what their figures stand beside.
Figures = tuple[Sequence[Entry], Beside]


def static_map(scene: Scene, title: str) -> str:
    """Returns the map of the last day as an SVG element, its words escaped."""
    paper = sheet(scene.home)
    paper.taken += _ON_TOP
    view = f"0 0 {paper.width:.0f} {paper.height:.0f}"
    body = drawing(paper, scene)
    return f'<svg class="drawn" viewBox="{view}" role="img" aria-label="{escape(title)}">{body}</svg>'


def drawing(paper: Sheet, scene: Scene) -> str:
    """Returns the elements of the map of the last day."""
    shown = scene.shown[-MOST_MARKS:]
    moves = [_movement(paper, mark, scene.told) for mark in shown if mark.kind in ("move", "people")]
    body = [*_under(paper, scene, shown), *(symbol for symbol, _ in moves), *_sites(paper, scene, shown)]
    body += _written(paper, scene, shown, [figures for _, figures in moves])
    return paper.definitions() + "".join(body) + scale_bar(paper)


def _under(paper: Sheet, scene: Scene, shown: Sequence[Mark]) -> Iterator[str]:
    """Yields the ground and what lies on it below the marks."""
    yield ground(paper, scene.ground)
    yield from (_estimate(paper, area) for area in scene.shown_areas)
    yield from (_overlay(paper, shape) for overlay in scene.look.layers.overlays for shape in overlay.shapes)
    yield from (_area(paper, spot) for spot in _spots(shown))


def _sites(paper: Sheet, scene: Scene, shown: Sequence[Mark]) -> Iterator[str]:
    """Yields places, then posts and other signs, which step aside for them."""
    yield from (_control(paper, mark, scene.colours) for mark in shown if mark.kind == "control")
    busy = {spot_key(spot) for spot in _spots(mark for mark in shown if mark.kind not in _ASIDE)}
    for mark in shown:
        if mark.kind in _ASIDE:
            yield _aside(paper, mark, _symbol(mark, scene), is_busy=spot_key(mark.spot) in busy)


def _written(paper: Sheet, scene: Scene, shown: Sequence[Mark], moves: Sequence[Figures]) -> Iterator[str]:
    """Yields names and figures, what matters most first."""
    yield from (figures(paper, told, spot) for told, spot in sorted(moves, key=_highest_first))
    yield from (area_name(paper, spot) for spot in _spots(shown) if spot.geo_precision > 1)
    roads = zip(scene.roads, scene.ground.shapes["roads"], strict=True)
    yield from (road_names(paper, name, part) for name, part in roads)
    yield from (label_name(paper, label) for label in _labels(paper, scene))


def _labels(paper: Sheet, scene: Scene) -> list[Label]:
    """Returns the heaviest labels that lie on the sheet."""
    return [label for label in scene.labels if paper.holds(label.lng, label.lat)][:MOST_LABELS]


def _highest_first(figures: Figures) -> float:
    return -max(entry.amount for entry in figures[0])


def _spots(marks: Iterable[Mark]) -> list[Location]:
    found = {spot_key(spot): spot for mark in marks for spot in (mark.spot, mark.to) if spot}
    return list(found.values())


def _estimate(paper: Sheet, area: Area) -> str:
    path = path_of(paper, area.parts, close=True)
    return f'<path d="{path}" fill="{area.colour}" fill-opacity=".2" fill-rule="evenodd"/>' if path else ""


def _overlay(paper: Sheet, shape: Shape) -> str:
    """Returns a shape of the user's own; a point as a diamond with its name."""
    xys = [[paper.xy(*point) for point in part] for part in shape.parts]
    if shape.kind == "point":
        x, y = xys[0][0]
        name = f'<text x="{x + 8:.1f}" y="{y + 4:.1f}" class="name">{escape(short(shape.name))}</text>'
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


def _control(paper: Sheet, mark: Mark, colours: Mapping[str, str]) -> str:
    x, y = paper.xy(*mark.spot.point)
    paper.taken.append(_sign_box(x, y))
    besieger = colours.get(actor_key(mark.besieger), UNKNOWN) if mark.is_besieged else ""
    colour = colours.get(actor_key(mark.actor), UNKNOWN)
    return paper.stamp(x, y, symbols.control(colour, mark.pattern, mark.shape, besieger))


def _aside(paper: Sheet, mark: Mark, symbol: str, *, is_busy: bool) -> str:
    """Returns a sign where it belongs, or beside what stands there, on a thin line."""
    x, y = paper.xy(*mark.spot.point)
    steps = ASIDE[1:] if is_busy else ASIDE
    dx, dy = next((step for step in steps if paper.is_free(_inner_box(x + step[0], y + step[1]))), steps[0])
    paper.taken.append(_sign_box(x + dx, y + dy))
    return (lead(x, y, x + dx, y + dy) if dx else "") + paper.stamp(x + dx, y + dy, symbol)


def _sign_box(x: float, y: float) -> Box:
    return x - 11, y - 12, x + 12, y + 12


def _inner_box(x: float, y: float) -> Box:
    """Returns the middle of a sign: two signs may touch each other."""
    return x - 8, y - 9, x + 8, y + 9


def _symbol(mark: Mark, scene: Scene) -> str:
    if mark.kind == "sign":
        look = family(mark.family, scene.look.families)
        return symbols.sign(look.colour, mark.pattern, look.symbol, mark.count)
    besieger = scene.colours.get(actor_key(mark.besieger), UNKNOWN) if mark.is_besieged else ""
    colour = scene.colours.get(actor_key(mark.actor), UNKNOWN)
    return symbols.post(colour, mark.pattern, mark.shape, mark.count, besieger)


def _movement(paper: Sheet, mark: Mark, entries: Sequence[Entry]) -> tuple[str, Figures]:
    """Returns the symbol, and what its figures stand beside once all symbols have their place."""
    told = [entries[index] for index in mark.chain]
    amount = max(entry.amount for entry in told)
    x, y = paper.xy(*mark.spot.point)
    is_claimed = mark.pattern == "hatched"
    if mark.to is None:
        radius = symbols.people_radius(amount)
        return paper.stamp(x, y, symbols.people(radius, mark.is_stock, is_claimed)), (told, Beside(x, y, radius))
    x1, y1 = paper.xy(*mark.to.point)
    cx, cy = symbols.bend(x, y, x1, y1)
    arrow = symbols.arrow(x, y, x1, y1, symbols.arrow_width(amount), is_claimed)
    points = [
        ((1 - t) ** 2 * x + 2 * t * (1 - t) * cx + t * t * x1, (1 - t) ** 2 * y + 2 * t * (1 - t) * cy + t * t * y1)
        for t in (0.5, 0.6, 0.4, 0.7, 0.3, 0.8)
    ]
    return arrow, (told, Beside(*points[0], 0, tuple(points)))
