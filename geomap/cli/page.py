"""What map, render and watch are told about the page, or the picture."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from geomap.render.layers import Layers

# The same as geomap.render.words.LANGS (a test sees to it), which would load half of geomap for a help text.
LANGS = ("en", "ar", "tr", "fr", "ru", "uk")


def add_page_arguments(parser: argparse.ArgumentParser) -> None:
    """Add title, language and address of the page."""
    parser.add_argument("--title", default="", help="of the map")
    about = f"of the page's own words: {', '.join(LANGS)}; default: en"
    parser.add_argument("--lang", choices=LANGS, default="en", metavar="LANG", help=about)
    parser.add_argument("--url", default="", help="where the page will be published, for the cards of links to it")

    _add_layer_arguments(parser)


def _add_layer_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what else may lie on the map."""
    group = parser.add_argument_group("what else lies on the map (by default nothing, and no network is asked)")
    group.add_argument("--areas", action="store_true", help="estimated areas of control, labelled as an estimate")
    about = "shapes of your own; may be repeated; its member attribution is named on the map"
    group.add_argument("--overlay", action="append", type=Path, default=[], metavar="FILE.geojson", help=about)
    background = group.add_mutually_exclusive_group()
    background.add_argument(
        "--tiles", metavar="NAME", help="a background from the network: OpenStreetMap.Mapnik ..."
    )
    background.add_argument(
        "--pmtiles", type=Path, metavar="FILE", help="a background from a file of tiles, put into the page"
    )


def page_options(args: argparse.Namespace) -> dict[str, Any]:
    """Return what was said, by the names that ``geomap.pipeline`` has for it.

    Raises:
        RenderError: a layer cannot be read, or is not known.
    """
    return {"title": args.title, "lang": args.lang, "url": args.url, "layers": _layers(args)}


def _layers(args: argparse.Namespace) -> Layers | None:
    if not (args.areas or args.overlay or args.tiles or args.pmtiles):
        return None
    from geomap.render.archive import open_archive
    from geomap.render.layers import Layers
    from geomap.render.overlay import read_overlay
    from geomap.render.tiles import tiles_named

    return Layers(
        areas=args.areas,
        overlays=tuple(map(read_overlay, args.overlay)),
        tiles=tiles_named(args.tiles) if args.tiles else None,
        archive=open_archive(args.pmtiles) if args.pmtiles else None,
    )
