"""Reports: under which verb or noun of saying does a trigger stand, and whose is it?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.extract.document import Document
from geomap.extract.grammar.syntax import climb, is_apart, objects, prepositional, subjects
from geomap.extract.lexicon import noun_class, reporting, word_classes
from geomap.extract.saying.speakers import Speaker, named_speaker

if TYPE_CHECKING:
    from spacy.tokens import Token

# Who speaks for himself in a quotation.
SPEAKING = frozenset({"i", "we", "us"})
_QUOTING = {"quote", "cite"}
# Verbs whose subject tells his own deed by an infinitive ("claimed to have taken").
_OWN_DEED = {"claim", "boast", "profess"}


def governing(document: Document, index: int, trigger: Token) -> Speaker | None:
    """Return the subject of the reporting verb that the trigger's clause depends on, the innermost first."""
    for child, head in climb(trigger):
        if head.i > trigger.i and is_apart(trigger, head):
            return None
        verb = _report_above(child, head, child is trigger)
        if verb is not None:
            found = subject_of_report(document, index, verb)
            if found is not None or child.dep_ not in ("ccomp", "parataxis"):
                return found
        if child.dep_ == "relcl" and head.dep_ == "nsubj" and head.head.lemma_ in reporting("verb"):
            # "said X, who fled the town": X tells his own story.
            return named_speaker(document, index, head)
        if (
            child.dep_ in ("acl", "ccomp", "prep", "pobj")
            and head.lemma_ in reporting("noun")
            and head.pos_ == "NOUN"
        ):
            return _noun_report(document, index, head)
    return _run_on(document, index, trigger) or _beside_clause(document, index, trigger)


def _report_above(child: Token, head: Token, is_trigger: bool) -> Token | None:
    """The verb of saying right above a clause, or above the noun or figure that the trigger is or describes."""
    if head.lemma_ in _OWN_DEED and head.pos_ == "VERB" and child.dep_ in ("xcomp", "prep"):
        return head
    if child.dep_ == "prep" and f"{head.lemma_} {child.lower_}" in reporting("topic"):
        return head if head.pos_ == "VERB" else None  # "witnesses spoke of the fall of the town"
    if head.pos_ == "VERB" and head.lemma_ in reporting("verb"):
        # "officials confirmed the fall of the town", "the agency counted 400 displaced people"
        is_noun = child.dep_ in ("dobj", "nsubjpass") and (is_trigger or head.lemma_ in reporting("counting"))
        return head if child.dep_ in ("ccomp", "parataxis") or is_noun else None
    if head.lemma_ in word_classes("modality.yml")["denied"] and child.dep_ in ("ccomp", "xcomp", "dobj"):
        return head if head.pos_ == "VERB" else None
    if head.lemma_ == "put" and child.dep_ == "dobj" and child.lemma_ in reporting("figure_noun"):
        return head
    is_told = child.dep_ == "relcl" and head.dep_ == "pobj" and any(c.dep_ == "mark" for c in child.children)
    # "reported to the president that the town had fallen": the parser hangs the clause on the president.
    return head.head.head if is_told and head.head.head.lemma_ in reporting("verb") else None


def _beside_clause(document: Document, index: int, trigger: Token) -> Speaker | None:
    """The speaker of a reporting verb put in beside the trigger's clause ("the town, he said, has fallen")."""
    for child in _clause_root(trigger).children:
        if child.dep_ == "parataxis" and child.lemma_ in reporting("verb"):
            return subject_of_report(document, index, child)
    return None


def subject_of_report(document: Document, index: int, verb: Token) -> Speaker | None:
    """Return who speaks by a reporting verb, or denies by a verb of denial; None where nobody is named."""
    # "the agency quoted the ministry as saying": who is quoted, speaks.
    above = verb.head.head if verb.dep_ == "pcomp" else verb
    quoted = objects(above) if above.lemma_ in _QUOTING else []
    nouns = [t for t in quoted or subjects(verb) if t.lower_ not in SPEAKING]
    return named_speaker(document, index, _not_a_place(document, index, nouns[0])) if nouns else None


def _not_a_place(document: Document, index: int, noun: Token) -> Token:
    """The noun, or who stands behind a place taken for the subject ("rebels took Marsa, the monitor said")."""
    if document.location_at(index, noun) is None:
        return noun
    behind = [c for c in noun.children if c.dep_ in ("appos", "conj") and c.i > noun.i]
    return next((c for c in behind if document.location_at(index, c) is None), noun)


def _run_on(document: Document, index: int, trigger: Token) -> Speaker | None:
    """The speaker of a run-on sentence: a clause with a subject of its own, coordinated with the reporting verb."""
    head = trigger.head
    if trigger.dep_ != "conj" or head.lemma_ not in reporting("verb") or head.pos_ != "VERB":
        return None
    return subject_of_report(document, index, head) if set(subjects(trigger)) != set(subjects(head)) else None


def _noun_report(document: Document, index: int, noun: Token) -> Speaker | None:
    owner = [t for t in noun.children if t.dep_ == "poss"] + prepositional(noun, ("by", "from"))
    owner += [t for t in noun.children if t.dep_ in ("amod", "compound") and _names_a_side(document, t)]
    if owner:
        return named_speaker(document, index, owner[0])
    if noun.lemma_ not in ("report", "account", "rumour", "rumor", "claim"):
        return None
    return Speaker(noun.text.lower(), "media", at=document.sentences[index].start + noun.idx, sentence=index)


def _names_a_side(document: Document, word: Token) -> bool:
    """Whether a word before "claims" says whose they are ("Russian claims", "rebel claims")."""
    is_people = document.gazetteer.demonym_country(word.text) is not None
    return is_people or word.lemma_.lower() in noun_class("force") or bool(document.actors.find(word.text))


def is_of_denied_report(trigger: Token) -> bool:
    """Whether the trigger is of a claim that somebody denies ("denied claims that X had fallen")."""
    members = word_classes("modality.yml")["denied"]
    for child, head in climb(trigger):
        if (
            head.pos_ == "NOUN"
            and head.lemma_ in reporting("noun")
            and child.dep_ in ("acl", "ccomp", "prep", "pobj")
        ):
            return head.dep_ in ("dobj", "nsubjpass") and head.head.lemma_ in members
    return False


def _clause_root(token: Token) -> Token:
    for child, head in climb(token):
        if child.dep_ in ("ccomp", "parataxis"):
            return child
        token = head
    return token


def main_speaker(document: Document, index: int) -> Speaker | None:
    """Return the subject of the first reporting verb of a sentence, pronouns filled in."""
    for verb in document.doc(index):
        if verb.lemma_ in reporting("verb") and verb.pos_ == "VERB":
            found = subject_of_report(document, index, verb)
            if found is not None:
                return found
    return None
