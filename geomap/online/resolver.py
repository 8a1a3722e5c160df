"""Resolver: ask a service for the names of an article that no gazetteer has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from geomap.errors import OnlineError
from geomap.gazetteer import Gazetteer
from geomap.model import Issue, LngLat, Location, Mention, Span
from geomap.online.choose import Chosen, Refused, choose, places
from geomap.online.client import Client
from geomap.online.context import Context, read_context
from geomap.online.providers import Question
from geomap.online.settings import OnlineSettings
from geomap.online.store import Store

if TYPE_CHECKING:
    from geomap.model import Place

# A name has at most so many words and letters; a longer stretch is a sentence, and nobody's business.
_MOST_WORDS, _MOST_LETTERS = 6, 60


class Resolver:
    """Asks one service; one for each process."""

    def __init__(self, settings: OnlineSettings) -> None:
        from geomap.gazetteer.load import default_cache_dir

        self._settings = settings
        self._store = Store(settings.cache_dir or default_cache_dir())
        self._client = Client(settings, self._store)

    def close(self) -> None:
        """Close the cache."""
        self._store.close()

    def resolve(
        self,
        article_id: str,
        mentions: Sequence[Mention],
        locations: Sequence[Location],
        issues: Sequence[Issue],
        gazetteer: Gazetteer,
    ) -> tuple[list[Location], list[Issue]]:
        """Return the locations that the service has for the unknown names, and the issues as they are then.

        Only names with an issue of the kind ``unknown place`` are asked for; each such issue stays with what the
        service said, or becomes ``online place``. Where the service fails, an issue of the kind ``online`` says so.

        Args:
            article_id: whose names these are.
            mentions: as recognised.
            locations: those that the gazetteers know; they tell which country the names lie in.
            issues: as ``geocode`` gave them.
            gazetteer: for where the middle of a country is.
        """
        asked = {Span(mention.start, mention.end): mention for mention in mentions}
        context = read_context(locations)
        found, told = [], []
        for issue in issues:
            mention = asked.get(issue.span) if issue.span and issue.kind == "unknown place" else None
            if mention is None:
                told.append(issue)
                continue
            location, said = self._one(article_id, mention, issue, context, gazetteer)
            found += [location] if location else []
            told += said
        return found, told

    def places_named(self, name: str) -> tuple[list[tuple[Place, str]], str]:
        """Return all places of that name that the service has, each with why, and what went wrong ("": nothing)."""
        query = _query(name)
        if query is None:
            return [], f"{name}: too long to be a name: not asked for online"
        try:
            answers = self._client.answers(Question(query))
        except OnlineError as error:
            return [], self._failed(str(error))
        return [(chosen.place, chosen.why) for chosen in places(query, answers, self._settings)], ""

    def _one(
        self, article_id: str, mention: Mention, issue: Issue, context: Context, gazetteer: Gazetteer
    ) -> tuple[Location | None, list[Issue]]:
        query = _query(mention.name)
        if query is None:
            return None, [_with(issue, "too long to be asked for online")]
        try:
            answers = self._client.answers(_question(query, context, gazetteer))
        except OnlineError as error:
            failed = Issue("online", "", self._failed(str(error)))
            if not self._client.stopped:
                failed = Issue("online", article_id, f"{mention.text}: {self._failed(str(error))}", issue.span)
            return None, [_with(issue, f"{self._settings.provider} was not heard"), failed]
        result = choose(query, answers, context, self._settings)
        if isinstance(result, Refused):
            return None, [_refused(issue, result)]
        return _location(mention, result), [_found(article_id, mention, result)]

    def _failed(self, reason: str) -> str:
        """Return what went wrong in one line, and what to do."""
        where = f"{self._settings.provider} at {self._settings.url}"
        if self._client.stopped:
            return (
                f"{where}: {self._client.stopped}: this run goes on offline; run it again later, answers are kept"
            )
        return f"{where}: {reason}: run it again later, answers are kept"


def _query(name: str) -> str | None:
    """Return the name as it is asked for, None where it is no mere name.

    >>> _query("Kafr  Zoran"), _query("They said that they had left the village of Kafr Zoran")
    ('Kafr Zoran', None)
    """
    words = name.split()
    is_name = any(letter.isalpha() for letter in name) and "\n" not in name.strip()
    is_short = len(words) <= _MOST_WORDS and len(name) <= _MOST_LETTERS
    return " ".join(words) if is_name and is_short else None


def _question(query: str, context: Context, gazetteer: Gazetteer) -> Question:
    country = gazetteer.place(context.countries[0]) if len(context.countries) == 1 else None
    near = LngLat(round(country.point.lng, 1), round(country.point.lat, 1)) if country else None
    return Question(query, context.countries, near)


def _location(mention: Mention, chosen: Chosen) -> Location:
    place = chosen.place
    return Location(
        mention=mention,
        place=place,
        name=mention.name if chosen.place.precision < 3 else place.name,
        point=place.point,
        geo_precision=place.precision,
        radius_km=place.radius_km,
        score=chosen.score,
        why=chosen.why,
        start=mention.start,
        end=mention.end,
    )


def _found(article_id: str, mention: Mention, chosen: Chosen) -> Issue:
    place = chosen.place
    within = ", ".join(part for part in (place.admin1, place.country.upper()) if part)
    spot = f"{place.point.lat:.4f}, {place.point.lng:.4f}"
    message = (
        f"{mention.text}: {chosen.why}: {place.kind} {place.name}, {within}, at {spot} ({place.attribution}); "
        "look at it, and add it to gazetteer/places where it is right"
    )
    return Issue("online place", article_id, message, Span(mention.start, mention.end))


def _refused(issue: Issue, refused: Refused) -> Issue:
    kind = "ambiguous place" if refused.is_ambiguous else issue.kind
    return replace(_with(issue, refused.why), kind=kind)


def _with(issue: Issue, said: str) -> Issue:
    return replace(issue, message=f"{issue.message}; {said}")
