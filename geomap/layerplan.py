"""Layer plan: which layers are asked for, before any of their files is opened?

Plain values, which a command line and a plan of many maps say alike, and which any process can open.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from geomap.render.layers import Layers

T = TypeVar("T")


class Read(Protocol):
    """Reads a file by a function of its path."""

    def __call__(self, function: Callable[[Path], T], path: Path) -> T:
        """Return the function's value."""


def _read(function: Callable[[Path], T], path: Path) -> T:
    return function(path)


@dataclass(frozen=True, slots=True, kw_only=True)
class LayerPlan:
    """Layers by their files and names; nothing by default.

    Attributes:
        areas: whether to estimate who controls the ground between the known places.
        overlays: files of GeoJSON, drawn in this order.
        tiles: a background from the network by its name in xyzservices, "" for none.
        pmtiles: a file with a background, None for none; of this and ``tiles`` only one is drawn.
    """

    areas: bool = False
    overlays: tuple[Path, ...] = ()
    tiles: str = ""
    pmtiles: Path | None = None

    @property
    def files(self) -> tuple[Path, ...]:
        """The files that are opened."""
        return (*self.overlays, *((self.pmtiles,) if self.pmtiles else ()))

    def over(self, other: LayerPlan) -> LayerPlan:
        """Return what is asked for here, and of the other plan what nothing is said of here.

        >>> LayerPlan(tiles="B").over(LayerPlan(areas=True, tiles="A"))
        LayerPlan(areas=True, overlays=(), tiles='B', pmtiles=None)
        """
        ground = self if self.tiles or self.pmtiles else other
        return LayerPlan(
            areas=self.areas or other.areas,
            overlays=self.overlays or other.overlays,
            tiles=ground.tiles,
            pmtiles=ground.pmtiles,
        )

    def opened(self, read: Read = _read) -> Layers:
        """Return the layers, their files read.

        Args:
            read: calls a function with a path and returns its value, or returns the one that it knows.

        Raises:
            RenderError: one cannot be read, or is not known.
        """
        from geomap.render.archive import open_archive
        from geomap.render.layers import Layers
        from geomap.render.overlay import read_overlay
        from geomap.render.tiles import tiles_named

        return Layers(
            areas=self.areas,
            overlays=tuple(read(read_overlay, path) for path in self.overlays),
            tiles=tiles_named(self.tiles) if self.tiles else None,
            archive=read(open_archive, self.pmtiles) if self.pmtiles else None,
        )
