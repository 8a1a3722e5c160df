"""Starts: from where do ways out lead of which no end is told with them?

"Humanitarian corridors from A, B and C were agreed": one way out for each, and its end if the next sentence tells
it. "Of them, 720 came from A, B and C": the figure goes with the first.
"""

from __future__ import annotations

import dataclasses
import functools
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from geomap.extract.displacement.completed import goal_behind
from geomap.extract.displacement.figures import uncounted
from geomap.extract.displacement.masked import masked
from geomap.extract.displacement.reading import MoveReading
from geomap.extract.displacement.route_words import listed_words, pattern_of, route_words
from geomap.extract.displacement.routes import RouteReading, find_routes, read_way, tells_corridor
from geomap.extract.displacement.ways import LIST, WayRead, starts_in
from geomap.extract.document import Document
from geomap.extract.lexicon import any_of

if TYPE_CHECKING:
    from geomap.model import Location

# Characters from a figure or verb to the list of places that its people come from.
_NEAR = 40


def find_starts(document: Document, index: int) -> list[RouteReading]:
    """Return the ways out of a sentence that have a start only, where no sentence tells the whole way."""
    text = document.sentences[index].text
    is_told = any(listed_words(name).stand_in(text) for name in ("strong", "evacuations"))
    if not is_told or not document.locations_in(index) or pattern_of("undone").search(text):
        return []
    words = list(pattern_of("strong").finditer(text))
    sentence, found = masked(document, index), []
    for match in _starting().finditer(sentence.text):
        starts = [x for x in starts_in(match["starts"], sentence.places) if x.place.kind != "country"]
        for origin in starts:
            end = goal_behind(document, index, origin)
            if (end is None and not words) or _is_told(document, index, origin):
                continue
            way = WayRead(sentence.at(match.start("word")), sentence.at(match.end()), origin, end, len(starts), 1)
            reading = read_way(document, index, way, words or None)
            found += [reading] if reading is not None else []
    return found


def find_further(document: Document, index: int, told: Sequence[MoveReading]) -> list[MoveReading]:
    """Return the further starts of the ways of counted people, where the article tells of corridors."""
    if not told or not tells_corridor(document.article.text):
        return []
    sentence, found = masked(document, index), []
    for match in _from().finditer(sentence.text):
        starts, at = starts_in(match["starts"], sentence.places), sentence.at(match.start())
        reading = next((r for r in told if starts and _starts_there(r, starts[0], at)), None)
        if reading is not None:
            way = dataclasses.replace(reading, category="evacuation", figure=uncounted(at, "people"))
            found += [dataclasses.replace(way, origin=origin) for origin in starts[1:]]
    return found


def _starts_there(reading: MoveReading, first: Location, at: int) -> bool:
    """Whether the people of a reading come from a list of places that stands close behind their figure or verb."""
    is_near = any(end <= at <= end + _NEAR for end in (reading.figure.noun_end, reading.trigger.idx))
    is_first = reading.origin is not None and reading.origin.place.id == first.place.id
    return is_near and is_first and not reading.category.endswith("_stock")


def _is_told(document: Document, index: int, origin: Location) -> bool:
    """Whether some sentence tells of a whole way from a place, or one before of its start."""
    if any(origin.place.id in _starts_of(document, at) for at in range(index)):
        return True
    return any(
        reading.origin.place.id == origin.place.id
        for at in range(len(document.sentences))
        if len(document.locations_in(at)) > 1
        for reading in find_routes(document, at)
    )


def _starts_of(document: Document, index: int) -> set[str]:
    if not pattern_of("strong").search(document.sentences[index].text):
        return set()
    sentence = masked(document, index)
    found = (starts_in(m["starts"], sentence.places) for m in _starting().finditer(sentence.text))
    return {x.place.id for starts in found for x in starts}


@functools.cache
def _from() -> re.Pattern[str]:
    return re.compile(rf"\b(?P<word>from|out\s+of)\s+(?P<starts>{LIST})", re.VERBOSE)


@functools.cache
def _starting() -> re.Pattern[str]:
    """Such as "corridors for the evacuation of civilians from A, B and C"."""
    words = any_of((*route_words().strong.words, *route_words().evacuations.words))
    aside = r"(?:(?!\bto\b)[^.;:]){0,70}?"
    return re.compile(rf"(?i:\b{words})\b{aside}{_from().pattern}(?!\s+to\s)", re.VERBOSE)
