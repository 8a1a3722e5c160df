"""Namesakes: which places bear a name, and what speaks for each of them whatever the text says?"""

from __future__ import annotations

import functools
import math
import re
from collections.abc import Sequence
from typing import NamedTuple

from geomap.gazetteer import Gazetteer
from geomap.geocode.areas import DISTRICTS, DIVISIONS, Division, Spot, division_of, is_area, km_between, spot_of
from geomap.geocode.lexicon import kinds
from geomap.model import Mention, Place

Features = dict[str, float]

# Names whose places are kept.
_NAMES_KEPT = 1 << 13
# Candidates beyond this many, the least populous, are hardly ever meant.
_MOST_CANDIDATES = 40
# Two settlements of one name closer than this are one place in two gazetteers.
_SAME_PLACE_KM = 12.0
_SAME_PLACE_DEGREES = 0.11  # of latitude, the same distance
_LARGEST = 7.0  # log10 of the population that counts as 1


class Namesake(NamedTuple):
    """A place of a name.

    Attributes:
        features: those of the place and its name alone, as ``features`` explains them.
        is_weak: whether the name alone is too weak for it.
        division: the first-level division it lies in, or is.
        spot: its point, for distances.
    """

    place: Place
    features: Features
    is_weak: bool
    is_area: bool
    division: Division
    spot: Spot


def namesakes_of(mention: Mention, gazetteer: Gazetteer) -> tuple[Namesake, ...]:
    """The places of a mention's name in the gazetteer's order; of a demonym its country."""
    return _namesakes(gazetteer, mention.name) or _people(gazetteer, mention.name, mention.text)


@functools.lru_cache(maxsize=_NAMES_KEPT)
def _namesakes(gazetteer: Gazetteer, name: str) -> tuple[Namesake, ...]:
    """The places of a name; kept because a name recurs in many articles."""
    places = distinct(gazetteer.places_named(name)) or distinct(gazetteer.places_named(_bare(name)))
    largest = max((place.population for place in places if not is_area(place)), default=0)
    return tuple([_namesake(place, name, largest, gazetteer) for place in places])


@functools.lru_cache(maxsize=_NAMES_KEPT)
def _people(gazetteer: Gazetteer, name: str, text: str) -> tuple[Namesake, ...]:
    """The country of a demonym."""
    country = gazetteer.demonym_country(name) or gazetteer.demonym_country(text)
    place = gazetteer.place(country) if country else None
    return () if place is None else (_namesake(place, name, 0, gazetteer),)


def _bare(name: str) -> str:
    """The name without an article, a possessive and its kind word: "the Laurel County's" -> "Laurel"."""
    name = re.sub(r"^[Tt]he\s|['’]s$", "", name)
    first, _, last = name.rpartition(" ")
    return first if first and last.lower() in (*kinds().area.after, *kinds().settlement.after) else name


def distinct(candidates: Sequence[Place]) -> list[Place]:
    """The candidates without repetitions of one place from two gazetteers, the curated one kept."""
    found: list[Place] = []
    alike: dict[tuple[str, bool], list[Place]] = {}
    for place in candidates[:_MOST_CANDIDATES]:
        known = alike.setdefault((place.country, is_area(place)), [])
        if not known or not any(_is_near(place, each) for each in known):
            known.append(place)
            found.append(place)
    return found


def _is_near(place: Place, known: Place) -> bool:
    if abs(place.point.lat - known.point.lat) > _SAME_PLACE_DEGREES:
        return False
    return km_between(place.point, known.point) < _SAME_PLACE_KM


# --- one place -------------------------------------------------------------------------------------------


def _namesake(place: Place, name: str, largest: int, gazetteer: Gazetteer) -> Namesake:
    features = _size(place, largest)
    if place.is_curated:
        features["curated"] = 1.0
        if gazetteer.capital_country(place.id):
            features["capital"] = 1.0
    if _without_kind(place).casefold() == name.casefold():
        features["main_name"] = 1.0
    is_weak = place.is_curated and gazetteer.is_weak(name, place.id)
    return Namesake(place, features, is_weak, is_area(place), division_of(place), spot_of(place.point))


def _size(place: Place, largest: int) -> Features:
    """The feature of its size; ``largest`` is the most people of any settlement of the name."""
    if place.kind == "country":
        return {"country": 1.0}
    if place.kind in DIVISIONS:
        return {"division": 1.0}
    if place.kind in DISTRICTS:
        return {"district": 1.0}
    if place.population:
        share = math.log10(place.population) / _LARGEST
        return {"population": share, "most_populous": float(place.population >= largest)}
    return {"population_unknown": 1.0}


def _without_kind(place: Place) -> str:
    """Return the name without its kind word: Idlib Governorate is called Idlib."""
    if not is_area(place):
        return place.name
    name, _, last = place.name.rpartition(" ")
    return name if name and last.lower() in kinds().area.after else place.name
