"""Where posts stand: named on the post, around it, where it was first named, or the area spoken of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geomap.extract.document import Document
from geomap.extract.grammar.syntax import conjuncts, noun_phrase, phrase_text, prepositional
from geomap.extract.lexicon import noun_class
from geomap.extract.places.listed import names_listed
from geomap.extract.places.reference import (
    area_spoken_of,
    containing,
    days_and_months,
    own_location,
    places_of,
    town_pointed_at,
)
from geomap.extract.posts.incident import told_elsewhere
from geomap.model import Location

if TYPE_CHECKING:
    from spacy.tokens import Token

_AT = ("in", "at", "near", "outside", "of", "inside", "around", "on", "along")
# Characters between a post and what says where it is.
_SPACE = 2
# Sentences back within which "the base" is the one named there.
_REACH = 6


@dataclass(frozen=True, slots=True)
class Site:
    """Where a post stands; ``name`` is the text's own where no gazetteer knows it."""

    location: Location | None
    name: str = ""
    is_itself: bool = False


def sites_of(document: Document, index: int, head: Token, trigger: Token, named: tuple[int, Token]) -> list[Site]:
    """Return where the post stands; several where it is told of several places ("bases in X and Y").

    ``named`` is the sentence and noun that a pronoun points back to, or the head again.
    """
    own = _on_it(document, index, head) or _on_it(document, *named)
    if own:
        return own
    if _is_definite(head):
        before = _where_named(document, index, head)
        if before:
            return before
    there = _there(document, index, head, trigger)
    if there:
        return there
    around = _around(document, index, trigger) or containing(document, index, trigger)
    around = around or town_pointed_at(document, index, head) or town_pointed_at(document, index, trigger)
    around = around or told_elsewhere(document, index, trigger)
    return [Site(around or _beside(document, index, head) or area_spoken_of(document, index, head))]


def _there(document: Document, index: int, head: Token, trigger: Token) -> list[Site]:
    """The place of "their base there": the one that was named last in the sentence, known or not."""
    if not any(c.lower_ == "there" for t in (head, trigger) for c in t.children):
        return []
    found: list[Site] = []
    for token in reversed(head.doc[: head.i]):
        is_name = document.location_at(index, token) is not None
        if token.pos_ in ("NOUN", "PROPN") and (is_name or noun_is_place(token)):
            named = [r for r in places_of(document, index, token) if r.how in ("named", "unknown")]
            if named:
                known = named[0].location if named[0].how == "named" else None
                found.append(Site(known, named[0].text))
    towns = [s for s in found if s.location is None or s.location.geo_precision < 3]
    return towns[:1] or found[:1]


def _beside(document: Document, index: int, head: Token) -> Location | None:
    """The place named nearest in the sentence, where its grammar does not tell."""
    at = document.sentences[index].start + head.idx
    here = [x for x in document.locations_in(index) if x.mention.role == "place" and x.place.kind != "country"]
    return min(here, key=lambda x: (x.geo_precision == 3, abs(x.start - at)), default=None)


def _on_it(document: Document, index: int, head: Token) -> list[Site]:
    """The places in the post's own phrase: "the X base", "a base in X and Y"."""
    itself = document.location_at(index, head)
    if itself is not None:
        return [Site(itself, is_itself=True)]
    named = [t for t in head.children if t.dep_ in ("compound", "appos", "nmod", "poss", "amod")]
    found = [Site(x) for t in named if (x := _place_at(document, index, t)) is not None]
    if found:
        return found[:1]
    several = _listed_behind(document, index, head) or _listed(document, index, head)
    if len(several) > 1:
        return several
    around = _nearest_name(document, index, head) or _in_words(document, index, head)
    is_town = around is not None and around.location is not None and around.location.geo_precision < 3
    unknown = "" if is_town else _unknown(document, head)
    if unknown:
        return [Site(None, unknown)]
    return [around] if around is not None else []


def _listed(document: Document, index: int, head: Token) -> list[Site]:
    """The places of "bases in X and Y"."""
    nouns = prepositional(head, ("in", "at", "near", "outside")) or _adjacent(head)
    nouns = [t for noun in nouns for t in conjuncts(noun)]
    found = {t.i: x for t in nouns if (x := own_location(document, index, t)) is not None}
    return [Site(x) for _, x in sorted(found.items())]


def _listed_behind(document: Document, index: int, head: Token) -> list[Site]:
    """The places of "bases around X, including those at Y and Z"."""
    if head.tag_ not in ("NNS", "NNPS"):
        return []
    found: list[Site] = []
    for name in names_listed(head):
        location = next((x for t in name if (x := document.location_at(index, t)) is not None), None)
        found.append(Site(location, "" if location else str(head.doc[name[0].i : name[-1].i + 1].text)))
    return found


