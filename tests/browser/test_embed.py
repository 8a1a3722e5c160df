"""A map in another page, both served on this machine: the frame follows the map's height, and nothing swings."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from geomap.embed import embed_snippet
from tests.browser.conftest import until

HEARD = """<script>window.heard=[];addEventListener("message",(e)=>window.heard.push(e.data))</script>"""


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """Says nothing."""


@pytest.fixture
def site(sample_file: Path, tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """A folder and its address on localhost; the map is in it."""
    (tmp_path / "map.html").write_bytes(sample_file.read_bytes())
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(tmp_path)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield tmp_path, f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def host(browser: Any, site: tuple[Path, str], body: str, width: int = 700) -> Any:
    """Returns the browser with a page whose column is so wide, and the map in it."""
    folder, address = site
    text = f"<!DOCTYPE html><title>host</title><div style='width:{width}px'>{body}</div>{HEARD}"
    (folder / "host.html").write_text(text, encoding="utf-8")
    browser.set_window_size(1280, 900)
    browser.get(f"{address}/host.html")
    return browser


def snippet(site: tuple[Path, str], query: str = "", **options: Any) -> str:
    return embed_snippet(f"{site[1]}/map.html{query}", title="Who holds Marsa", **options)


FRAME = "return document.querySelector('iframe').getBoundingClientRect().height"
HEIGHTS = "return window.heard.filter((m) => m && m.type === 'geomap:height').map((m) => m.height)"


@pytest.mark.parametrize("width", [320, 700, 1100])
def test_the_frame_takes_the_maps_height_and_keeps_it(chromium: Any, site: tuple[Path, str], width: int) -> None:
    page = host(chromium, site, snippet(site), width)
    until(lambda: page.execute_script(FRAME) > 620)
    page.execute_async_script("setTimeout(arguments[0], 1200)")
    heights = page.execute_script(HEIGHTS)
    assert page.execute_script(FRAME) == heights[-1]
    assert len(heights) <= 4
    page.switch_to.frame(0)
    root = "document.documentElement"
    assert page.execute_script(f"return {root}.scrollHeight - {root}.clientHeight") <= 0
    assert page.execute_script(f"return {root}.scrollWidth - {root}.clientWidth") <= 0
    page.switch_to.default_content()


def test_the_frame_follows_when_its_column_changes(chromium: Any, site: tuple[Path, str]) -> None:
    page = host(chromium, site, snippet(site), 1100)
    before = until(lambda: page.execute_script(FRAME) > 620 and page.execute_script(FRAME))
    page.execute_script("document.querySelector('div').style.width = '340px'")
    until(lambda: abs(page.execute_script(FRAME) - before) > 20)
    page.execute_async_script("setTimeout(arguments[0], 800)")
    assert len(page.execute_script(HEIGHTS)) <= 8


def test_the_height_is_told_in_the_ways_that_hosts_listen_for(chromium: Any, site: tuple[Path, str]) -> None:
    page = host(chromium, site, snippet(site, "?childId=pym-0&dw=chart7", has_script=False))
    until(lambda: page.execute_script("return window.heard.length") >= 5)
    heard = page.execute_script("return window.heard")
    height = next(message["height"] for message in heard if message.get("type") == "geomap:height")
    assert {"datawrapper-height": {"chart7": height}} in heard
    assert {"sentinel": "amp", "type": "embed-size", "height": height} in heard
    assert f"pymxPYMxpym-0xPYMxheightxPYMx{height}" in [message for message in heard if isinstance(message, str)]
    assert any(isinstance(message, str) and '"iframe.resize"' in message for message in heard)


def test_what_the_address_says_is_no_way_into_the_host(chromium: Any, site: tuple[Path, str]) -> None:
    page = host(chromium, site, snippet(site, "?childId=%3Cimg%20src=x%3E&dw=__proto__%22", has_script=False))
    until(lambda: page.execute_script("return window.heard.length") >= 4)
    page.execute_async_script("setTimeout(arguments[0], 300)")
    assert not [message for message in page.execute_script("return window.heard") if "<img" in str(message)]


def test_a_frame_sets_its_own_height_alone_and_no_other(chromium: Any, site: tuple[Path, str]) -> None:
    other = "<iframe id='other' title='other' srcdoc='<p>other' height='150' width='200'></iframe>"
    page = host(chromium, site, snippet(site) + other)
    until(lambda: page.execute_script(FRAME) > 620)
    assert page.execute_script("return document.getElementById('other').getBoundingClientRect().height") < 200
    page.execute_script("window.postMessage({type: 'geomap:height', height: 99999}, '*')")
    page.execute_async_script("setTimeout(arguments[0], 200)")
    assert page.execute_script(FRAME) < 5000


def test_in_a_frame_the_list_scrolls_by_itself_and_can_be_reached_by_keys(
    chromium: Any, site: tuple[Path, str]
) -> None:
    page = host(chromium, site, snippet(site), 340)
    until(lambda: page.execute_script(FRAME) > 620)
    page.switch_to.frame(0)
    lists = "const list = document.getElementById('events');"
    assert page.execute_script(
        f"{lists} return list.clientHeight < 400 && list.scrollHeight > 1000 && list.tabIndex === 0"
    )
    assert page.execute_script("return document.getElementById('legend').open") is False
    page.switch_to.default_content()
