"""Read: what do these files hold? Files, folders and JSON lines become articles.

The text of an article stays as it was read, and every offset points into it; what is no part of the story is marked
as furniture. A file that cannot be read is an issue, and the others are read.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path

from geomap.errors import ArticleError
from geomap.model import Article, Issue
from geomap.read.dates import find_dates, parse_date
from geomap.read.files import LISTING_NAME, files_at, ids_of, listing_in, read_text
from geomap.read.front_matter import front_matter
from geomap.read.html import is_html, read_html
from geomap.read.listing import listed, read_listing
from geomap.read.page import Page, article_of
from geomap.read.stories import with_copies_marked

__all__ = ["LISTING_NAME", "dated", "no_date", "read_article", "read_articles", "read_document"]


def read_articles(
    paths: Sequence[Path], *, listing: Path | None = None, date: dt.date | None = None
) -> tuple[list[Article], list[Issue]]:
    """Return the articles at ``paths`` in order, and what could not be read or dated.

    Args:
        paths: files, or folders: of a folder its .txt, .md, .html and .htm files by name, without a README.
        listing: an ``articles.yml``; what it says wins over everything found in the text. Where none is given and
            ``paths`` is one folder, the ``articles.yml`` in it.
        date: publication date of the articles that have no other: not by the list, their text, address or metadata,
            nor as a copy of a dated one.

    Raises:
        PlanError: the list does not follow its schema, or names an article that does not exist.
    """
    files, errors = files_at(paths)
    issues = [_unread("", error) for error in errors]
    listing = listing or listing_in(paths)
    known = read_listing(listing, files) if listing is not None else None
    articles: list[Article] = []
    for path, name in zip(files, ids_of(files), strict=True):
        try:
            article = read_article(path, name=name)
        except ArticleError as error:
            issues.append(_unread(name, error))
            continue
        articles.append(listed(article, known.entry_of(path)) if known is not None else article)
    articles = [dated(article, date) for article in with_copies_marked(articles)]
    return articles, [*issues, *(no_date(article) for article in articles if article.date is None)]


def read_article(path: Path, *, name: str | None = None) -> Article:
    """Return the article in one file.

    Args:
        path: a text, Markdown or HTML file.
        name: the article's id; by default the file's stem.

    Raises:
        ArticleError: the file is missing, unreadable, empty or no text.
    """
    text = read_text(path)
    name = name or path.stem
    if path.suffix.lower() in (".html", ".htm") or is_html(text):
        return article_of(_html_page(text, path, name))
    said, begin = front_matter(text)
    return article_of(
        Page(
            id=name,
            text=text,
            path=str(path),
            title=said.get("title", ""),
            date=parse_date(said.get("date", "")),
            is_dated=parse_date(said.get("date", "")) is not None,
            source=said.get("source", said.get("publisher", "")),
            url=said.get("url", said.get("link", "")),
            begin=begin,
        )
    )


def read_document(doc: Mapping[str, object]) -> Article:
    """Return the article of a JSON line ``{doc_id, date, text, title?, source?, url?}``.

    The text is kept to the letter. Where ``date`` is absent, null or no full date, the text's own is looked for.

    Raises:
        ArticleError: ``text`` is missing or empty, or a field is of the wrong type.
    """
    name = str(doc.get("doc_id", ""))
    text = doc.get("text")
    if not isinstance(text, str) or not text.strip():
        raise ArticleError(f"{name or 'document'}: text: found {_shown(text)}, expected the article's text")
    date = parse_date(_field(doc, "date", name))
    return article_of(
        Page(
            id=name,
            text=text,
            title=_field(doc, "title", name),
            date=date,
            is_dated=date is not None,
            source=_field(doc, "source", name),
            url=_field(doc, "url", name),
        )
    )


def no_date(article: Article) -> Issue:
    """Return the issue of an article without a date: what was seen, and what to do."""
    seen = next(find_dates(article.text), None)
    hint = ""
    if seen is not None:
        words = article.text[seen.start : seen.end]
        hint = f' ("{words}" {"can be read in two ways" if seen.date is None else "is the date of something else"})'
    message = (
        f"{article.path or article.id}: no publication date found{hint}; its events are listed as date unknown: "
        f"give the date with --date, or in a list of articles with --articles"
    )
    return Issue("no date", article.id, message)


def _html_page(html: str, path: Path, name: str) -> Page:
    found = read_html(html)
    if not found.text.strip():
        raise ArticleError(f"{path}: no text was found in this page: save the article itself, as text or HTML")
    return Page(
        id=name,
        text=found.text,
        path=str(path),
        title=found.title,
        date=found.date,
        source=found.site,
        url=found.url,
    )


def dated(article: Article, date: dt.date | None) -> Article:
    """Return the article with the date that was given for those that have no other."""
    if article.date is not None or date is None:
        return article
    return dataclasses.replace(article, date=date, date_source="--date")


def _unread(name: str, error: ArticleError) -> Issue:
    """Return the issue of a file that was left out; its kind is the first of these words that the message has."""
    message = str(error)
    kinds = {"no such file": "missing", "empty": "empty", "no text was found": "empty", "no article in": "empty"}
    return Issue(next((kind for words, kind in kinds.items() if words in message), "unreadable"), name, message)


def _field(doc: Mapping[str, object], field: str, name: str) -> str:
    value = doc.get(field)
    if value is not None and not isinstance(value, str):
        raise ArticleError(f"{name or 'document'}: {field}: found {_shown(value)}, expected text")
    return value or ""


def _shown(value: object) -> str:
    return "nothing" if value in (None, "") else repr(value)[:40]
