"""Geocode: which place does each mention mean?"""

from __future__ import annotations

from collections.abc import Sequence

from geomap.gazetteer import Gazetteer
from geomap.geocode.asks import read_asks
from geomap.geocode.lexicon import weights
from geomap.geocode.rank import Choice, choose
from geomap.model import Article, Issue, Location, Mention, Sentence, Span

__all__ = ["geocode", "locate_spans"]


def geocode(
    article: Article, sentences: Sequence[Sentence], mentions: Sequence[Mention], gazetteer: Gazetteer
) -> tuple[list[Location], list[Issue]]:
    """The location of each mention that can be resolved, in order of the text, and an issue for each other one."""
    asks = read_asks(article.text, mentions, gazetteer)
    choices = choose(asks, gazetteer, weights().features)
    return [_plain(choice) for choice in choices if choice is not None], []


def locate_spans(article: Article, spans: Sequence[Span], gazetteer: Gazetteer) -> list[Location]:
    """The locations of names given by their spans."""
    mentions = []
    for span in spans:
        text = article.text[span.start : span.end]
        mentions.append(Mention(span.start, span.end, text, text))
    return geocode(article, [], mentions, gazetteer)[0]


def _plain(choice: Choice) -> Location:
    mention, place = choice.ask.mention, choice.place
    return Location(
        mention=mention,
        place=place,
        name=place.name,
        point=place.point,
        geo_precision=place.precision,
        radius_km=place.radius_km,
        score=round(choice.score, 3),
        start=mention.start,
        end=mention.end,
    )
