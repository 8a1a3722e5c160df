"""Held: which places stand in the slots of a frame of control, and can they change hands at all?"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from geomap.extract.control.words import in_slot, strayed
from geomap.extract.document import SETTLEMENTS, Document
from geomap.extract.grammar.syntax import subjects
from geomap.extract.lexicon import Frame, noun_class
from geomap.extract.places.reference import PlaceRef, is_place_noun, is_told_as_place, places_of, where_of

if TYPE_CHECKING:
    from spacy.tokens import Token

# Characters back within which a settlement is still the one spoken of.
_TOPIC_REACH = 800
# Sentences of a note, which may leave unsaid where it plays.
_NOTE = 3


def places_in(document: Document, index: int, frame: Frame, trigger: Token) -> list[PlaceRef]:
    """Return the places in the slots of a frame that can change hands."""
    for slot in frame.place:
        if slot == "TOPIC" and any(c.lower_ in ("out", "away", "back") for c in trigger.children):
            return _topic(document, index, trigger)
        for noun in in_slot(frame, trigger, slot):
            found = places_of(document, index, noun)
            if noun.lemma_ == "ground" and frame.subtype == "withdrawn":
                return []  # "losing ground" says nothing of where
            if found:
                others = strayed(trigger) if slot == "object" else []
                found += [r for t in others for r in places_of(document, index, t) if r.how == "named"]
                return _accepted(document, frame, trigger, slot, found, noun)
    where = where_of(trigger)
    return places_of(document, index, where) if where is not None else []


def _topic(document: Document, index: int, trigger: Token) -> list[PlaceRef]:
    """The settlement spoken of ("chased the soldiers out on Friday")."""
    at = document.sentences[index].start + trigger.idx
    near = [x for x in document.before(index, at) if x.place.kind in SETTLEMENTS and at - x.end < _TOPIC_REACH]
    return [PlaceRef(near[0], "named", "")] if near and near[0].geo_precision == 1 else []


def _accepted(
    document: Document, frame: Frame, trigger: Token, slot: str, found: list[PlaceRef], noun: Token
) -> list[PlaceRef]:
    """What a place slot may hold: posts belong to their own family, unknown names need a sign that they are places.

    "took Palestinians", "seized Abu Omar": as an object an unknown name is as often a person's, unless it stands in
    a list of places or is told as a place elsewhere.
    """
    if noun.lemma_.lower() in noun_class("post") or any(c.lower_ == "no" for c in noun.children):
        return []
    if trigger.lemma_.lower() in noun_class("clearing") and noun.lemma_.lower() in noun_class("cleared"):
        return []
    if noun.lemma_ == "capital" and noun.dep_ == "conj" and not any(c.dep_ == "det" for c in noun.children):
        return []  # "took X, capital of Y": the parser joins the two
    if any(c.lemma_.lower() in noun_class("contraband") for c in noun.children if c.i < noun.i):
        return []  # "took over a bomb factory"
    if noun.lemma_.lower() in noun_class("military_site"):
        # An unnamed base or barracks is a post; one with a name of its own is a place.
        is_airbase = any(c.lower_ == "air" for c in noun.children)
        found = [ref for ref in found if ref.how == "named" or (is_airbase and ref.how == "unknown")]
    if noun.lemma_.lower() in noun_class("vague_post") and not frame.object_is:
        found = [ref for ref in found if ref.is_told]
    found = [ref for ref in found if _can_be_held(ref)]
    if slot != "object" or frame.object_is or is_place_noun(noun):
        return found
    listed = any(ref.location is not None and ref.how == "named" for ref in found)
    listed = listed or noun.pos_ == "PRON" or (noun.tag_ == "NNP" and _takes_places(document, trigger, noun))
    return [ref for ref in found if ref.how != "unknown" or listed or is_told_as_place(document, ref.text)]


def _takes_places(document: Document, trigger: Token, noun: Token) -> bool:
    """Whether a verb takes places and no persons, or a name is no person's, with a first name in the article."""
    if trigger.lemma_.lower() in noun_class("takes_places"):
        return True
    is_long = any(t.dep_ == "compound" for t in noun.children)
    full = rf"\b[A-Z][\w'’-]+ {re.escape(noun.text)}\b"
    return not is_long and re.search(full, document.article.text) is None


def _can_be_held(ref: PlaceRef) -> bool:
    """Whether a place can change hands: no water, no positions without a name."""
    if ref.location is None and ref.how != "unknown":
        return not ref.text or ref.text.split()[-1].lower() not in noun_class("vague_site")
    return ref.location is None or ref.location.place.kind not in ("water", "sea", "river")


def is_nowhere(document: Document, ref: PlaceRef) -> bool:
    """Whether a place has no name and lies nowhere, in a text long enough to have named it."""
    return ref.location is None and not ref.text[:1].isupper() and len(document.sentences) > _NOTE


def has_name(ref: PlaceRef, trigger: Token) -> bool:
    """Whether a place is named, by a gazetteer's name or by its kind ("the Kashma district fell")."""
    if ref.how == "named":
        return ref.location is not None
    return ref.how == "unknown" and any(is_place_noun(t) for t in subjects(trigger))


def is_unsaid(ref: PlaceRef) -> bool:
    """Whether "the town" points to no town that was named, but only lies where the article plays."""
    is_one = ref.text.lower().split()[-1:] != [] and ref.text.lower().split()[-1] in noun_class("settlement")
    return ref.location is not None and ref.how == "within" and not ref.is_told and is_one


def is_all_country(ref: PlaceRef) -> bool:
    """Whether a place is a country without a direction ("Syria", but not "northwestern Syria")."""
    here = ref.location
    return here is not None and here.place.kind == "country" and here.start == here.mention.start
