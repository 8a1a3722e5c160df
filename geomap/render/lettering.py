"""Lettering: which font writes which letters, where the program that draws does not choose by itself?

resvg takes the first font it meets for letters that the wanted one has not, be it bold or not.
"""

from __future__ import annotations

import re

_FONTS = (
    ("Arabic", "\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufeff"),
    ("Hebrew", "\u0590-\u05ff"),
    ("Armenian", "\u0530-\u058f"),
    ("Georgian", "\u10a0-\u10ff"),
    ("Ethiopic", "\u1200-\u139f"),
    ("Devanagari", "\u0900-\u097f"),
    ("Bengali", "\u0980-\u09ff"),
    ("Myanmar", "\u1000-\u109f"),
    ("Thai", "\u0e00-\u0e7f"),
    ("Khmer", "\u1780-\u17ff"),
    ("CJK SC", "\u2e80-\u9fff"),
    ("CJK KR", "\uac00-\ud7af"),
)
_RUNS = [(name, re.compile(f"[{letters}](?:[{letters}\\s\u200c\u200d،]*[{letters}])?")) for name, letters in _FONTS]
_TEXT = re.compile(r"<text([^>]*)>(.*?)</text>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufefc]")
# The first has Latin and Arabic letters both. Where one font lacks a letter of a line, resvg writes all of the line
# in another one, and loses joined letters: a line of two scripts needs one font for both.
_BOTH = "font-family: 'DejaVu Sans', 'Noto Sans', 'Noto Sans Arabic', sans-serif"


def lettered(svg: str) -> str:
    """Returns the drawing with a font named for each line or run of letters that Latin fonts have not.

    >>> print(lettered("<text>ادلب</text>"))
    <text><tspan font-family="'Noto Sans Arabic', 'DejaVu Sans', sans-serif">ادلب</tspan></text>
    >>> print(lettered("<text>Idlib ادلب</text>"))
    <text style="font-family: 'DejaVu Sans', 'Noto Sans', 'Noto Sans Arabic', sans-serif">Idlib ادلب</text>
    """
    return _TEXT.sub(_with_fonts, svg)


def is_right_to_left(words: str) -> bool:
    """Returns whether any letter is read from the right."""
    return _RIGHT_TO_LEFT.search(words) is not None


def _with_fonts(found: re.Match[str]) -> str:
    attributes, inside = found[1], found[2]
    if inside.isascii():
        return found[0]
    words = _TAG.sub("", inside)
    if is_right_to_left(words) and _rest(words):
        return f'<text style="{_BOTH}"{attributes}>{inside}</text>'
    for name, run in _RUNS if words == inside else ():
        fonts = f"'Noto Sans {name}', 'DejaVu Sans', sans-serif"
        inside = run.sub(rf'<tspan font-family="{fonts}">\g<0></tspan>', inside)
    return f"<text{attributes}>{inside}</text>"


def _rest(words: str) -> str:
    """Returns what is left of a line without its runs of other scripts."""
    for _, run in _RUNS:
        words = run.sub("", words)
    return words.strip()
