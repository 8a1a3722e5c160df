"""Plan: which maps does a file of YAML ask for?

title: The north, winter 2020
out: maps
articles: [news, "archive/2020-*/*.txt"]
maps:
  - name: north-{date}
    title: The north on {date}
    every: week
    from: 2020-01-06
    to: 2020-02-16
    formats: [html, svg]
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from typing import Annotated, Literal

from pydantic import AfterValidator, ConfigDict, Field, StringConstraints

from geomap.errors import PlanError
from geomap.yamlfile import Form, Loaded, load_yaml

Format = Literal["html", "svg", "png", "geojson"]
FORMATS: tuple[Format, ...] = ("html", "svg", "png", "geojson")
# The languages of a page's own words (geomap.render.words.LANGS), and those that texts are told to be in.
Lang = Literal["en", "ar", "tr", "fr", "ru", "uk"]
# What a name may hold in braces.
FIELDS = ("date", "from", "to")

# Bytes of a file's name: most disks take 255, and an ending and dates are added.
LONGEST = 200

Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Patterns = Annotated[list[Text], Field(min_length=1)]
Formats = Annotated[list[Format], Field(min_length=1)]


def _name(text: str) -> str:
    """Return the name of a map's files if it stays inside the folder of results."""
    _filled(text)
    parts = text.split("/")
    if any(part.strip() in ("", ".", "..") or part.startswith(".") for part in parts) or "\\" in text:
        raise ValueError(f"found {json.dumps(text)}, expected a name inside the folder of maps: idlib/{{date}}")
    if not text.isprintable():
        raise ValueError(f"found {json.dumps(text)}, expected a name of signs that can be seen")
    if max(len(part.encode()) for part in parts) > LONGEST:
        raise ValueError(f"found a name of {len(text)} letters, expected {LONGEST} or fewer, less in other scripts")
    return text


def _filled(text: str) -> str:
    """Return a text whose braces hold only what geomap can fill in."""
    try:
        text.format(**dict.fromkeys(FIELDS, ""))
    except (ValueError, LookupError, AttributeError):
        fields = ", ".join(f"{{{field}}}" for field in FIELDS)
        raise ValueError(f"found {json.dumps(text)}, expected braces only around {fields}") from None
    return text


Name = Annotated[Text, AfterValidator(_name)]
Title = Annotated[Text, AfterValidator(_filled)]


class Layered(Form):
    """What else lies on maps: nothing where nothing is said.

    Attributes:
        areas: estimated areas of control, labelled as an estimate.
        overlays: files of GeoJSON, relative to the plan; drawn in this order.
        tiles: a background from the network by its name in xyzservices; ``none`` takes away that of the plan.
        pmtiles: a file with a background, relative to the plan; of this and ``tiles`` only one.
    """

    areas: bool | None = None
    overlays: list[Text] | None = None
    tiles: Text | None = None
    pmtiles: Text | None = None


class MapPlan(Layered):
    """One map, or with ``every`` one for each day or week.

    Attributes:
        name: of its files without ending, may be in a subfolder; {date}, {from} and {to} are filled in.
        title: of the map; by default it is made of the regions told. The same words are filled in.
        articles: files, folders and patterns, relative to the plan; by default those of the plan.
        listing: an articles.yml that wins over what is found in the texts; by default that of the plan.
        first, last: only articles published on these days or between them (``from`` and ``to``).
        regions: only articles that tell an event there: ids or names of places, or codes of countries.
        languages: only articles in these languages.
        every: one map a day or week from ``first`` to ``last``, by default from the first to the last article.
        days: how many days of articles each of them shows, up to its own; by default 1 of a day and 7 of a week.
        formats: what is written of each map.
        lang: of the page's own words.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, title="map")

    name: Name
    title: Title | None = None
    articles: Patterns | None = None
    listing: Text | None = None
    first: dt.date | None = Field(default=None, alias="from")
    last: dt.date | None = Field(default=None, alias="to")
    regions: list[Text] = Field(default_factory=list)
    languages: list[Lang] = Field(default_factory=list)
    every: Literal["day", "week"] | None = None
    days: Annotated[int, Field(ge=1)] | None = None
    formats: Formats | None = None
    lang: Lang | None = None


def _html() -> list[Format]:
    return ["html"]


class Plan(Layered):
    """Many maps; what is said here holds for each that says nothing else.

    Attributes:
        title: of the page that links the maps.
        out: the folder of results, relative to the plan; by default ``outputs`` where the program runs.
        url: where that folder will be published, for cards that link to the maps.
        date: publication date of articles that tell none.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, title="geomap batch plan")

    title: Text = "Maps"
    out: Text | None = None
    url: str = ""
    articles: Patterns | None = None
    listing: Text | None = None
    date: dt.date | None = None
    formats: Formats = Field(default_factory=_html)
    lang: Lang = "en"
    maps: Annotated[list[MapPlan], Field(min_length=1)]


def read_plan(path: Path) -> Loaded[Plan]:
    """Return the plan in a file, with its lines for the messages of those who work with it.

    Raises:
        PlanError: it does not follow its schema; all that is wrong, a line each.
    """
    loaded = load_yaml(path, Plan)
    if loaded.problems:
        raise PlanError("\n".join(loaded.problems))
    return loaded


def plan_schema() -> str:
    """Return the JSON schema of a plan, for editors that check YAML while it is written."""
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **Plan.model_json_schema()}
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def contradictions(loaded: Loaded[Plan]) -> list[str]:
    """Return what is wrong with a plan that no schema can say, a line each."""
    plan = loaded.value
    assert plan is not None, "a file without problems has a value"
    return [f"{loaded.where(*field)}: {message}" for field, message in _backgrounds(plan)] + [
        f"{loaded.where('maps', at, *field)}: {message}"
        for at, one in enumerate(plan.maps)
        for field, message in (
            *_faults(one, has_articles=bool(one.articles or plan.articles)),
            *_backgrounds(one),
        )
    ]


def _backgrounds(form: Layered) -> Iterator[tuple[tuple[str, ...], str]]:
    if form.tiles and form.pmtiles:
        yield ("pmtiles",), "found a background beside that of tiles, expected one of the two"


def _faults(one: MapPlan, *, has_articles: bool) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield what is wrong with a map: the field, if it is one, and the message."""
    if not has_articles:
        yield (), "found no articles, expected some here or in the plan"
    if one.first and one.last and one.first > one.last:
        yield ("to",), f"found {one.last}, expected a day not before {one.first}, the day of from"
    if one.days and not one.every:
        yield ("days",), "found days without every, expected every: day or week beside it"
    if one.every and not {"date", "from", "to"} & _braced(one.name):
        yield ("name",), f"found {one.name} for a map each {one.every}, expected a name with {{date}}"
    known = {"from"} if one.first or one.every else set[str]()
    known |= {"date", "to"} if one.last or one.every else set()
    for field, text in (("name", one.name), ("title", one.title or "")):
        for word in sorted(_braced(text) - known):
            needed = "from" if word == "from" else "to"
            yield (field,), f"found {{{word}}} in a map without {needed}, expected {needed} or every beside it"


def _braced(text: str) -> set[str]:
    return {field for _, field, _, _ in Formatter().parse(text) if field}
