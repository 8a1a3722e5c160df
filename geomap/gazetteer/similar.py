"""Similar: which known names may a misspelt or differently transliterated one mean?"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable

from geomap.gazetteer.names import fold, skeleton, skeletons_like

# Jaro-Winkler similarity; "Saraqib" and "Saraqeb" have 0.94, "Homs" and "Hims" 0.85 (too short to be safe).
MIN_SCORE = 0.86
# Two scripts cannot be compared letter by letter; equal consonants alone are worth this.
OTHER_SCRIPT_SCORE = 0.86
# First letters of one sound: Qandahar is Kandahar, Gostomel is Hostomel.
_FIRST_SOUNDS = {"c": "k", "q": "k", "g": "h"}


def score_names(name: str, known: Iterable[str]) -> list[tuple[str, float]]:
    """The folded names of ``known`` that are like ``name``, best first, each with a score from 0 to 1.

    They share its skeleton (see ``names``) or one like it; in one script they also begin with one sound and share
    most of the other letters.

    >>> score_names("Sarakib", ["saraqeb", "sirkap", "سراقب"])
    [('saraqeb', 0.89), ('سراقب', 0.86)]
    """
    keys = skeletons_like(key) if (key := skeleton(name)) else ()
    return score_alike(name, (other for other in known if skeleton(other) in keys))


def score_alike(name: str, known: Iterable[str]) -> list[tuple[str, float]]:
    """As ``score_names``, of folded names that were looked up by their skeletons."""
    plain = _plain(fold(name))
    scored = [(other, _score(plain, _plain(other))) for other in known]
    return sorted([pair for pair in scored if pair[1] >= MIN_SCORE], key=lambda pair: (-pair[1], pair[0]))


def _plain(folded: str) -> str:
    return " ".join(word for word in folded.split() if word != "al") if "al" in folded else folded


def _score(name: str, other: str) -> float:
    if not name or not other:
        return 0.0
    first, other_first = name[0], other[0]
    if first.isascii() != other_first.isascii():
        return OTHER_SCRIPT_SCORE
    is_alike = first == other_first or _FIRST_SOUNDS.get(first, first) == _FIRST_SOUNDS.get(
        other_first, other_first
    )
    return round(_jaro_winkler(name, other), 2) if is_alike else 0.0


@functools.cache
def _scorer() -> Callable[[str, str], float]:
    from rapidfuzz.distance import JaroWinkler

    return JaroWinkler.similarity


def _jaro_winkler(name: str, other: str) -> float:
    return _scorer()(name, other)
