"""Batch: many maps of many articles, only what changed, on all cores, and a page that links them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from geomap.batch.job import Batch, Job, overruled
from geomap.batch.jobs import batch_of, jobs_in
from geomap.batch.plan import plan_schema
from geomap.batch.results import Report, Result, Step
from geomap.batch.runs import CACHE_MB, Options, readings_dir, run_jobs
from geomap.batch.work import Settings
from geomap.extractors import DEFAULT
from geomap.layerplan import LayerPlan
from geomap.online.settings import OnlineSettings

__all__ = [
    "CACHE_MB",
    "Batch",
    "Job",
    "LayerPlan",
    "Report",
    "Result",
    "Step",
    "batch_of",
    "jobs_in",
    "overruled",
    "plan_schema",
    "run",
    "run_batch",
]

DEFAULT_OUT = Path("outputs")


def run(
    plan: Path | Batch,
    out: Path | None = None,
    *,
    gazetteer_dir: Path | None = None,
    cache_dir: Path | None = None,
    workers: int = 1,
    online: OnlineSettings | None = None,
    extractors: Sequence[str] = DEFAULT,
    is_dry: bool = False,
    is_fail_fast: bool = False,
    cache_mb: float = CACHE_MB,
    layers: LayerPlan | None = None,
    each: Callable[[Step], None] = lambda step: None,
) -> Report:
    """Draw the maps of a plan, or of a folder of articles, that changed; return how it went.

    Maps go to ``out`` with an ``index.html`` that links them and a ``manifest.json`` that tells what was made of
    what. A map that fails is a result with an ``error``; it never stops the others. A run that was ended goes on
    where it was. With more than one worker, call it where ``__name__ == "__main__"``.

    Args:
        plan: a plan's file or a folder, or what ``batch_of`` made of it.
        out: folder of the maps; by default the plan's, or else ``outputs``.
        gazetteer_dir: curated data, None for geomap's own.
        cache_dir: what was read of the articles is kept there; by default geomap's cache folder.
        workers: processes; 1 works in this one.
        online: whom to ask for names that no gazetteer has; the processes share its cache and its pace.
        extractors: names of those that read the events, see ``geomap.extractors.chosen``.
        is_dry: read and write nothing, only tell what would be done.
        is_fail_fast: end with the first failure.
        cache_mb: what may be kept of articles that were read, in MB; those of this run are kept in any case.
        layers: what else lies on every map; it wins over what the plan says of the same kind of layer.
        each: called with each article read and each map drawn, for a progress bar.

    Raises:
        GazetteerError: the gazetteer cannot be loaded.
        PlanError: the plan or a layer is wrong, or an extractor is not installed, or broken.
        RenderError: the folder cannot be written, or another run is at work in it.
    """
    batch = batch_of(plan, out=out or DEFAULT_OUT) if isinstance(plan, Path) else plan
    batch = overruled(batch, layers=layers)
    settings = Settings(
        gazetteer_dir=gazetteer_dir, online=online, extractors=tuple(extractors), store=readings_dir(cache_dir)
    )
    options = Options(
        title=batch.title,
        workers=workers,
        is_dry=is_dry,
        is_fail_fast=is_fail_fast,
        cache_mb=cache_mb,
        each=each,
    )
    return run_jobs(batch.jobs, out or batch.out or DEFAULT_OUT, settings, options)


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
    """Draw the maps of the jobs that changed, as ``run`` does, and return their results in order.

    Args:
        jobs: what to draw, see ``jobs_in``.
        out: folder of the maps.
        gazetteer_dir: curated data, None for geomap's own.
        workers: processes; 1 works in this one.
        each: called with each result once it is there.
        online: whom to ask for names that no gazetteer has.
        extractors: names of those that read the events.
    """
    report = run(
        Batch("Maps", list(jobs)),
        out,
        gazetteer_dir=gazetteer_dir,
        workers=workers,
        online=online,
        extractors=extractors,
        each=lambda step: each(step.result) if step.result is not None else None,
    )
    return report.results
