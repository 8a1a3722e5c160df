"""Tile: one square of the world, and its number in a file of them."""

from __future__ import annotations

from typing import NamedTuple


class Tile(NamedTuple):
    """A tile of the world: column from the west, row from the north."""

    zoom: int
    x: int
    y: int


def tile_id(tile: Tile) -> int:
    """Returns the number of a tile: all zooms before its own, then its place along a Hilbert curve.

    >>> tile_id(Tile(0, 0, 0)), tile_id(Tile(1, 0, 1)), tile_id(Tile(2, 3, 0)), tile_id(Tile(12, 3423, 1763))
    (0, 2, 20, 19078479)
    """
    zoom, x, y = tile
    number, side = ((1 << 2 * zoom) - 1) // 3, 1 << zoom >> 1
    while side:
        is_east, is_south = int(x & side > 0), int(y & side > 0)
        number += side * side * (3 * is_east ^ is_south)
        if not is_south:
            x, y = (side - 1 - y, side - 1 - x) if is_east else (y, x)
        side >>= 1
    return number
