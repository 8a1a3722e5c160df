"""Imported: the places that a user took over from a GeoNames dump, beside those of the packages.

One store for all imports, ``imported/`` in the cache folder: ``places.sqlite`` holds places and names as they come,
committed every few thousand lines with how far the file was read, so that an import that is stopped goes on there.
At its end the names are sorted into tables beside it, and ``current.json`` is made to point to them. Memory does
not grow with the file.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import logging
import os
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from geomap.errors import GazetteerError
from geomap.gazetteer.dump import open_dump, read_line
from geomap.gazetteer.matching import Known
from geomap.gazetteer.rows import WorldRow
from geomap.gazetteer.tables import write_names
from geomap.gazetteer.world import WorldIndex, create_places, keys_of, put_places
from geomap.model import Place

log = logging.getLogger(__name__)

# Lines between two commits: what is read again after a stop.
BATCH = 20_000

_TABLES = (
    "CREATE TABLE IF NOT EXISTS name (source TEXT, key TEXT, row INTEGER)",
    "CREATE TABLE IF NOT EXISTS source (label TEXT PRIMARY KEY, stamp TEXT, offset INTEGER, lines INTEGER,"
    " places INTEGER, faults INTEGER)",
)


@dataclass(slots=True)
class Progress:
    """How far the import of one file is.

    Attributes:
        label: the file's name, with the country where only one is taken over.
        stamp: size and time of the file; another stamp is another file.
        offset: bytes read; lines: lines read; places: places taken over; faults: lines not of the published form.
        seconds: time spent in this run, for ``new_lines`` lines.
    """

    label: str
    stamp: str
    offset: int = 0
    lines: int = 0
    places: int = 0
    faults: int = 0
    seconds: float = 0.0
    new_lines: int = 0


def import_dump(
    path: Path, cache_dir: Path, country: str = "", told: Callable[[Progress], None] = lambda progress: None
) -> Progress:
    """Take over the places of a GeoNames dump and return what was read.

    Args:
        path: a country's file or allCountries, as text or .zip.
        cache_dir: where indexes are kept.
        country: the code of the only country to take over, "" for all of the file.
        told: called at the start (with what an earlier run had read) and after each batch.

    Raises:
        GazetteerError: where the file is no dump, or the store is in use or cannot be written.
    """
    folder = cache_dir / "imported"
    start = time.monotonic()
    with open_dump(path) as file:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with closing(sqlite3.connect(folder / "places.sqlite", timeout=10)) as store:
                progress = _read_all(file, store, _progress(store, path, country), country.upper(), told)
                _write_tables(folder, store)
        except (OSError, sqlite3.Error) as error:
            raise GazetteerError(
                f"{folder}: the import stopped: {error}; is there room, and does another import run?"
            ) from error
    progress.seconds = time.monotonic() - start
    return progress


def _progress(store: sqlite3.Connection, path: Path, country: str) -> Progress:
    """Where the import of the file stands; an older file of that name is forgotten."""
    with store:
        create_places(store)
        for statement in _TABLES:
            store.execute(statement)
        about = path.stat()
        label = f"{path.name}:{country.upper()}" if country else path.name
        stamp = f"{about.st_size}-{about.st_mtime_ns}"
        query = "SELECT offset, lines, places, faults FROM source WHERE label = ? AND stamp = ?"
        if known := store.execute(query, (label, stamp)).fetchone():
            return Progress(label, stamp, *known)
        store.execute("DELETE FROM name WHERE source = ?", (label,))
    return Progress(label, stamp)


def _read_all(
    file: IO[bytes],
    store: sqlite3.Connection,
    progress: Progress,
    country: str,
    told: Callable[[Progress], None],
) -> Progress:
    file.seek(progress.offset)
    told(progress)
    lines = iter(file)
    while batch := list(itertools.islice(lines, BATCH)):
        _take_over(store, batch, progress, country)
        told(progress)
    return progress


def _take_over(store: sqlite3.Connection, batch: Sequence[bytes], progress: Progress, country: str) -> None:
    """Put the places of some lines into the store, and how far the file is read, both or neither."""
    rows = [row for line in batch if (row := _row(line, progress, country)) is not None]
    progress.offset += sum(map(len, batch))
    progress.lines += len(batch)
    progress.new_lines += len(batch)
    progress.places += len(rows)
    with store:
        put_places(store, ((int(row.id[3:]), row) for row in rows))
        names = ((progress.label, key, int(row.id[3:])) for row in rows for key in keys_of(row))
        store.executemany("INSERT INTO name VALUES (?, ?, ?)", names)
        values = (progress.label, progress.stamp, progress.offset, progress.lines, progress.places, progress.faults)
        store.execute("INSERT OR REPLACE INTO source VALUES (?, ?, ?, ?, ?, ?)", values)


def _row(line: bytes, progress: Progress, country: str) -> WorldRow | None:
    try:
        row = read_line(line.decode("utf-8"))
    except ValueError as error:
        progress.faults += 1
        log.info("line left out: %s", error)
        return None
    return None if row is None or (country and row.country != country.lower()) else row


# --- the tables ------------------------------------------------------------------------------------------


def _write_tables(folder: Path, store: sqlite3.Connection) -> None:
    """Sort all names into new tables, point to them, and remove the older ones."""
    temporary = Path(tempfile.mkdtemp(prefix="names-", dir=folder))
    try:
        # SQLite sorts in files of its own; no more than a table's names are in memory.
        pairs = store.execute("SELECT DISTINCT key, row FROM name ORDER BY key, row")
        write_names(temporary, ((key, row) for key, row in pairs))
        pointer = temporary / "current.json"
        pointer.write_text(json.dumps({"names": temporary.name, "version": _version(store)}), encoding="utf-8")
        os.replace(pointer, folder / "current.json")
    except BaseException:
        shutil.rmtree(temporary, ignore_errors=True)
        raise
    for older in folder.glob("names-*"):
        if older != temporary:
            shutil.rmtree(older, ignore_errors=True)


def _version(store: sqlite3.Connection) -> str:
    """Eight hex digits that change with what was imported."""
    told = repr(store.execute("SELECT label, stamp, lines FROM source ORDER BY label").fetchall())
    return hashlib.blake2b(told.encode(), digest_size=4).hexdigest()


def open_imported(cache_dir: Path) -> tuple[WorldIndex, str] | None:
    """The index of what was imported and its version; None where nothing was, or it cannot be read."""
    folder = cache_dir / "imported"
    try:
        current = json.loads((folder / "current.json").read_text(encoding="utf-8"))
        return WorldIndex(folder / current["names"], folder / "places.sqlite", is_fixed=False), current["version"]
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, sqlite3.Error) as error:
        log.warning("%s: the imported places cannot be read and are left out: %s", folder, error)
        return None


class Worlds:
    """The packages' places and the imported ones as one index; a place of both is the packages' own."""

    def __init__(self, first: WorldIndex, imported: WorldIndex) -> None:
        self._first, self._imported = first, imported
        self.names = _AllNames(first, imported)

    def places_named(self, key: str) -> list[Place]:
        """The places of a folded name, most people first."""
        found = {place.id: place for place in self._first.places_named(key)}
        for place in self._imported.places_named(key):
            if place.id not in found:
                found[place.id] = self._first.place(place.id) or place
        return sorted(found.values(), key=lambda place: -place.population)

    def place(self, place_id: str) -> Place | None:
        """The place of that id."""
        return self._first.place(place_id) or self._imported.place(place_id)

    def names_like(self, name: str) -> list[str]:
        """The folded names with the consonants of ``name``, whatever their vowels."""
        return list(dict.fromkeys((*self._first.names_like(name), *self._imported.names_like(name))))


class _AllNames:
    def __init__(self, first: WorldIndex, imported: WorldIndex) -> None:
        self._names = (first.names, imported.names)

    def known(self, phrase: str) -> Known:
        """What is known of words in this order."""
        first, imported = self._names
        return first.known(phrase) | imported.known(phrase)
