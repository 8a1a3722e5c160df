"""Context: where does an article play, by the places in it that the gazetteers know?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from geomap.model import LngLat, Location

# A country with this share of the places named is the article's; below, each country named may be meant.
_SURE_SHARE = 0.75
_MOST_COUNTRIES = 5


@dataclass(frozen=True, slots=True)
class Context:
    """What is known of an article before a service is asked.

    Attributes:
        countries: codes of the countries that its names may lie in, one where that is sure; empty: not known.
        points: where its settlements and divisions are, each with its reach in km.
    """

    countries: tuple[str, ...] = ()
    points: tuple[tuple[LngLat, float], ...] = ()


def read_context(locations: Iterable[Location]) -> Context:
    """Return what the located names say; who acts ("Ankara blamed") does not tell where things happen."""
    places = [location for location in locations if location.mention.role == "place"]
    points = {
        each.point: each.place.radius_km for each in places if each.place.kind not in ("country", "continent")
    }
    return Context(_countries(places), tuple(points.items()))


def _countries(locations: Sequence[Location]) -> tuple[str, ...]:
    """Return the country that is sure, or all that are named, most often named first; with who else claims it."""
    counts = Counter(each.place.country for each in locations if each.place.country)
    if not counts:
        return ()
    ranked = sorted(counts, key=lambda country: (-counts[country], country))
    chosen = ranked[:1] if counts[ranked[0]] >= _SURE_SHARE * counts.total() else ranked[:_MOST_COUNTRIES]
    claims = sorted({claim for each in locations if each.place.country in chosen for claim in each.place.claims})
    return tuple(dict.fromkeys((*chosen, *claims)))[:_MOST_COUNTRIES]
