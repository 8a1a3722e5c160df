"""Parties: which actor does a noun phrase name, and does it bear arms?

Known actors come from ``actors.yml``; "<demonym> army" is composed; what neither knows keeps the text's own name.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from geomap.extract.document import Document
from geomap.extract.grammar.syntax import noun_phrase, phrase_text, prepositional
from geomap.extract.lexicon import noun_class
from geomap.extract.parties.known import known_actor
from geomap.extract.parties.states import (
    Party,
    country_in,
    forces_of,
    is_business,
    is_generic,
    is_name_of_country,
    is_of_state,
    of_region,
    of_state,
    party_from,
    seat_of,
    several_states,
    with_country,
    without_owner,
)
from geomap.model import Actor

if TYPE_CHECKING:
    from spacy.tokens import Token

    from geomap.gazetteer.schema import ActorEntry

__all__ = ["Party", "forces_of", "of_state", "owner_in", "party_of", "with_country"]

# Characters back within which "the group" points to a group by name.
_GROUP_REACH = 700
_WHOSE = re.compile(r"^(?:its|their|his|her|our|my|last|remaining)\s+", re.IGNORECASE)
_SPEAKING = {"i", "we", "us", "our", "my"}
# Words before a group that make it another one than that named before.
_OTHERS = {
    "other", "rival", "local", "allied", "different", "new", "foreign", "separate", "splinter", "smaller",
    "opposing", "opposition", "pro-government", "rebel", "kurdish", "shiite", "sunni", "tribal", "second", "loyal",
}  # fmt: skip
# Words that make "the force" an irregular one.
_IRREGULAR = {"paramilitary", "rebel", "insurgent", "militant", "jihadist", "islamist"}
_PERSONAL = {"it", "they", "he", "she", "them", "its", "their", "him", "her", "his", "who", "which", "that"}


def party_of(document: Document, index: int, token: Token) -> Party | None:
    """Return the party that a noun phrase names; None for things, places and pronouns without a referent."""
    if token.lower_ in _SPEAKING:
        return None
    if token.lower_ in _PERSONAL or token.pos_ == "PRON":
        return _pronoun(document, index, token)
    owned = _of_pronoun(document, index, token) or _of_group(document, index, token)
    owned = owned or _of_kind(document, index, token)
    if owned is not None:
        return owned
    known = known_actor(document, token) if not several_states(document, token) else None
    text = phrase_text(token)
    if known is not None and not is_generic(known):
        return _forces_of(document, known, token) or party_from(known, text)
    region = of_region(document, token)
    if region is not None:
        return party_from(region, text)
    country = country_in(document, token)
    if token.lemma_.lower() in noun_class("force") or known is not None:
        meant = _named_before(document, index, token) if not country else None
        return meant or _force(document, index, token, text, country)
    if country and token.pos_ in ("PROPN", "NOUN") and document.gazetteer.demonym_country(token.text):
        # "the Russians" as actors are their forces, by the text's own word.
        forces = forces_of(document, country)
        return Party(Actor(text, forces.actor.id if forces else ""), True, country=country)
    if country and is_name_of_country(document, token):
        return of_state(document, country, text)
    if token.pos_ == "PROPN" and document.location_at(index, token) is None:
        return Party(Actor(text), False)
    return None


def _named_before(document: Document, index: int, token: Token) -> Party | None:
    """The armed group that "the group" or "the militants" points back to: the last one named, shortly before."""
    kinds = [t for t in token.children if t.dep_ not in ("det", "case", "punct", "relcl", "acl", "appos")]
    is_bare = all(t.dep_ in ("amod", "compound") and _is_kind(document, t) for t in kinds)
    is_definite = any(t.dep_ == "det" and t.lower_ in ("the", "this") for t in token.children)
    if token.lemma_ == "force" and (token.tag_ != "NN" or not any(t.lower_ in _IRREGULAR for t in token.children)):
        return None
    if not (is_bare and is_definite) or token.lemma_.lower() not in noun_class("named_before"):
        return None
    at = document.sentences[index].start + token.idx
    text = document.article.text[max(0, at - _GROUP_REACH) : at]
    hits = [e for _, _, e in document.actors.find(text) if e.kind in ("rebels", "armed_group")]
    return party_from(hits[-1], "") if hits else None


def _is_kind(document: Document, word: Token) -> bool:
    """Whether a word only says what kind of group is meant ("the hardline group", "the Tutsi-led militia")."""
    is_other = word.lower_ in _OTHERS or document.gazetteer.demonym_country(word.text) is not None
    return not is_other and not (word.pos_ == "PROPN" and word.dep_ == "compound")


def _of_pronoun(document: Document, index: int, token: Token) -> Party | None:
    """The party of "its forces": the one that the pronoun points back to."""
    if token.lemma_.lower() not in noun_class("force") | {"man"}:
        return None
    pronoun = next((c for c in token.children if c.dep_ == "poss" and c.lower_ in ("its", "their", "his")), None)
    return _pronoun(document, index, pronoun) if pronoun is not None else None


def _of_group(document: Document, index: int, token: Token) -> Party | None:
    """The party of "the group's fighters": the one that "the group" points back to."""
    if token.lemma_.lower() not in noun_class("force"):
        return None
    owners = [c for c in token.children if c.dep_ == "poss"]
    groups = [c for c in owners if c.lemma_.lower() in noun_class("named_before")]
    found = (_named_before(document, index, c) for c in groups)
    return next((p for p in found if p is not None), None) or next(
        (p for c in owners if (p := _of_kind(document, index, c)) is not None), None
    )


def _of_kind(document: Document, index: int, token: Token) -> Party | None:
    """The party that "the alliance" points back to: the last one named with that word."""
    if token.lemma_.lower() not in noun_class("named_by_word") or any(t.dep_ != "det" for t in token.lefts):
        return None
    at = document.sentences[index].start + token.idx
    text = document.article.text[max(0, at - _GROUP_REACH) : at]
    hits = [e for _, _, e in document.actors.find(text) if e.kind in ("rebels", "armed_group")]
    named = [e for e in hits if any(token.lemma_.lower() in name.lower() for name in e.names)]
    return party_from(named[-1], "") if named else None


def _led_by(document: Document, index: int, noun: Token) -> Party | None:
    """Whose leader a noun is: by the words before it or by "of" ("the head of the RSF")."""
    own = owner_in(document, index, noun)
    of = (party_of(document, index, t) for t in prepositional(noun, ("of",)))
    return own or next((party for party in of if party is not None and party.is_armed), None)


def owner_in(document: Document, index: int, token: Token) -> Party | None:
    """Return the party named by the words before a noun ("Turkish observation posts", "the army's base")."""
    for child in sorted(token.children, key=lambda t: t.i):
        if child.dep_ in ("poss", "compound", "nmod", "amod") and child.i < token.i:
            party = _modifier(document, index, child)
            if party is not None:
                return party
    return None


def _modifier(document: Document, index: int, child: Token) -> Party | None:
    known = known_actor(document, child)
    if known is not None and not (is_generic(known) and child.lemma_.lower() in ("military", "security")):
        is_own_word = not is_generic(known) or child.lemma_.lower() in known.name.lower()
        return party_from(known, "") if is_own_word else replace(party_from(known, ""), actor=Actor(child.text))
    country = document.gazetteer.demonym_country(child.text)
    if country:
        return forces_of(document, country) or Party(Actor(f"{child.text} forces"), True, country=country)
    lemma = child.lemma_.lower()
    if child.dep_ == "poss" or lemma in noun_class("force"):
        return party_of(document, index, child)
    return None


def _forces_of(document: Document, known: ActorEntry, token: Token) -> Party | None:
    """The forces of a government, where the phrase says forces ("Syrian government troops")."""
    if known.kind != "government" or token.lemma_.lower() not in noun_class("force") | {"army"}:
        return None
    if token.lemma_.lower() in ("government", "regime", "authority", "side"):
        return None
    return forces_of(document, known.country)


def _force(document: Document, index: int, token: Token, text: str, country: str) -> Party | None:
    """A force named by a common noun: "the army", "Turkish troops", "rebel fighters"."""
    text = _WHOSE.sub("", text)
    entry = document.actors.by_name(text)
    is_force = token.lemma_.lower() in noun_class("force") and not is_business(token)
    if not is_force and (entry is None or entry.source_side != "party"):
        return Party(Actor(text), False)
    several = several_states(document, token)
    if several:
        forces = forces_of(document, several)
        return Party(Actor(text, forces.actor.id if forces else ""), True, country=several)
    if (entry is None or is_generic(entry)) and country and is_of_state(token):
        # "Syrian ground forces" keep the text's name and stand on the side of the Syrian forces.
        forces = forces_of(document, country)
        demonym = document.gazetteer.demonym(country)
        own = without_owner(document, token, text, country)
        if demonym and demonym.lower() not in own.lower():  # "troops from Ethiopia"
            own = f"{demonym} {own[:1].lower()}{own[1:]}"
        named = document.actors.by_name(own) if not own.endswith(text[1:]) else None
        if named is not None and not is_generic(named):
            return party_from(named, own)
        text = own
        return Party(Actor(text, forces.actor.id if forces else ""), True, country=country)
    is_bare = not country and is_of_state(token) and not _has_name(token)
    return Party(Actor(text, "" if entry is None or is_generic(entry) else entry.id), True, is_bare, country)


def _has_name(token: Token) -> bool:
    start, end = noun_phrase(token)
    return any(
        t.pos_ == "PROPN" or (t.text[:1].isupper() and t.i > 0 and t.dep_ != "det") for t in token.doc[start:end]
    )


def _pronoun(document: Document, index: int, token: Token) -> Party | None:
    """The nearest party before a pronoun that could be meant: subjects of this sentence, then of those before."""
    for at in range(index, max(index - 3, -1), -1):
        doc = document.doc(at)
        nouns = [t for t in doc if t.dep_ in ("nsubj", "nsubjpass", "pobj") and t.pos_ in ("NOUN", "PROPN")]
        if at == index:
            nouns = [t for t in nouns if t.i < token.i and (t.dep_ != "pobj" or t.head.dep_ == "agent")][::-1]
        else:
            nouns = sorted(nouns, key=lambda t: t.dep_ == "pobj")
        for noun in nouns:
            party = party_of(document, at, noun)
            forces = _of_office(document, noun) if party is None or not party.actor.id else None
            if forces is not None:
                return forces
            if party is not None and party.is_armed:
                return party
            owner = _led_by(document, at, noun) if noun.lemma_.lower() in noun_class("leader") else None
            if owner is not None and owner.is_armed:
                return owner  # "Wagner's founder said his men"
    return None


def _of_office(document: Document, noun: Token) -> Party | None:
    """The forces of the state that an office is of ("Russia's ministry", "the defence ministry in Ankara")."""
    if noun.lemma_.lower() not in noun_class("state_office"):
        return None
    country = country_in(document, noun) or seat_of(document, noun)
    return forces_of(document, country) or of_state(document, country) if country else None
