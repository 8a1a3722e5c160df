"""Why: plain words for what spoke for a place."""

from __future__ import annotations

from collections.abc import Mapping

from geomap.gazetteer import Gazetteer
from geomap.geocode.rank import Choice

# Reasons told beyond the first; more is noise.
_MOST_REASONS = 3
_LEAST_WEIGHT = 0.3


def why(choice: Choice, gazetteer: Gazetteer, weights: Mapping[str, float]) -> str:
    """What spoke for the place, the weightiest first: "the only place of that name; near others"."""
    reasons = [_first(choice)] if _first(choice) else []
    weighed = [(value * weights.get(name, 0.0), name) for name, value in choice.features.items()]
    for _, name in sorted((each for each in weighed if each[0] >= _LEAST_WEIGHT), key=lambda each: -each[0]):
        if len(reasons) >= _MOST_REASONS:
            break
        phrase = _phrase(name, choice, gazetteer)
        if phrase and phrase not in reasons:
            reasons.append(phrase)
    return "; ".join(reasons[:_MOST_REASONS]) or f"one of {choice.rivals + 1} places of that name"


def _first(choice: Choice) -> str:
    if choice.ask.is_demonym:
        return "its people or adjective"
    return "the only place of that name" if not choice.rivals else ""


def _phrase(name: str, choice: Choice, gazetteer: Gazetteer) -> str:
    place = choice.place
    if name == "country_share":
        country = gazetteer.place(place.country)
        times = "once" if choice.country_count == 1 else f"{choice.country_count} times"
        return f"in {country.name if country else place.country.upper()}, which the text names {times}"
    phrase = _PHRASES.get(name, "")
    return phrase.format(kind=place.kind, containers=_containers(choice)) if "{" in phrase else phrase


def _containers(choice: Choice) -> str:
    return choice.ask.containers[0].name if choice.ask.containers else "an area named in the text"


_PHRASES = {
    "container_match": "the text places it in {containers}",
    "container_elsewhere_match": "the text places it in its area elsewhere",
    "kind_match": "the words beside it say it is a {kind}",
    "kind_elsewhere_match": "the text calls it a {kind} elsewhere",
    "near": "near other places of the text",
    "same_division": "in a division that other places of the text lie in",
    "most_populous": "the largest town of that name",
    "curated": "in the curated gazetteer",
    "country": "a country",
    "division": "a {kind}",
}
