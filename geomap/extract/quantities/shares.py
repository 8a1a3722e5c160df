"""Shares: how many are "70 per cent of the town's 20,000 people"?

The figure behind the share is no count of those who went; the share of it is, and the words are kept so that the
reader sees both. "Most of the 20,000" stays without a number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from geomap.extract.lexicon import any_of
from geomap.extract.quantities.words import lexicon, plain
from geomap.model import Quantity

_REACH = 90


@dataclass(frozen=True, slots=True)
class Share:
    """A share that stands before a figure; ``part`` is 0..1, None where no number says it ("most of")."""

    start: int
    part: float | None

    def of(self, whole: Quantity) -> Quantity:
        """The share of a whole whose text has the words of both.

        >>> Share(0, 0.5).of(Quantity(30000.0, "exact", "half of its 30,000"))
        Quantity(value=15000.0, quantifier='approximately', text='half of its 30,000', low=None, high=None)
        """
        value = None if self.part is None or whole.value is None else float(round(whole.value * self.part))
        return replace(whole, value=value, quantifier="approximately", low=None, high=None)


def share_before(text: str, start: int) -> Share | None:
    """The share of the figure that starts at ``start``; None where the figure is a whole of its own."""
    match = _share().search(text, max(0, start - _REACH), start)
    if match is None:
        return None
    return Share(match.start(), _part(match))


def _part(match: re.Match[str]) -> float | None:
    if match["percent"]:
        return float(match["percent"].replace(",", ".")) / 100
    return lexicon().shares.words.get(plain(match["words"]))


@cache
def _share() -> re.Pattern[str]:
    named, vague = any_of(lexicon().shares.words), any_of(lexicon().vague_shares.words)
    return re.compile(
        rf"""\b(?:(?P<percent>\d{{1,3}}(?:[.,]\d+)?)\s?(?:%|per\s?cent|percent|pct)|(?P<words>{named}|{vague}))
        \s+of\s+(?:(?:the|its|their|our|an?|some|about|around|estimated|nearly|almost|roughly|original|total|more|than|over)\s+
        |(?:the\s+)?[\w-]+['’]s?\s+)*$""",
        re.VERBOSE | re.IGNORECASE,
    )
