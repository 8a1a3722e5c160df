"""Move places: from where to where did the people go, and which of IDMC's terms does that make it?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geomap.extract.attribution import main_speaker
from geomap.extract.displacement.context import goes_elsewhere, is_carrier
from geomap.extract.displacement.frames import carriers, host_at
from geomap.extract.displacement.names import place_at, refs_of
from geomap.extract.displacement.terms import category_of
from geomap.extract.document import Document
from geomap.extract.lexicon import MoveFrame, noun_class
from geomap.extract.reference import PlaceRef, containing, where_of
from geomap.extract.syntax import climb, objects, prepositional, subjects
from geomap.model import Location

if TYPE_CHECKING:
    from spacy.tokens import Token

_FROM = ("from", "out of", "off")
_TO = ("to", "toward", "towards", "into", "for", "across", "onto", "near", "at")
# "displaced across X" and "evacuated near X" say where it happened.
_INTO_ONLY = ("to", "toward", "towards", "into", "onto", "for")
_IN = ("in", "within", "inside", "around", "across", "at", "near", "throughout", "on")
_STAYING = {"idp_stock", "refugee_stock", "return"}
_BY = ("by", "in", "on", "aboard", "across", "over", "through", "via", "with")
# The main clause of "the people who fled X arrived in Y", which goes on with their way.
_GOING_ON = frozenset(
    {
        "arrive",
        "reach",
        "cross",
        "come",
        "head",
        "settle",
        "gather",
        "end",
        "seek",
        "take",
        "find",
        "walk",
        "shelter",
        "enter",
    }
)
_LANDS = frozenset({"area", "territory", "zone", "land", "side", "neighbourhood", "neighborhood", "region", "part"})
_INHABITANTS = frozenset({"resident", "inhabitant", "population", "villager", "dweller"})
# Characters back to a place that people may have come from.
_JUST_BEFORE = 300
# What happens to a place that people then leave.
_STRIKING = frozenset(
    {
        "hit",
        "strike",
        "affect",
        "lash",
        "batter",
        "ravage",
        "devastate",
        "flood",
        "inundate",
        "attack",
        "shell",
        "bomb",
    }
)


@dataclass(frozen=True, slots=True)
class Way:
    """Where people came from and went to, or are; ``category`` is IDMC's term, ``text`` a name no gazetteer has."""

    category: str
    origin: Location | None
    destination: Location | None
    text: str = ""


def way_of(document: Document, index: int, frame: MoveFrame, trigger: Token, head: Token) -> Way | None:
    """Return from where to where a trigger's people went; None where a way to go is needed and none is told."""
    clause = _clause_of(trigger, head)
    if frame.needs_destination and goes_elsewhere([n for w in clause for n in _onward(w, _TO)]):
        return None
    origin, destination = _origin(document, index, clause, head), _destination(document, index, clause)
    if destination is None and frame.subject_is and frame.category.endswith("_flow"):
        hosts = subjects(trigger)
        destination = next((x for s in hosts if (x := _host(document, index, s)) is not None), None)
        destination = destination or place_at(document, index, hosts)
    if frame.needs_destination and destination is None and not _goes_somewhere(clause):
        return None
    category = category_of(frame, clause, head, origin, destination)
    if origin is not None and destination is not None and origin.place.id == destination.place.id:
        origin, destination = (None, destination) if frame.subject_is else (origin, None)
    if origin is None and not _is_motion(clause):
        # "X, where fighting displaced 400": where it happened, unless the people went there.
        origin, destination = _where(document, index, trigger), destination
    if category in _STAYING:
        origin, destination = _of_stock(document, index, clause, head, origin, destination)
    elif origin is None:
        origin = _origin_in_context(document, index, clause, head, destination)
    if destination is None and category in ("idp_stock", "return"):
        destination = _homeland(document, index, head, origin)
    text = "" if origin or destination else _unknown_name(document, index, clause)
    return Way(category, origin, destination, text)


def _homeland(document: Document, index: int, head: Token, origin: Location | None) -> Location | None:
    """The country of a people that is displaced in it or returns to it ("3.5 million Afghans are displaced")."""
    code = document.gazetteer.demonym_country(head.text)
    place = document.gazetteer.place(code) if code else None
    if place is None or (origin is not None and origin.place.country == code):
        return None
    return document.location_of(index, head, place)


