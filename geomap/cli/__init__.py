"""Command line: parse, call one library function, report, set the exit code.

Exit codes: 0 done, 1 done with problems listed, 2 wrong usage. Results go to stdout, words to stderr.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence

from geomap import __version__
from geomap.cli import batch, embed, extract, gazetteer, locate, map, render, watch
from geomap.cli.console import complain
from geomap.errors import GeomapError, PlanError

PROBLEMS, WRONG_USAGE, INTERRUPTED = 1, 2, 130

_COMMANDS = (map, extract, render, locate, batch, watch, embed, gazetteer)

_EPILOG = """examples:
  geomap map articles/*.txt --articles articles.yml -o outputs/idlib.html
  geomap extract articles/*.txt --format csv > events.csv
  geomap extract - < articles.jsonl | jq '.events[]'
  geomap locate Saraqeb

exit codes: 0 done, 1 done with problems listed, 2 wrong usage"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; no error ever shows a traceback unless ``--debug`` asks for it."""
    args = parser().parse_args(argv)
    _log_decisions(args.verbose)
    if args.debug:
        return int(args.run(args))
    return _guarded(args.run, args)


def parser() -> argparse.ArgumentParser:
    """Return the parser of all commands."""
    top = argparse.ArgumentParser(
        prog="geomap",
        description="Read dated news articles; draw a standalone map of a conflict, every mark with its evidence.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    top.add_argument("--version", action="version", version=f"geomap {__version__}")
    commands = top.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for command in _COMMANDS:
        command.add_to(commands, [_common()])
    return top


def _common() -> argparse.ArgumentParser:
    """Return the options that every command has."""
    common = argparse.ArgumentParser(add_help=False)
    group = common.add_argument_group("for all commands")
    group.add_argument(
        "--gazetteer", metavar="DIR", help="curated data (default: $GEOMAP_GAZETTEER or geomap's own)"
    )
    group.add_argument("-v", "--verbose", action="store_true", help="say on stderr how each stage decided")
    group.add_argument("--debug", action="store_true", help="show the traceback of an error")
    return common


def _log_decisions(is_verbose: bool) -> None:
    if is_verbose:
        import logging

        logging.basicConfig(stream=sys.stderr, format="%(name)s: %(message)s")
        logging.getLogger("geomap").setLevel(logging.INFO)


def _guarded(run: Callable[[argparse.Namespace], int], args: argparse.Namespace) -> int:
    """Return the exit code of a command; an error becomes one line on stderr for each thing that is wrong."""
    try:
        code = run(args)
        sys.stdout.flush()
        return code
    except BrokenPipeError:
        # The reader had enough ("| head"): no complaint, and none from Python's own flush at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        complain("stopped")
        return INTERRUPTED
    except GeomapError as error:
        complain(str(error))
        return WRONG_USAGE if isinstance(error, PlanError) else PROBLEMS
    except Exception as error:
        what = " ".join(f"{type(error).__name__}: {error}".split())
        complain(f"{what}: this is a bug in geomap, run with --debug and report what it shows")
        return PROBLEMS
