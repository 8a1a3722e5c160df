"""Rank: which candidate does a mention mean, and how sure is that?

A weighted sum of features for each candidate, made a probability over all candidates. In rounds: the first knows
only names, the next also know where the safe places of the round before lie.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from geomap.gazetteer import Gazetteer
from geomap.geocode.areas import is_within
from geomap.geocode.asks import Ask
from geomap.geocode.evidence import Anchor, Evidence, add_anchors, division_of, read_evidence
from geomap.geocode.features import (
    Case,
    Features,
    features_alone,
    features_of_none,
    read_case,
    with_neighbours,
)
from geomap.model import Place

# Places of one name within this distance are one region.
_REGION_KM = 60.0
_ANCHOR_SCORE = 0.5
# Name, words, kind and areas asked for.
_Key = tuple[str, ...]
ROUNDS = 2


@dataclass(frozen=True, slots=True)
class Choice:
    """The candidate chosen for a mention.

    Attributes:
        score: the probability that the place lies there, its own region's candidates together.
        features: what spoke for it.
        rivals: how many other places bear the name.
        country_count: how often the text names its country.
    """

    ask: Ask
    place: Place
    score: float
    features: Features
    rivals: int
    country_count: int = 0


def choose(
    asks: Sequence[Ask], gazetteer: Gazetteer, weights: Mapping[str, float], home: tuple[Anchor, ...] = ()
) -> list[Choice | None]:
    """The likeliest place of each mention, None where it has no candidate; one for each ask, in order."""
    evidence = read_evidence(asks, home)
    # Mentions that say the same beside the same name are judged once.
    first: dict[_Key, Ask] = {}
    keys = [_key(ask) for ask in asks]
    for key, ask in zip(keys, asks, strict=True):
        first.setdefault(key, ask)
    alone: dict[_Key, list[Features]] = {}
    chosen: dict[_Key, Choice | None] = {}
    for _ in range(ROUNDS):
        for key, ask in first.items():
            case = read_case(ask, evidence)
            if key not in alone or ask.weak:  # whether a weak name counts depends on the certain places
                alone[key] = [features_alone(case, place, gazetteer) for place in ask.candidates]
            chosen[key] = _choose(case, alone[key], weights)
        add_anchors(evidence, anchors_of(list(chosen.values())))
    found = [(ask, chosen[key]) for key, ask in zip(keys, asks, strict=True)]
    return [None if choice is None else replace(choice, ask=ask) for ask, choice in found]


def rank(ask: Ask, evidence: Evidence, gazetteer: Gazetteer, weights: Mapping[str, float]) -> list[Choice]:
    """Every candidate of a mention, likeliest first; the score of each is its own, without its neighbours'."""
    case = read_case(ask, evidence)
    features = [with_neighbours(features_alone(case, p, gazetteer), case, p) for p in ask.candidates]
    scores = [_weigh(each, weights) for each in (*features, features_of_none(ask))]
    total = sum(math.exp(score - max(scores)) for score in scores)
    found = [
        Choice(ask, place, math.exp(score - max(scores)) / total, each, len(features) - 1)
        for place, score, each in zip(ask.candidates, scores, features, strict=False)
    ]
    return sorted(found, key=lambda choice: -choice.score)


def _key(ask: Ask) -> _Key:
    return (ask.mention.name, ask.mention.text, ask.kind, *(place.id for place in ask.containers))


def _choose(case: Case, alone: Sequence[Features], weights: Mapping[str, float]) -> Choice | None:
    """The likeliest candidate of one case, ``alone`` the features of each without neighbours."""
    places = case.ask.candidates
    if not places:
        return None
    features = [with_neighbours(each, case, place) for each, place in zip(alone, places, strict=True)]
    scores = [_weigh(each, weights) for each in features]
    best = max(range(len(places)), key=scores.__getitem__)
    rest = (*scores, _weigh(features_of_none(case.ask), weights))
    total = sum(math.exp(score - scores[best]) for score in rest)
    same = [score for score, place in zip(scores, places, strict=True) if _is_around(place, places[best])]
    share = sum(math.exp(score - scores[best]) for score in same) / total
    count = case.evidence.countries[places[best].country]
    return Choice(case.ask, places[best], share, features[best], len(places) - 1, count)


def _is_around(place: Place, best: Place) -> bool:
    """A city and its province speak for each other: a doubt between them is no doubt about the region."""
    if place.country != best.country:
        return False
    if place is best:
        return True
    reach = max(_REGION_KM, *(area.radius_km for area in (place, best) if area.kind != "country"), 0.0)
    return is_within(place.point, best.point, reach)


def _weigh(features: Features, weights: Mapping[str, float]) -> float:
    return sum(weights.get(name, 0.0) * value for name, value in features.items())


def anchors_of(choices: Sequence[Choice | None]) -> Iterator[Anchor]:
    """The places chosen with some certainty, each once; a country is too large to be near anything."""
    seen = set()
    for choice in choices:
        if choice is None or choice.score < _ANCHOR_SCORE or choice.place.kind == "country":
            continue
        if choice.place.id not in seen:
            seen.add(choice.place.id)
            yield Anchor(
                choice.ask.mention.name,
                choice.place.id,
                division_of(choice.place),
                choice.place.point,
                choice.score,
            )
