"""Asks: what the text right beside a mention says about the place it means.

"Idlib province" asks for an area, "the city of Idlib" for a city, "Springfield, Illinois" for a place in Illinois.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from geomap.gazetteer import Gazetteer
from geomap.geocode.areas import is_area, km_between
from geomap.geocode.lexicon import kinds
from geomap.model import Mention, Place

# Names whose candidates are kept.
_NAMES_KEPT = 1 << 13
# Candidates beyond this many, the least populous, are hardly ever meant.
_MOST_CANDIDATES = 40
# Two settlements of one name closer than this are one place in two gazetteers.
_SAME_PLACE_KM = 12.0
_SAME_PLACE_DEGREES = 0.11  # of latitude, the same distance

Kind = Literal["area", "settlement", "part", ""]
Side = Literal["after", "of", "direct"]

_AFTER = re.compile(r"['’]?\s?(?P<word>[^\W\d_]+)")
_OF = re.compile(
    r"(?P<word>[^\W\d_]+)\s(?:\([^)]{1,20}\)\s)?(?:of|from)\s(?:the\s)?$",
    re.IGNORECASE,
)
# The last word of what ``_OF`` matches; asked first, because few names follow one.
_OF_WORDS = frozenset({"of", "from", "the"})
_DIRECTION = re.compile(r"(?:north|south|east|west)[a-z]*ern$", re.IGNORECASE)
_COMPASS = frozenset(f"{ns}{ew}" for ns in ("north", "south", "") for ew in ("east", "west", "") if ns or ew)
# "the Idlib town of Saraqeb": the first name is the area of the second.
_OWNS_TOWN = re.compile(
    r"(?:['’]s)?\s(?:city|town|village|suburb|district|camp)s?\sof\s(?=[^\W\d_a-z]|al-|an-|as-)"
)
_BEFORE = re.compile(r"(?P<word>[^\W\d_]+)\s$")


@dataclass(slots=True)
class Ask:
    """A mention with its candidates and what the text beside it asks for.

    Attributes:
        candidates: the places of that name, the gazetteer's order.
        kind: the kind that words beside the name ask for, "" where they say nothing.
        containers: areas that the text says contain the place ("X, Y"), all their candidates.
        largest: the most people of any settlement among the candidates.
        weak: ids of the candidates that the name alone is too weak for.
    """

    mention: Mention
    candidates: tuple[Place, ...]
    kind: Kind = ""
    containers: tuple[Place, ...] = ()
    largest: int = 0
    weak: frozenset[str] = frozenset()

    @property
    def is_demonym(self) -> bool:
        """Whether it is a people's name or an adjective ("Turkish")."""
        return self.mention.role == "demonym"


def read_asks(text: str, mentions: Sequence[Mention], gazetteer: Gazetteer) -> list[Ask]:
    """One ask for each mention, in the same order."""
    asks = [_ask(text, mention, gazetteer) for mention in mentions]
    for left, right in itertools.pairwise(asks):
        _link(text, left, right)
    return asks


def _ask(text: str, mention: Mention, gazetteer: Gazetteer) -> Ask:
    named = _named(gazetteer, mention.name)
    return Ask(
        mention,
        named.places or _country_of_people(mention, gazetteer),
        _kind(text, mention),
        largest=named.largest,
        weak=named.weak,
    )


class _Named(NamedTuple):
    """The places of a name, the most people of any settlement among them, and ids of those it is too weak for."""

    places: tuple[Place, ...]
    largest: int
    weak: frozenset[str]


@functools.lru_cache(maxsize=_NAMES_KEPT)
def _named(gazetteer: Gazetteer, name: str) -> _Named:
    """What is known of a name; kept because a name recurs in many articles."""
    places = tuple(distinct(gazetteer.places_named(name)) or distinct(gazetteer.places_named(_bare(name))))
    largest = max((place.population for place in places if not is_area(place)), default=0)
    weak = frozenset(place.id for place in places if place.is_curated and gazetteer.is_weak(name, place.id))
    return _Named(places, largest, weak)


def _country_of_people(mention: Mention, gazetteer: Gazetteer) -> tuple[Place, ...]:
    """The country of a demonym."""
    country = gazetteer.demonym_country(mention.name) or gazetteer.demonym_country(mention.text)
    place = gazetteer.place(country) if country else None
    return (place,) if place else ()


