"""Find moves: all figures of people who left and all ways out that a sentence tells."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Sequence
from typing import TYPE_CHECKING

from geomap.extract.displacement.completed import completed
from geomap.extract.displacement.figures import figures_of_people, uncounted
from geomap.extract.displacement.followups import follow_ups, tells_others, totals
from geomap.extract.displacement.frames import head_of, matches
from geomap.extract.displacement.listed import listed
from geomap.extract.displacement.reading import MoveReading
from geomap.extract.displacement.routes import RouteReading, find_routes
from geomap.extract.displacement.starts import find_further, find_starts
from geomap.extract.displacement.told import located, told_of
from geomap.extract.document import Document
from geomap.extract.grammar.syntax import climb, prepositional
from geomap.extract.lexicon import MoveFrame, move_frames, reporting
from geomap.extract.quantities import CountedThing
from geomap.extract.triggers import RUN_ON, Phrases
from geomap.model import Quantity

if TYPE_CHECKING:
    from spacy.tokens import Doc

_FLOWS = frozenset({"idp_flow", "refugee_flow", "evacuation", "return"})


def find_moves(document: Document, index: int) -> list[MoveReading]:
    """Return the displacement figures of a sentence, whether or not they happened, in text order."""
    figures = figures_of_people(document, document.sentences[index].text)
    told = told_of(document, index, figures)
    told = [completed(document, index, r) if r not in told else r for r in listed(document, index, figures, told)]
    told += totals(document, index, figures, told) + _estimates(document.doc(index), figures, told)
    told += follow_ups(
        document,
        index,
        figures,
        told,
        functools.partial(_told_in, document),
        functools.partial(_uncounted_in, document),
    )
    routes = _routes(document, index, figures, told)
    gone = {_ends(r) for r in (*told, *routes)}
    return told + routes + [r for r in find_further(document, index, told) if _ends(r) not in gone]


def _ends(reading: MoveReading) -> tuple[str, ...]:
    return tuple(x.place.id if x is not None else "" for x in (reading.origin, reading.destination))


def _told_in(document: Document, index: int) -> list[MoveReading]:
    return told_of(document, index, figures_of_people(document, document.sentences[index].text))


def _uncounted_in(document: Document, index: int) -> list[MoveReading]:
    """Who is told in a sentence to leave, without a figure ("Displacement from Marsa continues.")."""
    if not _flow_words().among(document.words(index)):
        return []
    nobody = CountedThing(0, 0, Quantity(None, "approximately", ""), "", 0, 0, None, "")
    found = []
    for token in document.doc(index):
        frame = next((f for f in _flow_frames() if matches(document, index, f, token)), None)
        reading = located(document, index, frame, token, nobody, token) if frame is not None else None
        if reading is not None and reading.verdict.reality == "actual":
            found.append(completed(document, index, reading))
    return found


@functools.cache
def _flow_frames() -> tuple[MoveFrame, ...]:
    return tuple(f for f in move_frames() if f.category in _FLOWS and not f.needs_topic and not f.needs_danger)


@functools.cache
def _flow_words() -> Phrases:
    """The words of which one stands where people are told to leave."""
    return Phrases([w for f in _flow_frames() for w in (*f.verbs, *f.nouns, *f.adjectives)], before=RUN_ON)


def _routes(
    document: Document, index: int, figures: Sequence[CountedThing], told: Sequence[MoveReading]
) -> list[MoveReading]:
    """The ways out of a sentence that no figure of it has gone; "192 people from A to B" counts those who go."""
    free = [f for f in figures if f.unit is not None and all(f.start != r.figure.start for r in told)]
    ways = find_routes(document, index)
    ways += find_starts(document, index)
    new = [r for r in ways if not _is_gone(r, told)]
    text, found = document.sentences[index].text, []
    for r in new:
        counted = _travelling(text, r, free, is_only=len(ways) == 1)
        free = [f for f in free if f is not counted]
        figure = counted or uncounted(r.start, r.travellers)
        found.append(MoveReading(r.frame, "evacuation", r.trigger, figure, r.origin, r.destination, r.verdict))
    return found


def _is_gone(route: RouteReading, told: Sequence[MoveReading]) -> bool:
    """Whether those that a figure counts went a way, or left its start for several ends of which it is one."""
    readings = [r for r in told if r.origin is not None and r.origin.place.id == route.origin.place.id]
    if route.destination is None:
        return bool(readings)
    name = route.destination.name
    return any(r.destination is not None and name in r.destination.name.split(", ") for r in readings)


def _travelling(text: str, route: RouteReading, free: Sequence[CountedThing], is_only: bool) -> CountedThing | None:
    """Who goes a way: the people right before it, or the only ones of a sentence with this one way."""
    before = (f for f in free if f.noun_end <= route.start and not text[f.noun_end : route.start].strip())
    right_before = next(before, None)
    if right_before is not None or not is_only or len(free) != 1 or tells_others(text):
        return right_before
    return free[0]


def _estimates(doc: Doc, figures: list[CountedThing], found: list[MoveReading]) -> list[MoveReading]:
    """Bare figures of another speaker for the same thing: "higher than the minister's estimate of 80,000"."""
    if not found:
        return []
    extra = []
    taken = {f.figure.start for f in found}
    for figure in figures:
        head = head_of(doc, figure) if figure.start not in taken and not figure.noun else None
        if head is None:
            continue
        noun = next((up for _, up in climb(head) if up.pos_ == "NOUN"), None)
        if noun is None or noun.lemma_ not in reporting("figure_noun"):
            continue
        owner = next((t for t in noun.children if t.dep_ == "poss"), None)
        owner = owner or next(iter(prepositional(noun, ("by", "from"))), None)
        if owner is not None:
            extra.append(dataclasses.replace(found[0], figure=figure, is_estimate_of=owner))
    return extra
