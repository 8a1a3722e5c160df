"""Attribution: who says what a sentence tells?

The innermost speaker counts: in "attacks which he said had displaced 30,000, his spokesman said" it is he.
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from geomap.extract.document import Document
from geomap.extract.lexicon import any_of, noun_class, reporting, word_classes
from geomap.extract.speakers import OWN_VOICE, Speaker, named_speaker, speaker_by_words, speaker_of_name
from geomap.extract.syntax import climb, objects, prepositional, subjects

if TYPE_CHECKING:
    from spacy.tokens import Token

_SPEAKING = {"i", "we", "us"}
_QUOTING = {"quote", "cite"}
# Verbs whose subject tells his own deed by an infinitive ("claimed to have taken").
_OWN_DEED = {"claim", "boast", "profess"}
_QUOTES = re.compile(r"[\"“”„«»]")


def speaker_of(document: Document, index: int, trigger: Token) -> Speaker:
    """Return who says what the trigger tells; ``OWN_VOICE`` where the article itself does."""
    return (
        _governing(document, index, trigger)
        or _according_to(document, index, trigger)
        or _at_the_end(document, index, trigger)
        or _of_quotation(document, index, trigger)
        or _credited(document, index)
        or OWN_VOICE
    )


def _governing(document: Document, index: int, trigger: Token) -> Speaker | None:
    """The subject of the reporting verb that the trigger's clause depends on, the innermost first."""
    for child, head in climb(trigger):
        if child.dep_ in ("ccomp", "parataxis") and head.lemma_ in reporting("verb") and head.pos_ == "VERB":
            found = subject_of_report(document, index, head)
            if found is not None:
                return found
        if child.dep_ in ("xcomp", "prep") and head.lemma_ in _OWN_DEED and head.pos_ == "VERB":
            return subject_of_report(document, index, head)
        if child.dep_ == "relcl" and head.dep_ == "nsubj" and head.head.lemma_ in reporting("verb"):
            # "said X, who fled the town": X tells his own story.
            return named_speaker(document, index, head)
        if child is trigger and child.dep_ in ("dobj", "nsubjpass") and head.lemma_ in reporting("verb"):
            # "officials confirmed the fall of the town".
            return subject_of_report(document, index, head)
        if (
            child.dep_ in ("acl", "ccomp", "prep", "pobj")
            and head.lemma_ in reporting("noun")
            and head.pos_ == "NOUN"
        ):
            return _noun_report(document, index, head)
    garbled = _run_on(document, index, trigger)
    if garbled is not None:
        return garbled
    for child in _clause_root(trigger).children:
        if child.dep_ == "parataxis" and child.lemma_ in reporting("verb"):
            return subject_of_report(document, index, child)
    return None


def subject_of_report(document: Document, index: int, verb: Token) -> Speaker | None:
    """Return who speaks by a reporting verb, or denies by a verb of denial; None where nobody is named."""
    # "the agency quoted the ministry as saying": who is quoted, speaks.
    above = verb.head.head if verb.dep_ == "pcomp" else verb
    quoted = objects(above) if above.lemma_ in _QUOTING else []
    nouns = [t for t in quoted or subjects(verb) if t.lower_ not in _SPEAKING]
    return named_speaker(document, index, nouns[0]) if nouns else None


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
    return (
        is_people or word.lemma_.lower() in noun_class("force") or bool(document.gazetteer.actors.find(word.text))
    )


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


def _according_to(document: Document, index: int, trigger: Token) -> Speaker | None:
    text = document.sentences[index].text
    for phrase in reporting("phrase"):
        for match in re.finditer(rf"\b{phrase}\b", text, re.IGNORECASE):
            noun = next(
                (t for t in trigger.doc if t.idx > match.end() and t.dep_ in ("pobj", "nsubj", "ROOT", "conj")),
                None,
            )
            if noun is not None and not any(c.lower_ in ("our", "my") for c in noun.children):
                return named_speaker(document, index, noun)
    return None


