"""Hostile texts in every field that others write, in every form in which they leave the program."""

from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as ET
from html.parser import HTMLParser
from pathlib import Path

import pytest
import yaml

from geomap.batch.index import index_page
from geomap.batch.results import Report, Result
from geomap.embed import embed_snippet, oembed
from geomap.export import events_text
from geomap.render import Look, png, render_svg
from tests.test_render import Reader, hostile_timeline, page_of

CASES = yaml.safe_load((Path(__file__).parent / "cases/hostile.yml").read_text(encoding="utf-8"))
TEXTS = [case["text"] for case in CASES]
SVG = "{http://www.w3.org/2000/svg}"
DRAWN = {*("svg", "title", "style", "rect", "text", "tspan", "g", "path", "circle", "defs", "use", "clipPath")}
FORMULAS = ("=", "+", "-", "@")


def shown(text: str) -> str:
    return next(str(case.get("shown", text)) for case in CASES if case["text"] == text)


class Tags(HTMLParser):
    """The elements of some HTML, and its words."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words += data


@pytest.fixture(scope="module")
def elements() -> set[str]:
    """What elements a page of plain words has."""
    timeline, articles = hostile_timeline("plain")
    return {tag for tag, _ in Tags(page_of(timeline, articles, title="plain")).tags}


@pytest.mark.parametrize("text", TEXTS)
def test_a_page_shows_it_as_written_and_has_no_element_more(text: str, elements: set[str]) -> None:
    timeline, articles = hostile_timeline(text)
    page = page_of(timeline, articles, title=text, gazetteer_version=text)
    found = Reader(page)
    assert shown(text) in found.text
    assert shown(text) in found.data["texts"]
    assert {tag for tag, _, _ in found.attributes} <= elements
    assert not [name for _, name, _ in found.attributes if name.startswith("on")]
    links = [value or "" for tag, name, value in found.attributes if tag == "a" and name == "href"]
    assert not [link for link in links if not link.startswith(("http://", "https://", "#"))]


@pytest.mark.parametrize("text", TEXTS)
def test_as_the_address_of_an_article_it_is_no_link(text: str) -> None:
    timeline, articles = hostile_timeline("plain")
    article = type(articles[0])(id="a", text="", url=text)
    found = Reader(page_of(timeline, (article,)))
    assert not [value for tag, name, value in found.attributes if tag == "a" and name == "href" and value != "#"]


@pytest.mark.parametrize("text", TEXTS)
def test_a_picture_is_xml_that_holds_it_as_text(text: str) -> None:
    timeline, articles = hostile_timeline(text)
    root = ET.fromstring(render_svg(timeline, articles, [], Look(text)))
    assert {each.tag.removeprefix(SVG) for each in root.iter()} <= DRAWN
    assert not [name for each in root.iter() for name in each.attrib if name.startswith("on")]
    links = [value for each in root.iter() for name, value in each.attrib.items() if "href" in name]
    assert all(link.startswith("#symbol-") for link in links)
    title = root.find(f"{SVG}title")
    assert title is not None
    assert title.text == shown(text)


def test_a_picture_of_all_of_them_becomes_pixels() -> None:
    pytest.importorskip("resvg_py")
    timeline, articles = hostile_timeline(" ".join(TEXTS))
    assert png(render_svg(timeline, articles, [], Look(" ".join(TEXTS))))[:4] == b"\x89PNG"


@pytest.mark.parametrize("text", TEXTS)
def test_geojson_brings_it_back_letter_by_letter(text: str) -> None:
    timeline, articles = hostile_timeline(text)
    found = json.loads(events_text(timeline, articles, "geojson"))["features"]
    assert {feature["properties"]["quote"] for feature in found} == {text}
    assert found[0]["properties"]["actor"] == text


@pytest.mark.parametrize("text", TEXTS)
def test_csv_has_a_line_a_claim_and_no_formula(text: str) -> None:
    timeline, articles = hostile_timeline(text)
    lines = events_text(timeline, articles, "csv")
    rows = list(csv.DictReader(io.StringIO(lines)))
    assert [row["family"] for row in rows] == [claim.event.family for claim in timeline.claims]
    assert not [cell for row in rows for name, cell in row.items() if not _is_number(cell) and cell[:1] in FORMULAS]
    assert {row["quote"].removeprefix("'") for row in rows} == {" ".join(text.split()).removeprefix("'")}


def _is_number(cell: str) -> bool:
    return cell.removeprefix("-").replace(".", "", 1).isdecimal()


@pytest.mark.parametrize("text", TEXTS)
def test_the_lines_for_an_article_hold_it_as_a_title(text: str) -> None:
    image = "https://example.org/a.png"
    found = Tags(embed_snippet("https://example.org/a.html", title=text, image=image, has_script=False))
    assert [tag for tag, _ in found.tags] == ["iframe", "noscript", "a", "img", "p", "a"]
    assert found.tags[0][1]["title"] == (text.strip() or "Map")
    assert text.strip() in found.words


@pytest.mark.parametrize("text", TEXTS)
def test_the_answer_of_oembed_holds_it_as_a_title(text: str) -> None:
    answer = json.loads(oembed("https://example.org/a.html", title=text))
    assert answer["title"] == text.strip()
    assert [tag for tag, _ in Tags(answer["html"]).tags] == ["iframe"]


def index_of(text: str) -> str:
    drawn, failed = Result(name=text, title=text), Result(name=text, title=text, status="failed", error=text)
    return index_page(Report(results=[drawn, failed], problems=(text,)), title=text)


@pytest.mark.parametrize("text", TEXTS)
def test_the_page_that_links_many_maps_holds_it_as_a_title(text: str) -> None:
    found, plain = Tags(index_of(text)), Tags(index_of("x"))
    assert [tag for tag, _ in found.tags] == [tag for tag, _ in plain.tags]
    assert text in found.words
    links = [(attrs.get("href") or "").lower() for _, attrs in found.tags]
    assert not [link for link in links if link.startswith(("javascript:", "data:"))]
