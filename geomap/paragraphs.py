"""Paragraphs: which lines of a text belong together?

Most pages put one paragraph on a line. Two kinds of text do not: those wrapped at a fixed width, and those
where the layout of a page broke a paragraph in its middle.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_LINE = re.compile(r"[^\r\n\v\f\u2028\u2029\x85]+")
# "said." "said.”" "said.)" "said.**" "said…" and, before a list or a quotation, "said:"
_FINAL = re.compile(r"[.!?…:;。؟۔।][\"'”’»)\]*_]*$")
# A line that says by its first sign that it begins something: "# Title", "- item", "• item", "> quote", "1) item"
_OPENS = re.compile(r"(?:#|[-*+•●▪■◦–—>|]\s|\d{1,2}[.)]\s|\*\*|__)")
_HEADING = re.compile(r"#{1,6}\s|(?P<mark>\*\*|__).{1,160}(?P=mark)$")

# Wider lines than this are not the work of a line wrapper.
_WIDEST_WRAP = 120
# Fewer lines than this show no habit.
_FEWEST_WRAPPED = 3


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, without the white space around it; offsets into the text."""

    start: int
    end: int
    text: str


def paragraphs(text: str) -> list[Paragraph]:
    r"""Return the paragraphs of ``text`` in order; every character that is no white space is in one of them.

    >>> [p.text for p in paragraphs("A hill town.\n\nIt is the last\n\nstronghold of the rebels.")]
    ['A hill town.', 'It is the last\n\nstronghold of the rebels.']
    """
    lines = list(_lines(text))
    width = _wrap_width(text, lines)
    found: list[tuple[int, int]] = []
    for line in lines:
        if found and _goes_on(text, found[-1], line, width):
            found[-1] = (found[-1][0], line[1])
        else:
            found.append(line)
    return [Paragraph(start, end, text[start:end]) for start, end in found]


def ends_a_sentence(text: str) -> bool:
    """Return whether ``text`` ends as a sentence does, with a full stop or its like.

    >>> ends_a_sentence("“We left at night.”"), ends_a_sentence("Rebels lose hill town")
    (True, False)
    """
    return _FINAL.search(text[-12:].rstrip()) is not None


def _lines(text: str) -> Iterator[tuple[int, int]]:
    for match in _LINE.finditer(text):
        line = match[0]
        start = match.start() + len(line) - len(line.lstrip())
        end = match.end() - len(line) + len(line.rstrip())
        if start < end:
            yield start, end


def _wrap_width(text: str, lines: Sequence[tuple[int, int]]) -> int:
    """Return the width at which ``text`` was wrapped, 0 where it was not."""
    width = max((end - start for start, end in lines), default=0)
    if width > _WIDEST_WRAP:
        return 0
    pairs = [(one, two) for one, two in itertools.pairwise(lines) if not _has_gap(text, one, two)]
    full = [one for one, two in pairs if _is_full(text, one, two, width)]
    broken = [one for one in full if not ends_a_sentence(text[slice(*one)])]
    is_wrapped = len(pairs) >= _FEWEST_WRAPPED and len(full) >= 0.6 * len(pairs) and len(broken) >= 0.5 * len(full)
    return width if is_wrapped else 0


def _goes_on(text: str, previous: tuple[int, int], line: tuple[int, int], width: int) -> bool:
    """Return whether ``line`` goes on with the paragraph before it."""
    first, second = text[slice(*previous)], text[slice(*line)]
    if _OPENS.match(second) or _HEADING.match(first):
        return False
    if second[0].islower() and not ends_a_sentence(first):
        return True
    last_line = max(text.rfind("\n", *previous) + 1, previous[0])
    return (
        bool(width) and not _has_gap(text, previous, line) and _is_full(text, (last_line, previous[1]), line, width)
    )


def _has_gap(text: str, one: tuple[int, int], two: tuple[int, int]) -> bool:
    """Return whether an empty line stands between the two."""
    return text.count("\n", one[1], two[0]) > 1


def _is_full(text: str, one: tuple[int, int], two: tuple[int, int], width: int) -> bool:
    """Return whether the next word would not have fitted into line ``one``; a word in five may lack."""
    word = text[slice(*two)].split(maxsplit=1)[0]
    return one[1] - one[0] + 1 + len(word) > 0.85 * width
