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
    parser.add_argument(
        "--image", default="", metavar="URL", help="a picture of the map, for readers without scripts"
    )
    about = "without the script that lets the frame follow the map's height"
    parser.add_argument("--no-script", action="store_true", help=about)
    about = "also write the oEmbed answer to FILE; beside MAP.html it is called MAP.oembed.json"
    parser.add_argument("--oembed", type=Path, metavar="FILE", help=about)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print the snippet, and write the oEmbed answer where it is asked for."""
    from geomap.embed import embed_snippet, oembed, title_of
    from geomap.files import write_text

    title = args.title or title_of(_text(args.map)) or args.map.stem
    more = {"height": args.height, "image": args.image}
    snippet = embed_snippet(args.url, title=title, has_script=not args.no_script, **more)
    if args.oembed:
        write_text(args.oembed, oembed(args.url, title=title, **more))
    put(snippet)
    return 0


def _text(path: Path) -> str:
    from geomap.errors import ArticleError

    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "not UTF-8"
        raise ArticleError(f"{path}: cannot be read ({reason}): name a map written by geomap map") from error
