"""Runs: where do names begin and end that no gazetteer has? Capitalised words that stand together."""

from __future__ import annotations

from collections.abc import Iterator

from geomap.recognize.lexicon import Lexicon
from geomap.recognize.words import APOSTROPHES, HYPHENS, Words

_MOST_TOKENS = 9
_LEAST_LETTERS = 3
# Words before a name that are no part of it, also with a capital: "Northern", "Mr".
_LEADS = frozenset({"title", "direction_before", "inside", "near", "motion", "at"})


def runs_of(words: Words, taken: set[int], lexicon: Lexicon) -> Iterator[tuple[int, int]]:
    """Half-open token ranges of capitalised words that stand together, without openers and titles."""
    at, particles = 0, lexicon.particles
    pairs = enumerate(zip(words.words, words.keys, strict=True))
    # Most words are neither a capital nor the "al" before one.
    for index in [index for index, (word, key) in pairs if word[0].isupper() or key in particles]:
        if index < at:
            continue
        at = _run_end(words, index, taken, lexicon)
        first = _without_opener(words, index, at, lexicon) if at > index else at
        if first < at and words.ends[at - 1] - words.starts[first] >= _LEAST_LETTERS:
            yield first, at


def _run_end(words: Words, first: int, taken: set[int], lexicon: Lexicon) -> int:
    """Where the run that begins at ``first`` ends; ``first`` itself where none does."""
    if not is_capital(words, first) and not _is_article(words, first, lexicon):
        return first
    last = first
    for index in range(first, min(first + _MOST_TOKENS, words.opening[words.sentence[first] + 1])):
        if index in taken:
            break
        if is_capital(words, index):
            last = index + 1
        elif not _joins(words, index, lexicon):
            break
    return last


def is_capital(words: Words, index: int) -> bool:
    """Whether the token begins with a capital."""
    return words.words[index][0].isupper()


def _is_article(words: Words, index: int, lexicon: Lexicon) -> bool:
    """Whether the token is the "al" of "al-Hawl" or "el Fasher"."""
    following = words.after(index)
    if words.keys[index] not in lexicon.particles or following < 0:
        return False
    return words.words[following] in HYPHENS or (words.keys[index] in ("al", "el") and is_capital(words, following))


def _joins(words: Words, index: int, lexicon: Lexicon) -> bool:
    """Whether a token without a capital stands inside a name: a hyphen, the "de" of "Rio de Janeiro"."""
    before, following = words.before(index), words.after(index)
    if before < 0 or following < 0:
        return False
    sign = words.words[index]
    if sign in HYPHENS or sign in APOSTROPHES or sign == "ʿ":
        is_tight = words.starts[index] == words.ends[before] and words.starts[following] == words.ends[index]
        return (
            is_tight and words.keys[following] != "s" and len(words.words[before]) + len(words.words[following]) > 2
        )
    return words.keys[index] in lexicon.particles and _is_name_ahead(words, following)


def _is_name_ahead(words: Words, index: int) -> bool:
    """Whether a capital follows, a hyphen or apostrophe between or not."""
    if words.words[index] in HYPHENS or words.words[index] in APOSTROPHES:
        index = words.after(index)
    return index >= 0 and is_capital(words, index)


def _without_opener(words: Words, first: int, last: int, lexicon: Lexicon) -> int:
    """The run's first token that belongs to the name: not the "The" or "Northern" before it."""
    while first < last - 1 and _is_loose(words, first, lexicon):
        first += 1
    return first


def _is_loose(words: Words, index: int, lexicon: Lexicon) -> bool:
    key = words.keys[index]
    cues = lexicon.cues_by_word["before"].get(key, ())
    if not is_capital(words, index):
        return not _is_article(words, index, lexicon)
    if _LEADS & {*cues}:
        return True
    return words.opens_sentence(index) and key in lexicon.vocabulary
