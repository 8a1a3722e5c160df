"""Tables: folded names that lead to numbers of places, memory-mapped and shared by processes.

A table holds as many names as can be sorted at once; larger gazetteers are several tables, each with the names
from one first word to another, so that a look-up opens one of them.
"""

from __future__ import annotations

import bisect
import json
import mmap
from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING

from geomap.gazetteer.matching import Known, known_as
from geomap.gazetteer.names import folded_skeleton, skeletons_like

if TYPE_CHECKING:
    import marisa_trie

# Names of one table: building it takes some 400 bytes of memory for each.
NAMES_PER_TABLE = 1_500_000

Pair = tuple[str, int]  # a folded name and the number of a place
_UNKNOWN = known_as(False, False)


class NameTable:
    """Folded names with the numbers of their places, and the names by skeleton; opened from its folder."""

    def __init__(self, folder: Path) -> None:
        self._names = _open_trie(folder / "names.trie")
        self._numbers = Postings(folder / "names.rows")
        self._skeletons = _open_trie(folder / "skeletons.trie")
        self._alike = Postings(folder / "skeletons.keys")

    def __len__(self) -> int:
        return len(self._names)

    def known(self, phrase: str) -> Known:
        """What is known of words in this order."""
        first = next(self._names.iterkeys(phrase), None)
        if first is None:
            return _UNKNOWN  # as nearly always: no name begins with these letters
        longer = f"{phrase} "
        goes_on = first.startswith(longer) or next(self._names.iterkeys(longer), None) is not None
        return known_as(first == phrase, goes_on)  # the trie gives a name itself before longer ones

    def numbers(self, name: str) -> Sequence[int]:
        """The numbers of the places of that name, in the order they were written."""
        key = self._names.get(name)
        return () if key is None else self._numbers[key]

    def names_like(self, key: str) -> list[str]:
        """The names of that skeleton."""
        number = self._skeletons.get(key)
        return [] if number is None else [self._names.restore_key(each) for each in self._alike[number]]


class Names:
    """All names of a folder of tables; ``known`` makes it an index to a ``NameMatcher``."""

    def __init__(self, folder: Path) -> None:
        self._starts: list[str] = json.loads((folder / "tables.json").read_text(encoding="utf-8"))
        self._tables = [NameTable(folder / str(number)) for number in range(len(self._starts))]

    def __len__(self) -> int:
        return sum(map(len, self._tables))

    def known(self, phrase: str) -> Known:
        """What is known of words in this order."""
        table = self._table(phrase)
        return _UNKNOWN if table is None else table.known(phrase)

    def numbers(self, name: str) -> Sequence[int]:
        """The numbers of the places of that name, in the order they were written."""
        table = self._table(name)
        return () if table is None else table.numbers(name)

    def names_like(self, key: str) -> list[str]:
        """The names of that skeleton, or of one like it."""
        keys = skeletons_like(key)
        return [name for table in self._tables for each in keys for name in table.names_like(each)]

    def _table(self, phrase: str) -> NameTable | None:
        """The table that has the names of that first word, None where there are no tables."""
        if len(self._tables) < 2:
            return self._tables[0] if self._tables else None
        return self._tables[max(0, bisect.bisect_right(self._starts, _first_word(phrase)) - 1)]


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


def _first_word(name: str) -> str:
    return name.partition(" ")[0]


# --- writing ---------------------------------------------------------------------------------------------


def write_names(folder: Path, pairs: Iterable[Pair], names_per_table: int = NAMES_PER_TABLE) -> int:
    """Write the tables of (folded name, number) pairs and return how many names there are.

    ``pairs`` are sorted by name, the numbers of one name in the order in which they shall be found.
    """
    starts, count = [], 0
    for number, names in enumerate(_parts(pairs, names_per_table)):
        starts.append(_first_word(next(iter(names))))
        count += len(names)
        _write_table(folder / str(number), names)
    (folder / "tables.json").write_text(json.dumps(starts), encoding="utf-8")
    return count


def _parts(pairs: Iterable[Pair], size: int) -> Iterator[dict[str, array[int]]]:
    """The numbers by name, in parts of about ``size`` names that never part names of one first word."""
    part: dict[str, array[int]] = {}
    for _, group in groupby(pairs, key=lambda pair: _first_word(pair[0])):
        for name, numbers in groupby(group, key=itemgetter(0)):
            part[name] = array("I", [number for _, number in numbers])
        if len(part) >= size:
            yield part
            part = {}
    if part:
        yield part


def _write_table(folder: Path, names: dict[str, array[int]]) -> None:
    import marisa_trie

    folder.mkdir(parents=True)
    trie = marisa_trie.Trie(names)
    trie.save(str(folder / "names.trie"))
    Postings.write(folder / "names.rows", (names[name] for name in _in_order(trie)))
    alike: dict[str, array[int]] = {}
    for number, name in enumerate(_in_order(trie)):
        if key := folded_skeleton(name):
            alike.setdefault(key, array("I")).append(number)
    skeletons = marisa_trie.Trie(alike)
    skeletons.save(str(folder / "skeletons.trie"))
    Postings.write(folder / "skeletons.keys", (alike[key] for key in _in_order(skeletons)))


def _in_order(trie: marisa_trie.Trie) -> Iterator[str]:
    return (trie.restore_key(number) for number in range(len(trie)))
