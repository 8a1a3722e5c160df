"""Pool: worker processes, each told one task at a time, so that one that dies loses that task and no other.

``concurrent.futures`` gives up all that is under way when a process ends, and cannot say whose fault it was. Here a
worker says when it begins a task: the end of one that was still loading is no fault of the task that waits for it.
"""

from __future__ import annotations

import multiprocessing
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from multiprocessing.connection import Connection, wait
from types import TracebackType
from typing import Any, Generic, NamedTuple, Protocol, Self, TypeVar

from geomap.batch.serve import BEGUN, FAILED, serve
from geomap.errors import PlanError

T = TypeVar("T")
R = TypeVar("R")
# A task is tried this often before its process's end is its own fault.
_TRIES = 2
# Where so many processes in a row, for each that is wanted, end while they load, none will ever be ready.
_LOADS = 3
# How long a process that was told to end may take, in seconds.
_PATIENCE = 2.0


class Outcome(NamedTuple, Generic[T, R]):
    """A task and its value; where ``error`` is not "" its process ended twice, and there is no value."""

    task: T
    value: R | None
    error: str = ""


class Workers(Protocol):
    """Works tasks through, in this process or in others."""

    def each(self, function: Callable[[T], R], tasks: Iterable[T]) -> Iterator[Outcome[T, R]]:
        """Yield the outcomes as they come; a task is taken from ``tasks`` once somebody is free for it."""

    def __enter__(self) -> Self:
        """Return the workers."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End them."""


def workers_of(number: int, start: Callable[..., None], arguments: Sequence[Any]) -> Workers:
    """Return that many workers; ``start(*arguments)`` is called once in each before its first task."""
    return Pool(number, start, arguments) if number > 1 else Alone(start, arguments)


class Alone:
    """Works in this process."""

    def __init__(self, start: Callable[..., None], arguments: Sequence[Any]) -> None:
        self._start, self._arguments = start, arguments
        self._is_started = False

    def each(self, function: Callable[[T], R], tasks: Iterable[T]) -> Iterator[Outcome[T, R]]:
        """Yield the outcomes in order."""
        for task in tasks:
            if not self._is_started:
                self._start(*self._arguments)
                self._is_started = True
            yield Outcome(task, function(task))

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Do nothing."""


class _Worker(NamedTuple):
    process: Any  # of a start method; they share no public class
    pipe: Connection


class _Given(NamedTuple):
    """A task that somebody has, how often it was begun, and whether it is now."""

    worker: _Worker
    task: Any
    tries: int
    is_begun: bool = False


class Pool:
    """Works in processes of its own, started when there is a task for them."""

    def __init__(self, number: int, start: Callable[..., None], arguments: Sequence[Any]) -> None:
        # Never a plain fork: the progress bar has a thread, and the fork would keep its locks.
        methods = multiprocessing.get_all_start_methods()
        self._how: Any = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
        self._number, self._start, self._arguments = number, start, tuple(arguments)
        self._idle: list[_Worker] = []
        self._busy: dict[Connection, _Given] = {}
        self._lost = 0  # processes in a row that ended while they loaded

    def each(self, function: Callable[[T], R], tasks: Iterable[T]) -> Iterator[Outcome[T, R]]:
        """Yield the outcomes as they come; what a worker raises is raised here.

        Raises:
            GeomapError: a worker could not be started.
        """
        waiting, again = ((task, 0) for task in tasks), deque[tuple[T, int]]()
        while True:
            while len(self._busy) < self._number:
                following = again.popleft() if again else next(waiting, None)
                if following is None:
                    break
                self._give(function, *following)
            if not self._busy:
                return
            for pipe in wait(list(self._busy)):
                assert isinstance(pipe, Connection)
                told = self._told_by(pipe)
                if told == BEGUN:
                    continue
                given = self._busy.pop(pipe)
                if told is not None:
                    self._idle.append(given.worker)
                    yield Outcome(given.task, _value(*told))
                elif self._is_to_try_again(given):
                    again.append((given.task, given.tries))
                else:
                    yield Outcome(given.task, None, f"its process {_end_of(given.worker, 'twice')}")

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """End the processes: those without a task by themselves, the others by force."""
        for given in self._busy.values():
            given.worker.process.terminate()
        for worker in (*self._idle, *(given.worker for given in self._busy.values())):
            worker.pipe.close()
            worker.process.join(_PATIENCE)
            if worker.process.is_alive():
                worker.process.kill()
                worker.process.join(_PATIENCE)
        self._idle, self._busy = [], {}

    def _told_by(self, pipe: Connection) -> Any:
        """Return what a worker says, its answer or that it began; None where its process ended."""
        try:
            told = pipe.recv()
        except (EOFError, OSError):
            return None
        if told == BEGUN:
            given, self._lost = self._busy[pipe], 0
            self._busy[pipe] = given._replace(tries=given.tries + 1, is_begun=True)
        return told

    def _is_to_try_again(self, given: _Given) -> bool:
        """Whether a task whose process ended is given to another one.

        Raises:
            PlanError: process after process ends before it is ready for any task.
        """
        if given.is_begun:
            return given.tries < _TRIES
        self._lost += 1
        if self._lost >= _LOADS * self._number:
            how = _end_of(given.worker, "while it loaded")
            raise PlanError(
                f"{self._lost} worker processes in a row ended before their first task; the last one {how}: "
                "free memory, or take fewer with --workers"
            )
        return True

    def _give(self, function: Callable[[T], R], task: T, tries: int) -> None:
        """Give a task to somebody who is free; one who ended meanwhile is passed over."""
        while True:
            worker = self._idle.pop() if self._idle else self._new()
            try:
                worker.pipe.send((function, task))
            except OSError:
                continue
            self._busy[worker.pipe] = _Given(worker, task, tries)
            return

    def _new(self) -> _Worker:
        here, there = self._how.Pipe()
        process = self._how.Process(target=serve, args=(there, self._start, self._arguments), daemon=True)
        process.start()
        there.close()  # so that the end of the process is the end of the pipe
        return _Worker(process, here)


def _value(kind: str, value: Any) -> Any:
    """Return the value of an answer; raise it where the task failed."""
    if kind == FAILED:
        raise value
    return value


def _end_of(worker: _Worker, when: str) -> str:
    """Return how a process ended, in words."""
    worker.process.join(_PATIENCE)
    code = worker.process.exitcode
    if code is not None and code < 0:
        name = signal.Signals(-code).name if -code in set(signal.Signals) else f"signal {-code}"
        why = ", as when memory runs out" if name == "SIGKILL" else ""
        return f"was ended {when} by {name}{why}"
    return f"ended {when} with code {code}"
