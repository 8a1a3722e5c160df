"""States: where does an abbreviation after a comma name a state ("Houma, La.", "Greer, SC 29650")?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from geomap.recognize.lexicon import Lexicon
from geomap.recognize.words import Words

_AFTER_NAME = re.compile(
    r"""(?P<comma>,)(?<=[^\W\d_],)\s
    (?: (?P<dotted>(?:[A-Z][A-Za-z]{0,4}\.\s?){1,3})   # La.  W.Va.  N. D.
      | (?P<postal>[A-Z]{2})(?=\s\d{5}|[^\w\s]|\s[a-z]|\s?$) )  # SC 29650
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class State:
    """An abbreviation of the state ``name``; ``comma`` is the offset of the comma before it."""

    comma: int
    start: int
    end: int
    name: str


def read_states(words: Words, lexicon: Lexicon) -> Iterator[State]:
    """The abbreviations of states in the text, each after a name and a comma."""
    for match in _AFTER_NAME.finditer(words.text):
        group = "dotted" if match["dotted"] else "postal"
        short = _longest_known(match[group], lexicon)
        if short:
            start = match.start(group)
            name = lexicon.state_by_abbreviation[short.replace(" ", "")]
            yield State(match.start("comma"), start, start + len(short), name)


def _longest_known(text: str, lexicon: Lexicon) -> str:
    """The longest beginning of ``text`` that is an abbreviation: of "N.D. U.S." it is "N.D."."""
    parts = re.findall(r"[A-Za-z]+\.?\s?", text)
    for count in range(len(parts), 0, -1):
        short = "".join(parts[:count]).rstrip()
        if short.replace(" ", "") in lexicon.state_by_abbreviation:
            return short
    return ""
