"""Steps: one article from its text to its events, and a few articles together.

Article --begin--> Begun: its places are known --prepare, some at once--> --finish--> ArticleReading
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Protocol, TypeVar

from geomap.extractors import Extractor, extract_with, may_any_tell, prepare_with
from geomap.gazetteer import Gazetteer
from geomap.geocode import geocode
from geomap.geocode.relative import relative
from geomap.model import Article, Event, Issue, Located, Location, Mention, Sentence
from geomap.reading import ArticleReading
from geomap.recognize import recognize
from geomap.split import split

log = logging.getLogger(__name__)

# Articles of which the sentences are parsed together: some dozens of them, and more at once are hardly faster.
GROUP = 16

Item = TypeVar("Item")


class Online(Protocol):
    """Finds names that no gazetteer has; ``geomap.online.Resolver`` does, and tells what it takes and gives."""

    def resolve(
        self,
        article_id: str,
        mentions: Sequence[Mention],
        locations: Sequence[Location],
        issues: Sequence[Issue],
        gazetteer: Gazetteer,
    ) -> tuple[list[Location], list[Issue]]:
        """Return the locations found, and the issues as they are then."""


@dataclass(frozen=True, slots=True)
class Begun:
    """An article whose places are known, and what could not be placed; its events are not read yet."""

    located: Located
    unplaced: Sequence[Issue]


def begin(
    article: Article,
    gazetteer: Gazetteer,
    online: Online | None,
    extractors: Sequence[Extractor],
    *,
    all_places: bool = False,
) -> Begun | ArticleReading:
    """Return the article with its places, or the whole reading where it says nothing; see ``read_one``."""
    if article.same_as is not None:
        return ArticleReading(article=article, locations=(), named=(), events=(), issues=())
    sentences = split(article)
    if not all_places and not may_any_tell(extractors, article, sentences, gazetteer):
        return ArticleReading(article=article, locations=(), named=(), events=(), issues=tuple(_about(article, [])))
    mentions = recognize(article, sentences, gazetteer)
    locations, unplaced = geocoded(article, sentences, mentions, gazetteer, online)
    return Begun(Located(article, sentences, locations), unplaced)


def prepare(begun: Iterable[Begun | ArticleReading], gazetteer: Gazetteer, extractors: Sequence[Extractor]) -> None:
    """Do for several articles what is cheaper done together; ``finish`` them next."""
    group = [each.located for each in begun if isinstance(each, Begun)]
    if len(group) > 1:
        prepare_with(extractors, group, gazetteer)


def finish(begun: Begun | ArticleReading, gazetteer: Gazetteer, extractors: Sequence[Extractor]) -> ArticleReading:
    """Return what an article says of which the places are known."""
    if isinstance(begun, ArticleReading):
        return begun
    article, sentences, locations = begun.located.article, begun.located.sentences, begun.located.locations
    events, unclear = extract_with(extractors, article, sentences, locations, gazetteer)
    log.info("%s: %d sentences, %d locations, %d events", article.id, len(sentences), len(locations), len(events))
    issues = (*begun.unplaced, *unclear, *_about(article, events))
    named = tuple(each for each in locations if each.mention.role != "demonym")
    return ArticleReading(
        article=article, locations=tuple(locations), named=named, events=tuple(events), issues=issues
    )


def groups(items: Iterable[Item], size: int = GROUP) -> Iterator[list[Item]]:
    """Yield the items in groups of articles that are read together."""
    rest = iter(items)
    while group := list(islice(rest, size)):
        yield group


def geocoded(
    article: Article,
    sentences: Sequence[Sentence],
    mentions: Sequence[Mention],
    gazetteer: Gazetteer,
    online: Online | None,
) -> tuple[list[Location], list[Issue]]:
    """Return the locations of the mentions: from the gazetteers, and then from whom else the user asks."""
    locations, issues = geocode(article, sentences, mentions, gazetteer)
    if online is None:
        return locations, issues
    found, issues = online.resolve(article.id, mentions, locations, issues, gazetteer)
    moved = (_relative(article.text, location) for location in found)
    return sorted([*locations, *moved], key=lambda location: location.start), issues


def _relative(text: str, location: Location) -> Location:
    """Return the location with the words around it taken into account, and what it is relative to."""
    moved = relative(text, location)
    why = f"{moved.name}: {location.place.name} is {location.why}"
    return moved if moved is location else replace(moved, why=why)


def _about(article: Article, events: Sequence[Event]) -> list[Issue]:
    """Return what a reader of the map would miss from this article."""
    from geomap.read import no_date

    name = article.path or article.id
    undated = sum(event.when.start is None and event.when.end is None for event in events)
    issues = [no_date(article)] if article.date is None else []
    if not events:
        message = f"{name}: no event was found, nothing of it is on the map: leave it out, or see why with -v"
        issues.append(Issue("no event", article.id, message))
    elif undated and article.date is not None:
        message = f"{name}: {undated} of {len(events)} events have no date and are left out of the time slider"
        issues.append(Issue("date unknown", article.id, message))
    return issues
