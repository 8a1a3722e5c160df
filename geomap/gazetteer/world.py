"""World: where in the world is there a place of this name?

Names of all sources go, folded, into memory-mapped tables; each leads to the rows of its places, most people first.
The index is built once for each version of the sources and kept in the cache folder.
"""

from __future__ import annotations

import logging
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Collection, Container, Iterable, Iterator, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from geomap.gazetteer.join import join
from geomap.gazetteer.names import fold, skeleton
from geomap.gazetteer.rows import AREAS, WorldRow, is_searchable
from geomap.gazetteer.sources import SOURCE_PACKAGES, SOURCES, Reader
from geomap.gazetteer.tables import Names, Pair, write_names
from geomap.model import LngLat, Place

log = logging.getLogger(__name__)

# Raise it when the files of the index change their form or the names in it.
INDEX_FORMAT = 5

# What texts say or leave out after the name of a division.
_KIND_WORDS = frozenset({"county", "district", "division", "governorate", "oblast", "parish", "province", "state"})
# Those that stand after the name of a first-level division which is only a direction: "Northern Region".
_MAIN_KINDS = ("region", "province", "state", "governorate", "district", "division")
_DIRECTIONS = frozenset(
    {
        "north", "south", "east", "west", "northern", "southern", "eastern", "western", "central", "upper", "lower",
        "northeast", "northwest", "southeast", "southwest", "northeastern", "northwestern", "southeastern",
        "southwestern", "middle", "capital",
    }
)  # fmt: skip
_ENGLISH_SPEAKING = frozenset({"us", "gb", "ca", "au", "nz", "ie"})

# As much of the table of places as is read from memory that processes share.
_MAPPED_BYTES = 1 << 31
# Rows of one query; SQLite before 3.32 takes 999.
_MOST_AT_ONCE = 500
_COLUMNS = "id, name, kind, lng, lat, country, admin1, parent, precision, radius_km, population"


class WorldIndex:
    """Places by name, from a folder of name tables and the table of the places."""

    def __init__(self, names: Path, places: Path, *, is_fixed: bool = True) -> None:
        self.names = Names(names)
        # A file that nothing changes any more needs no locks.
        address = f"{places.as_uri()}?mode=ro" + ("&immutable=1" if is_fixed else "")
        self._places = sqlite3.connect(address, uri=True, check_same_thread=False)
        self._places.execute(f"PRAGMA mmap_size = {_MAPPED_BYTES}")

    def places_named(self, key: str) -> list[Place]:
        """The places of a folded name, most people first; divisions also by a name with a kind word."""
        bare = without_kind(key)
        found = self._places_of(key)
        if found or bare == key:
            return found
        return [place for place in self._places_of(bare) if place.kind in AREAS and place.kind != "country"]

    def _places_of(self, key: str) -> list[Place]:
        numbers = self.names.numbers(key)
        found: dict[int, Place] = {}
        for start in range(0, len(numbers), _MOST_AT_ONCE):
            some = numbers[start : start + _MOST_AT_ONCE]
            marks = ", ".join("?" * len(some))
            rows = self._places.execute(f"SELECT {_COLUMNS}, row FROM place WHERE row IN ({marks})", some)
            found |= {row[-1]: _place(row) for row in rows}
        return [found[number] for number in numbers if number in found]

    def place(self, place_id: str) -> Place | None:
        """The place of that id."""
        return self._find("id", place_id)

    def names_like(self, name: str) -> list[str]:
        """The folded names with the consonants of ``name``, whatever their vowels."""
        key = skeleton(name)
        return self.names.names_like(key) if key else []

    def _find(self, column: str, value: str | int) -> Place | None:
        query = f"SELECT {_COLUMNS} FROM place WHERE {column} = ?"
        found = self._places.execute(query, (value,)).fetchone()
        return None if found is None else _place(found)


def _place(row: Sequence[Any]) -> Place:
    """The place of a row that begins with ``_COLUMNS``."""
    place_id, name, kind, lng, lat, country, admin1, parent, precision, radius, people, *_ = row
    return Place(
        id=place_id,
        name=name,
        kind=kind,
        point=LngLat(lng, lat),
        country=country,
        admin1=admin1,
        parent=parent,
        precision=precision,
        radius_km=radius,
        population=people,
        geonameid=int(place_id[3:]) if place_id.startswith("gn-") else None,
    )


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
        if key is None:
            _remove_older(folder)
    return WorldIndex(folder, folder / "places.sqlite")


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


