"""Dispatch: parts to the workers of a Dask cluster, few at a time; what a lost worker had goes to another."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from typing import Any

from geomap.batch.cluster.parts import Part
from geomap.batch.cluster.work import PartResult, Settings, read_part
from geomap.errors import GazetteerError, GeomapError, PlanError

# Parts in flight for each thread: one that is read, and one that waits so that none stands idle.
_AHEAD = 2
# Dask gives a task up once some four workers ended with it; a poisoned part needs more lives than that.
_TRIES = 4
# Reading and writing over a network fails at times.
_RETRIES = 2
# How long a cluster may take to have its first worker, and how often it is asked for its size, in seconds.
_PATIENCE, _ASKED = 60.0, 5.0
_LOCAL_MEMORY = "2GiB"
# A worker keeps for an hour what its profiler saw of each second, and nobody looks at it: 40 MB in 10,000 articles.
_NO_PROFILES = {"distributed.worker.profile.enabled": False}

Told = Callable[[PartResult], None]


@contextmanager
def cluster_at(scheduler: str, workers: int) -> Iterator[Any]:
    """Yield a client of the cluster; ``local`` starts one of that many processes, and ends it.

    Raises:
        PlanError: no scheduler answers at that address, or it has no worker.
    """
    distributed = import_module("distributed")

    with _local(workers) if scheduler == "local" else _nothing(scheduler) as address:
        try:
            client = distributed.Client(address, timeout=10, set_as_default=False)
        except (OSError, ValueError) as error:
            raise PlanError(
                f"{scheduler}: no Dask scheduler answers ({type(error).__name__}: {error}): expected an address as "
                "tcp://host:8786, or local"
            ) from error
        with client:
            _wait_for_workers(client, scheduler)
            yield client


@contextmanager
def _local(workers: int) -> Iterator[Any]:
    """Yield a cluster of processes on this machine."""
    dask, distributed = import_module("dask"), import_module("distributed")

    with (
        dask.config.set(_NO_PROFILES),
        distributed.LocalCluster(
            n_workers=workers,
            threads_per_worker=1,
            processes=True,
            dashboard_address=None,
            memory_limit=_LOCAL_MEMORY,
            silence_logs=logging.ERROR,
        ) as cluster,
    ):
        yield cluster


@contextmanager
def _nothing(scheduler: str) -> Iterator[str]:
    yield scheduler


def _wait_for_workers(client: Any, scheduler: str) -> None:
    distributed = import_module("distributed")

    try:
        client.wait_for_workers(1, timeout=_PATIENCE)
    except (TimeoutError, distributed.TimeoutError) as error:
        raise PlanError(
            f"{scheduler}: the cluster has no worker after {_PATIENCE:.0f} s: start one: dask worker {scheduler}"
        ) from error


def results_of(client: Any, parts: Sequence[Part], settings: Settings) -> Iterator[PartResult]:
    """Yield how each part went, as they are done; a part that fails is a result with an ``error``.

    No more parts are with the cluster than its threads have use for, however many there are.

    Raises:
        GazetteerError: a worker cannot load the gazetteer.
        PlanError: a worker would read otherwise than this process, or a part is no corpus.
    """
    distributed = import_module("distributed")

    waiting = iter([(part, 1) for part in parts])
    under_way: dict[Any, tuple[Part, int]] = {}
    done = distributed.as_completed(loop=client.loop)
    window = _Window(client)

    def send(part: Part, attempt: int) -> None:
        key = f"geomap-{part.name}-{attempt}-{time.time_ns()}"
        future = client.submit(read_part, part, settings, key=key, pure=False, retries=_RETRIES)
        under_way[future] = (part, attempt)
        done.add(future)

    def fill() -> None:
        while len(under_way) < window.size() and (following := next(waiting, None)) is not None:
            send(*following)

    try:
        fill()
        while under_way:
            future = next(done)
            part, attempt = under_way.pop(future)
            result = _outcome(future, part, attempt)
            if result is None:
                send(part, attempt + 1)
            else:
                yield result
            fill()
    finally:
        client.cancel(list(under_way))


class _Window:
    """How many parts may be with the cluster, which grows and shrinks."""

    def __init__(self, client: Any) -> None:
        self._client, self._size, self._asked = client, 0, 0.0

    def size(self) -> int:
        """Return the number, asked of the cluster every few seconds."""
        if time.monotonic() - self._asked > _ASKED or not self._size:
            threads = sum(self._client.nthreads().values())
            self._size, self._asked = max(1, _AHEAD * threads), time.monotonic()
        return self._size


def _outcome(future: Any, part: Part, attempt: int) -> PartResult | None:
    """Return how a part went, None where it is to be tried again."""
    distributed = import_module("distributed")

    try:
        result: PartResult = future.result()
        return result
    except (distributed.KilledWorker, distributed.CancelledError) as error:
        if attempt < _TRIES:
            return None
        what = f"{part.address}, bytes or rows {part.start}-{part.end}: every worker that read it ended"
        return PartResult(name=part.name, error=f"{what} ({type(error).__name__}): look into the workers' logs")
    except (PlanError, GazetteerError):
        raise
    except Exception as error:
        what = str(error) if isinstance(error, GeomapError) else f"{type(error).__name__}: {error}"
        return PartResult(name=part.name, error=f"{part.address}, {part.name}: {what}")
    finally:
        future.release()
