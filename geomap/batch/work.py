"""Work: what a worker process does: read one article, or draw one map of articles that were read."""

from __future__ import annotations

import hashlib
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from geomap.batch.articles import ArticleFile
from geomap.batch.draw import draw_file, put_together
from geomap.batch.job import Job
from geomap.batch.layers import LayerFile
from geomap.batch.opened import Opened
from geomap.batch.reads import Summary, failure_of, read_files, summary_of
from geomap.batch.results import OutFile, Result, failed
from geomap.batch.store import Store
from geomap.batch.thumbnail import thumbnail
from geomap.errors import ArticleError, GeomapError
from geomap.extractors import Extractor, chosen
from geomap.gazetteer import Gazetteer, keep_loaded, load_gazetteer
from geomap.model import Issue
from geomap.online import OnlineSettings, Resolver
from geomap.reading import ArticleReading, Reading, date_range, default_title


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a worker is started with: plain values.

    Attributes:
        gazetteer_dir: curated data, None for geomap's own.
        online: whom to ask for names that no gazetteer has; the processes share its cache and its pace.
        extractors: names of those that read the events.
        store: the folder of what was read.
    """

    gazetteer_dir: Path | None
    online: OnlineSettings | None
    extractors: tuple[str, ...]
    store: Path


@dataclass(frozen=True, slots=True)
class Tools:
    """What a process loads once."""

    gazetteer: Gazetteer
    online: Resolver | None
    extractors: tuple[Extractor, ...]
    store: Store
    layers: Opened = field(default_factory=Opened)


@dataclass(frozen=True, slots=True)
class Drawing:
    """A map to draw into ``out``.

    Attributes:
        files: its articles; problems: what is wrong with files that are none.
        layer_files: what its layers are read from.
        kept: files of it that are there, and stay as they are.
    """

    job: Job
    out: Path
    files: tuple[ArticleFile, ...]
    problems: tuple[Issue, ...] = ()
    layer_files: tuple[LayerFile, ...] = ()
    kept: tuple[OutFile, ...] = ()


_tools: list[Tools] = []


def start_worker(settings: Settings) -> None:
    """Load what this process needs for its tasks.

    Raises:
        GeomapError: the gazetteer or an extractor cannot be loaded.
    """
    resolver = Resolver(settings.online) if settings.online is not None else None
    gazetteer = load_gazetteer(settings.gazetteer_dir)
    _tools[:] = [Tools(gazetteer, resolver, chosen(settings.extractors), Store(settings.store))]
    keep_loaded()


def read_task(files: Sequence[ArticleFile]) -> list[Summary]:
    """Read a few articles, keep what each says, and return their summaries."""
    return [summary for summary, _ in _read(files, _tools[0])]


def draw_task(drawing: Drawing) -> Result:
    """Draw one map; whatever goes wrong is in the result."""
    began = time.perf_counter()
    try:
        result = _drawn(drawing, _tools[0])
    except GeomapError as error:
        result = failed(drawing.job.name, "; ".join(" ".join(line.split()) for line in str(error).splitlines()))
    except Exception as error:
        what = f"{drawing.job.name}: {type(error).__name__}: {error}: this is a bug in geomap"
        result = failed(drawing.job.name, what)
    return replace(result, seconds=time.perf_counter() - began)


def _read(files: Sequence[ArticleFile], tools: Tools) -> Iterator[tuple[Summary, ArticleReading | None]]:
    readings = read_files(files, tools.gazetteer, tools.online, tools.extractors)
    for file, reading in zip(files, readings, strict=True):
        if isinstance(reading, ArticleError):
            summary, reading_or_none = failure_of(file, reading), None
        else:
            summary, reading_or_none = summary_of(file, reading, tools.gazetteer), reading
        tools.store.keep(summary, reading_or_none)
        yield summary, reading_or_none


def _drawn(drawing: Drawing, tools: Tools) -> Result:
    job = drawing.job
    parts = [tools.store.reading(file.key) or next(_read([file], tools))[1] for file in drawing.files]
    reading = put_together(
        [part for part in parts if part is not None], tools.gazetteer, drawing.problems, job.date
    )
    return replace(
        _told(job, reading),
        files=_files(drawing, reading, tools),
        thumbnail=thumbnail(reading, tools.gazetteer),
    )


def _files(drawing: Drawing, reading: Reading, tools: Tools) -> tuple[OutFile, ...]:
    """Write the files of a map that are not there yet, and return all of them."""
    job, kept = drawing.job, {file.path: file for file in drawing.kept}
    layers = tools.layers.layers(job.shown, drawing.layer_files)
    files = []
    for ending in job.formats:
        name = f"{job.name}.{ending}"
        if name not in kept:
            draw_file(drawing.out / name, job, reading, tools.gazetteer, layers)
            kept[name] = _out_file(drawing.out / name, drawing.out)
        files.append(kept[name])
    return tuple(files)


def _told(job: Job, reading: Reading) -> Result:
    first, last = date_range(reading.timeline)
    problems = dict.fromkeys(" ".join(issue.message.split()) for issue in reading.problems)
    return Result(
        name=job.name,
        title=job.title or f"{job.name}: {default_title(reading.timeline)}",
        articles=len(reading.articles),
        article_ids=tuple(article.id for article in reading.articles),
        claims=dict(sorted(Counter(claim.event.family for claim in reading.timeline.claims).items())),
        events=len(reading.events),
        first=first,
        last=last,
        problems=tuple(problems),
        issues=dict(sorted(Counter(issue.kind for issue in reading.issues).items())),
    )


def _out_file(path: Path, out: Path) -> OutFile:
    with path.open("rb") as file:
        content = hashlib.file_digest(file, "sha256").hexdigest()
    state = path.stat()
    return OutFile(path.relative_to(out).as_posix(), state.st_size, content, state.st_mtime_ns)
