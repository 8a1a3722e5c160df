"""Hedges: how sure is a figure, by the words right before and behind it?"""

from __future__ import annotations

import re
from functools import cache

from geomap.extract.lexicon import any_of
from geomap.extract.quantities.words import lexicon, plain
from geomap.model import Quantifier


@cache
def _before() -> re.Pattern[str]:
    words = lexicon()
    hedges = "|".join(f"(?P<{name}>{any_of(one.words)})" for name, one in words.hedges.items())
    return re.compile(rf"(?:(?<!\w)(?:{hedges}|(?P<filler>{any_of(words.fillers.words)}))\s*)$", re.IGNORECASE)


def hedge_before(text: str, start: int) -> tuple[int, Quantifier | None, bool]:
    """Return where the hedge starts, what it says, and whether the figure comes on top of another."""
    quantifier: Quantifier | None = None
    is_additional, place, first = False, start, start
    while match := _before().search(text, max(0, place - 24), place):
        place, is_filler = match.start(), match.lastgroup == "filler"
        is_more = is_filler and plain(match[0]) in lexicon().additional.words
        is_additional = is_additional or is_more
        if is_more or not is_filler:
            first = place
        if not is_filler and quantifier in (None, "approximately"):
            quantifier = match.lastgroup  # type: ignore[assignment]
    return first, quantifier, is_additional


def hedge_after(text: str, end: int) -> tuple[int, Quantifier | None]:
    """Return where a hedge behind a figure ends, and what it says ("500 or more")."""
    for name, words in lexicon().hedges_after.items():
        match = re.compile(rf"\s*{any_of(words.words)}(?!\w)", re.IGNORECASE).match(text, end)
        if match:
            return match.end(), name
    return end, None
