"""Words: an article's text as tokens, and where its sentences begin.

Tokens are runs of letters, numbers, or single signs: ``U.S.`` is four tokens and ``Russia-backed`` three, so
that a name inside a longer expression has its neighbours as tokens.
"""

from __future__ import annotations

import operator
import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from geomap.model import Sentence

_TOKEN = re.compile(r"[^\W\d_]+|\d+(?:[.,]\d+)*|[^\w\s]")
APOSTROPHES = frozenset("'’ʼ`")
HYPHENS = frozenset("-‐‑–")


@dataclass(frozen=True, slots=True)
class Words:
    """The tokens of one article's sentences, in order, as parallel tuples.

    Attributes:
        text: the article's text.
        starts, ends: offsets of each token into the text.
        words: the tokens as they stand.
        keys: the tokens in lower case.
        sentence: number of the sentence each token belongs to.
        opening: for each sentence, the index of its first token; one more entry closes the last sentence.
    """

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    words: tuple[str, ...]
    keys: tuple[str, ...]
    sentence: tuple[int, ...]
    opening: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Half-open token indices of the characters ``start``..``end``; equal where no token lies there."""
        first = bisect_right(self.ends, start)
        return first, max(first, bisect_left(self.starts, end))

    def before(self, index: int, back: int = 1) -> int:
        """Index of the token ``back`` places before ``index`` in the same sentence, -1 where there is none."""
        found = index - back
        if found < 0 or self.sentence[found] != self.sentence[index]:
            return -1
        return found

    def after(self, index: int, ahead: int = 1) -> int:
        """Index of the token ``ahead`` places after ``index`` in the same sentence, -1 where there is none."""
        found = index + ahead
        if found >= len(self.words) or self.sentence[found] != self.sentence[index]:
            return -1
        return found

    def opens_sentence(self, index: int) -> bool:
        """True where only signs (quotes, dashes, bullets) stand before the token in its sentence."""
        first = self.opening[self.sentence[index]]
        return not any(self.words[i][0].isalnum() for i in range(first, index))


def read_words(text: str, sentences: Sequence[Sentence]) -> Words:
    """The tokens of ``sentences``, with offsets into the article's ``text``."""
    starts: list[int] = []
    words: list[str] = []
    owner: list[int] = []
    opening: list[int] = []
    for number, sentence in enumerate(sentences):
        opening.append(len(words))
        at, found = sentence.start, _TOKEN.findall(text, sentence.start, sentence.end)
        for word in found:  # quicker than to ask each match for its start
            at = text.index(word, at)
            starts.append(at)
            at += len(word)
        words += found
        owner += [number] * len(found)
    opening.append(len(words))
    ends = map(operator.add, starts, map(len, words))
    keys = map(str.lower, words)
    return Words(text, tuple(starts), tuple(ends), tuple(words), tuple(keys), tuple(owner), tuple(opening))
