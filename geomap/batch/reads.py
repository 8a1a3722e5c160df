"""Reads: what one file says, read once and kept, so that many maps of the same articles read them once.

``read_file`` reads one article and needs nothing of the others; that two articles are one story is found when a map
is put together.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import logging
import os
import pickle
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from geomap.batch.articles import ArticleFile
from geomap.errors import ArticleError
from geomap.extractors import Extractor
from geomap.gazetteer import Gazetteer
from geomap.model import Event, Location, Place
from geomap.pipeline import Online, read_one
from geomap.read import read_article
from geomap.read.listing import listed
from geomap.reading import ArticleReading

log = logging.getLogger(__name__)

# Raise it when a Summary or an ArticleReading gets other fields, so that what was kept is passed over.
FORMAT = 1


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What is known of an article once it was read, without its text.

    Attributes:
        key: of ``ArticleFile``; problem: why it could not be read, "" where it could.
        regions: of its events: country codes, ``cc/admin1``, ids of places and of the areas they are in.
        language: code, "" where that is not clear.
    """

    key: str
    problem: str = ""
    date: dt.date | None = None
    language: str = ""
    regions: frozenset[str] = frozenset()
    events: int = 0


def read_file(
    file: ArticleFile,
    gazetteer: Gazetteer,
    online: Online | None = None,
    extractors: Sequence[Extractor] | None = None,
) -> ArticleReading:
    """Return what the article in one file says.

    Raises:
        ArticleError: the file cannot be read.
    """
    article = listed(read_article(file.path, name=file.id), file.entry)
    if article.date is None and file.date is not None:
        article = dataclasses.replace(article, date=file.date, date_source="--date")
    return read_one(article, gazetteer, online, extractors)


def summary_of(file: ArticleFile, reading: ArticleReading, gazetteer: Gazetteer) -> Summary:
    """Return the summary of what an article says."""
    from geomap.render.language import language_of

    return Summary(
        key=file.key,
        date=reading.article.date,
        language=language_of(reading.article.text),
        regions=frozenset(name for event in reading.events for name in _regions(event, gazetteer)),
        events=len(reading.events),
    )


def failure_of(file: ArticleFile, error: ArticleError) -> Summary:
    """Return the summary of a file that is no article."""
    return Summary(key=file.key, problem=" ".join(str(error).split()))


def regions_of(place: Place) -> frozenset[str]:
    """Return what an event in a place is in, if that place is an area: any of these is enough."""
    if place.kind == "country":
        return frozenset({place.id, place.country})
    return frozenset({place.id, f"{place.country}/{place.name}"})


def _regions(event: Event, gazetteer: Gazetteer) -> Iterable[str]:
    for location in (event.location, getattr(event, "origin", None), getattr(event, "destination", None)):
        if isinstance(location, Location):
            yield from _areas(location.place, gazetteer)


def _areas(place: Place, gazetteer: Gazetteer) -> Iterable[str]:
    yield from (place.country, f"{place.country}/{place.admin1}")
    above: Place | None = place
    seen: set[str] = set()
    while above is not None and above.id not in seen:
        seen.add(above.id)
        yield above.id
        above = gazetteer.place(above.parent) if above.parent else None


class Store:
    """Summaries and readings on disk, by key; each file is whole, whoever is ended while writing."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def summary(self, key: str) -> Summary | None:
        """Return what is known of an article, None where it has to be read."""
        found = self._load(key, with_reading=False)
        return found[0] if found is not None else None

    def reading(self, key: str) -> ArticleReading | None:
        """Return what an article says, None where it was not kept."""
        found = self._load(key, with_reading=True)
        return found[1] if found is not None else None

    def keep(self, summary: Summary, reading: ArticleReading | None) -> None:
        """Keep what was read; a folder that cannot be written costs only time."""
        path = self._path(summary.key)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
                pickle.dump((FORMAT, summary), file, pickle.HIGHEST_PROTOCOL)
                pickle.dump(reading, file, pickle.HIGHEST_PROTOCOL)
            os.replace(file.name, path)
        except OSError as error:
            log.warning("what was read cannot be kept in %s: %s", path.parent, error.strerror)

    def _load(self, key: str, *, with_reading: bool) -> tuple[Summary, ArticleReading | None] | None:
        try:
            with self._path(key).open("rb") as file:
                version, summary = pickle.load(file)
                if version != FORMAT or not isinstance(summary, Summary) or summary.key != key:
                    return None
                return summary, pickle.load(file) if with_reading else None
        except FileNotFoundError:
            return None
        except Exception as error:  # a damaged pickle can fail in any way: the article is read again
            log.warning("%s cannot be used and is made again: %s", self._path(key), error)
            return None

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / f"{key[2:]}.pickle"
