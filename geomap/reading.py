"""Reading: what did the articles say, before it is drawn or exported?"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from geomap.model import Article, Event, Issue, Location, Timeline

# Issues that a curator works off; the run itself went well.
CURATOR_KINDS = frozenset({"unknown place", "ambiguous place", "online place"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleReading:
    """What one article says: its places and its events, in order of the text.

    Attributes:
        locations: none where the article may tell no event, unless all were asked for.
        named: the locations whose words are a name of the place itself, not a demonym ("Turkish").
    """

    article: Article
    locations: tuple[Location, ...]
    named: tuple[Location, ...]
    events: tuple[Event, ...]
    issues: tuple[Issue, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What all articles say together.

    Attributes:
        parts: one a article, in the order given.
        issues: of every stage, those of reading first.
    """

    parts: tuple[ArticleReading, ...]
    timeline: Timeline
    issues: tuple[Issue, ...]

    @property
    def articles(self) -> tuple[Article, ...]:
        """The articles, in the order given."""
        return tuple(part.article for part in self.parts)

    @property
    def events(self) -> tuple[Event, ...]:
        """The events of all articles, article by article."""
        return tuple(event for part in self.parts for event in part.events)

    @property
    def locations(self) -> tuple[Location, ...]:
        """The locations of all articles, article by article."""
        return tuple(location for part in self.parts for location in part.locations)

    @property
    def problems(self) -> tuple[Issue, ...]:
        """The issues that a person who wants this map has to know, without the curator's list."""
        return tuple(issue for issue in self.issues if issue.kind not in CURATOR_KINDS)


def date_range(timeline: Timeline) -> tuple[dt.date | None, dt.date | None]:
    """Return the first and the last day that the claims tell of, history left out; None where none has a date."""
    spans = [claim.event.when for claim in timeline.claims if not claim.event.is_background]
    days = [day for when in spans for day in (when.start, when.end) if day is not None]
    return min(days, default=None), max(days, default=None)


def default_title(timeline: Timeline) -> str:
    """Return a title of the regions that most claims are in, most often told first: "Idlib and Aleppo".

    A second region is named where it has at least half as many claims as the first.
    """
    names: dict[str, int] = {}
    for claim in timeline.claims:
        location = claim.event.location
        if location is not None and location.place.admin1 and not claim.event.is_background:
            names[location.place.admin1] = names.get(location.place.admin1, 0) + 1
    chosen = sorted(names, key=lambda name: (-names[name], name))[:2]
    chosen = [name for name in chosen if 2 * names[name] >= names[chosen[0]]]
    return " and ".join(chosen) if chosen else "Map of the events reported"
