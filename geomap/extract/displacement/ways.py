"""Ways: from which place to which do the bare words of a sentence lead?

"from A, B and C to D", "A - B - C", "the A-B corridor", "to D from A", "link A with D", "residents of A can leave
for B". Lists of places confuse the parser: they are read from words alone, each place masked by its number.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from geomap.extract.displacement.masked import CLOSE, OPEN, masked
from geomap.extract.displacement.names import is_somewhere_in, nameable_in_country
from geomap.extract.document import Document
from geomap.extract.lexicon import any_of
from geomap.model import Location

_KIND = r"""(?:city|town|village|settlement|community|district|port|region|oblast|province|state|county|cities|
    towns|villages|communities|areas?|settlements|camps?|enclave|neighbou?rhoods?|municipality|suburbs?|outskirts|
    countryside|quarters?|districts)"""
_NAME = rf"(?:{OPEN}\d+{CLOSE}|[A-Z][\w'’]+\b(?:[ -][A-Z][\w'’]+\b)*)"
# "besieged X", "government-held X", "neighbouring X".
_SIDE = r"""(?:(?:[a-z]+-(?:held|controlled|run|ruled|occupied|administered|besieged)|besieged|encircled|embattled|
    occupied|nearby|neighbou?ring|central|rural|the)\s+)"""
# "the besieged city of X", "X in the Y region", "X [Y region]", "X, Y region,".
PLACE = rf"""(?:(?:the\s+)?(?:[\w-]+\s+){{0,2}}?{_KIND}\s+(?:(?:of|at|in|near)\s+|(?={OPEN})))?
    {_SIDE}{{0,2}}{_NAME}(?:\s+{_KIND}\b)?
    (?:\s*[\[(][^\])]*[\])]|\s+in\s+(?:the\s+)?{_NAME}(?:\s+{_KIND})?|,\s+{_NAME}\s+{_KIND}(?=,|\s+and\b|\s+to\b))?"""
_AND = r"(?:\s*,\s*(?:and\s+|as\s+well\s+as\s+)?|\s+and\s+|\s+as\s+well\s+as\s+|\s+or\s+)"
# Also "from A and from B", "40 people from A and 50 people from B to C".
LIST = rf"{PLACE}(?:{_AND}(?:(?:[\d,.]+\s+\w+\s+)?from\s+)?{PLACE})*"
# A list of ends stops before the start of the next way ("to A, B to C").
_ENDS = rf"{PLACE}(?:{_AND}(?:to\s+|for\s+)?{PLACE}(?!\s+(?:to|for)\s+{_NAME}))*"
# Between "from A" and "to B": a few words that start no other way.
_ASIDE = r"(?:(?!\bfrom\b|\bto\b)[^.;:\n]){0,60}?"
_TO = r"(?:to|towards?|into|for|bound\s+for|heading\s+(?:to|for)|headed\s+(?:to|for))"
_ARRIVED = r"(?:(?:reached|reach|reaching|entered|entering)|(?:arrived|arrive|arriving)\s+(?:safely\s+)?(?:in|at))"
# "left X and crossed into Y", "leaving X headed to Y".
_WENT = rf"""(?:(?:headed|heading|crossed|crossing|went|going|moved|moving|travelled|travelling|walked|walking|
    drove|driven|set\s+off|taken|brought|bused|bussed)\s+(?:by\s+\w+\s+)?{_TO}|{_ARRIVED})"""
_LEFT = r"(?:left|leave|leaves|leaving|departed|depart|fled|flee|fleeing|quit|abandoned|deserted|escaped|escaping)"
_DASH = r"\s*(?:[-–—→>]|->|=>)\s*"
# What of a place says where it lies: "[Y region]", "in the Y region", ", Y region".
_REGIONS_TOLD = re.compile(
    rf"""[\[(][^\])]*[\])] | \bin\s+(?:the\s+)?{_NAME}(?:\s+{_KIND})?
    | (?<=,)\s+{_NAME}\s+{_KIND}(?=,|\s+and\b|\s+to\b|$)""",
    re.VERBOSE,
)
_BARE_NAME = re.compile(r"[A-Z][\w'’-]+(?:\s[A-Z][\w'’-]+){0,2}")
# Characters between a way and the next one of the same list.
_NEXT = 3


@dataclass(frozen=True, slots=True)
class WayRead:
    """One way in a sentence: where it stands there, its two ends, and how many starts share its end.

    ``is_known``: a gazetteer has both names; a name that none has lies somewhere in the article's country.
    """

    start: int
    end: int
    origin: Location
    destination: Location | None
    starts: int
    stops: int
    is_known: bool = True


def ways_in(document: Document, index: int, travellers: tuple[str, ...]) -> list[WayRead]:
    """Return the ways of a sentence in text order, each pair of ends once."""
    sentence = masked(document, index)
    found: dict[tuple[str, str], WayRead] = {}
    for match in _chained(sentence.text, travellers):
        first, last = _listed(match, "starts", sentence.places), _listed(match, "ends", sentence.places)
        is_known = bool(first and last)
        if not first and last:
            first = _unknown(document, match, "starts", last[0])
        elif not last and first:
            last = _unknown(document, match, "ends", first[0])
        stops = len(re.findall(_DASH, match[0])) + 1
        span = sentence.at(match.start()), sentence.at(match.end())
        for origin in first:
            # "from A and B to C": all starts have one end; a list of ends after one start is many ways.
            for destination in last if len(first) == 1 else last[:1]:
                way = WayRead(*span, origin, destination, len(first), stops, is_known)
                if not _is_inside(origin, destination):
                    found.setdefault((_key(origin), _key(destination)), way)
    return sorted(found.values(), key=lambda way: way.start)


def starts_in(text: str, places: list[Location]) -> list[Location]:
    """Return the known places of a piece of masked text that is a list of them."""
    bare = _REGIONS_TOLD.sub(" ", text)
    return [places[int(n)] for n in re.findall(rf"{OPEN}(\d+){CLOSE}", bare)]


def _key(location: Location) -> str:
    return f"{location.place.id} {location.name if location.place.kind == 'country' else ''}"


def _is_inside(origin: Location, destination: Location) -> bool:
    """Whether a way stays in one place or in its own country ("escape from A to other parts of Ukraine")."""
    if is_somewhere_in(origin) or is_somewhere_in(destination):
        return False
    is_own = destination.place.kind == "country" and destination.place.country == origin.place.country
    return is_own or origin.place.id == destination.place.id


def _chained(text: str, travellers: tuple[str, ...]) -> Iterator[re.Match[str]]:
    """The ways of a masked text; bare "A to B" only in a list of such, behind a colon or another way."""
    end = -_NEXT
    for match in _ways(travellers).finditer(text):
        if match["starts_more"] and text[match.start()] != ":" and match.start() - end > _NEXT:
            continue
        end = match.end()
        yield match


def _listed(match: re.Match[str], kind: str, places: list[Location]) -> list[Location]:
    """The known places of a list; what stands in brackets or says in which region is none of it."""
    texts = [v for k, v in match.groupdict().items() if k.startswith(kind) and v]
    found = [x for text in texts for x in starts_in(text, places)]
    if kind == "starts" and match["starts_left"] and " and " not in match["starts_left"]:
        return found[:1]  # "left X, Y region, for Z"
    return found[-1:] if kind == "ends" and match["ends_chain"] else found


def _unknown(document: Document, match: re.Match[str], kind: str, other: Location) -> list[Location]:
    """The one name of an end that no gazetteer has, somewhere in the article's country."""
    text = next(v for k, v in match.groupdict().items() if k.startswith(kind) and v)
    names = _BARE_NAME.findall(_REGIONS_TOLD.sub(" ", text))
    location = nameable_in_country(document, names[0], other) if len(names) == 1 else None
    return [location] if location is not None else []


