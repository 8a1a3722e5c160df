"""Ways: from which place to which do the bare words of a sentence lead?

"from A, B and C to D", "A - B - C", "the A-B corridor", "to D from A", "link A with D", "residents of A can leave
for B". Lists of places confuse the parser: they are read from words alone, each place masked by its number.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from geomap.extract.document import REGIONS, SETTLEMENTS, Document
from geomap.extract.lexicon import any_of
from geomap.model import Location

# A place in the masked text is its number between these.
_OPEN, _CLOSE = "\x01", "\x02"
_KIND = r"""(?:city|town|village|settlement|community|district|port|region|oblast|province|state|county|cities|
    towns|villages|communities|area)"""
_NAME = rf"(?:{_OPEN}\d+{_CLOSE}|[A-Z][\w'’]+\b(?:[ -][A-Z][\w'’]+\b)*)"
# "the besieged city of X", "X in the Y region", "X [Y region]", "X, Y region,".
_PLACE = rf"""(?:(?:the\s+)?(?:\w+\s+)?{_KIND}\s+of\s+)?{_NAME}(?:\s+{_KIND}\b)?
    (?:\s*[\[(][^\])]*[\])]|\s+in\s+(?:the\s+)?{_NAME}(?:\s+{_KIND})?|,\s+{_NAME}\s+{_KIND}(?=,|\s+and\b|\s+to\b))?"""
_AND = r"(?:\s*,\s*(?:and\s+|as\s+well\s+as\s+)?|\s+and\s+|\s+as\s+well\s+as\s+|\s+or\s+)"
# Also "from A and from B", "40 people from A and 50 people from B to C".
_LIST = rf"{_PLACE}(?:{_AND}(?:(?:[\d,.]+\s+\w+\s+)?from\s+)?{_PLACE})*"
# A list of ends stops before the start of the next way ("to A, B to C").
_ENDS = rf"{_PLACE}(?:{_AND}{_PLACE}(?!\s+(?:to|for)\s+{_NAME}))*"
# Between "from A" and "to B": a few words that start no other way.
_ASIDE = r"(?:(?!\bfrom\b|\bto\b)[^.;:\n]){0,60}?"
_TOWARDS = r"(?:to|towards?|into|for)"
_REGION_BEHIND = re.compile(
    r"\s+(?:region|oblast|province|governorate|state|county|district|regional|provincial)", re.IGNORECASE
)
# What of a place says where it lies: "[Y region]", "in the Y region", ", Y region".
_REGIONS_TOLD = re.compile(
    rf"""[\[(][^\])]*[\])] | \bin\s+(?:the\s+)?{_NAME}(?:\s+{_KIND})?
    | (?<=,)\s+{_NAME}\s+{_KIND}(?=,|\s+and\b|\s+to\b|$)""",
    re.VERBOSE,
)
# Characters between a way and the next one of the same list.
_NEXT = 3


@dataclass(frozen=True, slots=True)
class WayRead:
    """One way in a sentence: where it stands there, its two ends, and how many starts share its end."""

    start: int
    end: int
    origin: Location
    destination: Location
    starts: int
    stops: int


def ways_in(document: Document, index: int, travellers: tuple[str, ...]) -> list[WayRead]:
    """Return the ways of a sentence in text order, each pair of ends once."""
    masked, places, at = _masked(document, index)
    found: dict[tuple[str, str], WayRead] = {}
    for match in _chained(masked, travellers):
        first, last = _listed(match, "starts", places), _listed(match, "ends", places)
        stops = len(re.findall(r"\s[-–—]\s", match[0])) + 1
        for origin in first:
            # "from A and B to C": all starts have one end; a list of ends after one start is many ways.
            for destination in last if len(first) == 1 else last[:1]:
                way = WayRead(at(match.start()), at(match.end()), origin, destination, len(first), stops)
                if not _is_inside(origin, destination):
                    found.setdefault((origin.place.id, destination.place.id), way)
    return sorted(found.values(), key=lambda way: way.start)


def _is_inside(origin: Location, destination: Location) -> bool:
    """Whether a way stays in one place or in its own country ("escape from A to other parts of Ukraine")."""
    is_own = destination.place.kind == "country" and destination.place.country == origin.place.country
    return is_own or origin.place.id == destination.place.id


def _chained(masked: str, travellers: tuple[str, ...]) -> Iterator[re.Match[str]]:
    """The ways of a masked text; bare "A to B" only in a list of such, behind a colon or another way."""
    end = -_NEXT
    for match in _ways(travellers).finditer(masked):
        if match["starts_more"] and masked[match.start()] != ":" and match.start() - end > _NEXT:
            continue
        end = match.end()
        yield match


def _listed(match: re.Match[str], kind: str, places: list[Location]) -> list[Location]:
    """The known places of a list; what stands in brackets or says in which region is none of it."""
    texts = [v for k, v in match.groupdict().items() if k.startswith(kind) and v]
    bare = [_REGIONS_TOLD.sub(" ", text) for text in texts]
    numbers = [int(n) for text in bare for n in re.findall(rf"{_OPEN}(\d+){_CLOSE}", text)]
    found = [places[n] for n in numbers]
    if match.groupdict().get(f"{kind}_left"):
        return found[:1]  # "left X, Y region, for Z"
    return found[-1:] if kind == "ends" and match["ends_chain"] else found


@functools.cache
def _ways(travellers: tuple[str, ...]) -> re.Pattern[str]:
    stop = rf"\s*[-–—]\s*{_NAME}"
    return re.compile(
        rf"""(?P<starts_chain>{_OPEN}\d+{_CLOSE})(?:{stop})*?\s*[-–—]\s*
          (?P<ends_chain>{_OPEN}\d+{_CLOSE})(?!\s*[-–—]\s*{_NAME})
        | \b(?:[Ff]rom|out\s+of)\s+(?P<starts_from>{_LIST}){_ASIDE}\s{_TOWARDS}\s+(?P<ends_from>{_ENDS})
        | \b(?:to|reached|for|into)\s+(?P<ends_to>{_PLACE})\s+(?:\w+\s+){{0,2}}?from\s+(?P<starts_to>{_LIST})
        | \b(?:left|leave|leaves|leaving|departed|depart|fled|flee|fleeing|quit|abandoned|deserted)\s+
          (?P<starts_left>{_PLACE}(?:,\s+{_NAME}(?:\s+{_KIND})?(?=,))?),?
          \s+(?:for|to)\s+(?P<ends_left>{_PLACE})
        | \b(?:(?:link|links|linking|linked|connect|connects|connecting|connected)|and)\s+(?P<starts_link>{_PLACE})
          \s+(?:with|to)\s+(?P<ends_link>{_PLACE})
        | \bbetween\s+(?P<starts_between>{_PLACE})\s+and\s+(?P<ends_between>{_PLACE})
        | \b(?i:{any_of(travellers)})\s+of\s+(?P<starts_of>{_LIST})\s+{_ASIDE}\b{_TOWARDS}\s+(?P<ends_of>{_PLACE})
        | (?:[:,;]|\band)\s+(?P<starts_more>{_PLACE})\s+(?:to|for)\s+(?P<ends_more>{_PLACE})""",
        re.VERBOSE,
    )


def _masked(document: Document, index: int) -> tuple[str, list[Location], Callable[[int], int]]:
    """The sentence with each place as its number, the places, and where a character of it stands unmasked."""
    sentence = document.sentences[index]
    pieces: list[str] = []
    starts: list[tuple[int, int]] = []
    places: list[Location] = []
    end = length = 0
    for location in document.locations_in(index):
        first, last = location.mention.start - sentence.start, location.mention.end - sentence.start
        if first < end:
            continue
        piece = sentence.text[end:first] + f"{_OPEN}{len(places)}{_CLOSE}"
        starts.append((length, end))
        pieces.append(piece)
        length += len(piece)
        places.append(_town(document, sentence.text[last:], location))
        end = last
    starts.append((length, end))
    pieces.append(sentence.text[end:])
    return "".join(pieces), places, lambda i: max(b + i - a for a, b in starts if a <= i)


def _town(document: Document, behind: str, location: Location) -> Location:
    """The town of a name that also is its region's: ways lead from town to town."""
    place, name = location.place, location.mention.text
    if place.kind not in REGIONS - {"country"} or _REGION_BEHIND.match(behind):
        return location
    towns = [
        p for p in document.gazetteer.places_named(name) if p.kind in SETTLEMENTS and p.country == place.country
    ]
    town = next((p for p in towns if p.parent == place.id or p.admin1 in (place.name, name)), None)
    if town is None:
        return location
    return location.moved_to(town, why=f"the town of {name!r}: a way leads from town to town")
