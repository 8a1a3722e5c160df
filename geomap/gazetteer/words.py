"""Words: what are the words of a text, and which of them may be one name together?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
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
# The group is not possessive: Python before 3.11.4 keeps what a round of such a group took that then failed.
_TAIL = rf"[^\W_]*+(?:[{_MARKS}{INVISIBLE}]+[^\W_]*|{_APOSTROPHE}[^\W_]+)*"
_WORD = re.compile(rf"[^\W_]{_TAIL}")
# The next word that begins with no small ASCII letter or digit, None at the end; most words need no further look.
_LARGE_WORD = re.compile(rf"(?:[a-z0-9]{_TAIL}[\W_]*+|[\W_]++)*+([^\W_]{_TAIL})?+")
HYPHENS = "-‐‑"
# As far back as the word before a hyphen is looked for.
_LONGEST_WORD = 40
# What may stand between two words of one name: a space, a line break, a hyphen, "&", each perhaps with an ayn mark.
_GAP = rf"(?:[^\S\n]{{1,2}}|[^\S\n]?\n[^\S\n]?|[-‐‑]|\s&\s){_APOSTROPHE}??"
_NEXT = re.compile(rf"{_GAP}([^\W_]{_TAIL})")
# After "St", "Mt" or an initial also a full stop.
_NEXT_OR_STOP = re.compile(rf"(?:{_GAP}|\.[^\S\n]?)([^\W_]{_TAIL})")
_POSSESSIVE = re.compile(rf"(?<=.){_APOSTROPHE}s\Z", re.IGNORECASE)
# Words in the longest names; "Port of Spain and San Fernando Municipal Council" is no name.
MAX_WORDS = 8
# Words that are short for another: "St", "Mt", "Ft".
_LONGEST_SHORT = 3


def words_of(text: str) -> list[Word]:
    """The words of a text, left to right."""
    return [_word(match) for match in _WORD.finditer(text)]


def _word(match: re.Match[str]) -> Word:
    written = match.group()
    return Word(match.start(), match.end(), written, fold_word(written))


def large_words(text: str) -> Iterator[tuple[int, int, str]]:
    """The words that begin with no small letter or digit, each as its start, its end and how it is written.

    >>> list(large_words("the town of Marsa, and Kafr Nur"))
    [(12, 17, 'Marsa'), (23, 27, 'Kafr'), (28, 31, 'Nur')]
    """
    for match in _LARGE_WORD.finditer(text):
        written = match[1]
        if written is not None and (written[0].isascii() or not starts_small(written)):
            yield match.start(1), match.end(1), written


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
    found = next_word(text, word.start, word.end)
    return None if found is None else Word(found[0], found[0] + len(found[1]), found[1], fold_word(found[1]))


def next_word(text: str, start: int, end: int) -> tuple[int, str] | None:
    """Where the word begins after the one from ``start`` to ``end``, and that word, where both may be of one name.

    >>> next_word("Kafr Nur", 0, 4), next_word("Marsa, too", 0, 5), next_word("St. Ives", 0, 2)
    ((5, 'Nur'), None, (4, 'Ives'))
    """
    match = (_NEXT if end - start > _LONGEST_SHORT else _NEXT_OR_STOP).match(text, end)
    return None if match is None else (match.start(1), match[1])


def window(text: str, words: Sequence[Word], number: int) -> list[Word]:
    """The words from that one on that may be one name together."""
    found = [words[number]]
    for word in words[number + 1 : number + MAX_WORDS]:
        ahead = next_word(text, found[-1].start, found[-1].end)
        if ahead is None or ahead[0] != word.start:
            break
        found.append(word)
    return found


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
