"""Text: how does text that others wrote reach a page without running there?

Everything the page shows goes through ``clean`` (characters no page can carry) and then either through Jinja's
autoescape or through ``script_json``. Nothing of it passes through folium's or branca's templates, which would
execute ``{{ }}``.
"""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import urlsplit

# Control characters but tab and newline, and halves of surrogate pairs: HTML can carry none of them.
_UNSPEAKABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_SCRIPT_UNSAFE = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
_LINKABLE = ("http", "https")


def clean(text: str) -> str:
    """Returns the text with a visible sign in place of each character that HTML cannot carry.

    >>> clean("a" + chr(0) + "b")
    'a␀b'
    """
    if text.isprintable() or not _UNSPEAKABLE.search(text):
        return text
    return _UNSPEAKABLE.sub(_picture, text.replace("\r\n", "\n").replace("\r", "\n"))


def _picture(found: re.Match[str]) -> str:
    code = ord(found[0])
    if code < 0x20:
        return chr(0x2400 + code)
    return "␡" if code == 0x7F else "\ufffd"


def script_json(value: Any) -> str:
    r"""Returns JSON that can stand inside a script element: nothing in it can end the element or a string.

    >>> print(script_json("</script>"))
    "\u003c/script\u003e"
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    # Five searches for one sign each are much faster than one for a set of signs.
    for sign, escaped in _SCRIPT_UNSAFE.items():
        text = text.replace(sign, escaped)
    return text


def safe_url(url: str) -> str:
    """Returns the address where a reader may follow it (http, https), otherwise "".

    >>> safe_url("javascript:alert(1)")
    ''
    """
    try:
        parts = urlsplit(clean(url).strip())
    except ValueError:
        return ""
    return parts.geturl() if parts.scheme in _LINKABLE and parts.netloc else ""
