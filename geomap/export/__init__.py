"""Export: the claims as data that other programs read."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from geomap.errors import PlanError
from geomap.export.back import read_events
from geomap.export.lines import article_line, toponyms
from geomap.export.records import claim_record
from geomap.export.table import reasons_table
from geomap.export.text import to_csv, to_geojson, to_json
from geomap.files import write_text
from geomap.model import Article, Timeline

__all__ = [
    "BINARY_FORMATS",
    "FORMATS",
    "article_line",
    "claim_record",
    "events_text",
    "read_events",
    "reasons_table",
    "to_json",
    "toponyms",
    "write_events",
]

_TEXT_WRITERS = {"geojson": to_geojson, "csv": to_csv}
BINARY_FORMATS = ("gpkg", "parquet", "kml")
FORMATS = ("geojson", "csv", "jsonl", *BINARY_FORMATS)


def events_text(timeline: Timeline, articles: Sequence[Article], fmt: str) -> str:
    """Return all claims as text in ``geojson`` or ``csv``.

    Raises:
        PlanError: the format is not one of these two.
    """
    if fmt not in _TEXT_WRITERS:
        raise PlanError(f"{fmt}: not a text format of claims; expected one of {', '.join(_TEXT_WRITERS)}")
    return _TEXT_WRITERS[fmt](timeline.claims, articles)


def write_events(timeline: Timeline, articles: Sequence[Article], fmt: str, out: Path) -> None:
    """Write all claims to the file ``out`` in ``geojson``, ``csv``, ``gpkg``, ``parquet`` or ``kml``.

    Raises:
        PlanError: the format is unknown, or needs a package that is not installed.
        RenderError: the file cannot be written.
    """
    if fmt not in BINARY_FORMATS:
        write_text(out, events_text(timeline, articles, fmt))
        return
    from geomap.export.layers import write_layer

    write_layer(timeline.claims, articles, fmt, out)
