"""Glue: which two words does a token hold that lost the space between them?

Texts cut out of pages run words together ("peoplehave", "hadevacuated", "forcedmore", "13,000people"). Only words
of displacement and common function words are told apart, so that no name or compound is broken.
"""

from __future__ import annotations

import functools
import re

from geomap.extract.lexicon import irregular_forms, move_frames
from geomap.extract.quantities.words import lexicon

_DIGITS = re.compile(r"^(\d[\d.,]*\d)([a-z]{5,})$")
# Function words that stand before or behind a word of displacement.
_BEFORE = ("had", "have", "has", "were", "was", "are", "been", "being", "to", "and", "who", "the", "many", "newly")
# What drives people out, glued to its verb: "shellingforced".
_CAUSES = (
    "shelling",
    "fighting",
    "clashes",
    "violence",
    "floods",
    "flooding",
    "attacks",
    "rains",
    "storm",
    "conflict",
)
_BEHIND = (
    "have",
    "had",
    "has",
    "were",
    "was",
    "are",
    "from",
    "more",
    "about",
    "and",
    "who",
    "the",
    "their",
    "in",
    "into",
)


@functools.lru_cache(maxsize=1 << 14)
def unglued(word: str) -> int | None:
    """Return where a token splits into two words; None where it is one.

    >>> unglued("peoplehave"), unglued("13,000people"), unglued("homeland")
    (6, 6, None)
    """
    match = _DIGITS.match(word)
    if match is not None:
        return match.end(1) if match[2] in _nouns() else None
    if not word.isalpha() or not word.islower() or word in _words():
        return None
    for first in (*_BEFORE, *_CAUSES):
        if word.startswith(first) and word[len(first) :] in _words():
            return len(first)
    for last in _BEHIND:
        if word.endswith(last) and word[: -len(last)] in _words():
            return len(word) - len(last)
    return next((i for i in range(4, len(word) - 3) if _are_both(word[:i], word[i:])), None)


def _are_both(first: str, last: str) -> bool:
    """A verb form and its object: "seekrefuge", "fledhomes"."""
    return first in _words() and last in _objects()


@functools.cache
def _nouns() -> frozenset[str]:
    nouns = lexicon().nouns
    return frozenset(w for name in ("people", "households") for w in nouns[name].many if w.isalpha())


@functools.cache
def _objects() -> frozenset[str]:
    return frozenset({"refuge", "shelter", "safety", "homes", "families", "people"})


@functools.cache
def _words() -> frozenset[str]:
    """The forms of the verbs of displacement and the nouns that are counted."""
    verbs = {verb for frame in move_frames() for verb in frame.verbs if len(verb) > 3 and verb.isalpha()}
    forms = {form for verb in verbs for form in _forms(verb)}
    return frozenset(forms | _nouns() | {"homeless"})


def _forms(verb: str) -> set[str]:
    stem = verb[:-1] if verb.endswith("e") and not verb.endswith("ee") else verb
    return {verb, f"{verb}s", f"{stem}ed", f"{stem}ing", *irregular_forms().get(verb, ())}
