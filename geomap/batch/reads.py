"""Reads: what does one file say, and what of that decides which maps it belongs to?

``read_file`` reads one article and needs nothing of the others; that two articles are one story is found when a map
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
from geomap.pipeline import read_one
from geomap.read import read_article
from geomap.read.listing import listed
from geomap.reading import ArticleReading
from geomap.steps import Online

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
        regions=regions_told(reading.events, gazetteer),
        events=len(reading.events),
    )


def failure_of(file: ArticleFile, error: ArticleError) -> Summary:
    """Return the summary of a file that is no article."""
    return Summary(key=file.key, problem=" ".join(str(error).split()))
