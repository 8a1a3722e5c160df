"""Matching: where in a text do names of a gazetteer stand?

From left to right; at each word that may begin a name, the longest name of the curated files or of the world index
that ends at the end of a word. Names are compared folded, and a hit's offsets are those of the text as it was
given. Most words are never looked at: one regular expression leads from capital to capital, and a word that begins
no name of several words is looked up alone.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from geomap.gazetteer.names import fold_articles, is_article, may_be_article
from geomap.gazetteer.words import (
    HYPHENS,
    MAX_WORDS,
    Word,
    is_possessive,
    next_large,
    starts_small,
    without_possessive,
    word_after,
    word_before_hyphen,
)

# Phrases whose look-ups are kept, because words recur in many articles.
_KEPT = 1 << 16


class Prefixes(Protocol):
    """What a trie of folded names can do."""

    def prefixes(self, phrase: str) -> list[str]:
        """The names that the phrase begins with."""
        ...

    def goes_on(self, phrase: str) -> bool:
        """Whether there is a longer name that begins with these words."""
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
        self._curated, self._demonyms, self._not_places = curated, frozenset(demonyms), frozenset(not_places)
        local = _Trie([*curated, *self._demonyms, *self._not_places])
        tries: list[Prefixes] = [local] if world is None else [local, world]
        self._keys_at = functools.lru_cache(_KEPT)(functools.partial(_keys_at, tries))
        self._goes_on = functools.lru_cache(_KEPT)(functools.partial(_goes_on, tries))
        self._is_name_alone = functools.lru_cache(_KEPT)(functools.partial(_is_name_alone, tries))

    def hits(self, text: str) -> Iterator[NameHit]:
        """The names in the text, left to right, none overlapping another."""
        at = 0
        while (word := next_large(text, at)) is not None:
            for first in _beginnings(text, word, at):
                at, hit = self._longest(text, first)
                if hit is not None:
                    yield hit
                if at > word.start:
                    break
            at = max(at, word.end)

    def _longest(self, text: str, first: Word) -> tuple[int, NameHit | None]:
        """Where to read on after the longest name that begins with that word, and its hit."""
        for span, key in self._names_at(text, first):
            if not _is_written_as_name(text, span) and not self._is_spelt(text, span, key):
                continue
            if key in self._not_places:
                if self._is_owner(span[-1], key):
                    continue
                return span[-1].end, None
            if len(span) == 1 and is_possessive(first) and key == first.folded and key not in self._curated:
                continue  # "Canada's" folds to "canadas", a place in Mexico
            if hit := self._hit(text, span, key):
                return span[-1].end, hit
        return first.end, None

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

    def _names_at(self, text: str, first: Word) -> list[tuple[list[Word], str]]:
        """The names that begin with that word as (words, folded name), longest first."""
        is_name = self._is_name_alone(first.folded)
        if is_name is not None and not is_possessive(first):
            return [([first], first.folded)] if is_name else []
        ahead = [first]
        found = self._prefixes(text, ahead, _folded)
        if any(map(is_possessive, ahead)):
            found |= self._prefixes(text, ahead, _folded_owner)
        return [(ahead[:count], key) for count, key in sorted(found, reverse=True)]

    def _prefixes(self, text: str, ahead: list[Word], form: Callable[[Word], str]) -> set[tuple[int, str]]:
        """As (number of words, folded name); ``ahead`` grows as far as names go on."""
        folded = [form(ahead[0])]
        while len(folded) < MAX_WORDS and self._may_go_on(folded):
            if len(folded) == len(ahead):
                if (word := word_after(text, ahead[-1])) is None:
                    break
                ahead.append(word)
            folded.append(form(ahead[len(folded)]))
        folded = fold_articles(folded)
        keys = self._keys_at(" ".join(folded))
        ends = {" ".join(folded[:count]): count for count in range(1, len(folded) + 1)} if keys else {}
        return {(ends[key], key) for key in keys if key in ends}

    def _may_go_on(self, folded: list[str]) -> bool:
        """Whether some name has more words than these; the word after an article says how that is folded."""
        return may_be_article(folded[-1]) or self._goes_on(" ".join(fold_articles(folded)))

    def _hit(self, text: str, span: list[Word], key: str) -> NameHit | None:
        start, end = span[0].start, _end_of_name(span[-1], key)
        written = " ".join(text[start:end].split())
        if key in self._curated:
            name = _spelling(self._curated[key], written)
            return None if name is None else NameHit(start, end, name, is_curated=True)
        if key in self._demonyms:
            return NameHit(start, end, written, is_curated=True, is_demonym=True)
        if _follows_article(text, span[0]):
            return None  # "al-Assad" is no hit of a place Assad
        return NameHit(start, end, written, is_curated=False)


class _Trie:
    """Folded names in memory."""

    def __init__(self, names: Collection[str]) -> None:
        import marisa_trie

        self._names = marisa_trie.Trie(names)

    def prefixes(self, phrase: str) -> list[str]:
        found: list[str] = self._names.prefixes(phrase)
        return found

    def goes_on(self, phrase: str) -> bool:
        return next(self._names.iterkeys(f"{phrase} "), None) is not None


def _keys_at(tries: Collection[Prefixes], phrase: str) -> tuple[str, ...]:
    return tuple(key for trie in tries for key in trie.prefixes(phrase))


def _goes_on(tries: Collection[Prefixes], phrase: str) -> bool:
    return any(trie.goes_on(phrase) for trie in tries)


def _is_name_alone(tries: Collection[Prefixes], word: str) -> bool | None:
    """Whether a word is a name; None where it may begin a longer one."""
    if may_be_article(word) or _goes_on(tries, word):
        return None
    return word in _keys_at(tries, word)


def _folded(word: Word) -> str:
    return word.folded


def _folded_owner(word: Word) -> str:
    return without_possessive(word).folded


def _beginnings(text: str, word: Word, at: int) -> Iterator[Word]:
    """The words, from ``at`` on, that a name with this capital may begin with: "al-" before it, then itself."""
    article = word_before_hyphen(text, word.start)
    is_new = article is not None and article.start >= at and starts_small(article.written)
    if is_new and article is not None and is_article(article.folded, word.folded):
        yield article
    if not _is_english_article(text, word):
        yield word


def _is_english_article(text: str, word: Word) -> bool:
    """Whether "As" or "At" stands alone at the head of a sentence: "At Tabqa the road forks"."""
    if word.folded not in _ENGLISH_ARTICLES or text[word.end : word.end + 1] == "-":
        return False
    before = text[max(0, word.start - 3) : word.start].rstrip(" \"'“‘")
    return not before or before[-1] in ".!?:;\n"


def _follows_article(text: str, word: Word) -> bool:
    """Whether it is the noun of "al-Assad"."""
    before = word_before_hyphen(text, word.start) if text[max(0, word.start - 1)] in HYPHENS else None
    return before is not None and is_article(before.folded, word.folded)


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
