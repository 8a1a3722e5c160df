"""geomap batch: many maps from one plan or folder, or a corpus read on a cluster."""

from __future__ import annotations

import argparse
import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from geomap.cli.batch_log import LOGS, log_of
from geomap.cli.cluster import add_cluster_arguments, run_on_cluster
from geomap.cli.console import Commands, gazetteer_dir, put
from geomap.cli.extractors import add_extractors_argument
from geomap.cli.online import add_online_arguments, online_settings_of
from geomap.cli.page import add_page_arguments, layer_plan
from geomap.errors import PlanError
from geomap.layerplan import LayerPlan

if TYPE_CHECKING:
    from types import FrameType

    from geomap.batch import Report

# The same as geomap.batch.DEFAULT_OUT, which would load half of geomap for a help text.
_OUT = "outputs"
# What a worker may take at most.
_WORKER_BYTES = 700 * 2**20


def add_to(commands: Commands, parents: list[argparse.ArgumentParser]) -> None:
    """Add the command."""
    about = "draw what changed of many maps, and a page that links them; or read a corpus on a cluster"
    parser = commands.add_parser("batch", help=about, description=about, parents=parents)
    what = "a plan of maps; or a folder: a map for each subfolder and article (an articles.yml beside them is used)"
    parser.add_argument("source", nargs="?", metavar="PLAN.yml|FOLDER", help=what)
    parser.add_argument("-o", "--out", metavar="DIR", help=f"default: what the plan says, or {_OUT}")
    parser.add_argument(
        "--workers", type=_workers, metavar="N", help="processes (default: as many as there are cores)"
    )
    parser.add_argument("--dry-run", action="store_true", help="only say what would be read and drawn, and why")
    failing = parser.add_mutually_exclusive_group()
    failing.add_argument("--keep-going", action="store_true", help="draw the others when a map fails (the default)")
    failing.add_argument("--fail-fast", action="store_true", help="stop at the first failure")
    parser.add_argument(
        "--log", choices=LOGS, help="how progress is told (default: a bar on a terminal, else text)"
    )
    about_cache = "keep so much of articles that were read; the least recently used go first (default: 1000)"
    parser.add_argument("--cache-mb", type=_cache_mb, metavar="MB", help=about_cache)
    parser.add_argument("--schema", action="store_true", help="print the JSON schema of a plan")
    add_page_arguments(parser, of_many=True)
    add_online_arguments(parser)
    add_extractors_argument(parser)
    add_cluster_arguments(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Draw the maps, print their paths, and list what failed."""
    from geomap.batch import plan_schema

    if args.schema:
        put(plan_schema())
        return 0
    if not args.source:
        raise PlanError("batch: found nothing to draw, expected a file PLAN.yml or a folder with articles")
    signal.signal(signal.SIGTERM, _stop)
    if args.scheduler:
        if layer_plan(args) != LayerPlan():
            raise PlanError("--areas, --overlay, --tiles and --pmtiles do not go with --scheduler: it draws no map")
        args.workers = args.workers or 1
        return run_on_cluster(args, args.source, args.out or _OUT)
    return _draw(args)


def _draw(args: argparse.Namespace) -> int:
    from geomap.batch import CACHE_MB, batch_of, overruled
    from geomap.batch import run as run_batch
    from geomap.extractors import DEFAULT

    online = online_settings_of(args)
    batch = batch_of(Path(args.source), out=Path(args.out or _OUT))
    batch = overruled(batch, title=args.title, lang=args.lang, url=args.url, layers=layer_plan(args))
    out = Path(args.out) if args.out else batch.out or Path(_OUT)
    with log_of(args.log, is_dry=args.dry_run) as log:
        report = run_batch(
            batch,
            out,
            gazetteer_dir=gazetteer_dir(args),
            workers=args.workers or _default_workers(),
            online=online,
            extractors=args.extractors or DEFAULT,
            is_dry=args.dry_run,
            is_fail_fast=args.fail_fast,
            cache_mb=CACHE_MB if args.cache_mb is None else args.cache_mb,
            each=log.step,
        )
        log.end(report)
    if not args.dry_run:
        _print_paths(report, out)
    is_wrong = any(result.error or result.problems for result in report.results)
    return 1 if is_wrong or report.problems else 0


def _print_paths(report: Report, out: Path) -> None:
    for result in report.results:
        for file in result.files if result.is_there else ():
            put(f"{out / file.path}\n")
    if not report.is_stopped:
        put(f"{out / 'index.html'}\n")


def _stop(number: int, frame: FrameType | None) -> None:
    """End in order, as Ctrl-C does: worker processes end, and no half file is left."""
    raise KeyboardInterrupt


def _default_workers() -> int:
    """Return as many processes as there are cores, and memory for them."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(cores, _available_bytes() // _WORKER_BYTES))


def _available_bytes() -> int:
    """Return how much memory programs can still have; where that is not told, as much as anybody needs."""
    try:
        lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
    except OSError:
        return sys.maxsize
    return next((1024 * int(line.split()[1]) for line in lines if line.startswith("MemAvailable:")), sys.maxsize)


def _workers(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of processes: try 2")
    return int(text)


def _cache_mb(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value < 1e9:
        raise argparse.ArgumentTypeError(f"{text!r} is not a size in megabytes: try 1000")
    return value
