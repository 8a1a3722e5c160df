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
_TEXT = re.compile(r"(<text[^>]*>)([^<]*)(</text>)")


def lettered(svg: str) -> str:
    """Returns the drawing with a font named for each run of letters that Latin fonts have not.

    >>> print(lettered("<text>Idlib ادلب</text>"))
    <text>Idlib <tspan font-family="'Noto Sans Arabic', 'DejaVu Sans', sans-serif">ادلب</tspan></text>
    """
    return _TEXT.sub(lambda found: f"{found[1]}{_with_fonts(found[2])}{found[3]}", svg)


def _with_fonts(words: str) -> str:
    if words.isascii():
        return words
    for name, run in _RUNS:
        fonts = f"'Noto Sans {name}', 'DejaVu Sans', sans-serif"
        words = run.sub(rf'<tspan font-family="{fonts}">\g<0></tspan>', words)
    return words
