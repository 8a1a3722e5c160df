"""Move surroundings: where did it happen, or are the people, where their own clause names no place?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from geomap.extract.displacement.context import tells_danger
from geomap.extract.displacement.ends import FROM, IN, NO_REFUGES, TO, is_crossed
from geomap.extract.displacement.figures import figures_of_people
from geomap.extract.displacement.frames import host_at
from geomap.extract.displacement.names import is_somewhere_in, place_at, refs_of
from geomap.extract.displacement.surface import tells_displacement
from geomap.extract.document import Document
from geomap.extract.grammar.syntax import prepositional, subjects
from geomap.extract.places.reference import PlaceRef, containing
from geomap.extract.saying.reports import main_speaker
from geomap.model import Location

if TYPE_CHECKING:
    from spacy.tokens import Token

# Characters back to a place that people may have come from.
_JUST_BEFORE = 300
# Sentences back in which people may have left a place.
_SENTENCES_BEFORE = 2
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


def homeland(document: Document, index: int, head: Token, origin: Location | None) -> Location | None:
    """Return the country of a people displaced in it or back in it ("3.5 million Afghans are displaced")."""
    code = document.gazetteer.demonym_country(head.text)
    place = document.gazetteer.place(code) if code else None
    if place is None or (origin is not None and origin.place.country == code):
        return None
    return document.location_of(index, head, place)


def of_stock(
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
    sites = _nearest_first(document, index, [n for w in [*own, *clause, *called] for n in prepositional(w, IN)])
    at = place_at(document, index, sites)
    at = at or next((x for n in sites if (x := containing(document, index, n)) is not None), None)
    at = at if at is not None and not _is_of_next(document, index, head, at) else None
    hosts = [s for w in [*own, *clause] if w.pos_ == "VERB" for s in subjects(w) if s != head]
    at = at or next((x for s in hosts if (x := host(document, index, s)) is not None), None)
    return origin, at or (None if origin is not None else origin_in_context(document, index, clause, head, None))


def host(document: Document, index: int, noun: Token) -> Location | None:
    """Return the country that hosts people: named, also where it acts, or "his country" of the speaker."""
    named = host_at(document, index, noun)
    if named is not None or noun.lemma_ != "country" or not any(c.dep_ == "poss" for c in noun.children):
        return named
    speaker = main_speaker(document, index)
    place = document.gazetteer.place(speaker.country) if speaker is not None and speaker.country else None
    return document.location_of(index, noun, place) if place is not None else None


def origin_in_context(
    document: Document, index: int, clause: list[Token], head: Token, destination: Location | None
) -> Location | None:
    """Return where it happened, when no word says "from": here, just before, or where the article plays."""
    nouns = _nearest_first(document, index, [n for w in clause for n in prepositional(w, IN)])
    found = place_at(document, index, nouns) if _names_one(document, index, nouns) else None
    if found is not None and destination is not None and _is_in(found, destination):
        return left_before(document, index, destination)  # "took refuge in X": X is no origin
    if (
        found is not None
        and destination is not None
        and found.place.kind == "country"
        and _is_in(destination, found)
    ):
        found = None  # "over the border to X in Y"
    found = found or _scene_here(document, index, clause, head, destination)
    focus = document.focus(index)
    if found is not None or destination is None:
        return found or _pointed_to(document, index, nouns, head) or focus
    left = left_before(document, index, destination)
    if left is None and focus is not None and _is_in(destination, focus):
        return _spoken_of(document, index, destination)
    return left or focus


def _scene_here(
    document: Document, index: int, clause: list[Token], head: Token, destination: Location | None
) -> Location | None:
    """Where a sentence has what drove people out: around its subject, of a danger it names, or its only place."""
    subject = [s for w in clause if w.pos_ in ("VERB", "AUX") for s in subjects(w) if s != head]
    found = next((x for s in subject if (x := containing(document, index, s)) is not None), None)
    found = found or place_at(document, index, [t for t in document.doc(index) if _is_of_danger(t)])
    if found is not None and (destination is None or found.place.id != destination.place.id):
        return found
    here = [x for x in document.locations_in(index) if x.mention.role == "place" and x is not destination]
    here = [x for x in here if destination is None or not _is_in(destination, x)]
    ends = destination.name.split(", ") if destination is not None else []
    here = [x for x in here if x.place.kind not in NO_REFUGES and x.name not in ends]
    return here[0] if len(here) == 1 and not _is_of_next(document, index, head, here[0]) else None


def _is_of_next(document: Document, index: int, head: Token, location: Location) -> bool:
    """Whether a place stands behind the next figure, whose place it is ("900 in camps and 400 in X")."""
    sentence = document.sentences[index]
    at = location.mention.start - sentence.start
    figures = figures_of_people(document, sentence.text)
    return any(head.idx < f.start < at for f in figures if f.unit is not None or not f.noun)


def _is_of_danger(token: Token) -> bool:
    """Whether a noun says where what people run from happens ("flooding in X", "attacks on X", "a storm hit X")."""
    if token.dep_ == "dobj":
        return token.head.lemma_ in _STRIKING
    if token.dep_ != "pobj" or token.head.lower_ not in (*IN, "against"):
        return False
    above = token.head.head
    return (above.pos_ in ("NOUN", "PROPN") or above.tag_ == "VBG") and tells_danger(above.text)


def _pointed_to(document: Document, index: int, nouns: Sequence[Token], head: Token) -> Location | None:
    """The place of "in the area", "there": the one spoken of, and none that is only named later."""
    found, sentence = place_at(document, index, nouns), document.sentences[index]
    if found is None or _is_of_next(document, index, head, found):
        return None
    if found.mention.start < sentence.end:
        return found
    return next((x for x in document.before(index, sentence.start) if sentence.start - x.end < _JUST_BEFORE), None)


def left_before(document: Document, index: int, destination: Location) -> Location | None:
    """Return where the sentences just before tell of danger: who then arrives elsewhere has come from there."""
    for at in range(index - 1, max(-1, index - 1 - _SENTENCES_BEFORE), -1):
        text = document.sentences[at].text
        if not (tells_danger(text) or tells_displacement(text)):
            continue
        here = [x for x in document.locations_in(at) if x.mention.role == "place" and x.place.kind != "country"]
        here = [x for x in here if not _is_in(destination, x) and not _is_in(x, destination)]
        if here:
            return min(here, key=lambda x: (x.geo_precision == 3, -x.start))
    return None


def _spoken_of(document: Document, index: int, destination: Location) -> Location | None:
    """The place named shortly before that people may have come from, when the article is about where they went."""
    start = document.sentences[index].start
    near = [x for x in document.before(index, start) if start - x.end < _JUST_BEFORE]
    return next((x for x in near if not _is_in(destination, x) and not _is_in(x, destination)), None)


def _is_in(inner: Location, outer: Location) -> bool:
    """Whether a place is another, or lies in it: who goes to the Yunnan province of China did not leave China."""
    if is_somewhere_in(outer):
        return inner.name == outer.name
    is_country = outer.place.kind == "country" and inner.place.country == outer.place.country
    return inner.place.id == outer.place.id or is_country or inner.place.parent == outer.place.id


def _nearest_first(document: Document, index: int, nouns: Sequence[Token]) -> list[Token]:
    """The nouns of places, of "in the Philippines ... in Bicol" the country last, and no river that was crossed."""
    dry = [n for n in nouns if not is_crossed(document, index, n)]
    return sorted(
        dry, key=lambda n: (x := document.location_at(index, n)) is not None and x.place.kind == "country"
    )


def _names_one(document: Document, index: int, nouns: Sequence[Token]) -> bool:
    """Whether the phrases name a place rather than point back to one."""
    return any(
        r.how == "unknown" or _is_named_here(document, index, r) for n in nouns for r in refs_of(document, index, n)
    )


def _is_named_here(document: Document, index: int, ref: PlaceRef) -> bool:
    sentence, location = document.sentences[index], ref.location
    return location is not None and sentence.start <= location.mention.start < sentence.end


def unknown_name(document: Document, index: int, clause: list[Token]) -> str:
    """Return the text's own name of a place that no gazetteer has: the clause's, else the sentence's, else ""."""
    nouns = [n for w in clause for n in prepositional(w, (*FROM, *IN, *TO))]
    nouns += [t for t in document.doc(index) if _is_scene(t)]
    return next((r.text for n in nouns for r in refs_of(document, index, n) if r.how == "unknown"), "")


def _is_scene(token: Token) -> bool:
    """Whether a noun says where something happened ("flooding in X", "a storm hit X")."""
    if token.dep_ == "pobj":
        return token.head.lower_ in IN
    return token.dep_ == "dobj" and token.head.lemma_ in _STRIKING
