"""Masked: a sentence in which each place is its number, so that lists of places are read from words alone."""

from __future__ import annotations

import dataclasses
import re
from dataclasses import dataclass

from geomap.extract.document import REGIONS, SETTLEMENTS, Document
from geomap.model import LngLat, Location, Mention, Sentence

# A place in the masked text is its number between these.
OPEN, CLOSE = "\x01", "\x02"
_REGION_BEHIND = re.compile(
    r"\s+(?:region|oblast|province|governorate|state|county|district|regional|provincial)", re.IGNORECASE
)
# Of "between X and Y", which is one location, what leads to the second name.
_AND = re.compile(r"\s+and\s+(?:the\s+)?(?:(?:city|town|village)\s+of\s+)?")
# How far off, in degrees, a place is not the one that was meant.
_FAR = 0.2
# How far off a town lies, in degrees, from the middle of the region that has its name.
_NEAR = 1.0


@dataclass(frozen=True, slots=True)
class Masked:
    """A masked sentence, its places by their numbers, and where pieces of both texts begin."""

    text: str
    places: list[Location]
    starts: list[tuple[int, int]]

    def at(self, char: int) -> int:
        """Return where in the sentence a character of the masked text stands."""
        return max(bare + char - start for start, bare in self.starts if start <= char)


def masked(document: Document, index: int) -> Masked:
    """Return a sentence with each place, and the words that only say which part of it, as its number."""
    sentence = document.sentences[index]
    pieces: list[str] = []
    starts: list[tuple[int, int]] = []
    places: list[Location] = []
    end = length = 0
    for location in _apart(document, index):
        first, last = _named(sentence, location)
        if first < end:
            continue
        piece = sentence.text[end:first] + f"{OPEN}{len(places)}{CLOSE}"
        starts.append((length, end))
        pieces.append(piece)
        length += len(piece)
        places.append(town(document, sentence.text[last:], location))
        end = last
    starts.append((length, end))
    pieces.append(sentence.text[end:])
    return Masked("".join(pieces), places, starts)


def _named(sentence: Sentence, location: Location) -> tuple[int, int]:
    """From where to where a location is named, with "eastern" or "the outskirts of" but not with another name."""
    mention = location.mention
    before = sentence.start <= location.start < mention.start
    behind = sentence.text[mention.end - sentence.start : max(0, location.end - sentence.start)]
    start = location.start if before else mention.start
    end = mention.end if any(c.isupper() for c in behind) else max(mention.end, location.end)
    return start - sentence.start, end - sentence.start


def _apart(document: Document, index: int) -> list[Location]:
    """The places of a sentence, those that only act or name a people left out, both ends of "between X and Y"."""
    found: list[Location] = []
    for x in document.locations_in(index):
        if x.mention.role != "place":
            continue
        behind = document.article.text[x.mention.end : x.end]
        second = _second(document, x, behind) if _AND.match(behind) else None
        if second is None:
            found.append(x)
            continue
        here = dataclasses.replace(x, start=x.mention.start, end=x.mention.end)
        found += [here.moved_to(x.place, why=x.why), second]
    return found


def _second(document: Document, middle: Location, behind: str) -> Location | None:
    """The other end of a stretch: as far behind its middle as the first is before it."""
    lead = _AND.match(behind)
    start = middle.mention.end + (lead.end() if lead is not None else 0)
    name = document.article.text[start : middle.end]
    end = LngLat(2 * middle.point.lng - middle.place.point.lng, 2 * middle.point.lat - middle.place.point.lat)
    near = [p for p in document.gazetteer.places_named(name) if _off(p.point, end) <= _FAR]
    place = min(near, key=lambda p: (p.kind not in SETTLEMENTS, _off(p.point, end)), default=None)
    if place is None:
        return None
    mention = Mention(start, middle.end, name, place.name)
    other = dataclasses.replace(middle, mention=mention, start=start, end=middle.end)
    return other.moved_to(place, why=f"the other end of {middle.name!r}")


def _off(one: LngLat, other: LngLat) -> float:
    """How far one point is off another, in degrees."""
    return abs(one.lng - other.lng) + abs(one.lat - other.lat)


def town(document: Document, behind: str, location: Location) -> Location:
    """Return the town of a name that also is its region's, for ways lead from town to town.

    Args:
        document: whose gazetteer knows towns.
        behind: the text behind the name, which may say that the region is meant.
        location: what the name was taken for.
    """
    place, name = location.place, location.mention.text
    if place.kind not in REGIONS - {"country"} or _REGION_BEHIND.match(behind):
        return location
    towns = [
        p for p in document.gazetteer.places_named(name) if p.kind in SETTLEMENTS and p.country == place.country
    ]
    found = next((p for p in towns if p.parent == place.id or p.admin1 in (place.name, name)), None)
    found = found or next((p for p in towns if p.name == name and _off(p.point, place.point) < _NEAR), None)
    if found is None:
        return location
    return location.moved_to(found, why=f"the town of {name!r}: a way leads from town to town")
