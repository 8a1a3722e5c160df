"""Asks: what the text right beside a mention says about the place it means.

"Idlib province" asks for an area, "the city of Idlib" for a city, "Springfield, Illinois" for a place in Illinois.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from geomap.gazetteer import Gazetteer
from geomap.geocode.areas import is_area
from geomap.geocode.lexicon import KindWords, kinds
from geomap.model import Mention, Place

Kind = Literal["area", "settlement", ""]

_AFTER = re.compile(r"['’]?\s?(?P<word>[^\W\d_]+)")
_OF = re.compile(
    r"(?P<word>[^\W\d_]+)\s(?:\([^)]{1,20}\)\s)?(?:(?:north|south|east|west)\w*\s)?(?:of|from)\s(?:the\s)?$",
    re.IGNORECASE,
)
_BEFORE = re.compile(r"(?P<word>[^\W\d_]+)\s$")


@dataclass(slots=True)
class Ask:
    """A mention with its candidates and what the text beside it asks for.

    Attributes:
        candidates: the places of that name, the gazetteer's order.
        kind: the kind that words beside the name ask for, "" where they say nothing.
        containers: areas that the text says contain the place ("X, Y"), all their candidates.
        is_container: it names the area of the mention before it.
    """

    mention: Mention
    candidates: tuple[Place, ...]
    kind: Kind = ""
    containers: tuple[Place, ...] = ()
    is_container: bool = False
    is_demonym: bool = False


def read_asks(text: str, mentions: Sequence[Mention], gazetteer: Gazetteer) -> list[Ask]:
    """One ask for each mention, in the same order."""
    asks = [_ask(text, mention, gazetteer) for mention in mentions]
    for left, right in itertools.pairwise(asks):
        _link(text, left, right)
    return asks


def _ask(text: str, mention: Mention, gazetteer: Gazetteer) -> Ask:
    is_demonym = mention.role == "actor" and gazetteer.demonym_country(mention.text) is not None
    return Ask(mention, candidates_of(mention, gazetteer), _kind(text, mention), is_demonym=is_demonym)


def candidates_of(mention: Mention, gazetteer: Gazetteer) -> tuple[Place, ...]:
    """The places a mention can mean; of a demonym its country."""
    places = gazetteer.places_named(mention.name)
    if places:
        return places
    country = gazetteer.demonym_country(mention.name) or gazetteer.demonym_country(mention.text)
    place = gazetteer.place(country) if country else None
    return (place,) if place else ()


def _kind(text: str, mention: Mention) -> Kind:
    after = _AFTER.match(text, mention.end)
    before = text[max(0, mention.start - 50) : mention.start]
    of, direct = _OF.search(before), _BEFORE.search(before)
    for name, words in (("settlement", kinds().settlement), ("area", kinds().area)):
        if _says(words, after, of, direct):
            return name  # type: ignore[return-value]
    return ""


def _says(
    words: KindWords, after: re.Match[str] | None, of: re.Match[str] | None, direct: re.Match[str] | None
) -> bool:
    return (
        (after is not None and after["word"].lower() in words.after)
        or (of is not None and of["word"].lower() in words.of)
        or (direct is not None and direct["word"].lower() in words.direct)
    )


_COMMA = re.compile(
    r"""\s?(?:province|governorate|county|district|city|town)?
    (?:,\s(?:in\s)?(?:the\s)?|\s\(|\sin\s(?:the\s)?(?:[a-z-]+\s){0,2})$""",
    re.VERBOSE,
)


def _link(text: str, left: Ask, right: Ask) -> None:
    """Note that ``right`` names the area of ``left``: "Tripoli, Libya", "Sarmin in Idlib province"."""
    if right.mention.role == "actor" and not right.candidates:
        return
    gap = text[left.mention.end : right.mention.start]
    if len(gap) > 40 or not _COMMA.match(gap):
        return
    areas = tuple(place for place in right.candidates if is_area(place))
    if areas and any(contains(area, place) for area in areas for place in left.candidates):
        left.containers = areas
        right.is_container = gap.startswith(",")


def contains(area: Place, place: Place) -> bool:
    """True where ``place`` lies in ``area`` by their country and first-level division."""
    if area.id == place.id or area.country != place.country:
        return False
    if area.kind == "country":
        return True
    return place.parent == area.id or (bool(area.admin1) and area.admin1 == place.admin1)
