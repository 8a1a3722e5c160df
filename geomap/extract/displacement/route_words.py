"""Route words: by which words are ways out told, and who goes them?"""

from __future__ import annotations

import functools
import re
from pathlib import Path

from geomap.extract.lexicon import any_of
from geomap.extract.triggers import Listed
from geomap.yamlfile import Form, read_yaml

_FILE = Path(__file__).parent.parent / "lexicon" / "routes.yml"


class Words(Form):
    """A list of words with an example of one of them at work."""

    words: tuple[str, ...]
    example: str
    counter_example: str


class RouteWords(Form):
    """All lists of ``lexicon/routes.yml``."""

    strong: Words
    evacuations: Words
    corridors: Words
    other_corridors: Words
    project_words: Words
    weak: Words
    travellers: Words
    ways: Words
    loads: Words
    ahead: Words
    done: Words
    undone: Words
    again: Words
    onward: Words


@functools.cache
def route_words() -> RouteWords:
    """Return the words of routes, read once."""
    return read_yaml(_FILE, RouteWords)


@functools.cache
def listed_words(name: str) -> Listed:
    """Return a list of ``lexicon/routes.yml`` as it is looked for in a whole text."""
    return Listed(_words(name))


def _words(name: str) -> tuple[str, ...]:
    words: Words = getattr(route_words(), name)
    return words.words


@functools.cache
def pattern_of(name: str) -> re.Pattern[str]:
    """Return the pattern of any word of a list of ``lexicon/routes.yml``."""
    return re.compile(rf"\b{any_of(_words(name))}\b", re.IGNORECASE)
