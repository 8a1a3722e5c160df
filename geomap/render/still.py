"""Still: the map as one picture that needs no browser, with its title, legend, scale, north and sources.

An SVG of our own, drawn by the same code as the map without JavaScript, in the page's light colours. ``png`` turns
it into pixels.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from html import escape
from pathlib import Path
from typing import NamedTuple

from geomap.errors import RenderError
from geomap.render.legend import Group, Row
from geomap.render.lettering import is_right_to_left, lettered
from geomap.render.paper import Sheet, locator, sheet
from geomap.render.scene import Scene
from geomap.render.svg import drawing
from geomap.render.text import clean

WIDTH, MARGIN, RATIO = 1200, 24, 0.58
COLUMNS, LINE = 4, 16
# Twice as many pixels as units: sharp on paper and on dense screens.
ZOOM = 2.0
# Letters are about this wide, in parts of the font's size; there is nothing here that measures them.
LETTER = 0.53
# What lies between is read from the right (Unicode's RLE and PDF; fewer fonts know the newer RLI and PDI).
_RTL, _END = "\u202b", "\u202c"
_ASSETS = Path(__file__).parent / "assets"
# Its colours are names of the page's style sheet.
_OWN_STYLE = """
.drawn .words { stroke: none; fill: var(--ink); }
.drawn .title { font: 600 28px var(--serif); }
.drawn .date { font-weight: 600; fill: var(--ink); }
.drawn .told { font: 15px var(--sans); fill: var(--soft); }
.drawn .heading { font: 700 13px var(--sans); fill: var(--soft); }
.drawn .row { font: 13px var(--sans); }
.drawn .fine { font: 11px var(--sans); fill: var(--soft); }
.frame { fill: none; stroke: var(--line); }
.needle { fill: var(--town-soft); }
.locator path { fill: var(--border); fill-opacity: .55; }
.locator .here { fill: none; stroke: #c8102e; stroke-width: 1.6; }
.inset { fill: var(--sea); stroke: var(--line); }
"""


class Caption(NamedTuple):
    """The words around the map: none of them escaped yet.

    Attributes:
        is_rtl: whether they are read from the right.
        date: "As of 8 February 2020"; told: how many events of how many articles.
        credits: lines on sources, data and licences.
    """

    title: str
    date: str
    told: str
    north: str
    credits: Sequence[str]
    is_rtl: bool = False


class Side(NamedTuple):
    """The side that lines begin at, at x = 0: to the left or to the right of what follows."""

    is_rtl: bool

    def words(self, kind: str, x: float, y: float, text: str) -> str:
        """Returns a line of text that begins ``x`` from the side; what is in it is escaped here."""
        return self.markup(kind, x, y, escape(text))

    def markup(self, kind: str, x: float, y: float, inside: str) -> str:
        """Returns a line whose inside is SVG already."""
        if not self.is_rtl:
            return f'<text class="words {kind}" x="{x:.0f}" y="{y:.0f}">{inside}</text>'
        # Not every program that draws SVG knows of directions; these marks are part of the text.
        said = f"{_RTL}{inside}{_END}" if is_right_to_left(inside) else inside
        return f'<text class="words {kind}" x="{-x:.0f}" y="{y:.0f}" text-anchor="end">{said}</text>'

    def symbol(self, row: Row, y: float) -> str:
        """Returns a symbol of the legend at the side."""
        box = f'<svg x="{-27 if self.is_rtl else 0}" y="{y - 16:.0f}" width="27" height="24" '
        return str(row.symbol).replace("<svg ", box, 1)

    def at(self, x: float, y: float, body: str) -> str:
        """Returns a group that begins ``x`` from the picture's side."""
        return f'<g transform="translate({WIDTH - x if self.is_rtl else x:.0f} {y:.0f})">{body}</g>'


def still(scene: Scene, caption: Caption, legend: Sequence[Group]) -> str:
    """Returns the picture as one SVG document; the same input gives the same bytes."""
    paper = sheet(scene.home, WIDTH - 2 * MARGIN, RATIO)
    side = Side(caption.is_rtl)
    head, top = _head(caption, side)
    key, below = _key(legend, top + paper.height + 30, side)
    foot, bottom = _lines("fine", caption.credits, 11, below + 8, side)
    body = "".join([head, _map(scene, paper, top, caption.north), key, foot])
    height = round(bottom + MARGIN)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="drawn" color="{_colours()["ink"]}" '
        f'viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" role="img">'
        f"<title>{escape(clean(caption.title))}</title><style>{_style()}</style>"
        f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>{lettered(body)}</svg>\n'
    )


def _head(caption: Caption, side: Side) -> tuple[str, float]:
    title, y = _lines("title", [caption.title], 28, MARGIN - 2, side, step=34)
    date = f'<tspan class="date">{escape(clean(caption.date))}.</tspan> ' if caption.date else ""
    told = side.markup("told", 0, y + 20, f"{date}{escape(clean(caption.told))}.")
    return title + side.at(MARGIN, 0, told), y + 34