def _clause_of(trigger: Token, head: Token) -> list[Token]:
    """The words whose prepositions say the way: the trigger, its coordinated verbs and what it governs."""
    clause = [trigger]
    for child in trigger.children:
        is_own = child.dep_ == "conj" and any(c.dep_ in ("nsubj", "nsubjpass") for c in child.children)
        if child.pos_ == "VERB" and child.dep_ in ("conj", "xcomp", "advcl", "ccomp") and not is_own:
            clause.append(child)
    if trigger.dep_ in ("conj", "xcomp") and trigger.head.pos_ == "VERB":
        clause.append(trigger.head)
    if trigger.dep_ == "relcl" and trigger.head.dep_ == "nsubj" and trigger.head.head.lemma_ in _GOING_ON:
        clause.append(trigger.head.head)
    carrying = _goes_with(trigger)
    if carrying is not None:
        clause.append(carrying)
    return [*clause, head] if head != trigger else clause


def _goes_with(trigger: Token) -> Token | None:
    """The verb of "a convoy of buses carrying 400 people left X for Y", where "carrying" tells no way."""
    if trigger.dep_ != "acl":
        return None
    for child, above in climb(trigger.head):
        if above.pos_ == "VERB":
            return above if child.dep_ in ("nsubj", "nsubjpass") else None
    return None


def _onward(word: Token, wanted: tuple[str, ...]) -> list[Token]:
    """What a word governs by the prepositions, also behind a vehicle or border ("by train to X")."""
    on_the_way = [n for n in prepositional(word, _BY) if is_carrier(n)]
    nouns = prepositional(word, wanted) + [n for by in on_the_way for n in prepositional(by, wanted)]
    return [n for n in nouns if n.head.head.lower_ != "according"]  # "walked, according to the mayor"


def _origin(document: Document, index: int, clause: list[Token], head: Token) -> Location | None:
    for word in clause:
        found = place_at(document, index, prepositional(word, _FROM))
        if found is not None:
            return found
    of_people = _home_of(document, index, head)
    if of_people is not None:
        return of_people
    for verb in clause:
        if verb.lemma_ in ("flee", "leave", "escape", "abandon", "evacuate", "quit"):
            left = [o for o in objects(verb) if o != head]
            found = place_at(document, index, left)
            # "fled fighting near Marsa"
            found = found or place_at(document, index, [n for o in left for n in prepositional(o, _IN)])
            if found is not None:
                return found
    return None


def _home_of(document: Document, index: int, head: Token) -> Location | None:
    """Where the counted live: "Sanaa residents", "Pibor's 30,000 residents", "the population of X"."""
    for noun in carriers(head):
        if noun.lemma_.lower() not in _INHABITANTS:
            continue
        own = [c for c in noun.children if c.dep_ in ("poss", "compound", "nmod")]
        found = place_at(document, index, [c for c in own if document.location_at(index, c) is not None])
        found = found or place_at(document, index, prepositional(noun, ("of", "in")))
        if found is not None:
            return found
    return None


def _destination(document: Document, index: int, clause: list[Token]) -> Location | None:
    for word in clause:
        nouns = _onward(word, _TO if _is_motion(clause) else _INTO_ONLY)
        nouns.sort(key=lambda n: is_carrier(n) and document.location_at(index, n) is None)
        if word.lemma_ in ("find", "seek", "take", "shelter", "arrive", "settle"):
            nouns += prepositional(word, ("in",))
            nouns += [n for o in objects(word) for n in prepositional(o, ("in", "at"))]
        if word.lemma_ in ("reach", "enter", "cross"):
            nouns += [o for o in objects(word) if not _is_water(document, index, o)]
        found = place_at(document, index, nouns)
        if found is not None:
            return found
    return _where(document, index, clause[0]) if _is_motion(clause) else None


def _is_water(document: Document, index: int, noun: Token) -> bool:
    """Whether a noun is a river or mountain, which is crossed and is nobody's refuge."""
    location = document.location_at(index, noun)
    return is_carrier(noun) or (location is not None and location.place.kind in ("water", "mountain", "road"))


def _is_motion(clause: list[Token]) -> bool:
    """Whether the trigger itself tells of going somewhere; "displaced" and "homeless" do not."""
    return clause[0].lemma_.lower() not in (
        "displace",
        "displacement",
        "uproot",
        "homeless",
        "evacuate",
        "evacuation",
    )


def _goes_somewhere(clause: list[Token]) -> bool:
    """Whether a way to go is told though no gazetteer knows it ("arrived in Kalonda")."""
    nouns = [
        n for w in clause for n in prepositional(w, ("to", "into", "in", "at", "over", "for", "toward", "towards"))
    ]
    return any(n.pos_ == "PROPN" or n.lemma_ in noun_class("refuge") | _LANDS for n in nouns)


