"""Choosing events: by family, party, source, certainty, words and period, on the map and in the list alike."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from tests.browser.actions import NORTH, SOUTH, click, listed, pixels, set_field, set_period, text_of
from tests.browser.conftest import open_page, until

FIRST_OF_MARCH = 18687
# Keeps what is offered as a file instead of saving it.
CATCH = """
window.offered = [];
URL.createObjectURL = (blob) => { blob.text().then((text) => window.offered.push(text)); return "#"; };
HTMLAnchorElement.prototype.click = function () { window.called = this.download; };
"""


@pytest.fixture
def page(chromium: Any, sample_file: Path) -> Any:
    return open_page(chromium, sample_file)


def chip(page: Any, value: str) -> None:
    click(page, f'.chip[data-value="{value}"]')


def test_a_family_alone_is_listed_and_drawn(page: Any) -> None:
    chip(page, "displacement")
    kinds = page.execute_script(
        "return [...new Set([...document.querySelectorAll('#events .entry')].map((e) => e.className))]"
    )
    assert kinds == ["entry displacement"]
    assert pixels(page, NORTH) == pixels(page, SOUTH) == 0
    assert text_of(page, "#found") == "8 of 27 events"
    click(page, "#clear")
    assert len(listed(page)) == 27
    assert pixels(page, NORTH) > 100


def test_a_chip_says_that_it_is_pressed(page: Any) -> None:
    chip(page, "claimed")
    pressed = "return document.querySelector('.chip[data-value=claimed]').getAttribute('aria-pressed')"
    assert page.execute_script(pressed) == "true"
    assert text_of(page, "#found") == "3 of 27 events"
    chip(page, "claimed")
    assert page.execute_script(pressed) == "false"


def test_a_party_and_a_source_narrow_each_other(page: Any) -> None:
    set_field(page, "filter-actor", "Southern Guard")
    both = len(listed(page))
    set_field(page, "filter-source", "Вечірня газета")
    assert 0 < len(listed(page)) < both
    assert "Krasna" in text_of(page, "#events")


@pytest.mark.parametrize(
    ("words", "expected"),
    [("kashma", 1), ("KAFR nuran", 9), ("بريد", 0), ("الحرس", 1), ("relief agency 30,000", 1), ("<script>", 0)],
)
def test_words_are_found_in_place_quote_and_speaker(page: Any, words: str, expected: int) -> None:
    set_field(page, "search", words)
    until(lambda: text_of(page, "#found") != "")
    assert text_of(page, "#found") == f"{expected} of 27 events"
    assert page.execute_script("return document.getElementById('nothing').hidden") is (expected > 0)


def test_a_period_holds_the_list_and_what_happened_once_and_keeps_the_state(page: Any) -> None:
    set_period(page, FIRST_OF_MARCH + 7, FIRST_OF_MARCH + 8)
    assert text_of(page, "#day-label") == "8 March 2021 – 9 March 2021"
    until(lambda: len(listed(page)) == 5)
    # Marsa was taken on the 4th and is still held.
    assert pixels(page, NORTH) > 100
    assert "120,000 people fled" not in text_of(page, "#events")
    click(page, "#period")
    assert text_of(page, "#day-label") == "As of 9 March 2021"
    until(lambda: len(listed(page)) == 27)


def test_figures_of_one_fact_stand_side_by_side(page: Any) -> None:
    bars = page.execute_script(
        "return [...document.querySelectorAll('#events .entry')].filter((e) => e.querySelector('.range'))"
        ".map((e) => [...e.querySelectorAll('.range li')].map((row) => row.textContent))"
    )
    rows = ["~30,000 · a relief agency", "~80,000 · the president", "~120,000 · a charity"]
    assert bars == [rows, rows, rows]
    assert text_of(page, ".range .facts") == "Figures told for this: 30,000 to 120,000"


def test_what_is_listed_can_be_taken_along_as_a_file(page: Any) -> None:
    page.execute_script(CATCH)
    chip(page, "post")
    click(page, "#downloads button:last-of-type")
    text = until(lambda: page.execute_script("return window.offered[0]"))
    rows = list(csv.DictReader(io.StringIO(text.lstrip("\ufeff"))))
    assert page.execute_script("return window.called").endswith(".csv")
    assert {row["family"] for row in rows} == {"post"}
    assert len(rows) == 6
    click(page, "#downloads button:first-of-type")
    found = json.loads(until(lambda: page.execute_script("return window.offered[1]")))
    assert [feature["properties"]["id"] for feature in found["features"]] == [row["id"] for row in rows]
    kashma = next(f for f in found["features"] if f["properties"]["where"] == "the village of Kashma")
    assert kashma["geometry"] is None


def test_an_entry_that_a_filter_hides_is_shown_when_its_card_asks_for_it(page: Any) -> None:
    set_field(page, "filter-source", "Daily Ledger")
    click(page, "#next")
    card = until(lambda: text_of(page, ".leaflet-popup .card"))
    assert card
    page.execute_script("[...document.querySelectorAll('.leaflet-popup .show')].at(-1).click()")
    assert page.execute_script("return document.activeElement.matches('#events .entry')")
