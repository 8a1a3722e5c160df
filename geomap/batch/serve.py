"""Serve: what a worker process of a pool does until it is told to end."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection, wait
from typing import Any

from geomap.errors import GeomapError

# What a worker says: that it begins its task, or the task's value, or what went wrong.
BEGUN, DONE, FAILED = "begun", "done", "failed"


def serve(pipe: Connection, start: Callable[..., None], arguments: tuple[Any, ...]) -> None:
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
            if failure is None:
                pipe.send(BEGUN)
            pipe.send((FAILED, failure) if failure is not None else _answer(function, task))
        except OSError:
            return


def _end_with_the_program() -> None:
    """End this process where the program is killed: the next run may already be at work on the same files."""
    program = multiprocessing.parent_process()
    if program is not None:
        wait([program.sentinel])
        os._exit(1)


def _answer(function: Callable[[Any], Any], task: Any) -> tuple[str, Any]:
    try:
        return DONE, function(task)
    except Exception as error:
        return FAILED, RuntimeError(f"{type(error).__name__}: {error}")
