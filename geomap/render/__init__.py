"""Render: one standalone HTML page of a timeline, every mark with its evidence; or one picture.

Timeline -> entries (claims in words) -> marks (what stands when) -> scene -> columns (the data block) -> page
                                                                       scene -> still (SVG) -> PNG
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from geomap.model import Article, Issue, Timeline
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
from geomap.render.legend import legend
from geomap.render.look import Look
from geomap.render.scene import Scene, scene
from geomap.render.still import Caption, png, still
from geomap.render.text import clean, safe_url
from geomap.render.view import full_view
from geomap.render.words import words as phrases

__all__ = ["Look", "folium_map", "png", "render", "render_svg"]


@collector_at_rest()
def render(
    timeline: Timeline,
    articles: Sequence[Article],
    issues: Sequence[Issue],
    look: Look,
    *,
    gazetteer_version: str,
    url: str = "",
    folium_map: Any = None,
) -> str:
    """Returns the page as one HTML document that needs no network; the same input gives the same bytes.

    Args:
        timeline: the claims to show.
        articles: where they were read; copies (``same_as``) are cited too.
        issues: what could not be interpreted; the page says how many there are.
        look: title, colours, language ...
        gazetteer_version: named in the note on method.
        url: where the page will be published, for cards that link to it ("" where nobody knows yet).
        folium_map: of ``folium_map``, with what the user added to it.

    Raises:
        RenderError: the language is not known.
    """
    from markupsafe import Markup

    from geomap.render import page, svg
    from geomap.render.paper import locator
    from geomap.render.shell import blank_map, shell

    drawn = scene(timeline, articles, look)
    lang, title = look.lang, clean(look.title)
    cited, credited = sources(articles, lang), online_credits(timeline)
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
        legend=legend(drawn.marks, drawn.actors, drawn.colours, look.families, lang, drawn.grounds),
        static_map=Markup(svg.static_map(drawn, title)),
        locator=Markup(locator(drawn.home)),
        gazetteer_version=clean(gazetteer_version),
        credits=credited,
        layer_credits=look.layers.attributions,
        tiles=look.layers.tiles,
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
        "words": script_words(drawn.look.lang),
        "signs": sign_looks(drawn.marks, drawn.look.families),
        "credits": [*drawn.look.layers.attributions, *(credit.attribution for credit in credited)],
        "layers": layer_columns(drawn),
    }


def folium_map(timeline: Timeline) -> Any:
    """Returns the ``folium.Map`` under the page of these claims, to add to and to hand to ``render``."""
    from geomap.render.shell import blank_map

    return blank_map(scene(timeline, (), Look()).home)


def render_svg(timeline: Timeline, articles: Sequence[Article], issues: Sequence[Issue], look: Look) -> str:
    """Returns the map of the last day as an SVG picture with its title, legend and sources; see ``render``.

    ``png`` makes pixels of it.
    """
    from geomap.render import page

    drawn, lang = scene(timeline, articles, look), look.lang
    said = phrases(lang)["page"]
    named = [f"{credit.attribution}: {credit.names}." for credit in online_credits(timeline)]
    named += [overlay.attribution for overlay in look.layers.overlays]
    publishers = ", ".join(dict.fromkeys(source.publisher for source in sources(articles, lang)))
    caption = Caption(
        title=look.title,
        date=page.as_of_words(drawn.last, lang),
        told=page.summary(drawn.told, articles, issues, lang)["told"],
        north=said["north"],
        is_rtl=phrases(lang)["dir"] == "rtl",
        credits=[f"{said['sources']}: {publishers}", f"{said['base_map']} geomap", *named],
    )
    return still(
        drawn, caption, legend(drawn.shown, drawn.actors, drawn.colours, look.families, lang, drawn.grounds)
    )
