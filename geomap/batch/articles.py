"""Articles: which files does a job read, and what has to be known of each before it is read?"""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from pathlib import Path

from geomap.batch.context import digest
from geomap.model import Issue
from geomap.read.files import files_at, ids_of, listing_in
from geomap.read.listing import Entry, read_listing


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleFile:
    """A file to be read as one article.

    Attributes:
        id: the article's; sha256: of the file, "" where it cannot be read.
        entry: what a list says of it; date: its date where nothing else tells one.
        inputs: a hash of all of these; key: of ``inputs`` and of what it is read with.
    """

    path: Path
    id: str
    sha256: str
    entry: Entry | None
    date: dt.date | None
    inputs: str
    key: str


@dataclass(frozen=True, slots=True)
class Source:
    """Where articles are from: maps with the same source share their articles."""

    paths: tuple[Path, ...]
    listing: Path | None
    date: dt.date | None


def files_of(source: Source, reading: str) -> tuple[list[ArticleFile], list[Issue]]:
    """Return the files of a source in order, and an issue for each of its folders without articles.

    Args:
        source: files, folders, and a list of them.
        reading: the version of all that reads (``Context.reading``).

    Raises:
        PlanError: the list does not follow its schema, or names an article that does not exist.
    """
    paths, errors = files_at(source.paths)
    listing = source.listing or listing_in(source.paths)
    known = read_listing(listing, paths) if listing is not None else None
    return [
        _file(path, name, known.entry_of(path) if known is not None else None, source.date, reading)
        for path, name in zip(paths, ids_of(paths), strict=True)
    ], [Issue("empty", "", str(error)) for error in errors]


def _file(path: Path, name: str, entry: Entry | None, date: dt.date | None, reading: str) -> ArticleFile:
    content = sha256_of(path)
    said = entry.model_dump(mode="json") if entry is not None else None
    inputs = digest([content, str(path), name, said, date])
    return ArticleFile(
        path=path,
        id=name,
        sha256=content,
        entry=entry,
        date=date,
        inputs=inputs,
        key=digest([inputs, reading]),
    )


def sha256_of(path: Path) -> str:
    """Return the hash of a file's bytes, "" where it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""
