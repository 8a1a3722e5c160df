"""Layers of many maps: what a plan and a command line ask for, and what is wrong with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from geomap.batch import Batch, Job, LayerPlan, batch_of, overruled, run
from geomap.errors import PlanError
from tests.batch_folder import MAPNIK, folder_with_layers, write_plan
from tests.conftest import run_geomap


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return folder_with_layers(tmp_path)


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
    plan = write_plan(folder, f"articles: [news]\n{of_plan}\nmaps:\n  - name: m\n    {of_map}\n")

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
        batch_of(write_plan(folder, f"articles: [news]\nmaps:\n  - name: m\n    {fields}\n"))

    assert f"plan.yml:{line}: " in str(told.value)
    assert message in str(told.value)
    assert "\n" not in str(told.value)


def test_all_that_is_wrong_is_told_at_once_and_nothing_is_drawn(folder: Path) -> None:
    fields = "articles: [mews]\noverlays: [no.geojson]\ntiles: nowhere\npmtiles: no.pmtiles\n"
    plan = write_plan(folder, f"{fields}maps:\n  - name: m\n    overlays: [none.geojson]\n    days: 2\n")

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
