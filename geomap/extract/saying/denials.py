"""Denials: what does a sentence say is not so, and who says it?

A denial names a place ("denied that Marsa had fallen", "said Marsa remained under its control"), points to one
("denied losing the town") or to the statement before it ("denied the claim").
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from geomap.extract.document import Document
from geomap.extract.grammar.syntax import objects, prepositional, subjects
from geomap.extract.lexicon import noun_class, word_classes
from geomap.extract.parties.find import Party, party_of
from geomap.extract.saying.attribution import speaker_of
from geomap.extract.saying.reports import subject_of_report
from geomap.extract.saying.speakers import Speaker
from geomap.extract.triggers import Phrases

if TYPE_CHECKING:
    from spacy.tokens import Token

# Sentences back to which "denied it" points, "denied the claim", and "denied losing the town".
NEAR, _MIDDLE, FAR = 2, 3, 6
_THAT = {"it", "this", "that"}
_FUTURE = {"will", "would", "could", "may", "might", "can", "should", "must", "to"}
# Of "didn't" the words are "didn" and "t".
_NEGATIONS = {"not", "t", "never", "no", "n"}
_GOING_ON = {"still", "continue", "remain", "stay"}
_CLAUSES = ("ccomp", "xcomp", "acl", "relcl", "pcomp")


@dataclass(frozen=True, slots=True)
class Denial:
    """A statement that something told elsewhere in the article is not so.

    Attributes:
        index: of its sentence.
        places: ids of the places it names; empty where it points to what was told before.
        site: the noun of the site it is about ("airport"), "" where it is a whole place.
        is_of_all: it denies every change ("the loss of any position").
        reach: how many sentences back it may point.
        is_of_report: it denies a statement, whatever that tells.
        is_of_last: it points to the last statement before it ("denied it").
        is_outright: it is by a verb of denial; otherwise something else is said that cannot be true beside it.
        holder: who is said to hold the place still; None where nobody is.
    """

    index: int
    speaker: Speaker
    places: frozenset[str] = frozenset()
    reach: int = FAR
    is_of_report: bool = False
    is_of_last: bool = False
    is_outright: bool = True
    site: str = ""
    is_of_all: bool = False
    holder: Party | None = None


def may_deny(said: frozenset[str]) -> bool:
    """Return whether a sentence of these words may deny something; cheap, and never wrong when it says no."""
    return any(first.among(said) and second.among(said) for first, second in _pairs())


@functools.cache
def _pairs() -> tuple[tuple[Phrases, Phrases], ...]:
    """Words of which one each must be there for each way of denying."""
    told = words("change") | words("report") | words("power") | _THAT
    pairs = [
        (words("deny"), told | {"be"}),
        (words("false"), told),
        (words("repel"), words("attack")),
        (_GOING_ON, words("hold") | words("power")),
        (_NEGATIONS, words("change")),
    ]
    return tuple((Phrases(first), Phrases(second)) for first, second in pairs)


def denials_in(document: Document, index: int) -> Iterator[Denial]:
    """Yield what a sentence denies; statements in the article's own voice deny nothing."""
    for token in document.doc(index):
        if token.pos_ not in ("VERB", "AUX") or _is_open(token):
            continue
        speaker = subject_of_report(document, index, token)
        if speaker is not None and speaker.name:
            yield from (_denial(document, index, speaker, content) for content in _contents(token))
        for told in _said_false(token):
            yield _denial(document, index, speaker_of(document, index, token), told)
        content = _told_otherwise(token)
        if content is not None:
            said = speaker_of(document, index, token)
            holder = _holder(token)
            party = party_of(document, index, holder) if holder is not None else None
            if said.name:
                denial = _denial(document, index, said, content)
                yield replace(denial, is_outright=False, holder=party)


def words(name: str) -> frozenset[str]:
    """Return the words of a class of denials.yml."""
    return word_classes("denials.yml")[name]


def _denial(document: Document, index: int, speaker: Speaker, content: Token) -> Denial:
    if content.lower_ in _THAT or content.lemma_ in words("report"):
        is_of_last = content.lower_ in _THAT
        return Denial(
            index, speaker, reach=NEAR if is_of_last else _MIDDLE, is_of_report=True, is_of_last=is_of_last
        )
    named = (document.location_at(index, token) for token in content.subtree)
    places = frozenset(location.place.id for location in named if location is not None)
    is_attack = content.lemma_ in words("attack")
    is_of_all = any(t.lower_ == "any" for t in content.subtree)
    sites = [t.lemma_.lower() for t in content.subtree if t.lemma_.lower() in noun_class("site")]
    site = sites[0] if sites and not is_of_all else ""
    return Denial(index, speaker, places, NEAR if is_attack else FAR, site=site, is_of_all=is_of_all)


