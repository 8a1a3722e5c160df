"""Geocode: which place does each mention mean, and which point or area does the text make of it?

Three steps: rank the places of a name (``rank``), move or widen them by the words around them (``relative``,
``border``), and report what stays open (``unknown``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from geomap.gazetteer import Gazetteer
from geomap.geocode.asks import Ask, read_asks
from geomap.geocode.border import border
from geomap.geocode.home import home_of
from geomap.geocode.lexicon import weights
from geomap.geocode.rank import Choice, choose
from geomap.geocode.relative import relative, stretch
from geomap.geocode.unknown import ambiguous_issue, similar, unknown_issue
from geomap.geocode.why import why
from geomap.model import Article, Issue, Location, Mention, Sentence

__all__ = ["geocode"]


def geocode(
    article: Article, sentences: Sequence[Sentence], mentions: Sequence[Mention], gazetteer: Gazetteer
) -> tuple[list[Location], list[Issue]]:
    """The location of each mention that can be resolved, in order of the text, and an issue for each other one.

    Actors are located too, at their country or capital. ``start`` and ``end`` of a location include the words that
    make it relative; its mention's do not. Of two names that bound one stretch ("between X and Y") the first
    stands for it.
    """
    asks = read_asks(article.text, mentions, gazetteer)
    choices = choose(asks, weights().features, home_of(article.source, gazetteer))
    plain, issues = _resolve(article.id, asks, choices, gazetteer)
    return _relative(article.text, plain, gazetteer), issues


def _resolve(
    article_id: str, asks: Sequence[Ask], choices: Sequence[Choice | None], gazetteer: Gazetteer
) -> tuple[list[Location], list[Issue]]:
    """Every mention as a plain location or an issue."""
    located = [_plain(choice, gazetteer) for choice in choices if choice is not None and _is_clear(choice)]
    issues, guessed = [], []
    for ask, choice in zip(asks, choices, strict=True):
        if choice is None:
            guess = similar(ask.mention, located, gazetteer)
            if guess is None:
                issues.append(unknown_issue(article_id, ask.mention, gazetteer))
            else:
                guessed.append(guess)
        elif not _is_clear(choice):
            issues.append(ambiguous_issue(article_id, choice))
    return sorted([*located, *guessed], key=lambda location: location.start), issues


def _is_clear(choice: Choice) -> bool:
    return choice.score >= weights().threshold


def _plain(choice: Choice, gazetteer: Gazetteer) -> Location:
    """The bare place as a location."""
    mention, place = choice.ask.mention, choice.place
    return Location(
        mention=mention,
        place=place,
        name=place.name,
        point=place.point,
        geo_precision=place.precision,
        radius_km=place.radius_km,
        score=round(choice.score, 3),
        why=why(choice, gazetteer, weights().features),
        start=mention.start,
        end=mention.end,
    )


def _relative(text: str, plain: Sequence[Location], gazetteer: Gazetteer) -> list[Location]:
    """The locations with the words around them taken into account."""
    found: list[Location] = []
    skip = False
    for index, location in enumerate(plain):
        if skip:
            skip = False
            continue
        following = plain[index + 1] if index + 1 < len(plain) else None
        joined = stretch(text, location, following) if following and _are_places(location, following) else None
        skip = joined is not None
        found.append(joined or _one(text, location, plain, gazetteer))
    return found


def _one(text: str, location: Location, plain: Sequence[Location], gazetteer: Gazetteer) -> Location:
    at_border = border(text, location, plain, gazetteer)
    if at_border is not None:
        return at_border
    if location.mention.role != "place":
        return location
    moved = relative(text, location)
    return (
        moved if moved is location else replace(moved, why=f"{moved.name}: {location.place.name} is {location.why}")
    )


def _are_places(*locations: Location) -> bool:
    return all(location.mention.role == "place" for location in locations)