def _remove_older(folder: Path) -> None:
    """Remove the indexes of former versions.

    Each is renamed first, so that no process finds one in part; those that have it open go on with it.
    """
    for older in sorted(folder.parent.glob("world-*")):
        if older == folder:
            continue
        try:
            doomed = Path(tempfile.mkdtemp(prefix="removing-", dir=folder.parent))
            os.rename(older, doomed)
        except OSError:
            continue  # another process removes it, or has it open where that forbids removal
        shutil.rmtree(doomed, ignore_errors=True)


def _scratch(folder: Path) -> Path:
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        return Path(tempfile.mkdtemp(prefix="building-", dir=folder.parent))
    except OSError:
        return Path(tempfile.mkdtemp(prefix="geomap-"))


def _write_index(folder: Path, readers: Sequence[Reader]) -> None:
    log.info("building the place index, once; this takes about half a minute")
    rows = join(row for read in readers for row in read())
    rows.sort(key=lambda row: -row.population)
    pairs, places = sorted(_pairs(rows)), len(rows)
    with sqlite3.connect(folder / "places.sqlite") as store:
        store.execute("PRAGMA synchronous = OFF")
        create_places(store)
        put_places(store, enumerate(rows))
    store.close()
    rows.clear()  # their names take a third of the memory
    count = write_names(folder, pairs)
    log.info("the place index has %d names of %d places", count, places)


def keys_of(row: WorldRow) -> set[str]:
    """The folded names that lead to the row: all that a text may use, but for very short ones."""
    keys = {fold(name) for name in (row.name, *filter(is_searchable, row.names))}
    return {key for key in keys if len(key) > 2 or (key and not key.isascii())}


def _pairs(rows: Sequence[WorldRow]) -> Iterator[Pair]:
    """Each name with the number of its row."""
    keys = [tuple(keys_of(row)) for row in rows]  # sets would take twice the memory
    known = {key for row, each in zip(rows, keys, strict=True) if row.kind not in AREAS for key in each}
    for number, row in enumerate(rows):
        named: Collection[str] = keys[number]
        if row.kind in AREAS:
            named = {key for name in named for key in division_keys(name, row.country, known)}
        for key in named:
            yield key, number


def division_keys(key: str, country: str, known: Container[str]) -> set[str]:
    """The names under which a division is found, by one of its folded names: without its kind word as a rule.

    "Greene County" is a Greene as other places are, "Lake County" is found by its whole name, because nothing is
    called Lake: where English is spoken, a bare name may be a word. "Northern" alone is no name at all.

    >>> division_keys("greene county", "us", {"greene"}), division_keys("lake county", "us", ())
    ({'greene'}, {'lake county'})
    >>> division_keys("magwi county", "ss", ()), "northern" in division_keys("northern", "gh", ())
    ({'magwi'}, False)
    """
    bare = without_kind(key)
    if _DIRECTIONS.issuperset(bare.split()):
        return {key} if bare != key else {f"{key} {kind}" for kind in _MAIN_KINDS}
    return {bare if bare in known or country not in _ENGLISH_SPEAKING else key}


def without_kind(key: str) -> str:
    """A folded name of a division without its kind word.

    >>> without_kind("greene county"), without_kind("state of ohio"), without_kind("county")
    ('greene', 'ohio', 'county')
    """
    first, _, rest = key.partition(" of ")
    if rest and first in _KIND_WORDS:
        return rest
    name, _, last = key.rpartition(" ")
    return name if name and last in _KIND_WORDS else key


def create_places(store: sqlite3.Connection) -> None:
    """Create the table of places where it is missing."""
    store.execute(
        "CREATE TABLE IF NOT EXISTS place (row INTEGER PRIMARY KEY, id TEXT, name TEXT, kind TEXT, lng REAL,"
        " lat REAL, country TEXT, admin1 TEXT, parent TEXT, precision INTEGER, radius_km REAL, population INTEGER)"
    )
    store.execute("CREATE INDEX IF NOT EXISTS place_id ON place (id)")


def put_places(store: sqlite3.Connection, rows: Iterable[tuple[int, WorldRow]]) -> None:
    """Put numbered rows into the table of places; a row of a number that is there takes its place."""
    values: Iterator[tuple[object, ...]] = (
        (number, row.id, row.name, row.kind, *row.point, row.country, row.admin1, row.parent, row.precision,
         row.radius_km, row.population)
        for number, row in rows
    )  # fmt: skip
    store.executemany("INSERT OR REPLACE INTO place VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", values)
