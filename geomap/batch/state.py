"""State: what did earlier runs leave in the folder of results, and is it still what this run would make?

``.geomap/`` in that folder holds a record of each map: what it was made from, and what was written. A record is
written after its files, so that a run that was ended draws again the one map it was at.
"""

from __future__ import annotations

import dataclasses
import hashlib
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from pydantic import TypeAdapter, ValidationError

from geomap.batch.articles import ArticleFile
from geomap.batch.context import Context, digest
from geomap.batch.job import DATA, Job
from geomap.batch.results import OutFile, Result
from geomap.errors import RenderError
from geomap.files import write_text
from geomap.model import Issue

FOLDER = ".geomap"
# Raise it when a record gets other fields.
_FORMAT = 2
_DATA_ENDINGS = tuple(f".{name}" for name in DATA)
# What geomap.files puts unfinished files into; those of a run that was ended are left behind.
_UNFINISHED = ".geomap-*"


@dataclasses.dataclass(frozen=True, slots=True)
class Made:
    """What a map is made from, as hashes and versions; the names are those that a person is told."""

    plan: str
    articles: str
    layers: str
    gazetteer: str
    program: str

    def changes(self, now: Made) -> list[str]:
        """Return the names of what is no longer the same."""
        fields = (field.name for field in dataclasses.fields(self))
        return [name for name in fields if getattr(self, name) != getattr(now, name)]


class Change(NamedTuple):
    """What was found of a map.

    Attributes:
        why: it has to be drawn, in words: "articles and program changed"; "" where it has not.
        result: how it went when it was drawn, None where nothing is known of it.
        kept: files of it that stay as they are all the same.
    """

    why: str
    result: Result | None
    kept: tuple[OutFile, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True)
class _Record:
    format: int
    made: Made
    result: Result


_RECORD = TypeAdapter(_Record)


def made_from(
    job: Job, files: Iterable[ArticleFile], problems: Iterable[Issue], layers: str, context: Context
) -> Made:
    """Return what a map is made from; ``layers`` is the digest of those that its files show."""
    values = dataclasses.asdict(job)
    for name in ("paths", "listing", "where", "layers"):  # these say which files, and those are here
        values.pop(name)
    told = [issue.message for issue in problems]
    return Made(
        plan=digest(values),
        articles=digest([[file.inputs for file in files], told]),
        layers=layers,
        gazetteer=context.gazetteer,
        program=f"{context.program}+{context.code[:16]}.{context.reading[:8]}",
    )


class State:
    """The records of a folder of results."""

    def __init__(self, out: Path) -> None:
        self.out = out

    def made_before(self, name: str) -> tuple[Made | None, Result | None]:
        """Return what the map of that name was made from, and how it went; None where nothing is known."""
        try:
            record = _RECORD.validate_json(self._path(name).read_bytes())
        except (OSError, ValidationError):
            return None, None
        known = record.format == _FORMAT and record.result.name == name
        return (record.made, record.result) if known else (None, None)

    def change(self, name: str, now: Made) -> Change:
        """Return whether and why a map has to be drawn, and what is known of it."""
        made, result = self.made_before(name)
        if made is None or result is None:
            return Change("new", None)
        changes = made.changes(now)
        if changes == ["layers"]:
            data = (file for file in result.files if file.path.endswith(_DATA_ENDINGS))
            return Change("layers changed", result, tuple(filter(self._is_whole, data)))
        if changes:
            return Change(f"{' and '.join(changes)} changed", result)
        return Change("" if all(map(self._is_whole, result.files)) else "files changed", result)

    def keep(self, made: Made, result: Result) -> None:
        """Keep the record of a map that was drawn.

        Raises:
            RenderError: it cannot be written.
        """
        kept = dataclasses.replace(result, why="")
        record = _RECORD.dump_json(_Record(_FORMAT, made, kept))
        write_text(self._path(result.name), record.decode())

    def _is_whole(self, file: OutFile) -> bool:
        """Whether a file is as it was written, by its size and time, or else by its content."""
        path = self.out / file.path
        try:
            state = path.stat()
            if state.st_size != file.size:
                return False
            if state.st_mtime_ns == file.changed_ns:
                return True
            with path.open("rb") as content:
                return hashlib.file_digest(content, "sha256").hexdigest() == file.sha256
        except OSError:
            return False

    def _path(self, name: str) -> Path:
        return self.out / FOLDER / "maps" / f"{digest(name)}.json"


@contextmanager
def only_run_in(out: Path, jobs: Sequence[Job]) -> Iterator[None]:
    """Keep other runs out of a folder of results, and clear away what a run that was ended left half done.

    Raises:
        RenderError: another run is at work there, or the folder cannot be written.
    """
    try:
        (out / FOLDER).mkdir(parents=True, exist_ok=True)
        with (out / FOLDER / "lock").open("w") as lock:
            _lock(lock.fileno(), out)
            for folder in {out, out / FOLDER / "maps", *((out / job.name).parent for job in jobs)}:
                for left in folder.glob(_UNFINISHED):
                    shutil.rmtree(left, ignore_errors=True)
            yield
    except OSError as error:
        if isinstance(error, RenderError):
            raise
        raise RenderError(f"{out}: cannot be written ({error.strerror}): choose another folder with -o") from error


def _lock(descriptor: int, out: Path) -> None:
    try:
        import fcntl
    except ImportError:  # on Windows two runs in one folder do needless work, but none is harmful
        return
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        raise RenderError(f"{out}: another geomap batch is at work there: wait for it, or choose -o") from None
