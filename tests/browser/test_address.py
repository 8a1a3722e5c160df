"""The address fragment: what it says comes back, what it cannot say is harmless."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.browser.actions import NORTH, SOUTH, click, errors_of, listed, pixels, set_field, text_of
from tests.browser.conftest import open_address, until

HOSTILE = (
    "#day=2021-99-99&from=abc&view=99/999/999&event=nothing",
    "#day=1e9&family=%3Cscript%3E,control%22&certainty=%00",
    "#query=%3Cimg%20src=x%20onerror=window.hacked=1%3E",
    "#actor=__proto__&source=constructor&family=__proto__",
    "#event=__proto__&view=5/1e3/x&day=9999-12-31",
    "#%E0%A4%A&day=%&=&&&==",
    "#javascript:window.hacked=1",
    "#" + "a" * 5000 + "=" + "b" * 5000,
)


def hash_of(page: Any) -> str:
    return str(page.execute_script("return location.hash"))


def test_the_address_follows_the_reader_and_brings_him_back(chromium: Any, sample_file: Path) -> None:
    page = open_address(chromium, sample_file, "")
    assert hash_of(page) == ""
    set_field(page, "day", 18687 + 6)
    click(page, '.chip[data-value="control"]')
    set_field(page, "filter-actor", "Northern Alliance")
    set_field(page, "search", "marsa")
    page.execute_script("window[document.querySelector('.folium-map').id].setZoom(10.25)")
    until(lambda: "view=10.25/" in hash_of(page) and "query=marsa" in hash_of(page))
    fragment, label, entries = hash_of(page), text_of(page, "#day-label"), listed(page)
    assert "day=2021-03-07" in fragment
    assert "family=control" in fragment
    page = open_address(chromium, sample_file, fragment)
    assert text_of(page, "#day-label") == label == "As of 7 March 2021"
    assert listed(page) == entries
    assert page.execute_script("return document.getElementById('filter-actor').value") == "Northern Alliance"
    assert page.execute_script("return document.getElementById('search').value") == "marsa"
    assert page.execute_script("return window[document.querySelector('.folium-map').id].getZoom()") == 10.25


def test_changes_replace_the_address_and_add_no_step_back(chromium: Any, sample_file: Path) -> None:
    page = open_address(chromium, sample_file, "")
    steps = page.execute_script("return history.length")
    for day in range(18688, 18694):
        set_field(page, "day", day)
    until(lambda: "day=" in hash_of(page))
    assert page.execute_script("return history.length") == steps


def test_an_event_in_the_address_is_opened_on_its_day(chromium: Any, sample_file: Path) -> None:
    page = open_address(chromium, sample_file, "#event=c3")
    card = until(lambda: text_of(page, ".leaflet-popup .card"))
    assert "Tell Hadya" in card
    assert page.execute_script("return document.querySelector('.is-chosen').id") == "e3"


def test_a_period_in_the_address_comes_back(chromium: Any, sample_file: Path) -> None:
    page = open_address(chromium, sample_file, "#from=2021-03-08&day=2021-03-09")
    assert text_of(page, "#day-label") == "8 March 2021 – 9 March 2021"
    assert len(listed(page)) == 5


def test_another_fragment_typed_into_the_address_is_followed(chromium: Any, sample_file: Path) -> None:
    page = open_address(chromium, sample_file, "")
    page.execute_script("location.hash = '#day=2021-03-01'")
    until(lambda: text_of(page, "#day-label") == "As of 1 March 2021")
    assert pixels(page, NORTH) < 20 < pixels(page, SOUTH)


@pytest.mark.parametrize("fragment", HOSTILE)
def test_a_hostile_fragment_does_nothing(chromium: Any, sample_file: Path, fragment: str) -> None:
    page = open_address(chromium, sample_file, fragment)
    assert page.execute_script("return window.hacked") is None
    assert page.execute_script("return document.querySelectorAll('img, script[src]').length") == 0
    assert pixels(page, NORTH) >= 0
    assert errors_of(page) == []
    set_field(page, "day", 18690)
    assert text_of(page, "#day-label") == "As of 4 March 2021"
