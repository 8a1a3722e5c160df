"""The program as its users meet it: arguments in; files, stdout, stderr and an exit code out."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import ROOT, RunGeomap

CASES: list[dict[str, Any]] = yaml.safe_load((ROOT / "tests/cases/cli.yml").read_text(encoding="utf-8"))

GOOD = """Troops enter town

4 March 2021

Syrian government forces captured the town of Saraqeb on Wednesday, state television said.

The United Nations said 12,000 people had fled Saraqeb towards Idlib city since Monday.
"""
UNDATED = "Syrian government forces captured the town of Saraqeb, state television said.\n"
EVENTLESS = "Bakers meet\n\n4 March 2021\n\nThe bakers of Idlib city discussed the price of flour for an hour.\n"
LATIN = "Le Caf\xe9 tells\n\n4 March 2021\n\nRebels captured the town of Saraqeb, the caf\xe9\x92s owner said.\n"


@pytest.fixture
def paths(tmp_path: Path) -> dict[str, Path]:
    """Articles of every kind in a folder; the names in braces of cases/cli.yml."""
    folder = tmp_path / "articles"
    (tmp_path / "nothing").mkdir()
    folder.mkdir()
    made = {name: folder / f"{name}.txt" for name in ("good", "empty", "binary", "undated", "eventless", "latin")}
    made["good"].write_text(GOOD, encoding="utf-8")
    made["empty"].write_text("", encoding="utf-8")
    made["binary"].write_bytes(b"\x7fELF\x00\x01\x02\x00\xff\xfe" * 50)
    made["undated"].write_text(UNDATED, encoding="utf-8")
    made["eventless"].write_text(EVENTLESS, encoding="utf-8")
    made["latin"].write_bytes(LATIN.encode("latin-1"))
    page, listing = tmp_path / "page.html", tmp_path / "listing.yml"
    page.write_text("<!DOCTYPE html><title>Rivers &amp; roads</title>", encoding="utf-8")
    listing.write_text("- path: good.txt\n  when: 2021-03-04\n", encoding="utf-8")
    return {**made, "folder": folder, "nothing": tmp_path / "nothing", "page": page, "listing": listing}


@pytest.mark.parametrize("case", CASES, ids=[case["what"] for case in CASES])
def test_command_line_does_what_the_table_says(
    case: dict[str, Any], geomap: RunGeomap, paths: dict[str, Path], tmp_path: Path
) -> None:
    done = geomap(*(arg.format(**paths) for arg in case["args"]))

    assert done.returncode == case["code"], done.stderr
    assert [word for word in case.get("stdout", []) if word not in done.stdout] == []
    assert [word for word in case.get("stderr", []) if word not in done.stderr] == []
    assert "Traceback" not in done.stderr
    assert "bug in geomap" not in done.stderr
    if "writes" in case:
        assert (tmp_path / case["writes"]).stat().st_size > 0


def test_every_problem_is_one_line_that_begins_with_the_program(geomap: RunGeomap, paths: dict[str, Path]) -> None:
    done = geomap("map", paths["folder"], "missing.txt", "-o", "a.html")

    problems = [line for line in done.stderr.splitlines() if line.startswith("geomap: ")]
    for name in ("empty.txt", "binary.txt", "undated.txt", "eventless.txt", "missing.txt"):
        assert [name in line for line in problems].count(True) == 1, problems


def test_an_article_that_may_not_be_read_is_named(
    geomap: RunGeomap, paths: dict[str, Path], tmp_path: Path
) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may read everything")
    paths["latin"].chmod(0)

    done = geomap("map", paths["latin"], paths["good"], "-o", "a.html")

    assert done.returncode == 1
    assert "latin.txt" in done.stderr
    assert (tmp_path / "a.html").exists()


def test_a_map_that_cannot_be_written_leaves_the_old_one(geomap: RunGeomap, paths: dict[str, Path]) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may write everywhere")
    old = paths["folder"] / "map.html"
    old.write_text("old", encoding="utf-8")
    paths["folder"].chmod(0o500)

    done = geomap("map", paths["good"], "-o", old)

    paths["folder"].chmod(0o700)
    assert done.returncode == 1
    assert "map.html: cannot be written (permission denied)" in done.stderr
    assert old.read_text(encoding="utf-8") == "old"


def test_nothing_is_left_beside_the_map(geomap: RunGeomap, paths: dict[str, Path], tmp_path: Path) -> None:
    geomap("map", paths["good"], "-o", "maps/a.html")

    assert [path.name for path in (tmp_path / "maps").iterdir()] == ["a.html"]


def test_a_reader_who_has_enough_is_no_error(paths: dict[str, Path]) -> None:
    command = (
        f"{sys.executable} -m geomap extract {paths['good']} --format csv | head -c 1; echo ${{PIPESTATUS[0]}}"
    )

    done = subprocess.run(
        ["bash", "-c", command], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
    )

    assert done.stdout.endswith("0\n"), done
    assert "Traceback" not in done.stderr
    assert "BrokenPipe" not in done.stderr


def test_help_is_quick_because_nothing_heavy_is_imported() -> None:
    heavy = "spacy folium geopandas pandas numpy trafilatura pydantic yaml rich jinja2"
    code = (
        "import sys, geomap, geomap.cli\n"
        "try:\n    geomap.cli.main(['--help'])\nexcept SystemExit:\n    pass\n"
        f"print(sorted(set({heavy.split()!r}) & set(sys.modules)), file=sys.stderr)"
    )

    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True
    )

    assert done.stderr == "[]\n"


def test_an_interrupt_ends_with_130_and_a_word() -> None:
    started = [sys.executable, "-m", "geomap", "locate", "-"]
    with subprocess.Popen(
        started,
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        # Jobs in the background inherit an ignored SIGINT, which Python then leaves ignored.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    ) as p:
        assert p.stdin is not None
        assert p.stdout is not None
        assert p.stderr is not None
        p.stdin.write(b'{"doc_id": 1, "text": "Saraqeb"}\n')
        p.stdin.flush()
        p.stdout.readline()
        time.sleep(0.1)
        p.send_signal(signal.SIGINT)
        said = p.communicate(timeout=60)[1].decode()

    assert p.returncode == 130
    assert said == "geomap: stopped\n"


def test_verbose_says_how_stages_decided(geomap: RunGeomap, paths: dict[str, Path]) -> None:
    done = geomap("locate", "Saraqib", "-v")

    assert done.returncode == 0
    assert "geomap." in geomap("map", paths["good"], "-v").stderr


def test_a_broken_gazetteer_entry_is_named_and_the_map_is_still_drawn(
    geomap: RunGeomap, paths: dict[str, Path], tmp_path: Path
) -> None:
    data = _copy_of_gazetteer(tmp_path)
    broken = next(iter(sorted((data / "places" / "sy").glob("*.yml"))))
    broken.write_text(
        broken.read_text(encoding="utf-8") + "- id: sy-nowhere-land\n  name: Nowhere Land\n  lat: 456.0\n",
        encoding="utf-8",
    )

    done = geomap("map", paths["good"], "-o", "a.html", env={"GEOMAP_GAZETTEER": str(data)})

    assert done.returncode == 1
    assert broken.name in done.stderr
    assert (tmp_path / "a.html").exists()
    assert geomap("gazetteer", "check", "--gazetteer", data).returncode == 1


def _copy_of_gazetteer(tmp_path: Path) -> Path:
    import shutil

    return Path(shutil.copytree(ROOT / "gazetteer", tmp_path / "gazetteer"))
