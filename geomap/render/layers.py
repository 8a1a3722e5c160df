"""Layers: what may lie on the map beside what the articles say, when the user asks for it?

Estimated areas of control, the user's own GeoJSON, and other background maps; each with whom to name for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geomap.render.archive import Archive
    from geomap.render.overlay import Overlay
    from geomap.render.tiles import Tiles


@dataclass(frozen=True, slots=True, kw_only=True)
class Layers:
    """What was asked for; nothing by default.

    Attributes:
        areas: whether to estimate who controls the ground between the known places.
        overlays: shapes of the user's own, drawn in this order.
        tiles: a background that the page loads from the network while it is read.
        archive: a background that travels inside the page.
    """

    areas: bool = False
    overlays: tuple[Overlay, ...] = ()
    tiles: Tiles | None = None
    archive: Archive | None = None

    @property
    def attributions(self) -> list[str]:
        """Whom to name for the layers, in the order they lie on each other."""
        grounds = [ground.attribution for ground in (self.tiles, self.archive) if ground]
        return [*grounds, *(overlay.attribution for overlay in self.overlays)]
