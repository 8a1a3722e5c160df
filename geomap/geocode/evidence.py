"""Evidence: which countries and divisions does the document speak of, and which places are already certain?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from geomap.geocode.areas import DIVISIONS
from geomap.geocode.asks import Ask
from geomap.model import LngLat, Place

Division = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Anchor:
    """A place that is taken as certain for judging the others."""

    name: str
    place_id: str
    division: Division
    point: LngLat
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
        kinds: for each name, the kinds its mentions ask for somewhere in the document.
        containers: for each name, the areas some mention of it is said to lie in.
        home: where the publisher sits, as a faint anchor.
        anchors: places that are certain, and home.
    """

    countries: Counter[str] = field(default_factory=Counter)
    divisions: Counter[Division] = field(default_factory=Counter)
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


def _count_areas(evidence: Evidence, ask: Ask) -> None:
    if not ask.candidates:
        return
    for place in ask.candidates[:3]:
        if place.kind == "country":
            evidence.countries[place.country] += 1
            return
    division = next((place for place in ask.candidates[:3] if place.kind in DIVISIONS), None)
    if division is not None and (division.id not in ask.weak or ask.kind in ("area", "part")):
        evidence.divisions[division_of(division)] += 1
        evidence.countries[division.country] += 1


def division_of(place: Place) -> Division:
    """The first-level division of a place, or that it is itself."""
    if place.kind in DIVISIONS and not place.admin1:
        return (place.country, place.name)
    return (place.country, place.admin1)


def add_anchors(evidence: Evidence, anchors: Iterable[Anchor]) -> None:
    """Replace the certain places; home stays."""
    evidence.anchors = [*evidence.home, *anchors]
