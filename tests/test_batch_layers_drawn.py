"""Layers of many maps: what is drawn, what is drawn again, and what a process opens only once."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from geomap.batch import Batch, Job, LayerPlan, run
from geomap.batch.layers import layer_inputs
from geomap.batch.opened import Opened
from geomap.gazetteer import Gazetteer
from geomap.pipeline import map_articles
from tests.batch_folder import MAPNIK, folder_with_layers, write_plan, write_shapes
from tests.conftest import run_geomap
from tests.test_render_layers import archive_file

PLAN = """
articles: [news]
out: maps
maps:
  - name: shapes
    overlays: [front.geojson, roads.geojson]
    formats: [html, geojson]
  - name: ground
    pmtiles: front.pmtiles
  - name: data
    overlays: [front.geojson]
    areas: true
    formats: [geojson]
  - name: plain
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return folder_with_layers(tmp_path)


def _whys(folder: Path, plan: str = PLAN, *, is_dry: bool = False) -> dict[str, str]:
    report = run(write_plan(folder, plan), cache_dir=folder / "cache", is_dry=is_dry)
    return {result.name: result.why for result in report.results if result.why}


CHANGES = [
    ("front.geojson", "shapes"),
    ("roads.geojson", "shapes"),
    ("front.pmtiles", "ground"),
    ("roads.pmtiles", ""),
]


def test_a_map_is_drawn_again_when_its_layers_change_and_only_then(folder: Path) -> None:
    made = dict.fromkeys(("shapes", "ground", "data", "plain"), "new")
    assert (_whys(folder), _whys(folder)) == (made, {})

    for name, drawn in CHANGES:
        path = folder / name
        write_shapes(path, "moved") if path.suffix == ".geojson" else archive_file(path, data=b"\x89PNG another")
        expected = {drawn: "layers changed"} if drawn else {}
        assert (_whys(folder, is_dry=True), _whys(folder), _whys(folder)) == (expected, expected, {}), name

    (folder / "front.geojson").touch()
    assert _whys(folder) == {}


@pytest.mark.parametrize(
    ("before", "after", "drawn"),
    [
        ("name: plain", "name: plain\n    areas: true", "plain"),
        ("name: plain", f"name: plain\n    tiles: {MAPNIK}", "plain"),
        ("name: plain", "name: plain\n    areas: false\n    overlays: []\n    tiles: none", ""),
        ("[front.geojson, roads.geojson]", "[roads.geojson, front.geojson]", "shapes"),
        ("areas: true", "areas: false", ""),
        ("pmtiles: front", "pmtiles: roads", "ground"),
    ],
)
def test_a_map_is_drawn_again_when_what_is_asked_for_changes(
    folder: Path, before: str, after: str, drawn: str
) -> None:
    _whys(folder)

    assert _whys(folder, PLAN.replace(before, after)) == ({drawn: "layers changed"} if drawn else {})


def test_another_spelling_of_the_same_tiles_changes_nothing(folder: Path) -> None:
    _whys(folder, f"{PLAN}    tiles: {MAPNIK}\n")

    assert _whys(folder, f"{PLAN}    tiles: openstreetmap mapnik\n") == {}


def test_data_do_not_depend_on_layers(folder: Path) -> None:
    _whys(folder)
    paths = [folder / "maps" / name for name in ("shapes.geojson", "data.geojson")]
    written = [(path.read_bytes(), path.stat().st_mtime_ns) for path in paths]

    write_shapes(folder / "front.geojson", "moved")
    assert _whys(folder) == {"shapes": "layers changed"}
    assert [(path.read_bytes(), path.stat().st_mtime_ns) for path in paths] == written

    paths[0].write_text("cut", encoding="utf-8")
    write_shapes(folder / "front.geojson", "moved again")
    assert _whys(folder) == {"shapes": "layers changed"}
    assert [path.read_bytes() for path in paths] == [content for content, _ in written]


