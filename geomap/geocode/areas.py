"""Areas: which kinds of place are areas, which division is a place in, and how far is it between two?"""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt

from geomap.model import LngLat, Place

# A country's code and the name of its first-level division.
Division = tuple[str, str]
# A point on a sphere of half the radius of 1, so that two spots are never more than 1 apart.
Spot = tuple[float, float, float]

AREAS = frozenset(
    {"region", "country", "governorate", "district", "subdistrict", "state", "province", "county", "continent"}
)
DIVISIONS = frozenset({"region", "governorate", "state", "province"})
DISTRICTS = frozenset({"district", "subdistrict", "county"})
EARTH_DIAMETER_KM = 12742.0
_LEAST_KM_PER_DEGREE = 111.0  # of latitude; a little less than on that sphere
_HALF = 0.5 - 1e-13  # what rounding adds stays below 1


def is_area(place: Place) -> bool:
    """True for countries, governorates, districts and the like."""
    return place.kind in AREAS


def division_of(place: Place) -> Division:
    """The first-level division of a place, or that it is itself."""
    if place.kind in DIVISIONS and not place.admin1:
        return (place.country, place.name)
    return (place.country, place.admin1)


def is_within(a: LngLat, b: LngLat, km: float) -> bool:
    """True where the points are less than ``km`` apart; most pairs differ too much in latitude alone."""
    return abs(a.lat - b.lat) * _LEAST_KM_PER_DEGREE < km and km_between(a, b) < km


def km_between(a: LngLat, b: LngLat) -> float:
    """Distance on a sphere, quick and good to 0.5 %; enough to weigh candidates."""
    lat1, lat2 = radians(a.lat), radians(b.lat)
    half = sin((lat2 - lat1) / 2) ** 2
    half += cos(lat1) * cos(lat2) * sin(radians(b.lng - a.lng) / 2) ** 2
    return EARTH_DIAMETER_KM * asin(min(1.0, sqrt(half)))


def spot_of(point: LngLat) -> Spot:
    """The point as a spot: two are asin(dist(a, b)) times the earth's diameter apart.

    >>> from math import dist
    >>> a, b = spot_of(LngLat(36.8, 35.86)), spot_of(LngLat(37.16, 36.2))
    >>> round(EARTH_DIAMETER_KM * asin(dist(a, b)), 1)
    49.8
    """
    lat, lng = radians(point.lat), radians(point.lng)
    return (_HALF * cos(lat) * cos(lng), _HALF * cos(lat) * sin(lng), _HALF * sin(lat))
