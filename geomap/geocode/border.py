"""Borders: where is "the Turkish border", "the border with Lebanon", when the text does not say which stretch?

At the curated border crossing nearest to the places the text speaks of, on the side that faces the country named;
where there is none near, the country stands in, as a region.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from geomap.gazetteer import Gazetteer
from geomap.geocode.areas import km_between
from geomap.geocode.vocabulary import last_word_before, vocabulary
from geomap.model import Location, Place

# A crossing further than this from everything the text names is not "the border" it speaks of.
_FARTHEST_KM = 150.0
_RADIUS_KM = 30.0
# The last words of "the border with (the)", "of (the)"; asked first, because few names follow one.
_BORDER_CLOSERS = frozenset({"with", "of", "the"})
_PREPOSITION = re.compile(r"^(?:(?:near|on|along|at|to)\s)?(?:the\s)?", re.IGNORECASE)
# "Syrian-" before "Turkish border"
_PAIR_BEFORE = re.compile(r"(?:near|on|along|at|to)?\s?(?:the\s)?(?:[^\W\d_]+[-–])?$", re.IGNORECASE)


def border(text: str, location: Location, others: Iterable[Location], gazetteer: Gazetteer) -> Location | None:
    """The border that a country's name or people is said to have; None where the words say none.

    Args:
        text: the article's.
        location: of the country named.
        others: locations of the article, in its order; those that are no countries say which stretch is meant.
        gazetteer: has the crossings.
    """
    if location.place.kind != "country":
        return None
    before = None
    if last_word_before(text, location.start) in _BORDER_CLOSERS:
        before = vocabulary().border_before.search(text[max(0, location.start - 60) : location.start])
    after = vocabulary().border_after.match(text, location.end)
    if before is None and after is None:
        return None
    start = location.start - len(before.group()) if before else _start_of_pair(text, location.start)
    end = after.end() if after and before is None else location.end
    name = _PREPOSITION.sub("", " ".join(text[start:end].split()))
    mention = replace(location.mention, role="place")
    plain = replace(location, mention=mention, start=start, end=end, name=name, geo_precision=3)
    crossing = _crossing(location.place, list(others), gazetteer)
    if crossing is None:
        return plain
    why = f"the border crossing nearest to the places of the text, {crossing.name}"
    return replace(plain, point=crossing.point, radius_km=_RADIUS_KM, why=why)


def _start_of_pair(text: str, start: int) -> int:
    match = _PAIR_BEFORE.search(text[max(0, start - 40) : start])
    return start - len(match.group().lstrip()) if match else start


def _crossing(country: Place, others: Sequence[Location], gazetteer: Gazetteer) -> Place | None:
    """The crossing nearest to the places of the text, and no further from the country than they are."""
    near = [other for other in others if other.place.kind != "country" and other.place.country != country.id]
    best: tuple[float, Place] | None = None
    for crossing in gazetteer.places_of_kind("crossing"):
        for other in near:
            km = km_between(crossing.point, other.point)
            faces = km_between(crossing.point, country.point) < km_between(other.point, country.point) + 5
            if km < _FARTHEST_KM and faces and (best is None or km < best[0]):
                best = (km, crossing)
    return best[1] if best else None
