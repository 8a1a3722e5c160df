"""Watch: articles arrive in a folder; the map keeps up, and ends when it is told to."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from geomap.errors import PlanError
from geomap.watch import Desk, Redrawn, watch
from tests.conftest import ROOT

if TYPE_CHECKING:
    from geomap.gazetteer import Gazetteer

ARTICLE = "4 March 2021\n\nSyrian government forces captured the town of {town} on Wednesday.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one article."""
    (tmp_path / "in").mkdir()
    _arrives(tmp_path / "in" / "a.txt", "Saraqeb")
    return tmp_path / "in"


def _arrives(path: Path, town: str) -> None:
    path.write_text(ARTICLE.format(town=town), encoding="utf-8")


@contextmanager
def _watched(desk: Desk) -> Iterator[list[Redrawn]]:
    """The drawings of a desk that is watched meanwhile."""
    drawn: list[Redrawn] = []
    stop = threading.Event()
    thread = threading.Thread(
        target=watch, args=(desk, stop), kwargs={"every": 0.02, "quiet": 0.1, "told": drawn.append}
    )
    thread.start()
    try:
        yield drawn
    finally:
        stop.set()
        thread.join(30)
    assert not thread.is_alive()


def _until(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_articles_that_arrive_together_make_one_drawing_and_each_is_read_once(
    folder: Path, gazetteer: Gazetteer
) -> None:
    out = folder.parent / "map.html"
    with _watched(Desk(folder, out, gazetteer)) as drawn:
        _until(lambda: len(drawn) == 1)
        for number, town in enumerate(("Idlib", "Kafr Nabl", "Binnish")):
            _arrives(folder / f"b{number}.txt", town)
        _until(lambda: len(drawn) == 2)
        (folder / "a.txt").unlink()
        _until(lambda: len(drawn) == 3)

    assert [each.fresh for each in drawn] == [1, 3, 0]
    shown = out.read_text(encoding="utf-8")
    assert "Kafr Nabl" in shown
    assert "town of Saraqeb" not in shown


def test_a_broken_article_is_told_and_the_others_are_drawn(folder: Path, gazetteer: Gazetteer) -> None:
    (folder / "b.txt").write_bytes(b"\x00\x01\x02\xff" * 100)

    drawn = Desk(folder, folder.parent / "map.html", gazetteer).redraw()

    assert drawn.reading is not None
    assert [article.id for article in drawn.reading.articles] == ["a"]
    assert any("b.txt" in issue.message for issue in drawn.reading.problems)


def test_where_nothing_can_be_drawn_the_map_stays_as_it_was(folder: Path, gazetteer: Gazetteer) -> None:
    desk = Desk(folder, folder.parent / "map.html", gazetteer)
    desk.redraw()
    before = desk.out.read_bytes()
    (folder / "a.txt").write_bytes(b"")

    drawn = desk.redraw()

    assert drawn.reading is None
    assert "a.txt" in drawn.error
    assert desk.out.read_bytes() == before


def test_a_map_among_its_articles_is_refused(folder: Path, gazetteer: Gazetteer) -> None:
    with pytest.raises(PlanError, match="would be read as one"):
        Desk(folder, folder / "map.html", gazetteer)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=lambda number: number.name)
def test_it_ends_in_order_when_it_is_told_to(number: signal.Signals, folder: Path) -> None:
    command = [sys.executable, "-m", "geomap", "watch", "in", "-o", "map.html", "--every", "0.05"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(
        command, cwd=folder.parent, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == b"map.html\n"
        process.send_signal(number)
        _, said = process.communicate(timeout=30)
    finally:
        process.kill()

    assert process.returncode == 0
    assert said.decode().splitlines()[-1] == "stopped"
    assert sorted(path.name for path in folder.parent.iterdir()) == ["in", "map.html"]
