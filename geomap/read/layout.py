"""Layout: what is each part of a page?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from geomap.model import Furniture
from geomap.paragraphs import Paragraph, paragraphs
from geomap.read.date_lines import DateLine, date_lines
from geomap.read.datelines import Dateline, datelines
from geomap.read.dates import DateOrder
from geomap.read.furniture import Finding, furniture_in, in_order, without_markup
from geomap.read.headings import headline_of, subheads

# A date in a line of these kinds may be the text's own; in a caption or a link it is not.
_DATED_KINDS = frozenset({"byline", "editing", "share", "breadcrumb", "navigation"})


@dataclass(frozen=True, slots=True)
class Layout:
    """The parts of a text; ``headline`` is "" where it has none."""

    parts: Sequence[Paragraph]
    findings: Sequence[Finding]
    headline: str
    dates: Sequence[DateLine]
    datelines: Sequence[Dateline]
    furniture: tuple[Furniture, ...]

    def texts(self, *kinds: str) -> Iterator[str]:
        """Yield the paragraphs that are furniture of one of ``kinds``, without markup."""
        starts = {each.furniture.start for each in self.findings if each.furniture.kind in kinds}
        yield from (without_markup(part.text) for part in self.parts if part.start in starts)


def layout_of(text: str, *, begin: int = 0, title: str = "", order: DateOrder | None = None) -> Layout:
    """Return the layout of a text.

    Args:
        text: as it was read.
        begin: where the text begins after a block of metadata.
        title: the headline where it is known from elsewhere.
        order: how "03/04/2020" is meant, where that is known.
    """
    parts = [each for each in paragraphs(text) if each.start >= begin]
    findings = list(furniture_in(parts))
    kinds = _whole_kinds(findings, parts)
    closed = set(kinds)
    dates = date_lines(parts, {number for number in closed if kinds[number] not in _DATED_KINDS}, order)
    closed |= {number for number, part in enumerate(parts) if any(_holds(line, part) for line in dates)}
    headline = headline_of(parts, closed, title)
    found = [each.furniture for each in findings]
    found += [Furniture(line.span.start, line.span.end, "date") for line in dates]
    if headline is not None:
        closed.add(headline)
        found.append(Furniture(parts[headline].start, parts[headline].end, "headline"))
    found += subheads(parts, closed)
    opened = [
        each for number, part in enumerate(parts) if number not in closed for each in _opened(text, part, dates)
    ]
    found += [Furniture(each.span.start, each.span.end, "dateline") for each in opened]
    words = without_markup(parts[headline].text) if headline is not None else ""
    return Layout(parts, findings, words, dates, opened, in_order([*_front(begin), *found]))


def _whole_kinds(findings: Sequence[Finding], parts: Sequence[Paragraph]) -> dict[int, str]:
    """Return the kind of each paragraph, by its number, that is furniture as a whole."""
    pieces = {each.furniture.start: each.furniture for each in findings}
    return {
        number: pieces[part.start].kind
        for number, part in enumerate(parts)
        if part.start in pieces and pieces[part.start].end >= part.end
    }


def _front(begin: int) -> list[Furniture]:
    return [Furniture(0, begin, "metadata")] if begin else []


def _holds(line: DateLine, part: Paragraph) -> bool:
    return line.span.start <= part.start and line.span.end >= part.end


def _opened(text: str, part: Paragraph, dates: Sequence[DateLine]) -> Iterator[Dateline]:
    """The datelines of a paragraph, also after a date that leads it."""
    start = max([line.span.end for line in dates if line.span.start == part.start], default=part.start)
    return datelines(text, start, part.end)
