"""The page: complete, self-contained, deterministic, and deaf to what texts of others try to make it do."""

from __future__ import annotations

import base64
import datetime as dt
import gzip
import hashlib
import itertools
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

import geomap.render
from geomap.model import Actor, Article, Timeline, When
from geomap.render import Look, render
from geomap.render.packing import FIRST, KNOWN, packed_texts
from geomap.render.page import LISTED
from tests import render_sample as sample
from tests.factory import make_article, make_claim, make_control, make_displacement, make_location, make_post

HOSTILE = (
    "{{ 7*7 }}",
    "{% for x in ().__class__.__base__.__subclasses__() %}{{ x }}{% endfor %}",
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "${7*7} #{7*7} <%= 7*7 %>",
    "</script><script>window.hacked=1</script>",
    "<!--<script>window.hacked=1",
    "<img src=x onerror=window.hacked=1>",
    "\"><svg onload='window.hacked=1'>",
    "' onmouseover='window.hacked=1",
    "</title><script>window.hacked=1</script>",
    "</style><script>window.hacked=1</script>",
    "a\u2028b\u2029c",
    "right\u202eto left\u202c",
    "\u2066isolate",
    "nul\x00byte",
    "half\ud800surrogate",
    "&lt;b&gt; &amp; &#60;",
    "`${window.hacked=1}`",
    "\\u003cscript\\u003e",
    "]]> <![CDATA[",
)


