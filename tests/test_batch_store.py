"""The store: what was read is kept, no more than so much of it, whoever works with it at the same time."""

from __future__ import annotations

import os
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from geomap.batch.reads import Summary
from geomap.batch.store import Store, prune

DAYS = 86_400


def _kept(readings: Path, version: str, key: str, days_ago: float) -> Path:
    """Keep a summary that was last used so long ago."""
    store = Store(readings / version)
    store.keep(Summary(key=key), None)
    moment = time.time() - days_ago * DAYS
    os.utime(store.path_of(key), (moment, moment))
    return store.path_of(key)


@pytest.mark.parametrize(
    ("files_kept", "used", "left"),
    [
        (9, [], {"new", "older", "oldest"}),
        (2, [], {"new", "older"}),
        (1, ["oldest"], {"oldest"}),
        (0, [], set()),
        (0, ["new", "oldest"], {"new", "oldest"}),
    ],
)
def test_what_was_not_used_for_longest_goes_first(
    tmp_path: Path, files_kept: int, used: list[str], left: set[str]
) -> None:
    paths = {
        "oldest": _kept(tmp_path, "v1", "aa1", 30),
        "new": _kept(tmp_path, "v2", "aa1", 1),
        "older": _kept(tmp_path, "v2", "ab2", 3),
    }
    size = max(path.stat().st_size for path in paths.values())

    prune(tmp_path, files_kept * size, {str(paths[name]) for name in used})

    assert {name for name, path in paths.items() if path.exists()} == left
    assert {path.name for path in tmp_path.iterdir()} == {paths[name].parts[-3] for name in left}


def test_a_use_is_written_down(tmp_path: Path) -> None:
    read = _kept(tmp_path, "v1", "aa1", 30)
    _kept(tmp_path, "v1", "ab2", 20)

    assert Store(tmp_path / "v1").summary("aa1") == Summary(key="aa1")
    prune(tmp_path, read.stat().st_size)

    assert list(tmp_path.rglob("*.pickle")) == [read]


def test_what_a_program_that_was_ended_left_unfinished_goes(tmp_path: Path) -> None:
    kept = _kept(tmp_path, "v1", "aa1", 30)
    for name, days_ago in ((".unfinished-a", 2), (".unfinished-b", 0)):
        path = kept.parent / name
        path.touch()
        os.utime(path, (time.time() - days_ago * DAYS,) * 2)

    prune(tmp_path, 10**6)

    assert sorted(path.name for path in kept.parent.iterdir()) == [".unfinished-b", kept.name]


def test_programs_that_prune_and_keep_at_once_lose_nothing_but_readings(tmp_path: Path) -> None:
    def work(number: int) -> list[Summary | None]:
        store = Store(tmp_path / f"v{number % 2}")
        found = []
        for at in range(40):
            key = f"{at % 7:02}{number}"
            store.keep(Summary(key=key, events=at), None)
            prune(tmp_path, 300)
            found.append(store.summary(key))
        return found

    with ThreadPoolExecutor(4) as pool:
        found = [each for part in pool.map(work, range(4)) for each in part]

    assert len(found) == 160
    assert all(each is None or each.key.endswith(("0", "1", "2", "3")) for each in found)
    assert not list(tmp_path.rglob(".unfinished-*"))
