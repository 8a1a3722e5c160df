"""Areas: which kinds of place are areas, and how far is it between two places?"""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt

from geomap.model import LngLat, Place

AREAS = frozenset(
    {"region", "country", "governorate", "district", "subdistrict", "state", "province", "county", "continent"}
)
DIVISIONS = frozenset({"region", "governorate", "state", "province"})
DISTRICTS = frozenset({"district", "subdistrict", "county"})
_EARTH_DIAMETER_KM = 12742.0
_LEAST_KM_PER_DEGREE = 111.0  # of latitude; a little less than on that sphere


def is_area(place: Place) -> bool:
    """True for countries, governorates, districts and the like."""
    return place.kind in AREAS


def is_within(a: LngLat, b: LngLat, km: float) -> bool:
    """True where the points are less than ``km`` apart; most pairs differ too much in latitude alone."""
    return abs(a.lat - b.lat) * _LEAST_KM_PER_DEGREE < km and km_between(a, b) < km


def km_between(a: LngLat, b: LngLat) -> float:
    """Distance on a sphere, quick and good to 0.5 %; enough to weigh candidates."""
    lat1, lat2 = radians(a.lat), radians(b.lat)
    half = sin((lat2 - lat1) / 2) ** 2
    half += cos(lat1) * cos(lat2) * sin(radians(b.lng - a.lng) / 2) ** 2
    return _EARTH_DIAMETER_KM * asin(min(1.0, sqrt(half)))
