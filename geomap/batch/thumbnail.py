"""Thumbnail: a map as a few hundred pixels, for the page that links many."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from geomap.gazetteer import Gazetteer
from geomap.reading import Reading

if TYPE_CHECKING:
    from geomap.render.basemap import Part, Window
    from geomap.render.marks import Mark
    from geomap.render.paper import Sheet

WIDTH, RATIO = 180, 0.6
# Steps of the coast below this many pixels, and marks beyond this number, are nothing that a reader would see.
_STEP, _MOST_MARKS = 1.2, 80
# Degrees across.
_WIDE = 15


def thumbnail(reading: Reading, gazetteer: Gazetteer) -> str:
    """Return what stands on the last day as a small SVG element: land, borders, and a dot for each mark."""
    from geomap.render.entries import entries
    from geomap.render.marks import actors_of, marks, standing
    from geomap.render.palette import colour_by_actor
    from geomap.render.paper import sheet
    from geomap.render.view import home_view

    claims = reading.timeline.claims
    told = entries(claims, reading.articles, {}, "en")
    every = marks(claims, [index for index, entry in enumerate(told) if entry.is_drawn])
    days = [article.date for article in reading.articles if article.date is not None]
    days = days or [entry.day for entry in told if entry.day]
    spots = [spot for mark in every for spot in (mark.spot, mark.to) if spot is not None]
    paper = sheet(home_view(spots), WIDTH, RATIO)
    colours = {actor.id: actor.colour for actor in gazetteer.actors.entries if actor.colour}
    shown = standing(every, max(days))[-_MOST_MARKS:] if days else []
    body = _ground(paper) + _dots(paper, shown, colour_by_actor(actors_of(claims), colours))
    view = f"0 0 {paper.width:.0f} {paper.height:.0f}"
    return f'<svg viewBox="{view}" aria-hidden="true">{body}</svg>'


def _ground(paper: Sheet) -> str:
    """Return land and borders; of a wide view the land in broad strokes, which is much less to read."""
    from geomap.render import basemap

    window = _seen(paper)
    is_wide = window.east - window.west > _WIDE
    shapes: Mapping[str, Sequence[Part]] = {"land": basemap.outline()} if is_wide else basemap.load(window).shapes
    land = "".join(_line(paper, ring) for part in shapes.get("land", ()) for ring in part)
    borders = "".join(_line(paper, ring) for part in shapes.get("borders", ()) for ring in part)
    return f'<path class="land" d="{land}"/><path class="border" d="{borders}"/>'


def _seen(paper: Sheet) -> Window:
    """Return what the sheet shows, which is more than the home view in its middle."""
    from geomap.render.basemap import Window
    from geomap.render.view import unmercator

    west, north = unmercator(*paper.origin)
    right, low = paper.width / paper.scale, paper.height / paper.scale
    east, south = unmercator(paper.origin.lng + right, paper.origin.lat + low)
    return Window(max(west, -179.9), max(south, -85.0), min(east, 179.9), min(north, 85.0))


def _line(paper: Sheet, ring: Sequence[int]) -> str:
    """Return a ring as steps between whole pixels, "" where it is not on the sheet."""
    from geomap.render.basemap import UNITS, points

    kept: list[tuple[float, float]] = []
    for lng, lat in (points(list(ring)) / UNITS).tolist():
        x, y = paper.xy(lng, lat)
        at = (min(max(x, -9), paper.width + 9), min(max(y, -9), paper.height + 9))
        if not kept or abs(at[0] - kept[-1][0]) + abs(at[1] - kept[-1][1]) >= _STEP:
            kept.append(at)
    xs, ys = [x for x, _ in kept], [y for _, y in kept]
    if len(kept) < 2 or max(xs) <= 0 or min(xs) >= paper.width or max(ys) <= 0 or min(ys) >= paper.height:
        return ""
    return "M" + "L".join(f"{x:.0f} {y:.0f}" for x, y in kept)


def _dots(paper: Sheet, marks: Sequence[Mark], colours: Mapping[str, str]) -> str:
    from geomap.render.palette import UNKNOWN, actor_key

    dots = []
    for mark in marks:
        x, y = paper.xy(*mark.spot.point)
        if mark.to is not None:
            x1, y1 = paper.xy(*mark.to.point)
            dots.append(f'<path class="move" d="M{x:.0f} {y:.0f}L{x1:.0f} {y1:.0f}"/>')
        elif mark.kind == "people":
            dots.append(f'<circle class="people" cx="{x:.0f}" cy="{y:.0f}" r="5"/>')
        else:
            fill = colours.get(actor_key(mark.actor), UNKNOWN)
            dots.append(f'<circle cx="{x:.0f}" cy="{y:.0f}" r="3.5" fill="{fill}"/>')
    return "".join(dots)
