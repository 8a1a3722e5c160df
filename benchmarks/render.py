"""Measure the map page: the same events drawn with folium's markers, with folium's GeoJson and with geomap.

usage: render.py [--sizes 50,1000,10000,50000] [--peers geomap,folium-markers,folium-geojson] [--out DIR]

Each page is drawn in a process of its own; imports and the making of the events are left out of the seconds and are
in the memory. The texts are 300 characters of prose each, no two alike: pages of copied sentences pack too well.
"""

from __future__ import annotations

import argparse
import datetime as dt
import itertools
import json
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from geomap.model import Article, Timeline

ROOT = Path(__file__).resolve().parent.parent
PEERS = ("folium-markers", "folium-geojson", "geomap")
MIDDLE = (35.93, 36.63)
DAYS = 730
ACTORS = ("Northern Alliance", "Southern Guard", "River Brigades", "Shaddan army")
COLOUR = "#d6006e"


class Row(NamedTuple):
    """One event: where, when, of which family, who, and the sentence it was read from."""

    lng: float
    lat: float
    day: Any
    family: str
    actor: str
    text: str


def main() -> None:
    """Print a row for each size and peer, with its ratios to geomap."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="50,1000,10000,50000")
    parser.add_argument("--peers", default=",".join(PEERS))
    parser.add_argument("--out", type=Path, help="keep the pages here")
    parser.add_argument("--one", nargs=2, metavar=("PEER", "EVENTS.json"), help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.one:
        print(json.dumps(measure(args.one[0], Path(args.one[1]), args.out)))
        return
    print("| events | drawn with | file MB | × | CPU s | × | peak MB | × |\n|---|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for size in map(int, args.sizes.split(",")):
            told = Path(folder) / f"{size}.json"
            told.write_text(json.dumps([row._replace(day=row.day.isoformat()) for row in events(size)]))
            found = {peer: _in_a_process(peer, told, args.out) for peer in args.peers.split(",")}
            for peer, figures in found.items():
                print(_line(size, peer, figures, found.get("geomap")), flush=True)


def measure(peer: str, told: Path, out: Path | None) -> dict[str, float]:
    """Returns file size in MB, CPU seconds and peak memory in MB of one page."""
    rows = [Row(*row)._replace(day=dt.date.fromisoformat(row[2])) for row in json.loads(told.read_text())]
    draw = _prepared(peer, rows)
    started = time.process_time()
    page = draw()
    seconds = time.process_time() - started
    written = page.encode("utf-8")
    if out is not None:
        out.mkdir(parents=True, exist_ok=True)
        (out / f"{peer}-{len(rows)}.html").write_bytes(written)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"MB": len(written) / 1e6, "CPU": seconds, "peak": peak}


def _in_a_process(peer: str, told: Path, out: Path | None) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.render", "--one", peer, str(told)]
    command += ["--out", str(out.resolve())] if out else []
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    if done.returncode:
        raise SystemExit(f"{peer}, {told.stem} events: {done.stderr.strip().splitlines()[-1]}")
    figures: dict[str, float] = json.loads(done.stdout)
    return figures


def _line(size: int, peer: str, figures: dict[str, float], own: dict[str, float] | None) -> str:
    cells = [f"{size:,}", peer]
    for name, digits in (("MB", 2), ("CPU", 2), ("peak", 0)):
        ratio = f"{figures[name] / own[name]:.1f}" if own and own[name] else ""
        cells += [f"{figures[name]:.{digits}f}", ratio]
    return f"| {' | '.join(cells)} |"


# --- the events


def events(size: int, seed: int = 20200305) -> Iterator[Row]:
    """Yields that many invented events of two years around one town, the same for the same size."""
    rng = random.Random(seed)
    follows = _follows()
    for number in range(size):
        lng, lat = round(rng.gauss(MIDDLE[1], 0.3), 5), round(rng.gauss(MIDDLE[0], 0.25), 5)
        day = dt.date(2019, 1, 1) + dt.timedelta(days=DAYS * number // size)
        family = rng.choice(("control", "post", "displacement"))
        yield Row(lng, lat, day, family, rng.choice(ACTORS), _sentence(rng, follows))


def _follows() -> dict[str, list[str]]:
    """Returns which words follow which in the labelled texts: enough to write prose that packs like prose."""
    texts = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "benchmarks/labelled").glob("*.txt"))]
    words = re.sub(r"\{([^|}]*)[^}]*\}|^==.*$", r"\1", "\n".join(texts), flags=re.MULTILINE).split()
    found: dict[str, list[str]] = {}
    for word, after in itertools.pairwise(words):
        found.setdefault(word, []).append(after)
    return found


def _sentence(rng: random.Random, follows: dict[str, list[str]], length: int = 300) -> str:
    word = rng.choice(("The", "In", "On", "A", "He", "They", "Residents", "But"))
    words = [word]
    size = len(word)
    while size < length:
        word = rng.choice(follows.get(word) or follows["The"])
        words.append(word)
        size += len(word) + 1
    return " ".join(words)[:length]


# --- the pages


def _prepared(peer: str, rows: Sequence[Row]) -> Any:
    """Returns what draws the page, its imports done."""
    if peer == "geomap":
        return _geomap(rows)
    return {"folium-markers": _folium_markers, "folium-geojson": _folium_geojson}[peer](rows)


def _words(row: Row) -> str:
    return f"{row.day} {row.family} {row.actor}. {row.text}"


def _folium_markers(rows: Sequence[Row]) -> Any:
    import folium

    def draw() -> str:
        page = folium.Map(MIDDLE, zoom_start=9)
        for row in rows:
            popup = folium.Popup(_words(row), max_width=300)
            folium.CircleMarker((row.lat, row.lng), radius=4, color=COLOUR, popup=popup).add_to(page)
        return str(page.get_root().render())

    return draw


def _folium_geojson(rows: Sequence[Row]) -> Any:
    import folium

    def draw() -> str:
        page = folium.Map(MIDDLE, zoom_start=9, prefer_canvas=True)
        features = [
            {
                "type": "Feature",
                "geometry": {"type": "Point", "coordinates": [row.lng, row.lat]},
                "properties": {"date": f"{row.day}", "family": row.family, "actor": row.actor, "text": row.text},
            }
            for row in rows
        ]
        marker = folium.CircleMarker(radius=4, color=COLOUR)
        popup = folium.GeoJsonPopup(["date", "family", "actor", "text"])
        data = {"type": "FeatureCollection", "features": features}
        folium.GeoJson(data, marker=marker, popup=popup).add_to(page)
        return str(page.get_root().render())

    return draw


def _geomap(rows: Sequence[Row]) -> Any:
    from geomap.render import Look, render

    draw = partial(render, issues=[], look=Look("Events of two years"), gazetteer_version="none")
    # A small page first: what is imported later is left out of the seconds.
    draw(*_timeline(rows[:3]))
    return partial(draw, *_timeline(rows))


def _timeline(rows: Sequence[Row]) -> tuple[Timeline, list[Article]]:
    """Returns the rows as claims of 50 articles, as geomap would have read them."""
    from geomap.model import Article, Claim, Timeline

    claims = [Claim(f"c{i}", f"f{i}", (_event(i, row),)) for i, row in enumerate(rows)]
    articles = [Article(id=f"a{i}", text="", date=dt.date(2020, 12, 31), source="Ledger") for i in range(50)]
    return Timeline(tuple(claims)), articles


def _event(number: int, row: Row) -> Any:
    from geomap.model import Actor, ControlChange, Displacement, Evidence, PostReport, Quantity, When

    where = _location(number, row)
    shared: dict[str, Any] = {
        "id": f"e{number}",
        "location": where,
        "when": When(row.day, row.day, 1),
        "evidence": Evidence(f"a{number % 50}", 0, len(row.text), row.text),
    }
    if row.family == "control":
        return ControlChange(subtype="captured", actor=Actor(row.actor), **shared)
    if row.family == "post":
        return PostReport(subtype="established", owner=Actor(row.actor), **shared)
    figure = 10 + 37 * number % 50_000
    return Displacement(subtype="idp_flow", quantity=Quantity(figure, "exact", f"{figure}"), origin=where, **shared)


def _location(number: int, row: Row) -> Any:
    from geomap.model import LngLat, Location, Mention, Place

    point, name = LngLat(row.lng, row.lat), f"Place {number % 997}"
    place = Place(id=f"p{number}", name=name, kind="village", point=point)
    mention = Mention(0, len(name), name, name)
    return Location(mention=mention, place=place, name=name, point=point, geo_precision=1, start=0, end=len(name))


if __name__ == "__main__":
    main()