def _at_the_end(document: Document, index: int, trigger: Token) -> Speaker | None:
    """A reporting clause that the parser did not hang on the trigger: "..., the monitor said on Monday."""
    for verb in trigger.doc:
        if verb.lemma_ not in reporting("verb") or verb.pos_ != "VERB" or verb is trigger:
            continue
        if verb.dep_ not in ("ROOT", "parataxis", "conj", "ccomp") or (
            trigger in verb.subtree and verb.dep_ == "conj"
        ):
            continue
        own = [t for t in verb.children if t.dep_ in ("nsubj", "nsubjpass")]
        own = [t for t in own if t.lower_ not in _SPEAKING]
        if own and verb.i > trigger.i and trigger in verb.subtree:
            return named_speaker(document, index, own[0])
        ends = all(t.is_punct or t.i <= verb.i + 6 for t in trigger.doc[verb.i + 1 :])
        if own and verb.i > trigger.i and ends and not objects(verb):
            return named_speaker(document, index, own[0])
    return _last_words(document, index, trigger)


def _last_words(document: Document, index: int, trigger: Token) -> Speaker | None:
    """The noun right before a reporting verb that ends the sentence, whatever the parser made of it."""
    words = [t for t in trigger.doc if not t.is_punct and not t.is_space]
    for verb in words[-5:]:
        if (
            verb.lemma_ not in reporting("verb")
            or verb.tag_ not in ("VBD", "VBZ", "VBN", "VBP")
            or verb.i <= trigger.i + 1
        ):
            continue
        noun = _without_its_phrase(verb.doc[verb.i - 1])
        if noun.pos_ in ("NOUN", "PROPN") and noun is not trigger:
            return speaker_by_words(document, index, noun, _words_up_to(noun))
    return None


def _without_its_phrase(noun: Token) -> Token:
    """The noun that "in Moscow" or "for the group" hangs on ("the ministry in Moscow said")."""
    above = noun.head.head
    is_close = noun.dep_ == "pobj" and above.pos_ in ("NOUN", "PROPN") and noun.head.i == above.i + 1
    first = above.left_edge.i
    is_opened = first == 0 or noun.doc[first - 1].is_punct
    return above if is_close and is_opened else noun


def _words_up_to(noun: Token) -> str:
    first = noun.i
    while first and noun.doc[first - 1].pos_ in ("NOUN", "PROPN", "ADJ") and noun.i - first < 7:
        first -= 1
    return str(noun.doc[first : noun.i + 1].text)


def _of_quotation(document: Document, index: int, trigger: Token) -> Speaker | None:
    """The speaker of a quotation that runs over several sentences, from the sentence after or before."""
    if not _is_quoted(document, index, trigger):
        return None
    paragraph = document.sentences[index].paragraph
    for at in (index + 1, index - 1, index + 2, index - 2):
        if 0 <= at < len(document.sentences) and abs(document.sentences[at].paragraph - paragraph) <= 1:
            found = main_speaker(document, at)
            if found is not None:
                return found
    return None


def _credited(document: Document, index: int) -> Speaker | None:
    """The source that the sentence or the end of its paragraph credits: "Source: the agency"."""
    paragraph = document.sentences[index].paragraph
    for at in range(index, len(document.sentences)):
        sentence = document.sentences[at]
        if sentence.paragraph != paragraph:
            return None
        credit = _credits().search(sentence.text)
        if credit is not None:
            return speaker_of_name(document, at, credit["name"].strip(), credit.start("name"))
    return None


@functools.cache
def _credits() -> re.Pattern[str]:
    return re.compile(rf"\b{any_of(reporting('credit'))}\s*:\s*(?P<name>[^.;:,()\n\[\]]+)", re.IGNORECASE)


def _is_quoted(document: Document, index: int, trigger: Token) -> bool:
    """Whether an odd number of quotation marks stands before the trigger in its paragraph."""
    first = index
    while first and document.sentences[first - 1].paragraph == document.sentences[index].paragraph:
        first -= 1
    start = document.sentences[first].start
    before = document.article.text[start : document.sentences[index].start + trigger.idx]
    return len(_QUOTES.findall(before)) % 2 == 1


def main_speaker(document: Document, index: int) -> Speaker | None:
    """Return the subject of the first reporting verb of a sentence, pronouns filled in."""
    for verb in document.doc(index):
        if verb.lemma_ in reporting("verb") and verb.pos_ == "VERB":
            found = subject_of_report(document, index, verb)
            if found is not None:
                return found
    return None
