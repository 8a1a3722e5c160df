"""Store: what articles said when they were read, kept on disk, so that many maps and runs read them once.

Readings lie in ``<context>/<two digits>/<the other digits>.pickle``: those of another version of geomap or of its
gazetteer are in another folder. Any number of programs may work with them at once: a file is written whole, and one
that is gone costs only a reading.
"""

from __future__ import annotations

import contextlib
import logging
import os
import pickle
import tempfile
import time
from collections.abc import Container, Iterator
from pathlib import Path
from typing import NamedTuple

from geomap.batch.reads import FORMAT, Summary
from geomap.reading import ArticleReading

log = logging.getLogger(__name__)

_UNFINISHED = ".unfinished-"
# The moment of the last use is written down this seldom, and what is still unfinished then was left behind.
_HOUR, _DAY = 3600.0, 86_400.0


class Store:
    """Summaries and readings on disk, by key."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def summary(self, key: str) -> Summary | None:
        """Return what is known of an article, None where it has to be read."""
        found = self._load(key, with_reading=False)
        return found[0] if found is not None else None

    def reading(self, key: str) -> ArticleReading | None:
        """Return what an article says, None where it was not kept."""
        found = self._load(key, with_reading=True)
        return found[1] if found is not None else None

    def keep(self, summary: Summary, reading: ArticleReading | None) -> None:
        """Keep what was read; a folder that cannot be written costs only time."""
        path = self.path_of(summary.key)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with _unfinished(path) as file:
                pickle.dump((FORMAT, summary), file, pickle.HIGHEST_PROTOCOL)
                pickle.dump(reading, file, pickle.HIGHEST_PROTOCOL)
        except OSError as error:
            log.warning("what was read cannot be kept in %s: %s", path.parent, error.strerror)

    def path_of(self, key: str) -> Path:
        """Return where the article of that key is kept."""
        return self.folder / key[:2] / f"{key[2:]}.pickle"

    def _load(self, key: str, *, with_reading: bool) -> tuple[Summary, ArticleReading | None] | None:
        path = self.path_of(key)
        try:
            with path.open("rb") as file:
                version, summary = pickle.load(file)
                if version != FORMAT or not isinstance(summary, Summary) or summary.key != key:
                    return None
                _used_now(path, os.fstat(file.fileno()).st_mtime)
                return summary, pickle.load(file) if with_reading else None
        except FileNotFoundError:
            return None
        except Exception as error:  # a damaged pickle can fail in any way: the article is read again
            log.warning("%s cannot be used and is made again: %s", path, error)
            return None


@contextlib.contextmanager
def _unfinished(path: Path) -> Iterator[tempfile._TemporaryFileWrapper[bytes]]:
    """Yield a file that takes the place of ``path`` once it is written; where it is not, nothing is left of it."""
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=_UNFINISHED, delete=False) as file:
        try:
            yield file
            file.close()
            os.replace(file.name, path)
        except BaseException:
            os.unlink(file.name)
            raise


def _used_now(path: Path, before: float) -> None:
    if time.time() - before > _HOUR:
        with contextlib.suppress(OSError):
            os.utime(path)


# --- no more than so much ---------------------------------------------------------------------------------


class _Kept(NamedTuple):
    used: float
    size: int
    path: str


def prune(readings: Path, most_bytes: int, used: Container[str] = ()) -> int:
    """Delete readings, least recently used first, until the rest takes no more than that; return how many.

    Args:
        readings: the folder of all versions' readings.
        most_bytes: what may stay.
        used: paths that stay in any case: those of this run.
    """
    kept = sorted(_all_in(str(readings)))
    total = sum(each.size for each in kept)
    gone = []
    for each in kept:
        is_left = os.path.basename(each.path).startswith(_UNFINISHED) and time.time() - each.used > _DAY
        if is_left or (total > most_bytes and each.path not in used):
            total -= each.size
            gone.append(each.path)
    for path in gone:
        _remove(Path(path), readings)
    return len(gone)


def _all_in(folder: str) -> Iterator[_Kept]:
    """Yield each file; what goes away meanwhile is passed over."""
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    yield from _all_in(entry.path)
                    continue
                with contextlib.suppress(OSError):
                    state = entry.stat(follow_symlinks=False)
                    yield _Kept(state.st_mtime, state.st_size, entry.path)
    except OSError:
        return


def _remove(path: Path, readings: Path) -> None:
    """Delete a file, and the folders that are empty without it."""
    with contextlib.suppress(OSError):
        path.unlink()
        for folder in path.parents:
            if folder == readings:
                break
            folder.rmdir()
