"""Routes: which ways out does a sentence tell, from where to where?

"from A, B and C to D", "A - B - C", "the A-B corridor", "to D from A", "corridors link A with D". Each start and
end is one evacuation, with or without a figure. Lists of places confuse the parser: they are read from words alone.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from geomap.extract.document import Document
from geomap.extract.lexicon import MoveFrame, move_frames
from geomap.extract.modality import Verdict, reality
from geomap.extract.syntax import climb
from geomap.extract.triggers import Listed
from geomap.model import Location
from geomap.yamlfile import Form, read_yaml

if TYPE_CHECKING:
    from spacy.tokens import Token

_FILE = Path(__file__).parent.parent / "lexicon" / "routes.yml"
# A place in the masked text is its number between these.
_OPEN, _CLOSE = "\x01", "\x02"
_KIND = r"""(?:city|town|village|settlement|community|district|port|region|oblast|province|state|county|cities|
    towns|villages|area)"""
_NAME = rf"(?:{_OPEN}\d+{_CLOSE}|[A-Z][\w'’]+(?:[ -][A-Z][\w'’]+)*)"
# "the besieged city of X", "X in the Y region", "X [Y region]", "X, Y region,".
_PLACE = rf"""(?:(?:the\s+)?(?:\w+\s+)?{_KIND}\s+of\s+)?{_NAME}(?:\s+{_KIND}\b)?
    (?:\s*[\[(][^\])]*[\])]|\s+in\s+(?:the\s+)?{_NAME}\s+{_KIND}|,\s+{_NAME}\s+{_KIND}(?=,|\s+and\b))?"""
_LIST = rf"{_PLACE}(?:(?:\s*,\s*(?:and\s+|as\s+well\s+as\s+)?|\s+and\s+|\s+as\s+well\s+as\s+|\s+or\s+){_PLACE})*"
# Between "from A" and "to B": a few words that start no other way.
_ASIDE = r"(?:(?!\bfrom\b|\bto\b)[^.;:\n]){0,60}?"


# Characters from a verb to the way it goes; a pattern of a way may start with the verb itself.
_BESIDE = 60
_LEAVING = 2


class Words(Form):
    """A list of words with an example of one of them at work."""

    words: tuple[str, ...]
    example: str
    counter_example: str


class RouteWords(Form):
    """All lists of ``lexicon/routes.yml``."""

    strong: Words
    weak: Words
    links: Words
    travellers: Words
    loads: Words


@dataclass(frozen=True, slots=True)
class RouteReading:
    """One way out: the word that told of it, its two ends and who goes there in the text's own word."""

    frame: MoveFrame
    trigger: Token
    origin: Location
    destination: Location
    verdict: Verdict
    travellers: str
    start: int


@functools.cache
def route_words() -> RouteWords:
    """Return the words of routes, read once."""
    return read_yaml(_FILE, RouteWords)


def find_routes(document: Document, index: int) -> list[RouteReading]:
    """Return the ways out that a sentence tells, in text order."""
    text = document.sentences[index].text
    words = list(_route_words_in(document, text))
    if not words or len(document.locations_in(index)) < 2:
        return []
    found: list[RouteReading] = []
    for start, origin, destination in _ends(document, index):
        if origin.place.id == destination.place.id or any(_is_same(r, origin, destination) for r in found):
            continue
        trigger = _trigger(document, index, start, words)
        if trigger is not None:
            frame = next(f for f in move_frames() if f.id == "corridor")
            found.append(
                RouteReading(frame, trigger, origin, destination, _verdict(trigger), _travellers(text), start)
            )
    return found


def _is_same(route: RouteReading, origin: Location, destination: Location) -> bool:
    return (route.origin.place.id, route.destination.place.id) == (origin.place.id, destination.place.id)


def way_beside(document: Document, index: int, char: int) -> tuple[Location, Location] | None:
    """Return the one start and end right behind a character of a sentence; None where none or more do."""
    ways = [(a, b) for start, a, b in _ends(document, index) if char - _LEAVING <= start <= char + _BESIDE]
    return ways[0] if len(ways) == 1 and ways[0][0].place.id != ways[0][1].place.id else None


def tells_route(text: str) -> bool:
    """Whether a text may tell of a way out: it has a word of one, or people go from one name to another."""
    return _strong().stand_in(text) or _travel().search(text) is not None


def has_route_word(text: str) -> bool:
    """Whether a sentence may tell of a way out in a text that tells of one somewhere."""
    return tells_route(text) or _weak().stand_in(text)


@functools.cache
def _strong() -> Listed:
    return Listed(route_words().strong.words)


@functools.cache
def _weak() -> Listed:
    return Listed(route_words().weak.words)


