"""Home: where does the publisher of an article sit? A local paper means the places around it."""

from __future__ import annotations

from geomap.gazetteer import Gazetteer
from geomap.geocode.areas import DIVISIONS, is_area
from geomap.geocode.evidence import Anchor, anchor_at
from geomap.model import Place

# Smaller towns have no paper that is named after them and read elsewhere.
_LEAST_PEOPLE = 5_000
# Against about 1 for a place that the text itself makes certain.
_WEIGHT = 0.3


def home_of(source: str, gazetteer: Gazetteer) -> tuple[Anchor, ...]:
    """The town or first-level division in a publisher's name ("Chicago Sun"), as a faint anchor; empty without.

    Its last word says what it publishes; with it the name is that of a paper and of no place.
    """
    for hit in gazetteer.names_in(source.rpartition(" ")[0]):
        place = next((each for each in gazetteer.places_named(hit.name) if _may_be_home(each)), None)
        if place is not None and not hit.is_demonym:
            return (anchor_at(place, hit.name, _WEIGHT),)
    return ()


def _may_be_home(place: Place) -> bool:
    return place.kind in DIVISIONS or (not is_area(place) and place.population >= _LEAST_PEOPLE)
