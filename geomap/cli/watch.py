"""geomap watch: a folder that articles arrive in, and a map that keeps up with it."""

from __future__ import annotations

import argparse
import signal
import threading
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from geomap.cli.console import Commands, complain, counted, iso_date, load_gazetteer, put, say, summary
from geomap.cli.extractors import add_extractors_argument, chosen_extractors
from geomap.cli.map import default_out
from geomap.cli.page import add_page_arguments, page_options
from geomap.errors import PlanError

if TYPE_CHECKING:
    from geomap.watch import Redrawn


def add_to(commands: Commands, parents: list[argparse.ArgumentParser]) -> None:
    """Add the command."""
    about = "draw the map of a folder, and again whenever articles arrive, change or go, until it is stopped"
    parser = commands.add_parser("watch", help=about, description=about, parents=parents)
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="an articles.yml beside the articles is used")
    parser.add_argument("-o", "--out", type=Path, metavar="FILE", help="default: outputs/NAME.html")
    parser.add_argument("--articles", dest="listing", type=Path, metavar="YML", help="as for geomap map; it wins")
    parser.add_argument("--date", type=iso_date, metavar="D", help="publication date of articles that tell none")
    parser.add_argument(
        "--every", type=_seconds, default=1.0, metavar="S", help="look every S seconds (default: 1)"
    )
    about_quiet = "wait for S seconds without a change before drawing (default: 2)"
    parser.add_argument("--quiet", type=_seconds, default=2.0, metavar="S", help=about_quiet)
    add_page_arguments(parser)
    add_extractors_argument(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Draw until SIGINT or SIGTERM; print the map's path each time, and problems that are new."""
    from geomap.watch import Desk, watch

    if not args.folder.is_dir():
        raise PlanError(f"{args.folder}: not a folder; expected one that articles arrive in")
    stop = _stopped_by_signals()
    out = args.out or default_out([args.folder])
    extractors = chosen_extractors(args)
    options = {"listing": args.listing, "date": args.date, "extractors": extractors, **page_options(args)}
    desk = Desk(args.folder, out, load_gazetteer(args), **options)
    say(f"watching {args.folder}, stop with Ctrl-C")
    watch(desk, stop, every=args.every, quiet=args.quiet, told=_teller(out))
    say("stopped")
    return 0


def _teller(out: Path) -> Callable[[Redrawn], None]:
    """Return what tells of each drawing; a problem that was told before is not told again."""
    shown: set[str] = set()

    def tell(redrawn: Redrawn) -> None:
        nonlocal shown
        if redrawn.reading is None:
            complain(f"{redrawn.error}\n{'the map stays as it was' if out.exists() else 'no map yet: waiting'}")
            return
        put(f"{out}\n")
        say(f"{summary(redrawn.reading)}; {counted(redrawn.fresh, 'article')} read")
        problems = {" ".join(issue.message.split()): None for issue in redrawn.reading.problems}
        for problem in problems:
            if problem not in shown:
                complain(problem)
        shown = set(problems)

    return tell


def _stopped_by_signals() -> threading.Event:
    """Return an event that SIGINT and SIGTERM set; a second signal ends a drawing that takes too long."""
    stop = threading.Event()

    def end(number: int, frame: FrameType | None) -> None:
        if stop.is_set():
            raise KeyboardInterrupt
        stop.set()

    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, end)
    return stop


def _seconds(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 0.01 <= value <= 86_400:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of seconds from 0.01 to 86400: try 2")
    return value
