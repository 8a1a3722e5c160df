"""Console: what the commands share: words on stderr, results on stdout, arguments of articles."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from geomap.gazetteer import Gazetteer
    from geomap.model import Issue
    from geomap.reading import Reading

Commands = Any  # argparse's own type for "what add_parser is called on" has no public name


def complain(text: str) -> None:
    """Write to stderr, a line for each line of ``text``, naming the program."""
    for line in text.splitlines() or [""]:
        print(f"geomap: {line}", file=sys.stderr)


def say(text: str) -> None:
    """Write words for the person at the terminal to stderr."""
    print(text, file=sys.stderr)


def put(text: str) -> None:
    """Write a result to stdout at once, UTF-8 whatever the terminal says."""
    stream = sys.stdout.buffer
    stream.write(text.encode("utf-8", errors="replace"))
    stream.flush()


def put_json(value: Any) -> None:
    """Write one line of JSON to stdout at once."""
    put(json.dumps(value, ensure_ascii=False) + "\n")


def list_issues(issues: Iterable[Issue]) -> int:
    """Write each problem as one line to stderr and return how many there were."""
    lines = list(dict.fromkeys(" ".join(issue.message.split()) for issue in issues))
    for line in lines:
        complain(line)
    return len(lines)


def summary(reading: Reading) -> str:
    """Return one line on what was read: articles, claims by family, and the dates they span."""
    from geomap.reading import date_range

    claims = reading.timeline.claims
    families = dict.fromkeys(("control", "post", "displacement"), 0)
    for claim in claims:
        families[claim.event.family] = families.get(claim.event.family, 0) + 1
    told = ", ".join(f"{count} {name}" for name, count in families.items())
    first, last = date_range(reading.timeline)
    dates = f"; {first} to {last}" if first else ""
    return f"{counted(len(reading.articles), 'article')}, {counted(len(claims), 'claim')} ({told}){dates}"


def counted(number: int, noun: str) -> str:
    """Return a number with its noun.

    >>> counted(1, "claim"), counted(2, "claim")
    ('1 claim', '2 claims')
    """
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def iso_date(text: str) -> dt.date:
    """Return the date, or explain to argparse what a date looks like."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date: write it as 2020-02-08") from None


def add_article_arguments(parser: argparse.ArgumentParser, what: str) -> None:
    """Add ARTICLE..., --articles and --date."""
    parser.add_argument("articles", nargs="+", metavar="ARTICLE", help=what)
    parser.add_argument(
        "--articles",
        dest="listing",
        type=Path,
        metavar="YML",
        help="list of {path, date, source, title?, url?}; it wins",
    )
    parser.add_argument("--date", type=iso_date, metavar="D", help="publication date of articles that tell none")


def load_gazetteer(args: argparse.Namespace) -> Gazetteer:
    """Return the gazetteer of ``--gazetteer``, of the environment, or geomap's own."""
    from geomap.gazetteer import keep_loaded
    from geomap.gazetteer import load_gazetteer as load

    gazetteer = load(gazetteer_dir(args))
    keep_loaded()
    return gazetteer


def gazetteer_dir(args: argparse.Namespace) -> Path | None:
    """Return the folder of curated data that was asked for, None for geomap's own."""
    chosen = args.gazetteer or os.environ.get("GEOMAP_GAZETTEER")
    return Path(chosen) if chosen else None


@contextmanager
def progress(what: str, total: int | None = None) -> Iterator[Callable[[], None]]:
    """Yield a function that moves a progress bar by one; the bar is there only on a terminal."""
    if not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
    )
    with Progress(*columns, TimeElapsedColumn(), console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=total, rate="")

        def advance() -> None:
            bar.advance(task)
            speed = bar.tasks[0].finished_speed or bar.tasks[0].speed
            bar.update(task, rate=f"{speed:.1f}/s" if speed else "")

        yield advance
