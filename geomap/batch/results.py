"""Results: how did each map go?"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Literal

from geomap.layerplan import LayerPlan

Status = Literal["drawn", "unchanged", "failed", "planned", "unknown"]


@dataclass(frozen=True, slots=True)
class OutFile:
    """A file that was written: its path in the folder of results, its size in bytes, its hash.

    ``changed_ns`` is its time of change, by which the next run knows it without reading it.
    """

    path: str
    size: int
    sha256: str
    changed_ns: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """How one map went.

    Attributes:
        status: ``drawn``, ``unchanged``; ``failed``: ``error`` says why; of a dry run ``planned``, or
            ``unknown`` until articles are read.
        why: what makes it be drawn: "new", "articles changed" ...
        claims: how many by family; issues: how many by kind.
        problems: what a reader of the map has to know, a line each.
        layers: what else lies on it.
        thumbnail: a small SVG for the index.
        seconds: how long it took to draw it, now or in the run that drew it.
    """

    name: str
    title: str
    status: Status = "drawn"
    why: str = ""
    articles: int = 0
    article_ids: tuple[str, ...] = ()
    events: int = 0
    claims: dict[str, int] = field(default_factory=dict)
    issues: dict[str, int] = field(default_factory=dict)
    first: dt.date | None = None
    last: dt.date | None = None
    problems: tuple[str, ...] = ()
    files: tuple[OutFile, ...] = ()
    layers: LayerPlan = field(default_factory=LayerPlan)
    thumbnail: str = ""
    error: str = ""
    seconds: float = 0.0

    @property
    def file_name(self) -> str:
        """The map's first file in the folder of results."""
        return self.files[0].path if self.files else f"{self.name}.html"

    @property
    def is_there(self) -> bool:
        """Whether its files are there, drawn now or before."""
        return self.status in ("drawn", "unchanged") and not self.error


def failed(name: str, error: str) -> Result:
    """Return the result of a job without map."""
    return Result(name=name, title=name, status="failed", error=error)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing that was done, for a progress bar or a log.

    Attributes:
        phase: ``read`` or ``draw``; done, total: how far it is.
        name: of the article or map; result: of the map.
        error: why it failed, "" where it did not.
    """

    phase: str
    done: int
    total: int
    name: str = ""
    result: Result | None = None
    error: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """How a run went.

    Attributes:
        results: of the maps in order; of a run that was stopped, those that it came to.
        problems: what is wrong with articles that no map shows, a line each.
        read: articles read in this run; known: those read before.
        is_stopped: whether the first failure ended it.
        seconds: how long it took; read_seconds: of these to read articles.
    """

    results: list[Result]
    problems: tuple[str, ...] = ()
    read: int = 0
    known: int = 0
    is_stopped: bool = False
    seconds: float = 0.0
    read_seconds: float = 0.0
