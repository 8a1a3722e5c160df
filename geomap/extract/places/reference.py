"""Reference: which place does a noun phrase mean, named, described or pointed back to?

"the town of X" is X; "parts of X" is a part of it; "several villages in X" lie somewhere in X; "the town" is the
last one named; "a strategic town" may be the one that a later sentence names.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.extract.document import REGIONS, SETTLEMENTS, Document
from geomap.extract.grammar.syntax import climb, conjuncts, objects, phrase_text, prepositional
from geomap.extract.lexicon import noun_class
from geomap.extract.places.named_by import (
    is_actor,
    is_part,
    listed,
    name_before_direction,
    named_inside,
    named_only,
    others_of,
    share_of,
    unknown_area,
    unknown_name,
)
from geomap.extract.places.ref import (
    PlaceRef,
    containing,
    days_and_months,
    is_place_noun,
    is_told_as_place,
    own_location,
    where_of,
)
from geomap.extract.places.spoken_of import (
    POINTING,
    area_spoken_of,
    itself,
    last_of_kind,
    named_later,
    told_next,
    town_pointed_at,
)

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = [
    "PlaceRef",
    "area_spoken_of",
    "containing",
    "days_and_months",
    "is_place_noun",
    "is_told_as_place",
    "own_location",
    "places_of",
    "town_pointed_at",
    "where_of",
]

# Pronouns of persons: no place fell where "he fell".
_PERSONS = frozenset({"i", "me", "we", "us", "you", "he", "him", "she", "her", "who", "whom"})
# Sentences in which "both towns" were named.
_SENTENCES_BACK = 3


def places_of(document: Document, index: int, token: Token) -> list[PlaceRef]:
    """Return the places that a noun phrase's head and its conjuncts mean; empty where it means none."""
    found: list[PlaceRef] = []
    for head in conjuncts(token):
        for ref in _places_of_head(document, index, head):
            if ref not in found:
                found.append(ref)
    return found


def _places_of_head(document: Document, index: int, head: Token) -> list[PlaceRef]:
    text = phrase_text(head)
    beside = name_before_direction(head)
    if beside:
        return [PlaceRef(None, "unknown", beside)]
    location = own_location(document, index, head)
    if location is not None:
        return [PlaceRef(location, "named", text), *others_of(document, index, head, location)]
    if head.lower_ in _PERSONS:
        return []
    if head.lower_ in ("latter", "former") and not list(prepositional(head, ("of",))):
        return _of_two(document, index, head)
    if head.lower_ == "it":
        own = _object_before(document, index, head)
        if own is not None:
            return own
        site = _site_before(document, index, head)
        if site:
            return site
    if head.pos_ == "PRON" or head.lower_ in ("there", "it", "them"):
        return _pointed_back(document, index, head, text)
    if head.lemma_.lower() in noun_class("measure"):
        return [r for t in prepositional(head, ("of",)) for r in _places_of_head(document, index, t)]
    if is_place_noun(head):
        return _described(document, index, head, text)
    apposition = [p for a in head.children if a.dep_ == "appos" for p in named_only(document, index, a)]
    if apposition:
        return apposition
    if head.pos_ == "PROPN" and not is_actor(document, head):
        return [PlaceRef(None, "unknown", text)]
    return []


def _site_before(document: Document, index: int, head: Token) -> list[PlaceRef]:
    """What "it" means behind a site of the same sentence ("Inside the prison ... since rebels surrounded it")."""
    sites = [t for t in head.doc[: head.i] if t.pos_ == "NOUN" and t.tag_ == "NN" and t.dep_ in ("pobj", "dobj")]
    sites = [t for t in sites if t.lemma_.lower() in noun_class("named_site") | noun_class("military_site")]
    definite = [t for t in sites if any(c.lower_ == "the" for c in t.children)]
    return _places_of_head(document, index, definite[-1]) if definite else []


def _object_before(document: Document, index: int, head: Token) -> list[PlaceRef] | None:
    """What "it" means behind a verb with an object ("stormed the base and took control of it"), else None."""
    verbs = [above for child, above in climb(head) if above.pos_ == "VERB" and child.dep_ in ("conj", "advcl")]
    for verb in verbs:
        taken = [t for t in objects(verb) if t.i < head.i and t.pos_ in ("NOUN", "PROPN")]
        if taken and is_place_noun(taken[-1]):
            refs = _places_of_head(document, index, taken[-1])
            is_post = taken[-1].lemma_.lower() in noun_class("vague_post") | noun_class("military_site")
            return [r for r in refs if r.how == "named" or not is_post]
        if taken and own_location(document, index, taken[-1]) is not None:
            return _places_of_head(document, index, taken[-1])
    return None


