"""A folder for plans with layers: news, shapes and tiles."""

from __future__ import annotations

import json
from pathlib import Path

from tests.test_render_layers import archive_file

LINE = {"type": "LineString", "coordinates": [[36.3, 35.5], [36.9, 35.9]]}
MAPNIK = "OpenStreetMap.Mapnik"


def folder_with_layers(tmp_path: Path) -> Path:
    """Return a folder with news, two files of shapes and two of tiles."""
    (tmp_path / "news").mkdir()
    for number, town in enumerate(("Saraqeb", "Kafr Nabl"), 1):
        text = f"{number} March 2021\n\nSyrian government forces captured the town of {town} on Monday.\n"
        (tmp_path / f"news/{number}.txt").write_text(text, encoding="utf-8")
    for name in ("front", "roads"):
        write_shapes(tmp_path / f"{name}.geojson", name)
        archive_file(tmp_path / f"{name}.pmtiles")
    (tmp_path / "empty.geojson").write_text('{"type": "FeatureCollection", "features": []}', encoding="utf-8")
    return tmp_path


def write_shapes(path: Path, name: str) -> None:
    path.write_text(json.dumps({"type": "Feature", "properties": {"name": name}, "geometry": LINE}), "utf-8")


def write_plan(folder: Path, text: str) -> Path:
    path = folder / "plan.yml"
    path.write_text(text, encoding="utf-8")
    return path
