"""States: the parties as they are read, and the armed forces of states among them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geomap.extract.document import Document
from geomap.extract.grammar.syntax import noun_phrase, prepositional
from geomap.extract.lexicon import noun_class
from geomap.model import Actor

if TYPE_CHECKING:
    from spacy.tokens import Token

    from geomap.gazetteer.schema import ActorEntry

_ARMED_KINDS = {"state_forces", "government", "rebels", "armed_group", "generic_forces"}
_OF_STATE = {"ministry", "government", "president", "army", "military", "minister", "command", "staff"}
# Words of a force that say nothing of whose it is: the country of the event tells.
_STATE_WORDS = {
    "army",
    "military",
    "government",
    "regime",
    "troop",
    "soldier",
    "police",
    "authority",
    "force",
    "guard",
}


@dataclass(frozen=True, slots=True)
class Party:
    """An actor as read from a noun phrase.

    Attributes:
        is_armed: an army, a government, an armed group, or a country acting.
        is_bare: named by a common noun alone ("the army"), to be filled in from the context.
    """

    actor: Actor
    is_armed: bool
    is_bare: bool = False
    country: str = ""


def is_generic(entry: ActorEntry) -> bool:
    """Return whether an entry stands for whoever it is in the text ("the rebels")."""
    return entry.kind == "generic"


def party_from(entry: ActorEntry, text: str) -> Party:
    """Return a known actor as a party."""
    armed = entry.kind in _ARMED_KINDS or (
        entry.source_side == "party" and entry.kind not in ("state_media", "media")
    )
    return Party(Actor(entry.name, entry.id), armed, country=entry.country or "")


def of_state(document: Document, country: str, name: str = "") -> Party | None:
    """Return a state as a party, by the text's name; on the side of its government where actors.yml knows that."""
    place = document.gazetteer.place(country) if country else None
    if place is None:
        return None
    demonym = document.gazetteer.demonym(country)
    entry = document.actors.by_name(f"{demonym} government") if demonym else None
    entry_id = entry.id if entry is not None and not is_generic(entry) else ""
    return Party(Actor(name or place.name, entry_id), True, country=country)


def with_country(document: Document, party: Party, country: str) -> Party:
    """Return a bare party ("the army") as that of a country, where the gazetteer knows its demonym."""
    place = document.gazetteer.place(country) if country else None
    demonym = document.gazetteer.demonym(country) if country else None
    if not party.is_bare or place is None or demonym is None:
        return party
    name = f"{demonym} {party.actor.name[:1].lower()}{party.actor.name[1:]}"
    entry = document.actors.by_name(name)
    return Party(Actor(entry.name, entry.id) if entry else Actor(name), party.is_armed, country=country)


def forces_of(document: Document, country: str) -> Party | None:
    """Return the armed forces of a state, where actors.yml knows them."""
    demonym = document.gazetteer.demonym(country) if country else None
    entry = document.actors.by_name(f"{demonym} forces") if demonym else None
    return party_from(entry, "") if entry is not None else None


def country_in(document: Document, token: Token) -> str:
    """Return the country that a phrase names as whose it is ("Turkish troops", "the army of Turkey"), or ""."""
    start, end = noun_phrase(token)
    for t in token.doc[start:end]:
        country = document.gazetteer.demonym_country(t.text)
        if country and not _is_sponsor(t):
            return country
    owners = [t for t in token.children if t.dep_ == "poss"] if token.lemma_.lower() in _OF_STATE else []
    named = [token, *prepositional(token, ("from", "of")), *owners]
    for t in named:
        places = document.gazetteer.places_named(t.text) if t.pos_ == "PROPN" else ()
        if places and places[0].kind == "country":
            return places[0].country or places[0].id
    return ""


def seat_of(document: Document, noun: Token) -> str:
    """Return the country in whose capital an office is said to sit, "" where that is not said."""
    for town in prepositional(noun, ("in",)):
        places = document.gazetteer.places_named(town.text) if town.pos_ == "PROPN" else ()
        country = document.gazetteer.capital_country(places[0].id) if places else None
        if country:
            return country
    return ""


def several_states(document: Document, token: Token) -> str:
    """The first of several states whose forces a phrase joins ("French and Malian troops"), "" where it is one."""
    start, end = noun_phrase(token)
    words = [t for t in token.doc[start:end] if not _is_sponsor(t)]
    codes = dict.fromkeys(c for t in words if (c := document.gazetteer.demonym_country(t.text)))
    return next(iter(codes)) if len(codes) > 1 else ""


def _is_sponsor(token: Token) -> bool:
    """Whether a demonym or name only says who backs the force ("Turkish-backed rebels")."""
    rest = token.doc[token.i + 1 : token.i + 3].text.lower()
    return rest.startswith("-") and any(
        word in rest for word in ("back", "led", "alli", "support", "sponsor", "fund")
    )


def is_name_of_country(document: Document, token: Token) -> bool:
    """Return whether a word is the name of a country."""
    places = document.gazetteer.places_named(token.text)
    return bool(places) and places[0].kind == "country"


def without_owner(document: Document, token: Token, text: str, country: str) -> str:
    """The words of a force without the country that it is of ("Ukraine's army" is the Ukrainian army)."""
    owners = [t for t in token.children if t.dep_ == "poss" and is_name_of_country(document, t)]
    name = owners[0].text if owners and country else ""
    return re.sub(rf"^{re.escape(name)}['’]s?\s+", "", text) if name else text


def of_region(document: Document, token: Token) -> ActorEntry | None:
    """The known forces of a region ("forces from Ethiopia's Tigray region")."""
    if token.lemma_.lower() not in noun_class("force"):
        return None
    homes = prepositional(token, ("from",))
    names = [t.text for home in homes for t in (home, *home.children) if t.pos_ == "PROPN" and t.dep_ != "poss"]
    known = (document.actors.by_name(f"{name} forces") for name in names)
    return next((e for e in known if e is not None and not is_generic(e)), None)


def is_of_state(token: Token) -> bool:
    """Whether a force is a state's: "ground forces", but not "rebel forces" or "Turkish-backed forces"."""
    if token.lemma_.lower() not in _STATE_WORDS:
        return False
    others = noun_class("force") - _STATE_WORDS
    words = {t.lemma_.lower() for t in token.children} | {t.lower_ for t in token.children}
    return not words & (others | {"backed", "led", "allied", "linked", "loyal"})


def is_business(token: Token) -> bool:
    """Whether a group is one that trades or helps ("a construction group", "an aid group")."""
    return any(t.lemma_.lower() in noun_class("business") for t in token.children if t.i < token.i)
