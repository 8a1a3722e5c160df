"""Render: one standalone HTML page of a timeline, every mark with its evidence.

Timeline -> entries (claims in words) -> marks (what stands when) -> columns (the data block) -> page
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from geomap.families import Family
from geomap.model import Article, Issue, Location, Place, Timeline
from geomap.render import basemap as base
from geomap.render.collector import collector_at_rest
from geomap.render.columns import base_columns, columns, data_block, day_number, event_columns, sign_looks
from geomap.render.credits import online_credits
from geomap.render.entries import Entry, entries, sources
from geomap.render.labels import labels
from geomap.render.legend import legend
from geomap.render.marks import Mark, actors_of, marks, standing
from geomap.render.palette import colour_by_actor
from geomap.render.text import clean, safe_url
from geomap.render.view import full_view, home_view, window_for
from geomap.timeline import spot_key

__all__ = ["render"]


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

    Raises:
        RenderError: the language is not known.
    """
    from dataclasses import asdict

    from markupsafe import Markup

    from geomap.render import page, svg
    from geomap.render.paper import locator
    from geomap.render.shell import shell

    families = families or {}
    told = entries(timeline.claims, articles, families, lang)
    all_marks = marks(timeline.claims, [i for i, entry in enumerate(told) if entry.is_drawn])
    last = as_of or _latest(told, articles)
    spots = _spots(all_marks)
    home = home_view(spots)
    ground = base.load(window_for(home, spots))
    named = labels(places, spots, ground)
    actors = actors_of(timeline.claims)
    colour_by_key = colour_by_actor(actors, colours or {})
    cited, credited = sources(articles, lang), online_credits(timeline)
    title = clean(title)
    data = event_columns(told, all_marks, colour_by_key, cited) | {
        "home": home,
        "full": full_view(spots),
        "window": ground.window,
        "asOf": day_number(last),
        "base": base_columns(ground),
        "labels": columns(asdict(label) for label in named),
        "words": page.script_words(lang),
        "signs": sign_looks(all_marks, families),
        "credits": [credit.attribution for credit in credited],
    }
    shown = standing(all_marks, last) if last else []
    drawing = svg.static_map(home, ground, shown, told, named, colour_by_key, title, families)
    return page.assemble(
        shell(home),
        data_block(data),
        lang,
        title=title,
        as_of=page.as_of_words(last, lang),
        summary=page.summary(told, articles, issues, lang),
        parts=page.parts(told, lang),
        sources=cited,
        legend=legend(all_marks, actors, colour_by_key, families, lang),
        static_map=Markup(drawing),
        locator=Markup(locator(home)),
        gazetteer_version=clean(gazetteer_version),
        credits=credited,
        published=safe_url(url),
        is_timed=any(entry.is_drawn for entry in told),
    )


def _latest(told: Sequence[Entry], articles: Sequence[Article]) -> dt.date | None:
    days = [entry.day for entry in told if entry.day] + [article.date for article in articles if article.date]
    return max(days, default=None)


def _spots(all_marks: Sequence[Mark]) -> list[Location]:
    found = {spot_key(spot): spot for mark in all_marks for spot in (mark.spot, mark.to) if spot}
    return list(found.values())
