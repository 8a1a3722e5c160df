"""Completed: the ends of a figure's way that the parser lost, or that stand around its clause.

"fled A for B, C and D", "left A, in the Y region, for B", "400 people were evacuated from A. They were taken to B".
"""

from __future__ import annotations

import dataclasses
import functools
import re

from geomap.extract.displacement.masked import CLOSE, OPEN, masked
from geomap.extract.displacement.reading import MoveReading
from geomap.extract.displacement.route_words import pattern_of, route_words
from geomap.extract.displacement.terms import is_abroad
from geomap.extract.displacement.ways import WayRead, ways_in
from geomap.extract.document import Document
from geomap.extract.lexicon import any_of
from geomap.model import Location

_FLOWS = ("idp_flow", "evacuation", "refugee_flow")
# Characters from a verb to the way it goes; a pattern of a way may start with the verb itself.
_BESIDE = 60
_LEAVING = 2
_NOT = re.compile(r"\b(?:not|never|unable|refused)\b|n['’]t\b", re.IGNORECASE)
_PART_OF_ALL = re.compile(
    r"\b(?:out\s+)?of\s+(?:them|these|those|this\s+(?:number|figure)|that\s+(?:number|figure)|the\s+total)\b",
    re.IGNORECASE,
)
# Characters before a way that may call it one.
_LEAD = 40
# Places of a list that are told to the reader; the map's point is the first one's.
_LISTED = 4


def completed(document: Document, index: int, reading: MoveReading) -> MoveReading:
    """Return the reading with both ends of its way, as far as they are told."""
    if reading.category not in (*_FLOWS, "return"):
        return reading
    reading = _with_way(document, index, reading)
    if reading.category == "return":
        return reading
    if reading.origin is None and reading.destination is not None:
        reading = dataclasses.replace(reading, origin=_left_here(document, index, reading.destination))
    if reading.origin is not None and reading.destination is not None:
        is_one = reading.origin.name in reading.destination.name.split(", ")
        return dataclasses.replace(reading, origin=None) if is_one else reading
    if reading.origin is None:
        return reading
    destination = goal_behind(document, index, reading.origin) or _goal_of_all(document, index, reading.origin)
    return reading if destination is None else _to(reading, destination)


def goal_behind(document: Document, index: int, origin: Location) -> Location | None:
    """Return where the next sentence says that they went ("They were taken to B")."""
    if index + 1 >= len(document.sentences):
        return None
    text = document.sentences[index + 1].text
    if not _again().match(text) or _NOT.search(text) or pattern_of("undone").search(text):
        return None
    sentence = masked(document, index + 1)
    match = _onward().match(sentence.text)
    found = sentence.places[int(match["end"])] if match is not None else None
    return found if found is not None and found.place.id != origin.place.id else None


def _goal_of_all(document: Document, index: int, origin: Location) -> Location | None:
    """Where those went of whom a sentence counts a part ("Of them, 400 came from A"), in the sentence before."""
    if index == 0 or not _PART_OF_ALL.search(document.sentences[index].text):
        return None
    ways = ways_in(document, index - 1, route_words().travellers.words)
    goals = {w.destination.place.id: w.destination for w in ways if w.destination is not None}
    found = next(iter(goals.values())) if len(goals) == 1 else None
    return found if found is not None and found.place.id != origin.place.id else None


def _to(reading: MoveReading, destination: Location) -> MoveReading:
    is_flow = reading.category == "idp_flow" and is_abroad(reading.origin, destination)
    category = "refugee_flow" if is_flow else reading.category
    return dataclasses.replace(reading, category=category, destination=destination)


