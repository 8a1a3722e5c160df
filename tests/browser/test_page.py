"""The map page in a real browser, with the network cut."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from geomap.render.page import LISTED
from tests import render_sample as sample
from tests.browser.actions import COUNT, NORTH, SOUTH, click, text_of
from tests.browser.conftest import open_page, until
from tests.test_render import HOSTILE, hostile_timeline, page_of

SET_DAY = """
const day = document.getElementById("day");
day.value = arguments[0];
day.dispatchEvent(new Event("input"));
"""
FIRST_OF_MARCH = 18687


@pytest.fixture
def page(chromium: Any, sample_file: Path) -> Any:
    return open_page(chromium, sample_file)


def requests_of(browser: Any) -> list[str]:
    messages = [json.loads(row["message"])["message"] for row in browser.get_log("performance")]
    sent = [m["params"]["request"]["url"] for m in messages if m["method"] == "Network.requestWillBeSent"]
    return [url for url in sent if not url.startswith(("file:", "data:", "blob:", "about:", "chrome:"))]


def test_it_draws_without_a_request_and_without_an_error(page: Any) -> None:
    assert page.execute_script(COUNT, list(NORTH)) > 100
    assert page.execute_script(COUNT, list(SOUTH)) > 100
    assert requests_of(page) == []
    assert [row for row in page.get_log("browser") if row["level"] == "SEVERE"] == []


def test_the_slider_shows_the_state_of_its_day(page: Any) -> None:
    page.execute_script(SET_DAY, FIRST_OF_MARCH)
    assert text_of(page, "#day-label") == "As of 1 March 2021"
    assert page.execute_script(COUNT, list(NORTH)) < 20
    assert page.execute_script(COUNT, list(SOUTH)) > 50


def test_the_slider_moves_by_keys(page: Any) -> None:
    from selenium.webdriver.common.keys import Keys

    slider = page.find_element("id", "day")
    slider.send_keys(Keys.HOME)
    assert text_of(page, "#day-label") == "As of 1 March 2021"
    slider.send_keys(Keys.ARROW_RIGHT)
    assert text_of(page, "#day-label") == "As of 2 March 2021"
    slider.send_keys(Keys.END)
    assert text_of(page, "#day-label") == "As of 12 March 2021"


def test_two_buttons_go_a_day_back_and_a_day_on(page: Any) -> None:
    click(page, "#day-before")
    click(page, "#day-before")
    assert text_of(page, "#day-label") == "As of 10 March 2021"
    click(page, "#day-after")
    assert text_of(page, "#day-label") == "As of 11 March 2021"


def test_play_runs_to_the_last_day_and_stops(page: Any) -> None:
    click(page, "#play")
    assert text_of(page, "#play") == "Pause"
    until(lambda: text_of(page, "#play") == "Play")
    assert text_of(page, "#day-label") == "As of 12 March 2021"


def test_marks_are_walked_by_buttons_and_tell_their_evidence(page: Any) -> None:
    from selenium.webdriver.common.keys import Keys

    step, card = page.find_element("id", "next"), ""
    while not card.startswith("Jisr Aswad"):
        step.send_keys(Keys.ENTER)
        card = until(lambda: text_of(page, ".leaflet-popup .card"))
    assert "Both sides said they were in control of Jisr Aswad." in card
    assert "Contested" in card
    assert "The Harbour Times / Wire" in card
    assert "4 March 2021" in card
    page.switch_to.active_element.send_keys(Keys.ESCAPE)
    until(lambda: not page.find_elements("css selector", ".leaflet-popup .card"))
    assert page.switch_to.active_element.get_attribute("id") == "next"


def test_the_list_opens_the_map_and_the_map_opens_the_list(page: Any) -> None:
    # The first claim: Marsa held by the Guard on 1 March, long gone by the last day.
    click(page, "#e0 .show")
    assert text_of(page, "#day-label") == "As of 12 March 2021"
    card = until(lambda: text_of(page, ".leaflet-popup .card"))
    assert card.startswith("Marsa")
    assert "has been held by the Guard" in card
    click(page, ".leaflet-popup .card .show")
    assert page.switch_to.active_element.get_attribute("id") == "e0"


def test_a_click_on_a_mark_opens_its_card(page: Any) -> None:
    from selenium.webdriver import ActionChains

    click(page, "#e2 .show")
    until(lambda: text_of(page, ".leaflet-popup .card"))
    click(page, ".leaflet-popup-close-button")
    until(lambda: not page.find_elements("css selector", ".leaflet-popup .card"))
    # "Show on map" has put the mark into the middle; the card may have pushed it down to make room for itself.
    stage = page.find_element("id", "live")
    for down in range(0, 200, 12):
        ActionChains(page).move_to_element_with_offset(stage, 0, down).click().perform()
        if text_of(page, ".leaflet-popup .card"):
            break
    assert text_of(page, ".leaflet-popup .card").startswith("Marsa")


def test_it_tells_the_page_around_it_its_height_and_the_height_does_not_creep(page: Any, tmp_path: Path) -> None:
    host = tmp_path / "host.html"
    inner = (tmp_path / "map.html").resolve()
    inner.write_text(page_of(sample.timeline(), sample.ARTICLES), encoding="utf-8")
    host.write_text(
        f"""<!DOCTYPE html><title>host</title><iframe src="{inner.as_uri()}" sandbox="allow-scripts" width="600"
        height="300" title="map"></iframe><script>window.heights=[];addEventListener("message",(e)=>{{
        if(e.data.type!=="geomap:height")return;heights.push(e.data.height);
        document.querySelector("iframe").height=e.data.height;}})</script>""",
        encoding="utf-8",
    )
    page.get(host.as_uri())
    until(lambda: page.execute_script("return window.heights.length"))
    page.execute_async_script("setTimeout(arguments[0], 1500)")
    heights = page.execute_script("return window.heights")
    assert heights[-1] > 600
    assert len(heights) <= 4


@pytest.mark.parametrize("width", [320, 768, 1280])
def test_it_does_not_scroll_sideways(chromium: Any, sample_file: Path, width: int) -> None:
    # A window is never narrower than 500 px; a device is.
    metrics = {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": False}
    chromium.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    try:
        open_page(chromium, sample_file)
        root = "document.documentElement"
        assert chromium.execute_script(f"return {root}.scrollWidth - {root}.clientWidth") <= 0
    finally:
        chromium.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_and_never_runs(chromium: Any, tmp_path: Path, text: str) -> None:
    timeline, articles = hostile_timeline(text)
    path = tmp_path / "map.html"
    path.write_text(page_of(timeline, articles, title=text), encoding="utf-8")
    open_page(chromium, path)
    click(chromium, "#next")
    card = until(lambda: text_of(chromium, ".leaflet-popup .card"))
    written = text.replace("\x00", "␀").replace("\ud800", "\ufffd")
    assert written in card
    assert written in text_of(chromium, "#events")
    assert text_of(chromium, "h1") == written
    assert chromium.execute_script("return window.hacked") is None
    assert chromium.execute_script("return document.querySelectorAll('img,iframe,object').length") == 0
    assert [row for row in chromium.get_log("browser") if row["level"] == "SEVERE"] == []


def test_thousands_of_events_are_unpacked_and_listed_on_demand(chromium: Any, tmp_path: Path) -> None:
    timeline, articles = sample.many(1200)
    path = tmp_path / "map.html"
    path.write_text(page_of(timeline, articles), encoding="utf-8")
    open_page(chromium, path)
    count = "return document.querySelectorAll('#events .entry').length"
    assert chromium.execute_script(count) == LISTED
    click(chromium, "#more")
    assert chromium.execute_script(count) == LISTED + 200
    ids = chromium.execute_script("return [...document.querySelectorAll('#events .entry')].map((e) => e.id)")
    days = [claim.event.when.start for claim in timeline.claims]
    newest = sorted(range(1200), key=lambda i: (days[i] or dt.date.min).toordinal() * -10000 + i)
    assert ids == [f"e{i}" for i in newest[: LISTED + 200]]
