"""Drawing: claims as a page or as a picture, with the colours and places of the gazetteer."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geomap.errors import RenderError
from geomap.files import write_bytes, write_text
from geomap.gazetteer import Gazetteer
from geomap.model import Article, Issue, Timeline
from geomap.reading import default_title

if TYPE_CHECKING:
    from geomap.render.layers import Layers
    from geomap.render.look import Look

PAGES, PICTURES = (".html", ".htm", ""), (".svg", ".png")


def page_of(
    timeline: Timeline,
    articles: Sequence[Article],
    issues: Sequence[Issue],
    gazetteer: Gazetteer,
    *,
    title: str = "",
    lang: str = "en",
    url: str = "",
    layers: Layers | None = None,
    folium_map: Any = None,
) -> str:
    """Return the map page of claims, wherever they come from."""
    from geomap.render import render

    look = look_of(timeline, articles, gazetteer, title=title, lang=lang, layers=layers)
    version = gazetteer.version
    return render(timeline, articles, issues, look, gazetteer_version=version, url=url, folium_map=folium_map)


def write_map(
    out: Path,
    timeline: Timeline,
    articles: Sequence[Article],
    issues: Sequence[Issue],
    gazetteer: Gazetteer,
    *,
    title: str = "",
    lang: str = "en",
    url: str = "",
    layers: Layers | None = None,
) -> None:
    """Write the map of claims as what the file's ending says: a page, or a picture of the last day.

    Raises:
        RenderError: there is no such kind of map, or it cannot be drawn or written.
    """
    check_ending(out)
    if out.suffix.lower() not in PICTURES:
        written = page_of(timeline, articles, issues, gazetteer, title=title, lang=lang, url=url, layers=layers)
        return write_text(out, written)
    from geomap.render import png, render_svg

    look = look_of(timeline, articles, gazetteer, title=title, lang=lang, layers=layers)
    svg = render_svg(timeline, articles, issues, look)
    if out.suffix.lower() == ".png":
        return write_bytes(out, png(svg))
    return write_text(out, svg)


def check_ending(out: Path) -> None:
    """Raise a RenderError where no map can be written with this ending; called before the work is done."""
    if out.suffix.lower() not in (*PICTURES, *PAGES):
        raise RenderError(f"{out}: no map can be drawn as {out.suffix}: take -o with .html, .svg or .png")


def look_of(
    timeline: Timeline,
    articles: Sequence[Article],
    gazetteer: Gazetteer,
    *,
    title: str = "",
    lang: str = "en",
    layers: Layers | None = None,
) -> Look:
    """Return the looks that the gazetteer gives a map: its places, colours and day, a title where none is given."""
    from geomap.families import installed_families
    from geomap.render.layers import Layers
    from geomap.render.look import Look

    dates = [article.date for article in articles if article.date is not None]
    places = [claim.event.location.place for claim in timeline.claims if claim.event.location is not None]
    return Look(
        title=title or default_title(timeline),
        # Seas and rivers belong to no country alone.
        places=(
            *gazetteer.curated_places(frozenset(place.country for place in places)),
            *gazetteer.places_of_kind("water"),
        ),
        as_of=max(dates, default=None),
        colours={actor.id: actor.colour for actor in gazetteer.actors.entries if actor.colour},
        families=installed_families(),
        lang=lang,
        layers=layers or Layers(),
    )
