"""World: where in the world is there a place of this name?

Names of all sources go, folded, into one memory-mapped trie; each key leads to the rows of its places, most people
first. The index is built once for each version of the sources and kept in the cache folder.
"""

from __future__ import annotations

import logging
import mmap
import os
import shutil
import sqlite3
import tempfile
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from geomap.gazetteer.names import fold, folded_skeleton, skeleton
from geomap.gazetteer.sources import SOURCE_PACKAGES, SOURCES, WorldRow, is_searchable
from geomap.model import LngLat, Place

if TYPE_CHECKING:
    import marisa_trie

log = logging.getLogger(__name__)

# Raise it when the files of the index change their form or the names in it.
INDEX_FORMAT = 2

Reader = Callable[[], Iterable[WorldRow]]


class WorldIndex:
    """Places of the whole world by name; opened from the folder that ``build`` wrote."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.names = _open_trie(folder / "names.trie")
        self._rows = Postings(folder / "names.rows")
        self._skeletons = _open_trie(folder / "skeletons.trie")
        self._keys = Postings(folder / "skeletons.keys")
        address = f"{(folder / 'places.sqlite').as_uri()}?mode=ro&immutable=1"
        self._places = sqlite3.connect(address, uri=True, check_same_thread=False)

    def places_named(self, key: str) -> list[Place]:
        """The places of a folded name, most people first."""
        number = self.names.get(key)
        return [] if number is None else [self._place(row) for row in self._rows[number]]

    def place(self, geonameid: int) -> Place | None:
        """The place of that GeoNames number."""
        found = self._places.execute("SELECT row FROM place WHERE geonameid = ?", (geonameid,)).fetchone()
        return None if found is None else self._place(found[0])

    def names_like(self, name: str) -> list[str]:
        """The folded names with the consonants of ``name``, whatever their vowels."""
        key = skeleton(name)
        number = self._skeletons.get(key) if key else None
        return [] if number is None else [self.names.restore_key(key_id) for key_id in self._keys[number]]

    def _place(self, row: int) -> Place:
        query = (
            "SELECT geonameid, name, kind, lng, lat, country, admin1, precision, radius_km, population"
            " FROM place WHERE row = ?"
        )
        gid, name, kind, lng, lat, country, admin1, precision, radius, people = self._places.execute(
            query, (row,)
        ).fetchone()
        return Place(
            id=f"gn-{gid}",
            name=name,
            kind=kind,
            point=LngLat(lng, lat),
            country=country,
            admin1=admin1,
            precision=precision,
            radius_km=radius,
            population=people,
            geonameid=gid,
        )


class Postings:
    """Lists of numbers by key number, memory-mapped: all offsets, then all numbers."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            numbers = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)).cast("I")
        count = numbers[0]
        self._offsets, self._values = numbers[1 : count + 2], numbers[count + 2 :]

    def __getitem__(self, key: int) -> Sequence[int]:
        return self._values[self._offsets[key] : self._offsets[key + 1]].tolist()

    @staticmethod
    def write(path: Path, lists: Iterable[Sequence[int]]) -> None:
        """Write the lists of keys 0, 1, 2 ..."""
        offsets, values = array("I", [0]), array("I")
        for numbers in lists:
            values.extend(numbers)
            offsets.append(len(values))
        with path.open("wb") as file:
            for part in (array("I", [len(offsets) - 1]), offsets, values):
                part.tofile(file)


def _open_trie(path: Path) -> marisa_trie.Trie:
    import marisa_trie

    return marisa_trie.Trie().mmap(str(path))


# --- building --------------------------------------------------------------------------------------------


