"""Edges: what stands around a sentence and is no part of it? Bullets, separators, Markdown's signs."""

from __future__ import annotations

import re

from geomap.model import Span

# "## " ">> " "• " ";;;; "; a hyphen only where a space follows, so that "-5" stays.
_LEFT = re.compile(r"(?:\s|#{1,6}(?=\s)|\*(?=\s)|>|[•●▪■◦]|[-–—+](?=\s)|;|:{2,}|\|)+")
_MARKS = ("***", "**", "__", "*", "_")


def trimmed(text: str, start: int, end: int) -> Span:
    """Return the span of the sentence within ``text[start:end]``; empty where only signs are left.

    >>> trimmed("- **Posts remain.** ;;;;", 0, 24)
    Span(start=4, end=17)
    """
    start, end = _without_signs(text, start, end)
    if start < end and text[start] not in "*_" and text[end - 1] not in "*_":
        return Span(start, end)
    for mark in _MARKS:
        start, end = _without_mark(text, start, end, mark)
    return Span(*_without_signs(text, start, end))


def _without_signs(text: str, start: int, end: int) -> tuple[int, int]:
    left = _LEFT.match(text, start, end)
    start = left.end() if left else start
    return start, _right_edge(text, start, end)


def _right_edge(text: str, start: int, end: int) -> int:
    """Return where white space and separators at the end begin; a single colon stays."""
    while end > start and (text[end - 1].isspace() or text[end - 1] in ";|"):
        end -= 1
    if text.endswith("::", start, end):
        end = start + len(text[start:end].rstrip(": "))
    return end


def _without_mark(text: str, start: int, end: int, mark: str) -> tuple[int, int]:
    """Return the edges without a mark that embraces the whole sentence, or has no partner in it."""
    opens, closes = text.startswith(mark, start, end), text.endswith(mark, start, end)
    if not opens and not closes:
        return start, end
    size, count = len(mark), text.count(mark, start, end)
    if opens and closes and count == 2 and end - start > 2 * size:
        return start + size, end - size
    if count % 2 and opens:
        return start + size, end
    return (start, end - size) if count % 2 else (start, end)
