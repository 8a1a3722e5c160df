"""Runs: read what was not read, draw what changed, and write the page and the list of all maps.

jobs --known--> ArticleFile --read--> Summary --select--> Drawing --draw--> Result --write--> index.html ...
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from geomap.batch.articles import ArticleFile
from geomap.batch.context import Context, context_of
from geomap.batch.index import index_page
from geomap.batch.job import Job
from geomap.batch.known import Known, known_articles
from geomap.batch.layers import LayerInputs, layer_inputs
from geomap.batch.manifest import manifest_text, timings_text
from geomap.batch.pool import Outcome, Workers, workers_of
from geomap.batch.reads import Summary
from geomap.batch.regions import regions_asked
from geomap.batch.results import Report, Result, Step, failed
from geomap.batch.select import Regions, drawings_of, left_out
from geomap.batch.state import Change, Made, State, made_from, only_run_in
from geomap.batch.store import Store, prune
from geomap.batch.work import Drawing, Settings, draw_task, read_task, start_worker
from geomap.errors import PlanError
from geomap.extractors import chosen
from geomap.files import write_text
from geomap.gazetteer import load_gazetteer
from geomap.gazetteer.load import default_cache_dir
from geomap.steps import GROUP, groups

# What is kept of articles that were read, in MB: those of some hundred thousand.
CACHE_MB = 1000
# Each worker gets the articles in so many shares at the least, so that none works long when the others are done.
_SHARES = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How a run is done.

    Attributes:
        title: of the page that links the maps.
        workers: processes; 1 works in this one.
        is_dry: only tell what would be done.
        is_fail_fast: end with the first failure.
        cache_mb: what may be kept of articles that were read; those of this run are kept in any case.
        each: called with each thing done.
    """

    title: str = "Maps"
    workers: int = 1
    is_dry: bool = False
    is_fail_fast: bool = False
    cache_mb: float = CACHE_MB
    each: Callable[[Step], None] = lambda step: None


class Stopped(Exception):  # noqa: N818 - no error, but the end that was asked for
    """The first failure, of a run that ends with it; its arguments are the results."""


def run_jobs(jobs: Sequence[Job], out: Path, settings: Settings, options: Options) -> Report:
    """Draw what changed of the maps into ``out``, with ``index.html`` and ``manifest.json``; return how it went.

    Args:
        jobs: what to draw.
        out: the folder of maps.
        settings: what each worker is started with.
        options: how it is done.

    Raises:
        GazetteerError: the gazetteer cannot be loaded.
        PlanError: an extractor is not installed, a region not known, or a list of articles or a layer wrong.
        RenderError: the folder cannot be written, or another run is at work in it.
    """
    began = time.perf_counter()
    chosen(settings.extractors)  # a wrong name is told here, and not by a process that ends
    gazetteer = load_gazetteer(settings.gazetteer_dir)
    context = context_of(gazetteer, settings.extractors, settings.online)
    readings, settings = settings.store, replace(settings, store=settings.store / context.reading[:16])
    store = Store(settings.store)
    known = known_articles(jobs, store, context)
    regions, layers = regions_asked(jobs, gazetteer), layer_inputs(job.shown for job in jobs)
    run = _Run(jobs, out, settings, options, context, known, regions, layers)
    report = run.rehearsed() if options.is_dry else run.done()
    if report.read and not options.is_dry:
        used = {str(store.path_of(file.key)) for file in known.files()}
        prune(readings, int(options.cache_mb * 1e6), used)
    return replace(report, seconds=time.perf_counter() - began)


def readings_dir(cache_dir: Path | None = None) -> Path:
    """Return the folder where what was read is kept, in geomap's cache."""
    return (cache_dir or default_cache_dir()) / "readings"


