"""Pool: worker processes, each told one task at a time, so that one that dies loses that task and no other.

``concurrent.futures`` gives up all that is under way when a process ends, and cannot say whose fault it was.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from multiprocessing.connection import Connection, wait
from types import TracebackType
from typing import Any, Generic, NamedTuple, Protocol, Self, TypeVar

from geomap.errors import GeomapError

T = TypeVar("T")
R = TypeVar("R")
# A task is tried this often before its process's end is its own fault.
_TRIES = 2
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
    """A task that somebody has, and how often it was given before."""

    worker: _Worker
    task: Any
    tries: int


class Pool:
    """Works in processes of its own, started when there is a task for them."""

    def __init__(self, number: int, start: Callable[..., None], arguments: Sequence[Any]) -> None:
        # Never a plain fork: the progress bar has a thread, and the fork would keep its locks.
        methods = multiprocessing.get_all_start_methods()
        self._how: Any = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
        self._number, self._start, self._arguments = number, start, tuple(arguments)
        self._idle: list[_Worker] = []
        self._busy: dict[Connection, _Given] = {}

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
                given = self._busy.pop(pipe)
                answer = self._answer_of(given.worker)
                if answer is not None:
                    yield Outcome(given.task, answer[0])
                elif given.tries < _TRIES:
                    again.append((given.task, given.tries))
                else:
                    yield Outcome(given.task, None, _end_of(given.worker))

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

    def _answer_of(self, worker: _Worker) -> tuple[Any] | None:
        """Return what a worker answers, None where its process ended; what it raises is raised here."""
        try:
            value = worker.pipe.recv()
        except (EOFError, OSError):
            return None
        self._idle.append(worker)
        if isinstance(value, BaseException):
            raise value
        return (value,)

    def _give(self, function: Callable[[T], R], task: T, tries: int) -> None:
        """Give a task to somebody who is free; one who ended meanwhile is passed over."""
        while True:
            worker = self._idle.pop() if self._idle else self._new()
            try:
                worker.pipe.send((function, task))
            except OSError:
                continue
            self._busy[worker.pipe] = _Given(worker, task, tries + 1)
            return

    def _new(self) -> _Worker:
        here, there = self._how.Pipe()
        process = self._how.Process(target=_serve, args=(there, self._start, self._arguments), daemon=True)
        process.start()
        there.close()  # so that the end of the process is the end of the pipe
        return _Worker(process, here)


def _end_of(worker: _Worker) -> str:
    """Return how a process ended, in words."""
    worker.process.join(_PATIENCE)
    code = worker.process.exitcode
    if code is not None and code < 0:
        name = signal.Signals(-code).name if -code in set(signal.Signals) else f"signal {-code}"
        why = ", as when memory runs out" if name == "SIGKILL" else ""
        return f"its process was ended twice by {name}{why}"
    return f"its process ended twice with code {code}"


def _serve(pipe: Connection, start: Callable[..., None], arguments: tuple[Any, ...]) -> None:
    """Answer tasks until nobody asks any more, because the program is done or was ended."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the program, which ends its workers
    threading.Thread(target=_end_with_the_program, daemon=True).start()
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(name, "1")  # the processes are the parallelism
    failure: BaseException | None = None
    try:
        start(*arguments)
    except GeomapError as error:
        failure = error
    while True:
        try:
            function, task = pipe.recv()
        except EOFError:
            return
        try:
            pipe.send(failure or _answer(function, task))
        except OSError:
            return


def _end_with_the_program() -> None:
    """End this process where the program is killed: the next run may already be at work on the same files."""
    program = multiprocessing.parent_process()
    if program is not None:
        wait([program.sentinel])
        os._exit(1)


def _answer(function: Callable[[Any], Any], task: Any) -> Any:
    try:
        return function(task)
    except Exception as error:
        return RuntimeError(f"{type(error).__name__}: {error}")
