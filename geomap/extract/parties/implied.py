"""Implied: who did it, where the verb itself does not say?

Its attack says it ("the offensive led by X brought the capture of Y"), or the sentence behind: "X claimed
responsibility", "fighters of X led the operation".
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from geomap.extract.document import Document
from geomap.extract.grammar.syntax import prepositional, subjects
from geomap.extract.lexicon import any_of, noun_class, word_classes
from geomap.extract.parties.find import Party, owner_in, party_of
from geomap.extract.parties.states import is_generic, party_from
from geomap.extract.triggers import inflections, plurals

if TYPE_CHECKING:
    from spacy.tokens import Token


# Characters behind "fighters from" in which a group is named, and in which its name begins.
_NAME, _NEAR = 80, 25


def named_doer(document: Document, index: int, doer: Party) -> Party:
    """Return the party that claims the deed of somebody unknown ("gunmen", "suicide bombers"), else the doer."""
    is_anybody = not doer.actor.id and doer.actor.name.split()[-1].lower() in noun_class("anybody")
    return (_behind(document, index) or _members(document, index) or doer) if is_anybody else doer


def implied_doer(document: Document, index: int, trigger: Token) -> Party | None:
    """Return the armed party behind what a trigger tells; None where neither sentence says so."""
    attacks = (noun for verb in trigger.ancestors for noun in subjects(verb) if verb.pos_ == "VERB")
    found = (_of_attack(document, index, noun) for noun in attacks if noun.lemma_ in _attacks())
    return next((party for party in found if party is not None), None) or _behind(document, index)


def _of_attack(document: Document, index: int, noun: Token) -> Party | None:
    """Whose attack it is: "the rebels' offensive", "an offensive by rebels", "the attack led by X"."""
    led = [c for c in noun.children if c.dep_ == "acl" and c.lemma_ in word_classes("nouns.yml")["leading"]]
    agents = [noun_ for verb in led for noun_ in subjects(verb)] + prepositional(noun, ("by",))
    parties = (party_of(document, index, agent) or _named_in(document, agent) for agent in agents)
    found = next((party for party in parties if party is not None and party.is_armed), None)
    own = owner_in(document, index, noun) if found is None else None
    return found or (own if own is not None and own.is_armed else None)


def _named_in(document: Document, noun: Token) -> Party | None:
    """The last known party in a phrase that is no name of its own ("members of the group, the Front")."""
    text = noun.doc[noun.left_edge.i : noun.right_edge.i + 1].text
    hits = [entry for _, _, entry in document.actors.find(text) if not is_generic(entry)]
    return party_from(hits[-1], "") if hits else None


def _members(document: Document, index: int) -> Party | None:
    """Of which group the sentence behind says that the fighters were: "two fighters from X blew themselves up"."""
    at = index + 1
    if at >= len(document.sentences):
        return None
    text = document.sentences[at].text
    match = _membership().search(text)
    hits = document.actors.find(text[match.end() : match.end() + _NAME]) if match is not None else []
    groups = [entry for start, _, entry in hits if entry.kind in ("rebels", "armed_group") and start <= _NEAR]
    return party_from(groups[0], "") if groups else None


@functools.cache
def _membership() -> re.Pattern[str]:
    members = any_of({form for noun in noun_class("anybody") | {"fighter", "member"} for form in plurals(noun)})
    return re.compile(rf"\b{members}\s+(?:from|of|belonging\s+to|loyal\s+to)\s+", re.IGNORECASE)


def _behind(document: Document, index: int) -> Party | None:
    """Who claims responsibility, or led it, by the sentence behind in the same paragraph."""
    at = index + 1
    if at >= len(document.sentences) or document.sentences[at].paragraph != document.sentences[index].paragraph:
        return None
    if not _claims().search(document.sentences[at].text):
        return None
    for verb in document.doc(at):
        objects = [c.lemma_ for c in verb.children if c.dep_ == "dobj"] if verb.pos_ == "VERB" else []
        if "responsibility" in objects or any(lemma in _attacks() for lemma in objects):
            parties = (party_of(document, at, noun) for noun in subjects(verb))
            return next((party for party in parties if party is not None and party.is_armed), None)
    return None


@functools.cache
def _attacks() -> frozenset[str]:
    return noun_class("campaign") | word_classes("denials.yml")["attack"] | {"operation"}


@functools.cache
def _claims() -> re.Pattern[str]:
    leading = any_of({form for verb in noun_class("leading") for form in inflections(verb)})
    attacks = any_of({form for noun in _attacks() for form in plurals(noun)})
    led = rf"{leading}\s+(?:out\s+)?the\s+(?:[a-z]+\s+)?{attacks}"
    return re.compile(rf"\b(?:responsibility|{led})\b", re.IGNORECASE)