def _contents(verb: Token) -> Iterator[Token]:
    """What a verb of denial governs: words of a change of control, "it" or "the claim"."""
    if _is_negated(verb):
        return
    if verb.lemma_ in words("deny"):
        for noun in objects(verb):
            yield from _content_of(noun)
        yield from (c for c in verb.children if c.dep_ in ("ccomp", "xcomp") and _tells_change(c))
    elif verb.lemma_ in words("brand") and any(t.lower_ in words("false") for t in verb.subtree):
        for noun in _branded(verb):
            yield from _content_of(noun)


def _branded(verb: Token) -> list[Token]:
    """What is called false, whatever the parser makes of it ("called the report propaganda" as one noun)."""
    nouns = objects(verb) + [noun for c in verb.children if c.dep_ == "ccomp" for noun in subjects(c)]
    return nouns + [c for noun in nouns for c in noun.children if c.dep_ == "compound"]


def _content_of(noun: Token) -> Iterator[Token]:
    """What a noun under a denial stands for; nothing where it is no report and no change."""
    if noun.lower_ in _THAT or noun.lemma_ in words("change"):
        yield noun
    elif noun.lemma_ in words("report"):
        inner = [c for c in noun.children if c.dep_ in _CLAUSES] + prepositional(noun, ("of", "about"))
        yield from (c for c in inner if _tells_change(c))
        if not inner:
            yield noun


def _tells_change(word: Token) -> bool:
    is_there = word.lemma_ == "be" and bool(prepositional(word, ("in", "inside")))
    return is_there or word.lemma_ in words("change") or _power(word) is not None


def _told_otherwise(verb: Token) -> Token | None:
    """The clause in which somebody says that a place was not lost, is still held, or that an attack failed."""
    if verb.lemma_ in words("change") and _is_negated(verb):
        return verb
    if verb.lemma_ in words("repel"):
        return next((noun for noun in objects(verb) if _is_attack(noun)), None)
    if _holder(verb) is not None:
        return verb
    return None


def _said_false(verb: Token) -> Iterator[Token]:
    """What "the reports were false" is said of."""
    if verb.lemma_ == "be" and not _is_negated(verb) and any(c.lower_ in words("false") for c in verb.children):
        for noun in subjects(verb):
            yield from _content_of(noun)


def _is_attack(noun: Token) -> bool:
    """Whether it is an attack on a place ("an attempt to seize the town", not "to blow up a truck")."""
    aims = [child for child in noun.children if child.dep_ == "acl"]
    return noun.lemma_ in words("attack") and all(_tells_change(aim) for aim in aims)


def _holder(verb: Token) -> Token | None:
    """Who is said to have a place still: "remained under their control", "still held the town"."""
    if _is_negated(verb):
        return None
    power = _power(verb)
    is_lasting = _is_still(verb) or verb.lemma_ in ("remain", "stay")
    if power is not None and verb.lemma_ in words("remain") and is_lasting:
        return _owner_of(power) or next(iter(subjects(verb)), None)
    if verb.lemma_ in words("hold") and _is_still(verb):
        return next(iter(subjects(verb)), None)
    return None


def _power(verb: Token) -> Token | None:
    """The noun of "under their control", "in the army's hands"."""
    nouns = prepositional(verb, ("under", "in"))
    return next((noun for noun in nouns if noun.lemma_ in words("power")), None)


def _owner_of(power: Token) -> Token | None:
    owners = [c for c in power.children if c.dep_ in ("poss", "amod", "compound", "nmod") and c.lower_ != "full"]
    return next(iter(prepositional(power, ("of",)) + owners), None)


def _is_still(verb: Token) -> bool:
    is_going_on = verb.dep_ == "xcomp" and verb.head.lemma_ == "continue"
    return is_going_on or any(c.lower_ == "still" for c in verb.children)


def _is_negated(token: Token) -> bool:
    return any(child.dep_ == "neg" for child in token.children)


def _is_open(token: Token) -> bool:
    """Whether it is only going to be, or could be, so."""
    is_after_continue = token.dep_ == "xcomp" and token.head.lemma_ == "continue"
    return not is_after_continue and any(c.dep_ == "aux" and c.lower_ in _FUTURE for c in token.children)
