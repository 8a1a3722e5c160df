"""Words: what are the words of a text, and which of them may be one name together?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from geomap.gazetteer.names import APOSTROPHES, INVISIBLE, fold_word


class Word(NamedTuple):
    """A word; ``text[start:end]`` is ``written``, ``folded`` is its folded form."""

    start: int
    end: int
    written: str
    folded: str


# Letters and digits, with accents, Arabic points, and apostrophes inside.
_MARKS = "\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
_APOSTROPHE = f"[{re.escape(APOSTROPHES)}]"
_WORD = re.compile(rf"[^\W_]+(?:[{_MARKS}{INVISIBLE}]+[^\W_]*|{_APOSTROPHE}[^\W_]+)*")
# What may stand between two words of one name: a space, a line break, a hyphen, "&", each perhaps with an ayn mark.
_GAP = re.compile(rf"(?:[^\S\n]{{1,2}}|[^\S\n]?\n[^\S\n]?|[-‐‑]|\s&\s){_APOSTROPHE}?\Z")
# After "St", "Mt" or an initial also a full stop.
_STOP_GAP = re.compile(r"\.[^\S\n]?\Z")
_POSSESSIVE = re.compile(rf"(?<=.){_APOSTROPHE}s\Z", re.IGNORECASE)
# Words in the longest names; "Port of Spain and San Fernando Municipal Council" is no name.
MAX_WORDS = 8


def words_of(text: str) -> list[Word]:
    """The words of a text, left to right."""
    return [
        Word(match.start(), match.end(), written := match.group(), fold_word(written))
        for match in _WORD.finditer(text)
    ]


def window(text: str, words: Sequence[Word], number: int) -> list[Word]:
    """The words from that one on that may be one name together."""
    last = words[number]
    found = [last]
    for word in words[number + 1 : number + MAX_WORDS]:
        gap = text[last.end : word.start]
        if gap != " " and not _GAP.match(gap) and not (len(last.written) <= 3 and _STOP_GAP.match(gap)):
            break
        found.append(word)
        last = word
    return found


def without_possessive(word: Word) -> Word:
    """The word without the 's of a possessive: "Idlib's" -> "Idlib"."""
    match = _POSSESSIVE.search(word.written) if word.folded.endswith("s") else None
    if match is None:
        return word
    written = word.written[: match.start()]
    return Word(word.start, word.start + len(written), written, fold_word(written))


def starts_small(word: str) -> bool:
    """Whether a word begins with a small letter or a digit; a script without capitals does not."""
    char = word[0]
    if char in APOSTROPHES:
        char = next((char for char in word if char not in APOSTROPHES), char)
    return char.islower() or char.isdigit()
