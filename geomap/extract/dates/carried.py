"""Carried: what goes on where a sentence left off, happened on its day.

"On 3 May rebels attacked the base. They took it", "... The militants then took the town".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.extract.dates.find import find_dates
from geomap.extract.dates.words import lexicon
from geomap.extract.document import Document
from geomap.extract.grammar.syntax import subjects

if TYPE_CHECKING:
    from spacy.tokens import Token

    from geomap.model import When

_GOING_ON = {"they", "it", "he", "she"}
# Characters of a sentence before the day it opens with ("On 3 May").
_OPENS = 6
# Sentences back to the one whose day goes on.
_REACH = 2


def carried_day(document: Document, index: int, trigger: Token) -> When | None:
    """Return the day of the sentences before, for an undated one in the past tense that goes on from it."""
    if not _is_past(trigger):
        return None
    for at in range(index - 1, max(index - 1 - _REACH, -1), -1):
        if document.sentences[at].paragraph != document.sentences[index].paragraph:
            return None
        found = find_dates(document.sentences[at].text, document.article.date)
        told = [one for one in found if one.role == "event" and one.clause_kind == "main" and not one.is_future]
        if told:
            is_day = len(told) == 1 and told[0].kind == "day" and told[0].when.start is not None
            is_note = told[0].start < _OPENS
            return told[0].when if is_day and (is_note or _goes_on(document, index, trigger)) else None
    return None


def _is_past(trigger: Token) -> bool:
    """Whether a verb is in the simple past ("took", "was taken"), which no "has taken" is."""
    auxiliaries = {child.lower_ for child in trigger.children if child.dep_ in ("aux", "auxpass")}
    return trigger.tag_ == "VBD" if not auxiliaries else auxiliaries <= {"was", "were"} and trigger.tag_ == "VBN"


def _goes_on(document: Document, index: int, trigger: Token) -> bool:
    """Whether a sentence says that it goes on: by "then", or by "they" as who acts."""
    words = document.words(index)
    if not words.isdisjoint(lexicon().going_on.words) and any(
        child.lower_ in lexicon().going_on.words for child in trigger.children if child.i < trigger.i
    ):
        return True
    return not words.isdisjoint(_GOING_ON) and any(noun.lower_ in _GOING_ON for noun in subjects(trigger))
