"""Reads: what does one file say, and what of that decides which maps it belongs to?

``read_files`` reads each article for itself; that two articles are one story is found when a map
is put together.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Sequence

from geomap.batch.articles import ArticleFile
from geomap.batch.regions import regions_told
from geomap.errors import ArticleError
from geomap.extractors import Extractor
from geomap.gazetteer import Gazetteer
from geomap.model import Article
from geomap.read import read_article
from geomap.read.listing import listed
from geomap.reading import ArticleReading
from geomap.steps import Begun, Online, begin, finish, prepare

# Raise it when a Summary or an ArticleReading gets other fields, so that what was kept is passed over.
FORMAT = 1


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What is known of an article once it was read, without its text.

    Attributes:
        key: of ``ArticleFile``; problem: why it could not be read, "" where it could.
        regions: of its events, see ``regions_told``.
        language: code, "" where that is not clear.
    """

    key: str
    problem: str = ""
    date: dt.date | None = None
    language: str = ""
    regions: frozenset[str] = frozenset()
    events: int = 0


def read_files(
    files: Sequence[ArticleFile], gazetteer: Gazetteer, online: Online | None, extractors: Sequence[Extractor]
) -> list[ArticleReading | ArticleError]:
    """Return what the article in each file says, or why it cannot be read; together they take less time."""
    begun: list[Begun | ArticleReading | ArticleError] = []
    for file in files:
        try:
            begun.append(begin(_article(file), gazetteer, online, extractors))
        except ArticleError as error:
            begun.append(error)
    prepare([each for each in begun if not isinstance(each, ArticleError)], gazetteer, extractors)
    return [each if isinstance(each, ArticleError) else finish(each, gazetteer, extractors) for each in begun]


def _article(file: ArticleFile) -> Article:
    article = listed(read_article(file.path, name=file.id), file.entry)
    if article.date is None and file.date is not None:
        article = dataclasses.replace(article, date=file.date, date_source="--date")
    return article


def summary_of(file: ArticleFile, reading: ArticleReading, gazetteer: Gazetteer) -> Summary:
    """Return the summary of what an article says."""
    from geomap.render.language import language_of

    return Summary(
        key=file.key,
        date=reading.article.date,
        language=language_of(reading.article.text),
        regions=regions_told(reading.events, gazetteer),
        events=len(reading.events),
    )


def failure_of(file: ArticleFile, error: ArticleError) -> Summary:
    """Return the summary of a file that is no article."""
    return Summary(key=file.key, problem=" ".join(str(error).split()))