@dataclass(frozen=True, slots=True)
class _Run:
    """One run; what its steps share."""

    jobs: Sequence[Job]
    out: Path
    settings: Settings
    options: Options
    context: Context
    known: Known
    regions: Regions
    layers: LayerInputs

    def done(self) -> Report:
        """Read, draw and write; see ``run_jobs``."""
        report = self._beginning()
        began = time.perf_counter()
        with (
            only_run_in(self.out, self.jobs),
            workers_of(self._most_workers(), start_worker, [self.settings]) as workers,
        ):
            try:
                self._read(workers)
                report = replace(report, read_seconds=time.perf_counter() - began)
                drawings = drawings_of(self.jobs, self.known, self.regions, self.out)
                _check_names(drawing.job.name for drawing in drawings)
                report = replace(report, problems=tuple(left_out(self.jobs, self.known, drawings)))
                results = self._draw(workers, drawings)
            except Stopped as stopped:
                return replace(report, results=list(stopped.args), is_stopped=True)
            report = replace(report, results=results, seconds=time.perf_counter() - began)
            self._write(report)
        return report

    def _beginning(self) -> Report:
        return Report(results=[], read=len(self.known.unread), known=len(self.known.summaries))

    def _most_workers(self) -> int:
        """Return how many processes may find work; how many maps a series has is not known before it is read."""
        if any(job.every for job in self.jobs):
            return self.options.workers
        return min(self.options.workers, max(len(self.known.unread), len(self.jobs)))

    def rehearsed(self) -> Report:
        """Return what would be done."""
        unsure = [job for job in self.jobs if job.is_choosy and self.known.unread_of(job)]
        sure = [job for job in self.jobs if job not in unsure]
        drawings = drawings_of(sure, self.known, self.regions, self.out)
        _check_names(drawing.job.name for drawing in drawings)
        results = [self._planned(drawing) for drawing in drawings]
        for job in unsure:
            why = f"{self.known.unread_of(job)} of its articles have to be read first"
            results.append(Result(name=job.name, title="", status="unknown", why=why))
        problems = left_out(sure, self.known, drawings)
        return replace(self._beginning(), results=results, problems=tuple(problems))

    def _planned(self, drawing: Drawing) -> Result:
        why = State(self.out).change(drawing.job.name, self._made(drawing)).why
        return Result(name=drawing.job.name, title="", status="planned" if why else "unchanged", why=why)

    def _read(self, workers: Workers) -> None:
        """Read the articles that were not read; one whose process died twice is a problem of its maps."""
        unread = list(self.known.unread.values())
        if self.options.is_fail_fast:
            self._stop_at_known_failure()
        for done, (file, summary) in enumerate(self._summaries(workers, unread), 1):
            self.known.summaries[file.key] = summary
            problem = summary.problem
            self.options.each(Step(phase="read", done=done, total=len(unread), name=str(file.path), error=problem))
            if problem and self.options.is_fail_fast:
                raise Stopped(failed(file.id, problem))

    def _summaries(self, workers: Workers, files: Sequence[ArticleFile]) -> Iterator[tuple[ArticleFile, Summary]]:
        """Yield the summary of each article; where processes died of a few, each of them is read alone."""
        size = max(1, min(GROUP, len(files) // (_SHARES * self.options.workers)))
        suspects: list[list[ArticleFile]] = []
        for outcome in workers.each(read_task, groups(files, size)):
            if outcome.value is None and len(outcome.task) > 1:
                suspects += [[file] for file in outcome.task]
            else:
                yield from _summaries_of(outcome)
        for outcome in workers.each(read_task, suspects):
            yield from _summaries_of(outcome)

    def _stop_at_known_failure(self) -> None:
        """End the run where an article that an earlier one came to cannot be read."""
        for file in self.known.files():
            summary = self.known.summaries.get(file.key)
            if summary is not None and summary.problem:
                raise Stopped(failed(file.id, summary.problem))

    def _draw(self, workers: Workers, drawings: Sequence[Drawing]) -> list[Result]:
        """Return the results in order of the drawings."""
        results: dict[str, Result] = {}
        for result in self._drawn(workers, drawings):
            results[result.name] = result
            step = Step(phase="draw", done=len(results), total=len(drawings), name=result.name)
            self.options.each(replace(step, result=result, error=result.error))
            if result.error and self.options.is_fail_fast:
                raise Stopped(*results.values())
        return [results[drawing.job.name] for drawing in drawings]

    def _drawn(self, workers: Workers, drawings: Sequence[Drawing]) -> Iterator[Result]:
        """Yield the results as they come: first of the maps that are as they would be drawn."""
        state = State(self.out)
        found: dict[str, tuple[Made, Change]] = {}
        todo = []
        for drawing in drawings:
            name, shown, made = drawing.job.name, drawing.job.shown, self._made(drawing)
            change = state.change(name, made)
            if change.result is not None and not change.why:
                yield replace(change.result, status="unchanged", layers=shown)
                continue
            found[name] = made, change
            todo.append(replace(drawing, layer_files=self.layers.files_of(shown), kept=change.kept))
        for outcome in workers.each(draw_task, todo):
            job = outcome.task.job
            result = outcome.value or failed(job.name, outcome.error)
            made, change = found[job.name]
            if result.status == "drawn":
                state.keep(made, result)
            yield replace(result, why=change.why, layers=job.shown)

    def _made(self, drawing: Drawing) -> Made:
        layers = self.layers.digests[drawing.job.shown]
        return made_from(drawing.job, drawing.files, drawing.problems, layers, self.context)

    def _write(self, report: Report) -> None:
        title = self.options.title
        articles = [(file, self.known.summaries[file.key]) for file in self.known.files()]
        write_text(self.out / "index.html", index_page(report, title=title))
        write_text(self.out / "manifest.json", manifest_text(title, report, articles, self.layers, self.context))
        write_text(self.out / "timings.json", timings_text(report))


def _summaries_of(outcome: Outcome[list[ArticleFile], list[Summary]]) -> Iterator[tuple[ArticleFile, Summary]]:
    """Yield the articles of a task with their summaries; of one without a value that it is left out."""
    for file in outcome.task if outcome.value is None else ():
        yield file, Summary(key=file.key, problem=f"{file.path}: {outcome.error}: left out")
    yield from zip(outcome.task, outcome.value or (), strict=False)


def _check_names(names: Iterable[str]) -> None:
    seen: set[str] = set()
    for name in names:
        if name.lower() in seen:
            raise PlanError(
                f"{name} is the name of two maps, expected one each: put {{date}} or another word into it"
            )
        seen.add(name.lower())
