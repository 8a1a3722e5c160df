"""Features: what speaks for and against a candidate place, as numbers between 0 and about 1.

``weights.yml`` says how much each counts; ``PHRASES`` says it to a reader.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from geomap.gazetteer import Gazetteer
from geomap.geocode.areas import DISTRICTS, DIVISIONS, is_area, is_within, km_between
from geomap.geocode.asks import Ask, contains
from geomap.geocode.evidence import Anchor, Evidence, division_of
from geomap.geocode.lexicon import kinds
from geomap.model import Place

Features = dict[str, float]

# A tenth of what a neighbour at the same spot counts is left at about 2.3 times this distance.
_NEAR_KM = 200.0
# A weak name counts this near to a place of the text.
_BESIDE_KM = 60.0
_LARGEST = 7.0  # log10 of the population that counts as 1


@dataclass(frozen=True, slots=True)
class Case:
    """A mention and what the document says about it, the same for all its candidates.

    Attributes:
        name: of the mention, to be compared.
        own: what the mention itself added to the count of countries.
        total: how often the document names a country elsewhere.
        names_others: whether it names any country elsewhere.
        containers: areas that it says contain the place, and the name of that feature.
        kinds: what the document calls the place elsewhere.
        anchors: the certain places of other names, and their weight together.
    """

    ask: Ask
    evidence: Evidence
    name: str
    own: Mapping[str, int]
    total: int
    names_others: bool
    containers: tuple[Place, ...]
    container_feature: str
    kinds: Set[str]
    anchors: Sequence[Anchor]
    weight: float


def read_case(ask: Ask, evidence: Evidence) -> Case:
    """Return what the document says about a mention."""
    name, own = ask.mention.name, _own_countries(ask)
    elsewhere = () if ask.containers else evidence.containers.get(name, ())
    anchors = [anchor for anchor in evidence.anchors if anchor.name != name]
    return Case(
        ask,
        evidence,
        name.casefold(),
        own,
        total=sum(evidence.countries.values()) - sum(own.values()),
        names_others=any(count > own.get(country, 0) for country, count in evidence.countries.items()),
        containers=ask.containers or elsewhere,
        container_feature="container" if ask.containers else "container_elsewhere",
        kinds=evidence.kinds.get(name, frozenset()),
        anchors=anchors,
        weight=sum(anchor.weight for anchor in anchors),
    )


def features_of(case: Case, place: Place, gazetteer: Gazetteer) -> Features:
    """The features of ``place`` as what the case's mention means; those not named are 0."""
    return with_neighbours(features_alone(case, place, gazetteer), case, place)


def features_alone(case: Case, place: Place, gazetteer: Gazetteer) -> Features:
    """The features but for those of neighbours: without a weak name, the same whatever places are certain."""
    found: Features = {}
    _add_size(found, case.ask, place)
    _add_spelling(found, case, place, gazetteer)
    if place.kind != "country":
        _add_document(found, case, place)
    _add_containers(found, case, place)
    _add_kind(found, case, place)
    return found


def with_neighbours(alone: Features, case: Case, place: Place) -> Features:
    """The features with those that say how near the certain places are."""
    if place.kind == "country" or not case.anchors:
        return alone
    found = dict(alone)
    _add_neighbours(found, case, place)
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


def _add_spelling(found: Features, case: Case, place: Place, gazetteer: Gazetteer) -> None:
    if place.is_curated:
        found["curated"] = 1.0
        if place.id in case.ask.weak:
            found["weak_name_supported" if _is_supported(case, place) else "weak_name"] = 1.0
        if gazetteer.capital_country(place.id):
            found["capital"] = 1.0
    if _without_kind(place).casefold() == case.name:
        found["main_name"] = 1.0


def _is_supported(case: Case, place: Place) -> bool:
    """A weak name counts where its parent, its country or a place beside it is in the text."""
    if case.ask.kind == "area" and is_area(place):
        return True
    return _count(case, place.country) > 0 or any(
        anchor.place_id == place.parent or is_within(anchor.point, place.point, _BESIDE_KM)
        for anchor in case.anchors
    )


def _count(case: Case, country: str) -> int:
    """How often the document names that country elsewhere."""
    return case.evidence.countries[country] - case.own.get(country, 0)


def _without_kind(place: Place) -> str:
    """Return the name without its kind word: Idlib Governorate is called Idlib."""
    if not is_area(place):
        return place.name
    name, _, last = place.name.rpartition(" ")
    return name if name and last.lower() in kinds().area.after else place.name


def _own_countries(ask: Ask) -> dict[str, int]:
    """What the mention itself added to the count of countries."""
    for place in ask.candidates[:3]:
        if place.kind == "country":
            return {place.country: 1}
    divisions = [place for place in ask.candidates[:3] if place.kind in DIVISIONS]
    return {place.country: 1 for place in divisions if place.id not in ask.weak}


def _add_document(found: Features, case: Case, place: Place) -> None:
    evidence = case.evidence
    if case.names_others:
        if (count := _count(case, place.country)) > 0:
            found["country_share"] = count / max(case.total, 1)
        else:
            found["country_not_named"] = 1.0
    if evidence.divisions[division_of(place)]:
        found["division_named"] = float(place.kind not in DIVISIONS)
    elif any(country == place.country for country, _ in evidence.divisions):
        found["division_not_named"] = 1.0


def _add_containers(found: Features, case: Case, place: Place) -> None:
    if case.containers:
        is_inside = any(contains(area, place) for area in case.containers)
        found[f"{case.container_feature}_{'match' if is_inside else 'miss'}"] = 1.0


def _add_kind(found: Features, case: Case, place: Place) -> None:
    kind = case.ask.kind
    if kind == "part":
        found["part_of_area"] = float(is_area(place))
    elif kind:
        found["kind_match" if (kind == "area") == is_area(place) else "kind_miss"] = 1.0
    elif case.kinds:  # who says "Hama city" as well means the province by the bare name
        is_said = is_area(place) == ("area" in case.kinds)
        found["kind_elsewhere_match" if is_said else "kind_elsewhere_miss"] = 1.0


def _add_neighbours(found: Features, case: Case, place: Place) -> None:
    near = [anchor.weight * math.exp(-km_between(place.point, anchor.point) / _NEAR_KM) for anchor in case.anchors]
    found["near"] = max(near)
    found["among"] = sum(near) / case.weight
    if place.admin1:
        own = division_of(place)
        found["same_division"] = sum(a.weight for a in case.anchors if a.division == own) / case.weight
