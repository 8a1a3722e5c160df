"""Rows: what does a worldwide source say of a place?"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from geomap.model import GeoPrecision, LngLat


@dataclass(frozen=True, slots=True, kw_only=True)
class WorldRow:
    """A place of a worldwide source.

    Attributes:
        id: the source and its number there: ``gn-169577`` where it is GeoNames' own, ``csc-1416`` otherwise.
        country: its code in lower case.
        code: of a division its ISO 3166-2 code ("US-TX"), "" where it has none.
        admin1: the name of the first-level division it lies in, or is.
        parent: id of the division right above it.
    """

    id: str
    name: str
    point: LngLat
    kind: str
    country: str
    names: tuple[str, ...] = ()
    code: str = ""
    admin1: str = ""
    parent: str = ""
    population: int = 0
    precision: GeoPrecision = 1
    radius_km: float = 0.0


# Kinds of rows that are areas.
AREAS = frozenset({"country", "region", "district"})

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


def settlement_kind(population: int) -> str:
    """The kind of a settlement of that size, 0 where not known; the packages tell no kinds."""
    if population >= 100_000:
        return "city"
    return "town" if population >= 5_000 or population == 0 else "village"


def middle(points: Sequence[LngLat]) -> LngLat:
    """The median of longitudes and of latitudes: a few far islands do not move it."""
    lngs, lats = zip(*points, strict=True)
    return LngLat(round(median(lngs), 3), round(median(lats), 3))


def box_centre(points: Sequence[LngLat]) -> LngLat:
    """The centre of the box around all points: of a division with empty parts truer than its towns' median."""
    lngs, lats = zip(*points, strict=True)
    return LngLat(round((min(lngs) + max(lngs)) / 2, 3), round((min(lats) + max(lats)) / 2, 3))


def halfway(a: LngLat, b: LngLat) -> LngLat:
    """The point between two others, as on a plane."""
    return LngLat(round((a.lng + b.lng) / 2, 3), round((a.lat + b.lat) / 2, 3))


def reach_km(points: Sequence[LngLat], centre: LngLat) -> float:
    """The distance from the centre within which nine in ten of the points lie."""
    reach = sorted(flat_km(centre, point) for point in points)
    return round(reach[int(len(reach) * 0.9)], 1)


def flat_km(a: LngLat, b: LngLat) -> float:
    """Distance as on a plane, good enough within a country."""
    shrink = math.cos(math.radians((a.lat + b.lat) / 2))
    return math.hypot((a.lng - b.lng) * shrink, a.lat - b.lat) * 111.2