def test_pages_and_pictures_are_those_of_a_map_alone(folder: Path, gazetteer: Gazetteer) -> None:
    layers = LayerPlan(areas=True, overlays=(folder / "front.geojson",), pmtiles=folder / "front.pmtiles")
    formats = ("html", "svg", "png")
    job = Job("m", (folder / "news",), layers=layers, formats=formats)

    jobs = [job, Job("n", (folder / "news",))]
    run(Batch("Maps", jobs), folder / "maps", cache_dir=folder / "cache", workers=2)

    for ending in formats:
        map_articles([folder / "news"], folder / f"alone.{ending}", gazetteer, layers=layers.opened())
        assert (folder / f"maps/m.{ending}").read_bytes() == (folder / f"alone.{ending}").read_bytes()


def test_the_manifest_names_the_layers_with_their_hashes(folder: Path) -> None:
    _whys(folder, f"{PLAN}    areas: true\n    tiles: {MAPNIK}\n")

    told = json.loads((folder / "maps/manifest.json").read_text(encoding="utf-8"))

    names = ("front.geojson", "roads.geojson", "front.pmtiles")
    hashes = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in names}
    assert {Path(each["path"]).name: each["sha256"] for each in told["layers"]} == hashes
    paths = {name: (folder / name).as_posix() for name in names}
    assert [each["layers"] for each in told["maps"]] == [
        {"overlays": [paths["front.geojson"], paths["roads.geojson"]]},
        {"pmtiles": paths["front.pmtiles"]},
        {},
        {"areas": True, "tiles": MAPNIK},
    ]


def test_a_folder_takes_the_options_of_a_map(folder: Path) -> None:
    words = ("batch", "news", "-o", "maps", "--workers", 1, "--title", "The towns", "--lang", "fr")
    asked = ("--overlay", "front.geojson", "--overlay", "roads.geojson", "--pmtiles", "front.pmtiles")

    first = run_geomap(*words, *asked, cwd=folder)
    wrong = run_geomap(*words, "--overlay", "fronts.geojson", "--tiles", "nowhere", cwd=folder)

    assert first.returncode == 0
    assert "<title>The towns</title>" in (folder / "maps/index.html").read_text(encoding="utf-8")
    page = (folder / "maps/1.html").read_text(encoding="utf-8")
    assert '<html lang="fr"' in page
    assert all(name in page for name in ("front: front.geojson", "roads: roads.geojson", "Survey"))
    assert wrong.returncode == 2
    assert "did you mean front.geojson?" in wrong.stderr
    assert "nowhere: not a name of tiles" in wrong.stderr


# --- opened once


def _opened(opened: Opened, *plans: LayerPlan) -> Iterator[object]:
    inputs = layer_inputs(plans)
    for plan in plans:
        layers = opened.layers(plan, inputs.files_of(plan))
        yield from (*layers.overlays, layers.archive)


def test_a_process_reads_a_file_once_until_it_changes(folder: Path) -> None:
    opened, plan = Opened(), LayerPlan(overlays=(folder / "front.geojson",), pmtiles=folder / "front.pmtiles")

    overlay, archive, *again = _opened(opened, plan, LayerPlan(areas=True).over(plan))
    write_shapes(folder / "front.geojson", "moved")
    changed, same = _opened(opened, plan)

    assert again[0] is overlay
    assert again[1] is archive is same
    assert changed != overlay


def test_what_was_least_recently_used_goes_where_memory_is_short(folder: Path) -> None:
    front, roads = (LayerPlan(overlays=(folder / f"{name}.geojson",)) for name in ("front", "roads"))
    size = (folder / "front.geojson").stat().st_size

    both = [each for each in _opened(Opened(2 * size), front, roads, front, roads) if each]
    one = [each for each in _opened(Opened(size), front, front, roads, front) if each]

    assert [each is both[at % 2] for at, each in enumerate(both)] == [True] * 4
    assert [each is one[0] for each in one] == [True, True, False, False]
