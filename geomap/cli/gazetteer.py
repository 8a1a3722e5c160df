"""geomap gazetteer: check the curated data, write it in its canonical form, look a name up, import places."""

from __future__ import annotations

import argparse
from pathlib import Path

from geomap.cli import gazetteer_import
from geomap.cli.console import Commands, complain, counted, gazetteer_dir, load_gazetteer, say
from geomap.cli.locate import Candidate, put_places


def add_to(commands: Commands, parents: list[argparse.ArgumentParser]) -> None:
    """Add the command and its own commands."""
    about = "check, format or look up the curated places, import others"
    parser = commands.add_parser("gazetteer", help=about, description=about)
    own = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    _add_check(own, parents)
    _add_format(own, parents)
    _add_lookup(own, parents)
    gazetteer_import.add_to(own, parents)


def _add_check(commands: Commands, parents: list[argparse.ArgumentParser]) -> None:
    about = "tell every fault of the curated data: file, line, what was found, what was expected"
    parser = commands.add_parser("check", help=about, description=about, parents=parents)
    parser.add_argument("folder", nargs="?", type=Path, metavar="DIR", help="default: geomap's own")
    parser.set_defaults(run=check)


def _add_format(commands: Commands, parents: list[argparse.ArgumentParser]) -> None:
    about = "write the places in their canonical order and form"
    parser = commands.add_parser("format", help=about, description=about, parents=parents)
    parser.add_argument("folder", nargs="?", type=Path, metavar="DIR", help="default: geomap's own")
    parser.add_argument("--check", dest="is_check", action="store_true", help="change nothing, only tell")
    parser.set_defaults(run=format_files)


def _add_lookup(commands: Commands, parents: list[argparse.ArgumentParser]) -> None:
    about = "list the places of a name, and those of names like it"
    parser = commands.add_parser("lookup", help=about, description=about, parents=parents)
    parser.add_argument("name", metavar="NAME")
    parser.add_argument("--format", choices=("table", "jsonl"), default="table", help="default: table")
    parser.set_defaults(run=lookup)


def check(args: argparse.Namespace) -> int:
    """List the faults, one a line."""
    from geomap.gazetteer import check_gazetteer

    faults = check_gazetteer(args.folder or gazetteer_dir(args))
    for fault in faults:
        complain(fault)
    say(f"gazetteer: {counted(len(faults), 'fault')}")
    return 1 if faults else 0


def format_files(args: argparse.Namespace) -> int:
    """Write the files that are not in canonical form."""
    from geomap.gazetteer import format_gazetteer

    changed = format_gazetteer(args.folder or gazetteer_dir(args), write=not args.is_check)
    for path in changed:
        say(f"{'not in canonical form' if args.is_check else 'written'}: {path}")
    return 1 if changed and args.is_check else 0


def lookup(args: argparse.Namespace) -> int:
    """Print the places of the name, the likeliest first."""
    found = [Candidate(place, None, why) for place, why in load_gazetteer(args).lookup(args.name)]
    return put_places(args.name, found, args.format)
