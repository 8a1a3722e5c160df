"""Frame slots: what stands in the slots of a frame of a family of its own?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from geomap.extract.control.words import frame_matches, in_slot, words_of
from geomap.extract.document import Document
from geomap.extract.grammar.syntax import climb, conjuncts, objects, phrase_text, prepositional, subjects
from geomap.extract.lexicon import Frame, noun_class
from geomap.extract.parties.find import Party, owner_in, party_of
from geomap.extract.places.reference import PlaceRef, containing, is_place_noun, places_of
from geomap.extract.posts.slots import slot_of
from geomap.extract.posts.who import party_slot
from geomap.model import Location

if TYPE_CHECKING:
    from spacy.tokens import Token

_WHERE = ("in", "on", "at", "near", "around", "outside", "inside", "across", "of", "against", "over", "into")
_NO_SITE = frozenset({"water", "sea", "river", "country"})


class FamilyFrame(Frame):
    """A frame of a family of its own.

    Slots are those of ``Frame`` and ``target`` (what the verb above a noun is done to: "air strikes hit X"),
    ``clause`` (where the clause above plays), ``UNDER`` (what "came under" it), ``doer`` (who "carried out" it)
    and ``owner`` (the word before).
    ``means`` are nouns of which one must be its subject or its instrument ("jets hit X", "hit X with jets").
    """

    place: tuple[str, ...] = ()
    means: tuple[str, ...] = ()


def matches(frame: FamilyFrame, token: Token) -> bool:
    """Return whether a token is a verb or noun of the frame, with the means that it asks for."""
    if token.pos_ in ("NOUN", "PROPN"):
        return any(_is_named(token, noun) for noun in frame.nouns)
    return frame_matches(frame, token) and (not frame.means or _has_means(frame, token))


def _is_named(token: Token, noun: str) -> bool:
    """Whether a noun of one or more words ends at the token ("air strike"); its last word in any number."""
    *before, last = noun.replace("-", " - ").split()
    if token.lemma_.lower() != last and token.lower_ != last:
        return False
    words = [t.lower_ for t in token.doc[max(0, token.i - len(before)) : token.i]]
    return words == before


def _has_means(frame: FamilyFrame, verb: Token) -> bool:
    nouns = [*subjects(verb), *prepositional(verb, ("with", "by", "in", "from", "using"))]
    return any(_is_named(noun, means) for noun in nouns for means in frame.means)


def words_at(frame: FamilyFrame, trigger: Token) -> str:
    """Return the words of the article that made the frame."""
    if trigger.pos_ == "VERB":
        return words_of(frame, trigger)
    before = [t.i for t in trigger.children if t.dep_ in ("compound", "amod") and t.i < trigger.i]
    return str(trigger.doc[min([trigger.i, *before]) : trigger.i + 1].text)


def _nouns(frame: FamilyFrame, trigger: Token, slot: str) -> list[Token]:
    if slot == "doer":
        return party_slot(_counted_by(trigger), "support")
    if slot == "UNDER":
        return slot_of(trigger, slot)
    if slot not in ("target", "clause"):
        return in_slot(frame, trigger, slot)
    verb = next((head for _, head in climb(trigger) if head.pos_ == "VERB"), None)
    if verb is None:
        return []
    if slot == "clause":
        return prepositional(verb, _WHERE)
    return objects(verb) if trigger in subjects(verb) else []


def _counted_by(trigger: Token) -> Token:
    """The noun that a trigger is counted with ("a string of air strikes"), or the trigger."""
    measure = trigger.head.head if trigger.dep_ == "pobj" and trigger.head.lower_ == "of" else trigger
    return measure if measure.lemma_.lower() in noun_class("measure") else trigger


def party_at(
    document: Document, index: int, frame: FamilyFrame, trigger: Token, slots: Sequence[str]
) -> Party | None:
    """Return the armed party in the first slot that has one, or the one whose planes or positions stand there."""
    for slot in slots:
        owned = [trigger] if slot == "owner" else []
        for noun in owned or [t for n in _nouns(frame, trigger, slot) for t in conjuncts(n)]:
            named = None if owned or not _may_be_party(document, index, noun) else party_of(document, index, noun)
            party = named if named is not None and named.is_armed else _owner(document, index, noun)
            if party is not None and party.is_armed:
                return party
    return None


def _may_be_party(document: Document, index: int, noun: Token) -> bool:
    """Whether a noun may name a party: no place, no number of men, nobody who "blew himself up"."""
    is_counted = any(child.dep_ == "nummod" for child in noun.children)
    is_reflexive = noun.lower_.endswith(("self", "selves"))
    return not (is_counted or is_reflexive or document.location_at(index, noun))


def _owner(document: Document, index: int, noun: Token) -> Party | None:
    """The party in the words before a noun, which may hang on the first of two ("Israeli air strike").

    "Pro-government villages" are nobody's: whose positions or planes they are is asked, not whose towns.
    """
    if noun.lemma_.lower() in noun_class("settlement") | noun_class("region"):
        return None
    before = [t for t in noun.children if t.dep_ == "compound" and t.i < noun.i]
    found = (owner_in(document, index, token) for token in (noun, *before))
    return next((party for party in found if party is not None), None)


def places_at(
    document: Document, index: int, frame: FamilyFrame, trigger: Token, slots: Sequence[str]
) -> list[PlaceRef]:
    """Return what the first slot names that is a site, or else where the words around the trigger are."""
    for slot in slots:
        found = [ref for noun in _nouns(frame, trigger, slot) for ref in _places_of(document, index, noun)]
        if found:
            return found
    around = containing(document, index, trigger)
    return [PlaceRef(around, "named", around.name)] if around is not None and _is_site(around) else []


def _places_of(document: Document, index: int, noun: Token) -> list[PlaceRef]:
    found = [ref for ref in places_of(document, index, noun) if ref.location is not None and _is_site(ref.location)]
    if found or is_place_noun(noun):
        return found
    # "bombed civilians in X": what is hit is no place, but stands in one.
    around = containing(document, index, noun)
    return [PlaceRef(around, "named", around.name)] if around is not None and _is_site(around) else []


def _is_site(location: Location) -> bool:
    """Whether a place is small enough to be the place of an event: no country, no sea."""
    return location.place.kind not in _NO_SITE


def site_at(sites: Sequence[str], frame: FamilyFrame, trigger: Token) -> str:
    """Return what was hit, where it is worth telling ("a hospital")."""
    slots = ("object", "on", "against", "at", "target", "in")
    nouns = (t for slot in slots for n in _nouns(frame, trigger, slot) for t in conjuncts(n))
    return next((phrase_text(t) for t in nouns if t.lemma_.lower() in sites), "")
