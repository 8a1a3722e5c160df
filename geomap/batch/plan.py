"""Plan: which maps does a folder ask for?"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from geomap.errors import ArticleError, PlanError
from geomap.read import LISTING_NAME
from geomap.read.files import ENDINGS, article_files


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
    skipped = out.resolve() if out is not None else None
    subfolders = sorted(path for path in folder.iterdir() if path.is_dir() and not path.name.startswith("."))
    folders = [path for path in subfolders if path.resolve() != skipped and _articles(path)]
    articles = _articles(folder)
    if not folders and not articles:
        raise PlanError(f"{folder}: no article in it; expected {' '.join(ENDINGS)} files or subfolders of them")
    taken = {"index"}
    return [_job(path, path.name, path, taken) for path in folders] + [
        _job(path, path.stem, folder, taken) for path in articles
    ]


def _job(path: Path, name: str, folder: Path, taken: set[str]) -> Job:
    """Return the job; a name that another one has takes the ending, or a number."""
    numbered = (f"{path.name}-{number}" for number in range(2, 10_000))
    unique = next(each for each in (name, path.name, *numbered) if each.lower() not in taken)
    taken.add(unique.lower())
    listing = folder / LISTING_NAME
    return Job(unique, (path,), listing if listing.is_file() else None)


def _articles(folder: Path) -> list[Path]:
    try:
        return article_files(folder)
    except ArticleError:
        return []
