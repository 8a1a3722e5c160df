"""JSON lines: one document in, one line out, at once and in order; a bad line is an error line."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from geomap.cli.console import complain, put_json
from geomap.errors import ArticleError, GeomapError

if TYPE_CHECKING:
    from geomap.model import Article

Document = dict[str, Any]


def answer_each(answer: Callable[[Document], Document], *, is_debug: bool = False) -> int:
    """Write the answer to each line of stdin; return 1 where a line got an error for an answer, else 0.

    An unexpected exception is an error of its document too: one odd text does not end the run of a thousand.
    """
    code = 0
    for number, line in _lines():
        document: Document = {}
        try:
            document = _object(line, number)
            put_json({**answer(_with_text(document, number)), "doc_id": document["doc_id"]})
        except BrokenPipeError:
            raise
        except Exception as error:
            if is_debug and not isinstance(error, GeomapError):
                raise
            put_json({"doc_id": document.get("doc_id"), "error": _said(error)})
            code = 1
    return code


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
    for number, line in enumerate(sys.stdin.buffer, 1):
        if line.strip():
            yield number, line


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
