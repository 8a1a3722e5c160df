"""What a batch tells: of articles on no map, of maps without articles, and how long it took."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from geomap.batch import run
from tests.conftest import ROOT

PLAN = 'articles: [news]\nmaps: [{name: "m/{date}", every: day, formats: [geojson]}]\n'


def _folder(tmp_path: Path, plan: str = PLAN) -> Path:
    (tmp_path / "news").mkdir()
    for day in (1, 2, 3):
        text = f"{day} March 2021\n\nSyrian government forces captured the town of Saraqeb on Monday.\n"
        (tmp_path / f"news/{day}.txt").write_text(text, encoding="utf-8")
    (tmp_path / "plan.yml").write_text(plan, encoding="utf-8")
    return tmp_path / "plan.yml"


def test_articles_that_no_map_shows_are_told_in_each_run(tmp_path: Path) -> None:
    plan = _folder(tmp_path)
    (tmp_path / "news/empty.txt").write_text("", encoding="utf-8")
    (tmp_path / "news/undated.txt").write_text("Rebels captured the town of Saraqeb.\n", encoding="utf-8")

    for _ in range(2):
        report = run(plan, tmp_path / "maps", cache_dir=tmp_path / "cache")

        assert [problem.split(": ")[0].rsplit("/", 1)[1] for problem in report.problems] == [
            "empty.txt",
            "undated.txt",
        ]
        assert not any(result.error for result in report.results)
    page = (tmp_path / "maps/index.html").read_text(encoding="utf-8")
    assert "undated.txt: no publication date found" in page
    assert run(plan, tmp_path / "maps", cache_dir=tmp_path / "cache", is_fail_fast=True).is_stopped


@pytest.mark.parametrize("every", ["", ", every: day"])
def test_a_map_without_articles_is_a_failure_with_its_reason(tmp_path: Path, every: str) -> None:
    asked = f'name: "m{{date}}"{every}, from: 2022-01-01, to: 2022-02-01, regions: [sy]'
    plan = _folder(tmp_path, f"articles: [news]\nmaps: [{{{asked}}}]\n")

    [result] = run(plan, tmp_path / "maps", cache_dir=tmp_path / "cache").results

    assert "among its articles (3), expected some published from 2022-01-01 to 2022-02-01 with" in result.error


def test_timings_tell_of_each_map_how_long_it_took_when_it_was_drawn(tmp_path: Path) -> None:
    plan = _folder(tmp_path)
    for _ in range(2):
        run(plan, tmp_path / "maps", cache_dir=tmp_path / "cache")

    told = json.loads((tmp_path / "maps/timings.json").read_text(encoding="utf-8"))

    assert told["read"]["articles"] == 0
    assert [(each["status"], each["seconds"] > 0) for each in told["maps"]] == [("unchanged", True)] * 3


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such terminals")
def test_a_terminal_shows_a_bar_with_rate_and_time_left(tmp_path: Path) -> None:
    import pty

    words = [sys.executable, "-m", "geomap", "batch", str(_folder(tmp_path)), "-o", str(tmp_path / "maps")]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm", "COLUMNS": "90"}
    here, there = pty.openpty()
    running = subprocess.Popen([*words, "--workers", "1"], env=environment, stderr=there, stdout=subprocess.DEVNULL)
    os.close(there)
    shown = _read_all(here)

    assert running.wait() == 0
    assert "Reading articles" in shown
    assert "Drawing maps" in shown
    assert "3/3" in shown
    assert "/s" in shown
    assert shown.splitlines()[-1].endswith("3 maps drawn, 0 failed, 0 problems")


def _read_all(terminal: int) -> str:
    """Return what a program writes to its terminal until it ends."""
    parts = []
    while True:
        try:
            part = os.read(terminal, 4096)
        except OSError:  # Linux tells the end of a terminal so
            break
        if not part:
            break
        parts.append(part)
    os.close(terminal)
    return b"".join(parts).decode()
