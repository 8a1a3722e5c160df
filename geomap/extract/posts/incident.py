"""Incident: where do other sentences put an attack that its own sentence puts nowhere?

"A bomb went off at a checkpoint. The blast took place outside the town of X."
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from geomap.extract.document import SETTLEMENTS, Document
from geomap.extract.lexicon import word_classes
from geomap.model import Location

if TYPE_CHECKING:
    from spacy.tokens import Token

# Sentences behind and before an attack in which its place may be told.
_BEHIND, _BEFORE = 3, 4
# Characters from "the blast took place" to the place.
_REACH = 80
_HAPPENED = r"took place|occurred|happened|was carried out|came|hit|struck|targeted|in|near|at|outside"


def told_elsewhere(document: Document, index: int, trigger: Token) -> Location | None:
    """Return the town where the attack of a trigger happened by the sentences around it; None where none says."""
    words = word_classes("post_past.yml")["incident"]
    behind = re.compile(
        rf"\b(?:the|this|that) (?:\w+ )?(?:{'|'.join(sorted(words))}) (?:{_HAPPENED})\b", re.IGNORECASE
    )
    for at in range(index + 1, min(index + 1 + _BEHIND, len(document.sentences))):
        match = behind.search(document.sentences[at].text)
        if match is not None:
            return _town_after(document, at, match.end())
    if trigger.lemma_.lower() not in words or not any(c.lower_ in ("the", "this") for c in trigger.children):
        return None
    for at in range(index - 1, max(index - 1 - _BEFORE, -1), -1):
        if document.words(at) & words:
            return _town_after(document, at, 0, reach=len(document.sentences[at].text))
    return None


def _town_after(document: Document, index: int, char: int, reach: int = _REACH) -> Location | None:
    first = document.sentences[index].start + char
    towns = (x for x in document.locations_in(index) if x.mention.role == "place" and x.place.kind in SETTLEMENTS)
    return next((x for x in towns if first <= x.mention.start <= first + reach), None)
