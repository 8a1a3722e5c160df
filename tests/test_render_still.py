"""The picture: what the page shows on its last day, without a browser."""

from __future__ import annotations

import sys
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest

from geomap.errors import RenderError
from geomap.model import Timeline
from geomap.render import Look, png, render_svg
from tests import render_sample as sample
from tests.test_render import HOSTILE, hostile_timeline

SVG = "{http://www.w3.org/2000/svg}"


def picture(**changed: Any) -> str:
    values = {"places": tuple(sample.PLACES.values()), "colours": sample.COLOURS, "title": "Who holds Marsa?"}
    return render_svg(sample.timeline(), sample.ARTICLES, [], Look(**{**values, **changed}))


def words_of(svg: str) -> str:
    return "\n".join("".join(text.itertext()) for text in ET.fromstring(svg).iter(f"{SVG}text"))


def test_the_picture_has_title_date_legend_scale_north_and_sources() -> None:
    said = words_of(picture())
    for words in (
        "Who holds Marsa?",
        "As of 12 March 2021.",
        "27 events from 4 articles.",
        "Northern Alliance",
        "claimed by a party, not",
        " km",
        "N",
        "Sources: The Harbour Times / Wire, Daily Ledger",
        "Natural Earth",
        "120,000 · a charity",
        "تل هدية",
    ):
        assert words in said


def test_the_picture_stands_alone_and_is_the_same_each_time() -> None:
    svg = picture()
    assert "var(" not in svg
    assert "http" not in svg.replace('xmlns="http://www.w3.org/2000/svg"', "")
    assert not [each for each in ET.fromstring(svg).iter() if each.tag in (f"{SVG}script", f"{SVG}image")]
    assert picture() == svg


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text_in_the_picture(text: str) -> None:
    timeline, articles = hostile_timeline(text)
    root = ET.fromstring(render_svg(timeline, articles, [], Look(text)))
    assert {each.tag.removeprefix(SVG) for each in root.iter()} <= {
        *("svg", "title", "style", "rect", "text", "tspan", "g", "path", "circle", "defs", "use", "clipPath"),
    }
    assert not [name for each in root.iter() for name in each.attrib if name.startswith("on")]


def test_a_picture_of_nothing_is_still_a_picture() -> None:
    assert "Marsa" in words_of(render_svg(Timeline(()), (), [], Look("Marsa")))


@pytest.mark.parametrize("lang", ["ar", "uk"])
def test_the_picture_speaks_the_languages_of_the_page(lang: str) -> None:
    assert "Legend" not in words_of(picture(lang=lang))


def test_png_is_a_png_twice_as_large_as_the_picture() -> None:
    pixels = png(picture())
    assert pixels[:8] == b"\x89PNG\r\n\x1a\n"
    assert int.from_bytes(pixels[16:20]) == 2400


def test_without_resvg_the_error_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "resvg_py", None)
    with pytest.raises(RenderError, match="install it, or take -o"):
        png("<svg/>")


def test_other_endings_are_refused_before_anything_is_read(tmp_path: Path) -> None:
    from geomap.drawing import check_ending

    with pytest.raises(
        RenderError, match=r"map\.pdf: no map can be drawn as \.pdf: take -o with \.html, \.svg or \.png"
    ):
        check_ending(tmp_path / "map.pdf")