class Reader(HTMLParser):
    """Collects the text, the scripts and the attributes of a page, as a browser sees them."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.scripts: list[tuple[dict[str, str | None], str]] = []
        self.styles: list[str] = []
        self.attributes: list[tuple[str, str, str | None]] = []
        self._inside: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes += [(tag, name, value) for name, value in attrs]
        self._inside = [tag] if tag in ("script", "style") else []
        if tag == "script":
            self.scripts.append((dict(attrs), ""))

    def handle_endtag(self, tag: str) -> None:
        self._inside = []

    def handle_data(self, data: str) -> None:
        if self._inside == ["script"]:
            attrs, text = self.scripts[-1]
            self.scripts[-1] = (attrs, text + data)
        elif self._inside == ["style"]:
            self.styles.append(data)
        else:
            self.words.append(data)

    @property
    def text(self) -> str:
        return "\n".join(self.words)

    @property
    def data(self) -> Any:
        attrs, text = next(script for script in self.scripts if script[0].get("id") == "geomap-data")
        if attrs["type"] == "application/json":
            return unpacked(json.loads(text))
        return unpacked(json.loads(gzip.decompress(base64.b64decode(text))))


def unpacked(data: Any) -> Any:
    """The data as assets/00-data.js leaves it."""
    for name in ("claims", "reports", "marks", "spots", "chains"):
        steps = {key: values for key, values in data[name].items() if key.endswith("+")}
        data[name] |= {key[:-1]: list(itertools.accumulate(values)) for key, values in steps.items()}
    items = iter(data["chains"]["items"])
    data["chains"] = [list(itertools.islice(items, size)) for size in data["chains"]["sizes"]]
    if "packed" in data:
        data["texts"] = unpacked_texts(**data.pop("packed"))
    return data


def unpacked_texts(words: str, rare: str, coded: str) -> list[str]:
    known, others = words.split(" "), iter(rare.split(" "))
    texts = coded.split(chr(FIRST))[:-1]
    return [" ".join(next(others) if c == "@" else known[ord(c) - FIRST - KNOWN] for c in text) for text in texts]


# What a page is told and a picture is not.
PAGE_ALONE = ("gazetteer_version", "url", "folium_map")


def page_of(timeline: Timeline, articles: tuple[Article, ...] = (make_article(),), **changed: Any) -> str:
    page = {"gazetteer_version": "2021.3"} | {key: changed.pop(key) for key in PAGE_ALONE if key in changed}
    return render(timeline, articles, [], Look(**{"title": "Marsa", **changed}), **page)


@pytest.fixture(scope="module")
def sample_page() -> str:
    return page_of(sample.timeline(), sample.ARTICLES, places=tuple(sample.PLACES.values()), colours=sample.COLOURS)


def hostile_timeline(text: str) -> tuple[Timeline, tuple[Article, ...]]:
    where = make_location(text)
    common = {"location": where, "attributed_to": text}
    evidence = make_control().evidence
    evidence = type(evidence)("a", 0, 1, text)
    events = (
        make_control(id="1", actor=Actor(text), opponent=Actor(text), evidence=evidence, **common),
        make_post(id=text, owner=Actor(text), count_text=text, evidence=evidence, **common),
        make_displacement(id="3", evidence=evidence, **common),
        make_control(
            id="4", when=When(None, None, 3), evidence=evidence, place_text=text, **{**common, "location": None}
        ),
    )
    claims = tuple(make_claim(event, id=f"{text}{i}") for i, event in enumerate(events))
    article = make_article(id="a", title=text, source=text, agency=text, url=f"https://example.org/{text}")
    return Timeline(claims), (article,)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_appears_as_written_and_adds_no_script_and_no_handler(text: str) -> None:
    timeline, articles = hostile_timeline(text)
    page = page_of(timeline, articles, title=text, gazetteer_version=text)
    page.encode("utf-8")
    found = Reader(page)
    written = text.replace("\x00", "␀").replace("\ud800", "\ufffd")
    assert written in found.text
    assert len(found.scripts) == 5
    assert not [name for _, name, _ in found.attributes if name.startswith("on")]
    assert not [tag for tag, _, _ in found.attributes if tag in ("img", "iframe", "object", "base")]
    assert written in found.data["texts"]
    assert found.data["spots"]["name"][0] == written


def test_the_data_block_cannot_end_its_element() -> None:
    timeline, articles = hostile_timeline("</script><!--&\u2028\u2029")
    block = re.search(r'<script id="geomap-data"[^>]*>(.*?)</script>', page_of(timeline, articles), re.DOTALL)
    assert block is not None
    assert not set("<>&\u2028\u2029") & set(block[1])


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "//example.org", "file:///etc/passwd", "x y"]
)
def test_only_web_addresses_become_links(url: str) -> None:
    claims = Timeline((make_claim(make_control()),))
    found = Reader(page_of(claims, (make_article(url=url),)))
    assert not [value for tag, name, value in found.attributes if tag == "a" and name == "href" and value != "#"]
    assert found.data["sources"]["url"] == [""]


def test_the_policy_names_exactly_the_scripts_and_styles_of_the_page(sample_page: str) -> None:
    found = Reader(sample_page)
    policy = next(
        value
        for tag, name, value in found.attributes
        if tag == "meta" and name == "content" and "src" in (value or "")
    )
    running = [text for attrs, text in found.scripts if "type" not in attrs]
    kept = {attrs["id"]: text for attrs, text in found.scripts if "id" in attrs}
    packed = [gzip.decompress(base64.b64decode(kept[name])).decode() for name in ("leaflet", "page")]
    assert policy is not None
    assert len(running) == 1
    assert policy.count("'sha256-") == 5
    for text in [*running, *packed, kept["folium"], "".join(found.styles)]:
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_the_page_asks_no_network_for_anything(sample_page: str) -> None:
    found = Reader(sample_page)
    loaded = [
        value for _, name, value in found.attributes if name in ("src", "srcset", "poster", "data", "xlink:href")
    ]
    assert loaded == []
    assert not [tag for tag, _, _ in found.attributes if tag == "link"]
    assert "url(" not in "".join(found.styles)
    assert "sourceMappingURL" not in sample_page
    assert "cdn." not in sample_page.lower()


def test_the_same_input_gives_the_same_bytes(sample_page: str) -> None:
    again = page_of(
        sample.timeline(), sample.ARTICLES, places=tuple(sample.PLACES.values()), colours=sample.COLOURS
    )
    assert again == sample_page


def test_every_claim_is_listed_with_quote_source_date_and_speaker(sample_page: str) -> None:
    text = Reader(sample_page).text
    for claim in sample.timeline().claims:
        for report in claim.reports:
            assert report.evidence.sentence in text
            assert report.attributed_to in text
    assert "The Harbour Times / Wire" in text
    assert "9 March 2021" in text


def test_figures_of_different_speakers_stand_side_by_side_and_are_not_added(sample_page: str) -> None:
    found = Reader(sample_page)
    for figure in ("30,000", "120,000", "80,000"):
        assert f"About {figure} people fled" in found.text
    assert "230,000" not in sample_page
    arrows = [i for i, kind in enumerate(found.data["marks"]["kind"]) if kind == "move"]
    told = [found.data["chains"][found.data["marks"]["chain"][i]] for i in arrows]
    figures = {found.data["claims"]["amount"][claim] for chain in told for claim in chain if len(chain) == 3}
    assert figures == {30000, 120000, 80000}


def test_plans_denials_history_and_undated_events_are_listed_and_not_drawn(sample_page: str) -> None:
    data = Reader(sample_page).data
    claims, texts = data["claims"], data["texts"]
    marked = {claim for chain in data["chains"] for claim in chain}
    by_section = {texts[section]: number for number, section in enumerate(claims["section"])}
    assert set(by_section) == {"dated", "plans", "denied", "background", "undated"}
    for number, section in enumerate(claims["section"]):
        if texts[section] != "dated":
            assert number not in marked
    for heading in ("Projections and plans", "Date unknown", "Background", "Denied"):
        assert heading in Reader(sample_page).text


def test_the_drawing_for_readers_without_scripts_holds_the_marks_of_the_last_day(sample_page: str) -> None:
    drawing = re.search(r'<svg class="drawn".*?</svg>', sample_page, re.DOTALL)
    assert drawing is not None
    assert 'class="land"' in drawing[0]
    assert "#0072b2" in drawing[0]
    assert "120,000" in drawing[0]
    assert "Marsa" in drawing[0]


@pytest.mark.parametrize(
    ("timeline", "articles", "words"),
    [
        (Timeline(()), (), "No event was found"),
        (Timeline((make_claim(make_control(location=None)),)), (make_article(),), "nothing to draw"),
        (
            Timeline((make_claim(make_control(when=When(None, None, 3))),)),
            (make_article(date=None),),
            "Date unknown",
        ),
    ],
)
def test_a_map_without_marks_is_still_a_page(timeline: Timeline, articles: tuple[Article, ...], words: str) -> None:
    assert words in Reader(page_of(timeline, articles)).text


def test_as_of_ends_the_time_line() -> None:
    timeline = Timeline((make_claim(make_control()),))
    page = page_of(timeline, as_of=dt.date(2021, 3, 20))
    assert "As of 20 March 2021" in Reader(page).text
    assert Reader(page).data["asOf"] == (dt.date(2021, 3, 20) - dt.date(1970, 1, 1)).days


def test_many_events_are_packed_and_the_list_is_cut() -> None:
    timeline, articles = sample.many(1200)
    found = Reader(page_of(timeline, articles))
    assert len(found.data["claims"]["id"]) == 1200
    assert sum(1 for tag, name, value in found.attributes if tag == "li" and name == "id") == LISTED


@pytest.mark.parametrize(
    "texts",
    [
        [""],
        ["", "", ""],
        ["one"],
        ["a  b", " a ", "\n", "b\tc", " "],
        [*HOSTILE[:14], *HOSTILE[16:]],
        [f"{i} {i % 3} سيطر {i // 2}" for i in range(3000)],
        [" ".join(map(str, range(60_000))), " ".join(map(str, range(60_000)))],
    ],
)
def test_packed_texts_come_back_as_they_were(texts: list[str]) -> None:
    assert unpacked_texts(**packed_texts(texts)) == texts


def test_no_string_of_the_scripts_spans_lines_so_that_margins_can_go() -> None:
    for path in (Path(geomap.render.__file__).parent / "assets").glob("*.js"):
        for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
            assert line.count("`") % 2 == 0, f"{path.name}:{number}"
