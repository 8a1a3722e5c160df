"""Triggers: the words of a lexicon, in any form they may take in a text.

Inflected forms are made from the lexicon's base forms, so that no sentence needs to be parsed to be left out.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable

from geomap.extract.kept import SENTENCES_KEPT
from geomap.extract.lexicon import any_of, irregular_forms

_VOWELS = "aeiou"
_WORD = re.compile(r"[^\W\d_]+")
# Words right behind which no verb stands, only a noun or what describes one: "its forces", "the left bank".
_OF_NOUNS = frozenset({"the", "a", "an", "its", "his", "their", "our", "my", "your", "no", "every", "each"})
# The first word behind a mark that a clause may begin after.
_CLAUSE_START = re.compile(r"(?:^|[^\w\s,'’-]|\s[-–—]|\n)\s*['’]?([^\W\d_]+)")
# The word before may have lost its space: "peoplewere", "hadevacuated".
RUN_ON = ("had", "have", "were", "was", "been", "to", "and")


@functools.lru_cache(maxsize=SENTENCES_KEPT)
def words_of_text(text: str) -> frozenset[str]:
    """Return the words of a text in small letters, hyphens and apostrophes as ends of words.

    >>> sorted(words_of_text("The army's check-post"))
    ['army', 'check', 'post', 's', 'the']
    """
    return frozenset(_WORD.findall(text.lower()))


@functools.lru_cache(maxsize=SENTENCES_KEPT)
def may_be_verbs(text: str) -> frozenset[str]:
    """Return the words of a text in small letters without those that are names by their capital.

    A headline has capitals on verbs too, and any clause may begin with one. Right behind an article stands none.

    >>> sorted(may_be_verbs("Taken by the Lebanese Forces, it fell near Twin Falls"))
    ['by', 'fell', 'it', 'near', 'taken', 'the']
    >>> "capture" in may_be_verbs("Rebels Capture Marsa, Say Monitors")
    True
    """
    words = _WORD.findall(text)
    small = {word for word in words if word.islower()}
    if 2 * len(small) < len(set(words)):
        return words_of_text(text)
    free = {word for before, word in zip(["", *words], words, strict=False) if before.lower() not in _OF_NOUNS}
    small &= free
    return frozenset(small.union(word.lower() for word in _CLAUSE_START.findall(text)))


class Phrases:
    """Words and phrases of a lexicon that are sought in the words of a sentence, whatever their order.

    Attributes:
        keys: words of which one must be there for any of them.
    """

    def __init__(self, phrases: Iterable[str], before: tuple[str, ...] = (), *, are_nouns: bool = False) -> None:
        """Take base forms; of a phrase the last word may take any form.

        Args:
            phrases: of one or more words.
            before: words that a single one may be glued to.
            are_nouns: they take no forms of verbs: "bases", but not "based".
        """
        forms_of = plurals if are_nouns else inflections
        single: set[str] = set()
        self._several: list[tuple[frozenset[str], frozenset[str]]] = []
        for phrase in phrases:
            *first, last = _WORD.findall(phrase.lower()) or [""]
            forms = forms_of(last)
            if first:
                self._several.append((frozenset(first), frozenset(forms)))
            else:
                single |= forms
        self._single = frozenset(single | {word + form for word in before for form in single})
        self.keys = self._single.union(*(forms for _, forms in self._several))

    def among(self, words: frozenset[str]) -> bool:
        """Return whether one of them may be among the words."""
        if self.keys.isdisjoint(words):
            return False
        if not self._single.isdisjoint(words):
            return True
        return any(first <= words and not last.isdisjoint(words) for first, last in self._several)


class Listed:
    """Words and phrases of a list as they are written there, in any letter case."""

    def __init__(self, phrases: Iterable[str]) -> None:
        """Take the list."""
        every = sorted(set(phrases))
        several = [phrase for phrase in every if _WORD.fullmatch(phrase) is None]
        self._single = frozenset(phrase.lower() for phrase in every if _WORD.fullmatch(phrase))
        self._several = [(words_of_text(phrase), _exactly(phrase)) for phrase in several]

    def stand_in(self, text: str) -> bool:
        """Return whether one of them stands in a text."""
        words = words_of_text(text)
        if not self._single.isdisjoint(words):
            return True
        return any(parts <= words and pattern.search(text) for parts, pattern in self._several)


def _exactly(phrase: str) -> re.Pattern[str]:
    return re.compile(rf"\b{any_of([phrase])}\b", re.IGNORECASE)


def any_form(words: set[str], start: str = r"\b") -> re.Pattern[str]:
    """Return a pattern for any form of base forms, at word boundaries."""
    forms = sorted({form for word in words for form in inflections(word)}, key=lambda w: (-len(w), w))
    return re.compile(rf"{start}(?:{'|'.join(map(re.escape, forms))})\b", re.IGNORECASE)


def plurals(noun: str) -> set[str]:
    """Return the forms a noun may take in a text.

    >>> sorted(plurals("company"))
    ['companies', 'company', 'companys']
    """
    forms = {noun, f"{noun}s", *irregular_forms().get(noun, ())}
    if noun.endswith(("s", "x", "z", "ch", "sh")):
        forms.add(f"{noun}es")
    return forms | {f"{noun[:-1]}ies"} if noun.endswith("y") and noun[-2:-1] not in _VOWELS else forms


def inflections(lemma: str) -> set[str]:
    """Return the forms a base form may take in a text.

    >>> sorted(inflections("seize"))
    ['seize', 'seized', 'seizes', 'seizing']
    """
    irregular = irregular_forms().get(lemma, ())
    if lemma.endswith("e"):
        stem = lemma if lemma.endswith("ee") else lemma[:-1]
        return {lemma, f"{lemma}s", f"{lemma}d", f"{stem}ing", *irregular}
    forms = {lemma, f"{lemma}s", f"{lemma}es", f"{lemma}ed", f"{lemma}ing", *irregular}
    if lemma.endswith("y") and lemma[-2:-1] not in _VOWELS:
        forms |= {f"{lemma[:-1]}ies", f"{lemma[:-1]}ied"}
    elif len(lemma) > 2 and lemma[-1] not in _VOWELS + "wxy" and lemma[-2] in _VOWELS:
        forms |= {f"{lemma}{lemma[-1]}ed", f"{lemma}{lemma[-1]}ing"}
    return forms
