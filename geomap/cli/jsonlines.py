"""JSON lines: one document in, one line out, at once and in order; a bad line is an error line."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from geomap.cli.console import complain, put_json
from geomap.errors import ArticleError, GeomapError, tried

if TYPE_CHECKING:
    from geomap.model import Article

Document = dict[str, Any]

# What is read of stdin at once, in bytes, and how many documents are answered together.
_CHUNK, _AT_ONCE = 1 << 16, 16


def answer_each(answer: Callable[[Document], Document], *, is_debug: bool = False) -> int:
    """Write the answer to each line of stdin; return 1 where a line got an error for an answer, else 0.

    An unexpected exception is an error of its document too: one odd text does not end the run of a thousand.
    """
    return answer_groups(lambda group: (tried(answer, document) for document in group), is_debug=is_debug)


def answer_groups(
    answer: Callable[[Sequence[Document]], Iterable[Document | Exception]], *, is_debug: bool = False
) -> int:
    """Write the answers to the lines of stdin, which are given as they arrive, a few at once where there are more.

    Returns what ``answer_each`` returns.
    """
    code = 0
    for lines in _arriving():
        asked = [_asked(number, line) for number, line in lines]
        answers = iter(answer([document for document, problem in asked if problem is None]))
        for document, problem in asked:
            found = next(answers) if problem is None else problem
            if isinstance(found, Exception):
                if is_debug and not isinstance(found, GeomapError):
                    raise found
                code = 1
                found = {"error": _said(found)}
            put_json({**found, "doc_id": document.get("doc_id")})
    return code


def _asked(number: int, line: bytes) -> tuple[Document, Exception | None]:
    """Return the document of a line as far as it can be read, and what is wrong with it."""
    document: Document = {}
    try:
        document = _object(line, number)
        return _with_text(document, number), None
    except GeomapError as error:
        return document, error


def documents(read: Callable[[Document], Article]) -> tuple[list[Article], int]:
    """Return the articles on stdin and how many lines were none; each of those is complained of."""
    articles, bad = [], 0
    for number, line in _lines():
        try:
            articles.append(read(_with_text(_object(line, number), number)))
        except GeomapError as error:
            complain(str(error))
            bad += 1
    return articles, bad


def _lines() -> Iterator[tuple[int, bytes]]:
    """Yield the lines of stdin that are not blank, with their numbers."""
    for lines in _arriving():
        yield from lines


def _arriving() -> Iterator[list[tuple[int, bytes]]]:
    """Yield the lines of stdin that are not blank, with their numbers: those that are there, and never many."""
    stdin: Any = sys.stdin.buffer
    number, rest = 0, list[bytes]()
    while chunk := stdin.read1(_CHUNK):
        if b"\n" not in chunk:
            rest.append(chunk)  # joined once: a document may have a hundred megabytes
            continue
        *lines, last = b"".join([*rest, chunk]).split(b"\n")
        rest = [last]
        numbered = [(at, line) for at, line in enumerate(lines, number + 1) if line.strip()]
        number += len(lines)
        for first in range(0, len(numbered), _AT_ONCE):
            yield numbered[first : first + _AT_ONCE]
    if (last := b"".join(rest)).strip():
        yield [(number + 1, last)]


def _object(line: bytes, number: int) -> Document:
    """Return the JSON object of a line; one without ``doc_id`` is called after the line."""
    try:
        document = json.loads(line.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise ArticleError(
            f"stdin, line {number}: not a JSON object in UTF-8 ({error}): write one document a line"
        ) from error
    if not isinstance(document, dict):
        raise ArticleError(
            f"stdin, line {number}: {type(document).__name__} found, an object {{doc_id, text}} expected"
        )
    return {"doc_id": f"line {number}", **document}


def _with_text(document: Document, number: int) -> Document:
    if not isinstance(document.get("text"), str):
        raise ArticleError(f'stdin, line {number}: no "text" of letters: give {{"doc_id": ..., "text": "..."}}')
    return document


def _said(error: Exception) -> str:
    if isinstance(error, GeomapError):
        return str(error)
    return f"{type(error).__name__}: {error}: this is a bug in geomap"
