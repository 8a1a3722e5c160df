"""Features: what speaks for and against a candidate place, as numbers between 0 and about 1.

``weights.yml`` says how much each counts; ``PHRASES`` says it to a reader.
"""

from __future__ import annotations

import math

from geomap.gazetteer import Gazetteer
from geomap.geocode.areas import DISTRICTS, DIVISIONS, is_area, km_between
from geomap.geocode.asks import Ask, contains
from geomap.geocode.evidence import Evidence, division_of
from geomap.geocode.lexicon import kinds
from geomap.model import Place

Features = dict[str, float]

# A tenth of what a neighbour at the same spot counts is left at about 2.3 times this distance.
_NEAR_KM = 200.0
# A weak name counts this near to a place of the text.
_BESIDE_KM = 60.0
_LARGEST = 7.0  # log10 of the population that counts as 1


def features_of(ask: Ask, place: Place, evidence: Evidence, gazetteer: Gazetteer) -> Features:
    """The features of ``place`` as what ``ask`` means; those not named are 0."""
    found: Features = {}
    _add_size(found, ask, place)
    _add_spelling(found, ask, place, evidence, gazetteer)
    _add_document(found, place, ask, evidence)
    _add_containers(found, ask, place, evidence)
    _add_kind(found, ask, place, evidence)
    _add_neighbours(found, ask, place, evidence)
    return found


def features_of_none(ask: Ask) -> Features:
    """The features of the answer that the place meant is in no gazetteer."""
    found: Features = {"none": 1.0}
    if ask.kind == "area" and not any(is_area(place) for place in ask.candidates):
        found["none_of_kind"] = 1.0
    return found


def _add_size(found: Features, ask: Ask, place: Place) -> None:
    if place.kind == "country":
        found["country"] = 1.0
    elif place.kind in DIVISIONS:
        found["division"] = 1.0
    elif place.kind in DISTRICTS:
        found["district"] = 1.0
    elif place.population:
        found["population"] = math.log10(place.population) / _LARGEST
        found["most_populous"] = float(place.population >= ask.largest)
    else:
        found["population_unknown"] = 1.0


def _add_spelling(found: Features, ask: Ask, place: Place, evidence: Evidence, gazetteer: Gazetteer) -> None:
    if place.is_curated:
        found["curated"] = 1.0
        if place.id in ask.weak:
            found["weak_name_supported" if _is_supported(place, ask, evidence) else "weak_name"] = 1.0
        if gazetteer.capital_country(place.id):
            found["capital"] = 1.0
    if _without_kind(place).casefold() == ask.mention.name.casefold():
        found["main_name"] = 1.0


def _is_supported(place: Place, ask: Ask, evidence: Evidence) -> bool:
    """A weak name counts where its parent, its country or a place beside it is in the text."""
    own = _own_countries(ask)
    if ask.kind == "area" and is_area(place):
        return True
    return evidence.countries[place.country] > own.get(place.country, 0) or any(
        anchor.place_id == place.parent or km_between(anchor.point, place.point) < _BESIDE_KM
        for anchor in evidence.anchors
        if anchor.name != ask.mention.name
    )


def _without_kind(place: Place) -> str:
    """Return the name without its kind word: Idlib Governorate is called Idlib."""
    name, _, last = place.name.rpartition(" ")
    return name if name and is_area(place) and last.lower() in kinds().area.after else place.name


def _add_document(found: Features, place: Place, ask: Ask, evidence: Evidence) -> None:
    own = _own_countries(ask)
    named = {c: n for c, n in evidence.countries.items() if n > own.get(c, 0)}
    total = sum(evidence.countries.values()) - sum(own.values())
    if named and place.kind != "country":
        count = evidence.countries[place.country] - own.get(place.country, 0)
        if count > 0:
            found["country_share"] = count / max(total, 1)
        else:
            found["country_not_named"] = 1.0
    _add_division(found, place, evidence)


def _own_countries(ask: Ask) -> dict[str, int]:
    """What the mention itself added to the count of countries."""
    for place in ask.candidates[:3]:
        if place.kind == "country":
            return {place.country: 1}
    divisions = [place for place in ask.candidates[:3] if place.kind in DIVISIONS]
    return {place.country: 1 for place in divisions if place.id not in ask.weak}


def _add_division(found: Features, place: Place, evidence: Evidence) -> None:
    if place.kind == "country":
        return
    if evidence.divisions[division_of(place)]:
        found["division_named"] = float(place.kind not in DIVISIONS)
    elif any(country == place.country for country, _ in evidence.divisions):
        found["division_not_named"] = 1.0


def _add_containers(found: Features, ask: Ask, place: Place, evidence: Evidence) -> None:
    areas = ask.containers
    prefix = "container"
    if not areas:
        areas, prefix = evidence.containers.get(ask.mention.name, ()), "container_elsewhere"
    if areas:
        is_inside = any(contains(area, place) for area in areas)
        found[f"{prefix}_match" if is_inside else f"{prefix}_miss"] = 1.0


def _add_kind(found: Features, ask: Ask, place: Place, evidence: Evidence) -> None:
    is_wide = is_area(place)
    if ask.kind:
        if ask.kind == "part":
            found["part_of_area"] = float(is_wide)
            return
        found["kind_match" if (ask.kind == "area") == is_wide else "kind_miss"] = 1.0
        return
    kinds_said = evidence.kinds.get(ask.mention.name, set())
    if "area" in kinds_said:  # who says "Hama city" as well means the province by the bare name
        found["kind_elsewhere_match" if is_wide else "kind_elsewhere_miss"] = 1.0
    elif kinds_said:
        found["kind_elsewhere_match" if not is_wide else "kind_elsewhere_miss"] = 1.0


def _add_neighbours(found: Features, ask: Ask, place: Place, evidence: Evidence) -> None:
    if place.kind == "country":
        return
    others = [anchor for anchor in evidence.anchors if anchor.name != ask.mention.name]
    if not others:
        return
    weight = sum(anchor.weight for anchor in others)
    far = [km_between(place.point, anchor.point) for anchor in others]
    near = [anchor.weight * math.exp(-km / _NEAR_KM) for anchor, km in zip(others, far, strict=True)]
    found["near"] = max(near)
    found["among"] = sum(near) / weight
    if place.admin1:
        found["same_division"] = sum(a.weight for a in others if a.division == division_of(place)) / weight
