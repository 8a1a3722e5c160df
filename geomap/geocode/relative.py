"""Relative places: where is "15 km east of Idlib city", "southeastern Idlib", "the outskirts of Hama"?

Each reading looks at the words right before or after a name and moves or widens the location it names. What the
text does not say (how far "south of" is) comes from ``relative.yml`` and makes the radius large.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from geomap.geocode.areas import DISTRICTS, is_area
from geomap.geocode.lexicon import kinds
from geomap.geocode.vocabulary import Lead, PartEntry, Vocabulary, vocabulary, words_between
from geomap.model import GeoPrecision, LngLat, Location

# How much of the text before a name is looked at.
_LOOK_BACK = 70
# Reach of areas that carry none, by kind.
_REACH_KM = {"country": 300.0, "district": 20.0, "subdistrict": 12.0}
_USUAL_REACH_KM = 50.0
# A direction moves the point of an area half way to its edge; what is left reaches a little further.
_PART_SHIFT, _PART_RADIUS = 0.5, 0.6
# A distance in the text is good to this share of it.
_DISTANCE_SLACK = 0.15
_LEAST_RADIUS_KM = 2.0
# Two names further apart than this are not the ends of one stretch of road or front.
_FARTHEST_BETWEEN_KM = 400.0

_POSSESSIVE = re.compile(r"['’]s\s+$")
# "northern Syrian province of ": a direction, perhaps of which country, a kind word.
_KIND_BEFORE = re.compile(r"\b(?P<direction>[A-Za-z-]+)\s(?:[A-Z]\w+\s)?(?P<kind>[a-z]+)\sof\s(?:the\s)?$")
_BETWEEN = re.compile(r"\bbetween\s(?:the\s)?(?:(?:city|town|village)\sof\s)?$")
_KIND_AFTER = re.compile(r"\s(?P<word>[a-z]+)\b")

Reading = Callable[[str, Location, Vocabulary], Location | None]


def relative(text: str, location: Location) -> Location:
    """The location with the words around its name taken into account; itself where they say nothing."""
    words = vocabulary()
    for read in _READINGS if words.may_close(text, location.start) else (_part_after,):
        moved = read(text, location, words)
        if moved is not None:
            return moved
    return location


def offset(point: LngLat, bearing: float, km: float) -> LngLat:
    """The point ``km`` kilometres from ``point`` at a compass bearing in degrees, on the ellipsoid."""
    # What geopy's geodesic asks; geopy itself brings a web client that takes longer to load than a page to read.
    from geographiclib.geodesic import Geodesic

    found = Geodesic.WGS84.Direct(point.lat, point.lng, bearing, km * 1000)
    return LngLat(round(found["lon2"], 5), round(found["lat2"], 5))


def reach_km(location: Location) -> float:
    """How far the location reaches from its point; a usual figure for areas without one."""
    if location.radius_km or not is_area(location.place):
        return location.radius_km
    return _REACH_KM.get(location.place.kind, _USUAL_REACH_KM)


# --- readings, the most precise first --------------------------------------------------------------------


def _where_it_lies(text: str, location: Location, words: Vocabulary) -> Location | None:
    """Reads "Syria's northwestern X province", "the northern Syrian province of X": all of X."""
    if not is_area(location.place) or location.place.kind == "country":
        return None
    direction = _before(words.direction, text, location)
    if direction is not None and _POSSESSIVE.search(text[max(0, direction.start() - 20) : direction.start()]):
        return location
    kind = _KIND_BEFORE.search(text[max(0, location.start - _LOOK_BACK) : location.start])
    is_kind = kind is not None and kind["kind"].lower() in kinds().area.after
    return location if kind is not None and is_kind and words.is_direction(kind["direction"]) else None


def _distance(text: str, location: Location, words: Vocabulary) -> Location | None:
    """Reads "15 km (9 miles) east of X", "20 miles from X"."""
    match = _before(words.distance, text, location)
    if match is None:
        return None
    km = float(match["number"].replace(",", "")) * words.file.units[match["unit"].lower()]
    if match["upto"]:
        km = (km + float(match["upto"]) * words.file.units[match["unit"].lower()]) / 2
    bearing = words.bearing(match["direction"])
    if bearing is None:
        return _moved(text, location, match.start(), radius_km=max(km, _LEAST_RADIUS_KM))
    point = offset(location.point, bearing, km)
    radius = max(_LEAST_RADIUS_KM, km * _DISTANCE_SLACK)
    return _moved(text, location, match.start(), point=point, radius_km=radius)


def _part_of(text: str, location: Location, words: Vocabulary) -> Location | None:
    """Reads "the eastern countryside of X", "the southern approach to X", "a suburb of X"."""
    match = _before(words.part_of, text, location)
    if match is None or (location.place.kind == "country" and not match["direction"]):
        return None
    return _of_part(text, location, words, match, words.part(match["part"]), match.start(), location.end)


def _direction_of(text: str, location: Location, words: Vocabulary) -> Location | None:
    """Reads "south of X": beyond a settlement or an area; "the south of X province" is a part of it."""
    match = _before(words.direction_of, text, location)
    if match is None:
        return None
    bearing = words.bearing(match["direction"]) or 0.0
    at = match.start("direction")
    if is_area(location.place) and re.search(r"\b(?:the|in)\s+$", text[max(0, at - 20) : at], re.IGNORECASE):
        return _of_area(text, location, bearing, match.start(), location.end)
    beyond = words.file.beyond
    reach = reach_km(location) if is_area(location.place) else 0.0
    point = offset(location.point, bearing, reach + beyond.shift_km)
    return _moved(text, location, match.start(), point=point, radius_km=beyond.radius_km + reach / 2)


def _part_after(text: str, location: Location, words: Vocabulary) -> Location | None:
    """Reads "X's southern countryside", "northern X countryside"."""
    match = words.part_after.match(text, location.end)
    if match is None or location.place.kind == "country":
        return None
    before = _before(words.direction, text, location)
    if not match["direction"] and match["part"].lower() in (
        "road",
        "access",
        "approach",
        "end",
        "part",
        "half",
        "area",
    ):
        return None
    start = before.start() if before else location.start
    return _of_part(text, location, words, match, words.part(match["part"]), start, match.end(), before)


def _direction(text: str, location: Location, words: Vocabulary) -> Location | None:
    """Reads "southeastern X", "western X province", "northern X"."""
    match = _before(words.direction, text, location)
    if match is None or (text[match.start()].isupper() and _follows_word(text, match.start())):
        return None
    bearing = words.bearing(match["direction"]) or 0.0
    if is_area(location.place):
        return _of_area(text, location, bearing, match.start(), location.end)
    point = offset(location.point, bearing, 3.0)
    return _moved(text, location, match.start(), point=point, radius_km=5.0)


def _near(text: str, location: Location, words: Vocabulary) -> Location | None:
    """Reads "near X"; near a whole country says no more than the country."""
    match = _before(words.near, text, location)
    if match is None or location.place.kind == "country":
        return None
    return _moved(text, location, match.start(), radius_km=words.file.near.radius_km + reach_km(location))


def _rural(text: str, location: Location, words: Vocabulary) -> Location | None:
    """Reads "rural X": the country around it."""
    match = _before(words.rural, text, location)
    if match is None or location.place.kind == "country":
        return None
    return _moved(text, location, match.start(), radius_km=max(words.file.rural.radius_km, reach_km(location)))


_READINGS: Sequence[Reading] = (
    _where_it_lies,
    _distance,
    _part_of,
    _part_after,
    _direction_of,
    _direction,
    _near,
    _rural,
)


# --- two names -------------------------------------------------------------------------------------------


def stretch(text: str, first: Location, second: Location) -> Location | None:
    """What lies between two places: "between X and Y", "the X-Y highway"; None where they are not joined so."""
    from geomap.geocode.areas import km_between

    gap = text[first.end : second.start]
    if gap.strip() not in ("and", "and the", "-", "–", "—", "to"):
        return None
    before = _BETWEEN.search(text[max(0, first.start - 40) : first.start])
    highway = vocabulary().highway_after.match(text, second.end)
    is_between = before is not None and gap in (" and ", " and the ")
    is_road = highway is not None and gap.strip() in ("-", "–", "—", "to") and len(gap) <= 4
    km = km_between(first.point, second.point)
    is_wide = "country" in (first.place.kind, second.place.kind)
    if not (is_between or is_road) or is_wide or not 0 < km < _FARTHEST_BETWEEN_KM:
        return None
    start = first.start - len(before.group()) if before is not None and is_between else first.start
    end = highway.end() if highway is not None and is_road else second.end
    middle = LngLat((first.point.lng + second.point.lng) / 2, (first.point.lat + second.point.lat) / 2)
    stretched = _moved(text, replace(first, end=end), start, point=middle, radius_km=max(km / 2, _LEAST_RADIUS_KM))
    return replace(stretched, score=min(first.score, second.score), why=f"half way: {first.why}; {second.why}")


# --- helpers ---------------------------------------------------------------------------------------------


def _before(lead: Lead, text: str, location: Location) -> re.Match[str] | None:
    """The match of a lead that ends where the name begins, offsets in the whole text."""
    start = max(0, location.start - _LOOK_BACK)
    if lead.signs.isdisjoint(words_between(text, start, location.start)):
        return None  # most leads, with one glance
    for match in lead.pattern.finditer(text, start, location.start):
        if match.end() == location.start:
            return match
    return None


def _follows_word(text: str, start: int) -> bool:
    """True where a capital there is no sentence's: "in North Hama" is a name of its own."""
    before = text[:start].rstrip()
    return bool(before) and before[-1] not in ".!?:\"“”'’" and text[start - 1] != "\n"


