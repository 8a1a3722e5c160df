"""Listed figures: which further figures of a sentence are told by the word of the one before?

"3,000 people were displaced in Marsa, 1,200 in Dahra and 400 in Qasra": the word that displaces is said once, and
each figure behind it has only its place.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence

from geomap.extract.displacement.reading import MoveReading
from geomap.extract.document import Document
from geomap.extract.quantities import CountedThing
from geomap.model import Location

# Before a further figure stand only these ...
_BEFORE = re.compile(r"(?:,|;|\band\b|\bwhile\b|\bwith\b|\bplus\b|\bbut\b)\s*$", re.IGNORECASE)
# ... and behind it and its noun, at once, the place.
_BEHIND = re.compile(
    r"\s+(?:more\s+|others\s+)?(?P<word>(?:across|over)\s+the\s+(?:border|frontier|river)\s+(?:in)?to|in|from|at|to|around|near|into|across)\s+(?:the\s+)?(?:[\w-]+\s+){0,3}?(?:of\s+)?$",
    re.IGNORECASE,
)
_REACH = 60


def listed(
    document: Document, index: int, figures: Sequence[CountedThing], told: Sequence[MoveReading]
) -> list[MoveReading]:
    """Return the readings with the figures that a list goes on with, each at its own place.

    Behind a colon a list only says again what the figure before it counts.
    """
    found: list[MoveReading] = []
    last: MoveReading | None = None
    for figure in figures:
        own = next((r for r in told if r.figure.start == figure.start), None)
        is_free = own is None or (last is not None and own.trigger.i == last.trigger.i)
        further = _further(document, index, figure, last) if last is not None and is_free else None
        last = further or own
        found += [last] if last is not None else []
    return [*found, *(r for r in told if all(f.figure.start != r.figure.start for f in found))]


def _further(document: Document, index: int, figure: CountedThing, last: MoveReading) -> MoveReading | None:
    if figure.noun_class in ("casualties", "armed") or (figure.unit is None and figure.noun):
        return None
    counted = dataclasses.replace(figure, unit=figure.unit or last.figure.unit)
    place = _place_before(document, index, figure)
    if place is not None and last.destination is not None:
        return dataclasses.replace(last, figure=counted, destination=place)
    text = document.sentences[index].text
    placed = _place_behind(document, index, figure)
    if placed is None or not _BEFORE.search(text, max(0, figure.start - _REACH), figure.start):
        return None
    return _at(last, counted, *placed) if _has_place_between(document, index, last.figure, figure) else None


def _at(last: MoveReading, figure: CountedThing, word: str, place: Location) -> MoveReading:
    """The same told of a further figure: from, to or in its own place."""
    is_goal = word.endswith("to")
    stays = last.origin is None or (last.destination is not None and last.category.endswith("_stock"))
    if is_goal or (stays and word != "from"):
        return dataclasses.replace(last, figure=figure, destination=place)
    return dataclasses.replace(last, figure=figure, origin=place, destination=None)


def _place_before(document: Document, index: int, figure: CountedThing) -> Location | None:
    """The place of "Chad took in 2,000 and Sudan 4,000", right before the figure."""
    sentence = document.sentences[index]
    for x in document.locations_in(index):
        start, end = x.mention.start - sentence.start, x.mention.end - sentence.start
        between = sentence.text[end : figure.start].strip() if end <= figure.start else "-"
        if not between and _BEFORE.search(sentence.text[:start].rstrip() + " "):
            return x
    return None


def _place_behind(document: Document, index: int, figure: CountedThing) -> tuple[str, Location] | None:
    sentence = document.sentences[index]
    for x in document.locations_in(index):
        start = x.mention.start - sentence.start
        match = _BEHIND.fullmatch(sentence.text[figure.noun_end : start]) if start >= figure.noun_end else None
        if match is not None and x.mention.role == "place":
            return match["word"].lower(), x
    return None


def _has_place_between(document: Document, index: int, first: CountedThing, second: CountedThing) -> bool:
    """Whether the figure before has a place of its own, so that this is a list of places."""
    at = document.sentences[index].start
    return any(first.end <= x.mention.start - at < second.start for x in document.locations_in(index))
