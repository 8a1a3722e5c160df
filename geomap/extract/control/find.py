"""Control: who took, lost, surrounded or gave up which place?

Each frame of control.yml is looked for at the verbs and nouns of a sentence; its slots give the place, the winner
and the loser. A frame without a place is no event: seized weapons and control of a company are not control.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geomap.extract.control.held import has_name, is_all_country, is_nowhere, is_unsaid, places_in
from geomap.extract.control.words import frame_matches, in_slot, with_nouns, words_of
from geomap.extract.document import Document
from geomap.extract.lexicon import Frame, control_frames, noun_class
from geomap.extract.parties.find import Party, party_of
from geomap.extract.past import is_remembered
from geomap.extract.places.reference import PlaceRef
from geomap.extract.war import is_about_war

if TYPE_CHECKING:
    from spacy.tokens import Token


@dataclass(frozen=True, slots=True)
class ControlReading:
    """One frame found at a trigger, with what fills its slots."""

    frame: Frame
    trigger: Token
    words: str
    place: PlaceRef
    actor: Party | None
    opponent: Party | None


def find_control(document: Document, index: int) -> Iterator[ControlReading]:
    """Yield the changes of control that a sentence tells, whether or not they happened."""
    for token in document.doc(index):
        for frame in _frames_by_word().get(token.lemma_.lower(), ()):
            if frame_matches(frame, token):
                found = list(_read(document, index, frame, token))
                yield from found
                if found:
                    break


@functools.cache
def _frames_by_word() -> dict[str, tuple[Frame, ...]]:
    """The frames of each verb and noun, in the order in which they are tried."""
    words = {word for frame in control_frames() for word in (*frame.verbs, *frame.nouns)}
    return {word: tuple(f for f in control_frames() if word in f.verbs or word in f.nouns) for word in words}


def _read(document: Document, index: int, frame: Frame, trigger: Token) -> Iterator[ControlReading]:
    # Places come first: a party may be a pronoun, for which the sentences before are parsed.
    places = list(places_in(document, index, frame, trigger))
    if not places or is_remembered(trigger):
        return
    actor = first_party(document, index, frame, trigger, frame.actor)
    if (
        frame.armed
        and (actor is None or not actor.is_armed)
        and not _has_armed_loser(document, index, frame, trigger)
    ):
        return
    if (actor is None or not actor.is_armed) and _is_of_peace(document, frame, trigger):
        return
    if _are_police(frame, trigger) and not is_about_war(document):
        return  # "police cleared the square"
    if frame.with_ and not _is_with_armed(document, index, frame, trigger):
        return
    opponent = first_party(document, index, frame, trigger, frame.opponent)
    if frame.armed_opponent and (opponent is None or not opponent.is_armed):
        return
    if frame.troops and not any(_are_troops(t) for t in in_slot(frame, trigger, frame.actor[0])):
        return
    words = words_of(frame, trigger)
    for place in places:
        if is_all_country(place) and (frame.subtype == "partial" or place.how == "part"):
            continue  # who advances in a country advances somewhere; "swathes of" a country were taken over years
        if is_nowhere(document, place):
            continue
        if is_unsaid(place) or (frame.told and not place.is_told):
            continue
        if frame.named and not has_name(place, trigger):
            continue
        if place.how == "within" and trigger.dep_ == "acl" and trigger.tag_ == "VBN":
            continue  # "two towns besieged by the army" only says which unnamed towns are meant
        yield ControlReading(frame, trigger, words, place, actor, opponent)


def _is_with_armed(document: Document, index: int, frame: Frame, trigger: Token) -> bool:
    """Whether the noun behind the preposition is one of the frame's, or a party where it asks for an armed one."""
    for noun in with_nouns(frame, trigger):
        if any(noun.lemma_.lower() in nouns for nouns in frame.with_.values()):
            return True
        party = party_of(document, index, noun)
        if party is not None and party.is_armed:
            return True
    return False


def _is_of_peace(document: Document, frame: Frame, trigger: Token) -> bool:
    """Whether the doer is an office or a business, or anybody in an article that tells of no war."""
    doers = [t for t in in_slot(frame, trigger, "subject") if "subject" in frame.actor]
    if any(_is_civil(t) for t in doers):
        return True
    return any(t.pos_ != "PRON" for t in doers) and not is_about_war(document)


def _are_police(frame: Frame, trigger: Token) -> bool:
    doers = in_slot(frame, trigger, "subject") if "subject" in frame.actor else []
    return any(t.lemma_.lower() in ("police", "policeman", "officer") for t in doers)


def _is_civil(noun: Token) -> bool:
    """Whether a noun is an office or a business, which takes control of no place by arms."""
    return noun.lemma_.lower() in noun_class("civil")


def _are_troops(noun: Token) -> bool:
    """Whether a noun is a body of armed men and no single one, nor one that keeps a peace."""
    lemma = noun.lemma_.lower()
    if lemma in noun_class("peace_force") or any(
        t.lemma_.lower() in noun_class("peace_force") for t in noun.children
    ):
        return False
    is_many = noun.tag_ in ("NNS", "NNPS") or lemma in noun_class("body") or noun.pos_ in ("PROPN", "PRON")
    return is_many and lemma not in noun_class("office")


def _has_armed_loser(document: Document, index: int, frame: Frame, trigger: Token) -> bool:
    """A passive without an agent is armed if the loser is ("militants were driven out of the village")."""
    if in_slot(frame, trigger, "subject") and frame.actor[:1] == ("subject",):
        return False
    party = first_party(document, index, frame, trigger, frame.opponent)
    if party is not None and party.is_armed:
        return True
    return frame.subtype == "recaptured" and not in_slot(frame, trigger, "subject")


def first_party(
    document: Document, index: int, frame: Frame, trigger: Token, slots: tuple[str, ...]
) -> Party | None:
    """Return the party that stands in the first filled of the slots; of several the first that bears arms."""
    for slot in slots:
        named = [party_of(document, index, noun) for noun in in_slot(frame, trigger, slot)]
        if slot == "subject" and not any(named):
            named = [p for noun in in_slot(frame, trigger, slot) for p in _owners(document, index, noun)]
        parties = [party for party in named if party is not None]
        if parties:
            return next((party for party in parties if party.is_armed), parties[0])
    return None


def _owners(document: Document, index: int, noun: Token) -> list[Party | None]:
    """Whose campaign or advance it is that takes a place ("the army's offensive has seized most of X")."""
    if noun.lemma_.lower() not in noun_class("campaign"):
        return []
    return [party_of(document, index, t) for t in noun.children if t.dep_ in ("poss", "compound", "amod")]
