"""Layers: what lies on the map only where the user asks for it."""

from __future__ import annotations

import datetime as dt
import gzip
import json
import struct
from pathlib import Path
from typing import Any

import pytest

from geomap.errors import RenderError
from geomap.model import Actor, LngLat, Place, Timeline, When
from geomap.render import Look, render, render_svg
from geomap.render.archive import open_archive
from geomap.render.areas import REACH, estimated_areas
from geomap.render.basemap import Window, load
from geomap.render.layers import Layers
from geomap.render.marks import marks
from geomap.render.overlay import COLOUR, read_overlay
from geomap.render.roads import roads_through
from geomap.render.tile import Tile, tile_id
from geomap.render.tiles import tiles_named
from geomap.render.vector import shapes_in
from tests import render_sample as sample
from tests.factory import make_claim, make_control, make_location
from tests.test_render import Reader

NORTH, SOUTH = Actor("North"), Actor("South")
COLOURS = {"north": "#0072b2", "south": "#d55e00"}
PIXEL = b"\x89PNG a picture"


def page(layers: Layers) -> Reader:
    text = render(sample.timeline(), sample.ARTICLES, [], Look("Marsa", layers=layers), gazetteer_version="1")
    return Reader(text)


def policy(found: Reader) -> str:
    return next(v for t, n, v in found.attributes if t == "meta" and n == "content" and "src" in (v or "")) or ""


def test_nothing_lies_on_the_map_that_was_not_asked_for() -> None:
    found = page(Layers())
    assert found.data["layers"] == {}
    assert "img-src data:;" in policy(found)
    assert "estimate" not in found.text


# --- areas


def changes(*told: tuple[str, int, Actor, LngLat], **more: Any) -> Timeline:
    events = [
        make_control(
            id=f"{i}",
            subtype=subtype,
            actor=actor,
            location=make_location(f"P{point.lng}", point),
            when=When(dt.date(2021, 3, day), dt.date(2021, 3, day), 1),
            **more,
        )
        for i, (subtype, day, actor, point) in enumerate(told)
    ]
    return Timeline(tuple(make_claim(event) for event in events))


WEST, EAST = LngLat(36.5, 35.8), LngLat(36.7, 35.8)


def areas(timeline: Timeline) -> list[Any]:
    ground = load(Window(35.5, 35.0, 37.5, 36.5))
    return estimated_areas(marks(timeline.claims, range(len(timeline.claims))), ground, COLOURS)


def box(area: Any) -> tuple[float, float]:
    from geomap.render.basemap import points

    lngs = [x / 1000 for part in area.parts for ring in part for x, _ in points(ring).tolist()]
    return min(lngs), max(lngs)


def test_ground_between_two_places_is_parted_in_the_middle_and_ends_within_reach() -> None:
    found = areas(changes(("captured", 1, NORTH, WEST), ("captured", 1, SOUTH, EAST)))
    by_colour = {area.colour: box(area) for area in found}
    reach = REACH / 111.2 / 0.81
    assert by_colour["#0072b2"] == pytest.approx((36.5 - reach, 36.6), abs=0.01)
    assert by_colour["#d55e00"] == pytest.approx((36.6, 36.7 + reach), abs=0.01)


def test_an_area_lasts_until_control_changes() -> None:
    found = areas(changes(("captured", 1, NORTH, WEST), ("captured", 1, SOUTH, EAST), ("captured", 5, NORTH, EAST)))
    assert sorted((area.colour, area.start.day, area.until and area.until.day) for area in found) == [
        ("#0072b2", 1, 5),
        ("#0072b2", 5, None),
        ("#d55e00", 1, 5),
    ]


@pytest.mark.parametrize("subtype", ["partial", "withdrawn"])
def test_ground_around_a_place_that_nobody_holds_whole_has_no_colour(subtype: str) -> None:
    found = areas(changes(("captured", 1, NORTH, WEST), (subtype, 1, SOUTH, EAST)))
    assert {area.colour for area in found} == {"#0072b2"}
    assert box(found[0])[1] == pytest.approx(36.6, abs=0.01)


def test_one_place_alone_makes_no_area() -> None:
    assert areas(changes(("captured", 1, NORTH, WEST))) == []


def test_areas_are_called_an_estimate_on_the_page_and_in_the_picture() -> None:
    asked = Layers(areas=True)
    told = changes(("captured", 1, NORTH, WEST), ("captured", 1, SOUTH, EAST))
    text = render(told, (), [], Look("x", layers=asked), gazetteer_version="1")
    assert "an estimate, told by no source" in Reader(text).text
    assert Reader(text).data["layers"]["areas"]["colour"]
    assert 'fill-opacity=".2"' in render_svg(told, (), [], Look("x", layers=asked))


# --- overlay


def overlay_file(tmp_path: Path, value: Any) -> Path:
    path = tmp_path / "lines.geojson"
    path.write_text(value if isinstance(value, str) else json.dumps(value), encoding="utf-8")
    return path


