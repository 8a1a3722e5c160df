"""Listing: what does ``articles.yml`` say of each article? It wins over everything found in the text."""

from __future__ import annotations

import dataclasses
import datetime as dt
import difflib
from collections.abc import Sequence
from pathlib import Path

from geomap.errors import PlanError
from geomap.model import Article
from geomap.yamlfile import Form, read_yaml


class Entry(Form):
    """One article of a list: its file, relative to the list's folder or just its name, and what is known of it."""

    path: str
    date: dt.date | None = None
    source: str = ""
    title: str = ""
    url: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class Listing:
    """The entries of an ``articles.yml`` by the files they are about."""

    path: Path
    entries: tuple[Entry, ...]

    def entry_of(self, article: Path) -> Entry | None:
        """Return the entry about a file: the one with its path, or else the only one with its name."""
        same = [each for each in self.entries if (self.path.parent / each.path).resolve() == article.resolve()]
        named = [each for each in self.entries if Path(each.path).name == article.name]
        if same:
            return same[0]
        return named[0] if len(named) == 1 and not (self.path.parent / named[0].path).exists() else None


def read_listing(path: Path, articles: Sequence[Path]) -> Listing:
    """Return the list in ``path``.

    Args:
        path: an ``articles.yml``.
        articles: the files to be read, for entries that give a name without its folder.

    Raises:
        PlanError: the list does not follow its schema, names a file twice, or names one that does not exist.
    """
    listing = Listing(path, tuple(read_yaml(path, list[Entry], error=PlanError)))
    problems = [*_repeated(listing), *_unknown(listing, articles)]
    if problems:
        raise PlanError("\n".join(problems))
    return listing


def listed(article: Article, entry: Entry | None) -> Article:
    """Return the article with what the list says of it in place of what was found."""
    if entry is None:
        return article
    said = {name: getattr(entry, name) for name in ("date", "source", "title", "url") if getattr(entry, name)}
    if entry.date is not None:
        said["date_source"] = "articles.yml"
    return dataclasses.replace(article, **said)


def _repeated(listing: Listing) -> list[str]:
    paths = [each.path for each in listing.entries]
    twice = sorted({path for path in paths if paths.count(path) > 1})
    return [f"{listing.path}: {path} is listed twice: keep one of the entries" for path in twice]


def _unknown(listing: Listing, articles: Sequence[Path]) -> list[str]:
    names = {each.name for each in articles}
    return [
        f"{listing.path}: entry {number}: {entry.path}: no such article{_near(entry.path, listing, names)}"
        for number, entry in enumerate(listing.entries, 1)
        if not (listing.path.parent / entry.path).is_file() and Path(entry.path).name not in names
    ]


def _near(path: str, listing: Listing, names: set[str]) -> str:
    folder = (listing.path.parent / path).parent
    there = [each.name for each in folder.iterdir() if each.is_file()] if folder.is_dir() else []
    near = difflib.get_close_matches(Path(path).name, sorted({*there, *names}), n=2, cutoff=0.5)
    return f"; did you mean {' or '.join(near)}?" if near else "; paths are relative to the list's folder"
