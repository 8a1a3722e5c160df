"""Runs: read what was not read, draw what changed, and write the page and the list of all maps.

jobs --files--> ArticleFile --read--> Summary --select--> maps --draw--> Result --> index.html, manifest.json
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from geomap.batch.articles import ArticleFile, Source, files_of
from geomap.batch.context import Context, context_of
from geomap.batch.index import index_page
from geomap.batch.jobs import Job, parts_of
from geomap.batch.manifest import manifest_text, timings_text
from geomap.batch.pool import Workers, workers_of
from geomap.batch.reads import Store, Summary, regions_of
from geomap.batch.results import Result, failed
from geomap.batch.state import Made, State, made_from, only_run_in
from geomap.batch.work import Drawing, Settings, draw_task, read_task, start_worker
from geomap.errors import PlanError
from geomap.extractors import chosen
from geomap.files import write_text
from geomap.gazetteer import Gazetteer, load_gazetteer
from geomap.gazetteer.load import default_cache_dir
from geomap.model import Issue


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
        read: articles read in this run; known: those read before.
        is_stopped: whether the first failure ended it.
    """

    results: list[Result]
    read: int = 0
    known: int = 0
    is_stopped: bool = False
    seconds: float = 0.0


@dataclass(slots=True)
class _Known:
    """The articles of all jobs."""

    sources: dict[Source, tuple[list[ArticleFile], list[Issue]]] = field(default_factory=dict)
    summaries: dict[str, Summary] = field(default_factory=dict)
    unread: dict[str, ArticleFile] = field(default_factory=dict)


class Stopped(Exception):  # noqa: N818 - no error, but the end that was asked for
    """The first failure, of a run that ends with it."""


def run_jobs(
    jobs: Sequence[Job],
    out: Path,
    *,
    title: str = "Maps",
    settings: Settings,
    workers: int = 1,
    is_dry: bool = False,
    is_fail_fast: bool = False,
    each: Callable[[Step], None] = lambda step: None,
) -> Report:
    """Draw what changed of the maps into ``out``, with ``index.html`` and ``manifest.json``; return how it went.

    Args:
        jobs: what to draw.
        out: the folder of maps.
        title: of the page that links them.
        settings: what each worker is started with.
        workers: processes; 1 works in this one.
        is_dry: only tell what would be done.
        is_fail_fast: end with the first map that fails.
        each: called with each thing done.

    Raises:
        GazetteerError: the gazetteer cannot be loaded.
        PlanError: an extractor is not installed, a region not known, or a list of articles wrong.
        RenderError: the folder cannot be written, or another run is at work in it.
    """
    began = time.perf_counter()
    chosen(settings.extractors)  # a wrong name is told here, and not by a process that ends
    gazetteer = load_gazetteer(settings.gazetteer_dir)
    context = context_of(gazetteer, settings.extractors, settings.online)
    settings = replace(settings, store=settings.store / context.reading[:16])
    run = _Run(jobs, out, title, settings, workers, is_fail_fast, each, context, _regions(jobs, gazetteer))
    report = run.rehearsed() if is_dry else run.done()
    return replace(report, seconds=time.perf_counter() - began)


def readings_dir(cache_dir: Path | None = None) -> Path:
    """Return the folder where what was read is kept, in geomap's cache."""
    return (cache_dir or default_cache_dir()) / "readings"


