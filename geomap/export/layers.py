"""Layers: GeoPackage, GeoParquet and KML, through geopandas."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geomap.errors import PlanError
from geomap.export.records import Record, claim_record, details_text
from geomap.export.text import COLUMNS, shown
from geomap.files import whole_file
from geomap.model import Article, Claim

if TYPE_CHECKING:
    import geopandas as gpd

_DRIVERS = {"gpkg": "GPKG", "kml": "KML"}
NUMBERS = frozenset({
    "lat", "lon", "geo_precision", "time_precision", "count", "quantity", "quantity_low", "quantity_high",
    "from_lat", "from_lon", "to_lat", "to_lon", "start", "end", "report_count",
})  # fmt: skip
# A GeoPackage records when it was written; the same input is to give the same bytes.
_NO_CLOCK = {"OGR_CURRENT_DATE": "2000-01-01T00:00:00.000Z"}


def write_layer(claims: Sequence[Claim], articles: Sequence[Article], fmt: str, out: Path) -> None:
    """Write one point layer named ``events`` in WGS84; a claim without place has no geometry.

    Raises:
        PlanError: GeoParquet without pyarrow.
        RenderError: the file cannot be written.
    """
    if fmt == "parquet" and find_spec("pyarrow") is None:
        raise PlanError("parquet needs the package pyarrow: pip install 'geomap[parquet]'")
    frame = claims_frame(claims, articles)
    with whole_file(out) as unfinished:
        _write(frame, fmt, unfinished)


def claims_frame(claims: Sequence[Claim], articles: Sequence[Article]) -> gpd.GeoDataFrame:
    """Return a GeoDataFrame with one row a claim, its columns those of the CSV."""
    import geopandas as gpd
    import pandas as pd
    from shapely.geometry import Point

    by_id = {article.id: article for article in articles}
    claims = shown(claims)
    records = [_flat(claim_record(claim, by_id)) for claim in claims]
    columns = {name: pd.array([r.get(name) for r in records], dtype=_dtype(name)) for name in COLUMNS}
    places = [claim.event.location for claim in claims]
    points = [Point(place.point.lng, place.point.lat) if place else None for place in places]
    return gpd.GeoDataFrame(columns, geometry=points, crs="EPSG:4326")


def _flat(record: Record) -> Record:
    details = record.get("details")
    return {**record, "details": details_text(details)} if details else record


def _dtype(column: str) -> Any:
    if column == "background":
        return "boolean"
    return "Float64" if column in NUMBERS else "str"


def _write(frame: gpd.GeoDataFrame, fmt: str, path: Path) -> None:
    if fmt == "parquet":
        frame.to_parquet(path)
        return
    import pyogrio

    pyogrio.set_gdal_config_options(_NO_CLOCK)
    frame.to_file(path, driver=_DRIVERS[fmt], layer="events", engine="pyogrio")
