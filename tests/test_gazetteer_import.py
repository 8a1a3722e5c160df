from __future__ import annotations

import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from geomap.errors import GazetteerError
from geomap.gazetteer import Gazetteer
from geomap.gazetteer.dump import read_line
from geomap.gazetteer.imported import BATCH, Progress, Worlds, import_dump, open_imported
from geomap.gazetteer.load import Curated
from geomap.gazetteer.rows import WorldRow
from geomap.gazetteer.world import WorldIndex, open_world
from geomap.model import LngLat
from tests.conftest import RunGeomap
from tests.dump_data import dump_line, dump_lines, write_dump

# A line's feature code and people, and the kind of the place.
KINDS = {
    ("P.PPL", 0): "village",
    ("P.PPL", 900): "village",
    ("P.PPL", 9_000): "town",
    ("P.PPLC", 900_000): "city",
    ("P.PPLA2", 0): "town",
    ("P.PPLX", 0): "suburb",
    ("A.ADM1", 0): "region",
    ("A.ADM3", 0): "subdistrict",
    ("H.STM", 0): "water",
    ("T.HLL", 0): "mountain",
    ("T.ISL", 0): "island",
    ("S.PSTB", 0): "crossing",
    ("S.CMPRF", 0): "camp",
    ("L.MILB", 0): "base",
    ("S.HTL", 0): "",
    ("A.PCLI", 0): "",
}


@pytest.mark.parametrize("case", KINDS)
def test_a_feature_code_says_the_kind(case: tuple[str, int]) -> None:
    row = read_line(dump_line(1, "Marsa", case[0], people=case[1]))

    assert ("" if row is None else row.kind) == KINDS[case]


def test_a_line_tells_a_place() -> None:
    line = dump_line(7, "Kafr Nūr", names="Kafar Nur,كفر نور,KNR", country="SY", admin1="12", people=700)

    assert read_line(line) == WorldRow(
        id="gn-7",
        name="Kafr Nūr",
        names=("Kafar Nur", "كفر نور", "KNR"),
        point=LngLat(10.0, 20.0),
        kind="village",
        country="sy",
        admin1="Idlib",
        population=700,
    )


@pytest.mark.parametrize("line", ["a\tb\n", dump_line(1, "Far", lat=456.0), dump_line(1, "Many", people="x")])
def test_a_line_of_another_form_is_an_error(line: str) -> None:
    with pytest.raises(ValueError, match=r"columns|point|invalid"):
        read_line(line)


@pytest.fixture(scope="module")
def dump(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_dump(tmp_path_factory.mktemp("dump") / "XX.txt", 100_000)


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory, dump: Path) -> Path:
    folder = tmp_path_factory.mktemp("cache")
    import_dump(dump, folder)
    return folder


def index_of(cache: Path) -> WorldIndex:
    imported = open_imported(cache)
    assert imported is not None
    return imported[0]


def test_a_hundred_thousand_rows_are_taken_over(dump: Path, cache: Path) -> None:
    rows = [row for line in dump_lines(100_000) if (row := read_line(line)) is not None]
    index = index_of(cache)

    assert 80_000 < len(rows) < 100_000
    for row in rows[::997]:
        place = index.place(row.id)
        assert place is not None
        assert (place.name, place.kind, place.point, place.country) == (row.name, row.kind, row.point, row.country)
        assert row.id in {found.id for found in index.places_named(row.names[1].casefold())}


def test_an_import_that_is_stopped_goes_on_where_it_was(tmp_path: Path, dump: Path, cache: Path) -> None:
    told = list[Progress]()

    def stop(progress: Progress) -> None:
        if progress.new_lines == 2 * BATCH:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_dump(dump, tmp_path, told=stop)
    assert open_imported(tmp_path) is None
    progress = import_dump(dump, tmp_path, told=told.append)

    assert (progress.lines, progress.new_lines) == (100_000, 100_000 - 2 * BATCH)
    assert len(index_of(tmp_path).names) == len(index_of(cache).names)
    assert files_of(tmp_path) == ["current.json", "names", "places.sqlite"]


def test_an_import_that_is_killed_leaves_the_older_places(tmp_path: Path) -> None:
    import_dump(write_dump(tmp_path / "XX.txt", 300), tmp_path)
    code = (
        "import os, sys; from pathlib import Path; from geomap.gazetteer import imported\n"
        "imported.BATCH = 100\n"
        "told = lambda progress: os._exit(9) if progress.new_lines == 500 else None\n"
        "imported.import_dump(Path(sys.argv[1]), Path(sys.argv[2]), told=told)"
    )
    larger = write_dump(tmp_path / "YY.txt", 900)
    done = subprocess.run(
        [sys.executable, "-c", code, larger, tmp_path], check=False, cwd=Path(__file__).parents[1]
    )

    assert done.returncode == 9
    before = len(index_of(tmp_path).names)
    assert import_dump(larger, tmp_path).new_lines == 400
    assert len(index_of(tmp_path).names) > before


