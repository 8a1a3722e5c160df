"""Columns: in which form do the events travel inside the page?

One JSON object of columns, not of rows: names are written once, equal texts once, and numbers pack well. Days are
whole days since 1970-01-01. Above ``PLAIN_LIMIT`` characters the object is gzipped (the page unpacks it).
"""

from __future__ import annotations

import base64
import datetime as dt
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from operator import attrgetter
from typing import Any

from geomap.families import Family, family
from geomap.model import Actor, Location
from geomap.render.basemap import Basemap
from geomap.render.entries import Entry, Report, Source
from geomap.render.marks import Mark
from geomap.render.packing import Numbers, numbered, packed_columns, packed_lists, packed_texts
from geomap.render.palette import actor_key
from geomap.render.scene import Scene
from geomap.render.text import clean, script_json
from geomap.timeline import spot_key

EPOCH = dt.date(1970, 1, 1)
PLAIN_LIMIT = 20_000
LEVEL = 6
# Five decimals are about one metre.
DECIMALS = 5


class Pool:
    """Numbers things by a key in order of first use, so that each is written once."""

    def __init__(self, key: Callable[[Any], Any]) -> None:
        self.items: list[Any] = []
        self._key = key
        self._number_of = Numbers()
        # The same object comes again and again: its key is made once.
        self._number_of_object = {id(None): -1}

    def numbers(self, items: Iterable[Any]) -> list[int]:
        """Returns each item's number, -1 for None; the items live on elsewhere."""
        known = self._number_of_object
        return [known[id(item)] if id(item) in known else self._number(item) for item in items]

    def _number(self, item: Any) -> int:
        number = self._number_of[self._key(item)]
        if number == len(self.items):
            self.items.append(item)
        self._number_of_object[id(item)] = number
        return number


def day_number(day: dt.date | None) -> int:
    """Returns days since 1970-01-01, -1 for None."""
    return -1 if day is None else (day - EPOCH).days


def day_numbers(days: Iterable[dt.date | None]) -> list[int]:
    """Returns days since 1970-01-01, -1 for None."""
    first = EPOCH.toordinal()
    return [-1 if day is None else day.toordinal() - first for day in days]


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
    texts = Numbers()
    found = _event_tables(entries, marks, colours, sources, texts)
    return found | _texts(list(texts))


def _event_tables(
    entries: Sequence[Entry],
    marks: Sequence[Mark],
    colours: Mapping[str, str],
    sources: Sequence[Source],
    texts: Numbers,
) -> dict[str, Any]:
    """Returns the columns, and numbers their texts."""
    chains, parties = Numbers(), Numbers()
    spots, actors = Pool(spot_key), Pool(actor_key)
    table = {
        "claims": packed_columns(_claims(entries, texts, parties, spots)),
        "reports": packed_columns(_reports([report for entry in entries for report in entry.reports], texts)),
        "marks": packed_columns(_marks(marks, spots, actors, chains)),
        "sources": packed_columns(columns(asdict(source) for source in sources)),
    }
    return table | {
        "parties": [numbered(texts, names) for names in parties],
        "spots": packed_columns(_spots(spots.items)),
        "actors": packed_columns(columns(_actor(actor, colours) for actor in actors.items)),
        "chains": packed_columns(packed_lists(list(chains))),
    }


def _texts(texts: Sequence[str]) -> dict[str, Any]:
    """Returns the texts, packed where they are long."""
    is_long = sum(map(len, texts)) > PLAIN_LIMIT
    return {"packed": packed_texts(texts)} if is_long else {"texts": texts}


def _claims(entries: Sequence[Entry], texts: Numbers, parties: Numbers, spots: Pool) -> dict[str, list[Any]]:
    worded = ("family", "section", "what", "where", "exactness", "when", "certainty", "speaker", "figure", "why")
    return {name: numbered(texts, map(attrgetter(name), entries)) for name in worded} | {
        "id": [entry.id for entry in entries],
        "day": day_numbers(entry.day for entry in entries),
        "amount": [int(entry.amount) for entry in entries],
        "low": [int(entry.low) for entry in entries],
        "reports": [len(entry.reports) for entry in entries],
        "drawn": [int(entry.is_drawn) for entry in entries],
        "fact": numbered(Numbers(), (entry.fact for entry in entries)),
        "parties": numbered(parties, (entry.actors for entry in entries)),
        "spot": spots.numbers(entry.spot for entry in entries),
    }


