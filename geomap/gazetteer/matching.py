"""Matching: where in a text do names of a gazetteer stand?

From left to right; at each word that may begin a name, the longest name of the curated files or of the world index
that ends at the end of a word. Names are compared folded, and a hit's offsets are those of the text as it was
given. Most words are never looked at: one regular expression leads from capital to capital, and what a word means
that begins no name of several words is remembered.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import NamedTuple, Protocol

from geomap.gazetteer.names import APOSTROPHES, fold_articles, fold_word, is_article, may_be_article
from geomap.gazetteer.words import (
    HYPHENS,
    MAX_WORDS,
    Word,
    is_possessive,
    large_words,
    next_word,
    starts_small,
    without_possessive,
    word_after,
    word_before_hyphen,
)

# Words, and phrases, whose look-ups are kept, because they recur in many articles.
_KEPT = 1 << 15
# What joins an article to its noun.
_JOINTS = frozenset(HYPHENS + APOSTROPHES)


class Known(NamedTuple):
    """What a gazetteer knows of words in this order."""

    is_name: bool
    goes_on: bool  # a longer name begins with them

    def __or__(self, other: Known) -> Known:
        """What two gazetteers know together."""
        return known_as(self.is_name or other.is_name, self.goes_on or other.goes_on)


_EACH = {(is_name, goes_on): Known(is_name, goes_on) for is_name in (False, True) for goes_on in (False, True)}


def known_as(is_name: bool, goes_on: bool) -> Known:
    """The one ``Known`` of these values: thousands are kept, and the garbage collector looks at each value."""
    return _EACH[is_name, goes_on]


class Index(Protocol):
    """Folded names."""

    def known(self, phrase: str) -> Known:
        """What is known of a phrase; it ends at the end of a word."""
        ...


class NameHit(NamedTuple):
    """A name in a text; ``text[start:end]`` is how it is written there, ``name`` how the gazetteer writes it."""

    start: int
    end: int
    name: str
    is_curated: bool
    is_demonym: bool = False


class _Opening(NamedTuple):
    """What is known of a word as it is written, whatever stands around it.

    Attributes:
        is_plain: whether it is read in one way only: it is no possessive, and no article of the next word.
        goes_on: whether a longer name may begin with it.
        name: the name that it is alone, whether that is curated, and whether a demonym; None for no name.
    """

    folded: str
    is_plain: bool
    goes_on: bool
    name: tuple[str, bool, bool] | None


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
        world: Index | None,
    ) -> None:
        self._curated, self._demonyms, self._not_places = curated, frozenset(demonyms), frozenset(not_places)
        self._local: Index = _Local([*curated, *self._demonyms, *self._not_places])
        self._world = _Local(()) if world is None else world
        self._known = functools.lru_cache(_KEPT)(self._read_known)
        self._opening = functools.lru_cache(_KEPT)(self._read_opening)

    def hits(self, text: str) -> Iterator[NameHit]:
        """The names in the text, left to right, none overlapping another."""
        at = 0
        for start, end, written in large_words(text):
            if start < at:
                continue
            opening = self._opening(written)
            if not self._is_alone(text, start, end, opening):
                at, hit = self._hit_at(text, Word(start, end, written, opening.folded), at)
                if hit is not None:
                    yield hit
            elif opening.name is not None:
                yield NameHit(start, end, *opening.name)

    def _is_alone(self, text: str, start: int, end: int, opening: _Opening) -> bool:
        """Whether the word there is in no longer name, by a quick look at the word after it."""
        if text[start - 1] in _JOINTS:
            return False
        if not opening.goes_on:
            return True
        if not opening.is_plain:
            return False
        following = next_word(text, start, end)
        if following is None:
            return True
        ahead = self._opening(following[1])
        return ahead.is_plain and not any(self._known(f"{opening.folded} {ahead.folded}"))

    def _read_opening(self, written: str) -> _Opening:
        word = Word(0, len(written), written, fold_word(written))
        if is_possessive(word):
            readings = (word.folded, without_possessive(word).folded)
            return _Opening(word.folded, False, any(any(self._known(each)) for each in readings), None)
        if may_be_article(word.folded):
            return _Opening(word.folded, False, True, None)
        is_name, goes_on = self._known(word.folded)
        is_place = is_name and word.folded not in self._not_places
        return _Opening(word.folded, True, goes_on, self._called(word.folded, written) if is_place else None)

    def _read_known(self, phrase: str) -> Known:
        return self._local.known(phrase) | self._world.known(phrase)

    def _hit_at(self, text: str, word: Word, at: int) -> tuple[int, NameHit | None]:
        """Where to read on after the longest name that begins with that word or its article, and its hit."""
        for first in _beginnings(text, word, at):
            at, hit = self._longest(text, first)
            if at > word.start:
                return at, hit
        return word.end, None

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
        phrases = {count: " ".join(folded[:count]) for count in range(1, len(folded) + 1)}
        return {(count, phrase) for count, phrase in phrases.items() if self._known(phrase).is_name}

    def _may_go_on(self, folded: list[str]) -> bool:
        """Whether some name has more words than these; the word after an article says how that is folded."""
        return may_be_article(folded[-1]) or self._known(" ".join(fold_articles(folded))).goes_on

    def _hit(self, text: str, span: list[Word], key: str) -> NameHit | None:
        start, end = span[0].start, _end_of_name(span[-1], key)
        name = self._called(key, " ".join(text[start:end].split()))
        if name is None or (
            key not in self._curated and key not in self._demonyms and _follows_article(text, span[0])
        ):
            return None  # "al-Assad" is no hit of a place Assad
        return NameHit(start, end, *name)

    def _called(self, key: str, written: str) -> tuple[str, bool, bool] | None:
        """The name of that key for a hit so written, whether it is curated, and whether a demonym."""
        if key in self._curated:
            name = _spelling(self._curated[key], written)
            return None if name is None else (name, True, False)
        return written, key in self._demonyms, key in self._demonyms


class _Local:
    """Folded names in memory."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = frozenset(names)
        self._beginnings = frozenset(beginning for name in self._names for beginning in _beginnings_of(name))

    def known(self, phrase: str) -> Known:
        return known_as(phrase in self._names, phrase in self._beginnings)


def _beginnings_of(phrase: str) -> list[str]:
    """The phrase without its last word, without its last two ...

    >>> _beginnings_of("deir al zor"), _beginnings_of("idlib")
    (['deir', 'deir al'], [])
    """
    return [phrase[:end] for end, sign in enumerate(phrase) if sign == " "] if " " in phrase else []


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
