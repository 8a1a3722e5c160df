"""Displacement: how many people left their homes, from where to where?

A figure counts when the people it counts stand in a slot of a frame of displacement.yml: they flee, are displaced,
are refugees. Figures of the killed, the trapped or the hungry stand in no such slot.
"""

from __future__ import annotations

import dataclasses
import functools
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from geomap.extract.displacement.context import goes_elsewhere, is_drill, is_treated, is_visitor, tells_danger
from geomap.extract.displacement.followups import follow_ups, totals
from geomap.extract.displacement.frames import (
    carriers,
    fills,
    head_of,
    in_numbers,
    matches,
    numbered_by,
    triggers_of,
)
from geomap.extract.displacement.parts import once
from geomap.extract.displacement.places import way_of
from geomap.extract.displacement.reading import MoveReading
from geomap.extract.displacement.routes import find_routes, way_beside
from geomap.extract.displacement.surface import read_surface, tells_displacement
from geomap.extract.document import REGIONS, Document
from geomap.extract.lexicon import MoveFrame, move_frames, reporting
from geomap.extract.modality import Verdict, reality
from geomap.extract.quantities import CountedThing, find_quantities
from geomap.extract.syntax import climb, objects, prepositional
from geomap.model import Location, Quantity

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["MoveReading", "figures_of_people", "find_moves", "is_about"]

# People of a settlement whose population no gazetteer tells; more than that fled from a region.
_USUAL_PEOPLE = 50_000
_HOMES = re.compile(r"^(?:homes?|houses?|properties|apartments?|dwellings?)$", re.IGNORECASE)
_RUINED = re.compile(
    r"\s+(?:(?:were|have\s+been|had\s+been|was)\s+)?(?:damaged|destroyed|flooded|burnt|burned|hit)\b"
)
# Fewer people than these who go are told of for something else: suspects, visitors, a couple.
_FEW, _MANY = 3, 10
_FLOWS = frozenset({"idp_flow", "refugee_flow", "evacuation", "return"})
# "some families", "many people" give no figure at all.
_NO_FIGURE = re.compile(r"^(?:some|many|numerous|countless|various)$", re.IGNORECASE)


def find_moves(document: Document, index: int) -> list[MoveReading]:
    """Return the displacement figures of a sentence, whether or not they happened, in text order."""
    figures = figures_of_people(document, document.sentences[index].text)
    told = _told(document, index, figures)
    told += totals(document, index, figures, told) + _estimates(document.doc(index), figures, told)
    told += follow_ups(
        document,
        index,
        figures,
        told,
        functools.partial(_told_in, document),
        functools.partial(_uncounted_in, document),
    )
    return told + _routes(document, index, figures, told)


def figures_of_people(document: Document, text: str) -> list[CountedThing]:
    """Return the figures of a sentence that may count people who left; it need not be parsed for that."""
    return [f for f in find_quantities(text) if _counts_people(document, f) and _is_of_residents(text, f)]


def _told_in(document: Document, index: int) -> list[MoveReading]:
    return _told(document, index, figures_of_people(document, document.sentences[index].text))


def _uncounted_in(document: Document, index: int) -> list[MoveReading]:
    """Who is told in a sentence to leave, without a figure ("Displacement from Marsa continues.")."""
    nobody = CountedThing(0, 0, Quantity(None, "approximately", ""), "", 0, 0, None, "")
    found = []
    for token in document.doc(index):
        frames = (f for f in move_frames() if f.category in _FLOWS and not f.needs_topic and not f.needs_danger)
        frame = next((f for f in frames if matches(document, index, f, token)), None)
        reading = _located(document, index, frame, token, nobody, token) if frame is not None else None
        if reading is not None and reading.verdict.reality == "actual":
            found.append(reading)
    return found


def _told(document: Document, index: int, figures: Sequence[CountedThing]) -> list[MoveReading]:
    """The figures of which words of their own sentence say that people left."""
    found = [reading for figure in figures if (reading := _read_figure(document, index, figure)) is not None]
    return [_completed(document, index, r) for r in once(document.sentences[index].text, figures, found)]


def _completed(document: Document, index: int, reading: MoveReading) -> MoveReading:
    """The reading with both ends of its way where the parser lost one ("left X, Y region, for Z")."""
    is_flow = reading.category in ("idp_flow", "evacuation", "refugee_flow")
    if not is_flow or (reading.origin is not None and reading.destination is not None):
        return reading
    way = way_beside(document, index, reading.trigger.idx)
    return reading if way is None else dataclasses.replace(reading, origin=way[0], destination=way[1])


