"""Matching: where in a text do names of a gazetteer stand?

One pass over the words, from left to right; at each word that may begin a name, the longest name of the curated
files or of the world index that ends at the end of a word. Names are compared folded, and a hit's offsets are those
of the text as it was given.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from geomap.gazetteer.names import fold_articles, is_article
from geomap.gazetteer.words import Word, starts_small, window, without_possessive, words_of


class Prefixes(Protocol):
    """What a trie of folded names can do."""

    def prefixes(self, phrase: str) -> list[str]:
        """The names that the phrase begins with."""
        ...


@dataclass(frozen=True, slots=True)
class NameHit:
    """A name in a text; ``text[start:end]`` is how it is written there, ``name`` how the gazetteer writes it."""

    start: int
    end: int
    name: str
    is_curated: bool
    is_demonym: bool = False


# Forms of the Arabic article that are English words too, at the head of a sentence.
_ENGLISH_ARTICLES = frozenset({"as", "at", "an", "ad", "en"})


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
        world: Prefixes | None,
    ) -> None:
        import marisa_trie

        self._curated, self._demonyms, self._not_places = curated, frozenset(demonyms), frozenset(not_places)
        local = marisa_trie.Trie([*curated, *self._demonyms, *self._not_places])
        self._tries: list[Prefixes] = [local] if world is None else [local, world]

    def hits(self, text: str) -> Iterator[NameHit]:
        """The names in the text, left to right, none overlapping another."""
        words, number = words_of(text), 0
        while number < len(words):
            length, hit = self._longest(text, words, number) if _may_begin(text, words, number) else (1, None)
            if hit is not None:
                yield hit
            number += length

    def _longest(self, text: str, words: list[Word], number: int) -> tuple[int, NameHit | None]:
        """How many words the longest name at that word has (1 where there is none), and its hit."""
        ahead = window(text, words, number)
        for count, key in self._names_at(ahead):
            span = ahead[:count]
            if not _is_written_as_name(text, span) and not self._is_spelt(text, span, key):
                continue
            if key in self._not_places:
                if self._is_owner(span[-1], key):
                    continue
                return count, None
            if hit := self._hit(text, words, number, span, key):
                return count, hit
        return 1, None

    def _is_spelt(self, text: str, span: list[Word], key: str) -> bool:
        """Whether a curated name is written just so: "Strait of the north" ends in a small word there too.

        Not where it is a name without that word as well: "Kharkiv region" is Kharkiv with its kind beside it.
        """
        written = text[span[0].start : _end_of_name(span[-1], key)]
        return written in self._curated.get(key, ()) and key.rpartition(" ")[0] not in self._curated

    def _is_owner(self, word: Word, key: str) -> bool:
        """Whether that key only looks like one that is no place: "Hama's" folds to "hamas" as well."""
        owner = without_possessive(word).folded
        return key == word.folded and owner != key and owner in self._curated

    def _names_at(self, ahead: list[Word]) -> list[tuple[int, str]]:
        """The names that these words begin with as (words, folded name), longest first."""
        folded = [word.folded for word in ahead]
        found = set(self._prefixes(folded))
        owners = [without_possessive(word).folded for word in ahead]
        if owners != folded:
            found.update(self._prefixes(owners))
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

    def _hit(self, text: str, words: list[Word], number: int, span: list[Word], key: str) -> NameHit | None:
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


def _may_begin(text: str, words: list[Word], number: int) -> bool:
    """Whether a name may begin at that word: a capital, a script without capitals, or "al-" before one."""
    word = words[number]
    if not starts_small(word.written):
        return not _is_english_article(text, words, number)
    if number + 1 == len(words) or starts_small(words[number + 1].written):
        return False
    after = words[number + 1]
    return text[word.end : after.start][:1] in ("-", "‐", "‑") and is_article(word.folded, after.folded)


def _is_english_article(text: str, words: list[Word], number: int) -> bool:
    """Whether "As" or "At" stands alone at the head of a sentence: "At Tabqa the road forks"."""
    word = words[number]
    if word.folded not in _ENGLISH_ARTICLES or text[word.end : word.end + 1] == "-":
        return False
    before = text[max(0, word.start - 3) : word.start].rstrip(" \"'“‘")
    return not before or before[-1] in ".!?:;\n"


def _follows_article(text: str, words: list[Word], number: int) -> bool:
    word, before = words[number], words[number - 1]
    return (
        number > 0 and text[before.end : word.start] in ("-", "‐", "‑") and is_article(before.folded, word.folded)
    )


def _is_written_as_name(text: str, span: list[Word]) -> bool:
    """Whether the last word has a capital too, unless a hyphen joins it: "Green river" is not Green River."""
    last = span[-1]
    return len(span) == 1 or not last.written[0].islower() or text[last.start - 1] != " "


def _end_of_name(word: Word, key: str) -> int:
    """The end of the name's last word, without the 's of a possessive that the name does not have."""
    return word.end if key.endswith(word.folded) else without_possessive(word).end


def _spelling(forms: Collection[str], written: str) -> str | None:
    """The curated spelling nearest to the written one; None for a word that only looks like an acronym ("Us")."""
    if written in forms:
        return written
    usable = [form for form in forms if not _is_acronym(form) or written.isupper()]
    return usable[0] if usable else None


def _is_acronym(name: str) -> bool:
    return name.isupper() and name.isascii() and len(name) <= 5
