"""Work: draw one map in a worker process, and tell in plain values how it went."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from geomap.batch.plan import Job
from geomap.errors import GeomapError
from geomap.extractors import DEFAULT, Extractor, chosen
from geomap.gazetteer import Gazetteer, load_gazetteer
from geomap.online import OnlineSettings, Resolver
from geomap.pipeline import map_articles
from geomap.reading import Reading, date_range, default_title

# One gazetteer a process, loaded once: it is what a worker waits for longest. And one that asks online, if any,
# and who reads the events.
_loaded: list[tuple[Gazetteer, Resolver | None, tuple[Extractor, ...]]] = []


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """How one map went; ``error`` is "" where it was drawn."""

    name: str
    title: str
    articles: int = 0
    claims: dict[str, int] = field(default_factory=dict)
    first: dt.date | None = None
    last: dt.date | None = None
    problems: tuple[str, ...] = ()
    error: str = ""

    @property
    def file_name(self) -> str:
        """The map's file in the folder of results."""
        return f"{self.name}.html"


def start_worker(
    gazetteer_dir: Path | None, online: OnlineSettings | None = None, extractors: Sequence[str] = DEFAULT
) -> None:
    """Load the gazetteer of this process and its extractors, and open what asks online."""
    resolver = Resolver(online) if online is not None else None
    _loaded[:] = [(load_gazetteer(gazetteer_dir), resolver, chosen(extractors))]


def draw(job: Job, out: Path) -> Result:
    """Draw one map; whatever goes wrong is in the result."""
    gazetteer, online, extractors = _loaded[0]
    out = out / f"{job.name}.html"
    try:
        reading = map_articles(job.paths, out, gazetteer, listing=job.listing, online=online, extractors=extractors)
    except GeomapError as error:
        return failed(job, " ".join(str(error).split()))
    except Exception as error:
        return failed(job, f"{job.paths[0]}: {type(error).__name__}: {error}: this is a bug in geomap")
    return _drawn(job, reading)


def failed(job: Job, error: str) -> Result:
    """Return the result of a job without map."""
    return Result(name=job.name, title=job.name, error=error)


def _drawn(job: Job, reading: Reading) -> Result:
    first, last = date_range(reading.timeline)
    problems = dict.fromkeys(" ".join(issue.message.split()) for issue in reading.problems)
    return Result(
        name=job.name,
        title=f"{job.name}: {default_title(reading.timeline)}",
        articles=len(reading.articles),
        claims=dict(Counter(claim.event.family for claim in reading.timeline.claims)),
        first=first,
        last=last,
        problems=tuple(problems),
    )
