"""Render: one standalone HTML page of a timeline, every mark with its evidence; or one picture.

Timeline -> entries (claims in words) -> marks (what stands when) -> scene -> columns (the data block) -> page
                                                                       scene -> still (SVG) -> PNG
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from geomap.families import Family
from geomap.model import Article, Issue, Place, Timeline
from geomap.render.collector import collector_at_rest
from geomap.render.columns import (
    base_columns,
    columns,
    data_block,
    day_number,
    event_columns,
    layer_columns,
    sign_looks,
)
from geomap.render.credits import Credit, online_credits
from geomap.render.entries import Source, sources
from geomap.render.layers import Layers
from geomap.render.legend import legend
from geomap.render.scene import Scene, scene
from geomap.render.still import Caption, png, still
from geomap.render.text import clean, safe_url
from geomap.render.view import full_view
from geomap.render.words import words as phrases

__all__ = ["folium_map", "png", "render", "render_svg"]


@collector_at_rest()
def render(
    timeline: Timeline,
    articles: Sequence[Article],
    issues: Sequence[Issue],
    *,
    title: str,
    gazetteer_version: str,
    places: Sequence[Place] = (),
    as_of: dt.date | None = None,
    colours: Mapping[str, str] | None = None,
    families: Mapping[str, Family] | None = None,
    lang: str = "en",
    url: str = "",
    layers: Layers | None = None,
    folium_map: Any = None,
) -> str:
    """Returns the page as one HTML document that needs no network; the same input gives the same bytes.

    Args:
        timeline: the claims to show.
        articles: where they were read; copies (``same_as``) are cited too.
        issues: what could not be interpreted; the page says how many there are.
        title: of the map, as plain text.
        gazetteer_version: named in the note on method.
        places: further places worth a label, with their local names.
        as_of: the last day of the time line; by default the latest day an article was published or an event counts.
        colours: hex colour by actor id or name, as in ``actors.yml``; parties without one get a default.
        families: how families are called and drawn that plug-ins bring, by id; others get a plain sign.
        lang: of the page's own words: en, ar, tr, fr, ru or uk; names and quotes stay as the texts have them.
        url: where the page will be published, for cards that link to it ("" where nobody knows yet).
        layers: what else lies on the map; only with tiles from the network does the page ask for anything.
        folium_map: of ``folium_map``, with what the user added to it.

    Raises:
        RenderError: the language is not known.
    """
    from markupsafe import Markup

    from geomap.render import page, svg
    from geomap.render.paper import locator
    from geomap.render.shell import blank_map, shell

    drawn = scene(
        timeline,
        articles,
        places=places,
        as_of=as_of,
        colours=colours,
        families=families,
        lang=lang,
        layers=layers,
    )
    cited, credited = sources(articles, lang), online_credits(timeline)
    title = clean(title)
    data = data_block(_page_data(drawn, cited, credited))
    return page.assemble(
        shell(blank_map(drawn.home) if folium_map is None else folium_map),
        data,
        lang,
        title=title,
        as_of=page.as_of_words(drawn.last, lang),
        summary=page.summary(drawn.told, articles, issues, lang),
        parts=page.parts(drawn.told, lang),
        sources=cited,
        legend=legend(drawn.marks, drawn.actors, drawn.colours, drawn.families, lang, drawn.grounds),
        static_map=Markup(svg.static_map(drawn, title)),
        locator=Markup(locator(drawn.home)),
        gazetteer_version=clean(gazetteer_version),
        credits=credited,
        layer_credits=drawn.layers.attributions,
        tiles=drawn.layers.tiles,
        published=safe_url(url),
        is_timed=any(entry.is_drawn for entry in drawn.told),
    )


def _page_data(drawn: Scene, cited: Sequence[Source], credited: Sequence[Credit]) -> dict[str, Any]:
    """Returns all that the page's script is told; nothing else holds it, so that it is gone once it is packed."""
    from dataclasses import asdict

    from geomap.render.page import script_words

    return event_columns(drawn.told, drawn.marks, drawn.colours, cited) | {
        "home": drawn.home,
        "full": full_view(drawn.spots),
        "window": drawn.ground.window,
        "asOf": day_number(drawn.last),
        "base": base_columns(drawn.ground, drawn.roads),
        "labels": columns(asdict(label) for label in drawn.labels),
        "words": script_words(drawn.lang),
        "signs": sign_looks(drawn.marks, drawn.families),
        "credits": [*drawn.layers.attributions, *(credit.attribution for credit in credited)],
        "layers": layer_columns(drawn),
    }


def folium_map(timeline: Timeline) -> Any:
    """Returns the ``folium.Map`` under the page of these claims, to add to and to hand to ``render``."""
    from geomap.render.shell import blank_map

    return blank_map(scene(timeline, ()).home)


def render_svg(
    timeline: Timeline,
    articles: Sequence[Article],
    issues: Sequence[Issue],
    *,
    title: str,
    places: Sequence[Place] = (),
    as_of: dt.date | None = None,
    colours: Mapping[str, str] | None = None,
    families: Mapping[str, Family] | None = None,
    lang: str = "en",
    layers: Layers | None = None,
) -> str:
    """Returns the map of the last day as an SVG picture with its title, legend and sources; see ``render``.

    ``png`` makes pixels of it.
    """
    from geomap.render import page

    drawn = scene(
        timeline,
        articles,
        places=places,
        as_of=as_of,
        colours=colours,
        families=families,
        lang=lang,
        layers=layers,
    )
    said = phrases(lang)["page"]
    named = [f"{credit.attribution}: {credit.names}." for credit in online_credits(timeline)]
    named += [overlay.attribution for overlay in drawn.layers.overlays]
    publishers = ", ".join(dict.fromkeys(source.publisher for source in sources(articles, lang)))
    caption = Caption(
        title=title,
        date=page.as_of_words(drawn.last, lang),
        told=page.summary(drawn.told, articles, issues, lang)["told"],
        north=said["north"],
        is_rtl=phrases(lang)["dir"] == "rtl",
        credits=[f"{said['sources']}: {publishers}", f"{said['base_map']} geomap", *named],
    )
    return still(
        drawn, caption, legend(drawn.shown, drawn.actors, drawn.colours, drawn.families, lang, drawn.grounds)
    )
