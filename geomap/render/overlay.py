"""Overlay: the user's own GeoJSON on the map."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geomap.errors import RenderError
from geomap.render.text import clean

COLOUR = "#1f6f78"
# An overlay travels inside the page; more points than this would make it heavy.
MOST_POINTS = 200_000
_HEX = re.compile("#[0-9a-fA-F]{6}")
# Where simplestyle and its kin keep a feature's colour, its name, and a file whom to name.
_COLOURS = ("stroke", "fill", "marker-color", "color", "colour")
_NAMES = ("name", "Name", "NAME", "title", "label")
_CREDITS = ("attribution", "credit", "source", "license", "licence", "copyright")

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Shape:
    """A feature: an area with its rings, a line, or a point."""

    kind: str
    parts: tuple[tuple[Point, ...], ...]
    name: str
    colour: str


@dataclass(frozen=True, slots=True)
class Overlay:
    """The shapes of a file, its name for the legend and whom to name for it."""

    name: str
    attribution: str
    shapes: tuple[Shape, ...]


def read_overlay(path: Path) -> Overlay:
    """Returns the shapes of a GeoJSON file (RFC 7946: longitude first, degrees).

    Whom to name is taken from the file's own member "attribution" (or "license" ...), otherwise the file is named.

    Raises:
        RenderError: the file cannot be read, is no GeoJSON, is empty or too large, or lies beyond the world.
    """
    value = _json(path)
    shapes = tuple(shape for feature in _features(value, path) for shape in _shapes(feature, path))
    if not shapes:
        raise RenderError(f"{path}: no shape in it; expected features with points, lines or areas")
    points = sum(len(part) for shape in shapes for part in shape.parts)
    if points > MOST_POINTS:
        raise RenderError(f"{path}: {points:,} points are too many for a page (most {MOST_POINTS:,}): simplify it")
    name = clean(str(value.get("name") or path.stem))
    credit = next((str(value[key]) for key in _CREDITS if isinstance(value.get(key), str)), "")
    return Overlay(name, clean(f"{name}: {credit}" if credit else f"{name}: {path.name}"), shapes)


def _json(path: Path) -> dict[str, Any]:
    try:
        value = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise RenderError(f"{path}: cannot be read ({error.strerror}): name a GeoJSON file") from error
    except (ValueError, RecursionError) as error:
        raise RenderError(f"{path}: cannot be read as JSON ({error}): name a GeoJSON file") from error
    if not isinstance(value, dict):
        raise RenderError(f"{path}: is no GeoJSON; expected an object with a type, found {type(value).__name__}")
    return value


def _features(value: dict[str, Any], path: Path) -> Iterator[dict[str, Any]]:
    kind = value.get("type")
    if kind == "FeatureCollection" and isinstance(value.get("features"), list):
        yield from (feature for feature in value["features"] if isinstance(feature, dict))
    elif kind == "Feature":
        yield value
    elif isinstance(kind, str) and ("coordinates" in value or "geometries" in value):
        yield {"geometry": value, "properties": {}}
    else:
        raise RenderError(
            f"{path}: type {kind!r} is none of GeoJSON's: expected FeatureCollection, Feature or Polygon ..."
        )


def _shapes(feature: dict[str, Any], path: Path) -> Iterator[Shape]:
    given = feature.get("properties")
    properties = given if isinstance(given, dict) else {}
    name = next((clean(str(properties[key])) for key in _NAMES if properties.get(key)), "")
    colours = (str(properties.get(key, "")) for key in _COLOURS)
    colour = next((colour for colour in colours if _HEX.fullmatch(colour)), COLOUR)
    for kind, parts in _parts(feature.get("geometry"), path):
        yield Shape(kind, parts, name, colour)


def _parts(geometry: Any, path: Path) -> Iterator[tuple[str, tuple[tuple[Point, ...], ...]]]:
    """Yields each single area, line or point of a geometry."""
    if geometry is None:
        return
    try:
        kind, held = geometry.get("type"), geometry.get("coordinates")
        if kind == "GeometryCollection":
            for each in geometry["geometries"]:
                yield from _parts(each, path)
        elif kind in ("Point", "MultiPoint"):
            yield from (("point", ((_point(one),),)) for one in ([held] if kind == "Point" else held))
        elif kind in ("LineString", "MultiLineString"):
            yield from (("line", (_line(one),)) for one in ([held] if kind == "LineString" else held))
        elif kind in ("Polygon", "MultiPolygon"):
            yield from (("area", tuple(map(_line, one))) for one in ([held] if kind == "Polygon" else held))
        else:
            raise ValueError(f"geometry type {kind!r}")
    except (TypeError, KeyError, IndexError, AttributeError, ValueError) as error:
        raise RenderError(f"{path}: {error}: expected GeoJSON in degrees, longitude first (EPSG:4326)") from error


def _line(points: Any) -> tuple[Point, ...]:
    return tuple(map(_point, points))


def _point(point: Any) -> Point:
    lng, lat = float(point[0]), float(point[1])
    if not (math.isfinite(lng) and math.isfinite(lat) and abs(lng) <= 180 and abs(lat) <= 90):
        raise ValueError(f"a point at {lng}, {lat}")
    return round(lng, 5), round(lat, 5)
