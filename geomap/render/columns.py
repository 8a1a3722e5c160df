"""Columns: in which form do the events travel inside the page?

One JSON object of columns, not of rows: names are written once, equal texts once, and numbers pack well. Days are
whole days since 1970-01-01. Above ``PLAIN_LIMIT`` characters the object is gzipped (the page unpacks it).
"""

from __future__ import annotations

import base64
import datetime as dt
import gzip
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from geomap.families import Family, family
from geomap.model import Actor, Location
from geomap.render.basemap import Basemap
from geomap.render.entries import Entry, Source
from geomap.render.marks import Mark, spot_key
from geomap.render.palette import actor_key
from geomap.render.text import clean, script_json

EPOCH = dt.date(1970, 1, 1)
PLAIN_LIMIT = 100_000
# Five decimals are about one metre.
DECIMALS = 5


class Pool:
    """Numbers things by a key in order of first use, so that each is written once."""

    def __init__(self, key: Callable[[Any], object] = lambda item: item) -> None:
        self.items: list[Any] = []
        self._key = key
        self._index: dict[object, int] = {}

    def __call__(self, item: Any) -> int:
        """Returns the item's number, -1 for None."""
        if item is None:
            return -1
        index = self._index.setdefault(self._key(item), len(self.items))
        if index == len(self.items):
            self.items.append(item)
        return index


def day_number(day: dt.date | None) -> int:
    """Returns days since 1970-01-01, -1 for None."""
    return -1 if day is None else (day - EPOCH).days


def columns(rows: Iterable[Mapping[str, Any]]) -> dict[str, list[Any]]:
    """Returns rows of equal fields as one list a field.

    >>> columns([{"a": 1, "b": 2}, {"a": 3, "b": 4}])
    {'a': [1, 3], 'b': [2, 4]}
    """
    found: dict[str, list[Any]] = {}
    for row in rows:
        for name, value in row.items():
            found.setdefault(name, []).append(value)
    return found


def event_columns(
    entries: Sequence[Entry], marks: Sequence[Mark], colours: Mapping[str, str], sources: Sequence[Source]
) -> dict[str, Any]:
    """Returns claims, reports, marks and what they point at, as columns."""
    texts, spots, actors = Pool(), Pool(spot_key), Pool(actor_key)
    chains, facts, parties = Pool(), Pool(), Pool()
    table = {
        "claims": columns(
            _claim(entry, texts)
            | {"fact": facts(entry.fact), "parties": parties(entry.actors), "spot": spots(entry.spot)}
            for entry in entries
        ),
        "reports": columns(
            {
                "quote": texts(r.quote),
                "speaker": texts(r.speaker),
                "certainty": texts(r.certainty),
                "source": r.source,
            }
            for entry in entries
            for r in entry.reports
        ),
        "marks": columns(_mark(mark, spots, actors, chains) for mark in marks),
        "sources": columns(asdict(source) for source in sources),
    }
    return table | {
        "spots": columns(_spot(spot) for spot in spots.items),
        "actors": columns(_actor(actor, colours) for actor in actors.items),
        "chains": chains.items,
        "parties": [[texts(name) for name in names] for names in parties.items],
        "texts": texts.items,
    }


def _claim(entry: Entry, texts: Pool) -> dict[str, Any]:
    worded = ("family", "section", "what", "where", "exactness", "when", "certainty", "speaker", "figure")
    row: dict[str, Any] = {name: texts(getattr(entry, name)) for name in worded}
    return row | {
        "id": entry.id,
        "day": day_number(entry.day),
        "amount": int(entry.amount),
        "low": int(entry.low),
        "reports": len(entry.reports),
        "drawn": int(entry.is_drawn),
    }


def _mark(mark: Mark, spots: Pool, actors: Pool, chains: Pool) -> dict[str, Any]:
    return {
        "kind": mark.kind,
        "spot": spots(mark.spot),
        "to": spots(mark.to),
        "start": day_number(mark.start),
        "until": day_number(mark.until),
        "actor": actors(mark.actor),
        "pattern": mark.pattern,
        "shape": mark.shape,
        "siege": int(mark.is_besieged),
        "besieger": actors(mark.besieger),
        "count": mark.count,
        "stock": int(mark.is_stock),
        "chain": chains(mark.chain),
        "family": mark.family,
    }


def _spot(spot: Location) -> dict[str, Any]:
    return {
        "name": clean(spot.name),
        "local": clean(spot.place.local_name) if spot.geo_precision == 1 else "",
        "lng": round(spot.point.lng, DECIMALS),
        "lat": round(spot.point.lat, DECIMALS),
        "precision": spot.geo_precision,
        "radius": round(spot.radius_km, 1),
        "country": int(spot.place.kind == "country"),
    }


def _actor(actor: Actor, colours: Mapping[str, str]) -> dict[str, str]:
    return {"name": clean(actor.name), "colour": colours[actor_key(actor)]}


def sign_looks(marks: Sequence[Mark], families: Mapping[str, Family]) -> dict[str, dict[str, str]]:
    """Returns the path and the colour of each family of signs on the map."""
    looks = {name: family(name, families) for name in sorted({mark.family for mark in marks if mark.family})}
    return {name: {"symbol": look.symbol, "colour": look.colour} for name, look in looks.items()}


def base_columns(basemap: Basemap) -> dict[str, Any]:
    """Returns what lies under the map: shapes by layer, towns and countries as columns."""
    return {
        "shapes": basemap.shapes,
        "countries": columns(asdict(country) for country in basemap.countries),
    }


def data_block(value: Mapping[str, Any]) -> tuple[str, str]:
    """Returns the type and the text of the script element that carries the data; safe to stand in HTML."""
    text = script_json(value)
    if len(text) <= PLAIN_LIMIT:
        return "application/json", text
    # mtime=0: otherwise the same map has other bytes every second.
    packed = gzip.compress(text.encode(), compresslevel=6, mtime=0)
    return "application/gzip+json", base64.b64encode(packed).decode()
