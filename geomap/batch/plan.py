"""Plan: which maps does a folder ask for?"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from geomap.errors import PlanError

ARTICLE_SUFFIXES = (".txt", ".md", ".html", ".htm")
LISTING_NAME = "articles.yml"


@dataclass(frozen=True, slots=True)
class Job:
    """One map to draw: ``name`` is its file's name without ending, unique in a batch."""

    name: str
    paths: tuple[Path, ...]
    listing: Path | None


def jobs_in(folder: Path, *, out: Path | None = None) -> list[Job]:
    """Return a job for each subfolder with articles, and for each article that lies in the folder itself.

    Args:
        folder: what to read.
        out: the folder of results, left out where it lies in ``folder``.

    Raises:
        PlanError: it is no folder, or there is nothing to draw in it.
    """
    if not folder.is_dir():
        raise PlanError(f"{folder}: not a folder; expected one with articles or with subfolders of articles")
    entries = sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    skipped = out.resolve() if out is not None else None
    folders = [path for path in entries if path.is_dir() and path.resolve() != skipped and _holds_articles(path)]
    articles = [path for path in entries if path.is_file() and is_article(path)]
    if not folders and not articles:
        raise PlanError(
            f"{folder}: no article in it; expected {' '.join(ARTICLE_SUFFIXES)} files or subfolders of them"
        )
    taken = {"index"}
    return [_job(path, path.name, path, taken) for path in folders] + [
        _job(path, path.stem, folder, taken) for path in articles
    ]


def is_article(path: Path) -> bool:
    """Return whether the file's ending is that of an article."""
    return path.suffix.lower() in ARTICLE_SUFFIXES


def _job(path: Path, name: str, folder: Path, taken: set[str]) -> Job:
    """Return the job; a name that another one has takes the ending, or a number."""
    numbered = (f"{path.name}-{number}" for number in range(2, 10_000))
    unique = next(each for each in (name, path.name, *numbered) if each.lower() not in taken)
    taken.add(unique.lower())
    listing = folder / LISTING_NAME
    return Job(unique, (path,), listing if listing.is_file() else None)


def _holds_articles(folder: Path) -> bool:
    return any(path.is_file() and is_article(path) for path in folder.iterdir())
