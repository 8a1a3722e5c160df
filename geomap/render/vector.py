"""Vector: which lines and areas do vector tiles hold that lie under a map?

https://github.com/mapbox/vector-tile-spec/tree/master/2.1
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from geomap.errors import RenderError
from geomap.render.basemap import UNITS, Part, Ring
from geomap.render.tile import Tile
from geomap.render.view import unmercator
from geomap.yamlfile import Form, read_yaml

_LINE, _AREA = 2, 3
_MOVE, _DRAW, _CLOSE = 1, 2, 7
# Where a layer keeps what a line is.
_KIND_KEYS = ("kind", "class")


class Wanted(Form):
    """A layer of the map, and what it is made of."""

    name: str
    layers: tuple[str, ...]
    kinds: tuple[str, ...] = ()
    is_area: bool = False


@cache
def _wanted() -> tuple[Wanted, ...]:
    from pydantic import TypeAdapter

    return read_yaml(Path(__file__).with_name("vector.yml"), TypeAdapter(tuple[Wanted, ...]), error=RenderError)


def shapes_in(tiles: Mapping[Tile, bytes]) -> dict[str, list[Part]]:
    """Returns the wanted lines and areas of tiles by layer of the map, as parts of the base map.

    Raises:
        ValueError: a tile is broken.
    """
    found: dict[str, list[Part]] = {wanted.name: [] for wanted in _wanted()}
    for tile, data in tiles.items():
        for number, layer in _fields(data):
            if number == 3:
                _add(found, tile, _bytes(layer))
    return {name: parts for name, parts in found.items() if parts}


def _add(found: dict[str, list[Part]], tile: Tile, layer: bytes) -> None:
    members: dict[int, list[Any]] = {}
    for number, value in _fields(layer):
        members.setdefault(number, []).append(value)
    name = _bytes(members[1][0]).decode()
    keys = [_bytes(key).decode() for key in members.get(3, [])]
    words = [_word(_bytes(value)) for value in members.get(4, [])]
    extent = members.get(5, [4096])[0]
    for wanted in _wanted():
        for feature in members.get(2, []) if name in wanted.layers else ():
            kind, tags, commands = _feature(_bytes(feature))
            told = {keys[key]: words[value] for key, value in zip(tags[::2], tags[1::2], strict=False)}
            is_kind = not wanted.kinds or any(told.get(key) in wanted.kinds for key in _KIND_KEYS)
            if is_kind and kind == (_AREA if wanted.is_area else _LINE):
                rings = [_ring(tile, extent, line) for line in _lines(commands)]
                found[wanted.name] += [rings] if wanted.is_area else [[ring] for ring in rings]


def _feature(data: bytes) -> tuple[int, list[int], list[int]]:
    """Returns a feature's kind of geometry, its tags and its drawing commands."""
    members = dict(_fields(data))
    return int(members.get(3, 0)), list(_numbers(members.get(2, b""))), list(_numbers(members.get(4, b"")))


def _word(data: bytes) -> str:
    """Returns a value that is text, "" for any other."""
    members = dict(_fields(data))
    return _bytes(members[1]).decode() if 1 in members else ""


def _lines(commands: list[int]) -> Iterator[list[tuple[int, int]]]:
    """Yields the lines that a feature's commands draw, in units of its tile."""
    line: list[tuple[int, int]] = []
    x = y = at = 0
    while at < len(commands):
        command, count = commands[at] & 7, commands[at] >> 3
        at += 1
        if command == _CLOSE:
            line.append(line[0])
            continue
        if command not in (_MOVE, _DRAW):
            raise ValueError(f"drawing command {command}")
        if command == _MOVE and line:
            yield line
            line = []
        for dx, dy in zip(*[iter(commands[at : at + 2 * count])] * 2, strict=True):
            x, y = x + _signed(dx), y + _signed(dy)
            line.append((x, y))
        at += 2 * count
    if line:
        yield line


def _ring(tile: Tile, extent: int, line: list[tuple[int, int]]) -> Ring:
    """Returns a line of a tile as steps in thousandths of a degree."""
    steps: Ring = []
    last = (0, 0)
    for x, y in line:
        point = unmercator((tile.x + x / extent) / (1 << tile.zoom), (tile.y + y / extent) / (1 << tile.zoom))
        at = (round(point.lng * UNITS), round(point.lat * UNITS))
        if at != last:
            steps += (at[0] - last[0], at[1] - last[1])
        last = at
    return steps


def _signed(number: int) -> int:
    return (number >> 1) ^ -(number & 1)


def _bytes(value: Any) -> bytes:
    if not isinstance(value, bytes):
        raise ValueError("a number where a member was expected")
    return value


def _numbers(data: Any) -> Iterator[int]:
    """Yields the variable-length numbers of packed bytes."""
    number = shift = 0
    for byte in _bytes(data):
        number |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            yield number
            number = shift = 0


def _fields(data: bytes) -> Iterator[tuple[int, Any]]:
    """Yields the members of a protocol buffer's message: their numbers, and a number or bytes each."""
    at = 0
    while at < len(data):
        key, at = _varint(data, at)
        kind = key & 7
        if kind == 0:
            value, at = _varint(data, at)
            yield key >> 3, value
            continue
        size, at = _varint(data, at) if kind == 2 else ({1: 8, 5: 4}.get(kind, 0), at)
        if (not size and kind != 2) or at + size > len(data):
            raise ValueError("a message that ends too early")
        yield key >> 3, data[at : at + size]
        at += size


def _varint(data: bytes, at: int) -> tuple[int, int]:
    """Returns a number and where the next one begins."""
    number = shift = 0
    while at < len(data):
        number |= (data[at] & 0x7F) << shift
        shift += 7
        at += 1
        if data[at - 1] < 0x80:
            return number, at
    raise ValueError("a number that ends too early")
