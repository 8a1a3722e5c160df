"""Furniture: which parts of a page are no part of its story?

By general cues, kept as data in ``furniture.yml``. Nothing is deleted: a piece is marked, and its kind kept.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from geomap.model import Furniture
from geomap.paragraphs import Paragraph, ends_a_sentence
from geomap.read.publishers import agency_pattern
from geomap.yamlfile import Form, read_yaml

_DATA = Path(__file__).with_name("furniture.yml")
# A paragraph with more words may be a whole article on one line, of which a cue is only a part.
_LONG = 60
# An appeal runs to the end of the page only after a story of so many words; before it, it is one paragraph.
_SHORTEST_STORY = 40
_MARKUP = re.compile(r"^\s*(?:#{1,6}\s+|>\s*)+|\*{1,3}|__|\[(?P<words>[^\]\[]*)\]\([^)\s]*\)")
_ROUGH_STOP = re.compile(r"[.!?][\"”)]*\s+(?=[\"“(]?[A-Z\d])")
_CREDIT = re.compile(r"\([^()]{0,40}\b(?:photo|file|handout|image|picture)[^()]{0,30}\)", re.IGNORECASE)


class Cue(Form):
    """An entry of ``furniture.yml``, which explains its fields."""

    kind: str
    extent: Literal["paragraph", "sentence", "match", "to_match", "to_end"]
    pattern: str
    needs: tuple[str, ...] = ()
    until: str | None = None
    example: str
    but_not: str


@dataclass(frozen=True, slots=True)
class Finding:
    """A piece of furniture, and the publisher that it names."""

    furniture: Furniture
    publisher: str = ""


@functools.cache
def cues() -> list[Cue]:
    """Return the cues that ship with geomap."""
    return read_yaml(_DATA, list[Cue])


def furniture_in(paragraphs: Sequence[Paragraph]) -> Iterator[Finding]:
    """Yield the furniture that the cues find; a paragraph that one of them sets aside whole is left to it."""
    words_before, at = 0, 0
    while at < len(paragraphs):
        paragraph = paragraphs[at]
        size = len(paragraph.text.split())
        whole, parts = _cues_of(paragraph, is_long=size > _LONG or len(paragraphs) == 1)
        yield from parts
        if whole is None:
            words_before += size
        else:
            cue, publisher = whole
            last = at
            if cue.extent == "to_end" and words_before >= _SHORTEST_STORY:
                last = _end_of(cue, paragraphs, at)
            for each in paragraphs[at : last + 1]:
                yield Finding(Furniture(each.start, each.end, cue.kind), publisher)
            at = last
        at += 1


def without_markup(text: str) -> str:
    """Return ``text`` without Markdown's signs.

    >>> without_markup("### **By [Jo Marsh](#)**")
    'By Jo Marsh'
    """
    return _MARKUP.sub(lambda match: match["words"] or "", text).strip()


def in_order(found: Iterable[Furniture]) -> tuple[Furniture, ...]:
    """Return the pieces by position, those that lie in another left out and overlaps cut."""
    kept: list[Furniture] = []
    for each in sorted(found, key=lambda piece: (piece.start, -piece.end)):
        start = max(each.start, kept[-1].end) if kept else each.start
        if start < each.end:
            kept.append(Furniture(start, each.end, each.kind))
    return tuple(kept)


def _cues_of(paragraph: Paragraph, *, is_long: bool) -> tuple[tuple[Cue, str] | None, list[Finding]]:
    """Return the cue for the whole paragraph with the publisher it names, and the parts that cues set aside."""
    plain = paragraph.text if is_long else without_markup(paragraph.text)
    small = paragraph.text.lower()
    parts: list[Finding] = []
    for cue, pattern in _patterns():
        if cue.needs and not any(words in small for words in cue.needs):
            continue
        is_part = is_long or cue.extent in ("sentence", "match")
        found = pattern.search(paragraph.text if is_part else plain)
        if found is None:
            continue
        if cue.extent == "to_match" and plain[found.end() :].strip(" .*_"):
            is_part, found = True, pattern.search(paragraph.text) or found
        if not is_part:
            return (cue, found.groupdict().get("publisher") or ""), parts
        parts.append(Finding(_part(paragraph, found, cue)))
    return None, parts


def _part(paragraph: Paragraph, found: re.Match[str], cue: Cue) -> Furniture:
    """Return the stretch of a paragraph that a match sets aside."""
    text = paragraph.text
    start, end = found.span()
    if cue.extent == "to_end" and start > len(text) / 2:
        end = len(text)
    elif cue.extent == "to_match":
        start = _sentence_start(text, max(start - 2, 0))
    elif cue.extent != "match":
        start, end = _sentence_start(text, start), _caption_end(text, end)
    return Furniture(paragraph.start + start, paragraph.start + len(text[:end].rstrip()), cue.kind)


def _sentence_start(text: str, at: int) -> int:
    return max((stop.end() for stop in _ROUGH_STOP.finditer(text, 0, at + 1)), default=0)


def _caption_end(text: str, at: int) -> int:
    """Return the end of the sentence at ``at``, or of the photographer's credit in brackets before it."""
    stop = _ROUGH_STOP.search(text, at)
    end = stop.end() if stop else len(text)
    credit = _CREDIT.search(text, at, end)
    return credit.end() if credit else end


def _end_of(cue: Cue, paragraphs: Sequence[Paragraph], at: int) -> int:
    """Return the index of the last paragraph that belongs to what began at ``at``."""
    until = re.compile(cue.until) if cue.until else None
    for number in range(at, len(paragraphs)):
        if until is not None and until.search(paragraphs[number].text):
            return number
    return len(paragraphs) - 1


@functools.cache
def _patterns() -> list[tuple[Cue, re.Pattern[str]]]:
    return [(cue, compiled(cue)) for cue in cues()]


def compiled(cue: Cue) -> re.Pattern[str]:
    """Return the pattern of a cue with the names of the agencies filled in."""
    return re.compile(cue.pattern.replace("{agency}", agency_pattern()))


def is_body(text: str) -> bool:
    """Return whether a paragraph reads as running text: a dozen words, and a full stop at the end."""
    return len(text.split()) >= 12 and ends_a_sentence(text) and not text.lstrip().startswith("#")
