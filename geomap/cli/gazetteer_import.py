"""geomap gazetteer import: take over the places of a GeoNames dump."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from geomap.cli.console import Commands, say

if TYPE_CHECKING:
    from geomap.gazetteer.imported import Progress

_ABOUT = "take over the places of a GeoNames dump (a country's file such as SY.zip, or allCountries.zip)"
_MORE = """What is taken over is kept in the cache folder ($GEOMAP_CACHE or the user's own), where every later run
finds it. An import that is stopped goes on where it was when it is started again."""


def add_to(commands: Commands, parents: list[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = commands.add_parser("import", help=_ABOUT, description=f"{_ABOUT}. {_MORE}", parents=parents)
    parser.add_argument("file", type=Path, metavar="FILE", help="19 columns separated by tabs; .txt or .zip")
    parser.add_argument("--country", type=country_code, metavar="CC", help="only this country: SY")
    parser.set_defaults(run=run)


def country_code(text: str) -> str:
    """Return the code in capitals, or explain to argparse what one looks like."""
    if len(text) != 2 or not text.isalpha():
        raise argparse.ArgumentTypeError(f"{text!r} is not a country code: two letters, such as SY")
    return text.upper()


def run(args: argparse.Namespace) -> int:
    """Import the file and say how much it was and how fast it went."""
    from geomap.gazetteer import import_dump

    progress = import_dump(args.file, args.country or "", _tell)
    if sys.stderr.isatty():
        say("")
    say(summary(progress))
    return 1 if progress.faults else 0


def _tell(progress: Progress) -> None:
    if progress.lines and not progress.new_lines:
        say(f"{progress.label}: {progress.lines:,} lines were read before, going on there")
    elif sys.stderr.isatty():
        print(f"\r{progress.label}: {progress.lines:,} lines", end="", file=sys.stderr, flush=True)


def summary(progress: Progress) -> str:
    """Return one line on what was read: lines, places, rows a second, lines left out."""
    if progress.lines and not progress.new_lines:
        return f"{progress.label}: was imported before: {progress.lines:,} lines, {progress.places:,} places"
    rate = progress.new_lines / max(progress.seconds, 0.001)
    faults = (
        f"; {progress.faults:,} lines are not of the published form and were left out" if progress.faults else ""
    )
    return (
        f"{progress.label}: {progress.lines:,} lines read, {progress.places:,} places taken over,"
        f" {rate:,.0f} rows/s{faults}"
    )
