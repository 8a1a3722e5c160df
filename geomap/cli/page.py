"""What map and render are told about the page."""

from __future__ import annotations

import argparse

# The same as geomap.render.words.LANGS (a test sees to it), which would load half of geomap for a help text.
LANGS = ("en", "ar", "tr", "fr", "ru", "uk")


def add_page_arguments(parser: argparse.ArgumentParser) -> None:
    """Add title, language and address of the page."""
    parser.add_argument("--title", default="", help="of the map")
    about = f"of the page's own words: {', '.join(LANGS)}; default: en"
    parser.add_argument("--lang", choices=LANGS, default="en", metavar="LANG", help=about)
    parser.add_argument("--url", default="", help="where the page will be published, for the cards of links to it")


def page_options(args: argparse.Namespace) -> dict[str, str]:
    """Return what was said, by the names that ``geomap.pipeline`` has for it."""
    return {"title": args.title, "lang": args.lang, "url": args.url}
