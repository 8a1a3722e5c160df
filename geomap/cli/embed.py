"""geomap embed: the lines that put a published map into an article."""

from __future__ import annotations

import argparse
from pathlib import Path

from geomap.cli.console import Commands, put


def add_to(commands: Commands, parents: list[argparse.ArgumentParser]) -> None:
    """Add the command."""
    about = "print the HTML that puts a published map into an article"
    parser = commands.add_parser("embed", help=about, description=about, parents=parents)
    parser.add_argument("map", type=Path, metavar="MAP.html", help="the map, for its title")
    parser.add_argument("--url", required=True, help="where it is published: http(s)://...")
    parser.add_argument("--title", help="default: the map's own")
    parser.add_argument("--height", type=int, default=600, metavar="PIXELS", help="default: 600")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print the snippet."""
    from geomap.embed import embed_snippet, title_of

    own = title_of(_text(args.map))
    put(embed_snippet(args.url, title=args.title or own or args.map.stem, height=args.height))
    return 0


def _text(path: Path) -> str:
    from geomap.errors import ArticleError

    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "not UTF-8"
        raise ArticleError(f"{path}: cannot be read ({reason}): name a map written by geomap map") from error