def files_of(cache: Path) -> list[str]:
    return sorted(path.name.split("-")[0] for path in (cache / "imported").iterdir())


def test_one_country_of_a_zip_is_taken_over(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.writestr("readme.txt", "about")
        archive.writestr("all.txt", "".join(dump_lines(3_000)))
    progress = import_dump(tmp_path / "all.zip", tmp_path, country="yy")
    expected = [row for line in dump_lines(3_000) if (row := read_line(line)) is not None and row.country == "yy"]

    assert (progress.label, progress.lines, progress.places) == ("all.zip:YY", 3_000, len(expected))
    assert index_of(tmp_path).place("gn-50000001") is None


def test_a_newer_file_takes_the_place_of_the_older(tmp_path: Path) -> None:
    path = tmp_path / "XX.txt"
    path.write_text(dump_line(1, "Marsa") + dump_line(2, "Sarmin"), encoding="utf-8")
    import_dump(path, tmp_path)
    path.write_text(dump_line(1, "New Marsa", people=6_000), encoding="utf-8")
    import_dump(path, tmp_path)
    index = index_of(tmp_path)

    assert [place.kind for place in index.places_named("new marsa")] == ["town"]
    assert index.places_named("sarmin") == []


def test_imports_of_two_files_stand_side_by_side(tmp_path: Path) -> None:
    for number, name in enumerate(["Marsa", "Sarmin"], start=1):
        path = tmp_path / f"{name}.txt"
        path.write_text(dump_line(number, name), encoding="utf-8")
        import_dump(path, tmp_path)

    assert [index_of(tmp_path).places_named(key)[0].id for key in ("marsa", "sarmin")] == ["gn-1", "gn-2"]


def test_imported_places_join_those_of_the_packages(tmp_path: Path) -> None:
    town = WorldRow(id="gn-1", name="Marsa", point=LngLat(10, 20), kind="city", country="xx", population=200_000)
    path = tmp_path / "XX.txt"
    lines = [dump_line(1, "Marsa", names="Mersa"), dump_line(2, "Marsa", people=700), dump_line(3, "Kafr Nur")]
    path.write_text("".join(lines), encoding="utf-8")
    import_dump(path, tmp_path)
    world = Worlds(open_world(tmp_path, [lambda: [town]], key="one"), index_of(tmp_path))
    gazetteer = Gazetteer(Curated(), world)

    assert [place.id for place in gazetteer.places_named("Marsa")] == ["gn-1", "gn-2"]
    assert [place.kind for place in gazetteer.places_named("Mersa")] == ["city"]
    assert [hit.name for hit in gazetteer.names_in("From Marsa to Kafr Nur")] == ["Marsa", "Kafr Nur"]
    assert [place.id for place, _ in gazetteer.similar_places("Kafar Nour")] == ["gn-3"]


FAULTS: dict[str, tuple[Callable[[Path], object], str]] = {
    "no dump": (lambda path: path.write_text("id,name\n", encoding="utf-8"), "XX.txt:1: found 1 columns"),
    "empty": (lambda path: path.touch(), "found 1 columns"),
    "missing": (lambda path: None, "XX.txt: cannot be read: .*No such file"),
    "a folder": (lambda path: path.mkdir(), "cannot be read"),
}


@pytest.mark.parametrize("case", FAULTS)
def test_a_file_that_is_no_dump_is_told(tmp_path: Path, case: str) -> None:
    write, message = FAULTS[case]
    write(tmp_path / "XX.txt")

    with pytest.raises(GazetteerError, match=message):
        import_dump(tmp_path / "XX.txt", tmp_path)


def test_the_command_says_how_many_and_how_fast(geomap: RunGeomap, tmp_path: Path) -> None:
    path = tmp_path / "XX.txt"
    path.write_text("".join(dump_lines(50)) + "broken\n", encoding="utf-8")
    first = geomap("gazetteer", "import", path, env={"GEOMAP_CACHE": str(tmp_path / "cache")})
    again = geomap("gazetteer", "import", path, env={"GEOMAP_CACHE": str(tmp_path / "cache")})

    assert first.returncode == 1
    assert "XX.txt: 51 lines read, " in first.stderr
    assert "rows/s; 1 lines are not of the published form" in first.stderr
    assert "was imported before" in again.stderr