def _counts_people(document: Document, figure: CountedThing) -> bool:
    """Whether a figure may be of people: with their noun or none, or of homes, which are evacuated."""
    if figure.noun_class == "casualties":
        return False
    if figure.noun_class in ("people", "households", "displaced") or figure.unit is not None or not figure.noun:
        return True
    return _counts_homes(figure) or document.gazetteer.demonym_country(figure.noun) is not None


def _is_of_residents(text: str, figure: CountedThing) -> bool:
    """Whether those counted may live there, and a figure is given at all: "some families" gives none."""
    if _NO_FIGURE.match(figure.quantity.text):
        return False
    if _counts_homes(figure) and _RUINED.match(text, figure.noun_end):
        return False
    return not (figure.noun and is_visitor(figure.noun, text[figure.end : figure.noun_start]))


def _counts_homes(figure: CountedThing) -> bool:
    return _HOMES.match(figure.noun) is not None


def _read_figure(document: Document, index: int, figure: CountedThing) -> MoveReading | None:
    """What the grammar says of a figure, else what stands beside it."""
    doc = document.doc(index)
    head = head_of(doc, figure)
    if head is None:
        return None
    head = head if figure.noun else in_numbers(head)
    reading = _read(document, index, figure, head)
    if reading is None and not figure.noun:
        counted = numbered_by(head)
        reading = _read(document, index, figure, counted, is_number=True) if counted is not None else None
    return reading or _read_beside(document, index, figure, head)


def _read(
    document: Document, index: int, figure: CountedThing, head: Token, is_number: bool = False
) -> MoveReading | None:
    """What the words around the counted noun say; of "the number of X reached" only those on the noun itself."""
    for trigger in triggers_of(head):
        if is_number and trigger != head and not head.is_ancestor(trigger):
            continue
        for frame in move_frames():
            if _counts_homes(figure) and frame.category != "evacuation":
                continue
            if not matches(document, index, frame, trigger) or not fills(frame, trigger, head):
                continue
            if not is_about(document.article.text, frame) or not _is_enough(frame, figure):
                continue
            if trigger.lemma_ in ("flee", "escape") and goes_elsewhere(objects(trigger)):
                continue
            if _is_called(frame, trigger, head) and (is_treated(head) or _is_only_meant(figure, head)):
                continue
            told = _of_whole(figure) if trigger.dep_ in ("acl", "relcl") and trigger.head == head else figure
            reading = _located(document, index, frame, trigger, told, head)
            if reading is not None:
                return reading
    return None


def _of_whole(figure: CountedThing) -> CountedThing:
    """Of "half of the 4,000 people displaced from X returned" the 4,000 whom the participle counts."""
    return dataclasses.replace(figure, quantity=figure.whole) if figure.whole is not None else figure


def is_about(text: str, frame: MoveFrame) -> bool:
    """Return whether the article tells of what the frame asks for, where its words are too common alone."""
    if not frame.needs_topic and not frame.needs_danger:
        return True
    return tells_displacement(text) or (frame.needs_danger and tells_danger(text))


def _is_enough(frame: MoveFrame, figure: CountedThing) -> bool:
    """Whether the figure is large and plain enough for the frame's words; "two men came in" displaces nobody."""
    value, is_people = figure.quantity.value, figure.unit != "households"
    if frame.subject_is and figure.unit is None and not figure.noun:
        return False
    if value is None or not is_people or not figure.quantity.text:
        return True
    is_weak = frame.needs_topic or frame.needs_danger or bool(frame.subject_is)
    return value >= (_MANY if is_weak else _FEW) or frame.category == "evacuation"


def _is_called(frame: MoveFrame, trigger: Token, head: Token) -> bool:
    """Whether people are only called displaced, while anything may be told of them ("652 refugees voted")."""
    if any(c.lower_ in ("newly", "recently", "freshly") for c in (*trigger.children, *head.children)):
        return False  # "4,000 newly displaced people need shelter" tells both
    is_noun = "self" in frame.people and trigger.lemma_.lower() in frame.nouns
    return is_noun or (trigger.dep_ == "amod" and trigger.head == head)


def _is_only_meant(figure: CountedThing, head: Token) -> bool:
    """Whether "thousands of displaced families" are only whom something is about, and nobody counts them."""
    top = carriers(head)[-1]
    return (
        figure.quantity.value is None
        and top.dep_ == "pobj"
        and top.head.lower_ in ("among", "for", "to", "with", "by")
    )


