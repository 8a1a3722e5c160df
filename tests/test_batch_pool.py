"""The pool: a process that ends loses its own task and no other."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from geomap.batch.pool import workers_of
from geomap.errors import GazetteerError

_started: list[str] = []


def start(word: str) -> None:
    _started.append(word)


def start_badly() -> None:
    raise GazetteerError("no gazetteer here")


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