def _bare(name: str) -> str:
    """The name without an article, a possessive and its kind word: "the Laurel County's" -> "Laurel"."""
    name = re.sub(r"^[Tt]he\s|['’]s$", "", name)
    first, _, last = name.rpartition(" ")
    return first if first and last.lower() in (*kinds().area.after, *kinds().settlement.after) else name


def distinct(candidates: Sequence[Place]) -> list[Place]:
    """The candidates without repetitions of one place from two gazetteers, the curated one kept."""
    found: list[Place] = []
    for place in candidates[:_MOST_CANDIDATES]:
        if not any(_is_same(place, known) for known in found):
            found.append(place)
    return found


def _is_same(place: Place, known: Place) -> bool:
    if place.country != known.country or is_area(place) != is_area(known):
        return False
    if abs(place.point.lat - known.point.lat) > _SAME_PLACE_DEGREES:
        return False
    return km_between(place.point, known.point) < _SAME_PLACE_KM


def _kind(text: str, mention: Mention) -> Kind:
    """What the words beside the name ask for: the word after it, then "... of", then the word before."""
    if _OWNS_TOWN.match(text, mention.end):
        return "area"
    after = _AFTER.match(text, mention.end)
    before = text[max(0, mention.start - 50) : mention.start]
    of = _OF.search(before) if _last_word(before) in _OF_WORDS else None
    direct = _BEFORE.search(before, before.rstrip().rfind(" ") + 1) if before[-1:].isspace() else None
    said = _said(after, "after") or _direction_of(before, of) or _said(of, "of") or _said(direct, "direct")
    return said or ("part" if direct is not None and _DIRECTION.match(direct["word"]) else "")


def _last_word(before: str) -> str:
    return before.rsplit(maxsplit=1)[-1].lower() if before and not before.isspace() else ""


def _said(match: re.Match[str] | None, side: Side) -> Kind:
    """The kind that a word on one side of the name says."""
    return "" if match is None else _kind_by_word(side).get(match["word"].lower(), "")


@functools.cache
def _kind_by_word(side: Side) -> Mapping[str, Kind]:
    """The kinds that words on that side of a name say; a word of both says that it is a settlement."""
    areas: dict[str, Kind] = dict.fromkeys(getattr(kinds().area, side), "area")
    return {**areas, **dict.fromkeys(getattr(kinds().settlement, side), "settlement")}


def _direction_of(before: str, of: re.Match[str] | None) -> Kind:
    """Reads "east of X" is measured from a town; "in the east of X" is part of an area."""
    if of is None or of["word"].lower() not in _COMPASS:
        return ""
    return "part" if re.search(r"\b(?:in|across|throughout)\sthe\s$", before[: of.start()]) else "settlement"


_LONGEST_COMMA = 40
_COMMA = re.compile(
    r"""\s?(?:province|governorate|county|district|city|town)?
    (?:,\s(?:in\s)?(?:the\s)?|\s\(|\sin\s(?:the\s)?(?:[a-z-]+\s){0,2})$""",
    re.VERBOSE,
)


def _link(text: str, left: Ask, right: Ask) -> None:
    """Note that ``right`` names the area of ``left``: "Tripoli, Libya", "Sarmin in Idlib province"."""
    if right.mention.role != "place" and not right.candidates:
        return
    if (owner := _OWNS_TOWN.match(text, left.mention.end)) and owner.end() == right.mention.start:
        _put_inside(right, left)
        return
    is_near = right.mention.start - left.mention.end <= _LONGEST_COMMA
    if is_near and _COMMA.match(text[left.mention.end : right.mention.start]):
        _put_inside(left, right)


def _put_inside(inner: Ask, outer: Ask) -> None:
    areas = tuple(place for place in outer.candidates if is_area(place))
    if any(contains(area, place) for area in areas for place in inner.candidates):
        inner.containers = areas


def contains(area: Place, place: Place) -> bool:
    """True where ``place`` lies in ``area`` by their country and first-level division."""
    if area.id == place.id or area.country != place.country:
        return False
    if area.kind == "country":
        return True
    return place.parent == area.id or (bool(area.admin1) and area.admin1 == place.admin1)
