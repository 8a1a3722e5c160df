"""Layers: what else lies on the maps of a run, are its files what they have to be, and did they change?"""

from __future__ import annotations

import dataclasses
import difflib
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from geomap.batch.articles import sha256_of
from geomap.batch.context import digest
from geomap.batch.plan import Layered
from geomap.errors import PlanError, RenderError
from geomap.layerplan import LayerPlan

T = TypeVar("T")
# What a map of a plan says to be without the plan's background.
NO_TILES = "none"

# The field that is wrong, and the message.
Fault = tuple[tuple[str | int, ...], str]


@dataclasses.dataclass(frozen=True, slots=True)
class LayerFile:
    """A file that lies on maps: its hash, and its size in bytes."""

    path: Path
    sha256: str
    size: int


@dataclasses.dataclass(frozen=True, slots=True)
class LayerInputs:
    """What the layers of a run are made of.

    Attributes:
        files: each file once, by path.
        digests: of each plan of layers a hash of its options and of its files' bytes, "" of none.
    """

    files: Mapping[Path, LayerFile]
    digests: Mapping[LayerPlan, str]

    def files_of(self, plan: LayerPlan) -> tuple[LayerFile, ...]:
        """Return the files of some layers."""
        return tuple(self.files[path] for path in plan.files)


def planned_layers(one: Layered, plan: Layered, here: Path) -> LayerPlan:
    """Return the layers of a map: its own, and of each kind that it says nothing of the plan's."""
    areas = plan.areas if one.areas is None else one.areas
    overlays = plan.overlays if one.overlays is None else one.overlays
    ground = one if one.tiles or one.pmtiles else plan
    return LayerPlan(
        areas=bool(areas),
        overlays=tuple(here / each for each in overlays or ()),
        tiles=ground.tiles if ground.tiles and ground.tiles != NO_TILES else "",
        pmtiles=here / ground.pmtiles if ground.pmtiles else None,
    )


def layer_inputs(plans: Iterable[LayerPlan]) -> LayerInputs:
    """Return what layers are made of now.

    Raises:
        PlanError: one cannot be read, or is not known; all that is wrong, a line each.
    """
    every = list(dict.fromkeys(plans))
    problems = dict.fromkeys(message for plan in every for _, message in layer_faults(plan))
    if problems:
        raise PlanError("\n".join(problems))
    files = {path: _file(path) for path in dict.fromkeys(path for plan in every for path in plan.files)}
    return LayerInputs(files, {plan: _digest(plan, files) for plan in every})


def layer_faults(plan: LayerPlan) -> Iterator[Fault]:
    """Yield what is wrong with the files and names of layers."""
    for at, path in enumerate(plan.overlays):
        if fault := _missing(path, "a file of GeoJSON") or _overlay_fault(path, sha256_of(path)):
            yield ("overlays", at), fault
    if plan.pmtiles and (fault := _missing(plan.pmtiles, "a file of PMTiles") or _archive_fault(plan.pmtiles)):
        yield ("pmtiles",), fault
    if plan.tiles and (fault := _tiles_fault(plan.tiles)):
        yield ("tiles",), fault


def near_name(path: Path) -> str:
    """Return which file may have been meant by one that is not there, as the end of a message; "" for none."""
    names = [each.name for each in path.parent.iterdir()] if path.parent.is_dir() else []
    near = difflib.get_close_matches(path.name, names, n=1)
    return f"; did you mean {near[0]}?" if near else ""


def _missing(path: Path, expected: str) -> str:
    return "" if path.is_file() else f"{path}: found no such file, expected {expected}{near_name(path)}"


@lru_cache(maxsize=1000)
def _overlay_fault(path: Path, sha256: str) -> str:
    """Return what is wrong with a file of those bytes; one of many points takes a while to read."""
    from geomap.render.overlay import read_overlay

    return _error_of(read_overlay, path)


def _archive_fault(path: Path) -> str:
    from geomap.render.archive import open_archive

    return _error_of(open_archive, path)


def _tiles_fault(name: str) -> str:
    from geomap.render.tiles import tiles_named

    return _error_of(tiles_named, name)


def _error_of(function: Callable[[T], object], value: T) -> str:
    try:
        function(value)
    except RenderError as error:
        return str(error)
    return ""


def _file(path: Path) -> LayerFile:
    return LayerFile(path, sha256_of(path), path.stat().st_size)


def _digest(plan: LayerPlan, files: Mapping[Path, LayerFile]) -> str:
    """Return a hash of all that the layers look like; a file without a name of its own is called by its path's."""
    if plan == LayerPlan():
        return ""
    from geomap.render.tiles import tiles_named

    overlays = [[path.name, files[path].sha256] for path in plan.overlays]
    tiles = dataclasses.asdict(tiles_named(plan.tiles)) if plan.tiles else None
    archive = [plan.pmtiles.name, files[plan.pmtiles].sha256] if plan.pmtiles else None
    return digest([plan.areas, overlays, tiles, archive])
