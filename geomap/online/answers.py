"""Answers: what does a service say of a place, in its own terms?

Answers of different services have one form here. They are kept in the cache in that form, and checked again when
they are read from it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from geomap.model import LngLat

# South, west, north, east.
Box = tuple[float, float, float, float]

_MOST_NAMES, _LONGEST_NAME = 40, 120


@dataclass(frozen=True, slots=True)
class Answer:
    """One place that a service names.

    Attributes:
        id: type and number in OpenStreetMap: ``n42`` (node), ``w42`` (way), ``r42`` (relation).
        name: for readers; ``names`` are all that are told, in any language.
        tag: OpenStreetMap's main tag, ``place=village``.
        country: its code in small letters, "" where it is not told; ``admin1`` the first-level division.
        box: what it covers, None where it is not told.
    """

    id: str
    name: str
    names: tuple[str, ...]
    tag: str
    point: LngLat
    country: str
    admin1: str
    box: Box | None


def to_text(answers: Iterable[Answer]) -> str:
    """Return the answers as JSON."""
    return json.dumps([asdict(answer) for answer in answers], ensure_ascii=False)


def from_text(text: str) -> tuple[Answer, ...]:
    """Return the answers that ``to_text`` wrote.

    Raises:
        ValueError: it did not write this.
    """
    try:
        return tuple(_kept(values) for values in json.loads(text))
    except (ArithmeticError, AttributeError, KeyError, RecursionError, TypeError) as error:
        raise ValueError(f"not a list of answers: {error}") from error


def _kept(values: Mapping[str, Any]) -> Answer:
    words = {key: _word(values[key]) for key in ("id", "name", "tag", "country", "admin1")}
    names = tuple(_word(name) for name in values["names"])
    lng, lat = values["point"]
    return Answer(**words, names=names, point=_point(lng, lat), box=_box(values["box"]))


# --- what each service says; KeyError, TypeError, ValueError and the like where it is not of its form ---------


def nominatim_answer(raw: Mapping[str, Any]) -> Answer | None:
    """Return an item of Nominatim's ``format=json`` with address and name details; None where it has no name."""
    address = raw.get("address") or {}
    details = raw.get("namedetails") or {}
    first = _word(raw["display_name"]).split(",")[0]
    names = _names([raw.get("name"), first, *(details[key] for key in sorted(details))])
    if not names:
        return None
    south, north, west, east = raw.get("boundingbox") or (None,) * 4
    key, value = _word(raw.get("class") or raw["category"]), _word(raw["type"])
    return Answer(
        id=f"{_word(raw['osm_type'])[0].lower()}{int(raw['osm_id'])}",
        name=names[0],
        names=names,
        tag=_tag(key, value, raw.get("addresstype")),
        point=_point(raw["lon"], raw["lat"]),
        country=_word(address.get("country_code") or "").lower(),
        admin1=_word(address.get("state") or address.get("province") or ""),
        box=_box(None if south is None else (south, west, north, east)),
    )


def photon_answer(raw: Mapping[str, Any]) -> Answer | None:
    """Return a feature of Photon's GeoJSON; None where it has no name, as a house."""
    values = raw["properties"]
    lng, lat = raw["geometry"]["coordinates"][:2]
    names = _names([values.get("name")])
    if not names:
        return None
    west, north, east, south = values.get("extent") or (None,) * 4
    return Answer(
        id=f"{_word(values['osm_type'])[0].lower()}{int(values['osm_id'])}",
        name=names[0],
        names=names,
        tag=_tag(_word(values["osm_key"]), _word(values["osm_value"]), values.get("type")),
        point=_point(lng, lat),
        country=_word(values.get("countrycode") or "").lower(),
        admin1=_word(values.get("state") or ""),
        box=_box(None if south is None else (south, west, north, east)),
    )


def _tag(key: str, value: str, role: object) -> str:
    """Return the tag; of a boundary the role that it has in addresses ("village"), which says what it bounds."""
    return f"place={role}" if key == "boundary" and isinstance(role, str) else f"{key}={value}"


def _names(found: Iterable[object]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_parts(found)))[:_MOST_NAMES]


def _parts(found: Iterable[object]) -> Iterator[str]:
    """Yield the names; OpenStreetMap writes several in one value with semicolons."""
    for each in found:
        if isinstance(each, str):
            yield from (" ".join(part.split())[:_LONGEST_NAME] for part in each.split(";") if part.strip())


def _word(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError(f"{value!r} is no text")
    return value


def _point(lng: Any, lat: Any) -> LngLat:
    """Return the point; what is no number, or not on the globe (NaN neither), is a ValueError."""
    point = LngLat(float(lng), float(lat))
    if not (-180 <= point.lng <= 180 and -90 <= point.lat <= 90):
        raise ValueError(f"{point} is not on the globe")
    return point


def _box(values: Any) -> Box | None:
    if values is None:
        return None
    south, west, north, east = (float(each) for each in values)
    _point(west, south), _point(east, north)
    return (min(south, north), west, max(south, north), east)