class _Run:
    """One run; what its steps share."""

    def __init__(
        self,
        jobs: Sequence[Job],
        out: Path,
        title: str,
        settings: Settings,
        workers: int,
        is_fail_fast: bool,
        each: Callable[[Step], None],
        context: Context,
        regions: dict[str, frozenset[str]],
    ) -> None:
        self.jobs, self.out, self.title, self.settings = jobs, out, title, settings
        self.workers, self.is_fail_fast, self.each = workers, is_fail_fast, each
        self.context, self.regions = context, regions
        self.state = State(out)
        self.known = _known_articles(jobs, Store(settings.store), context)

    def done(self) -> Report:
        """Read, draw and write; see ``run_jobs``."""
        read = len(self.known.unread)
        report = Report(results=[], read=read, known=len(self.known.summaries))
        tasks = max(read, len(self.jobs))
        with (
            only_run_in(self.out, self.jobs),
            workers_of(min(self.workers, tasks), start_worker, [self.settings]) as workers,
        ):
            try:
                self._read(workers)
                results = self._draw(workers)
            except Stopped as stopped:
                return replace(report, results=list(stopped.args), is_stopped=True)
            self._write(results)
        return replace(report, results=results)

    def rehearsed(self) -> Report:
        """Return what would be done."""
        results = []
        for drawing in self._drawings():
            why, _ = self.state.change(drawing.job.name, self._made(drawing))
            status = "planned" if why else "unchanged"
            results.append(Result(name=drawing.job.name, title="", status=status, why=why))  # type: ignore[arg-type]
        unsure = {job.name for job in self.jobs if job.is_choosy and self._unread_of(job)}
        results = [each for each in results if each.name not in unsure]
        for job in (job for job in self.jobs if job.name in unsure):
            why = f"{self._unread_of(job)} of its articles have to be read first"
            results.append(Result(name=job.name, title="", status="unknown", why=why))
        return Report(results=results, read=len(self.known.unread), known=len(self.known.summaries))

    def _unread_of(self, job: Job) -> int:
        files, _ = self.known.sources[_source(job)]
        return sum(file.key in self.known.unread for file in files)

    def _read(self, workers: Workers) -> None:
        """Read the articles that were not read; one whose process died twice is a problem of its maps."""
        unread = list(self.known.unread.values())
        for done, outcome in enumerate(workers.each(read_task, unread), 1):
            summary = outcome.value
            if summary is None:
                summary = Summary(key=outcome.task.key, problem=f"{outcome.task.path}: {outcome.error}: left out")
            self.known.summaries[outcome.task.key] = summary
            self.each(
                Step(phase="read", done=done, total=len(unread), name=str(outcome.task.path), error=summary.problem)
            )
            if summary.problem and self.is_fail_fast:
                raise Stopped(failed(outcome.task.id, summary.problem))

    def _draw(self, workers: Workers) -> list[Result]:
        drawings = list(self._drawings())
        _check_names(drawing.job.name for drawing in drawings)
        results: dict[str, Result] = {}
        made: dict[str, Made] = {}
        for result in self._drawn(workers, drawings, made):
            results[result.name] = result
            if result.status == "drawn":
                self.state.keep(made[result.name], result)
            self.each(
                Step(
                    phase="draw",
                    done=len(results),
                    total=len(drawings),
                    name=result.name,
                    result=result,
                    error=result.error,
                )
            )
            if result.error and self.is_fail_fast:
                raise Stopped(*results.values())
        return [results[drawing.job.name] for drawing in drawings]

    def _drawn(self, workers: Workers, drawings: Sequence[Drawing], made: dict[str, Made]) -> Iterator[Result]:
        """Yield the results as they come: first of the maps that are as they would be drawn."""
        changed: dict[str, str] = {}
        todo = []
        for drawing in drawings:
            name = drawing.job.name
            made[name] = self._made(drawing)
            why, result = self.state.change(name, made[name])
            if result is not None and not why:
                yield replace(result, status="unchanged")
                continue
            changed[name] = why
            todo.append(drawing)
        for outcome in workers.each(draw_task, todo):
            result = outcome.value or failed(outcome.task.job.name, outcome.error)
            yield replace(result, why=changed[result.name])

    def _drawings(self) -> Iterator[Drawing]:
        for job in self.jobs:
            files, issues = self.known.sources[_source(job)]
            told = [self.known.summaries.get(file.key) for file in files]
            days = [each.date for each in told if each is not None and each.date and self._takes(job, each)]
            for part in parts_of(job, days):
                drawing = self._drawing(part, files, told, issues)
                if drawing.files or not part.is_part:  # of a series only the days and weeks that tell something
                    yield drawing

    def _drawing(
        self, job: Job, files: Sequence[ArticleFile], told: Sequence[Summary | None], issues: Sequence[Issue]
    ) -> Drawing:
        """Return a map with those of the files that belong to it."""
        chosen, problems = [], list(issues)
        for file, summary in zip(files, told, strict=True):
            if summary is None:  # of a dry run
                chosen.append(file)
            elif summary.problem:
                # Of a series each map would tell it: it is told once, by those that show all articles.
                problems += [] if job.is_part else [Issue("unreadable", file.id, summary.problem)]
            elif self._takes(job, summary):
                chosen.append(file)
        return Drawing(job, self.out, tuple(chosen), tuple(problems))

    def _takes(self, job: Job, summary: Summary) -> bool:
        """Whether an article belongs to a map; one without a date is in none that asks for dates."""
        if (job.first or job.last) and summary.date is None:
            return False
        day = summary.date or dt.date.min
        if (job.first and day < job.first) or (job.last and day > job.last):
            return False
        if job.languages and summary.language not in job.languages:
            return False
        return not job.regions or any(self.regions[region] & summary.regions for region in job.regions)

    def _made(self, drawing: Drawing) -> Made:
        return made_from(drawing.job, drawing.files, drawing.problems, self.context)

    def _write(self, results: Sequence[Result]) -> None:
        files = {file.id: file for files, _ in self.known.sources.values() for file in files}
        write_text(self.out / "index.html", index_page(results, title=self.title))
        articles = {file.key: (file, self.known.summaries[file.key]) for file in files.values()}
        write_text(self.out / "manifest.json", manifest_text(self.title, results, articles.values(), self.context))
        write_text(self.out / "timings.json", timings_text(results))


