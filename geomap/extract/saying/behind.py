"""Behind: does the sentence behind an article's own statement say whose it is?

"The town has fallen. That is according to residents", "... The mayor said so on Monday", "... The ministry
announced it". Such a sentence is parsed only where its words look like one.
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from geomap.extract.document import Document
from geomap.extract.grammar.syntax import prepositional, subjects
from geomap.extract.lexicon import any_of, reporting
from geomap.extract.saying.reports import subject_of_report
from geomap.extract.saying.speakers import Speaker, named_speaker
from geomap.extract.triggers import inflections

if TYPE_CHECKING:
    from spacy.tokens import Token

_POINTED = ("dobj", "advmod", "nsubjpass")


def speaker_behind(document: Document, index: int) -> Speaker | None:
    """Return who says a sentence by the one behind it; None where that one does not point back."""
    at = index + 1
    if at >= len(document.sentences) or document.sentences[at].paragraph > document.sentences[index].paragraph + 1:
        return None
    if not _pointing().search(document.sentences[at].text):
        return None
    found = (_of_word(document, at, word) for word in document.doc(at))
    return next((speaker for speaker in found if speaker is not None), None)


def _of_word(document: Document, at: int, word: Token) -> Speaker | None:
    """Who speaks by a word of a sentence that points back: the verb of saying, "according", or "the source"."""
    if word.lemma_ in reporting("verb") and word.pos_ == "VERB" and _points(word):
        return subject_of_report(document, at, word)
    if word.lower_ == "according" and _opens_with_pointer(word):
        return _first(document, at, prepositional(word, ("to",)))
    if word.lemma_ in ("come", "stem") and _opens_with_pointer(word):
        return _first(document, at, prepositional(word, ("from",)))
    if word.lemma_ == "make" and any(c.dep_ == "dobj" and _is_the(c, "made") for c in word.children):
        return _first(document, at, subjects(word))
    if word.lemma_ in reporting("credit") and word.dep_ == "nsubj" and word.head.lemma_ == "be":
        return _first(document, at, [c for c in word.head.children if c.dep_ == "attr"])
    return None


def _points(verb: Token) -> bool:
    """Whether what is said is told in the sentence before, and in no clause of its own."""
    if any(child.dep_ in ("ccomp", "parataxis") for child in verb.children):
        return False
    if verb.dep_ in ("ccomp", "csubj") and verb.head.lemma_ == "be" and _opens_with_pointer(verb.head):
        return True  # "that is what residents said"
    said = (child for child in verb.children if child.dep_ in _POINTED)
    return any(c.lower_ in reporting("pointing") or _is_the(c, "noun") for c in said)


def _is_the(noun: Token, kind: str) -> bool:
    """Whether a noun is "the announcement", "this report"."""
    is_bare = all(c.dep_ in ("det", "punct") for c in noun.children)
    return is_bare and noun.lemma_ in reporting(kind) and any(c.lower_ in ("the", "this") for c in noun.children)


def _opens_with_pointer(word: Token) -> bool:
    return word.doc[0].lower_ in reporting("pointing") and word.i < 6


def _first(document: Document, at: int, nouns: list[Token]) -> Speaker | None:
    return named_speaker(document, at, nouns[0]) if nouns else None


@functools.cache
def _pointing() -> re.Pattern[str]:
    """What a sentence that points back has: "said so.", "announced it on", "This was reported", "the source of"."""
    verbs = any_of({form for verb in reporting("verb") for form in inflections(verb)})
    pointer, tail = any_of(reporting("pointing")), any_of(reporting("tail"))
    made = any_of({f"{form} the {noun}" for form in inflections("make") for noun in reporting("made")})
    comes = any_of((*inflections("come"), *inflections("stem"), "is", "was", "were", "has", "had"))
    return re.compile(
        rf"""\b{verbs}\s+(?:[^\s.,;]+\s+){{0,3}}?{pointer}(?=[.,;)]|$|\s+{tail}\b)
        | ^\W*(?:{pointer}|(?:the|this)\s+{any_of(reporting("noun"))})\s+(?:{comes}|{verbs})\b
        | \bsources?\s+(?:of|for)\s+(?:this|that|the)\b
        | \b{made}\b""",
        re.IGNORECASE | re.VERBOSE,
    )
