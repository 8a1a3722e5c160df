"""Headings: which lines are the headline, the subheads and the short lines that the page adds at the end?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from geomap.model import Furniture
from geomap.paragraphs import Paragraph, ends_a_sentence
from geomap.read.furniture import is_body, without_markup

# A headline with more words is a sentence that lost its full stop.
_LONGEST_HEADLINE = 22
_LONGEST_SUBHEAD = 8
_MARKDOWN_HEADING = re.compile(r"#{1,6}\s+\S")
_BOLD = re.compile(r"(?P<mark>\*\*|__)[^*]{2,100}(?P=mark)$")
_BULLET = re.compile(r"[-*+•●▪■◦–—>]\s|\d{1,2}[.)]\s")
_UNDERLINE = re.compile(r"[=\-]{3,}$")


def headline_of(paragraphs: Sequence[Paragraph], closed: set[int], title: str = "") -> int | None:
    """Return the number of the paragraph that is the headline, None where the text has none.

    Args:
        paragraphs: of the text.
        closed: numbers of those already known to be something else.
        title: the headline where it is known from elsewhere.
    """
    body = next(
        (number for number, each in enumerate(paragraphs) if number not in closed and is_body(each.text)), None
    )
    for number, paragraph in enumerate(paragraphs):
        plain = without_markup(paragraph.text)
        if title and number != len(paragraphs) - 1 and _same(plain, title):
            return number
        if number in closed:
            continue
        if _MARKDOWN_HEADING.match(paragraph.text):
            return number
        return number if body is not None and number < body and _is_headline(plain) else None
    return None


def subheads(paragraphs: Sequence[Paragraph], closed: set[int]) -> Iterator[Furniture]:
    """Yield the subheads among the paragraphs, and the short lines after the story (``navigation``).

    Only where the text is otherwise written in sentences: in notes without full stops every line may be a report.
    """
    open_ = [number for number in range(len(paragraphs)) if number not in closed]
    bodies = [number for number in open_ if is_body(paragraphs[number].text)]
    long_ones = [number for number in open_ if len(paragraphs[number].text.split()) >= 12]
    is_prose = bodies and len(bodies) >= 0.6 * len(long_ones)
    for number in open_:
        paragraph = paragraphs[number]
        is_short = bool(is_prose) and _is_subhead(paragraph.text) and _stands_apart(number, bodies)
        if is_short or _is_marked(paragraph.text):
            kind = "navigation" if bodies and number > bodies[-1] else "subhead"
            yield Furniture(paragraph.start, paragraph.end, kind)


def _is_headline(plain: str) -> bool:
    words = plain.split()
    is_question = plain.endswith(("?", "!")) and len(words) <= 16
    return 3 <= len(words) <= _LONGEST_HEADLINE and (
        is_question or not ends_a_sentence(plain) or plain.endswith(("’", "'"))
    )


def _is_marked(text: str) -> bool:
    """Return whether Markdown's own signs make it a heading."""
    if _UNDERLINE.fullmatch(text) or _MARKDOWN_HEADING.match(text):
        return True
    return _BOLD.fullmatch(text) is not None and len(text.split()) <= 14 and not ends_a_sentence(text)


def _is_subhead(text: str) -> bool:
    is_short = len(text.split()) <= _LONGEST_SUBHEAD and not _BULLET.match(text)
    return is_short and not ends_a_sentence(text) and not any(sign.isdigit() for sign in text)


def _stands_apart(number: int, bodies: Sequence[int]) -> bool:
    """Return whether a short line stands over a paragraph, or before or after all of them."""
    return number < bodies[0] or number > bodies[-1] or number + 1 in bodies


def _same(plain: str, title: str) -> bool:
    def key(text: str) -> list[str]:
        return re.findall(r"\w+", text.lower())

    return key(plain) == key(title)
