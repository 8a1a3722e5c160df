"""Move readings: what do the words of its own sentence say of a figure of people?"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from geomap.extract.displacement.completed import completed
from geomap.extract.displacement.context import (
    are_captives,
    goes_elsewhere,
    is_drill,
    is_only_spoken_of,
    is_scene,
    is_treated,
    is_visitor,
    tells_danger,
)
from geomap.extract.displacement.figures import counts_homes, is_enough, of_whole
from geomap.extract.displacement.frames import (
    carriers,
    fills,
    frames_with,
    head_of,
    in_numbers,
    matches,
    numbered_by,
    triggers_of,
)
from geomap.extract.displacement.parts import once
from geomap.extract.displacement.reading import MoveReading
from geomap.extract.displacement.surface import read_surface, tells_displacement
from geomap.extract.displacement.way import way_of
from geomap.extract.document import REGIONS, Document
from geomap.extract.grammar.syntax import objects, prepositional
from geomap.extract.lexicon import MoveFrame
from geomap.extract.modality import Verdict, reality
from geomap.extract.quantities import CountedThing
from geomap.model import Location

if TYPE_CHECKING:
    from spacy.tokens import Token

# People of a settlement whose population no gazetteer tells; more than that fled from a region.
_USUAL_PEOPLE = 50_000
# People of a town and the villages that go by its name, to one in the town.
_AROUND = 3


def told_of(document: Document, index: int, figures: Sequence[CountedThing]) -> list[MoveReading]:
    """Return the figures of which words of their own sentence say that people left."""
    found = [reading for figure in figures if (reading := _read_figure(document, index, figure)) is not None]
    return [completed(document, index, r) for r in once(document.sentences[index].text, figures, found)]


def _read_figure(document: Document, index: int, figure: CountedThing) -> MoveReading | None:
    """What the grammar says of a figure, else what stands beside it."""
    doc = document.doc(index)
    head = head_of(doc, figure)
    if head is None or _are_visitors(head):
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
    """The nearest of what the words around the counted noun say; that they returned before that they had stayed."""
    readings = _readings(document, index, figure, head, is_number)
    first = next(readings, None)
    if first is None or not head.is_ancestor(first.trigger):
        return first
    if first.verdict.reality in ("failed", "denied"):
        return next(
            (r for r in readings if r.verdict.reality == "actual"), first
        )  # "who refused to leave were moved"
    stays = first.category == "idp_stock" and first.trigger.dep_ in ("acl", "relcl")
    return next((r for r in readings if r.category == "return"), first) if stays else first


def _readings(
    document: Document, index: int, figure: CountedThing, head: Token, is_number: bool
) -> Iterator[MoveReading]:
    """What the words around the counted noun say; of "the number of X reached" only those on the noun itself."""
    for trigger in triggers_of(head):
        if is_number and trigger != head and not _is_below(trigger, head):
            continue
        told = of_whole(figure) if trigger.dep_ in ("acl", "relcl") and trigger.head == head else figure
        for frame in frames_with(trigger):
            if not _may_tell(document, index, figure, frame, trigger, head):
                continue
            reading = located(document, index, frame, trigger, told, head)
            if reading is not None:
                yield reading


def _are_visitors(head: Token) -> bool:
    """Whether what stands beside the figure says that they do not live there ("the crew of a ship, 23 people")."""
    return any(noun != head and is_visitor(noun.lower_, "") for noun in carriers(head))


def _is_below(trigger: Token, head: Token) -> bool:
    """Whether a word hangs on the counted noun, or on the number that counts it ("number of people uprooted")."""
    return any(noun == trigger.head or noun.is_ancestor(trigger) for noun in carriers(head) if noun.pos_ == "NOUN")


def _may_tell(
    document: Document, index: int, figure: CountedThing, frame: MoveFrame, trigger: Token, head: Token
) -> bool:
    """Whether a frame's words tell of the counted, and so many can be displaced in such words."""
    text = document.article.text
    if counts_homes(figure) and frame.category != "evacuation":
        return False
    if not matches(document, index, frame, trigger) or not fills(frame, trigger, head):
        return False
    if not is_about(text, frame) or not is_enough(frame, figure, tells_displacement(text)):
        return False
    if _leaves_scene(trigger) or is_only_spoken_of(trigger) or are_captives(head):
        return False
    return not (_is_called(frame, trigger, head) and (is_treated(head) or _is_only_meant(figure, head)))


def _leaves_scene(trigger: Token) -> bool:
    """Whether people only run out of a building or into the street ("fled the church")."""
    left = objects(trigger) if trigger.lemma_ in ("flee", "escape") else []
    cleared = prepositional(trigger, ("from",)) if trigger.lemma_ in ("evacuate", "evacuation") else []
    return goes_elsewhere(left) or is_scene([*left, *cleared])


def is_about(text: str, frame: MoveFrame) -> bool:
    """Return whether the article tells of what the frame asks for, where its words are too common alone."""
    if not frame.needs_topic and not frame.needs_danger:
        return True
    return tells_displacement(text) or (frame.needs_danger and tells_danger(text))


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
    if (
        beside is None
        or _leaves_scene(beside.trigger)
        or (counts_homes(figure) and beside.frame.category != "evacuation")
    ):
        return None
    if beside.trigger.dep_ == "amod" and beside.trigger.head == head and is_treated(head):
        return None
    reading = located(document, index, beside.frame, beside.trigger, beside.figure, head)
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
    people = max(_AROUND * (origin.place.population or 0), _USUAL_PEOPLE)
    if origin.geo_precision == 3 or value <= people:
        return origin
    return document.focus(index, REGIONS - {"country"}) or document.region_of(origin) or origin


def located(
    document: Document, index: int, frame: MoveFrame, trigger: Token, figure: CountedThing, head: Token
) -> MoveReading | None:
    """Return the reading of a figure with its way; None where its people were not displaced."""
    way = way_of(document, index, frame, trigger, head)
    if way is None:
        return None
    if way.is_guess:
        way = dataclasses.replace(way, origin=_large_enough(document, index, way.origin, figure))
    if is_drill(trigger):
        return None
    is_told = _is_told_past(trigger) or _is_not_before(trigger)
    verdict = Verdict("actual") if is_told else reality(trigger)
    if verdict.reality == "actual" and trigger.dep_ in ("amod", "acl", "compound"):
        verdict = reality(head)
    if counts_homes(figure):
        figure = dataclasses.replace(figure, unit="households")
    is_weak = frame.term == "relocated" or frame.needs_danger or frame.needs_topic
    if figure.noun_class == "armed" and (way.category != "evacuation" or is_weak):
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
