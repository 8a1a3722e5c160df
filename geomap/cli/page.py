"""What map, render, watch and batch are told about the pages, or the pictures."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from geomap.layerplan import LayerPlan

# The same as geomap.render.words.LANGS (a test sees to it), which would load half of geomap for a help text.
LANGS = ("en", "ar", "tr", "fr", "ru", "uk")


def add_page_arguments(parser: argparse.ArgumentParser, *, of_many: bool = False) -> None:
    """Add title, language, address and layers of a map; or of many maps, where a plan may say them too."""
    about_title = "of the page that links the maps" if of_many else "of the map"
    parser.add_argument("--title", default="", help=about_title)
    about = f"of the page's own words: {', '.join(LANGS)}; default: en"
    lang = "" if of_many else "en"
    parser.add_argument("--lang", choices=LANGS, default=lang, metavar="LANG", help=about)
    what = "folder of maps" if of_many else "page"
    about_url = f"where the {what} will be published, for the cards of links to it"
    parser.add_argument("--url", default="", help=about_url)
    _add_layer_arguments(parser)


def _add_layer_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what else may lie on the map."""
    group = parser.add_argument_group("what else lies on the map (by default nothing, and no network is asked)")
    group.add_argument("--areas", action="store_true", help="estimated areas of control, labelled as an estimate")
    about = "shapes of your own; may be repeated; its member attribution is named on the map"
    group.add_argument("--overlay", action="append", type=Path, default=[], metavar="FILE.geojson", help=about)
    background = group.add_mutually_exclusive_group()
    background.add_argument(
        "--tiles", default="", metavar="NAME", help="a background from the network: OpenStreetMap.Mapnik ..."
    )
    background.add_argument(
        "--pmtiles", type=Path, metavar="FILE", help="a background from a file of tiles, put into the page"
    )


def page_options(args: argparse.Namespace) -> dict[str, Any]:
    """Return what was said, by the names that ``geomap.pipeline`` has for it.

    Raises:
        RenderError: a layer cannot be read, or is not known.
    """
    asked = layer_plan(args)
    layers = asked.opened() if asked != LayerPlan() else None
    return {"title": args.title, "lang": args.lang, "url": args.url, "layers": layers}


def layer_plan(args: argparse.Namespace) -> LayerPlan:
    """Return the layers that were asked for."""
    return LayerPlan(areas=args.areas, overlays=tuple(args.overlay), tiles=args.tiles, pmtiles=args.pmtiles)
