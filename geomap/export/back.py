"""Back: the claims of a GeoJSON that ``export`` wrote, perhaps edited since."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from geomap.errors import PlanError
from geomap.model import (
    Actor,
    Article,
    Claim,
    ControlChange,
    Displacement,
    Event,
    Evidence,
    LngLat,
    Location,
    Mention,
    OtherEvent,
    Place,
    PostReport,
    Quantity,
    Timeline,
    When,
)

PlaceOf = Callable[[str], Place | None]
Properties = Mapping[str, Any]
# A family that a plug-in brings is called by a word: it is written into pages and files.
_FAMILY = re.compile(r"[a-z][a-z0-9_]{0,39}")


def read_events(path: Path, place_of: PlaceOf) -> tuple[Timeline, list[Article]]:
    """Return the claims in the file, and the articles they were reported in (without their texts).

    Args:
        path: a FeatureCollection as ``to_geojson`` writes it; coordinates and words in it may have been edited.
        place_of: a gazetteer's ``place``, for what the file does not say of a place.

    Raises:
        PlanError: the file is missing, or a feature is not of that form.
    """
    features = _features(path)
    claims = [_claim(feature, number, path, place_of) for number, feature in enumerate(features, 1)]
    return Timeline(tuple(claims)), _articles(features)


def _features(path: Path) -> list[dict[str, Any]]:
    try:
        collection = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise PlanError(
            f"{path}: cannot be read ({error.strerror}): name a GeoJSON written by geomap extract"
        ) from error
    except ValueError as error:
        raise PlanError(f"{path}: not JSON in UTF-8 ({error}): expected what geomap extract writes") from error
    features = collection.get("features") if isinstance(collection, dict) else None
    if not isinstance(features, list):
        raise PlanError(f"{path}: no features found, expected a FeatureCollection as geomap extract writes it")
    return features


def _claim(feature: Any, number: int, path: Path, place_of: PlaceOf) -> Claim:
    try:
        values = feature["properties"]
        location = _location(values, _point(feature["geometry"]), place_of)
        reports = [_event(values, report, location, place_of) for report in values["reports"]]
        return Claim(str(values["id"]), str(values["fact"]), (reports[0], *reports[1:]))
    except (KeyError, TypeError, ValueError, IndexError) as error:
        what = f"{type(error).__name__}: {error}"
        raise PlanError(
            f"{path}: feature {number}: {what}: expected a claim as geomap extract writes it"
        ) from error


def _point(geometry: Any) -> LngLat | None:
    if geometry is None:
        return None
    lng, lat = map(float, geometry["coordinates"][:2])
    if not (-180 <= lng <= 180 and -90 <= lat <= 90):
        raise ValueError(f"[{lng}, {lat}] is no [longitude, latitude]")
    return LngLat(lng, lat)


def _event(values: Properties, report: Properties, location: Location | None, place_of: PlaceOf) -> Event:
    """Return one report of a claim: what the claim says, in this report's words."""
    common = {
        "id": f"{values['id']}-{report['article']}-{report['start']}",
        "subtype": values.get("category", values["subtype"]),
        "location": location,
        "place_text": values.get("place", "") if location is None else "",
        "when": _when(values),
        "actor": _actor(values, "actor"),
        "opponent": _actor(values, "opponent"),
        "attributed_to": report.get("attributed_to", ""),
        "source_side": values["source_side"],
        "certainty": report.get("certainty", values["certainty"]),
        "modality": values["modality"],
        "is_background": bool(values.get("background")),
        "evidence": Evidence(report["article"], report["start"], report["end"], report["quote"]),
        "trigger": values.get("trigger", ""),
        "why": values.get("why", ""),
    }
    if values["family"] == "control":
        return ControlChange(**common)
    if values["family"] == "post":
        return PostReport(**common, **_post(values))
    if values["family"] == "displacement":
        return Displacement(**common, **_displacement(values, place_of))
    if not _FAMILY.fullmatch(values["family"]):
        raise ValueError(f"family: {values['family']!r} is no name of a family, expected one as 'control'")
    return OtherEvent(**common, family=values["family"], details=tuple(values.get("details", {}).items()))


def _post(values: Properties) -> dict[str, Any]:
    words = {"kind": values["kind"], "count": values.get("count"), "count_text": values.get("count_text", "")}
    return {**words, "owner": _actor(values, "owner")}


def _displacement(values: Properties, place_of: PlaceOf) -> dict[str, Any]:
    low, high = values.get("quantity_low"), values.get("quantity_high")
    text = values.get("quantity_text", "")
    return {
        "quantity": Quantity(values.get("quantity"), values["quantifier"], text, low, high),
        "unit": values["unit"],
        "origin": _end(values, "from", place_of),
        "destination": _end(values, "to", place_of),
    }


def _end(values: Properties, name: str, place_of: PlaceOf) -> Location | None:
    if name not in values:
        return None
    point = LngLat(float(values[f"{name}_lon"]), float(values[f"{name}_lat"]))
    words = {key: values.get(f"{name}_{key}") for key in ("place_id", "place_kind", "geo_precision", "radius_km")}
    source = {f"place_{key}": values.get(f"{name}_{key}") for key in ("note", "attribution")}
    return _location({**words, **source, "place": values[name]}, point, place_of)


def _location(values: Properties, point: LngLat | None, place_of: PlaceOf) -> Location | None:
    if point is None:
        return None
    name, place_id = values["place"], values.get("place_id") or ""
    kind = values.get("place_kind") or "town"
    unknown = Place(
        id=place_id,
        name=name,
        kind=kind,
        point=point,
        country=values.get("country") or "",
        note=values.get("place_note") or "",
        attribution=values.get("place_attribution") or "",
    )
    return Location(
        mention=Mention(0, 0, name, name),
        place=place_of(place_id) or unknown,
        name=name,
        point=point,
        geo_precision=values.get("geo_precision") or 1,
        radius_km=values.get("radius_km") or 0.0,
        start=0,
        end=0,
    )


def _when(values: Properties) -> When:
    last = _day(values.get("date_end") or values.get("date"))
    first = _day(values.get("date_start")) or last
    return When(first, last, values.get("time_precision", 3), values.get("date_text", ""))


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _actor(values: Properties, role: str) -> Actor | None:
    name = values.get(role)
    return Actor(name, values.get(f"{role}_id", "")) if name else None


def _articles(features: Sequence[Properties]) -> list[Article]:
    """Return the articles of all reports, each once, in order of appearance."""
    articles: dict[str, Article] = {}
    for feature in features:
        for report in feature["properties"]["reports"]:
            words = {key: report.get(key, "") for key in ("source", "agency", "url", "title")}
            article = Article(id=report["article"], text="", date=_day(report.get("published")), **words)
            articles.setdefault(article.id, article)
    return list(articles.values())
