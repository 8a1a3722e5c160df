"""Batch: one map for each subfolder or article of a folder, and a page that links them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

from geomap.batch.index import index_page
from geomap.batch.plan import Job, jobs_in
from geomap.batch.work import Result, draw, failed, start_worker
from geomap.extractors import DEFAULT, chosen
from geomap.files import write_text
from geomap.online.settings import OnlineSettings

# What each process is started with: the folder of curated data, whom to ask online, and who reads the events.
WorkerArguments = tuple[Path | None, OnlineSettings | None, Sequence[str]]

__all__ = ["Job", "Result", "jobs_in", "run_batch"]


def run_batch(
    jobs: Sequence[Job],
    out: Path,
    *,
    gazetteer_dir: Path | None = None,
    workers: int = 1,
    each: Callable[[Result], None] = lambda result: None,
    online: OnlineSettings | None = None,
    extractors: Sequence[str] = DEFAULT,
) -> list[Result]:
    """Draw the map of every job into the folder ``out``, with an ``index.html``; return the results in their order.

    A job that fails is a result with an ``error``; it never stops the others.

    Args:
        jobs: what to draw, see ``jobs_in``.
        out: folder of the maps.
        gazetteer_dir: curated data, None for geomap's own.
        workers: processes; 1 works in this one.
        each: called with each result once it is there, for a progress bar.
        online: whom to ask for names that no gazetteer has; the processes share its cache and its pace.
        extractors: names of those that read the events, see ``geomap.extractors.chosen``.

    Raises:
        GazetteerError: the gazetteer cannot be loaded.
        PlanError: an extractor is not installed, or broken.
        RenderError: the index cannot be written.
    """
    chosen(extractors)  # a wrong name is told here, and not by a process that ends
    results: dict[str, Result] = {}
    for result in _results(jobs, out, workers, (gazetteer_dir, online, extractors)):
        results[result.name] = result
        each(result)
    ordered = [results[job.name] for job in jobs]
    write_text(out / "index.html", index_page(ordered))
    return ordered


def _results(jobs: Sequence[Job], out: Path, workers: int, worker: WorkerArguments) -> Iterator[Result]:
    """Yield the results as they come."""
    if workers <= 1 or len(jobs) <= 1:
        start_worker(*worker)
        for job in jobs:
            yield draw(job, out)
        return
    with ProcessPoolExecutor(min(workers, len(jobs)), initializer=start_worker, initargs=worker) as pool:
        job_of = {pool.submit(draw, job, out): job for job in jobs}
        for future in as_completed(job_of):
            yield _outcome(future, job_of[future])


def _outcome(future: Future[Result], job: Job) -> Result:
    try:
        return future.result()
    except BrokenProcessPool:
        return failed(job, "a worker process ended before it was done: try again with --workers 1")
