"""The page in other languages and directions, on touch screens, in the dark, without motion and on paper."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from geomap.render import Look, render
from geomap.render.words import LANGS, words
from tests import render_sample as sample
from tests.browser.actions import NORTH, click, errors_of, pixels, set_field, text_of
from tests.browser.conftest import open_page, until

# How bright the first and the last bar behind the slider are.
BARS = """
const canvas = document.getElementById("days");
const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
const bars = [];
for (let x = 0; x < canvas.width; x++) {
  const at = ((canvas.height - 1) * canvas.width + x) * 4;
  if (data[at + 3]) bars.push(data[at]);
}
return [bars[0], bars.at(-1)];
"""
MIDDLE = """
const box = document.getElementById("stage").getBoundingClientRect();
return [box.left + box.width / 2, box.top + box.height / 2];
"""
SEA = """
const canvas = document.querySelector("canvas.ground");
return [...canvas.getContext("2d").getImageData(canvas.width >> 1, canvas.height >> 1, 1, 1).data];
"""
MAP = "window[document.querySelector('.folium-map').id]"
SEEN = """
const parts = [...document.querySelectorAll(".time, .filter, .downloads, .live")];
return parts.filter((part) => part.getClientRects().length).length;
"""


@pytest.fixture
def device(chromium: Any) -> Iterator[Any]:
    """A browser whose device can be changed; it is itself again afterwards."""
    yield chromium
    chromium.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    chromium.execute_cdp_cmd("Emulation.setTouchEmulationEnabled", {"enabled": False})
    chromium.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "", "features": []})


def written(tmp_path: Path, lang: str) -> Path:
    path = tmp_path / f"{lang}.html"
    look = Look("Marsa", colours=sample.COLOURS, lang=lang)
    page = render(sample.timeline(), sample.ARTICLES, [], look, gazetteer_version="1")
    path.write_text(page, encoding="utf-8")
    return path


def narrow(browser: Any, width: int = 320) -> None:
    metrics = {"width": width, "height": 700, "deviceScaleFactor": 1, "mobile": True}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)


@pytest.mark.parametrize("lang", LANGS)
def test_a_language_works_throughout_and_fits_a_phone(device: Any, tmp_path: Path, lang: str) -> None:
    narrow(device)
    page = open_page(device, written(tmp_path, lang))
    assert errors_of(page) == []
    root = "document.documentElement"
    assert page.execute_script(f"return {root}.scrollWidth - {root}.clientWidth") <= 0
    set_field(page, "day", 18690)
    month = words(lang)["months"][2]
    assert f"4 {month} 2021" in text_of(page, "#day-label")
    click(page, "#next")
    card = until(lambda: text_of(page, ".leaflet-popup .card"))
    assert words(lang)["page"]["show_in_list"] in card
    assert (
        page.execute_script("return document.querySelector('.leaflet-control-zoom-in').ariaLabel")
        == words(lang)["page"]["zoom_in"]
    )
    assert pixels(page, NORTH) > 50


def test_from_right_to_left_time_runs_that_way_and_the_map_does_not_turn(device: Any, tmp_path: Path) -> None:
    page = open_page(device, written(tmp_path, "ar"))
    assert page.execute_script("return getComputedStyle(document.body).direction") == "rtl"
    assert page.execute_script("return getComputedStyle(document.getElementById('live')).direction") == "ltr"
    legend, stage = "document.querySelector('.legend')", "document.getElementById('stage')"
    left = "getBoundingClientRect().left"
    assert page.execute_script(f"return {legend}.{left} < {stage}.{left}")
    set_field(page, "day", 18687)
    # The first day's bar is the darker one, at the right end.
    left_bar, right_bar = page.execute_script(BARS)
    assert right_bar < left_bar


def test_one_finger_moves_the_page_and_two_move_the_map(device: Any, sample_file: Path) -> None:
    narrow(device, 390)
    device.execute_cdp_cmd("Emulation.setTouchEmulationEnabled", {"enabled": True, "maxTouchPoints": 2})
    page = open_page(device, sample_file)
    middle = f"const center = {MAP}.getCenter(); return [center.lat, center.lng]"
    before = page.execute_script(middle)
    box = page.execute_script(MIDDLE)
    drag(page, [box], (0, -120))
    assert page.execute_script(middle) == before
    until(lambda: page.execute_script("return window.scrollY") > 60)
    page.execute_script("window.scrollTo(0, 0)")
    drag(page, [[box[0] - 40, box[1]], [box[0] + 40, box[1]]], (0, 90))
    until(lambda: page.execute_script(middle)[0] > before[0])


def drag(page: Any, fingers: list[list[float]], by: tuple[float, float]) -> None:
    def send(kind: str, share: float) -> None:
        points = [{"x": x + by[0] * share, "y": y + by[1] * share, "id": i} for i, (x, y) in enumerate(fingers)]
        page.execute_cdp_cmd(
            "Input.dispatchTouchEvent", {"type": kind, "touchPoints": [] if kind == "touchEnd" else points}
        )
        page.execute_async_script("requestAnimationFrame(() => arguments[0]())")

    send("touchStart", 0)
    for step in range(1, 9):
        send("touchMove", step / 8)
    send("touchEnd", 1)


def test_without_motion_nothing_glides(device: Any, sample_file: Path) -> None:
    features = [{"name": "prefers-reduced-motion", "value": "reduce"}]
    device.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
    page = open_page(device, sample_file)
    assert page.execute_script(f"return {MAP}._zoomAnimated || {MAP}.options.inertia") is False


def test_in_the_dark_the_sea_is_dark(device: Any, sample_file: Path) -> None:
    device.execute_cdp_cmd(
        "Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": "dark"}]}
    )
    page = open_page(device, sample_file)
    assert max(page.execute_script(SEA)[:3]) < 90


def test_on_paper_the_map_comes_first_and_then_the_whole_list(device: Any, sample_file: Path) -> None:
    page = open_page(device, sample_file)
    printed = page.execute_cdp_cmd("Page.printToPDF", {"printBackground": True})
    assert base64.b64decode(printed["data"]).startswith(b"%PDF")
    device.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    assert page.execute_script(SEEN) == 0
    assert page.execute_script("return getComputedStyle(document.querySelector('.drawn')).visibility") == "visible"
