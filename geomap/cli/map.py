"""geomap map: articles in, one standalone HTML map out, or a picture."""

from __future__ import annotations

import argparse
from pathlib import Path

from geomap.cli.console import (
    Commands,
    add_article_arguments,
    list_issues,
    load_gazetteer,
    progress,
    put,
    say,
    summary,
)
from geomap.cli.extractors import add_extractors_argument, chosen_extractors
from geomap.cli.online import add_online_arguments, opened_online
from geomap.cli.page import add_page_arguments, page_options


def add_to(commands: Commands, parents: list[argparse.ArgumentParser]) -> None:
    """Add the command."""
    about = "draw the map of some articles: one standalone HTML file"
    parser = commands.add_parser("map", help=about, description=about, parents=parents)
    add_article_arguments(parser, "text, Markdown or HTML files, or folders of them")
    about_out = "a page or a picture: .html, .svg or .png (default: outputs/NAME.html)"
    parser.add_argument("-o", "--out", type=Path, metavar="FILE", help=about_out)
    add_page_arguments(parser)
    add_online_arguments(parser)
    add_extractors_argument(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Write the map, print where it is, and list the problems."""
    from geomap.pipeline import map_articles

    paths = [Path(article) for article in args.articles]
    out = args.out or default_out(paths)
    extractors = chosen_extractors(args)
    options = page_options(args)
    gazetteer = load_gazetteer(args)
    with opened_online(args) as online, progress("Reading articles") as step:
        reading = map_articles(
            paths,
            out,
            gazetteer,
            listing=args.listing,
            date=args.date,
            **options,
            each=lambda article: step(),
            online=online,
            extractors=extractors,
        )
    put(f"{out}\n")
    say(summary(reading))
    return 1 if list_issues(reading.problems) else 0


def default_out(paths: list[Path]) -> Path:
    """Return ``outputs/NAME.html``, named after the first article or folder."""
    first = paths[0].resolve()
    name = first.name if first.is_dir() else first.stem
    return Path("outputs") / f"{name or 'map'}.html"
