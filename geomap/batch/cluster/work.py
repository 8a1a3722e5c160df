"""Work: what a worker does with one part, and what it leaves behind if it dies.

A part's state is one small file. Found "started", the one who wrote it is dead, and perhaps of an article: from
then on each article is written down before it is read. One that two workers died of is an error line, and the rest
of its part is read.
"""

from __future__ import annotations

import os
import resource
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from geomap.batch.cluster.parts import Part, documents_of
from geomap.batch.cluster.sheet import Sheet
from geomap.batch.cluster.store import Folder
from geomap.batch.context import context_of
from geomap.documents import DocumentReader, document_reader
from geomap.errors import PlanError
from geomap.gazetteer import keep_loaded
from geomap.steps import GROUP, groups

# Where the states of the parts are, in the folder of results; readers of Parquet pass such names by.
STATES = "_geomap"
# So many workers may end at one article, after one has ended somewhere in its part.
_DEATHS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a worker needs to know; ``version`` is that of all that has a say in the results."""

    out: str
    fmt: str
    gazetteer_dir: Path | None
    extractors: tuple[str, ...]
    version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PartResult:
    """How one part went.

    Attributes:
        bad: documents that gave no answer; problems: the first few of what was wrong with them.
        error: why there is no result at all, "" where there is one.
        worker: its host and process; rss, peak: its memory after the part and at most, in bytes.
        seconds, cpu: what the part took by the clock and of a processor.
    """

    name: str
    articles: int = 0
    events: int = 0
    bad: int = 0
    size: int = 0
    problems: tuple[str, ...] = ()
    error: str = ""
    worker: str = ""
    seconds: float = 0.0
    cpu: float = 0.0
    rss: int = 0
    peak: int = 0
    is_new: bool = True


# What of a result is kept in the part's state: nothing that another run would find otherwise.
_KEPT = ("name", "articles", "events", "bad", "size", "problems")
_PROBLEMS_KEPT = 10


def read_part(part: Part, settings: Settings) -> PartResult:
    """Read the documents of a part, write what they say, and return how it went.

    Raises:
        GazetteerError: the gazetteer cannot be loaded.
        PlanError: this worker would read otherwise than the one who asks, or the part is no corpus.
        RenderError: the result cannot be written.
    """
    began = time.perf_counter(), time.process_time()
    reader = document_reader(settings.gazetteer_dir, settings.extractors)
    check_version(reader, settings)
    _keep_loaded_once()
    folder = Folder(settings.out)
    watched = _Watched(folder, part)
    sheet = Sheet(settings.fmt)
    for group in groups(enumerate(documents_of(part)), watched.at_once):
        sheet.read([(found, watched.may_read(number)) for number, found in group], reader)
    data = sheet.data()
    folder.write(f"{part.name}.{settings.fmt}", data)
    result = PartResult(
        name=part.name,
        articles=sheet.articles,
        events=sheet.events,
        bad=len(sheet.errors),
        size=len(data),
        problems=tuple(sheet.errors[:_PROBLEMS_KEPT]),
    )
    folder.write_json(state_name(part.name), {"state": "done", **{key: asdict(result)[key] for key in _KEPT}})
    return replace(result, worker=f"{os.uname().nodename}:{os.getpid()}", **_used(began))


@lru_cache(maxsize=1)
def _keep_loaded_once() -> None:
    keep_loaded()


def done_before(folder: Folder, names: Sequence[str]) -> dict[str, PartResult]:
    """Return the results of those parts that an earlier run has finished, by name."""
    states = folder.read_jsons([state_name(name) for name in names])
    return {state["name"]: _kept(state) for state in states if state.get("state") == "done"}


def _kept(state: Mapping[str, Any]) -> PartResult:
    values = {**{key: state[key] for key in _KEPT}, "problems": tuple(state["problems"])}
    return PartResult(**values, is_new=False)


def state_name(name: str) -> str:
    """Return the file that tells how far a part is."""
    return f"{STATES}/{name}.json"


def check_version(reader: DocumentReader, settings: Settings) -> None:
    """Raise a PlanError where this process would read otherwise than the one that made the settings."""
    found = version_here(reader)
    if found != settings.version:
        raise PlanError(
            f"worker {os.uname().nodename}: reads by version {found}, expected {settings.version}: install the "
            "same geomap, packages, plug-ins and gazetteer on every machine"
        )


@lru_cache(maxsize=4)
def version_here(reader: DocumentReader) -> str:
    """Return the version of all that has a say in what this process reads: geomap, its packages, the gazetteer."""
    context = context_of(reader.gazetteer, [each.name for each in reader.extractors], None)
    return f"{context.program}-{context.gazetteer}-{context.code[:12]}-{context.reading[:12]}"


class _Watched:
    """Whether an article may be read, by what became of the workers before."""

    def __init__(self, folder: Folder, part: Part) -> None:
        self._folder, self._name = folder, state_name(part.name)
        state = folder.read_json(self._name)
        self._is_careful = state is not None and state.get("state") in ("started", "careful")
        deaths = (state or {}).get("deaths", {}) if self._is_careful else {}
        self._deaths = {int(number): int(count) for number, count in deaths.items()}
        if not self._is_careful:
            folder.write_json(self._name, {"state": "started"})

    @property
    def at_once(self) -> int:
        """How many articles are read together: one where workers died, so that it is known of which."""
        return 1 if self._is_careful else GROUP

    def may_read(self, number: int) -> bool:
        """Return False for an article that workers died of; otherwise write down that it is read, if need be."""
        if not self._is_careful:
            return True
        if self._deaths.get(number, 0) >= _DEATHS:
            return False
        fatal = {key: count for key, count in self._deaths.items() if count >= _DEATHS}
        self._write({**fatal, number: self._deaths.get(number, 0) + 1})
        return True

    def _write(self, deaths: dict[int, int]) -> None:
        self._folder.write_json(self._name, {"state": "careful", "deaths": deaths})


def _used(began: tuple[float, float]) -> dict[str, Any]:
    """Return what the part took: seconds, and memory in bytes."""
    return {
        "seconds": time.perf_counter() - began[0],
        "cpu": time.process_time() - began[1],
        "rss": next(_resident(), 0),
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
    }


def _resident() -> Iterator[int]:
    """Yield the memory of this process now, where the system tells it."""
    statm = Path("/proc/self/statm")
    if statm.exists():
        yield int(statm.read_text("ascii").split()[1]) * resource.getpagesize()