@functools.cache
def _ways(travellers: tuple[str, ...]) -> re.Pattern[str]:
    stop = rf"{_DASH}{_NAME}"
    return re.compile(
        rf"""(?P<starts_chain>{OPEN}\d+{CLOSE})(?:{stop})*?{_DASH}
          (?P<ends_chain>{OPEN}\d+{CLOSE})(?!{stop})
        | (?P<starts_stops>{_NAME})(?:{stop})+?{_DASH}(?P<ends_stops>{_NAME})(?!{stop})
        | \b(?:[Ff]rom|out\s+of)\s+(?P<starts_from>{LIST}){_ASIDE}\s(?:{_TO}|{_ARRIVED})\s+(?P<ends_from>{_ENDS})
        | \b(?:{_TO}|{_ARRIVED}|arrivals?\s+in)\s+(?P<ends_to>{PLACE})\s+(?:\w+\s+){{0,2}}?
          from\s+(?P<starts_to>{LIST})
        | \b{_LEFT}\s+(?P<starts_left>{PLACE}(?:,\s+{_NAME}(?:\s+{_KIND})?(?=,))?(?:\s+and\s+{PLACE})?),?
          (?:\s+{_TO}|\s+{_ASIDE}{_WENT})\s+(?P<ends_left>{_ENDS})
        | \b(?:(?:link|links|linking|linked|connect|connects|connecting|connected)|and)\s+(?P<starts_link>{PLACE})
          \s+(?:with|to)\s+(?P<ends_link>{PLACE})
        | \b(?:links?|linking|linked|connect(?:s|ing|ed)?|joins?|joining)\s+(?P<starts_joined>{PLACE})
          \s+and\s+(?P<ends_joined>{PLACE})
        | \bbetween\s+(?P<starts_between>{PLACE})\s+and\s+(?P<ends_between>{PLACE})
        | \b(?i:{any_of(travellers)})\s+of\s+(?P<starts_of>{LIST})\s+
          (?:{_ASIDE}\bto\s+(?:leave|go|flee|travel|move|escape|evacuate|drive)\b\s*)?{_ASIDE}\b(?:{_TO}|{_ARRIVED})\s+(?P<ends_of>{PLACE})
        | \A\W*(?:\d+[.)]\s*)?(?P<starts_line>{PLACE})\s+to\s+(?P<ends_line>{PLACE})\W*\Z
        | (?:[:,;]|\band)\s+(?P<starts_more>{PLACE})\s+(?:to|for)\s+(?P<ends_more>{PLACE})""",
        re.VERBOSE,
    )
