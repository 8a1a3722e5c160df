"""The map in a notebook."""

from __future__ import annotations

import datetime as dt
from html import unescape
from pathlib import Path

import pytest

import geomap
from geomap.gazetteer import Gazetteer
from geomap.model import Article

TEXT = "Government forces captured the town of Saraqeb on Thursday, the Observatory said."


@pytest.fixture(scope="module")
def shown(gazetteer: Gazetteer) -> geomap.Map:
    article = Article(id="a", text=TEXT, date=dt.date(2020, 2, 7), source="Ledger")
    return geomap.Map(geomap.run([article], gazetteer), gazetteer, title='Who "holds" it?')


def test_the_map_shows_itself_in_a_frame_that_can_reach_nothing(shown: geomap.Map) -> None:
    frame = shown._repr_html_()
    assert frame.startswith("<iframe srcdoc=")
    assert 'sandbox="allow-scripts allow-popups allow-downloads"' in frame
    assert 'title="Who &quot;holds&quot; it?"' in frame
    assert unescape(frame.split('srcdoc="')[1].split('" title=')[0]) == shown.html


def test_what_is_added_to_foliums_map_is_part_of_the_page(gazetteer: Gazetteer, shown: geomap.Map) -> None:
    import folium

    own = geomap.Map(shown.reading, gazetteer)
    folium.CircleMarker((35.9, 36.7), radius=5, color="#123456", popup="A depot").add_to(own.folium)
    assert isinstance(own.folium, folium.Map)
    assert "L.circleMarker" in own.html
    assert "#123456" in own.html
    assert "const $ =" in own.html
    assert own.html == own.html
    assert "#123456" not in shown.html


@pytest.mark.parametrize(("name", "start"), [("m.html", b"<!DOCTYPE"), ("m.svg", b"<svg"), ("m.png", b"\x89PNG")])
def test_the_map_is_saved_as_its_ending_says(shown: geomap.Map, tmp_path: Path, name: str, start: bytes) -> None:
    shown.save(tmp_path / name)
    assert (tmp_path / name).read_bytes().startswith(start)
