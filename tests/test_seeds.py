"""The five articles that the project was started with: what a careful reader takes from them is on the map.

They are not part of the repository; these tests run where they lie beside it.
"""

from __future__ import annotations

import datetime as dt
import json
import math
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import ROOT, SHARED, run_geomap

SEEDS = SHARED / "seeds"
EXPECTED: dict[str, Any] = yaml.safe_load((ROOT / "tests/cases/seeds.yml").read_text(encoding="utf-8"))
ROWS = [{"family": family, **row} for family in ("control", "post", "displacement") for row in EXPECTED[family]]

pytestmark = pytest.mark.skipif(not SEEDS.is_dir(), reason="the five articles are not here")

Event = dict[str, Any]


@pytest.fixture(scope="module")
def listing(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The list of articles with the dates of those that tell none."""
    folder = tmp_path_factory.mktemp("seeds")
    entries = [
        {"path": str(_seed(number)), "date": said["date"].isoformat(), "source": said["source"]}
        for number, said in EXPECTED["articles"].items()
    ]
    (folder / "articles.yml").write_text(yaml.safe_dump(entries), encoding="utf-8")
    return folder / "articles.yml"


@pytest.fixture(scope="module")
def lines(listing: Path) -> dict[str, dict[str, Any]]:
    """What ``geomap extract`` says of each article, by its number."""
    done = run_geomap("extract", SEEDS, "--articles", listing, "--format", "jsonl", cwd=listing.parent)
    assert "Traceback" not in done.stderr
    found = [json.loads(line) for line in done.stdout.splitlines()]
    return {line["doc_id"][:3]: line for line in found}


@pytest.mark.parametrize("row", ROWS, ids=[row["what"] for row in ROWS])
def test_what_a_careful_reader_finds_is_found(row: dict[str, Any], lines: dict[str, dict[str, Any]]) -> None:
    events = [event for event in lines[row["article"]]["events"] if event["family"] == row["family"]]

    assert any(fits(event, row) for event in events), "\n".join(["found only:", *map(_told, events)])


@pytest.mark.parametrize("row", EXPECTED["never"], ids=[row["what"] for row in EXPECTED["never"]])
def test_what_a_careful_reader_does_not_find_is_not_found(row: dict[str, Any], lines: dict[str, Any]) -> None:
    events = [event for line in lines.values() for event in line["events"]]

    assert [_told(event) for event in events if fits(event, row)] == []


def test_no_control_change_is_found_but_those_of_the_table(lines: dict[str, Any]) -> None:
    """Vows, conditions, states and clashes are no change; a state may be told as ``holds``."""
    found = [
        (number, event)
        for number, line in lines.items()
        for event in line["events"]
        if event["family"] == "control"
        and event["subtype"] not in ("holds", "planned")
        and "background" not in event
    ]
    rows = [row for row in ROWS if row["family"] == "control"]

    def is_told(number: str, event: Event) -> bool:
        return any(row["article"] == number and fits(event, row, only=("subtype", "at")) for row in rows)

    assert [_told(event) for number, event in found if not is_told(number, event)] == []


@pytest.mark.parametrize(
    "row", EXPECTED["places"], ids=[f"{row['article']} {row['name']}" for row in EXPECTED["places"]]
)
def test_each_name_lies_where_it_is(row: dict[str, Any]) -> None:
    document = {"doc_id": row["article"], "text": _seed(row["article"]).read_text(encoding="utf-8")}

    done = run_geomap("locate", "-", cwd=SEEDS, stdin=json.dumps(document))

    named = [each for each in json.loads(done.stdout)["toponyms"] if each["text"] == row["name"]]
    assert named
    assert [each for each in named if _km((each["lat"], each["lon"]), row["at"]) > 10] == []


def test_the_copy_of_a_story_adds_nothing(lines: dict[str, Any], listing: Path) -> None:
    others = [path for path in sorted(SEEDS.iterdir()) if not path.name.startswith("001")]
    command = ("extract", "--articles", listing, "--format", "geojson")

    without = run_geomap(*command, *others, cwd=listing.parent)
    with_copy = run_geomap(*command, SEEDS, cwd=listing.parent)

    assert lines["001"]["events"] == []
    assert lines["001"]["same_as"].startswith("000")
    assert with_copy.stdout == without.stdout


def test_without_the_list_the_undated_articles_are_reported(tmp_path: Path) -> None:
    done = run_geomap("extract", SEEDS, "--format", "jsonl", cwd=tmp_path)

    issues = {line["doc_id"][:3]: line["issues"] for line in map(json.loads, done.stdout.splitlines())}
    complaints = [line for line in done.stderr.splitlines() if "date" in line]
    assert done.returncode == 1
    for number in ("003", "004"):
        assert any(number in line for line in complaints)
    assert not any("001" in line or "000" in line or "002" in line for line in complaints), issues


def test_the_map_of_the_five_articles_is_drawn(listing: Path, tmp_path: Path) -> None:
    done = run_geomap("map", SEEDS, "--articles", listing, "-o", "idlib.html", cwd=tmp_path)

    assert done.returncode == 0, done.stderr
    assert "Al-Mastoumah" in (tmp_path / "idlib.html").read_text(encoding="utf-8")


def fits(event: Event, row: dict[str, Any], only: tuple[str, ...] = ()) -> bool:
    """Return whether the event has all values of the row (or those named in ``only``)."""
    asked = {key: value for key, value in row.items() if key in _FITS and (not only or key in only)}
    return all(_FITS[key](event, value) for key, value in asked.items())


def _within(prefix: str, event: Event, point: list[float]) -> bool:
    lat, lon = event.get(f"{prefix}lat"), event.get(f"{prefix}lon")
    return lat is not None and lon is not None and _km((lat, lon), point) <= point[2]


def _is_named(name: str, words: list[str]) -> bool:
    return any(word.lower() in name.lower() if word else not name for word in words)


def _is_day(day: str | None, right: Any) -> bool:
    first, last = right if isinstance(right, list) else (right, right)
    return day is not None and first <= dt.date.fromisoformat(day) <= last


_FITS: dict[str, Any] = {
    "family": lambda event, family: event["family"] == family,
    "subtype": lambda event, subtypes: event["subtype"] in subtypes,
    "certainty": lambda event, right: event["certainty"] in right,
    "modality": lambda event, right: event["modality"] in right,
    "geo_precision": lambda event, right: event.get("geo_precision") in right,
    "quantity": lambda event, value: event.get("quantity") == value,
    "quantity_text": lambda event, words: words in event.get("quantity_text", "").lower(),
    "quantifier": lambda event, right: event.get("quantifier") in right,
    "unit": lambda event, unit: event.get("unit") == unit,
    "country": lambda event, code: event.get("country") == code,
    "at": lambda event, point: _within("", event, point),
    "from": lambda event, point: _within("from_", event, point),
    "to": lambda event, point: _within("to_", event, point),
    "to_name": lambda event, words: _is_named(event.get("to", ""), words),
    "place_name": lambda event, words: event.get("place") in words,
    "actor": lambda event, words: _is_named(event.get("actor", ""), words),
    "owner": lambda event, words: _is_named(event.get("owner", ""), words),
    "said_by": lambda event, words: _is_named(event.get("attributed_to", ""), words),
    "date": lambda event, right: _is_day(event.get("date"), right),
    "since": lambda event, right: _is_day(event.get("date_start"), right),
}


def _km(one: tuple[float, float], other: list[float]) -> float:
    """Return the distance of two (lat, lon) points, near enough for towns."""
    north = (one[0] - other[0]) * 111.2
    east = (one[1] - other[1]) * 111.3 * math.cos(math.radians((one[0] + other[0]) / 2))
    return math.hypot(north, east)


def _told(event: Event) -> str:
    keys = "family subtype place lat lon date_start date actor owner quantity quantity_text from to attributed_to"
    return ", ".join(f"{key} {event[key]}" for key in f"{keys} certainty modality trigger".split() if key in event)


def _seed(number: str) -> Path:
    return next(SEEDS.glob(f"{number}_*"))
