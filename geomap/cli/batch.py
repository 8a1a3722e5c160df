"""geomap batch: many maps from one folder."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from geomap.cli.cluster import add_cluster_arguments, run_on_cluster
from geomap.cli.console import Commands, complain, counted, gazetteer_dir, progress, put, say
from geomap.cli.extractors import add_extractors_argument
from geomap.cli.online import add_online_arguments, online_settings_of

if TYPE_CHECKING:
    from geomap.batch import Result


def add_to(commands: Commands, parents: list[argparse.ArgumentParser]) -> None:
    """Add the command."""
    about = "draw one map for each subfolder or article of a folder, and a page that links them"
    parser = commands.add_parser("batch", help=about, description=about, parents=parents)
    parser.add_argument("folder", metavar="FOLDER", help="an articles.yml beside the articles is used")
    parser.add_argument("-o", "--out", default="outputs", metavar="DIR", help="default: outputs")
    parser.add_argument("--workers", type=_workers, default=1, metavar="N", help="processes (default: 1)")
    add_cluster_arguments(parser)
    add_online_arguments(parser)
    add_extractors_argument(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Draw the maps, print their paths, and list what failed."""
    if args.scheduler is not None:
        return run_on_cluster(args, args.folder, args.out)
    from geomap.batch import jobs_in, run_batch
    from geomap.extractors import DEFAULT

    online, out = online_settings_of(args), Path(args.out)
    jobs = jobs_in(Path(args.folder), out=out)
    with progress("Drawing maps", total=len(jobs)) as step:
        results = run_batch(
            jobs,
            out,
            gazetteer_dir=gazetteer_dir(args),
            workers=args.workers,
            each=lambda result: step(),
            online=online,
            extractors=args.extractors or DEFAULT,
        )
    for result in results:
        if not result.error:
            put(f"{out / result.file_name}\n")
    put(f"{out / 'index.html'}\n")
    return _report(results)


def _report(results: list[Result]) -> int:
    """Write the summary and what went wrong, each on a line; return the exit code."""
    failures = [result for result in results if result.error]
    problems = [problem for result in results for problem in result.problems]
    for result in failures:
        complain(f"{result.name}: {result.error}")
    for problem in problems:
        complain(problem)
    drawn = len(results) - len(failures)
    say(f"{counted(drawn, 'map')} drawn, {len(failures)} failed, {counted(len(problems), 'problem')}")
    return 1 if failures or problems else 0


def _workers(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of processes: try 2")
    return int(text)
