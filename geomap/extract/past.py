"""Past: does a trigger tell what is usual, rehearsed or remembered, and no event of its own?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.extract.grammar.syntax import climb, prepositional
from geomap.extract.lexicon import word_classes

if TYPE_CHECKING:
    from spacy.tokens import Token


def is_usual(trigger: Token) -> bool:
    """Whether it tells a habit ("often attack checkpoints", "have attacked posts for decades")."""
    words = word_classes("post_past.yml")
    if any(c.dep_ == "advmod" and c.lower_ in words["usual"] for c in trigger.children):
        return True
    if any(c.dep_ == "amod" and c.lower_ in words["rehearsed"] for c in trigger.children):
        return True
    return any(t.lemma_.lower() in words["age"] for t in prepositional(trigger, ("for",)))


def _is_years_since(clause: Token, above: Token) -> bool:
    """Whether a clause tells of what is counted from ("75 years since troops took X")."""
    words = word_classes("post_past.yml")["age"]
    is_since = any(c.dep_ in ("mark", "advmod", "prep") and c.lower_ == "since" for c in clause.children)
    beside = [above, *(t for t in above.doc[max(0, clause.left_edge.i - 2) : clause.left_edge.i])]
    return is_since and any(t.lemma_.lower() in words for t in beside)


def is_remembered(trigger: Token) -> bool:
    """Whether it is only what a trial, a film or an anniversary is about ("convicted of an attack on a base")."""
    words = word_classes("post_past.yml")["remembered"]
    is_told_of_person = False  # "a man who attacked a base has been sentenced"
    for child, above in climb(trigger):
        if _is_years_since(child, above):
            return True
        if above.lemma_.lower() in words and child.dep_ not in ("nsubj", "nsubjpass", "conj", "advcl", "relcl"):
            return True
        if child.dep_ == "nsubjpass" and above.lemma_.lower() in words and is_told_of_person:
            return True
        is_told_of_person |= child.dep_ == "relcl"
        if above.pos_ in ("VERB", "AUX") and above.dep_ not in ("acl", "pcomp", "relcl", "xcomp"):
            return False
    return False
