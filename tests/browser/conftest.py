"""A headless Chromium without network; where Debian's chromium and chromedriver are missing, its tests skip."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from geomap.render import Look, render
from tests import render_sample as sample

FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Whatever a page asks for fails at once, and shows in the log.
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE localhost , EXCLUDE 127.0.0.1",
)


@pytest.fixture(scope="session")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    webdriver = pytest.importorskip("selenium.webdriver", reason="selenium is not installed")
    browser, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if not browser or not driver:
        pytest.skip("Debian's packages chromium and chromium-driver are not both installed")
    options = webdriver.ChromeOptions()
    options.binary_location = browser
    for flag in (*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    found = webdriver.Chrome(options=options, service=webdriver.ChromeService(driver))
    yield found
    found.quit()


@pytest.fixture(scope="session")
def sample_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    look = Look("Sample", places=tuple(sample.PLACES.values()), colours=sample.COLOURS)
    page = render(sample.timeline(), sample.ARTICLES, [], look, gazetteer_version="1")
    path = tmp_path_factory.mktemp("page") / "map.html"
    path.write_text(page, encoding="utf-8")
    return path


def until(condition: Callable[[], Any], seconds: float = 20) -> Any:
    """Returns the condition's value once it is true; fails where it never is."""
    end = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < end, "the page did not get there in time"
        time.sleep(0.05)
    return found


def open_address(browser: Any, path: Path, fragment: str) -> Any:
    """Returns the browser with the page drawn that an address with a fragment leads to."""
    # From one fragment of a page to another, a browser only scrolls.
    browser.get("about:blank")
    return open_page(browser, path, fragment=fragment)


def open_page(browser: Any, path: Path, width: int = 1280, height: int = 900, fragment: str = "") -> Any:
    """Returns the browser with the page drawn, its logs empty before it."""
    browser.get_log("browser")
    browser.get_log("performance")
    browser.set_window_size(width, height)
    browser.get(path.as_uri() + fragment)
    until(lambda: browser.execute_script("return document.readyState === 'complete'"))
    until(lambda: browser.execute_script("return !!document.querySelector('.is-ready canvas.marks')"))
    return browser