def _map(scene: Scene, paper: Sheet, top: float, north: str) -> str:
    """Returns the map in its frame, cut at the edges, with a north arrow and where in the world it is."""
    right, low = paper.width - 40, paper.height - 84
    paper.taken += [(right, 0, right + 40, 52), (right - 112, low - 2, right + 36, low + 76)]
    inside = drawing(paper, scene)
    box = f'width="{paper.width:.0f}" height="{paper.height:.0f}"'
    arrow = f'<g transform="translate({right} 12) scale(1.4)"><path class="needle" d="M10 2l6 14-6-3.5L4 16z"/>'
    arrow += f'<text class="words fine" x="10" y="25" text-anchor="middle">{escape(north)}</text></g>'
    where = locator(scene.home).replace(
        "<svg ", f'<svg x="{right - 106}" y="{low + 4}" width="138" height="66" ', 1
    )
    inset = f'<rect class="inset" x="{right - 110}" y="{low}" width="142" height="72" rx="3"/>{where}'
    return (
        f'<clipPath id="edge"><rect {box}/></clipPath><g transform="translate({MARGIN} {top})">'
        f'<g clip-path="url(#edge)">{inside}</g>{inset}{arrow}<rect class="frame" {box}/></g>'
    )


def _key(groups: Sequence[Group], top: float, side: Side) -> tuple[str, float]:
    """Returns the legend in columns of about equal height, and where it ends."""
    wide = (WIDTH - 2 * MARGIN) / COLUMNS
    blocks = [_block(group, wide - 56, side) for group in groups]
    most = sum(high for _, high in blocks) / COLUMNS
    column, y, bottom, body = 0, 0.0, 0.0, ""
    for lines, high in blocks:
        if y and y + high / 2 > most and column < COLUMNS - 1:
            column, y = column + 1, 0.0
        body += side.at(MARGIN + column * wide, top + y, lines)
        y += high
        bottom = max(bottom, y)
    return body, top + bottom


def _block(group: Group, wide: float, side: Side) -> tuple[str, float]:
    """Returns a group of the legend around its upper corner, and its height."""
    body, y = side.words("heading", 0, 10, group.heading), 28.0
    for row in group.rows:
        words = _wrapped(row.text, wide, 13)
        body += side.symbol(row, y)
        body += "".join(side.words("row", 40, y + LINE * n, line) for n, line in enumerate(words))
        y += max(24, LINE * len(words) + 6)
    return body, y


def _lines(
    kind: str, texts: Iterable[str], size: float, top: float, side: Side, step: float = LINE
) -> tuple[str, float]:
    """Returns texts over the whole width, wrapped, and where they end."""
    lines = [line for text in texts for line in _wrapped(text, WIDTH - 2 * MARGIN, size)]
    body = "".join(side.words(kind, 0, step * n, line) for n, line in enumerate(lines, 1))
    return side.at(MARGIN, top, body), top + step * len(lines)


def _wrapped(text: str, wide: float, size: float) -> list[str]:
    return list(_wrap(clean(text).split(), max(8, int(wide / (size * LETTER)))))


def _wrap(words: Iterable[str], most: int) -> Iterator[str]:
    line = ""
    for word in words:
        if line and len(line) + 1 + len(word) > most:
            yield line
            line = ""
        line = f"{line} {word}".lstrip()
    if line:
        yield line


@cache
def _colours() -> dict[str, str]:
    """Returns the page's light colours and its fonts by name."""
    tokens = (_ASSETS / "10-tokens.css").read_text(encoding="utf-8")
    return dict(re.findall(r"--([\w-]+):\s*([^;]+);", tokens.split("@media")[0]))


@cache
def _style() -> str:
    """Returns the page's rules for what is drawn, with colours in place of names, which not every program knows."""
    sheet = re.sub(r"/\*.*?\*/", "", (_ASSETS / "30-map.css").read_text(encoding="utf-8"), flags=re.DOTALL)
    drawn = sheet[sheet.index(".drawn .sea") :].split("@media")[0] + _OWN_STYLE
    return re.sub(r"var\(--([\w-]+)\)", lambda name: _colours()[name[1]], drawn).strip()


def png(svg: str) -> bytes:
    """Returns a picture as PNG, drawn by resvg.

    Raises:
        RenderError: resvg is not installed, or finds no font on this machine.
    """
    try:
        import resvg_py
    except ImportError as error:
        raise RenderError("a PNG needs the package resvg-py: install it, or take -o map.svg") from error
    small = [
        resvg_py.svg_to_bytes(svg_string=svg, zoom=0.2, skip_system_fonts=skipped) for skipped in (False, True)
    ]
    if bytes(small[0]) == bytes(small[1]):
        raise RenderError("no font is installed on this machine, so a PNG would have no words: take -o map.svg")
    return bytes(resvg_py.svg_to_bytes(svg_string=svg, zoom=ZOOM))
