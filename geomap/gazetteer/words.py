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
_TAIL = rf"[^\W_]*+(?:[{_MARKS}{INVISIBLE}]+[^\W_]*|{_APOSTROPHE}[^\W_]+)*+"
_WORD = re.compile(rf"[^\W_]{_TAIL}")
# The next word after an offset that begins with no small ASCII letter or digit; most words need no further look.
_LARGE_WORD = re.compile(rf"(?:[a-z0-9]{_TAIL}[\W_]*+|[\W_]++)*+(?P<word>[^\W_]{_TAIL})")
HYPHENS = "-‐‑"
# As far back as the word before a hyphen is looked for.
_LONGEST_WORD = 40
# What may stand between two words of one name: a space, a line break, a hyphen, "&", each perhaps with an ayn mark.
_GAP = re.compile(rf"(?:[^\S\n]{{1,2}}|[^\S\n]?\n[^\S\n]?|[-‐‑]|\s&\s){_APOSTROPHE}?\Z")
# After "St", "Mt" or an initial also a full stop.
_STOP_GAP = re.compile(r"\.[^\S\n]?\Z")
_POSSESSIVE = re.compile(rf"(?<=.){_APOSTROPHE}s\Z", re.IGNORECASE)
# Words in the longest names; "Port of Spain and San Fernando Municipal Council" is no name.
MAX_WORDS = 8


def words_of(text: str) -> list[Word]:
    """The words of a text, left to right."""
    return [_word(match) for match in _WORD.finditer(text)]


def _word(match: re.Match[str]) -> Word:
    written = match.group()
    return Word(match.start(), match.end(), written, fold_word(written))


def next_large(text: str, at: int) -> Word | None:
    """The first word from that offset on, the end of another or 0, that begins with no small letter or digit.

    >>> next_large("the town of Marsa", 3)
    Word(start=12, end=17, written='Marsa', folded='marsa')
    """
    while (match := _LARGE_WORD.match(text, at)) is not None:
        start, at = match.span("word")
        written = text[start:at]
        if written[0].isascii() or not starts_small(written):
            return Word(start, at, written, fold_word(written))
    return None


def word_before_hyphen(text: str, start: int) -> Word | None:
    """The word that a hyphen, perhaps with an ayn mark, joins to what begins at ``start``.

    >>> word_before_hyphen("in ash-Sham", 7)
    Word(start=3, end=6, written='ash', folded='ash')
    """
    hyphen = start - 1
    if hyphen > 0 and text[hyphen] in APOSTROPHES:
        hyphen -= 1
    if hyphen < 1 or text[hyphen] not in HYPHENS:
        return None
    least = max(0, hyphen - _LONGEST_WORD)
    before = [*_WORD.finditer(text, max(least, text.rfind(" ", least, hyphen)), hyphen)]
    return _word(before[-1]) if before and before[-1].end() == hyphen else None


def word_after(text: str, word: Word) -> Word | None:
    """The next word, where both may be of one name."""
    match = _WORD.search(text, word.end)
    return _word(match) if match is not None and _may_join(text, word, match.start()) else None


def window(text: str, words: Sequence[Word], number: int) -> list[Word]:
    """The words from that one on that may be one name together."""
    found = [words[number]]
    for word in words[number + 1 : number + MAX_WORDS]:
        if not _may_join(text, found[-1], word.start):
            break
        found.append(word)
    return found


def _may_join(text: str, word: Word, following: int) -> bool:
    """Whether what stands between a word and the one that begins at ``following`` may stand within a name."""
    gap = text[word.end : following]
    return gap == " " or bool(_GAP.match(gap)) or (len(word.written) <= 3 and bool(_STOP_GAP.match(gap)))


def is_possessive(word: Word) -> bool:
    """Whether the word ends in the 's of a possessive: "Idlib's"."""
    return word.written[-2:-1] in APOSTROPHES and _POSSESSIVE.search(word.written) is not None


def without_possessive(word: Word) -> Word:
    """The word without the 's of a possessive: "Idlib's" -> "Idlib"."""
    if not is_possessive(word):
        return word
    written = word.written[:-2]
    return Word(word.start, word.end - 2, written, fold_word(written))


def starts_small(word: str) -> bool:
    """Whether a word begins with a small letter or a digit; a script without capitals does not."""
    char = word[0]
    if char in APOSTROPHES:
        char = next((char for char in word if char not in APOSTROPHES), char)
    return char.islower() or char.isdigit()
