"""Layers of many maps: what a plan and a command line ask for, what is wrong with it, and what is drawn again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from geomap.batch import Batch, Job, LayerPlan, batch_of, overruled, run
from geomap.batch.layers import layer_inputs
from geomap.batch.opened import Opened
from geomap.errors import PlanError
from geomap.gazetteer import Gazetteer
from geomap.pipeline import map_articles
from tests.conftest import run_geomap
from tests.test_render_layers import archive_file

LINE = {"type": "LineString", "coordinates": [[36.3, 35.5], [36.9, 35.9]]}
MAPNIK = "OpenStreetMap.Mapnik"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with news, two files of shapes and two of tiles."""
    (tmp_path / "news").mkdir()
    for number, town in enumerate(("Saraqeb", "Kafr Nabl"), 1):
        text = f"{number} March 2021\n\nSyrian government forces captured the town of {town} on Monday.\n"
        (tmp_path / f"news/{number}.txt").write_text(text, encoding="utf-8")
    for name in ("front", "roads"):
        _shapes(tmp_path / f"{name}.geojson", name)
        archive_file(tmp_path / f"{name}.pmtiles")
    (tmp_path / "empty.geojson").write_text('{"type": "FeatureCollection", "features": []}', encoding="utf-8")
    return tmp_path


def _shapes(path: Path, name: str) -> None:
    path.write_text(json.dumps({"type": "Feature", "properties": {"name": name}, "geometry": LINE}), "utf-8")


def _plan(folder: Path, text: str) -> Path:
    path = folder / "plan.yml"
    path.write_text(text, encoding="utf-8")
    return path


# --- what is asked for


@pytest.mark.parametrize(
    ("of_plan", "of_map", "expected"),
    [
        ("", "", LayerPlan()),
        ("areas: true", "", LayerPlan(areas=True)),
        ("areas: true", "areas: false", LayerPlan()),
        ("overlays: [front.geojson]", "", LayerPlan(overlays=(Path("front.geojson"),))),
        ("overlays: [front.geojson]", "overlays: []", LayerPlan()),
        (
            "overlays: [front.geojson]",
            "overlays: [roads.geojson, front.geojson]",
            LayerPlan(overlays=(Path("roads.geojson"), Path("front.geojson"))),
        ),
        ("overlays: [front.geojson]", "areas: true", LayerPlan(areas=True, overlays=(Path("front.geojson"),))),
        (f"tiles: {MAPNIK}", "", LayerPlan(tiles=MAPNIK)),
        (f"tiles: {MAPNIK}", "pmtiles: front.pmtiles", LayerPlan(pmtiles=Path("front.pmtiles"))),
        ("pmtiles: front.pmtiles", f"tiles: {MAPNIK}", LayerPlan(tiles=MAPNIK)),
        ("pmtiles: front.pmtiles", "tiles: none", LayerPlan()),
    ],
)
def test_a_map_has_the_layers_of_the_plan_that_it_says_nothing_else_of(
    folder: Path, of_plan: str, of_map: str, expected: LayerPlan
) -> None:
    plan = _plan(folder, f"articles: [news]\n{of_plan}\nmaps:\n  - name: m\n    {of_map}\n")

    [job] = batch_of(plan).jobs

    told = LayerPlan(
        areas=job.layers.areas,
        overlays=tuple(path.relative_to(folder) for path in job.layers.overlays),
        tiles=job.layers.tiles,
        pmtiles=job.layers.pmtiles and job.layers.pmtiles.relative_to(folder),
    )
    assert told == expected


@pytest.mark.parametrize(
    ("asked", "planned", "expected"),
    [
        (LayerPlan(), LayerPlan(areas=True, tiles="A"), LayerPlan(areas=True, tiles="A")),
        (LayerPlan(areas=True), LayerPlan(tiles="A"), LayerPlan(areas=True, tiles="A")),
        (LayerPlan(tiles="B"), LayerPlan(pmtiles=Path("a")), LayerPlan(tiles="B")),
        (LayerPlan(overlays=(Path("b"),)), LayerPlan(overlays=(Path("a"),)), LayerPlan(overlays=(Path("b"),))),
    ],
)
def test_what_is_said_on_a_command_line_wins(asked: LayerPlan, planned: LayerPlan, expected: LayerPlan) -> None:
    batch = Batch("Maps", [Job("a b", (), layers=planned, url="https://old.example/")])

    [job] = overruled(batch, lang="ar", url="https://maps.example/", layers=asked).jobs

    assert (job.lang, job.url, job.layers) == ("ar", "https://maps.example/a%20b.html", expected)


