"""The pool: a process that ends loses its own task and no other."""

from __future__ import annotations

import contextlib
import os
import signal
from pathlib import Path

import pytest

from geomap.batch.pool import Pool, workers_of
from geomap.errors import GazetteerError, PlanError

_started: list[str] = []


def start(word: str) -> None:
    _started.append(word)


def start_badly() -> None:
    raise GazetteerError("no gazetteer here")


def start_late(folder: str, deaths: int) -> None:
    """End the process while it loads, as often as that; afterwards, load."""
    for number in range(deaths):
        with contextlib.suppress(FileExistsError):
            (Path(folder) / f"load-{number}").touch(exist_ok=False)
            os.kill(os.getpid(), signal.SIGKILL)


def work(task: str) -> tuple[str, list[str], int]:
    """Return the task, what was started, and the process; "die" ends it, a path does so until it is there."""
    if task == "die" or (task.startswith("/") and not Path(task).exists()):
        Path(task).touch() if task != "die" else None
        os.kill(os.getpid(), signal.SIGKILL)
    return task, _started, os.getpid()


def test_a_task_whose_process_ends_is_tried_twice_and_the_others_are_done(tmp_path: Path) -> None:
    tasks = ["a", "die", str(tmp_path / "once"), *"bcdef"]
    with workers_of(2, start, ["word"]) as workers:
        outcomes = {outcome.task: outcome for outcome in workers.each(work, tasks)}

    assert sorted(outcomes) == sorted(tasks)
    assert [task for task, outcome in outcomes.items() if outcome.error] == ["die"]
    assert "SIGKILL" in outcomes["die"].error


def test_a_process_that_ends_while_it_loads_is_no_fault_of_the_task(tmp_path: Path) -> None:
    once = str(tmp_path / "once")
    with workers_of(2, start_late, [str(tmp_path), 2]) as workers:
        outcomes = {outcome.task: outcome for outcome in workers.each(work, [once, "die", "a"])}

    assert sorted(path.name for path in tmp_path.iterdir()) == ["load-0", "load-1", "once"]
    assert [task for task, outcome in outcomes.items() if outcome.error] == ["die"]


def test_processes_that_all_end_while_they_load_are_told(tmp_path: Path) -> None:
    with (
        Pool(1, start_late, [str(tmp_path), 99]) as workers,
        pytest.raises(PlanError, match=r"3 worker processes in a row .* while it loaded by SIGKILL"),
    ):
        list(workers.each(work, ["a", "b", "c"]))


def test_each_process_is_started_once_and_serves_several_rounds() -> None:
    with workers_of(2, start, ["word"]) as workers:
        told = [outcome.value for tasks in ("abcd", "efgh") for outcome in workers.each(work, tasks)]

    assert all(value is not None and value[1] == ["word"] for value in told)
    assert len({value[2] for value in told if value is not None}) <= 2
    assert os.getpid() not in {value[2] for value in told if value is not None}


@pytest.mark.parametrize("number", [1, 2])
def test_what_cannot_be_started_is_told(number: int) -> None:
    with workers_of(number, start_badly, []) as workers, pytest.raises(GazetteerError, match="no gazetteer"):
        list(workers.each(work, ["a", "b", "c"]))


def test_one_worker_works_in_this_process() -> None:
    with workers_of(1, start, ["here"]) as workers:
        outcomes = list(workers.each(work, ["a", "b"]))

    assert [outcome.value[2] for outcome in outcomes if outcome.value] == [os.getpid()] * 2
