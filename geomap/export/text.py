"""Text formats: GeoJSON (RFC 7946) and CSV."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from typing import Any

from geomap.export.records import (
    Record,
    claim_record,
    details_text,
    links_record,
    report_record,
    rounded,
    without_absent,
)
from geomap.model import Article, Claim

COLUMNS = (
    "id", "fact", "family", "subtype", "category",
    "place", "place_id", "lat", "lon", "geo_precision", "admin1", "country", "place_note", "place_attribution",
    "date", "date_start", "date_end", "time_precision", "date_text",
    "actor", "opponent", "owner", "kind", "count", "count_text",
    "quantity", "quantity_low", "quantity_high", "quantifier", "quantity_text", "unit", "details",
    "from", "from_lat", "from_lon", "from_note", "from_attribution",
    "to", "to_lat", "to_lon", "to_note", "to_attribution",
    "attributed_to", "source_side", "certainty", "modality", "background", "trigger", "why",
    "article", "start", "end", "quote", "sources", "report_count",
)  # fmt: skip

# Spreadsheets run a cell that begins with one of these as a formula.
_FORMULA_STARTS = ("=", "+", "-", "@")


def to_geojson(claims: Sequence[Claim], articles: Sequence[Article]) -> str:
    """Return a FeatureCollection, one feature a claim and a line; a claim without place has a null geometry."""
    by_id = {article.id: article for article in articles}
    features = ",\n".join(to_json(_feature(claim, by_id)) for claim in shown(claims))
    return f'{{"type": "FeatureCollection", "features": [\n{features}\n]}}\n'


def to_csv(claims: Sequence[Claim], articles: Sequence[Article]) -> str:
    """Return a header and one row a claim, with no cell that a spreadsheet would run."""
    by_id = {article.id: article for article in articles}
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for claim in shown(claims):
        record = claim_record(claim, by_id)
        writer.writerow([_cell(record.get(column)) for column in COLUMNS])
    return out.getvalue()


def shown(claims: Sequence[Claim]) -> list[Claim]:
    """Return the claims that say that something is or will be so; what is only denied is no event."""
    return [claim for claim in claims if claim.event.modality != "denied"]


def to_json(value: Any) -> str:
    """Return one line of JSON in the letters of the text."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _feature(claim: Claim, articles: dict[str, Article]) -> Record:
    properties = without_absent({**claim_record(claim, articles), **links_record(claim.event)})
    properties["reports"] = [without_absent(report_record(report, articles)) for report in claim.reports]
    return {"type": "Feature", "id": claim.id, "geometry": _geometry(claim), "properties": properties}


def _geometry(claim: Claim) -> Record | None:
    location = claim.event.location
    if location is None:
        return None
    return {"type": "Point", "coordinates": [rounded(location.point.lng), rounded(location.point.lat)]}


def _cell(value: object) -> object:
    """Return a cell on one line, so that line-based tools count claims; GeoJSON keeps the sentence as it stands."""
    if isinstance(value, dict):
        value = details_text(value)
    if not isinstance(value, str):
        return value
    words = " ".join(value.split())
    return f"'{words}" if words.startswith(_FORMULA_STARTS) else words
