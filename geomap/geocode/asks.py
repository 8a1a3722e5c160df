"""Asks: what the text right beside a mention says about the place it means.

"Idlib province" asks for an area, "the city of Idlib" for a city, "Springfield, Illinois" for a place in Illinois.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from geomap.gazetteer import Gazetteer
from geomap.geocode.lexicon import kinds
from geomap.geocode.namesakes import Namesake, namesakes_of
from geomap.model import Mention, Place

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
        namesakes: the places of that name, the gazetteer's order: its candidates.
        kind: the kind that words beside the name ask for, "" where they say nothing.
        containers: areas that the text says contain the place ("X, Y"), all their candidates.
    """

    mention: Mention
    namesakes: tuple[Namesake, ...]
    kind: Kind = ""
    containers: tuple[Place, ...] = ()

    @property
    def candidates(self) -> tuple[Place, ...]:
        """The places of that name."""
        return tuple([each.place for each in self.namesakes])

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
    return Ask(mention, namesakes_of(mention, gazetteer), _kind(text, mention))


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
    if right.mention.role != "place" and not right.namesakes:
        return
    if (owner := _OWNS_TOWN.match(text, left.mention.end)) and owner.end() == right.mention.start:
        _put_inside(right, left)
        return
    is_near = right.mention.start - left.mention.end <= _LONGEST_COMMA
    if is_near and _COMMA.match(text[left.mention.end : right.mention.start]):
        _put_inside(left, right)


def _put_inside(inner: Ask, outer: Ask) -> None:
    areas = tuple([each.place for each in outer.namesakes if each.is_area])
    if any(contains(area, each.place) for area in areas for each in inner.namesakes):
        inner.containers = areas


def contains(area: Place, place: Place) -> bool:
    """True where ``place`` lies in ``area`` by their country and first-level division."""
    if area.id == place.id or area.country != place.country:
        return False
    if area.kind == "country":
        return True
    return place.parent == area.id or (bool(area.admin1) and area.admin1 == place.admin1)