LINE = {"type": "LineString", "coordinates": [[36.1, 35.5, 200], [36.6, 35.7]]}
FEATURE = {"type": "Feature", "properties": {"name": "Old line", "stroke": "#aa3377"}, "geometry": LINE}


@pytest.mark.parametrize(
    ("value", "kinds"),
    [
        ({"type": "FeatureCollection", "features": [FEATURE]}, ["line"]),
        (FEATURE, ["line"]),
        (LINE, ["line"]),
        ({"type": "MultiPoint", "coordinates": [[36, 35], [37, 35]]}, ["point", "point"]),
        ({"type": "Polygon", "coordinates": [[[36, 35], [37, 35], [37, 36], [36, 35]]]}, ["area"]),
        (
            {"type": "GeometryCollection", "geometries": [LINE, {"type": "Point", "coordinates": [1, 2]}]},
            ["line", "point"],
        ),
    ],
)
def test_every_form_of_geojson_is_read(tmp_path: Path, value: Any, kinds: list[str]) -> None:
    assert [shape.kind for shape in read_overlay(overlay_file(tmp_path, value)).shapes] == kinds


def test_names_and_colours_are_kept_and_other_colours_are_not_believed(tmp_path: Path) -> None:
    bad = {**FEATURE, "properties": {"stroke": "red;}</style>", "name": None}}
    found = read_overlay(overlay_file(tmp_path, {"type": "FeatureCollection", "features": [FEATURE, bad]}))
    assert [(shape.name, shape.colour) for shape in found.shapes] == [("Old line", "#aa3377"), ("", COLOUR)]


def test_whom_to_name_is_on_the_page_and_in_the_picture(tmp_path: Path) -> None:
    value = {"type": "FeatureCollection", "name": "Line <b>", "attribution": "Survey, CC0", "features": [FEATURE]}
    asked = Layers(overlays=(read_overlay(overlay_file(tmp_path, value)),))
    found = page(asked)
    assert "Line <b>: Survey, CC0" in found.text
    assert "Line <b>: Survey, CC0" in found.data["credits"]
    assert found.data["layers"]["shapes"][0]["name"] == "Old line"
    svg = render_svg(sample.timeline(), sample.ARTICLES, [], Look("x", layers=asked))
    assert "Line &lt;b&gt;: Survey, CC0" in svg
    assert 'stroke="#aa3377"' in svg


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("{", "cannot be read as JSON"),
        ([], "is no GeoJSON"),
        ({"type": "Topology"}, "none of GeoJSON's"),
        ({"type": "FeatureCollection", "features": []}, "no shape in it"),
        ({"type": "LineString", "coordinates": [[500000, 4200000], [1, 2]]}, "a point at 500000.0, 4200000.0"),
        ({"type": "LineString", "coordinates": 5}, "expected GeoJSON in degrees"),
        ({"type": "Circle", "coordinates": [1, 2]}, "geometry type 'Circle'"),
        ({"type": "Feature", "geometry": "x"}, "expected GeoJSON in degrees"),
    ],
)
def test_what_is_wrong_with_a_file_is_said_in_one_line(tmp_path: Path, value: Any, message: str) -> None:
    with pytest.raises(RenderError, match=r"lines\.geojson: ") as raised:
        read_overlay(overlay_file(tmp_path, value))
    assert message in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(RenderError, match=r"none\.geojson: cannot be read"):
        read_overlay(tmp_path / "none.geojson")


# --- backgrounds


def test_tiles_are_named_and_only_their_host_is_allowed() -> None:
    tiles = tiles_named("openstreetmap mapnik")
    found = page(Layers(tiles=tiles))
    assert f"img-src data: {tiles.origin};" in policy(found)
    assert "default-src 'none'" in policy(found)
    assert "OpenStreetMap contributors" in found.text
    assert f"loaded from {tiles.origin}" in found.text
    assert found.data["layers"]["tiles"]["url"].startswith("https://")


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("OpenStretMap", "not a name of tiles that xyzservices has: try"),
        ("Thunderforest.Outdoors", "tiles that need a key"),
    ],
)
def test_tiles_that_cannot_be_had_are_refused(name: str, message: str) -> None:
    with pytest.raises(RenderError, match=f"{name}: {message}"):
        tiles_named(name)


def archive_file(path: Path, kind: int = 2, zoom: int = 5, data: bytes = PIXEL) -> Path:
    """A PMTiles file with every tile of one zoom, the same picture each, its directory gzipped."""
    first, count = tile_id(Tile(zoom, 0, 0)), 4**zoom
    directory = gzip.compress(b"".join(map(_varint, (1, first, count, len(data), 1))))
    metadata = json.dumps({"attribution": "<a href='x'>Survey</a>"}).encode()
    # The metadata is compressed as the directories are.
    packed = gzip.compress(metadata)
    head = struct.pack(
        "<7sB11Q6B", b"PMTiles", 3, 127, len(directory), 127 + len(directory), len(packed), 0, 0,
        127 + len(directory) + len(packed), len(data), count, 1, 1, 1, 2, 1, kind, zoom, zoom,
    )  # fmt: skip
    path.write_bytes(head.ljust(127, b"\0") + directory + packed + data)
    return path


