"""Watch: a folder that articles arrive in, and a map that is drawn anew when they do.

The folder is looked at again and again, which also works where a network file system tells no changes. A change is
waited out, so that a hundred articles that arrive together make one map, and an article is read when it is whole.
"""

from __future__ import annotations

import datetime as dt
import functools
import logging
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from geomap.drawing import check_ending, write_map
from geomap.errors import ArticleError, GeomapError, PlanError
from geomap.model import Article, Issue
from geomap.pipeline import read_one, together
from geomap.reading import ArticleReading, Reading

if TYPE_CHECKING:
    from geomap.extractors import Extractor
    from geomap.gazetteer import Gazetteer
    from geomap.render.layers import Layers

log = logging.getLogger(__name__)

# Path -> what changes when a file is written: inode, size, time in ns.
Snapshot = Mapping[str, tuple[int, int, int]]

# A folder that is never quiet is drawn anyway after so many times the quiet asked for.
_PATIENCE = 15


@dataclass(frozen=True, slots=True)
class Redrawn:
    """One drawing: what it shows and how many articles were read for it; ``error`` where there is none."""

    reading: Reading | None
    fresh: int = 0
    error: str = ""


class Desk:
    """Draws the map of a folder, and reads each article once."""

    def __init__(
        self,
        folder: Path,
        out: Path,
        gazetteer: Gazetteer,
        *,
        listing: Path | None = None,
        date: dt.date | None = None,
        title: str = "",
        lang: str = "en",
        url: str = "",
        layers: Layers | None = None,
        extractors: Sequence[Extractor] | None = None,
    ) -> None:
        """Take what ``geomap.pipeline.map_articles`` takes.

        Raises:
            PlanError: the map lies in the folder, where it would be taken for an article.
            RenderError: ``out`` has the ending of no map.
        """
        check_ending(out)
        if out.resolve().parent == folder.resolve():
            raise PlanError(
                f"{out}: lies among the articles and would be read as one: choose another folder with -o"
            )
        self.folder, self.out, self.gazetteer = folder, out, gazetteer
        self._listing, self._date, self._extractors = listing, date, extractors
        self._write = functools.partial(write_map, title=title, lang=lang, url=url, layers=layers)
        self._known: dict[Article, ArticleReading] = {}

    def snapshot(self) -> Snapshot:
        """Return the files that the map is made of, as they are now; none where the folder is not there."""
        from geomap.read import LISTING_NAME
        from geomap.read.files import article_files

        try:
            files = article_files(self.folder)
        except ArticleError:
            files = []
        listing = self._listing or self.folder / LISTING_NAME
        states = ((path, _state(path)) for path in [*files, listing])
        return {str(path): state for path, state in states if state is not None}

    def redraw(self) -> Redrawn:
        """Draw the map; whatever goes wrong is told, and leaves the map that is there."""
        try:
            reading, fresh = self._read()
            self._write(self.out, reading.timeline, reading.articles, reading.issues, self.gazetteer)
        except GeomapError as error:
            return Redrawn(None, error=str(error))
        except Exception as error:  # the desk goes on: the next article may mend it
            log.debug("the map was not drawn", exc_info=True)
            return Redrawn(None, error=f"{type(error).__name__}: {error}: this is a bug in geomap")
        return Redrawn(reading, fresh)

    def _read(self) -> tuple[Reading, int]:
        """Return what the articles of the folder say, and how many of them were not known."""
        from geomap.read import read_articles

        articles, unread = read_articles([self.folder], listing=self._listing, date=self._date)
        if not articles:
            raise ArticleError("\n".join(issue.message for issue in unread))
        before = self._known
        self._known = {article: before.get(article) or self._one(article) for article in articles}
        parts = [self._known[article] for article in articles]
        return together(parts, self.gazetteer, unread), len(self._known.keys() - before.keys())

    def _one(self, article: Article) -> ArticleReading:
        try:
            return read_one(article, self.gazetteer, extractors=self._extractors)
        except Exception as error:  # one odd article does not take the map away
            what = f"{article.path}: {type(error).__name__}: {error}: left out: this is a bug in geomap"
            issue = Issue("unreadable", article.id, what)
            return ArticleReading(article=article, locations=(), named=(), events=(), issues=(issue,))


def watch(
    desk: Desk,
    stop: threading.Event,
    *,
    every: float = 1.0,
    quiet: float = 2.0,
    told: Callable[[Redrawn], None] = lambda redrawn: None,
) -> None:
    """Draw the map now and whenever the folder changes, until ``stop`` is set; a drawing under way is finished.

    Args:
        desk: what to draw.
        stop: set it from a signal handler or another thread.
        every: seconds between two looks at the folder.
        quiet: seconds without a change before the map is drawn.
        told: called with each drawing.
    """
    seen: Snapshot | None = None
    while not stop.is_set():
        now = desk.snapshot()
        if now != seen:
            seen = now if seen is None else _settled(desk, now, stop, quiet)
            if not stop.is_set():
                told(desk.redraw())
        stop.wait(every)


def _settled(desk: Desk, now: Snapshot, stop: threading.Event, quiet: float) -> Snapshot:
    """Return the folder's state once it stayed the same for ``quiet`` seconds, or never did for long."""
    for _ in range(_PATIENCE):
        before = now
        if stop.wait(quiet) or (now := desk.snapshot()) == before:
            break
    return now


def _state(path: Path) -> tuple[int, int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns
