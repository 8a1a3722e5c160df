"""Hostile texts in a real browser: shown as written in list, cards, menus and files, and none runs."""

from __future__ import annotations

import csv
import io
import json
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from geomap.model import Timeline
from tests.browser.actions import click, errors_of, set_field, text_of
from tests.browser.conftest import open_page, until
from tests.browser.test_filter import CATCH
from tests.factory import make_article
from tests.test_render import hostile_timeline, page_of
from tests.test_render_hostile import FORMULAS, TEXTS, shown

QUOTES = "return [...document.querySelectorAll('#events blockquote')].map((quote) => quote.textContent)"
ELEMENTS = "return [...new Set([...document.querySelectorAll('*')].map((found) => found.localName))]"
FOREIGN = {"img", "iframe", "base", "object", "embed", "textarea", "plaintext", "template", "foreignobject"}


@pytest.fixture
def page(chromium: Any, tmp_path: Path) -> Any:
    claims = tuple(chain.from_iterable(hostile_timeline(text)[0].claims for text in TEXTS))
    articles = (make_article(id="a", title=" ".join(TEXTS), source=TEXTS[0], url="https://example.org/"),)
    path = tmp_path / "map.html"
    path.write_text(page_of(Timeline(claims), articles, title=" ".join(TEXTS)), encoding="utf-8")
    return open_page(chromium, path)


def is_untouched(page: Any) -> bool:
    assert page.execute_script("return window.hacked") is None
    assert not FOREIGN & set(page.execute_script(ELEMENTS))
    return errors_of(page) == []


def test_the_list_and_the_cards_show_them_as_written(page: Any) -> None:
    while page.execute_script("return !document.getElementById('more').hidden"):
        click(page, "#more")
    assert set(page.execute_script(QUOTES)) == {shown(text) for text in TEXTS}
    for _ in range(3):
        click(page, "#next")
        assert until(lambda: text_of(page, ".leaflet-popup .card"))
    assert is_untouched(page)


def test_they_can_be_searched_and_chosen(page: Any) -> None:
    options = "return [...document.querySelectorAll('#filter-actor option')].map((option) => option.value)"
    actors = set(page.execute_script(options)) & {shown(text) for text in TEXTS}
    assert len(actors) > 40
    for actor in sorted(actors):
        set_field(page, "filter-actor", actor)
        assert set(page.execute_script(QUOTES)) == {actor}
    click(page, "#clear")
    for text in TEXTS[:8]:
        set_field(page, "search", text)
        until(lambda text=text: shown(text) in page.execute_script(QUOTES))
    assert is_untouched(page)


def test_the_files_hold_them_and_no_formula(page: Any) -> None:
    page.execute_script(CATCH)
    click(page, "#downloads button:first-of-type")
    click(page, "#downloads button:last-of-type")
    until(lambda: page.execute_script("return window.offered.length") == 2)
    lines, features = sorted(page.execute_script("return window.offered"), key=lambda text: text.startswith("{"))
    found = json.loads(features)
    assert {feature["properties"]["quote"] for feature in found["features"]} == {shown(text) for text in TEXTS}
    rows = list(csv.DictReader(io.StringIO(lines)))
    assert len(rows) == len(found["features"])
    assert not [row["quote"] for row in rows if row["quote"].strip()[:1] in FORMULAS]
    assert is_untouched(page)