def _source(job: Job) -> Source:
    return Source(job.paths, job.listing, job.date)


def _known_articles(jobs: Iterable[Job], store: Store, context: Context) -> _Known:
    """Return the articles of the jobs, and which of them were read before."""
    known = _Known()
    for source in dict.fromkeys(map(_source, jobs)):
        known.sources[source] = files_of(source, context.reading)
        for file in known.sources[source][0]:
            if file.key in known.summaries or file.key in known.unread:
                continue
            summary = store.summary(file.key)
            if summary is None:
                known.unread[file.key] = file
            else:
                known.summaries[file.key] = summary
    return known


def _regions(jobs: Iterable[Job], gazetteer: Gazetteer) -> dict[str, frozenset[str]]:
    """Return what an event in each region that the jobs name is in, see ``regions_of``.

    Raises:
        PlanError: a region is in no gazetteer.
    """
    found, problems = {}, []
    where_of = {region: job.where or "regions" for job in jobs for region in job.regions}
    for name, where in where_of.items():
        place = gazetteer.place(name)
        # Of a name that a town and its province have the province is meant.
        places = (
            [place] if place is not None else sorted(gazetteer.places_named(name), key=lambda p: p.precision != 3)
        )
        if places:
            found[name] = regions_of(places[0])
            continue
        near, _ = next(gazetteer.similar_places(name), (None, 0.0))
        hint = f"; did you mean {near.name} ({near.id})?" if near is not None else ""
        problems.append(f"{where}: found {name}, expected the id or name of a place, or a country's code{hint}")
    if problems:
        raise PlanError("\n".join(problems))
    return found


def _check_names(names: Iterable[str]) -> None:
    seen: set[str] = set()
    for name in names:
        if name.lower() in seen:
            raise PlanError(
                f"{name} is the name of two maps, expected one each: put {{date}} or another word into it"
            )
        seen.add(name.lower())
