"""Shell: folium's map, and everything it needs inlined.

folium renders its own template only: no title, place or sentence is ever handed to it, because branca runs what
it renders as a template once more. Its random ids become counters, so that the same map has the same bytes, and
none of its addresses of scripts and style sheets reach the page.
"""

from __future__ import annotations

import base64
import hashlib
import importlib
import re
import sys
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from geomap.errors import RenderError
from geomap.render.basemap import Window

_ASSETS = Path(__file__).parent / "assets"
_SOURCE_MAP = re.compile(r"^//# sourceMappingURL=.*$", re.MULTILINE)
_STYLE_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
# Rules of leaflet.css that would ask for an image or an old browser's plug-in.
_IMAGE_RULE = re.compile(r"[^{}]*\{[^{}]*url\([^{}]*\}")


# The one thing that folium's pop-ups want of jQuery, which the page does not have: an element made of its HTML.
_JQUERY = 'const $ = (html) => new DOMParser().parseFromString(html, "text/html").body.children;\n'


@dataclass(frozen=True, slots=True)
class Shell:
    """folium's part of a page: the element the map is drawn in, and the script that makes it."""

    html: str
    script: str


def blank_map(home: Window) -> Any:
    """Returns a ``folium.Map`` over the middle of the home view, without tiles."""
    folium = _folium()
    middle = [(home.south + home.north) / 2, (home.west + home.east) / 2]
    return folium.Map([round(x, 5) for x in middle], zoom_start=7, tiles=None, attribution_control=False)


def shell(folium_map: Any) -> Shell:
    """Returns folium's part of the page: the map, and what a user may have added to it."""
    root: Any = folium_map.get_root()
    for number, element in enumerate(_tree(root)):
        element._id = f"{number}"
    root.render()
    script = root.script.render().strip()
    return Shell(root.html.render().strip(), _JQUERY + script if "$(" in script else script)


class _Pandas:
    """Stands in for pandas where folium asks for its tables: before pandas is loaded, nothing is one."""

    def __getattr__(self, name: str) -> Any:
        pandas = sys.modules.get("pandas")
        return () if pandas is None else getattr(pandas, name)


def _folium() -> Any:
    """Returns folium without pandas, which it loads only to look at and which takes 80 MB and most of a second."""
    if "folium" in sys.modules or "pandas" in sys.modules:
        return importlib.import_module("folium")
    # What Python's import takes for "there is none".
    sys.modules["pandas"] = None  # type: ignore[assignment]
    try:
        folium = importlib.import_module("folium")
    finally:
        del sys.modules["pandas"]
    folium.utilities.pd = _Pandas()
    return folium


def _tree(element: Any) -> Iterator[Any]:
    yield element
    for child in element._children.values():
        yield from _tree(child)


@cache
def leaflet_script() -> str:
    """Returns Leaflet itself."""
    return _SOURCE_MAP.sub("", _leaflet("leaflet.js")).strip()


@cache
def packed(text: str) -> str:
    """Returns a script as it travels in a page: gzipped, without a date, in signs that HTML can carry."""
    return base64.b64encode(zlib.compress(text.encode(), 9, wbits=31)).decode()


@cache
def style() -> str:
    """Returns the style sheets of Leaflet, without images, and of the page."""
    ours = (_without_notes(path) for path in sorted(_ASSETS.glob("*.css")))
    return _IMAGE_RULE.sub("", _leaflet("leaflet.css")) + "\n".join(ours)


@cache
def script() -> str:
    """Returns the page's own script: its modules in order, sharing one scope that nothing else sees."""
    modules = (_without_notes(path) for path in sorted(_ASSETS.glob("[0-9]*.js")))
    return '(function () {\n"use strict";\n' + "\n".join(modules) + "\n})();\n"


@cache
def boot() -> str:
    """Returns the script that unpacks the others and starts them, the one that a page carries in plain text."""
    return _without_notes(_ASSETS / "boot.js") + "\n"


def _without_notes(path: Path) -> str:
    """Returns a module without comment lines and indentation: a sixth of its size, and a page carries it each time.

    Our modules have no text over several lines, so that a line's start is never part of one (a test sees to it).
    """
    lines = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//"))


def _leaflet(name: str) -> str:
    from xstatic.pkg import leaflet

    path = Path(leaflet.BASE_DIR) / name
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise RenderError(f"{path}: Leaflet was not found: reinstall the package xstatic-leaflet") from error


def policy(scripts: Sequence[str], styles: Sequence[str], images: Sequence[str] = ()) -> str:
    """Returns a content security policy that lets exactly these run, and nothing be fetched but images."""
    allowed = {"script-src": scripts, "style-src": styles}
    rules = [f"{kind} {' '.join(_hash(text) for text in texts)}" for kind, texts in allowed.items()]
    return "; ".join(
        [
            "default-src 'none'",
            *rules,
            " ".join(["img-src data:", *images]),
            "base-uri 'none'",
            "form-action 'none'",
        ]
    )


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
