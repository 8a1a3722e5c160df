"""Store: the answers that were given before, and when each server may be asked again.

One SQLite file in the cache folder, shared by all processes. Answers do not age: the same cache gives the same map,
and who wants new answers deletes the file. Its name carries the version of its form.
"""

from __future__ import annotations

import logging
import os
import sqlite3
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geomap.online.answers import Answer, from_text, to_text

log = logging.getLogger(__name__)

# Changes with the form of what is kept, ``Answer`` included.
_FILE_NAME = "online-1.sqlite"
_TABLES = (
    "CREATE TABLE IF NOT EXISTS answer (provider TEXT, server TEXT, query TEXT, language TEXT, region TEXT,"
    " answers TEXT NOT NULL, PRIMARY KEY (provider, server, query, language, region)) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS slot (server TEXT PRIMARY KEY, next REAL NOT NULL)",
)
# Another process writes for milliseconds; one that is stopped in between must not stop this one for long.
_LOCK_SECONDS = 20.0
# A slot further ahead was written by a clock that was wrong.
_FARTHEST_SLOT = 3600.0
_BROKEN = frozenset({sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})


@dataclass(frozen=True, slots=True)
class Key:
    """What an answer depends on; ``region`` is the limit of the search ("sy", "sy,tr"), "" for the world."""

    provider: str
    server: str
    query: str
    language: str
    region: str

    @property
    def values(self) -> tuple[str, ...]:
        """The columns in order."""
        return (self.provider, self.server, self.query, self.language, self.region)


class Store:
    """Answers and slots on disk; in memory where the folder cannot be used, and then for this run alone.

    A file that is broken is set aside and built anew, with a warning.
    """

    def __init__(self, folder: Path) -> None:
        self._path: Path | None = folder / _FILE_NAME
        self._open: sqlite3.Connection | None = None
        self._was_rebuilt = False

    def close(self) -> None:
        """Close the file; the next call opens it again."""
        if self._open is not None:
            self._open.close()
            self._open = None

    def answers(self, key: Key) -> tuple[Answer, ...] | None:
        """Return what the service answered before: nothing is ``()``, and None was never asked."""
        rows = self._run(
            "SELECT answers FROM answer WHERE (provider, server, query, language, region) = (?, ?, ?, ?, ?)",
            key.values,
        )
        try:
            return from_text(rows[0][0]) if rows else None
        except ValueError as error:
            log.warning(
                "%s: an answer on %r cannot be read and is asked for again: %s", self._path, key.query, error
            )
            return None

    def keep(self, key: Key, answers: tuple[Answer, ...]) -> None:
        """Keep an answer."""
        self._run("INSERT OR REPLACE INTO answer VALUES (?, ?, ?, ?, ?, ?)", (*key.values, to_text(answers)))

    def reserve(self, server: str, interval: float, patience: float) -> float | None:
        """Take the next free moment of a server and return how many seconds it is away.

        None, and nothing taken, where that is more than ``patience``. Processes that share the file queue here.
        """
        now = time.time()
        rows = self._run(
            "INSERT INTO slot VALUES (:server, :now + :interval) ON CONFLICT (server) DO UPDATE SET"
            " next = CASE WHEN next > :wrong THEN :now ELSE max(next, :now) END + :interval"
            " WHERE next <= :latest OR next > :wrong RETURNING next",
            {
                "server": server,
                "now": now,
                "interval": interval,
                "latest": now + patience,
                "wrong": now + _FARTHEST_SLOT + patience,
            },
        )
        return max(0.0, rows[0][0] - interval - now) if rows else None

    def postpone(self, server: str, seconds: float) -> None:
        """Let no process ask the server before ``seconds`` from now (an hour at most) are over."""
        until = time.time() + min(seconds, _FARTHEST_SLOT)
        self._run(
            "INSERT INTO slot VALUES (?, ?) ON CONFLICT (server) DO UPDATE SET next = max(next, excluded.next)",
            (server, until),
        )

    def _run(self, sql: str, values: Any) -> list[tuple[Any, ...]]:
        """Return the rows; where the file fails, of one that is built anew, or of memory."""
        for _ in range(3):
            try:
                return self._connection().execute(sql, values).fetchall()
            except (sqlite3.Error, OSError) as error:
                self._give_up(error)
        return self._connection().execute(sql, values).fetchall()

    def _connection(self) -> sqlite3.Connection:
        if self._open is None:
            self._open = _opened(self._path)
        return self._open

    def _give_up(self, error: Exception) -> None:
        """Set a broken file aside, once; a folder that cannot be used is replaced by memory."""
        self.close()
        path, is_first, self._was_rebuilt = self._path, not self._was_rebuilt, True
        if path is not None and is_first and _is_broken(error) and _set_aside(path):
            log.warning("%s: the cache of online answers cannot be read (%s) and is built anew", path, error)
            return
        log.warning("%s: online answers cannot be kept (%s): they are asked for again in the next run", path, error)
        self._path = None


def _opened(path: Path | None) -> sqlite3.Connection:
    if path is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(path or ":memory:", timeout=_LOCK_SECONDS, isolation_level=None)
    try:
        for table in _TABLES:
            connection.execute(table)
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _is_broken(error: Exception) -> bool:
    """Whether the file is none of ours; otherwise it is locked, read-only, or the disk is full."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in _BROKEN


def _set_aside(path: Path) -> bool:
    """Rename the file, and delete the journals that belong to it alone."""
    try:
        os.replace(path, path.with_name(f"{path.name}.broken"))
        for ending in ("-journal", "-wal", "-shm"):
            path.with_name(path.name + ending).unlink(missing_ok=True)
    except FileNotFoundError:
        return True  # another process was quicker
    except OSError:
        return False
    return True
