"""Draw: one map from what its articles say, in the formats asked for."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from geomap.batch.jobs import Job
from geomap.drawing import write_map
from geomap.errors import ArticleError
from geomap.gazetteer import Gazetteer
from geomap.model import Article, Issue
from geomap.pipeline import together
from geomap.read import dated, no_date
from geomap.read.stories import with_copies_marked
from geomap.reading import ArticleReading, Reading

DATA = ("geojson",)


def put_together(
    parts: Sequence[ArticleReading],
    gazetteer: Gazetteer,
    unread: Sequence[Issue] = (),
    date: dt.date | None = None,
) -> Reading:
    """Return what articles say together that were read one by one: the same as if they had been read together.

    Args:
        parts: each article alone, in order.
        gazetteer: which they were read with.
        unread: what is wrong with files that are no articles.
        date: the date that was given for articles that tell none.

    Raises:
        ArticleError: there is no article.
    """
    if not parts:
        raise ArticleError(
            "\n".join([issue.message for issue in unread] or ["no article was found: name its files"])
        )
    told = _with_copies(parts, date)
    without_date = [no_date(part.article) for part in told if part.article.date is None]
    return together(told, gazetteer, [*unread, *without_date])


def drawn_files(job: Job, out: Path, reading: Reading, gazetteer: Gazetteer) -> list[Path]:
    """Write the files of a map, each whole or not at all, and return their paths.

    Raises:
        RenderError: one cannot be drawn or written.
    """
    from geomap.export import write_events

    paths = []
    for ending in job.formats:
        path = out / f"{job.name}.{ending}"
        if ending in DATA:
            write_events(reading.timeline, reading.articles, ending, path)
        else:
            write_map(
                path,
                reading.timeline,
                reading.articles,
                reading.issues,
                gazetteer,
                title=job.title,
                lang=job.lang,
                url=job.url,
            )
        paths.append(path)
    return paths


def _with_copies(parts: Sequence[ArticleReading], date: dt.date | None) -> list[ArticleReading]:
    """Return the parts in order; an article that is the copy of another one says nothing of its own."""
    # A copy takes its original's date before the one that was given for all.
    articles = with_copies_marked([_as_told(part.article) for part in parts])
    return [
        part
        if article.same_as is None
        else ArticleReading(article=dated(article, date), locations=(), named=(), events=(), issues=())
        for part, article in zip(parts, articles, strict=True)
    ]


def _as_told(article: Article) -> Article:
    if article.date_source != "--date":
        return article
    return dataclasses.replace(article, date=None, date_source="")