def _in_words(document: Document, index: int, head: Token) -> Site | None:
    """The place in the words behind the post: "west of X", "used by troops in X", "in the hills near X"."""
    end = document.sentences[index].start + head.idx + len(head.text)
    behind = [x for x in document.locations_in(index) if x.mention.role == "place" and 0 <= x.start - end <= _SPACE]
    if behind:
        return Site(behind[0])
    around = containing(document, index, head)
    if around is not None:
        return Site(around)
    clauses = [c for c in head.children if c.dep_ in ("acl", "relcl")]
    inner = [x for c in clauses for t in c.subtree if (x := document.location_at(index, t)) is not None]
    # "run by troops in X's Y district": Y.
    return Site(min(reversed(inner), key=lambda x: x.geo_precision)) if inner else None


def _place_at(document: Document, index: int, token: Token) -> Location | None:
    """The place a word beside the post names; a country there is whose post it is, not where."""
    location = document.location_at(index, token)
    if location is None or location.place.kind == "country":
        return None
    return location


def _nearest_name(document: Document, index: int, head: Token) -> Site | None:
    """The site of "a post in Kashma, central X": Kashma, known or not, and not the area around it."""
    for noun in (prepositional(head, _AT) or _adjacent(head))[:1]:
        location = own_location(document, index, noun)
        if location is not None:
            return Site(location)
        if _is_unknown_name(document, noun):
            return Site(None, phrase_text(noun))
        named = [t for t in noun.children if t.dep_ in ("compound", "appos", "nmod") and noun_is_place(noun)]
        if _is_of_forces(noun):
            continue  # "of the Southern Military District"
        for t in [*named, *prepositional(noun, ("of",))]:
            inner = document.location_at(index, t)
            if inner is not None:
                return Site(inner)
            if _is_unknown_name(document, t) and noun_is_place(noun):
                return Site(None, phrase_text(t) if t.i > noun.i else phrase_text(noun))
    return None


def _adjacent(head: Token) -> list[Token]:
    """What stands in the preposition directly behind the post, whatever the parser hangs it on."""
    after = head.doc[head.i + 1] if head.i + 1 < len(head.doc) else head
    if after.dep_ != "prep" or after.lower_ not in _AT:
        return []
    return [t for t in after.children if t.dep_ == "pobj"]


def is_named_airbase(head: Token) -> bool:
    """Return whether a post is an air base with a name of its own, which is a place."""
    is_airbase = head.lower_ == "airbase" or any(c.lower_ == "air" for c in head.children)
    return is_airbase and any(c.dep_ == "compound" and c.pos_ == "PROPN" for c in head.children)


def noun_is_place(noun: Token) -> bool:
    """Whether a noun is a kind of place ("the village of", "Kashma district")."""
    lemma = noun.lemma_.lower()
    return any(lemma in noun_class(name) for name in ("settlement", "region", "quarter", "route", "site"))


def _is_unknown_name(document: Document, noun: Token) -> bool:
    """Whether a noun is a name that may be a place's: no party's, no people's and no day's."""
    written = re.sub(r"^[ae][lnrst]h?-", "", noun.text)
    if noun.pos_ != "PROPN" or not written[:1].isupper() or noun.text in days_and_months():
        return False
    if _is_of_forces(noun):
        return False
    is_actor = any(document.gazetteer.actors.find(text) for text in (noun.text, phrase_text(noun)))
    return not is_actor and not document.gazetteer.demonym_country(noun.text)


def _is_of_forces(noun: Token) -> bool:
    """Whether a name is a unit's ("the Multinational Joint Task Force")."""
    words = {t.lower_.removesuffix("s") for t in noun.doc[slice(*noun_phrase(noun))]}
    return bool(words & (noun_class("military_word") | noun_class("force")))


def _unknown(document: Document, head: Token) -> str:
    """The name of "the Kashma base" that no gazetteer knows."""
    names = [t for t in head.children if t.dep_ == "compound" and t.pos_ == "PROPN" and t.i < head.i]
    if not names or not _is_unknown_name(document, names[0]):
        return ""
    if any(t.lower_.removesuffix("s") in noun_class("military_word") | noun_class("force") for t in names):
        return ""  # "the Frontier Corps camp" is named for its owner
    return phrase_text(head)


def _around(document: Document, index: int, trigger: Token) -> Location | None:
    """The place told beside the verb: "attacked the base in the night in X"."""
    for noun in prepositional(trigger, ("in", "at", "near", "outside")):
        location = own_location(document, index, noun)
        if location is not None:
            return location
    return None


def _is_definite(head: Token) -> bool:
    if head.pos_ == "PRON":
        return True
    return any(
        c.dep_ in ("det", "poss") and c.lower_ in ("the", "this", "that", "these", "those", "its", "their")
        for c in head.children
    )


def _where_named(document: Document, index: int, head: Token) -> list[Site]:
    """The site of the last post of that noun which was named with its place."""
    for at in range(index, max(index - _REACH, -1), -1):
        for token in reversed(list(document.doc(at))):
            is_before = at < index or token.i < head.i
            if is_before and token.lemma_.lower().split()[-1:] == [head.lemma_.lower()]:
                sites = _on_it(document, at, token)
                if sites:
                    return sites[:1]
    return []
