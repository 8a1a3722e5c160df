"""Only what changed: what is drawn again, what is left, and what a run that was ended leaves behind."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from geomap.batch import Report, run
from geomap.batch.state import FOLDER
from tests.conftest import ROOT, run_geomap

TOWNS = ("Saraqeb", "Maarat al-Numan", "Kafr Nabl")
PLAN = """
title: Towns
out: maps
articles: [news]
maps:
  - name: day/{date}
    title: The day, {date}
    every: day
    formats: [html, geojson]
  - name: all
"""
# Of these each run writes its own.
NOT_THE_SAME = ("timings.json", FOLDER)


def _folder(tmp_path: Path, plan: str = PLAN) -> Path:
    (tmp_path / "news").mkdir()
    for number, town in enumerate(TOWNS, 1):
        _article(tmp_path, number, town)
    (tmp_path / "plan.yml").write_text(plan, encoding="utf-8")
    return tmp_path / "plan.yml"


def _article(folder: Path, number: int, town: str) -> None:
    text = f"{number} March 2021\n\nSyrian government forces captured the town of {town} on Monday.\n"
    (folder / f"news/{number}.txt").write_text(text, encoding="utf-8")


def _statuses(report: Report) -> dict[str, str]:
    return {result.name: result.why or result.status for result in report.results}


def _hashes(folder: Path) -> dict[str, str]:
    paths = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    names = {path.relative_to(folder): path for path in paths}
    return {
        str(name): hashlib.sha256(path.read_bytes()).hexdigest()
        for name, path in names.items()
        if name.parts[0] not in NOT_THE_SAME
    }


def test_the_second_run_draws_only_what_changed(tmp_path: Path) -> None:
    plan, out = _folder(tmp_path), tmp_path / "maps"
    days = [f"day/2021-03-0{day}" for day in (1, 2, 3)]

    first = run(plan, cache_dir=tmp_path / "cache")
    made = _hashes(out)
    second = run(plan, cache_dir=tmp_path / "cache")

    assert _statuses(first) == {**dict.fromkeys(days, "new"), "all": "new"}
    assert set(_statuses(second).values()) == {"unchanged"}
    assert (first.read, second.read) == (3, 0)
    assert _hashes(out) == made

    _article(tmp_path, 2, "Ariha")
    assert _statuses(run(plan, cache_dir=tmp_path / "cache")) == {
        **dict.fromkeys(days, "unchanged"),
        days[1]: "articles changed",
        "all": "articles changed",
    }

    (out / "all.html").write_text("cut", encoding="utf-8")
    plan.write_text(PLAN.replace("The day", "A day"), encoding="utf-8")
    dry = run(plan, cache_dir=tmp_path / "cache", is_dry=True)
    assert _statuses(dry) == {**dict.fromkeys(days, "plan changed"), "all": "files changed"}
    assert (out / "all.html").read_text(encoding="utf-8") == "cut"


def test_a_lost_cache_costs_only_the_reading(tmp_path: Path) -> None:
    plan = _folder(tmp_path)
    run(plan, cache_dir=tmp_path / "cache")

    dry = run(plan, cache_dir=tmp_path / "other", is_dry=True)
    again = run(plan, cache_dir=tmp_path / "other")

    assert _statuses(dry)["all"] == "unchanged"
    assert dry.read == 3
    assert set(_statuses(again).values()) == {"unchanged"}


def test_one_worker_and_two_make_the_same_bytes(tmp_path: Path) -> None:
    plan = _folder(tmp_path)

    run(plan, tmp_path / "one", cache_dir=tmp_path / "a", workers=1)
    run(plan, tmp_path / "two", cache_dir=tmp_path / "b", workers=2)

    assert _hashes(tmp_path / "one") == _hashes(tmp_path / "two")


def test_the_manifest_tells_what_was_made_of_what(tmp_path: Path) -> None:
    run(_folder(tmp_path), cache_dir=tmp_path / "cache")

    told = json.loads((tmp_path / "maps/manifest.json").read_text(encoding="utf-8"))

    source = (tmp_path / "news/1.txt").read_bytes()
    assert told["articles"][0]["sha256"] == hashlib.sha256(source).hexdigest()
    day = told["maps"][0]
    assert (day["name"], day["articles"], day["claims"]) == ("day/2021-03-01", 1, {"control": 1})
    for file in day["files"]:
        content = (tmp_path / "maps" / file["path"]).read_bytes()
        assert (file["bytes"], file["sha256"]) == (len(content), hashlib.sha256(content).hexdigest())


def test_maps_of_a_region_and_a_language_have_the_articles_that_belong_to_them(tmp_path: Path) -> None:
    plan = """
articles: [news]
maps:
  - {name: syria, regions: [sy]}
  - {name: idlib, regions: [Idlib Governorate], languages: [en]}
  - {name: sudan, regions: [sd]}
  - {name: early, to: 2021-03-02}
