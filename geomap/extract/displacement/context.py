"""Move context: is a figure told of people who left, or of people who are helped, visit or only practise?"""

from __future__ import annotations

import functools
from pathlib import Path
from typing import TYPE_CHECKING

from geomap.extract.grammar.syntax import climb
from geomap.extract.kept import ARTICLES_KEPT
from geomap.extract.lexicon import Words
from geomap.extract.triggers import Listed
from geomap.yamlfile import Form, read_yaml

if TYPE_CHECKING:
    from spacy.tokens import Token

_FILE = Path(__file__).parent.parent / "lexicon" / "displacement_context.yml"
# So far above a noun stands what is done to it ("assistance to 300 displaced families").
_REACH = 4


class ContextWords(Form):
    """All lists of ``lexicon/displacement_context.yml``."""

    topic: Words
    danger: Words
    treated: Words
    visitors: Words
    elsewhere: Words
    scenes: Words
    spoken_of: Words
    captives: Words
    drills: Words
    carriers: Words


@functools.cache
def context_words() -> ContextWords:
    """Return the words around figures, read once."""
    return read_yaml(_FILE, ContextWords)


@functools.cache
def _set(name: str) -> frozenset[str]:
    words: Words = getattr(context_words(), name)
    return frozenset(words.words)


@functools.lru_cache(maxsize=ARTICLES_KEPT)
def tells_danger(text: str) -> bool:
    """Whether a text speaks of what people run from."""
    return _danger().stand_in(text)


@functools.cache
def _danger() -> Listed:
    return Listed(context_words().danger.words)


def is_treated(head: Token) -> bool:
    """Whether something else is told of the counted than that they are displaced ("652 refugees were tested")."""
    if head.dep_ in ("nsubj", "nsubjpass") and _is_stated(head.head):
        return False
    for child, above in list(climb(head))[:_REACH]:
        is_welcomed = child.dep_ == "nsubjpass" and above.lemma_ == "receive"  # "were received in X"
        if above.pos_ in ("VERB", "NOUN", "AUX") and above.lemma_.lower() in _set("treated") and not is_welcomed:
            return True
        if child.dep_ == "nsubj" and above.dep_ in ("ccomp", "xcomp") and above.head.lemma_ in _set("treated"):
            return True  # "helped 600 refugees find jobs"
        if above.pos_ in ("VERB", "AUX") or child.dep_ in ("relcl", "advcl", "ccomp"):
            return False
    return False


def _is_stated(verb: Token) -> bool:
    return verb.lemma_ in ("be", "remain", "live", "stay", "reside")


def is_visitor(noun: str, words_before: str) -> bool:
    """Whether a counted noun names people who do not live there; ``words_before`` is the text in front of it."""
    names = _set("visitors")
    last = words_before.split()[-1:] or [""]
    return noun.lower() in names - {"workers"} or f"{last[0]} {noun}".lower() in names


def is_scene(nouns: list[Token]) -> bool:
    """Whether one of the nouns is a building or vehicle that is left for minutes ("fled the church")."""
    return any(n.lemma_.lower() in _set("scenes") for n in nouns)


def is_only_spoken_of(trigger: Token) -> bool:
    """Whether a noun is only what somebody talks about ("debated the return of 200 families")."""
    if trigger.pos_ != "NOUN":
        return False
    above = next((up for _, up in list(climb(trigger))[:_REACH] if up.pos_ == "VERB"), None)
    return above is not None and trigger.dep_ in ("dobj", "pobj", "nsubjpass") and above.lemma_ in _set("spoken_of")


def are_captives(head: Token) -> bool:
    """Whether the counted are held or let go by somebody ("released 30 villagers")."""
    return head.dep_ in ("dobj", "nsubjpass") and head.head.lemma_ in _set("captives")


def goes_elsewhere(nouns: list[Token]) -> bool:
    """Whether one of the nouns of a way is a hospital, a court or the street ("the hospital grounds")."""
    nouns = [*nouns, *(c for n in nouns for c in n.children if c.dep_ == "compound")]
    return any(n.lemma_.lower() in _set("elsewhere") or n.lower_ in _set("elsewhere") for n in nouns)


def is_drill(trigger: Token) -> bool:
    """Whether a trigger is only practised ("a mock evacuation", "the drill involved the evacuation of ...")."""
    words = [c for c in trigger.children if c.dep_ in ("amod", "compound")]
    words += [n for c in trigger.children if c.lower_ in ("in", "during", "as", "for") for n in c.children]
    for _, above in list(climb(trigger))[:_REACH]:
        words += [above, *(c for c in above.children if c.dep_ == "nsubj")]
        words += [n for c in above.children if c.lower_ == "during" for n in c.children]
    return any(w.lemma_.lower() in _set("drills") for w in words)


def is_carrier(noun: Token) -> bool:
    """Whether a noun is a vehicle or a stretch of the way, behind which the way goes on."""
    return noun.lemma_.lower() in _set("carriers") or noun.lower_ in _set("carriers")
