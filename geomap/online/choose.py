"""Choose: which of a service's answers is the place that an article names, if any?

A service answers with anything of the name, or like it: shops, streets, places of other countries. What is left
after the checks here is still not checked by a person, and its score says so.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from geomap.gazetteer import fold
from geomap.gazetteer.similar import score_names
from geomap.model import GeoPrecision, LngLat, Place
from geomap.online.answers import Answer, Box
from geomap.online.context import Context
from geomap.online.lexicon import KindEntry, kind_by_tag
from geomap.online.settings import OnlineSettings

# Answers within this distance of each other are one place: a village's point and its boundary.
_SAME_KM = 15.0
# Of several places of the name, one this near to the article's others is meant, where the next is much further.
_NEAR_KM = 100.0
_MUCH_FURTHER = 3.0
# A lone place further than this from all others of its article is doubted.
_FAR_KM = 400.0
# Moderate, by judgement: no benchmark has measured how often such answers are right.
_SURE, _FAIR, _DOUBTED = 0.6, 0.5, 0.4
# Reach up to which a site is as good as a point, and up to which it is near one.
_PRECISE_KM, _NEARBY_KM = 5.0, 25.0


@dataclass(frozen=True, slots=True)
class Chosen:
    """The place that is meant, how sure that is, and why."""

    place: Place
    score: float
    why: str


@dataclass(frozen=True, slots=True)
class Refused:
    """Why no answer is taken; ``is_ambiguous`` where there are too many that fit."""

    why: str
    is_ambiguous: bool = False


def choose(name: str, answers: Sequence[Answer], context: Context, settings: OnlineSettings) -> Chosen | Refused:
    """Return the place that ``name`` means, or why none of the answers is it."""
    if not answers:
        return Refused(f"{settings.provider} has none either")
    named = [answer for answer in answers if answer.tag in kind_by_tag() and likeness(name, answer) > 0]
    if not named:
        first = answers[0]
        return Refused(f"{settings.provider} has no place of it, only {first.name} ({first.tag})")
    allowed = [answer for answer in named if not context.countries or answer.country in context.countries]
    if not allowed:
        return Refused(_elsewhere(named, context, settings))
    settlements = [answer for answer in allowed if kind_by_tag()[answer.tag].extent == "settlement"]
    return _of_one_country(name, settlements or allowed, context, settings)


def places(name: str, answers: Sequence[Answer], settings: OnlineSettings) -> list[Chosen]:
    """Return every place among the answers that bears the name, as the service ranks them."""
    named = [answer for answer in answers if answer.tag in kind_by_tag() and likeness(name, answer) > 0]
    return [_chosen(name, answer, _DOUBTED, "", settings) for answer in _apart(named)]


def likeness(name: str, answer: Answer) -> float:
    """Return how like the name the answer's likest name is: 1 the same, 0 another one."""
    folded = {fold(each) for each in answer.names}
    if fold(name) in folded:
        return 1.0
    return max((score for _, score in score_names(name, sorted(folded))), default=0.0)


def _of_one_country(
    name: str, answers: Sequence[Answer], context: Context, settings: OnlineSettings
) -> Chosen | Refused:
    """Return the only place of the name, or the one near the others of the article."""
    apart = _apart(answers)
    by_distance = sorted(apart, key=lambda answer: _km_to(answer, context))
    best = by_distance[0]
    km = _km_to(best, context)
    if len(apart) == 1:
        where = (
            f"the only place of that name in {best.country.upper()}" if context.countries else "no other is told"
        )
        is_sure = len(context.countries) == 1 and km < _FAR_KM
        return _chosen(name, best, _SURE if is_sure else _DOUBTED, where, settings)
    if km < _NEAR_KM and _km_to(by_distance[1], context) > _MUCH_FURTHER * max(km, _SAME_KM):
        return _chosen(name, best, _FAIR, "of several the one near other places of the text", settings)
    return Refused(f"{settings.provider} has {len(apart)} of them, and none is clearly meant", is_ambiguous=True)


def _apart(answers: Sequence[Answer]) -> list[Answer]:
    """Return the first of each group of answers that lie at one spot, or inside the first."""
    found: list[Answer] = []
    for answer in answers:
        if all(_km(answer.point, other.point) > _SAME_KM + min(_reach(other), 50.0) for other in found):
            found.append(answer)
    return found


def _elsewhere(answers: Sequence[Answer], context: Context, settings: OnlineSettings) -> str:
    found = sorted({answer.country.upper() or "no country" for answer in answers})
    told = " and ".join(country.upper() for country in context.countries)
    return f"{settings.provider} has it in {', '.join(found)}, but the article tells of {told}: not used"


def _chosen(name: str, answer: Answer, score: float, detail: str, settings: OnlineSettings) -> Chosen:
    like = likeness(name, answer)
    reasons = [f"found online by {settings.provider}, not checked", detail]
    if like < 1:
        reasons.append(f"spelt {answer.name} there")
    return Chosen(_place(answer, settings), round(score * like, 3), "; ".join(each for each in reasons if each))


def _place(answer: Answer, settings: OnlineSettings) -> Place:
    entry = kind_by_tag()[answer.tag]
    radius = round(_reach(answer), 1)
    return Place(
        id=f"online-{settings.provider}-{answer.id}",
        name=answer.name,
        kind=entry.kind,
        point=answer.point,
        country=answer.country,
        admin1=answer.admin1,
        precision=_precision(entry, radius),
        radius_km=0.0 if entry.extent == "settlement" and radius <= _NEARBY_KM else radius,
        note=f"found online by {settings.provider}, not checked",
        attribution=settings.attribution,
    )


def _precision(entry: KindEntry, radius: float) -> GeoPrecision:
    """Return how precise the bare name is: a region is one whatever its box, a wide site is no point."""
    if entry.extent == "area":
        return 3
    if entry.extent == "settlement":
        return 1 if radius <= _NEARBY_KM else 2
    if radius <= _PRECISE_KM:
        return 1
    return 2 if radius <= _NEARBY_KM else 3


def _reach(answer: Answer) -> float:
    """Return how far the box reaches from the point, in km: half of its diagonal."""
    if answer.box is None:
        return 0.0
    south, west, north, east = _around(answer.box)
    return _km(LngLat(west, south), LngLat(east, north)) / 2


def _around(box: Box) -> Box:
    """Return the box with its east beyond 180 degrees where it crosses the date line."""
    south, west, north, east = box
    return (south, west, north, east + 360 if east < west else east)


def _km_to(answer: Answer, context: Context) -> float:
    """Return how far the answer is from the nearest place of the article; 0 where it names none."""
    return min((max(0.0, _km(answer.point, point) - reach) for point, reach in context.points), default=0.0)


def _km(a: LngLat, b: LngLat) -> float:
    """Return the distance on a sphere."""
    lat1, lat2 = math.radians(a.lat), math.radians(b.lat)
    half = math.sin((lat2 - lat1) / 2) ** 2
    half += math.cos(lat1) * math.cos(lat2) * math.sin(math.radians(b.lng - a.lng) / 2) ** 2
    return 12742.0 * math.asin(min(1.0, math.sqrt(half)))
