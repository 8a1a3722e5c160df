"""Export: what other programs get to read."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import sqlite3
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from geomap.cli.extract import FORMATS as FORMATS_OF_CLI
from geomap.errors import PlanError, RenderError
from geomap.export import BINARY_FORMATS, FORMATS, article_line, events_text, read_events, write_events
from geomap.model import UNKNOWN_DATE, Actor, Event, Issue, LngLat, Quantity, Span, Timeline, When
from tests.factory import (
    DAY,
    make_article,
    make_claim,
    make_control,
    make_displacement,
    make_location,
    make_post,
    make_timeline,
)


def _features(*events: Event) -> list[dict[str, Any]]:
    text = events_text(make_timeline(*events), [make_article()], "geojson")
    found: list[dict[str, Any]] = json.loads(text)["features"]
    return found


def _rows(*events: Event) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(events_text(make_timeline(*events), [make_article()], "csv"))))


def _event_line(event: Event) -> dict[str, Any]:
    line: dict[str, Any] = article_line(make_article(), [], [event], [])["events"][0]
    return line


def test_a_feature_has_its_point_longitude_first() -> None:
    (feature,) = _features(make_control(location=make_location(point=LngLat(36.8061239, 35.8620001))))

    assert feature["type"] == "Feature"
    assert feature["geometry"] == {"type": "Point", "coordinates": [36.80612, 35.862]}


def test_a_claim_without_place_has_a_null_geometry_and_the_words_of_the_text() -> None:
    (feature,) = _features(make_control(location=None, place_text="the village of Kashma"))

    assert feature["geometry"] is None
    assert feature["properties"]["place"] == "the village of Kashma"


def test_each_report_of_a_claim_keeps_its_sentence_source_and_offsets() -> None:
    claim = make_claim(make_control(), make_control(id="e2", attributed_to="an officer"))
    article = make_article(agency="Newswire", url="https://example.org/1")

    properties = json.loads(events_text(Timeline((claim,)), [article], "geojson"))["features"][0]["properties"]

    assert properties["sources"] == "The Daily (Newswire)"
    assert properties["report_count"] == 2
    assert properties["reports"][1] == {
        "article": "a",
        "title": "",
        "source": "The Daily",
        "agency": "Newswire",
        "url": "https://example.org/1",
        "published": "2021-03-04",
        "attributed_to": "an officer",
        "certainty": "confirmed",
        "quote": "Rebels took Marsa.",
        "start": 0,
        "end": 18,
    }


def test_a_period_has_its_last_day_as_its_date() -> None:
    event = make_displacement(when=When(dt.date(2021, 2, 1), DAY, 2, "since the beginning of February"))

    line = _event_line(event)

    assert (line["date"], line["date_start"], line["date_end"]) == ("2021-03-04", "2021-02-01", "2021-03-04")
    assert line["time_precision"] == 2


def test_what_the_text_does_not_say_is_left_out_of_a_line() -> None:
    line = _event_line(make_control(when=UNKNOWN_DATE, actor=None, location=None))

    assert not {"date", "time_precision", "actor", "place", "lat", "lon", "quantity", "owner", "from"} & set(line)
    assert None not in line.values()


def test_an_intention_is_planned_and_keeps_what_is_intended() -> None:
    for modality in ("planned", "projected"):
        line = _event_line(make_displacement(modality=modality))
        assert (line["subtype"], line["category"]) == ("planned", "idp_flow")


def test_a_denied_statement_is_no_event_in_any_format() -> None:
    denied = make_control(modality="denied")

    assert _features(denied) == []
    assert _rows(denied) == []
    assert article_line(make_article(), [], [denied], [])["events"] == []


def test_posts_have_their_count_as_quantity() -> None:
    line = _event_line(make_post(count=12, owner=Actor("Border guards")))

    assert (line["quantity"], line["count"], line["owner"], line["kind"]) == (
        12,
        12,
        "Border guards",
        "observation_post",
    )


def test_a_displacement_has_its_figure_as_said_and_both_ends() -> None:
    origin, destination = make_location("Marsa"), make_location("Port", LngLat(37.0, 36.0))

    line = _event_line(make_displacement(origin=origin, destination=destination))

    said = {
        key: line[key]
        for key in ("quantity", "quantifier", "quantity_text", "unit", "from", "to", "to_lat", "to_lon")
    }
    assert said == {
        "quantity": 12000,
        "quantifier": "more_than",
        "quantity_text": "more than 12,000",
        "unit": "people",
        "from": "Marsa",
        "to": "Port",
        "to_lat": 36.0,
        "to_lon": 37.0,
    }


def test_a_line_lists_toponyms_at_the_named_place_and_issues_with_their_span() -> None:
    location = replace(make_location(), start=0, name="15 km east of Marsa", point=LngLat(36.7, 35.25))
    issue = Issue("unknown place", "a", "Kashma is in no gazetteer", Span(3, 9))
    article = make_article(same_as="b", text="In Kashma or Marsa.")

    line = article_line(article, [location], [], [issue])

    assert line["toponyms"] == [
        {"start": 3, "end": 9, "text": "Kashma", "role": "place"},
        {
            "start": 12,
            "end": 17,
            "text": "Marsa",
            "lat": 35.25,
            "lon": 36.5,
            "place_id": "xx-marsa",
            "score": 1.0,
            "role": "place",
        },
    ]
    assert line["issues"] == [
        {"kind": "unknown place", "message": "Kashma is in no gazetteer", "start": 3, "end": 9}
    ]
    assert line["same_as"] == "b"


@pytest.mark.parametrize("start", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_cell_of_the_csv_is_run_by_a_spreadsheet(start: str) -> None:
    (row,) = _rows(make_control(actor=Actor(start), location=make_location(point=LngLat(-3.5, -1.0))))

    assert row["actor"] == f"'{start.strip()}"
    assert (row["lat"], row["lon"]) == ("-1.0", "-3.5")


def test_text_formats_keep_every_script() -> None:
    event = make_control(actor=Actor("قوات"), location=make_location("Київ"))

    assert "قوات" in events_text(make_timeline(event), [], "geojson")
    assert _rows(event)[0]["place"] == "Київ"


def test_the_same_claims_give_the_same_bytes(tmp_path: Path) -> None:
    timeline = make_timeline(make_control(), make_post(id="e2"), make_displacement(id="e3", location=None))
    for fmt in ("geojson", "csv", "gpkg", "kml"):
        one, two = tmp_path / f"1.{fmt}", tmp_path / "other" / f"1.{fmt}"
        write_events(timeline, [make_article()], fmt, one)
        write_events(timeline, [make_article()], fmt, two)
        assert one.read_bytes() == two.read_bytes(), fmt


def test_a_geopackage_has_a_row_a_claim_also_for_those_without_place(tmp_path: Path) -> None:
    timeline = make_timeline(
        make_control(), make_displacement(id="e3", location=None, quantity=Quantity(None, "exact", "many"))
    )

    write_events(timeline, [make_article()], "gpkg", tmp_path / "events.gpkg")

    with sqlite3.connect(tmp_path / "events.gpkg") as database:
        rows = database.execute(
            "select family, quantity, geom is null, report_count from events order by fid"
        ).fetchall()
    assert rows == [("control", None, 0, 1), ("displacement", None, 1, 1)]


def test_no_claim_at_all_is_a_valid_file_in_every_format(tmp_path: Path) -> None:
    for fmt in ("geojson", "csv", "gpkg", "kml"):
        write_events(make_timeline(), [], fmt, tmp_path / f"none.{fmt}")
        assert (tmp_path / f"none.{fmt}").stat().st_size > 0


def test_parquet_without_its_package_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("geomap.export.layers.find_spec", lambda name: None)

    with pytest.raises(PlanError, match=r"pip install 'geomap\[parquet\]'"):
        write_events(make_timeline(make_control()), [], "parquet", tmp_path / "events.parquet")


def test_a_file_below_a_file_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")

    with pytest.raises(RenderError, match="cannot be written"):
        write_events(make_timeline(), [], "csv", tmp_path / "file" / "events.csv")


def test_the_command_line_offers_the_formats_of_the_library() -> None:
    assert FORMATS_OF_CLI == FORMATS
    assert set(BINARY_FORMATS) < set(FORMATS)


def test_claims_come_back_from_their_geojson_as_they_were(tmp_path: Path) -> None:
    origin, destination = make_location("Marsa", radius_km=5.0), make_location("Port", LngLat(37.0, 36.0))
    moved = make_displacement(
        id="e3", origin=origin, destination=destination, when=When(DAY, DAY, 1, "on Thursday")
    )
    planned = make_control(id="e5", modality="planned", actor=Actor("Rebels", "xx-rebels"), opponent=Actor("Army"))
    timeline = make_timeline(
        make_control(), make_post(id="e2", count=12), moved, make_control(id="e4", location=None), planned
    )
    article, out = make_article(agency="Newswire"), tmp_path / "events.geojson"
    write_events(timeline, [article], "geojson", out)

    again, articles = read_events(out, lambda place_id: None)

    assert events_text(again, articles, "geojson") == out.read_text(encoding="utf-8").replace(
        ', "admin1": "North"', ""
    )
    assert [each.date for each in articles] == [article.date]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[1", "not JSON"),
        ("[]", "no features"),
        ('{"features": [{"properties": {}}]}', "feature 1: KeyError"),
        ('{"features": [7]}', "feature 1: TypeError"),
    ],
)
def test_a_geojson_of_another_form_says_which_feature(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "events.geojson").write_text(text, encoding="utf-8")

    with pytest.raises(PlanError, match=said):
        read_events(tmp_path / "events.geojson", lambda place_id: None)
