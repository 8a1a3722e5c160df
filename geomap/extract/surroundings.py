"""Surroundings: does a sentence stand where war, its forces, disaster or flight are spoken of?

Most verbs of events are common ones: "left", "fell", "took in". They are worth a parse only there. A short text
tells nothing of its surroundings, and is not asked.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from pathlib import Path

from geomap.extract.lexicon import Words
from geomap.extract.triggers import RUN_ON, Phrases, words_of_text
from geomap.model import Sentence
from geomap.yamlfile import Form, read_yaml

_FILE = Path(__file__).parent / "lexicon" / "surroundings.yml"
# Sentences of a text that is too short to be asked, and of the lead that says what an article is about.
_SHORT, _LEAD = 3, 3
# Sentences before and behind one that are its surroundings.
_BEFORE, _BEHIND = 4, 2


class SurroundingWords(Form):
    """All lists of ``lexicon/surroundings.yml``."""

    war: Words
    forces: Words
    disaster: Words
    flight: Words


@functools.cache
def surrounding_words() -> Phrases:
    """Return the words of all lists, in any form."""
    lists = read_yaml(_FILE, SurroundingWords)
    every = (lists.war, lists.forces, lists.disaster, lists.flight)
    return Phrases([word for each in every for word in each.words], before=RUN_ON)


class Surroundings:
    """Which sentences of an article stand where events may be told."""

    def __init__(self, sentences: Sequence[Sentence]) -> None:
        """Take the sentences of an article."""
        self._sentences = sentences
        self._telling: dict[int, bool] = {}

    @functools.cached_property
    def _is_open(self) -> bool:
        """Whether the whole article is: it is short, or its lead tells of war."""
        return len(self._sentences) <= _SHORT or self._is_one_of(range(_LEAD))

    def may_tell(self, index: int) -> bool:
        """Return whether events may be told in a sentence, for all that is said around it."""
        around = range(max(0, index - _BEFORE), min(len(self._sentences), index + _BEHIND + 1))
        return self._is_open or self._is_one_of(around)

    def _is_one_of(self, indexes: range) -> bool:
        return any(self._tells(index) for index in indexes)

    def _tells(self, index: int) -> bool:
        if index not in self._telling:
            words = words_of_text(self._sentences[index].text)
            self._telling[index] = surrounding_words().among(words)
        return self._telling[index]
