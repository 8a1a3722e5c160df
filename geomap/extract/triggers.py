"""Triggers: could this sentence tell an event? A scan that never says no where a frame would match.

Inflected forms are made from the lexicon's base forms, so that no sentence needs to be parsed to be left out.
"""

from __future__ import annotations

import functools
import re

from geomap.extract.displacement.routes import tells_route
from geomap.extract.displacement.surface import surface_words
from geomap.extract.lexicon import control_frames, irregular_forms, move_frames, post_nouns
from geomap.extract.quantities import has_figure

_VOWELS = "aeiou"


def has_trigger(text: str) -> bool:
    """Whether a sentence has a word of any frame; the cheap test before the parse."""
    if _pattern().search(text) is not None or tells_route(text):
        return True
    # Displacement needs a figure, which is much rarer than its verbs.
    return has_figure(text) and _moves().search(text) is not None


@functools.cache
def _pattern() -> re.Pattern[str]:
    words: set[str] = set()
    for frame in control_frames():
        # The object is the rarer word: "took control" is found by "control", not by every "took".
        words |= set(
            frame.object_is or [n for ns in frame.with_.values() for n in ns if n.islower()] or frame.verbs
        )
        words |= set(frame.nouns)
    words |= {word for noun in post_nouns() for word in noun.words}
    return any_form(words)


@functools.cache
def _moves() -> re.Pattern[str]:
    words = {word for w in surface_words() for word in (*w.after, *w.before, *w.label)}
    for move in move_frames():
        # "are in shelters": the shelter is the rarer word.
        verbs = [n for ns in move.with_.values() for n in ns if n.islower()] if "be" in move.verbs else move.verbs
        words |= {*verbs, *move.nouns, *move.adjectives}
    return any_form(words, start=rf"(?:\b|{_RUN_ON})")


# The word before may have lost its space: "peoplewere", "hadevacuated".
_RUN_ON = "|".join(f"(?<=[^a-z]{word})" for word in ("had", "have", "were", "was", "been", "to", "and"))


def any_form(words: set[str], start: str = r"\b") -> re.Pattern[str]:
    """Return a pattern for any form of base forms, at word boundaries."""
    forms = sorted({form for word in words for form in inflections(word)}, key=lambda w: (-len(w), w))
    return re.compile(rf"{start}(?:{'|'.join(map(re.escape, forms))})\b", re.IGNORECASE)


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
