"""Similar: which known names may a misspelt or differently transliterated one mean?"""

from __future__ import annotations

from collections.abc import Iterable

from geomap.gazetteer.names import fold, skeleton, skeletons_like

# Jaro-Winkler similarity; "Saraqib" and "Saraqeb" have 0.94, "Homs" and "Hims" 0.85 (too short to be safe).
MIN_SCORE = 0.86
# Two scripts cannot be compared letter by letter; equal consonants alone are worth this.
OTHER_SCRIPT_SCORE = 0.86
# First letters of one sound: Qandahar is Kandahar, Gostomel is Hostomel.
_FIRST_SOUNDS = str.maketrans("cqg", "kkh")


def score_names(name: str, known: Iterable[str]) -> list[tuple[str, float]]:
    """The folded names of ``known`` that are like ``name``, best first, each with a score from 0 to 1.

    They share its skeleton (see ``names``) or one like it; in one script they also begin with one sound and share
    most of the other letters.

    >>> score_names("Sarakib", ["saraqeb", "sirkap", "سراقب"])
    [('saraqeb', 0.89), ('سراقب', 0.86)]
    """
    key, plain = skeleton(name), _plain(name)
    keys = skeletons_like(key)
    scored = ((other, _score(plain, _plain(other))) for other in known if key and skeleton(other) in keys)
    return sorted(
        ((other, score) for other, score in scored if score >= MIN_SCORE), key=lambda pair: (-pair[1], pair[0])
    )


def _plain(name: str) -> str:
    return " ".join(word for word in fold(name).split() if word != "al")


def _score(name: str, other: str) -> float:
    from rapidfuzz.distance import JaroWinkler

    if not name or not other:
        return 0.0
    if name[0].isascii() != other[0].isascii():
        return OTHER_SCRIPT_SCORE
    is_alike = name[0].translate(_FIRST_SOUNDS) == other[0].translate(_FIRST_SOUNDS)
    return round(JaroWinkler.similarity(name, other), 2) if is_alike else 0.0
