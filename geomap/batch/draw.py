"""Draw: one map from what its articles say, in the formats asked for."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from geomap.batch.job import DATA, Job
from geomap.drawing import write_map
from geomap.errors import ArticleError
from geomap.gazetteer import Gazetteer
from geomap.model import Article, Issue
from geomap.pipeline import together
from geomap.read import dated, no_date
from geomap.read.stories import with_copies_marked
from geomap.reading import ArticleReading, Reading

if TYPE_CHECKING:
    from geomap.render.layers import Layers


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


def draw_file(path: Path, job: Job, reading: Reading, gazetteer: Gazetteer, layers: Layers) -> None:
    """Write one file of a map, whole or not at all, as what its ending says; data are the same under all layers.

    Raises:
        RenderError: it cannot be drawn or written.
    """
    ending = path.suffix.removeprefix(".")
    if ending in DATA:
        from geomap.export import write_events

        return write_events(reading.timeline, reading.articles, ending, path)
    return write_map(
        path,
        reading.timeline,
        reading.articles,
        reading.issues,
        gazetteer,
        title=job.title,
        lang=job.lang,
        url=job.url,
        layers=layers,
    )


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
