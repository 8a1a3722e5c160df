"""Named by: what names a place noun, by "of", by a list, an apposition, a compound or an owner?"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from geomap.extract.document import REGIONS, Document
from geomap.extract.grammar.syntax import conjuncts, phrase_text, prepositional
from geomap.extract.lexicon import noun_class
from geomap.extract.places.listed import names_listed
from geomap.extract.places.ref import CONTAINING, How, PlaceRef, containing, is_place_noun, own_location
from geomap.extract.places.spoken_of import JUST_SPOKEN_OF, last_of_kind
from geomap.model import Location

if TYPE_CHECKING:
    from spacy.tokens import Token

# What lists some of the places meant ("several towns including X and Y").
_LISTING = {"including", "such", "like", "namely"}
_SHARES = {"nearly", "almost", "most", "much", "half", "part", "parts", "large", "some"}


def others_of(document: Document, index: int, head: Token, first: Location) -> list[PlaceRef]:
    """The other places of "the districts of X and Y", where "districts of X" is read as one place."""
    if head.tag_ != "NNS" or not first.start <= document.sentences[index].start + head.idx < first.mention.start:
        return []
    of = [own_location(document, index, t) for t in prepositional(head, ("of",))]
    return [PlaceRef(x, "named", x.mention.text) for x in of if x is not None and x.mention != first.mention]


def listed(document: Document, index: int, head: Token) -> list[PlaceRef]:
    """The places of "villages in X: A, B and C", whether or not a gazetteer knows them."""
    if head.tag_ != "NNS" or not is_place_noun(head):
        return []
    around = containing(document, index, head)
    found: list[PlaceRef] = []
    for name in names_listed(head):
        location = next((x for t in name if (x := document.location_at(index, t)) is not None), None)
        text = str(head.doc[name[0].i : name[-1].i + 1].text)
        if location is None and (is_actor(document, name[-1]) or document.gazetteer.demonym_country(text)):
            return []
        if location is not None and location.place.kind == "country":
            return []  # "large areas of both X and Y"
        found.append(PlaceRef(location or around, "named" if location else "unknown", text))
    return found


def unknown_area(document: Document, index: int, head: Token) -> str:
    """The area that no gazetteer has, of "several villages in X's Y district"; "" where there is none."""
    for noun in prepositional(head, ("in", "of")):
        names = [t for t in noun.children if t.dep_ == "compound" and t.pos_ == "PROPN"]
        is_area = noun.lemma_.lower() in noun_class("district") and noun.tag_ == "NN"
        if is_area and names and not any(document.any_location_at(index, t) for t in [noun, *names]):
            return str(noun.doc[names[0].i : noun.i + 1].text)
    return ""


def name_before_direction(head: Token) -> str:
    """The site of "the Watiya airbase southwest of X", which the parser takes for a part of the direction."""
    names = [t for t in head.children if t.dep_ == "compound" and t.i < head.i]
    is_site = any(t.lemma_.lower() in noun_class("site") | noun_class("settlement") for t in names[-1:])
    if head.lower_ not in CONTAINING or not is_site or not any(t.pos_ == "PROPN" for n in names for t in n.subtree):
        return ""
    return str(head.doc[names[0].left_edge.i : head.i].text)


def share_of(head: Token, ref: PlaceRef) -> PlaceRef:
    """A part where a share is said ("nearly the entire region", "most of", "half the town")."""
    words = {t.lower_ for child in head.children if child.i < head.i for t in child.subtree}
    return dataclasses.replace(ref, how="part") if ref.how == "named" and words & _SHARES else ref


def is_part(head: Token) -> bool:
    """Return whether a noun is a part or share of what "of" tells ("most of the town")."""
    return head.lemma_.lower() in noun_class("part") and not _is_named_kind(head)


def named_inside(document: Document, index: int, head: Token) -> list[PlaceRef]:
    """Return the places whose names stand in the phrase of a place noun; a part of one by "of" only."""
    how: How = "part" if is_part(head) else "named"
    of = list(prepositional(head, ("of",)))
    found = [PlaceRef(x, how, phrase_text(head)) for t in of if (x := own_location(document, index, t)) is not None]
    if found and head.lemma_.lower() in noun_class("settlement") and head.tag_ == "NN":
        return [_settlement_in(document, index, head, ref) for ref in found]
    if found or how == "part":
        return found
    bears_name = any(t.dep_ == "compound" and t.pos_ == "PROPN" and _may_bear_name(head, t) for t in head.children)
    for child in _naming(head):
        if bears_name and _is_in_brackets(child):
            continue  # "Kashma town (Marsa district)" is Kashma
        refs = named_only(document, index, child)
        if refs:
            return [_as_part_of(head, child, r) for r in refs]
    return []


def _naming(head: Token) -> list[Token]:
    """What may name a place noun, what says more first: the names listed, an apposition, a compound, an owner."""
    listed = [t for c in head.children if c.dep_ == "prep" and c.lower_ in _LISTING for t in c.children]
    listed += [t for c in listed if c.dep_ == "prep" for t in c.children]  # "such as X"
    beside = head.nbor() if head.i + 1 < len(head.doc) else head
    if beside.dep_ == head.dep_ and beside.head.i == head.head.i and beside.i > head.i:
        listed.append(beside)  # "the capital X fell", which the parser reads as two subjects
    order = {"appos": 0, "compound": 1, "nmod": 1, "npadvmod": 1, "poss": 2, "amod": 2}
    beside_it = (c for c in head.children if c.dep_ in order)
    return listed + sorted(beside_it, key=lambda c: 3 if _is_in_brackets(c) else order[c.dep_])


def _is_in_brackets(token: Token) -> bool:
    """Whether a word opens a bracket: the area of a place, or its other name ("X town (Y district)")."""
    return token.left_edge.i > 0 and token.left_edge.nbor(-1).text == "("


def _settlement_in(document: Document, index: int, head: Token, ref: PlaceRef) -> PlaceRef:
    """The city of "the capital of X province": the one spoken of, and not the province."""
    if ref.location is None or ref.location.place.kind not in REGIONS:
        return ref
    earlier = last_of_kind(document, index, head)
    near = earlier is not None and document.sentences[index].start + head.idx - earlier.end < JUST_SPOKEN_OF
    return PlaceRef(earlier, "named", ref.text) if near else dataclasses.replace(ref, how="within")


def _as_part_of(head: Token, child: Token, ref: PlaceRef) -> PlaceRef:
    """The place of a compound: "X city" is X; "X airport" or "X's eastern districts" a part of X."""
    lemma = head.lemma_.lower()
    if (
        child.dep_ in ("appos", "pobj")
        or child.dep_ == head.dep_
        or ref.location is None
        or ref.location.end > ref.location.mention.end
    ):
        return ref
    if lemma in noun_class("settlement") and head.tag_ == "NN" and child.dep_ != "poss":
        return ref
    if lemma in noun_class("region") and ref.location.place.kind in REGIONS:
        return ref
    return PlaceRef(ref.location, "within" if head.tag_ == "NNS" else "part", phrase_text(head))


def named_only(document: Document, index: int, token: Token) -> list[PlaceRef]:
    """Return the places that a noun and its conjuncts name, none that they describe."""
    return [
        PlaceRef(x, "named", phrase_text(t))
        for t in conjuncts(token)
        if (x := document.location_at(index, t)) is not None
    ]


def _is_named_kind(head: Token) -> bool:
    return head.lemma_.lower() in ("quarter", "section") and any(t.dep_ == "compound" for t in head.children)


def unknown_name(document: Document, index: int, head: Token) -> PlaceRef | None:
    """A name that no gazetteer has: "the village of Kashma", "the Mazar Valley"."""
    names = [t for t in prepositional(head, ("of",)) if t.pos_ == "PROPN"]
    names += [t for t in head.children if t.dep_ == "appos" and t.pos_ == "PROPN"]
    if names and not is_actor(document, names[0]):
        return PlaceRef(containing(document, index, head), "unknown", phrase_text(names[0]))
    compounds = [t for t in head.children if t.dep_ == "compound" and t.pos_ == "PROPN"]
    if compounds and _may_bear_name(head, compounds[-1]) and not is_actor(document, compounds[0]):
        name = head if head.pos_ == "PROPN" else compounds[-1]
        return PlaceRef(containing(document, index, head), "unknown", phrase_text(name))
    return None


def _may_bear_name(head: Token, name: Token) -> bool:
    """Whether a compound names its head: "Kashma Valley", "Kashma village", but no "Sunni village"."""
    if head.pos_ == "PROPN":
        return True
    named = noun_class("settlement") | noun_class("district") | noun_class("route") | noun_class("named_site")
    between = [t.lower_ for t in head.doc[name.i + 1 : head.i]]
    is_town = head.tag_ == "NN" and (head.lemma_.lower() in named or between == ["air"])
    is_beside = not between or between in (["air"], ["oil"], ["gas"], ["border"], ["military"])
    return is_town and is_beside and name.lower_ not in noun_class("creed")


def is_actor(document: Document, token: Token) -> bool:
    """Return whether a name is a known actor's."""
    name = phrase_text(token)
    head = name.rfind(token.text)
    covering = [start for start, end, _ in document.gazetteer.actors.find(name) if start <= head < end]
    # "Harat al-Bayda" is none, though "al-Bayda" may be a government.
    return any(not name[:start].split()[-1:] or not name[:start].split()[-1][0].isupper() for start in covering)
