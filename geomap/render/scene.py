"""Scene: what is there to draw, whatever it is drawn as?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from geomap.model import Actor, Article, Location, Place, Timeline
from geomap.render import basemap as base
from geomap.render.areas import Area, estimated_areas
from geomap.render.basemap import Basemap, Part, Window
from geomap.render.entries import Entry, entries
from geomap.render.labels import Label, labels
from geomap.render.look import Look
from geomap.render.marks import Mark, actors_of, marks, standing
from geomap.render.palette import colour_by_actor
from geomap.render.roads import roads_through
from geomap.render.view import home_view, window_for
from geomap.timeline import spot_key


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """The claims in words, their marks, the ground under them, and who has which colour.

    Attributes:
        told: one a claim.
        last: the day a reader sees first; None where no date is known.
        home: the box a reader starts with.
        colours: by ``actor_key``.
        areas: the estimate of who controls the ground, empty unless it was asked for.
        roads: the names of those on the ground.
    """

    look: Look
    told: list[Entry]
    marks: list[Mark]
    spots: list[Location]
    last: dt.date | None
    home: Window
    ground: Basemap
    labels: list[Label]
    actors: list[Actor]
    colours: dict[str, str]
    areas: list[Area]
    roads: list[str]

    @property
    def shown(self) -> list[Mark]:
        """The marks in force on the last day."""
        return standing(self.marks, self.last) if self.last else []

    @property
    def shown_areas(self) -> list[Area]:
        """The areas in force on the last day."""
        last = self.last or dt.date.min
        return [area for area in self.areas if area.start <= last and (area.until is None or last < area.until)]

    @property
    def grounds(self) -> dict[str, str]:
        """What the legend has to say of the ground, and the names of it."""
        lying = {"estimate": bool(self.areas), "road": bool(self.roads)}
        return {
            kind: ", ".join(self.roads) if kind == "road" else "" for kind, is_there in lying.items() if is_there
        }


def scene(timeline: Timeline, articles: Sequence[Article], look: Look) -> Scene:
    """Returns the scene of claims."""
    told = entries(timeline.claims, articles, look.families, look.lang)
    all_marks = marks(timeline.claims, [i for i, entry in enumerate(told) if entry.is_drawn])
    spots = _spots(all_marks)
    home = home_view(spots)
    ground = base.load(window_for(home, spots))
    roads = _roads(ground.window, look.places)
    tiles = {name: [*ground.shapes.get(name, []), *parts] for name, parts in _drawn_tiles(look, home).items()}
    ground = replace(ground, shapes=ground.shapes | tiles | {"roads": list(roads.values())})
    actors = actors_of(timeline.claims)
    colours = colour_by_actor(actors, look.colours)
    return Scene(
        look=look,
        told=told,
        marks=all_marks,
        spots=spots,
        last=look.as_of or _latest(told, articles),
        home=home,
        ground=ground,
        labels=labels(look.places, spots, ground, home),
        actors=actors,
        colours=colours,
        roads=list(roads),
        areas=estimated_areas(all_marks, ground, colours) if look.layers.areas else [],
    )


def _drawn_tiles(look: Look, home: Window) -> dict[str, list[Part]]:
    """Returns the lines and areas of the user's vector tiles."""
    archive = look.layers.archive
    return archive.shapes(home) if archive and archive.is_vector else {}


def _roads(window: Window, places: Sequence[Place]) -> dict[str, Part]:
    """Returns the roads through a window that is narrow enough for them."""
    return roads_through(places, window) if window.east - window.west <= base.WIDEST_WITH_DETAIL else {}


def _latest(told: Sequence[Entry], articles: Sequence[Article]) -> dt.date | None:
    days = [entry.day for entry in told if entry.day] + [article.date for article in articles if article.date]
    return max(days, default=None)


def _spots(all_marks: Sequence[Mark]) -> list[Location]:
    spots = [mark.spot for mark in all_marks] + [mark.to for mark in all_marks if mark.to]
    return list({spot_key(spot): spot for spot in {id(spot): spot for spot in spots}.values()}.values())
