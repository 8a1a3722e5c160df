"""Evidence: which countries and divisions does the document speak of, and which places are already certain?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from geomap.geocode.areas import DIVISIONS, Division, Spot, division_of, spot_of
from geomap.geocode.asks import Ask
from geomap.model import LngLat, Place


@dataclass(frozen=True, slots=True)
class Anchor:
    """A place that is taken as certain for judging the others."""

    name: str
    place_id: str
    division: Division
    point: LngLat
    spot: Spot
    weight: float

    @property
    def country(self) -> str:
        """The code of its country."""
        return self.division[0]


@dataclass(slots=True)
class Evidence:
    """What the document says about where it plays.

    Attributes:
        countries: how often each country is named, by name, people or abbreviation.
        divisions: how often each first-level division is named, as (country, id of the division).
        divided: countries of those divisions.
        kinds: for each name, the kinds its mentions ask for somewhere in the document.
        containers: for each name, the areas some mention of it is said to lie in.
        home: where the publisher sits, as a faint anchor.
        anchors: places that are certain, and home.
    """

    countries: Counter[str] = field(default_factory=Counter)
    divisions: Counter[Division] = field(default_factory=Counter)
    divided: set[str] = field(default_factory=set)
    kinds: dict[str, set[str]] = field(default_factory=dict)
    containers: dict[str, tuple[Place, ...]] = field(default_factory=dict)
    home: tuple[Anchor, ...] = ()
    anchors: list[Anchor] = field(default_factory=list)


def read_evidence(asks: Sequence[Ask], home: tuple[Anchor, ...] = ()) -> Evidence:
    """What all mentions together say; no anchor yet but the publisher's ``home``."""
    evidence = Evidence(home=home, anchors=list(home))
    for ask in asks:
        _count_areas(evidence, ask)
        name = ask.mention.name
        if ask.kind in ("area", "settlement"):
            evidence.kinds.setdefault(name, set()).add(ask.kind)
        if ask.containers:
            evidence.containers.setdefault(name, ask.containers)
    return evidence


def anchor_at(place: Place, name: str, weight: float) -> Anchor:
    """A place as an anchor, called that in the text."""
    return Anchor(name, place.id, division_of(place), place.point, spot_of(place.point), weight)


def _count_areas(evidence: Evidence, ask: Ask) -> None:
    first = ask.namesakes[:3]
    for each in first:
        if each.place.kind == "country":
            evidence.countries[each.place.country] += 1
            return
    area = next((each for each in first if each.place.kind in DIVISIONS), None)
    if area is not None and (not area.is_weak or ask.kind in ("area", "part")):
        evidence.divisions[area.division] += 1
        evidence.divided.add(area.place.country)
        evidence.countries[area.place.country] += 1


def add_anchors(evidence: Evidence, anchors: Iterable[Anchor]) -> None:
    """Replace the certain places; home stays."""
    evidence.anchors = [*evidence.home, *anchors]