def _read_beside(document: Document, index: int, figure: CountedThing, head: Token) -> MoveReading | None:
    sentence = document.sentences[index]
    places = [x.mention.start - sentence.start for x in document.locations_in(index)]
    beside = read_surface(sentence.text, document.doc(index), figure, places)
    if beside is None or (_counts_homes(figure) and beside.frame.category != "evacuation"):
        return None
    if beside.trigger.dep_ == "amod" and beside.trigger.head == head and is_treated(head):
        return None
    reading = _located(document, index, beside.frame, beside.trigger, beside.figure, head)
    row = _row_of(document, index, figure)
    if reading is None or row is None or reading.category.endswith("_stock"):
        return reading
    return dataclasses.replace(reading, origin=row)


def _row_of(document: Document, index: int, figure: CountedThing) -> Location | None:
    """The place right before a figure, which it belongs to in lists ("Marsa: 400 evacuated, Dahra 70")."""
    sentence = document.sentences[index]
    for x in document.locations_in(index):
        between = sentence.text[max(0, x.end - sentence.start) : figure.start]
        if x.end - sentence.start <= figure.start and not between.strip(" :-–|,\t\n"):
            return x
    return None


def _large_enough(document: Document, index: int, origin: Location | None, figure: CountedThing) -> Location | None:
    """The origin, or the region around it where the sentence names none and so many cannot have lived there."""
    value, sentence = figure.quantity.value, document.sentences[index]
    if origin is None or value is None or sentence.start <= origin.mention.start < sentence.end:
        return origin
    if origin.geo_precision == 3 or value <= (origin.place.population or _USUAL_PEOPLE):
        return origin
    return document.focus(index, REGIONS - {"country"}) or document.region_of(origin) or origin


def _located(
    document: Document, index: int, frame: MoveFrame, trigger: Token, figure: CountedThing, head: Token
) -> MoveReading | None:
    way = way_of(document, index, frame, trigger, head)
    if way is None:
        return None
    way = dataclasses.replace(way, origin=_large_enough(document, index, way.origin, figure))
    if is_drill(trigger):
        return None
    is_told = _is_told_past(trigger) or _is_not_before(trigger)
    verdict = Verdict("actual") if is_told else reality(trigger)
    if verdict.reality == "actual" and trigger.dep_ in ("amod", "acl", "compound"):
        verdict = reality(head)
    if _counts_homes(figure):
        figure = dataclasses.replace(figure, unit="households")
    is_moved = frame.term == "relocated" and not tells_displacement(document.article.text)
    if figure.noun_class == "armed" and (way.category != "evacuation" or is_moved):
        return None  # fighters who flee, are driven out or posted elsewhere are no displaced people
    if way.category == "idp_stock" and frame.term == "refugee":
        frame = frame.model_copy(update={"term": "displaced" if trigger.lemma_ == "register" else "sheltered"})
    if way.category == "refugee_flow" and frame.term == "displaced":
        frame = frame.model_copy(update={"term": "refugee"})
    return MoveReading(
        frame, way.category, trigger, figure, way.origin, way.destination, verdict, place_text=way.text
    )


def _is_not_before(trigger: Token) -> bool:
    """Whether a negation is of the time only ("but not before thousands had left")."""
    marks = [c for c in trigger.children if c.lower_ in ("before", "until")]
    return any(c.i > 0 and c.doc[c.i - 1].lower_ == "not" for c in marks)


def _is_told_past(trigger: Token) -> bool:
    """Whether the trigger is a plain past beside an order or plan ("ordered an alert, and X evacuated 40")."""
    kinds = {c.dep_ for c in trigger.children}
    is_plain = trigger.tag_ == "VBD" and trigger.dep_ in ("ccomp", "conj") and "nsubj" in kinds
    return is_plain and not kinds & {"aux", "neg", "mark"} and reality(trigger).reality == "planned"


def _routes(
    document: Document, index: int, figures: Sequence[CountedThing], told: Sequence[MoveReading]
) -> list[MoveReading]:
    """The ways out of a sentence that no figure of it has gone; "192 people from A to B" counts those who go."""
    text = document.sentences[index].text
    free = [f for f in figures if f.unit is not None and all(f.start != r.figure.start for r in told)]
    gone = {(r.origin.place.id, r.destination.place.id) for r in told if r.origin and r.destination}
    found = []
    for r in find_routes(document, index):
        if (r.origin.place.id, r.destination.place.id) in gone:
            continue
        counted = next((f for f in free if not text[f.noun_end : r.start].strip() and f.noun_end <= r.start), None)
        free = [f for f in free if f is not counted]
        figure = counted or _uncounted(r.start, r.travellers)
        found.append(MoveReading(r.frame, "evacuation", r.trigger, figure, r.origin, r.destination, r.verdict))
    return found


def _uncounted(start: int, travellers: str) -> CountedThing:
    """Who goes, where no figure is given."""
    quantity = Quantity(None, "approximately", travellers)
    return CountedThing(start, start, quantity, "", start, start, "people", "people")


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
