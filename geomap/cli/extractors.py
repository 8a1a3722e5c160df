"""--extractors: which readers of events a command asks."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geomap.extractors import Extractor


def add_extractors_argument(parser: argparse.ArgumentParser) -> None:
    """Add ``--extractors NAME,...``."""
    about = "who reads the events: core (default: control, posts, displacement), strikes, those of plug-ins, or all"
    parser.add_argument("--extractors", type=_names, metavar="NAME,...", help=about)


def chosen_extractors(args: argparse.Namespace) -> tuple[Extractor, ...] | None:
    """Return the extractors asked for, None where nothing is said.

    Raises:
        PlanError: one is not installed or broken.
    """
    if args.extractors is None:
        return None
    from geomap.extractors import chosen

    return chosen(args.extractors)


def _names(text: str) -> tuple[str, ...]:
    names = tuple(name.strip() for name in text.split(","))
    if not all(names):
        raise argparse.ArgumentTypeError(f"{text!r} has an empty name: try core,strikes")
    return names