def _of_two(document: Document, index: int, head: Token) -> list[PlaceRef]:
    """The first or last of the two places named before "the former" and "the latter"."""
    before = document.before(index, document.sentences[index].start + head.idx)[:2]
    meant = before[:1] if head.lower_ == "latter" else before[1:]
    return [PlaceRef(itself(x), "named", head.text) for x in meant]


def _described(document: Document, index: int, head: Token, text: str) -> list[PlaceRef]:
    """A place noun: named by a list, by "of", by an apposition or a compound, or only described."""
    several = listed(document, index, head)
    if several:
        return several
    named = named_inside(document, index, head) or _part_of_described(document, index, head)
    if named:
        return [share_of(head, ref) for ref in named]
    unknown = unknown_name(document, index, head)
    if unknown is not None:
        return [unknown]
    area = unknown_area(document, index, head)
    if area:
        return [PlaceRef(None, "unknown", area)]
    around = containing(document, index, head)
    if around is not None:
        next_told = told_next(document, index, head)
        if next_told is not None and next_told.place.country == around.place.country:
            return [PlaceRef(next_told, "named", text)]
        return [PlaceRef(around, "within", text)]
    unsaid = [t for t in prepositional(head, ("of",)) if t.lemma_.lower() in noun_class("direction")]
    owned = _part_of_pointed(document, index, head, text)
    if owned:
        return owned
    if head.lemma_.lower() in noun_class("direction") or unsaid:
        return []  # "advanced in the south": of what, nobody says
    return _within_pointed_back(document, index, head, text) or _pointed_back(document, index, head, text)


def _part_of_described(document: Document, index: int, head: Token) -> list[PlaceRef]:
    """The place of "most of the town", where that is only described."""
    if not is_part(head):
        return []
    whole = [t for t in prepositional(head, ("of",)) if is_place_noun(t)]
    inner = [r for t in whole for r in _described(document, index, t, phrase_text(t))]
    return [PlaceRef(r.location, "part", phrase_text(head)) for r in inner]


def _part_of_pointed(document: Document, index: int, head: Token, text: str) -> list[PlaceRef]:
    """The town of "the capital's airport", named before."""
    owners = [t for t in head.children if t.dep_ == "poss" and t.lemma_.lower() in noun_class("settlement")]
    towns = (last_of_kind(document, index, owner) for owner in owners)
    return [PlaceRef(itself(town), "part", text) for town in towns if town is not None][:1]


def _within_pointed_back(document: Document, index: int, head: Token, text: str) -> list[PlaceRef]:
    """The town of "positions in the city", named before."""
    town = town_pointed_at(document, index, head)
    return [PlaceRef(town, "within", text)] if town is not None else []


def _pointed_back(document: Document, index: int, head: Token, text: str) -> list[PlaceRef]:
    """What "the town", "it", "several villages" mean: the last of that kind, one named later, or the area."""
    determiner = next((t.lower_ for t in head.children if t.dep_ in ("det", "poss")), "")
    is_definite = determiner in POINTING or head.pos_ == "PRON" or head.lower_ == "there"
    if is_definite and head.tag_ == "NNS" and head.lemma_.lower() in noun_class("settlement"):
        several = _several_before(document, index, head)
        if several:
            return several
    if is_definite and head.tag_ != "NNS":
        earlier = last_of_kind(document, index, head)
        if earlier is not None:
            return [share_of(head, PlaceRef(itself(earlier), "named", text))]
    if not is_definite and head.tag_ == "NN":
        later = named_later(document, index, head) or told_next(document, index, head)
        if later is not None:
            return [PlaceRef(later, "named", text)]
    area = area_spoken_of(document, index, head)
    if area is not None and head.tag_ == "NNS" and head.lemma_.lower() in noun_class("settlement"):
        # Several towns do not lie in a town that happens to be spoken of.
        area = area if area.place.kind in REGIONS or area.geo_precision > 1 else None
    return [PlaceRef(area, "within", text, is_told=area in document.locations_in(index))]


def _several_before(document: Document, index: int, head: Token) -> list[PlaceRef]:
    """The towns of "both towns" or "the above villages": those that a sentence before lists."""
    words = {t.lower_ for t in head.children}
    for at in range(index, max(index - _SENTENCES_BACK, -1), -1):
        heads = [t for t in document.doc(at) if t.tag_ == "NNS" and (at < index or t.i < head.i)]
        lists = (r for t in heads if t.lemma_ == head.lemma_ and (r := listed(document, at, t)))
        found = next(lists, [])
        if found:
            return found
        named = [x for x in document.locations_in(at) if x.mention.role == "place" and x.place.kind in SETTLEMENTS]
        if at < index and len(named) == 2 and words & {"both", "two"}:
            return [PlaceRef(itself(x), "named", x.mention.text) for x in named]
    return []
