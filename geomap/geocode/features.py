"""Features: what speaks for and against a candidate place, as numbers between 0 and about 1.

``weights.yml`` says how much each counts; ``PHRASES`` says it to a reader.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from math import asin, dist, exp

from geomap.geocode.areas import DIVISIONS, EARTH_DIAMETER_KM, Division, Spot, is_within
from geomap.geocode.asks import Ask, contains
from geomap.geocode.evidence import Anchor, Evidence
from geomap.geocode.namesakes import Features, Namesake
from geomap.model import Place

# A tenth of what a neighbour at the same spot counts is left at about 2.3 times 200 km.
_NEAR_ARC = -EARTH_DIAMETER_KM / 200.0
# A weak name counts this near to a place of the text.
_BESIDE_KM = 60.0
# What ``nearness`` gives.
NEARNESS = ("near", "among", "same_division", "weak_name", "weak_name_supported")


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The certain places of other names.

    Attributes:
        spots: where each lies, and its weight.
        divisions: the weight of those in each division.
        weight: of all together.
    """

    anchors: Sequence[Anchor] = ()
    spots: Sequence[tuple[Spot, float]] = ()
    divisions: Mapping[Division, float] = field(default_factory=dict)
    weight: float = 0.0


_NONE = Neighbours()


@dataclass(slots=True)
class Case:
    """A mention and what the document says about it, the same for all its candidates.

    Attributes:
        own: what the mention itself added to the count of countries.
        total: how often the document names a country elsewhere.
        names_others: whether it names any country elsewhere.
        containers: areas that it says contain the place, and the name of that feature.
        kinds: what the document calls the place elsewhere.
        neighbours: the certain places of other names, as far as they are known.
    """

    ask: Ask
    evidence: Evidence
    own: Mapping[str, int]
    total: int
    names_others: bool
    containers: tuple[Place, ...]
    container_feature: str
    kinds: Set[str]
    neighbours: Neighbours


def read_case(ask: Ask, evidence: Evidence) -> Case:
    """Return what the document says about a mention."""
    name, own = ask.mention.name, _own_countries(ask)
    elsewhere = () if ask.containers else evidence.containers.get(name, ())
    return Case(
        ask,
        evidence,
        own,
        total=sum(evidence.countries.values()) - sum(own.values()),
        names_others=any(count > own.get(country, 0) for country, count in evidence.countries.items()),
        containers=ask.containers or elsewhere,
        container_feature="container" if ask.containers else "container_elsewhere",
        kinds=evidence.kinds.get(name, frozenset()),
        neighbours=read_neighbours(name, evidence),
    )


def read_neighbours(name: str, evidence: Evidence) -> Neighbours:
    """Return the certain places of other names than that one."""
    if not evidence.anchors:
        return _NONE
    anchors = [anchor for anchor in evidence.anchors if anchor.name != name]
    if not anchors:
        return _NONE
    divisions: dict[Division, float] = {}
    for anchor in anchors:
        divisions[anchor.division] = divisions.get(anchor.division, 0.0) + anchor.weight
    spots = [(anchor.spot, anchor.weight) for anchor in anchors]
    return Neighbours(anchors, spots, divisions, sum(divisions.values()))


def features_of(case: Case, each: Namesake) -> Features:
    """The features of a place as what the case's mention means; those not named are 0."""
    return {**features_alone(case, each), **features_near(case, each)}


def features_alone(case: Case, each: Namesake) -> Features:
    """The features that are the same whatever places are certain."""
    found = each.features.copy()
    if each.place.kind != "country":
        _add_document(found, case, each)
    if case.containers:
        is_inside = any(contains(area, each.place) for area in case.containers)
        found[f"{case.container_feature}_{'match' if is_inside else 'miss'}"] = 1.0
    _add_kind(found, case, each.is_area)
    return found


def features_near(case: Case, each: Namesake) -> Features:
    """The features that say how near the certain places are."""
    return dict(zip(NEARNESS, nearness(case, each), strict=True))


def features_of_none(ask: Ask) -> Features:
    """The features of the answer that the place meant is in no gazetteer."""
    found: Features = {"none": 1.0}
    if ask.kind == "area" and not any(each.is_area for each in ask.namesakes):
        found["none_of_kind"] = 1.0
    return found


def _is_supported(case: Case, each: Namesake) -> bool:
    """A weak name counts where its parent, its country or a place beside it is in the text."""
    place = each.place
    if case.ask.kind == "area" and each.is_area:
        return True
    return _count(case, place.country) > 0 or any(
        anchor.place_id == place.parent or is_within(anchor.point, place.point, _BESIDE_KM)
        for anchor in case.neighbours.anchors
    )


def _count(case: Case, country: str) -> int:
    """How often the document names that country elsewhere."""
    return case.evidence.countries[country] - case.own.get(country, 0)


def _own_countries(ask: Ask) -> dict[str, int]:
    """What the mention itself added to the count of countries."""
    first = ask.namesakes[:3]
    for each in first:
        if each.place.kind == "country":
            return {each.place.country: 1}
    return {each.place.country: 1 for each in first if each.place.kind in DIVISIONS and not each.is_weak}


def _add_document(found: Features, case: Case, each: Namesake) -> None:
    evidence, country = case.evidence, each.place.country
    if case.names_others:
        if (count := _count(case, country)) > 0:
            found["country_share"] = count / max(case.total, 1)
        else:
            found["country_not_named"] = 1.0
    if each.division in evidence.divisions:
        found["division_named"] = float(each.place.kind not in DIVISIONS)
    elif country in evidence.divided:
        found["division_not_named"] = 1.0


def _add_kind(found: Features, case: Case, is_area: bool) -> None:
    kind = case.ask.kind
    if kind == "part":
        found["part_of_area"] = float(is_area)
    elif kind:
        found["kind_match" if (kind == "area") == is_area else "kind_miss"] = 1.0
    elif case.kinds:  # who says "Hama city" as well means the province by the bare name
        is_said = is_area == ("area" in case.kinds)
        found["kind_elsewhere_match" if is_said else "kind_elsewhere_miss"] = 1.0


def nearness(case: Case, each: Namesake) -> tuple[float, float, float, float, float]:
    """The features ``NEARNESS``, as plain numbers because every candidate is asked for them in each round."""
    is_supported = each.is_weak and _is_supported(case, each)
    weak, supported = float(each.is_weak and not is_supported), float(is_supported)
    neighbours = case.neighbours
    if not neighbours.spots or each.place.kind == "country":
        return 0.0, 0.0, 0.0, weak, supported
    here = each.spot
    near = [weight * exp(_NEAR_ARC * asin(dist(here, spot))) for spot, weight in neighbours.spots]
    own = neighbours.divisions.get(each.division, 0.0) if each.place.admin1 else 0.0
    return max(near), sum(near) / neighbours.weight, own / neighbours.weight, weak, supported