def _route_words_in(document: Document, text: str) -> Iterator[re.Match[str]]:
    """The words of a sentence that tell of ways out; plain travellers only if the article tells of evacuation."""
    strong = _any_of(route_words().strong.words)
    yield from strong.finditer(text)
    if strong.search(document.article.text) is not None:
        yield from _any_of(route_words().weak.words).finditer(text)
        yield from _travel().finditer(text)


@functools.cache
def _travel() -> re.Pattern[str]:
    """Such as "3,233 people from Marsa, Qasra and Dahra to"; the match is the travellers."""
    people = "|".join(route_words().travellers.words)
    return re.compile(rf"\b(?:{people})(?=\s+from\s+[A-Z][^.;:]{{0,120}}?\sto\s+[A-Z])")


def _trigger(document: Document, index: int, start: int, words: Sequence[re.Match[str]]) -> Token | None:
    """The route word nearest to a way that is no load's ("a convoy with aid left A for B")."""
    text = document.sentences[index].text
    near = sorted(words, key=lambda m: (m.start() > start, abs(m.start() - start)))
    between = text[min(near[0].end(), start) : start]
    said = route_words()
    if _any_of(said.loads.words).search(between) and not _any_of(said.travellers.words).search(text):
        return None
    doc, at = document.doc(index), near[0].end() - 1
    return next((t for t in doc if t.idx <= at < t.idx + len(t.text)), None)


def _travellers(text: str) -> str:
    match = _any_of(route_words().travellers.words).search(text)
    return match[0] if match else "people"


def _verdict(trigger: Token) -> Verdict:
    """Whether people could go: of a noun, what its verb says ("corridors will open")."""
    own = reality(trigger)
    if own.reality != "actual" or trigger.pos_ == "VERB":
        return own
    for child, above in climb(trigger):
        if above.pos_ in ("VERB", "AUX"):
            return reality(above) if child.dep_ in ("nsubj", "nsubjpass", "dobj", "attr") else own
    return own


def _ends(document: Document, index: int) -> Iterator[tuple[int, Location, Location]]:
    """The starts and ends of all ways of a sentence, with where in it they stand."""
    masked, places, at = _masked(document, index)
    for match in _ways().finditer(masked):
        first, last = _listed(match, "starts", places), _listed(match, "ends", places)
        for origin in first:
            # "from A and B to C": all starts have one end; a list of ends after one start is many ways.
            ends = last if len(first) == 1 else last[:1]
            yield from ((at(match.start()), origin, destination) for destination in ends)


def _listed(match: re.Match[str], kind: str, places: list[Location]) -> list[Location]:
    """The known places of a list; what stands in brackets or says in which region is none of it."""
    texts = [v for k, v in match.groupdict().items() if k.startswith(kind) and v]
    asides = rf"[\[(][^\])]*[\])]|\bin\s+(?:the\s+)?{_NAME}\s+{_KIND}|(?<=,)\s+{_NAME}\s+{_KIND}(?=,|\s+and\b)"
    bare = [re.sub(asides, " ", text) for text in texts]
    numbers = [int(n) for text in bare for n in re.findall(rf"{_OPEN}(\d+){_CLOSE}", text)]
    found = [places[n] for n in numbers]
    if match.groupdict().get(f"{kind}_left"):
        return found[:1]  # "left X, Y region, for Z"
    return found[-1:] if kind == "ends" and "chain" in str(match.lastgroup) else found


@functools.cache
def _ways() -> re.Pattern[str]:
    links = "|".join(route_words().links.words)
    stop = rf"\s*[-–—]\s*{_NAME}"
    return re.compile(
        rf"""(?P<starts_chain>{_OPEN}\d+{_CLOSE})(?:{stop})*?\s*[-–—]\s*(?P<ends_chain>{_OPEN}\d+{_CLOSE})(?!\s*[-–—]\s*{_NAME})
        | \bfrom\s+(?P<starts_from>{_LIST}){_ASIDE}\s(?:to|towards?|into|for)\s+(?P<ends_from>{_LIST})
        | \b(?:to|reached|for|into)\s+(?P<ends_to>{_PLACE})\s+(?:\w+\s+){{0,2}}?from\s+(?P<starts_to>{_LIST})
        | \b(?:left|leave|leaves|leaving|departed|depart)\s+
          (?P<starts_left>{_PLACE}(?:,\s+{_NAME}(?:\s+{_KIND})?(?=,))?),?
          \s+(?:for|to)\s+(?P<ends_left>{_PLACE})
        | \b(?:(?:{links})|and)\s+(?P<starts_link>{_PLACE})\s+(?:with|to)\s+(?P<ends_link>{_PLACE})
        | \bbetween\s+(?P<starts_between>{_PLACE})\s+and\s+(?P<ends_between>{_PLACE})""",
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
        places.append(location)
        end = last
    starts.append((length, end))
    pieces.append(sentence.text[end:])
    return "".join(pieces), places, lambda i: max(b + i - a for a, b in starts if a <= i)


@functools.cache
def _any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, ordered))})\b", re.IGNORECASE)
