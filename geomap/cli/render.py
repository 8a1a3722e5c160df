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
    about_out = "a page or a picture: .html, .svg or .png (default: outputs/NAME.html)"
    parser.add_argument("-o", "--out", type=Path, metavar="FILE", help=about_out)
    add_page_arguments(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Write the map and print where it is."""
    from geomap.drawing import check_ending, write_map
    from geomap.export import read_events

    out = args.out or Path("outputs") / f"{args.events.stem}.html"
    check_ending(out)
    options = page_options(args)
    gazetteer = load_gazetteer(args)
    timeline, articles = read_events(args.events, gazetteer.place)
    write_map(out, timeline, articles, (), gazetteer, **options)
    put(f"{out}\n")
    return 0