def _of_part(
    text: str,
    location: Location,
    words: Vocabulary,
    match: re.Match[str],
    part: PartEntry,
    start: int,
    end: int,
    before: re.Match[str] | None = None,
) -> Location:
    bearing = words.bearing(match["direction"] or (before["direction"] if before else None))
    if is_area(location.place) and bearing is not None:
        return _of_area(text, location, bearing, start, end)
    reach = reach_km(location)
    shift = part.shift_km if part.shift_km is not None else reach * _PART_SHIFT + 2.0
    radius = part.radius_km if part.radius_km is not None else reach * _PART_RADIUS + 3.0
    point = location.point if bearing is None else offset(location.point, bearing, shift)
    return _moved(text, replace(location, end=end), start, point=point, radius_km=max(radius, reach))


def _of_area(text: str, location: Location, bearing: float, start: int, end: int) -> Location:
    """The part of an area that lies toward a bearing; of a country it is still a region."""
    reach = reach_km(location)
    precision: GeoPrecision = 3 if location.place.kind == "country" else 2
    point = offset(location.point, bearing, reach * _PART_SHIFT)
    moved = _moved(text, replace(location, end=end), start, point=point, radius_km=reach * _PART_RADIUS)
    return replace(moved, geo_precision=precision)


def _end_of_kind(text: str, end: int) -> int:
    """The end of the kind word that follows: "east of Idlib city"."""
    match = _KIND_AFTER.match(text, end)
    words = kinds()
    is_kind = match is not None and match["word"].lower() in (*words.area.after, *words.settlement.after)
    return match.end() if match is not None and is_kind else end


def _moved(text: str, location: Location, start: int, *, radius_km: float, point: LngLat | None = None) -> Location:
    """The location with the words from ``start`` on in its name."""
    location = replace(location, end=_end_of_kind(text, location.end))
    name = " ".join(text[start : location.end].split()).removeprefix("the ").removeprefix("The ")
    is_wide = is_area(location.place) and location.place.kind not in DISTRICTS and point is None
    return replace(
        location,
        name=name,
        start=start,
        point=point or location.point,
        radius_km=round(radius_km, 1),
        geo_precision=3 if is_wide else 2,
    )