@pytest.mark.parametrize(
    ("fields", "line", "message"),
    [
        ("areas: often", 4, 'maps: m: areas: found "often", expected true or false'),
        ("overlays: front.geojson", 4, 'maps: m: overlays: found "front.geojson", expected a list'),
        ("overlays: [frond.geojson]", 4, "expected a file of GeoJSON; did you mean front.geojson?"),
        ("overlays:\n      - front.geojson\n      - news/1.txt", 6, "cannot be read as JSON"),
        ("overlays: [empty.geojson]", 4, "no shape in it"),
        ("tiles: OpenStreetMap.Mapnick", 4, f"not a name of tiles that xyzservices has: try {MAPNIK}"),
        ("tiles: Thunderforest.Outdoors", 4, "tiles that need a key"),
        ("pmtiles: front.geojson", 4, "is no PMTiles file"),
        ("pmtiles: fronts.pmtiles", 4, "expected a file of PMTiles; did you mean front.pmtiles?"),
        (f"tiles: {MAPNIK}\n    pmtiles: front.pmtiles", 5, "beside that of tiles, expected one of the two"),
        ("overlay: [front.geojson]", 4, "found the unknown field overlay"),
    ],
)
def test_a_layer_that_is_wrong_is_told_with_its_line(folder: Path, fields: str, line: int, message: str) -> None:
    with pytest.raises(PlanError) as told:
        batch_of(_plan(folder, f"articles: [news]\nmaps:\n  - name: m\n    {fields}\n"))

    assert f"plan.yml:{line}: " in str(told.value)
    assert message in str(told.value)
    assert "\n" not in str(told.value)


def test_all_that_is_wrong_is_told_at_once_and_nothing_is_drawn(folder: Path) -> None:
    fields = "articles: [mews]\noverlays: [no.geojson]\ntiles: nowhere\npmtiles: no.pmtiles\n"
    plan = _plan(folder, f"{fields}maps:\n  - name: m\n    overlays: [none.geojson]\n    days: 2\n")

    done = run_geomap("batch", plan, "-o", "maps", "--dry-run", cwd=folder)

    assert done.returncode == 2
    lines = [line.split("plan.yml:")[1].split(":")[0] for line in done.stderr.splitlines()]
    assert lines == ["1", "2", "3", "4", "4", "7", "8"]
    assert not (folder / "maps").exists()


def test_a_layer_of_a_job_that_cannot_be_read_is_told_before_anything_is_drawn(folder: Path) -> None:
    jobs = [
        Job("a", (folder / "news",), layers=LayerPlan(overlays=(folder / "no.geojson",))),
        Job("b", (folder / "news",), layers=LayerPlan(tiles="nowhere")),
    ]

    with pytest.raises(PlanError, match=r"no\.geojson: found no such file.*\nnowhere: not a name"):
        run(Batch("Maps", jobs), folder / "maps", cache_dir=folder / "cache")

    assert not (folder / "maps").exists()


# --- what is drawn

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


def _whys(folder: Path, plan: str = PLAN, *, is_dry: bool = False) -> dict[str, str]:
    report = run(_plan(folder, plan), cache_dir=folder / "cache", is_dry=is_dry)
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
        _shapes(path, "moved") if path.suffix == ".geojson" else archive_file(path, data=b"\x89PNG another")
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

    _shapes(folder / "front.geojson", "moved")
    assert _whys(folder) == {"shapes": "layers changed"}
    assert [(path.read_bytes(), path.stat().st_mtime_ns) for path in paths] == written

    paths[0].write_text("cut", encoding="utf-8")
    _shapes(folder / "front.geojson", "moved again")
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
    _shapes(folder / "front.geojson", "moved")
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
