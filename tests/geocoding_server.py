"""A geocoding service for tests: a real HTTP server on this machine that answers as Nominatim or Photon do."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

from geomap.model import Issue, Mention, Span
from geomap.online import OnlineSettings, Resolver
from tests.factory import make_location, make_place

if TYPE_CHECKING:
    from geomap.gazetteer import Gazetteer

WHO = "tests (tests@example.org)"
OSM = "© OpenStreetMap contributors (ODbL 1.0)"


@dataclass(frozen=True)
class Reply:
    """What the server does with one request: it waits, then sends."""

    body: Any = b"[]"
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    delay: float = 0.0
    drip: float = 0.0

    @property
    def data(self) -> bytes:
        return self.body if isinstance(self.body, bytes) else json.dumps(self.body).encode()


@dataclass
class Service:
    """A running server: ``replies`` by name (the last one is repeated), and what was asked."""

    url: str = ""
    replies: dict[str, list[Reply]] = field(default_factory=dict)
    asked: list[dict[str, str]] = field(default_factory=list)
    agents: list[str] = field(default_factory=list)
    times: list[float] = field(default_factory=list)

    @property
    def names(self) -> list[str]:
        return [question["q"] for question in self.asked]

    def next_reply(self, name: str) -> Reply:
        queue = self.replies.get(name) or self.replies.get("*") or [Reply()]
        return queue.pop(0) if len(queue) > 1 else queue[0]


@contextmanager
def serving() -> Iterator[Service]:
    """Run a server for a while."""
    service = Service()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            question = {key: values[0] for key, values in parse_qs(urlsplit(self.path).query).items()}
            service.asked.append({**question, "path": urlsplit(self.path).path})
            service.agents.append(self.headers["User-Agent"])
            service.times.append(time.monotonic())
            _send(self, service.next_reply(question.get("q", "")))

        def log_message(self, format: str, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    service.url = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()


def _send(handler: BaseHTTPRequestHandler, reply: Reply) -> None:
    time.sleep(reply.delay)
    try:
        handler.send_response(reply.status)
        for name, value in reply.headers.items():
            handler.send_header(name, value)
        handler.end_headers()
        pieces = [reply.data[i : i + 1] for i in range(len(reply.data))] if reply.drip else [reply.data]
        for piece in pieces:
            handler.wfile.write(piece)
            handler.wfile.flush()
            time.sleep(reply.drip)
    except OSError:
        pass  # the client did not wait


def nominatim(name: str = "Kafr Zoran", lat: float = 35.7, lng: float = 36.6, **changed: Any) -> dict[str, Any]:
    """Return a village in Idlib as Nominatim tells it; ``country`` and ``box`` are short for what it nests."""
    country, box = changed.pop("country", "sy"), changed.pop("box", 0.02)
    values = {
        "osm_type": "node",
        "osm_id": 4711,
        "lat": str(lat),
        "lon": str(lng),
        "class": "place",
        "type": "village",
        "display_name": f"{name}, Idlib Governorate, Syria",
        "importance": 0.3,
        "boundingbox": [str(lat - box), str(lat + box), str(lng - box), str(lng + box)],
        "address": {"village": name, "state": "Idlib Governorate", "country_code": country},
        "namedetails": {"name": "كفر زوران", "name:en": name},
    }
    return {**values, **changed}


def photon(name: str = "Kafr Zoran", lat: float = 35.7, lng: float = 36.6, **changed: Any) -> dict[str, Any]:
    """Return a village in Idlib as a feature of Photon."""
    values = {
        "osm_type": "N",
        "osm_id": 4711,
        "osm_key": "place",
        "osm_value": "village",
        "type": "city",
        "name": name,
        "countrycode": "SY",
        "state": "Idlib Governorate",
    }
    geometry = {"type": "Point", "coordinates": [lng, lat]}
    return {"type": "Feature", "geometry": geometry, "properties": {**values, **changed}}


def features(*found: dict[str, Any]) -> dict[str, Any]:
    """Return Photon's answer with these features."""
    return {"type": "FeatureCollection", "features": list(found)}


def make_settings(service: Service, folder: Path, **changed: Any) -> OnlineSettings:
    """Return settings that ask the local service, quick to lose patience."""
    values: dict[str, Any] = {
        "provider": "nominatim",
        "url": service.url,
        "user_agent": WHO,
        "interval": 0.0,
        "timeout": 0.3,
        "retries": 1,
        "backoff": 0.01,
        "patience": 2.0,
        "most_failures": 2,
        "cache_dir": folder / "online",
    }
    return OnlineSettings(**{**values, **changed})


def resolved(settings: OnlineSettings, gazetteer: Gazetteer, name: str = "Kafr Zoran") -> Any:
    """Return what the service makes of one name in an article that also names a town in Syria."""
    mention = Mention(0, len(name), name, name)
    issue = Issue("unknown place", "a", f"{name}: no gazetteer has it", Span(0, len(name)))
    town = make_location("Marsa", place=make_place(country="sy"))
    found, issues = Resolver(settings).resolve("a", [mention], [town], [issue], gazetteer)
    return (found[0] if found else None), issues
