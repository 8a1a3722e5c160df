"""Page: the parts of the map put together into one HTML document.

The only place where texts of others meet HTML: a Jinja environment with autoescape, which is given named values and
never a template made of them.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geomap.model import Article, Issue
from geomap.render import shell, words
from geomap.render.entries import SECTIONS, Entry

if TYPE_CHECKING:
    from jinja2 import Environment

_TEMPLATES = Path(__file__).parent / "templates"
# More entries than this make the page heavy: the rest is in the data, and the script lists it on demand.
LISTED = 100


@dataclass(frozen=True, slots=True)
class Day:
    """The entries of one day, under its heading."""

    heading: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One section of the list; ``count`` includes what is not listed."""

    name: str
    heading: str
    note: str
    days: tuple[Day, ...]
    count: str


def parts(entries: Sequence[Entry], lang: str = "en") -> list[Part]:
    """Returns the sections of the list that have entries, newest day first, cut to what a page can carry."""
    found = []
    left = LISTED
    for name in SECTIONS:
        of_section = [entry for entry in entries if entry.section == name]
        of_section.sort(key=lambda entry: entry.day or dt.date.min, reverse=True)
        if of_section:
            found.append(_part(name, of_section, left, lang))
            left = max(0, left - len(of_section))
    return found


def _part(name: str, entries: Sequence[Entry], left: int, lang: str) -> Part:
    days = groupby(entries[:left], key=lambda entry: entry.day)
    listed = tuple(Day(words.date_words(day, lang) if day else "", tuple(group)) for day, group in days)
    heading, note = words.words(lang)["section"][name], words.words(lang)["section_note"].get(name, "")
    return Part(name, heading, note, listed, words.number_words(len(entries), lang))


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    loader = FileSystemLoader(_TEMPLATES)
    return Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )


def assemble(folium: shell.Shell, data: tuple[str, str], lang: str, **values: Any) -> str:
    """Returns the document.

    Args:
        folium: folium's part of the page.
        data: type and text of the data block, safe to stand in HTML.
        lang: of the page's own words.
        values: what the template names; strings are escaped there, ``Markup`` is ours and is not.
    """
    from markupsafe import Markup

    leaflet, own, boot, style = shell.leaflet_script(), shell.script(), shell.boot(), shell.style()
    scripts = [leaflet, folium.script, own, boot]
    published = values["published"]
    return (
        _environment()
        .get_template("page.html")
        .render(
            policy=shell.policy(scripts, [style], [values["tiles"].origin] if values["tiles"] else []),
            style=Markup(style),
            boot=Markup(boot),
            packed={"leaflet": Markup(shell.packed(leaflet)), "page": Markup(shell.packed(own))},
            folium=Markup(folium.script),
            folium_html=Markup(folium.html),
            data_type=data[0],
            data=Markup(data[1]),
            lang=lang,
            words=words.words(lang),
            about=f"{values['title']}. {values['as_of']}. {values['summary']['told']}.".replace(". . ", ". "),
            published_as=lambda ending: re.sub(r"(\.html?)?$", ending, published, count=1),
            **values,
        )
    )


def as_of_words(last: dt.date | None, lang: str = "en") -> str:
    """Returns "As of 8 February 2020", "" where no date is known."""
    return words.words(lang)["page"]["as_of"].format(date=words.date_words(last, lang)) if last else ""


def summary(
    entries: Sequence[Entry], articles: Sequence[Article], issues: Sequence[Issue], lang: str = "en"
) -> dict[str, str]:
    """Returns how much is on the page, and how much was left out."""
    said = words.words(lang)["summary"]

    def counted(key: str, count: int) -> str:
        return words.counted(said[key], count, lang)

    stories = sum(article.same_as is None for article in articles)
    told = said["join"].format(events=counted("events", len(entries)), articles=counted("articles", stories))
    return {"told": told, "left_out": counted("issues", len(issues)) if issues else ""}


def script_words(lang: str = "en") -> dict[str, Any]:
    """Returns the phrases the page's script needs."""
    names = ("certainty", "family", "months", "date", "thousands", "own_voice", "page")
    unneeded = ("how", "base_map", "tiles_from", "drawn_with", "day_before", "day_after")
    said = {name: words.words(lang)[name] for name in names}
    return said | {"page": {key: phrase for key, phrase in said["page"].items() if key not in unneeded}}
