"""The rules of others: no violation of WCAG 2.2 AA that axe-core knows of, and HTML that html-validate finds valid.

Both come from npm: `make rules` installs the versions of package.json into node_modules beside this file, and
GEOMAP_NODE_MODULES names another folder. Without them these tests skip.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from geomap.batch import run
from geomap.render.words import LANGS
from tests.browser.actions import click, errors_of, set_field
from tests.browser.conftest import open_address, until
from tests.browser.test_everyone import written

MODULES = Path(os.environ.get("GEOMAP_NODE_MODULES") or Path(__file__).parent / "node_modules")
MISSING = f"{MODULES} lacks {{}}: make rules"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AXE = """
const done = arguments[arguments.length - 1];
axe.run(document, { runOnly: arguments[0], resultTypes: ["violations"] }).then(
  ({ violations }) => done(violations.map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 200)}`)),
  (error) => done([String(error)]));
"""
# Standard rules over a page on stdin; what is wrong as lines of JSON.
VALIDATE = """
const { HtmlValidate } = require("html-validate");
const text = require("fs").readFileSync(0, "utf8");
new HtmlValidate({ extends: ["html-validate:standard"] }).validateString(text).then(({ results }) =>
  console.log(JSON.stringify(results.flatMap((r) => r.messages).map((m) => `${m.ruleId}: ${m.message}`))));
"""
STATES = (
    "as it opens",
    "with a card",
    "filtered",
    "with nothing left",
    "a period",
    "compact",
    "compact with a card",
)


@pytest.fixture(scope="module")
def axe() -> str:
    path = MODULES / "axe-core" / "axe.min.js"
    if not path.is_file():
        pytest.skip(MISSING.format("axe-core"))
    return path.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("pages")
    return {lang: written(folder, lang) for lang in LANGS}


@pytest.fixture(scope="module")
def links(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page that links the maps of a small batch, in two formats, and says what failed and what is on none."""
    folder = tmp_path_factory.mktemp("batch")
    text = "{0} March 2021\n\nSyrian government forces captured the town of Saraqeb. Rebels seized Ariha.\n"
    articles = {"1": text.format(1), "2": text.format(2), "empty": "", "undated" * 9: "Rebels captured Saraqeb.\n"}
    for name, content in articles.items():
        (folder / f"{name}.txt").write_text(content, encoding="utf-8")
    (folder / "plan.yml").write_text(
        'title: "Two days & more"\narticles: ["*.txt"]\nareas: true\nformats: [html, svg]\nmaps:\n'
        '  - {name: "day/{date}", title: "The day, {date}", every: day}\n'
        "  - {name: sudan, regions: [sd]}\n",
        encoding="utf-8",
    )
    run(folder / "plan.yml", folder / "maps", cache_dir=folder / "cache")
    return folder / "maps/index.html"


@pytest.fixture
def plain(chromium: Any) -> Iterator[Any]:
    yield chromium
    chromium.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    chromium.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "", "features": []})


def bring(page: Any, state: str) -> None:
    """Brings an opened page into a state."""
    match state.removeprefix("compact "):
        case "as it opens" | "compact":
            pass
        case "with a card":
            click(page, "#events .show")
            until(lambda: page.execute_script("return !!document.querySelector('.card')"))
        case "filtered":
            click(page, ".chip")
        case "with nothing left":
            set_field(page, "search", "nothing has these words")
            until(lambda: page.execute_script("return !document.getElementById('nothing').hidden"))
        case "a period":
            click(page, "#period")
        case _:
            raise ValueError(state)


def mistakes(html: str) -> list[str]:
    node = shutil.which("node")
    if node is None or not (MODULES / "html-validate").is_dir():
        pytest.skip(MISSING.format("html-validate") if node else "node is not installed")
    environment = {**os.environ, "NODE_PATH": str(MODULES)}
    done = subprocess.run(
        [node, "-e", VALIDATE], input=html, capture_output=True, text=True, check=True, env=environment
    )
    return list(json.loads(done.stdout))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("lang", LANGS)
def test_axe_finds_nothing(
    plain: Any, axe: str, pages: dict[str, Path], lang: str, state: str, scheme: str
) -> None:
    plain.execute_cdp_cmd(
        "Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
    )
    if state.startswith("compact"):
        size = {"width": 320, "height": 640, "deviceScaleFactor": 1, "mobile": False}
        plain.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    page = open_address(plain, pages[lang], "")
    bring(page, state)
    page.execute_script(axe)
    assert page.execute_async_script(AXE, TAGS) == []
    assert errors_of(page) == []


@pytest.mark.parametrize("lang", LANGS)
def test_a_page_is_valid_as_it_is_written(pages: dict[str, Path], lang: str) -> None:
    assert mistakes(pages[lang].read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("state", STATES[:5])
@pytest.mark.parametrize("lang", ["en", "ar"])
def test_a_page_is_valid_as_it_stands_in_the_browser(
    chromium: Any, pages: dict[str, Path], lang: str, state: str
) -> None:
    page = open_address(chromium, pages[lang], "")
    bring(page, state)
    assert mistakes("<!DOCTYPE html>" + page.execute_script("return document.documentElement.outerHTML")) == []


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_the_page_that_links_the_maps(
    plain: Any, axe: str, links: Path, scheme: str, width: int
) -> None:
    features = [{"name": "prefers-color-scheme", "value": scheme}]
    plain.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
    size = {"width": width, "height": 700, "deviceScaleFactor": 1, "mobile": False}
    plain.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    plain.get(links.as_uri())
    assert plain.execute_script("return document.querySelectorAll('tbody tr').length") == 2
    assert plain.execute_script("return document.querySelectorAll('h2').length") == 2
    plain.execute_script(axe)
    assert plain.execute_async_script(AXE, TAGS) == []
    root = "document.documentElement"
    assert plain.execute_script(f"return {root}.scrollWidth - {root}.clientWidth") <= 0


def test_the_page_that_links_the_maps_is_valid(links: Path) -> None:
    assert mistakes(links.read_text(encoding="utf-8")) == []