"""
    report = run(_folder(tmp_path, plan), tmp_path / "maps", cache_dir=tmp_path / "cache")

    assert {each.name: each.articles for each in report.results} == {"syria": 3, "idlib": 3, "sudan": 0, "early": 2}
    assert [each.name for each in report.results if each.error] == ["sudan"]


def test_the_first_failure_ends_a_run_that_is_told_so(tmp_path: Path) -> None:
    plan = _folder(tmp_path)
    (tmp_path / "news/2.txt").write_text("", encoding="utf-8")

    report = run(plan, cache_dir=tmp_path / "cache", is_fail_fast=True)

    assert report.is_stopped
    assert "2.txt" in report.results[0].error
    assert not (tmp_path / "maps/index.html").exists()


def test_an_unknown_region_is_told_with_its_line(tmp_path: Path) -> None:
    plan = _folder(tmp_path, PLAN + "    regions: [Nowhereville-on-Sea]\n")

    done = run_geomap("batch", plan, cwd=tmp_path)

    assert done.returncode == 2
    assert "plan.yml:11: maps: all: regions: found Nowhereville-on-Sea" in done.stderr


def test_a_run_says_on_a_pipe_what_it_does(tmp_path: Path) -> None:
    plan = _folder(tmp_path)

    text = run_geomap("batch", plan, "--workers", 1, "--dry-run", cwd=tmp_path)
    lines = run_geomap("batch", plan, "--workers", 1, "--log", "json", cwd=tmp_path)
    told = [json.loads(line) for line in lines.stderr.splitlines()]

    assert "would read 3 articles" in text.stderr
    assert lines.returncode == 0
    assert [line["event"] for line in told] == [*["read"] * 3, *["draw"] * 4, "end"]
    assert (told[-1]["read"], told[-1]["drawn"], told[-1]["failed"]) == (3, 4, 0)
    assert lines.stdout.splitlines()[-1].endswith("index.html")


# --- ended in the middle ---------------------------------------------------------------------------------


@pytest.mark.parametrize("others", [0, 60])  # many are read a few at a time
def test_an_article_that_ends_its_process_is_left_out_alone(tmp_path: Path, others: int) -> None:
    plan, plugins = _folder(tmp_path), tmp_path / "plugins"
    for number in range(others):
        (tmp_path / "news" / f"other-{number}.txt").write_text(f"March 3, 2021\n\nRain fell for {number} hours.")
    (plugins / "deadly-1.dist-info").mkdir(parents=True)
    (plugins / "deadly-1.dist-info/METADATA").write_text("Metadata-Version: 2.1\nName: deadly\nVersion: 1\n")
    (plugins / "deadly-1.dist-info/entry_points.txt").write_text("[geomap.extractors]\ndeadly = deadly:extract\n")
    (plugins / "deadly.py").write_text(
        "import os, signal\n"
        "def extract(article, sentences, locations, gazetteer):\n"
        "    if article.id == '2':\n"
        "        os.kill(os.getpid(), signal.SIGKILL)\n"
        "    return [], []\n"
    )
    path = os.pathsep.join([str(ROOT), str(plugins)])

    words = ("batch", plan, "--workers", 2, "--extractors", "core,deadly", "--log", "json")
    done = run_geomap(*words, cwd=tmp_path, env={"PYTHONPATH": path})

    told = [json.loads(line) for line in done.stderr.splitlines()]
    assert done.returncode == 1
    assert [line["name"].split("/")[-1] for line in told if line["event"] == "read" and "error" in line] == [
        "2.txt"
    ]
    assert {line["name"]: line["articles"] for line in told if line["event"] == "draw"} == {
        "day/2021-03-01": 1,
        "day/2021-03-03": 1 + others,
        "all": 2 + others,
    }


@pytest.mark.parametrize("files", [0, 1, 4])
def test_a_run_that_is_killed_leaves_whole_files_and_the_next_one_goes_on(tmp_path: Path, files: int) -> None:
    plan, out = _folder(tmp_path), tmp_path / "maps"
    run(plan, tmp_path / "expected", cache_dir=tmp_path / "cache-of-its-own")
    expected = _hashes(tmp_path / "expected")

    _kill_when_there_are(files, plan, out, tmp_path / "cache")
    # A file in the making lies in a folder of its own until it is whole.
    left = {name: digest for name, digest in _hashes(out).items() if ".geomap-" not in name}
    report = run(plan, out, cache_dir=tmp_path / "cache")

    assert {name: expected[name] for name in left} == left
    assert _hashes(out) == expected
    assert not list(out.rglob(".geomap-*"))
    assert report.known > 0


def _kill_when_there_are(files: int, plan: Path, out: Path, cache: Path) -> None:
    """Start a run with two workers in a process of its own and end it once that many maps' files are there."""
    code = (
        "import sys; from pathlib import Path; from geomap.batch import run\n"
        "if __name__ == '__main__':\n"
        "    run(Path(sys.argv[1]), Path(sys.argv[2]), cache_dir=Path(sys.argv[3]), workers=2)\n"
    )
    script = cache.parent / "script.py"
    script.write_text(code)
    words = [sys.executable, str(script), str(plan), str(out), str(cache)]
    running = subprocess.Popen(words, env={**os.environ, "PYTHONPATH": str(ROOT)})
    waited = time.monotonic() + 120
    while running.poll() is None and time.monotonic() < waited:
        there = list(out.glob("day/*.*")) if files else list(cache.rglob("*.pickle"))
        if len(there) >= max(files, 1):
            break
        time.sleep(0.005)
    running.send_signal(signal.SIGKILL)
    running.wait()
