"""Displacement: how many people left their homes, from where to where?

A figure counts when the people it counts stand in a slot of a frame of displacement.yml: they flee, are displaced, are
refugees. Figures of the killed, the trapped or the hungry stand in no such slot.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geomap.extract.attribution import main_speaker
from geomap.extract.document import Document
from geomap.extract.lexicon import MoveFrame, move_frames, noun_class, reporting
from geomap.extract.modality import Verdict, reality
from geomap.extract.quantities import CountedThing, find_quantities
from geomap.extract.reference import containing, places_of
from geomap.extract.syntax import climb, conjuncts, is_passive, objects, prepositional, subjects
from geomap.model import Location

if TYPE_CHECKING:
    from spacy.tokens import Token

_FROM = ("from", "out of", "off")
_TO = ("to", "toward", "towards", "into", "for", "across", "onto", "near", "at")
_INTO = ("into", "to", "across", "in")
_IN = ("in", "within", "inside", "around", "across", "at", "near", "throughout", "on")
_STOCK_OR_SHELTER = {"idp_stock", "refugee_stock", "return"}


@dataclass(frozen=True, slots=True)
class MoveReading:
    """One figure of displaced people, with where they come from and go to."""

    frame: MoveFrame
    category: str
    trigger: Token
    figure: CountedThing
    origin: Location | None
    destination: Location | None
    verdict: Verdict
    is_estimate_of: Token | None = None


def move_lemmas() -> frozenset[str]:
    """Return the words that a sentence must have to be worth parsing."""
    return frozenset(word for f in move_frames() for word in (*f.verbs, *f.nouns, *f.adjectives))


def find_moves(document: Document, index: int) -> list[MoveReading]:
    """Return the displacement figures of a sentence, whether or not they happened, in text order."""
    doc = document.doc(index)
    figures = [f for f in find_quantities(document.sentences[index].text) if _counts_people(document, f)]
    found: list[MoveReading] = []
    for figure in figures:
        head = _head_of(doc, figure)
        if head is None:
            continue
        reading = _read(document, index, figure, head)
        if reading is not None:
            found.append(reading)
    return found + _estimates(doc, figures, found)


def _counts_people(document: Document, figure: CountedThing) -> bool:
    """People and households, figures without a noun, and peoples ("3.7 million Syrians")."""
    if figure.noun_class in ("people", "households", "displaced") or figure.unit is not None or not figure.noun:
        return True
    return document.gazetteer.demonym_country(figure.noun) is not None


def _head_of(doc: Sequence[Token], figure: CountedThing) -> Token | None:
    """The token that carries a figure in the grammar: the counted noun, or the figure itself."""
    start, end = (figure.noun_start, figure.noun_end) if figure.noun else (figure.start, figure.end)
    inside = [t for t in doc if start <= t.idx < end or t.idx <= start < t.idx + len(t.text)]
    if not inside:
        return None
    if len(inside) == 1 and inside[0].pos_ == "NUM" and figure.noun:
        return inside[0]
    top = min(inside, key=lambda t: (sum(1 for _ in climb(t)), -t.i))
    return top.head if top.dep_ == "nummod" and top.pos_ == "NUM" else top


def _read(document: Document, index: int, figure: CountedThing, head: Token) -> MoveReading | None:
    for trigger in _triggers(head):
        for frame in move_frames():
            if not _matches(document, index, frame, trigger) or not _fills(frame, trigger, head):
                continue
            reading = _located(document, index, frame, trigger, figure, head)
            if reading is not None:
                return reading
    return None


def _triggers(head: Token) -> list[Token]:
    """What may make the people displaced: the words on their noun, the noun itself, the verbs above, nearest first."""
    on_it = [c for c in head.children if c.dep_ in ("acl", "relcl", "amod", "compound", "oprd", "advcl", "nmod")]
    inner = [c for o in on_it for c in o.children if c.dep_ in ("xcomp", "conj") and c.pos_ == "VERB"]
    above = [up for _, up in climb(head)][:5]
    beside = [c for up in above[:3] for c in up.children if c.dep_ in ("xcomp", "advcl", "conj", "ccomp", "oprd", "acomp") and c is not head]
    return [*on_it, *inner, *above, *beside, head]


def _matches(document: Document, index: int, frame: MoveFrame, token: Token) -> bool:
    lemma = token.lemma_.lower()
    if token.pos_ in ("NOUN", "PROPN"):
        return lemma in frame.nouns or token.lower_ in frame.nouns
    if token.pos_ == "ADJ" or (token.dep_ == "amod" and token.lower_ in frame.adjectives):
        return token.lower_ in frame.adjectives
    if lemma not in frame.verbs:
        return False
    if frame.object_is and not any(_is_object(document, index, frame, t) for o in objects(token) for t in conjuncts(o)):
        return False
    if frame.particle and not any(c.lower_ in frame.particle for c in token.children):
        return False
    return not frame.with_ or _has_with(frame, token)


def _is_object(document: Document, index: int, frame: MoveFrame, token: Token) -> bool:
    if token.lemma_.lower() in frame.object_is:
        return True
    return "PLACE" in frame.object_is and document.location_at(index, token) is not None


def _has_with(frame: MoveFrame, verb: Token) -> bool:
    for preposition, nouns in frame.with_.items():
        if preposition in nouns and any(c.lower_ == preposition for c in verb.children):
            return True
        if any(n.lemma_.lower() in nouns for n in prepositional(verb, (preposition,))):
            return True
    return False


def _fills(frame: MoveFrame, trigger: Token, head: Token) -> bool:
    carriers = _carriers(head)
    return any(noun in carriers for slot in frame.people for noun in _people(trigger, slot))


def _carriers(head: Token) -> list[Token]:
    """The counted noun and what it stands beside or is a number of ("a larger number, about 4,800 people")."""
    found = [head]
    while found[-1].dep_ == "appos" or (found[-1].dep_ == "pobj" and found[-1].head.lower_ == "of" and len(found) < 4):
        up = found[-1].head
        found.append(up.head if found[-1].dep_ == "pobj" else up)
    return found


def _people(trigger: Token, slot: str) -> list[Token]:
    """The nouns in a slot, with what they are a share or a group of ("more than half of the 3,000 residents")."""
    if slot == "self":
        return [trigger]
    if slot == "of":
        return prepositional(trigger, ("of", "for")) + [t for t in trigger.children if t.dep_ == "poss"]
    if slot == "head":
        return _described_by(trigger)
    if slot == "object":
        nouns = [t for o in objects(trigger) for t in conjuncts(o)]
    else:
        nouns = [] if is_passive(trigger) else [t for s in subjects(trigger) for t in conjuncts(s)]
        nouns += prepositional(trigger, ("with",)) if trigger.lemma_ in ("flee", "escape", "leave") else []
    return nouns + [t for n in nouns for t in prepositional(n, ("of", "including"))]


def _described_by(trigger: Token) -> list[Token]:
    """The noun that a participle or adjective describes, directly or as a complement ("left 300 people homeless")."""
    if trigger.dep_ in ("acl", "amod", "relcl", "nmod"):
        return [trigger.head]
    if trigger.dep_ in ("oprd", "acomp", "xcomp", "ccomp") and trigger.head.pos_ in ("VERB", "AUX"):
        return objects(trigger.head) or subjects(trigger.head)
    return [t for t in trigger.children if t.dep_ == "nsubj"] if trigger.pos_ == "ADJ" else []


def _located(
    document: Document, index: int, frame: MoveFrame, trigger: Token, figure: CountedThing, head: Token
) -> MoveReading | None:
    clause = _clause_of(trigger, head)
    origin = _origin(document, index, clause, head)
    destination = _destination(document, index, clause)
    if frame.needs_destination and destination is None and not _goes_somewhere(clause):
        return None
    verdict = reality(trigger)
    if verdict.reality == "actual" and trigger.dep_ in ("amod", "acl", "compound"):
        verdict = reality(head)
    category = _category(frame, clause, head, origin, destination)
    if category in _STOCK_OR_SHELTER:
        origin, destination = _of_stock(document, index, clause, head, origin, destination)
    elif origin is None:
        origin = _origin_in_context(document, index, clause, head, destination)
    return MoveReading(frame, category, trigger, figure, origin, destination, verdict)


def _clause_of(trigger: Token, head: Token) -> list[Token]:
    """The words whose prepositions say from where and to where: the trigger, its coordinated verbs and what it governs."""
    clause = [trigger]
    for child in trigger.children:
        if child.pos_ == "VERB" and child.dep_ in ("conj", "xcomp", "advcl", "ccomp"):
            clause.append(child)
    if trigger.dep_ in ("conj", "xcomp") and trigger.head.pos_ == "VERB":
        clause.append(trigger.head)
    return [*clause, head] if head is not trigger else clause


def _origin(document: Document, index: int, clause: list[Token], head: Token) -> Location | None:
    for word in clause:
        found = _place_at(document, index, prepositional(word, _FROM))
        if found is not None:
            return found
    for verb in clause:
        if verb.lemma_ in ("flee", "leave", "escape", "abandon", "evacuate", "quit"):
            left = [o for o in objects(verb) if o is not head]
            found = _place_at(document, index, left)
            if found is not None:
                return found
    return None


def _destination(document: Document, index: int, clause: list[Token]) -> Location | None:
    for word in clause:
        nouns = prepositional(word, _TO)
        if word.lemma_ in ("find", "seek", "take", "shelter", "arrive", "settle"):
            nouns += prepositional(word, ("in",)) + [n for o in objects(word) for n in prepositional(o, ("in", "at"))]
        if word.lemma_ in ("reach", "enter", "cross"):
            nouns += objects(word)
        found = _place_at(document, index, nouns)
        if found is not None:
            return found
    return _where(document, index, clause[0])


def _goes_somewhere(clause: list[Token]) -> bool:
    """Whether a way to go is told though no gazetteer knows it ("arrived in Kalonda")."""
    nouns = [n for w in clause for n in prepositional(w, ("to", "into", "in", "at", "over", "for", "toward", "towards"))]
    return any(n.pos_ == "PROPN" or n.lemma_ in noun_class("refuge") for n in nouns)


def _where(document: Document, index: int, trigger: Token) -> Location | None:
    """"the border, where he said thousands were heading": the noun that the clause hangs on."""
    clauses = [trigger]
    for child, above in climb(trigger):
        clauses.append(above)
        if child.dep_ == "relcl":
            told = any(c.lower_ == "where" for clause in clauses for c in clause.children)
            return (document.location_at(index, above) or containing(document, index, above)) if told else None
    return None


def _place_at(document: Document, index: int, nouns: Sequence[Token]) -> Location | None:
    for noun in nouns:
        location = document.location_at(index, noun)
        if location is None and noun.pos_ in ("NOUN", "PRON", "PROPN"):
            refs = places_of(document, index, noun)
            location = refs[0].location if refs else None
        if location is not None:
            return location
    return None


def _category(
    frame: MoveFrame, clause: list[Token], head: Token, origin: Location | None, destination: Location | None
) -> str:
    is_refugee = head.lemma_.lower() in ("refugee", "asylum-seeker")
    if frame.category == "refugee_stock" and frame.verbs:
        displaced = head.lemma_.lower() in ("idp", "person", "people", "family") and any(
            c.lower_ in ("displaced", "internally") for c in head.children
        )
        return "idp_stock" if displaced else "refugee_stock"
    if frame.category not in ("idp_flow", "refugee_flow"):
        return frame.category
    crosses = destination is not None and any(
        document_place_is_abroad(origin, destination) and prepositional(word, _INTO) for word in clause
    )
    return "refugee_flow" if crosses or is_refugee or frame.category == "refugee_flow" else "idp_flow"


def document_place_is_abroad(origin: Location | None, destination: Location) -> bool:
    """Whether a destination is another country as a whole: those who get there have crossed a border."""
    if destination.place.kind != "country" or destination.geo_precision == 2:
        return False
    return origin is None or origin.place.country != destination.place.country


def _of_stock(
    document: Document,
    index: int,
    clause: list[Token],
    head: Token,
    origin: Location | None,
    destination: Location | None,
) -> tuple[Location | None, Location | None]:
    """Where people are: in the place of the clause, of its subject (the host), or of the text around."""
    if destination is not None:
        return origin, destination
    at = _place_at(document, index, [n for w in clause for n in prepositional(w, _IN)])
    hosts = [s for w in clause if w.pos_ == "VERB" for s in subjects(w) if s is not head]
    at = at or next((x for s in hosts if (x := _host(document, index, s)) is not None), None)
    return origin, at or (None if origin is not None else _origin_in_context(document, index, clause, head, None))


def _host(document: Document, index: int, noun: Token) -> Location | None:
    """The country that hosts people: named, also where it acts, or "his country" of the speaker."""
    named = document.any_location_at(index, noun)
    if named is not None or noun.lemma_ != "country" or not any(c.dep_ == "poss" for c in noun.children):
        return named
    speaker = main_speaker(document, index)
    place = document.gazetteer.place(speaker.country) if speaker is not None and speaker.country else None
    return document.location_of(index, noun, place) if place is not None else None


def _origin_in_context(
    document: Document, index: int, clause: list[Token], head: Token, destination: Location | None
) -> Location | None:
    """Where it happened, when no word says "from": the place of the clause, of its subject, or the article's own."""
    nouns = [n for w in clause for n in prepositional(w, _IN)]
    found = _place_at(document, index, [n for n in nouns if document.location_at(index, n) is not None])
    if found is None:
        subject = [s for w in clause if w.pos_ in ("VERB", "AUX") for s in subjects(w) if s is not head]
        found = next((x for s in subject if (x := containing(document, index, s)) is not None), None)
    if found is None:
        here = [x for x in document.locations_in(index) if x.mention.role == "place" and x is not destination]
        here = [x for x in here if destination is None or x.place.id != destination.place.id]
        found = here[0] if len(here) == 1 else None
    focus = document.focus(index)
    if found is None and focus is not None and (destination is None or focus.place.id != destination.place.id):
        found = focus
    return found


def _estimates(doc: Sequence[Token], figures: list[CountedThing], found: list[MoveReading]) -> Iterator[MoveReading] | list[MoveReading]:
    """Bare figures of another speaker for the same thing: "higher than the minister's estimate of 80,000"."""
    if not found:
        return []
    extra = []
    taken = {f.figure.start for f in found}
    for figure in figures:
        head = _head_of(doc, figure) if figure.start not in taken and not figure.noun else None
        if head is None:
            continue
        noun = next((up for _, up in climb(head) if up.pos_ == "NOUN"), None)
        if noun is None or noun.lemma_ not in reporting("figure_noun"):
            continue
        owner = next((t for t in noun.children if t.dep_ == "poss"), None) or next(iter(prepositional(noun, ("by", "from"))), None)
        if owner is not None:
            extra.append(dataclasses.replace(found[0], figure=figure, is_estimate_of=owner))
    return extra