def _reports(reports: Sequence[Report], texts: Numbers) -> dict[str, list[int]]:
    return {name: numbered(texts, map(attrgetter(name), reports)) for name in ("quote", "speaker", "certainty")} | {
        "source": [report.source for report in reports]
    }


def _marks(marks: Sequence[Mark], spots: Pool, actors: Pool, chains: Numbers) -> dict[str, list[Any]]:
    return {
        "kind": [mark.kind for mark in marks],
        "spot": spots.numbers(mark.spot for mark in marks),
        "to": spots.numbers(mark.to for mark in marks),
        "start": day_numbers(mark.start for mark in marks),
        "until": day_numbers(mark.until for mark in marks),
        "actor": actors.numbers(mark.actor for mark in marks),
        "pattern": [mark.pattern for mark in marks],
        "shape": [mark.shape for mark in marks],
        "siege": [int(mark.is_besieged) for mark in marks],
        "besieger": actors.numbers(mark.besieger for mark in marks),
        "count": [mark.count for mark in marks],
        "stock": [int(mark.is_stock) for mark in marks],
        "chain": numbered(chains, (mark.chain for mark in marks)),
        "family": [mark.family for mark in marks],
    }


def _spots(spots: Sequence[Location]) -> dict[str, list[Any]]:
    return {
        "name": [clean(spot.name) for spot in spots],
        "local": [clean(spot.place.local_name) if spot.geo_precision == 1 else "" for spot in spots],
        "lng": [round(spot.point.lng, DECIMALS) for spot in spots],
        "lat": [round(spot.point.lat, DECIMALS) for spot in spots],
        "precision": [spot.geo_precision for spot in spots],
        "radius": [round(spot.radius_km, 1) for spot in spots],
        "country": [int(spot.place.kind == "country") for spot in spots],
    }


def _actor(actor: Actor, colours: Mapping[str, str]) -> dict[str, str]:
    return {"name": clean(actor.name), "colour": colours[actor_key(actor)]}


def sign_looks(marks: Sequence[Mark], families: Mapping[str, Family]) -> dict[str, dict[str, str]]:
    """Returns name, path and colour of each family of signs on the map."""
    looks = {name: family(name, families) for name in sorted({mark.family for mark in marks if mark.family})}
    return {
        name: {"name": clean(look.name), "symbol": look.symbol, "colour": look.colour}
        for name, look in looks.items()
    }


def base_columns(basemap: Basemap, roads: Sequence[str]) -> dict[str, Any]:
    """Returns what lies under the map: shapes by layer, the names of its roads, countries as columns."""
    return {
        "shapes": basemap.shapes,
        "roads": list(roads),
        "countries": columns(asdict(country) for country in basemap.countries),
    }


def layer_columns(scene: Scene) -> dict[str, Any]:
    """Returns what lies on the map beside what the articles say; each member only where it was asked for."""
    layers, areas = scene.look.layers, scene.areas
    found: dict[str, Any] = {}
    if areas:
        found["areas"] = {
            "start": day_numbers(area.start for area in areas),
            "until": day_numbers(area.until for area in areas),
            "colour": [area.colour for area in areas],
            "parts": [area.parts for area in areas],
        }
    if layers.overlays:
        found["shapes"] = [asdict(shape) for overlay in layers.overlays for shape in overlay.shapes]
    if layers.tiles:
        found["tiles"] = {"url": layers.tiles.url, "zoom": layers.tiles.zoom}
    if layers.archive and not layers.archive.is_vector:
        found["images"] = layers.archive.images(scene.home)
    return found


def data_block(value: Mapping[str, Any]) -> tuple[str, str]:
    """Returns the type and the text of the script element that carries the data; safe to stand in HTML."""
    plain: list[str] = []
    # wbits=31 is gzip with an empty header: with a date in it the same map would have other bytes every second.
    packer, packed, size = zlib.compressobj(LEVEL, zlib.DEFLATED, 31), bytearray(), 0
    for part in _members(value):
        size += len(part)
        plain = [*plain, part] if size <= PLAIN_LIMIT else []
        packed += packer.compress(part.encode())
    if plain:
        return "application/json", "".join(plain)
    return "application/gzip+json", base64.b64encode(packed + packer.flush()).decode()


def _members(value: Mapping[str, Any]) -> Iterator[str]:
    """Yields the object's JSON member by member: the whole of it never lies in memory at once."""
    for number, (name, member) in enumerate(value.items()):
        yield f"{',' if number else '{'}{script_json(name)}:"
        if isinstance(member, dict) and member:
            yield from _members(member)
        else:
            yield script_json(member)
    yield "}"
