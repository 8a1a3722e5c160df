"""geomap render: the map of events that were extracted before, and perhaps edited since."""

from __future__ import annotations

import argparse
from pathlib import Path

from geomap.cli.console import Commands, load_gazetteer, put
from geomap.cli.page import add_page_arguments, page_options


def add_to(commands: Commands, parents: list[argparse.ArgumentParser]) -> None:
    """Add the command."""
    about = "draw the map of a GeoJSON that geomap extract wrote, and you perhaps edited"
    parser = commands.add_parser("render", help=about, description=about, parents=parents)
    parser.add_argument("events", type=Path, metavar="EVENTS.geojson")
    parser.add_argument("-o", "--out", type=Path, metavar="FILE", help="default: outputs/NAME.html")
    add_page_arguments(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Write the map and print where it is."""
    from geomap.export import read_events
    from geomap.files import write_text
    from geomap.pipeline import page_of

    gazetteer = load_gazetteer(args)
    timeline, articles = read_events(args.events, gazetteer.place)
    out = args.out or Path("outputs") / f"{args.events.stem}.html"
    write_text(out, page_of(timeline, articles, (), gazetteer, **page_options(args)))
    put(f"{out}\n")
    return 0