def open_world(cache_dir: Path, readers: Sequence[Reader] | None = None, key: str | None = None) -> WorldIndex:
    """The index of the installed sources; built on first use, which takes some 20 seconds.

    Args:
        cache_dir: where indexes are kept; a temporary folder stands in where it cannot be written.
        readers: the sources; those of ``sources.py`` by default.
        key: the version of the sources' content, for an index of its own.
    """
    folder = cache_dir / f"world-{INDEX_FORMAT}-{key or _sources_version()}"
    if not (folder / "places.sqlite").is_file():
        folder = build(folder, SOURCES if readers is None else readers)
    return WorldIndex(folder)


def _sources_version() -> str:
    return "-".join(f"{package}-{version(package)}" for package in SOURCE_PACKAGES)


def build(folder: Path, readers: Sequence[Reader]) -> Path:
    """Write the index into ``folder`` and return where it is.

    It appears there whole or not at all: it is written beside it and renamed, and of two processes that build at
    once the later one uses the folder of the earlier.
    """
    temporary = _scratch(folder)
    try:
        _write_index(temporary, readers)
        os.rename(temporary, folder)
    except OSError:
        if not (folder / "places.sqlite").is_file():
            log.warning("%s cannot be written; the place index is built again in the next run", folder)
            return temporary
        shutil.rmtree(temporary, ignore_errors=True)
    return folder


def _scratch(folder: Path) -> Path:
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        return Path(tempfile.mkdtemp(prefix="building-", dir=folder.parent))
    except OSError:
        return Path(tempfile.mkdtemp(prefix="geomap-"))


def _write_index(folder: Path, readers: Sequence[Reader]) -> None:
    import marisa_trie

    log.info("building the place index, once; this takes about half a minute")
    rows = sorted((row for read in readers for row in read()), key=lambda row: -row.population)
    rows_by_key = _rows_by_key(rows)
    log.info("the place index has %d names of %d places", len(rows_by_key), len(rows))
    names = marisa_trie.Trie(rows_by_key)
    names.save(str(folder / "names.trie"))
    Postings.write(folder / "names.rows", (rows_by_key[key] for key in _in_order(names)))
    _write_skeletons(folder, names)
    _write_places(folder / "places.sqlite", rows)


def _in_order(trie: marisa_trie.Trie) -> Iterator[str]:
    return (trie.restore_key(number) for number in range(len(trie)))


def _rows_by_key(rows: Sequence[WorldRow]) -> dict[str, list[int]]:
    """Folded name -> numbers of the rows that bear it, in the order of rows."""
    found: dict[str, list[int]] = {}
    for number, row in enumerate(rows):
        keys = {fold(name) for name in (row.name, *filter(is_searchable, row.names))}
        for key in keys:
            if len(key) > 2 or not key.isascii():
                found.setdefault(key, []).append(number)
    return found


def _write_skeletons(folder: Path, names: marisa_trie.Trie) -> None:
    import marisa_trie

    keys: dict[str, list[int]] = {}
    for number, name in enumerate(_in_order(names)):
        if key := folded_skeleton(name):
            keys.setdefault(key, []).append(number)
    trie = marisa_trie.Trie(keys)
    trie.save(str(folder / "skeletons.trie"))
    Postings.write(folder / "skeletons.keys", (keys[key] for key in _in_order(trie)))


def _write_places(path: Path, rows: Sequence[WorldRow]) -> None:
    store = sqlite3.connect(path)
    store.execute("PRAGMA synchronous = OFF")
    store.execute(
        "CREATE TABLE place (row INTEGER PRIMARY KEY, geonameid INTEGER, name TEXT, kind TEXT, lng REAL, lat REAL,"
        " country TEXT, admin1 TEXT, precision INTEGER, radius_km REAL, population INTEGER)"
    )
    values = (
        (number, row.geonameid, row.name, row.kind, *row.point, row.country, row.admin1, row.precision,
         row.radius_km, row.population)
        for number, row in enumerate(rows)
    )  # fmt: skip
    store.executemany("INSERT INTO place VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", values)
    store.execute("CREATE INDEX place_geonameid ON place (geonameid)")
    store.commit()
    store.close()
