"""Rank: which candidate does a mention mean, and how sure is that?

A weighted sum of features for each candidate, made a probability over all candidates. In rounds: the first knows
only names, the next also know where the safe places of the round before lie.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import mul
from typing import NamedTuple

from geomap.geocode.areas import is_within
from geomap.geocode.asks import Ask
from geomap.geocode.evidence import Anchor, Evidence, add_anchors, anchor_at, read_evidence
from geomap.geocode.features import (
    NEARNESS,
    Case,
    features_alone,
    features_of,
    features_of_none,
    nearness,
    read_case,
    read_neighbours,
)
from geomap.geocode.namesakes import Features
from geomap.model import Place

# Places of one name within this distance are one region.
_REGION_KM = 60.0
_ANCHOR_SCORE = 0.5
# Name, words, kind and areas asked for.
_Key = tuple[str, ...]
ROUNDS = 2


class Choice(NamedTuple):
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


def choose(asks: Sequence[Ask], weights: Mapping[str, float], home: tuple[Anchor, ...] = ()) -> list[Choice | None]:
    """The likeliest place of each mention, None where it has no candidate; one for each ask, in order."""
    evidence = read_evidence(asks, home)
    keys = [_key(ask) for ask in asks]
    # Mentions that say the same beside the same name are judged once.
    contests: dict[_Key, _Contest] = {}
    for key, ask in zip(keys, asks, strict=True):
        if ask.namesakes and key not in contests:
            contests[key] = _contest(read_case(ask, evidence), weights)
    chosen: dict[_Key, Choice] = {}
    near_weights = [weights.get(name, 0.0) for name in NEARNESS]
    for _ in range(ROUNDS):
        for key, contest in contests.items():
            contest.case.neighbours = read_neighbours(contest.case.ask.mention.name, evidence)
            chosen[key] = _choose(contest, near_weights)
        add_anchors(evidence, anchors_of(chosen.values()))
    found = [(ask, chosen.get(key)) for key, ask in zip(keys, asks, strict=True)]
    return [None if choice is None else choice._replace(ask=ask) for ask, choice in found]


def rank(ask: Ask, evidence: Evidence, weights: Mapping[str, float]) -> list[Choice]:
    """Every candidate of a mention, likeliest first; the score of each is its own, without its neighbours'."""
    case = read_case(ask, evidence)
    features = [features_of(case, each) for each in ask.namesakes]
    scores = [_weigh(each, weights) for each in (*features, features_of_none(ask))]
    total = sum(math.exp(score - max(scores)) for score in scores)
    found = [
        Choice(ask, place, math.exp(score - max(scores)) / total, each, len(features) - 1)
        for place, score, each in zip(ask.candidates, scores, features, strict=False)
    ]
    return sorted(found, key=lambda choice: -choice.score)


class _Contest(NamedTuple):
    """A case with what is the same in all rounds: of each candidate its features and score, the score of none."""

    case: Case
    features: Sequence[Features]
    scores: Sequence[float]
    none: float


def _contest(case: Case, weights: Mapping[str, float]) -> _Contest:
    features = [features_alone(case, each) for each in case.ask.namesakes]
    scores = [_weigh(each, weights) for each in features]
    return _Contest(case, features, scores, _weigh(features_of_none(case.ask), weights))


def _key(ask: Ask) -> _Key:
    return (ask.mention.name, ask.mention.text, ask.kind, *(place.id for place in ask.containers))


def _choose(contest: _Contest, weights: Sequence[float]) -> Choice:
    """The likeliest candidate beside the neighbours of now; ``weights`` are those of ``NEARNESS``."""
    case, namesakes = contest.case, contest.case.ask.namesakes
    near = [nearness(case, each) for each in namesakes]
    scores = [score + sum(map(mul, each, weights)) for score, each in zip(contest.scores, near, strict=True)]
    top = max(scores)
    best = scores.index(top)
    place = namesakes[best].place
    chances = [math.exp(score - top) for score in scores]
    around = [
        chance
        for chance, each in zip(chances, namesakes, strict=True)
        if each.place.country == place.country and _is_around(each.place, place)
    ]
    share = sum(around) / (sum(chances) + math.exp(contest.none - top))
    features = {**contest.features[best], **dict(zip(NEARNESS, near[best], strict=True))}
    return Choice(case.ask, place, share, features, len(scores) - 1, case.evidence.countries[place.country])


def _is_around(place: Place, best: Place) -> bool:
    """A city and its province speak for each other: a doubt between them is no doubt about the region."""
    if place is best:
        return True
    own, other = (0.0 if area.kind == "country" else area.radius_km for area in (place, best))
    return is_within(place.point, best.point, max(_REGION_KM, own, other))


def _weigh(features: Features, weights: Mapping[str, float]) -> float:
    return sum([weights.get(name, 0.0) * value for name, value in features.items()])


def anchors_of(choices: Iterable[Choice | None]) -> Iterator[Anchor]:
    """The places chosen with some certainty, each once; a country is too large to be near anything."""
    seen = set()
    for choice in choices:
        if choice is None or choice.score < _ANCHOR_SCORE or choice.place.kind == "country":
            continue
        if choice.place.id not in seen:
            seen.add(choice.place.id)
            yield anchor_at(choice.place, choice.ask.mention.name, choice.score)
