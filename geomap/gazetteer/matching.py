"""Matching: where in a text do names of a gazetteer stand?

One pass over the words, from left to right; at each word that may begin a name, the longest name of the curated
files or of the world index that ends at the end of a word. Names are compared folded, and a hit's offsets are those
of the text as it was given.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geomap.gazetteer.names import APOSTROPHES, INVISIBLE, fold_articles, fold_word, is_article

if TYPE_CHECKING:
    import marisa_trie


@dataclass(frozen=True, slots=True)
class NameHit:
    """A name in a text; ``text[start:end]`` is how it is written there, ``name`` how the gazetteer writes it."""

    start: int
    end: int
    name: str
    is_curated: bool
    is_demonym: bool = False


# A word: letters and digits, with accents, Arabic points, and apostrophes inside.
_MARKS = "\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
_WORD = re.compile(rf"[^\W_](?:[^\W_]|[{_MARKS}{INVISIBLE}]|[{re.escape(APOSTROPHES)}](?=[^\W_]))*")
# What may stand between two words of one name: a space, a line break, a hyphen, "&", each perhaps with an ayn mark.
_GAP = re.compile(rf"(?:[^\S\n]{{1,2}}|[^\S\n]?\n[^\S\n]?|[-‐‑]|\s&\s)[{re.escape(APOSTROPHES)}]?\Z")
# After "St", "Mt" or an initial also a full stop.
_STOP_GAP = re.compile(r"\.[^\S\n]?\Z")
_POSSESSIVE = re.compile(r"['’]s\Z", re.IGNORECASE)
# Words in the longest names; "Port of Spain and San Fernando Municipal Council" is no name.
_MAX_WORDS = 8
# Forms of the Arabic article that are English words too, at the head of a sentence.
_ENGLISH_ARTICLES = frozenset({"as", "at", "an", "ad", "en"})


@dataclass(slots=True)
class _Word:
    start: int
    end: int
    text: str
    folded: str


class NameMatcher:
    """Finds names in texts.

    Args:
        curated: folded name -> the spellings of it in the curated files.
        demonyms: folded demonyms.
        not_places: folded names that are no places; where one is the longest name, nothing is found.
        world: all folded names of the world, or None.
    """

    def __init__(
        self,
        curated: Mapping[str, Collection[str]],
        demonyms: Collection[str],
        not_places: Collection[str],
        world: marisa_trie.Trie | None,
    ) -> None:
        import marisa_trie

        self._curated, self._demonyms, self._not_places = curated, frozenset(demonyms), frozenset(not_places)
        local = marisa_trie.Trie([*curated, *self._demonyms, *self._not_places])
        self._tries = [local] if world is None else [local, world]

    def hits(self, text: str) -> Iterator[NameHit]:
        """The names in the text, left to right, none overlapping another."""
        words = [
            _Word(match.start(), match.end(), match.group(), fold_word(match.group()))
            for match in _WORD.finditer(text)
        ]
        number = 0
        while number < len(words):
            length, hit = self._longest(text, words, number) if _may_begin(text, words, number) else (1, None)
            if hit is not None:
                yield hit
            number += length

    def _longest(self, text: str, words: list[_Word], number: int) -> tuple[int, NameHit | None]:
        """How many words the longest name at that word has (1 where there is none), and its hit."""
        window = _window(text, words, number)
        for count, key in self._names_at(window):
            span = window[:count]
            if not _is_written_as_name(text, span):
                continue
            if key in self._not_places:
                return count, None
            if hit := self._hit(text, words, number, span, key):
                return count, hit
        return 1, None

    def _names_at(self, window: list[_Word]) -> list[tuple[int, str]]:
        """The names that begin the window as (words, folded name), longest first."""
        found = set(self._prefixes([word.folded for word in window]))
        owned = [fold_word(_POSSESSIVE.sub("", word.text)) for word in window]
        found.update(self._prefixes(owned))
        return sorted(found, reverse=True)

    def _prefixes(self, folded: list[str]) -> Iterator[tuple[int, str]]:
        folded = fold_articles(folded)
        phrase = " ".join(folded)
        words_by_length, length = {}, -1
        for count, word in enumerate(folded, start=1):
            length += len(word) + 1
            words_by_length[length] = count
        for trie in self._tries:
            for key in trie.prefixes(phrase):
                if len(key) in words_by_length:
                    yield words_by_length[len(key)], key

    def _hit(self, text: str, words: list[_Word], number: int, span: list[_Word], key: str) -> NameHit | None:
        start, end = span[0].start, _end_of_name(span[-1], key)
        written = " ".join(text[start:end].split())
        if key in self._curated:
            name = _spelling(self._curated[key], written)
            return None if name is None else NameHit(start, end, name, is_curated=True)
        if key in self._demonyms:
            return NameHit(start, end, written, is_curated=True, is_demonym=True)
        if _follows_article(text, words, number):
            return None  # "al-Assad" is no hit of a place Assad
        return NameHit(start, end, written, is_curated=False)


def _may_begin(text: str, words: list[_Word], number: int) -> bool:
    """Whether a name may begin at that word: a capital, a script without capitals, or "al-" before one."""
    word = words[number]
    if not _is_small(word.text):
        return not _is_english_article(text, words, number)
    if number + 1 == len(words) or _is_small(words[number + 1].text):
        return False
    after = words[number + 1]
    return text[word.end : after.start][:1] in ("-", "‐", "‑") and is_article(word.folded, after.folded)


def _is_small(word: str) -> bool:
    char = next((char for char in word if char not in APOSTROPHES), word[0])
    return char.islower() or char.isdigit()


def _is_english_article(text: str, words: list[_Word], number: int) -> bool:
    """Whether "As" or "At" stands alone at the head of a sentence: "At Tabqa the road forks"."""
    word = words[number]
    if word.folded not in _ENGLISH_ARTICLES or text[word.end : word.end + 1] == "-":
        return False
    before = text[max(0, word.start - 3) : word.start].rstrip(" \"'“‘")
    return not before or before[-1] in ".!?:;\n"


def _follows_article(text: str, words: list[_Word], number: int) -> bool:
    word, before = words[number], words[number - 1]
    return (
        number > 0 and text[before.end : word.start] in ("-", "‐", "‑") and is_article(before.folded, word.folded)
    )


def _window(text: str, words: list[_Word], number: int) -> list[_Word]:
    """The words from that one on that may be one name together."""
    window = [words[number]]
    for word in words[number + 1 : number + _MAX_WORDS]:
        gap, last = text[window[-1].end : word.start], window[-1]
        if gap != " " and not _GAP.match(gap) and not (len(last.text) <= 3 and _STOP_GAP.match(gap)):
            break
        window.append(word)
    return window


def _is_written_as_name(text: str, span: list[_Word]) -> bool:
    """Whether the last word has a capital too, unless a hyphen joins it: "Green river" is not Green River."""
    last = span[-1]
    return len(span) == 1 or not last.text[0].islower() or text[last.start - 1] != " "


def _end_of_name(word: _Word, key: str) -> int:
    """The end of the name's last word, without the 's of a possessive that the name does not have."""
    owner = _POSSESSIVE.search(word.text)
    if owner is None or key.endswith(word.folded):
        return word.end
    return word.start + owner.start()


def _spelling(forms: Collection[str], written: str) -> str | None:
    """The curated spelling nearest to the written one; None for a word that only looks like an acronym ("Us")."""
    if written in forms:
        return written
    usable = [form for form in forms if not _is_acronym(form) or written.isupper()]
    return usable[0] if usable else None


def _is_acronym(name: str) -> bool:
    return name.isupper() and name.isascii() and len(name) <= 5