def _where(document: Document, index: int, trigger: Token) -> Location | None:
    """Of "the border, where he said thousands were heading" the noun that the clause hangs on."""
    noun = where_of(trigger)
    if noun is None:
        return None
    return (
        document.location_at(index, noun) or containing(document, index, noun) or place_at(document, index, [noun])
    )


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
    called = [n for w in clause for n in prepositional(w, ("as",))]  # "registered as refugees in X"
    own = [head.head] if head.dep_ == "dobj" and head.head not in clause else []
    at = place_at(document, index, [n for w in [*own, *clause, *called] for n in prepositional(w, _IN)])
    hosts = [s for w in [*own, *clause] if w.pos_ == "VERB" for s in subjects(w) if s != head]
    at = at or next((x for s in hosts if (x := _host(document, index, s)) is not None), None)
    return origin, at or (None if origin is not None else _origin_in_context(document, index, clause, head, None))


def _host(document: Document, index: int, noun: Token) -> Location | None:
    """The country that hosts people: named, also where it acts, or "his country" of the speaker."""
    named = host_at(document, index, noun)
    if named is not None or noun.lemma_ != "country" or not any(c.dep_ == "poss" for c in noun.children):
        return named
    speaker = main_speaker(document, index)
    place = document.gazetteer.place(speaker.country) if speaker is not None and speaker.country else None
    return document.location_of(index, noun, place) if place is not None else None


def _origin_in_context(
    document: Document, index: int, clause: list[Token], head: Token, destination: Location | None
) -> Location | None:
    """Where it happened, when no word says "from": the place of the clause, its subject, or the article's own."""
    nouns = _nouns_in(clause)
    found = place_at(document, index, nouns) if _names_one(document, index, nouns) else None
    if found is not None and destination is not None and found.place.id == destination.place.id:
        return None  # "took refuge in X": where they were before is not told
    if found is None:
        subject = [s for w in clause if w.pos_ in ("VERB", "AUX") for s in subjects(w) if s != head]
        found = next((x for s in subject if (x := containing(document, index, s)) is not None), None)
    if found is None:
        here = [x for x in document.locations_in(index) if x.mention.role == "place" and x is not destination]
        here = [x for x in here if destination is None or not _is_in(destination, x)]
        found = here[0] if len(here) == 1 else None
    focus = document.focus(index)
    if found is None and focus is not None and destination is not None and _is_in(destination, focus):
        return _spoken_of(document, index, destination)
    return found or focus


def _spoken_of(document: Document, index: int, destination: Location) -> Location | None:
    """The place named shortly before that people may have come from, when the article is about where they went."""
    start = document.sentences[index].start
    near = [x for x in document.before(index, start) if start - x.end < _JUST_BEFORE]
    return next((x for x in near if not _is_in(destination, x) and not _is_in(x, destination)), None)


def _is_in(inner: Location, outer: Location) -> bool:
    """Whether a place is another, or lies in it: who goes to the Yunnan province of China did not leave China."""
    is_country = outer.place.kind == "country" and inner.place.country == outer.place.country
    return inner.place.id == outer.place.id or is_country or inner.place.parent == outer.place.id


def _nouns_in(clause: list[Token]) -> list[Token]:
    return [n for w in clause for n in prepositional(w, _IN)]


def _names_one(document: Document, index: int, nouns: Sequence[Token]) -> bool:
    """Whether the phrases name a place rather than point back to one."""
    return any(
        r.how == "unknown" or _is_named_here(document, index, r) for n in nouns for r in refs_of(document, index, n)
    )


def _is_named_here(document: Document, index: int, ref: PlaceRef) -> bool:
    sentence, location = document.sentences[index], ref.location
    return location is not None and sentence.start <= location.mention.start < sentence.end


def _unknown_name(document: Document, index: int, clause: list[Token]) -> str:
    """The text's own name of a place that no gazetteer has: the clause's, else the sentence's, else ""."""
    nouns = [n for w in clause for n in prepositional(w, (*_FROM, *_IN, *_TO))]
    nouns += [t for t in document.doc(index) if _is_scene(t)]
    return next((r.text for n in nouns for r in refs_of(document, index, n) if r.how == "unknown"), "")


def _is_scene(token: Token) -> bool:
    """Whether a noun says where something happened ("flooding in X", "a storm hit X")."""
    if token.dep_ == "pobj":
        return token.head.lower_ in _IN
    return token.dep_ == "dobj" and token.head.lemma_ in _STRIKING
