"""Surroundings: does a sentence stand where war, its forces, disaster or flight are spoken of?

Most verbs of events are common ones: "left", "fell", "took in". They are worth a parse only there. A short text
tells nothing of its surroundings, and is not asked.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path

from geomap.extract.lexicon import Words
from geomap.extract.triggers import RUN_ON, Phrases
from geomap.yamlfile import Form, read_yaml

_FILE = Path(__file__).parent / "lexicon" / "surroundings.yml"
# Sentences of a text that is too short to be asked, and of the lead that says what an article is about.
_SHORT, _LEAD = 3, 3
# Words in the lead of an article that is all about war; one may stand in any.
_ENOUGH = 3
# Sentences before and behind one that are its surroundings.
_BEFORE, _BEHIND = 2, 1


class SurroundingWords(Form):
    """All lists of ``lexicon/surroundings.yml``."""

    war: Words
    forces: Words
    disaster: Words
    flight: Words


@functools.cache
def surrounding_lists() -> SurroundingWords:
    """Return the lists, read once."""
    return read_yaml(_FILE, SurroundingWords)


@functools.cache
def surrounding_words() -> Phrases:
    """Return the words of all lists, in any form."""
    lists = surrounding_lists()
    every = (lists.war, lists.forces, lists.disaster, lists.flight)
    return Phrases([word for each in every for word in each.words], before=RUN_ON)


class Surroundings:
    """Which sentences of an article stand where events may be told."""

    def __init__(self, count: int, words: Callable[[int], frozenset[str]]) -> None:
        """Take how many sentences an article has, and what gives the words of one in small letters."""
        self._count = count
        self._words = words
        self._telling: dict[int, bool] = {}

    @functools.cached_property
    def _is_open(self) -> bool:
        """Whether the whole article is: it is short, or its lead is all about war."""
        if self._count <= _SHORT:
            return True
        keys = surrounding_words().keys
        return len(keys & frozenset().union(*map(self._words, range(_LEAD)))) >= _ENOUGH

    def may_tell(self, index: int) -> bool:
        """Return whether events may be told in a sentence, for all that is said around it."""
        around = range(max(0, index - _BEFORE), min(self._count, index + _BEHIND + 1))
        return any(map(self._tells, around)) or self._is_open

    def _tells(self, index: int) -> bool:
        if index not in self._telling:
            self._telling[index] = surrounding_words().among(self._words(index))
        return self._telling[index]