def _with_way(document: Document, index: int, reading: MoveReading) -> MoveReading:
    """The reading with the way that stands right behind its word or figure, else the only one near it."""
    if not document.locations_in(index):
        return reading
    ways = ways_in(document, index, route_words().travellers.words)
    text, trigger = document.sentences[index].text, reading.trigger
    figure_end, word_end = reading.figure.noun_end, trigger.idx + len(trigger.text)
    own = [w for w in ways if figure_end <= w.start and not text[figure_end : w.start].strip()]
    # A way may start with the word that tells of the figure ("fled A for B").
    own = own or [w for w in ways if trigger.idx <= w.start <= word_end + 1 and _is_of(reading, w)]
    if own:
        origin, destination = _kept(reading.origin, _starts(own)), _kept(reading.destination, _ends(own))
        return dataclasses.replace(reading, origin=origin, destination=destination)
    near = [w for w in ways if trigger.idx - _LEAVING <= w.start <= trigger.idx + _BESIDE]
    near = near or _before(document, index, reading, ways)
    if len(near) != 1 or (reading.origin is not None and reading.destination is not None):
        return reading
    return dataclasses.replace(reading, origin=near[0].origin, destination=near[0].destination)


def _before(document: Document, index: int, reading: MoveReading, ways: list[WayRead]) -> list[WayRead]:
    """The one way that a sentence tells before who goes it ("on the route A - B 800 people were moved")."""
    first = [w for w in ways if w.end <= reading.figure.start]
    if len(ways) != 1 or not first or reading.origin is None:
        return []
    way = ways[0]
    is_same = way.origin.place.id == reading.origin.place.id
    lead = document.sentences[index].text[max(0, way.start - _LEAD) : way.start]
    return [way] if is_same or any(pattern_of(name).search(lead) for name in ("strong", "ways")) else []


def _is_of(reading: MoveReading, way: WayRead) -> bool:
    """Whether a way is that of the figure, and not of one before that has its start only ("40 to B, 60 to C")."""
    is_before = reading.figure.start < way.start
    return is_before or reading.origin is None or reading.origin.place.id != way.origin.place.id


def _kept(read: Location | None, way: Location) -> Location:
    """The end of a way, under the names that the grammar read for the same place ("Zabrat, Marsa")."""
    return read if read is not None and read.place.id == way.place.id and "," in read.name else way


def _starts(ways: list[WayRead]) -> Location:
    return _together([w.origin for w in ways if w.destination == ways[0].destination])


def _ends(ways: list[WayRead]) -> Location:
    return _together([w.destination for w in ways if w.destination and w.origin == ways[0].origin])


def _together(places: list[Location]) -> Location:
    """The first of several places under the names of all."""
    names = list(dict.fromkeys(x.name for x in places))[:_LISTED]
    return places[0] if len(names) == 1 else dataclasses.replace(places[0], name=", ".join(names))


def _left_here(document: Document, index: int, destination: Location) -> Location | None:
    """The one place that a sentence tells people to flee ("Those fleeing A crossed over: 300 arrived in B")."""
    if not _leaving().search(document.sentences[index].text):
        return None
    sentence = masked(document, index)
    found = [sentence.places[int(m["start"])] for m in _left().finditer(sentence.text)]
    is_other = len(found) == 1 and found[0].place.id != destination.place.id
    return found[0] if is_other and found[0].place.kind != "country" else None


@functools.cache
def _leaving() -> re.Pattern[str]:
    return re.compile(r"\b(?:flee(?:ing|s)?|fled|escap(?:ed|ing|e)|leaving)\b", re.IGNORECASE)


@functools.cache
def _left() -> re.Pattern[str]:
    place = rf"(?:the\s+)?(?:(?:\w+\s+){{1,2}}of\s+)?{OPEN}(?P<start>\d+){CLOSE}"
    return re.compile(rf"{_leaving().pattern}\s+(?:from\s+)?{place}", re.IGNORECASE)


@functools.cache
def _again() -> re.Pattern[str]:
    """How a sentence begins that goes on with the people of the one before."""
    return re.compile(rf"\W*{any_of(route_words().again.words)}\b", re.IGNORECASE)


@functools.cache
def _onward() -> re.Pattern[str]:
    return re.compile(
        rf"""\W*{any_of(route_words().again.words)}\b[^.;:]{{0,60}}?
        \b{any_of(route_words().onward.words)}\s(?:[^.;:]{{0,50}}?\s)?(?:to|for|in|at|into|towards?)?\s*
        (?:the\s+)?(?:(?:\w+\s+){{1,3}}of\s+)?{OPEN}(?P<end>\d+){CLOSE}""",
        re.VERBOSE | re.IGNORECASE,
    )