def _varint(number: int) -> bytes:
    digits = []
    while number >= 0x80:
        digits.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes([*digits, number])


def test_tiles_of_a_file_travel_inside_the_page(tmp_path: Path) -> None:
    found = page(Layers(archive=open_archive(archive_file(tmp_path / "a.pmtiles"))))
    images = found.data["layers"]["images"]
    assert images["zoom"] == 5
    assert all(image.startswith("data:image/png;base64,") for image in images["tiles"].values())
    assert "Survey" in found.data["credits"]
    assert "img-src data:;" in policy(found)


def test_a_file_that_is_no_archive_of_pictures_is_refused(tmp_path: Path) -> None:
    plain = tmp_path / "x.pmtiles"
    plain.write_text("no")
    with pytest.raises(RenderError, match="is no PMTiles file"):
        open_archive(plain)
    with pytest.raises(RenderError, match=r"holds tiles of an unknown kind \(9\): take mvt, png"):
        open_archive(archive_file(tmp_path / "v.pmtiles", kind=9))


def member(number: int, value: int | bytes) -> bytes:
    """A member of a protocol buffer's message."""
    if isinstance(value, int):
        return _varint(number << 3) + _varint(value)
    return _varint(number << 3 | 2) + _varint(len(value)) + value


def layer(name: str, kind: str, geometry: int, commands: tuple[int, ...]) -> bytes:
    """A layer of a vector tile with one feature; a unit is a 4096th of the tile."""
    feature = member(2, bytes([0, 0])) + member(3, geometry) + member(4, b"".join(map(_varint, commands)))
    told = member(3, b"kind") + member(4, member(1, kind.encode()))
    return member(3, member(1, name.encode()) + member(2, feature) + told + member(5, 4096))


# From 1024, 2048 to 3072, 2048: a quarter of a tile from its edges, halfway down; and a square.
ACROSS = (9, 2048, 4096, 10, 4096, 0)
SQUARE = (9, 0, 0, 26, 2048, 0, 0, 2048, 2047, 0, 15)


@pytest.mark.parametrize(
    ("tile", "drawn"),
    [
        (layer("roads", "highway", 2, ACROSS), {"streets"}),
        (layer("transportation", "trunk", 2, ACROSS), {"streets"}),
        (layer("roads", "path", 2, ACROSS), set()),
        (layer("water", "lake", 3, SQUARE), {"waters"}),
        (layer("boundaries", "country", 2, ACROSS), set()),
        (layer("roads", "highway", 1, ACROSS), set()),
    ],
)
def test_of_vector_tiles_waters_and_main_roads_are_drawn(tile: bytes, drawn: set[str]) -> None:
    assert set(shapes_in({Tile(5, 19, 12): tile})) == drawn


def test_a_line_of_a_vector_tile_lies_where_it_belongs() -> None:
    # The tile 1/0 of zoom 1 is the north-east of the world: from 0 to 180 degrees, and from 0 to 85.
    (((line,),),) = shapes_in({Tile(1, 1, 0): layer("roads", "highway", 2, ACROSS)}).values()
    assert line == [45000, 66513, 90000, 0]


def test_vector_tiles_of_a_file_are_part_of_the_ground(tmp_path: Path) -> None:
    tile = layer("roads", "highway", 2, ACROSS) + layer("water", "lake", 3, SQUARE)
    asked = Layers(archive=open_archive(archive_file(tmp_path / "v.pmtiles", kind=1, zoom=8, data=tile)))
    found = page(asked)
    assert {"streets", "waters"} <= set(found.data["base"]["shapes"])
    assert "images" not in found.data["layers"]
    assert "Survey" in found.data["credits"]
    assert 'class="streets"' in render_svg(sample.timeline(), sample.ARTICLES, [], Look("x", layers=asked))


def test_a_broken_vector_tile_is_said_in_one_line(tmp_path: Path) -> None:
    asked = Layers(archive=open_archive(archive_file(tmp_path / "v.pmtiles", kind=1)))
    with pytest.raises(RenderError, match=r"v\.pmtiles: is broken \(.*\): copy it again"):
        page(asked)


# --- roads


def test_a_road_leads_through_the_places_the_gazetteer_has() -> None:
    ends = {"sy-saraqeb": LngLat(36.8, 35.86), "sy-ariha": LngLat(36.6, 35.81)}
    places = [Place(id=key, name=key, kind="town", point=point) for key, point in ends.items()]
    assert roads_through(places, Window(36, 35, 37, 36)) == {"M4": [[36600, 35810, 200, 50]]}
    assert roads_through(places, Window(30, 40, 31, 41)) == {}
