"""Archive: a background map from a PMTiles file, of which the tiles under the map travel inside the page.

https://github.com/protomaps/PMTiles/blob/main/spec/v3/spec.md
"""

from __future__ import annotations

import base64
import gzip
import json
import math
import re
import struct
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from operator import attrgetter
from pathlib import Path
from typing import Any, NamedTuple

from geomap.errors import RenderError
from geomap.render.basemap import Part, Window
from geomap.render.text import clean
from geomap.render.tile import Tile, tile_id
from geomap.render.vector import shapes_in
from geomap.render.view import mercator

# More tiles, or more bytes of them, would make the page heavy: a coarser zoom is taken then.
MOST_TILES, MOST_BYTES = 64, 3_000_000
# 1: lines and areas, no picture.
_TYPES = {1: "", 2: "png", 3: "jpeg", 4: "webp", 5: "avif"}
_HEADER = struct.Struct("<7sB11QBBBBBB")
_PLAIN, _GZIP = 1, 2
# A directory may point to a leaf, a leaf to another one, and no further.
_DEEPEST = 4
# Directories that stay in memory, about a MB each.
_DIRECTORIES = 16


class _Entry(NamedTuple):
    """A run of tiles with the same bytes; a run of 0 is a leaf directory."""

    id: int
    run: int
    length: int
    offset: int


@dataclass(frozen=True, slots=True)
class Archive:
    """The opened file: where things lie in it, and whom to name."""

    path: Path
    attribution: str
    media: str
    zooms: tuple[int, int]
    root: tuple[int, int]
    leaves: int
    tiles: int
    compressions: tuple[int, int]

    @property
    def is_vector(self) -> bool:
        """Whether it holds lines and areas, no pictures."""
        return not self.media

    def images(self, window: Window) -> dict[str, Any]:
        """Returns the tiles under a window as ``zoom`` and ``tiles``: data addresses by "x/y".

        Raises:
            RenderError: there is no tile there, or the file is broken.
        """
        zoom, found = self._finest(window)
        return {"zoom": zoom, "tiles": {f"{t.x}/{t.y}": self._address(data) for t, data in found.items()}}

    def shapes(self, window: Window) -> dict[str, list[Part]]:
        """Returns the lines and areas under a window by layer of the map.

        Raises:
            RenderError: there is no tile there, or the file is broken.
        """
        _, found = self._finest(window)
        try:
            return shapes_in(found)
        except (ValueError, LookupError) as error:
            raise RenderError(f"{self.path}: is broken ({error}): copy it again") from error

    def _finest(self, window: Window) -> tuple[int, dict[Tile, bytes]]:
        """Returns the finest zoom of which a page can carry the tiles, and these."""
        for zoom in range(self.zooms[1], self.zooms[0] - 1, -1):
            wanted = list(_under(window, zoom))
            if len(wanted) > MOST_TILES:
                continue
            found = {tile: data for tile in wanted if (data := self._data(tile)) is not None}
            if found and sum(map(len, found.values())) <= MOST_BYTES:
                return zoom, found
        raise RenderError(f"{self.path}: no tile lies under this map, or they are too large: take another file")

    def _address(self, data: bytes) -> str:
        return f"data:image/{self.media};base64,{base64.b64encode(data).decode()}"

    def _data(self, tile: Tile) -> bytes | None:
        wanted, (offset, length) = tile_id(tile), self.root
        for _ in range(_DEEPEST):
            entry = _find(self._directory(offset, length), wanted)
            if entry is None:
                return None
            if entry.run:
                return _unpacked(
                    self._read(self.tiles + entry.offset, entry.length), self.compressions[1], self.path
                )
            offset, length = self.leaves + entry.offset, entry.length
        return None

    def _directory(self, offset: int, length: int) -> list[_Entry]:
        return _directory(self._read(offset, length), self.compressions[0], self.path)

    def _read(self, offset: int, length: int) -> bytes:
        return _read(self.path, offset, length)


def open_archive(path: Path) -> Archive:
    """Returns a PMTiles file (version 3), its header and metadata read.

    Raises:
        RenderError: it cannot be read, or is none.
    """
    head = _read(path, 0, 127)
    if len(head) < 127 or head[:7] != b"PMTiles" or head[7] != 3:
        raise RenderError(f"{path}: is no PMTiles file of version 3: take one that pmtiles show can read")
    fields = _HEADER.unpack(head[: _HEADER.size])
    root, meta, leaves, tiles = fields[2:4], fields[4:6], fields[6], fields[8]
    inner, outer, kind, low, high = fields[14:19]
    if kind not in _TYPES:
        raise RenderError(f"{path}: holds tiles of an unknown kind ({kind}): take mvt, png, jpeg, webp or avif")
    metadata = _json(_unpacked(_read(path, *meta), inner, path))
    credit = re.sub(r"<[^>]*>", "", str(metadata.get("attribution") or "")).strip()
    name = clean(credit or str(metadata.get("name") or path.name))
    return Archive(path, name, _TYPES[kind], (low, high), root, leaves, tiles, (inner, outer))


def _json(data: bytes) -> dict[str, Any]:
    try:
        value = json.loads(data)
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}


def _read(path: Path, offset: int, length: int) -> bytes:
    try:
        with path.open("rb") as file:
            file.seek(offset)
            return file.read(length)
    except OSError as error:
        raise RenderError(f"{path}: cannot be read ({error.strerror}): name a PMTiles file") from error


def _unpacked(data: bytes, compression: int, path: Path) -> bytes:
    if compression not in (0, _PLAIN, _GZIP):
        raise RenderError(f"{path}: is compressed in a way that geomap cannot read: write it with gzip")
    try:
        return gzip.decompress(data) if compression == _GZIP else data
    except (OSError, EOFError) as error:
        raise RenderError(f"{path}: is broken ({error}): copy it again") from error


def _numbers(data: bytes) -> Iterator[int]:
    """Yields the variable-length numbers of a directory."""
    number = shift = 0
    for byte in data:
        number |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            yield number
            number = shift = 0


@lru_cache(maxsize=_DIRECTORIES)
def _directory(packed: bytes, compression: int, path: Path) -> list[_Entry]:
    """Returns the entries of a directory, which neighbouring tiles, and maps, have in common."""
    return _entries(_unpacked(packed, compression, path))


def _entries(data: bytes) -> list[_Entry]:
    numbers = list(_numbers(data))
    count = numbers[0] if numbers else 0
    columns = [numbers[1 + i * count : 1 + (i + 1) * count] for i in range(4)]
    entries: list[_Entry] = []
    number = 0
    for step, run, length, place in zip(*columns, strict=True):
        number += step
        # 0: right after the one before.
        offset = entries[-1].offset + entries[-1].length if place == 0 and entries else place - 1
        entries.append(_Entry(number, run, length, offset))
    return entries


def _find(entries: list[_Entry], wanted: int) -> _Entry | None:
    """Returns the entry that holds a tile, or the leaf in which to look on."""
    following = bisect_right(entries, wanted, key=attrgetter("id"))
    if not following:
        return None
    last = entries[following - 1]
    return last if last.run == 0 or wanted < last.id + last.run else None


def _under(window: Window, zoom: int) -> Iterator[Tile]:
    """Yields the tiles that a window touches."""
    count = 1 << zoom
    left, top = mercator(window.west, window.north)
    right, bottom = mercator(window.east, window.south)
    for y in range(math.floor(top * count), min(count - 1, math.floor(bottom * count)) + 1):
        for x in range(math.floor(left * count), min(count - 1, math.floor(right * count)) + 1):
            yield Tile(zoom, x, y)
