"""Front matter: the block of ``name: value`` lines with which a Markdown file may begin."""

from __future__ import annotations

import re

_BLOCK = re.compile(r"\ufeff?---[ \t]*\n(?P<lines>(?:[^\n]*\n){1,40}?)---[ \t]*(?:\n|$)")
_LINE = re.compile(r"(?P<name>[A-Za-z_]+)\s*:\s*[\"']?(?P<value>.*?)[\"']?\s*$")


def front_matter(text: str) -> tuple[dict[str, str], int]:
    r"""Return the values of the block, names in small letters, and where the text after it begins.

    >>> front_matter("---\ntitle: A hill town\ndate: 2021-05-03\n---\nRebels left.")
    ({'title': 'A hill town', 'date': '2021-05-03'}, 44)
    """
    block = _BLOCK.match(text)
    if block is None:
        return {}, 0
    lines = (_LINE.match(line) for line in block["lines"].splitlines())
    return {line["name"].lower(): line["value"] for line in lines if line and line["value"]}, block.end()
