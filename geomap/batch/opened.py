"""Opened: the layers of a process, each file read once for the many maps it lies on.

An overlay is all in memory; of a background only where things lie in its file, however large that is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from geomap.batch.layers import LayerFile
from geomap.layerplan import LayerPlan

if TYPE_CHECKING:
    from geomap.render.layers import Layers

T = TypeVar("T")
# Overlays of so many bytes stay, which take some three times as much memory; an opened background counts little.
_MOST_BYTES, _BACKGROUND = 32_000_000, 64_000


class Opened:
    """Values of files by path and hash; the least recently used go where all are too large together."""

    def __init__(self, most_bytes: int = _MOST_BYTES) -> None:
        self._most_bytes = most_bytes
        # In order of use.
        self._values: dict[tuple[Path, str], tuple[Any, int]] = {}

    def layers(self, plan: LayerPlan, files: Iterable[LayerFile]) -> Layers:
        """Return the layers of a map, whose files are those.

        Raises:
            RenderError: one cannot be read.
        """
        file_at = {file.path: file for file in files}

        def read(function: Callable[[Path], T], path: Path) -> T:
            size = _BACKGROUND if path == plan.pmtiles else file_at[path].size
            return self._once(function, path, file_at[path].sha256, size)

        return plan.opened(read)

    def _once(self, function: Callable[[Path], T], path: Path, sha256: str, size: int) -> T:
        key = (path, sha256)
        found = self._values.pop(key, None)
        value: T = found[0] if found is not None else function(path)
        self._values[key] = value, size
        while len(self._values) > 1 and sum(size for _, size in self._values.values()) > self._most_bytes:
            del self._values[next(iter(self._values))]
        return value
