"""Jobs: which maps is one run to draw, and of which files?"""

from __future__ import annotations

import datetime as dt
import difflib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from glob import glob
from pathlib import Path
from typing import Literal, NamedTuple
from urllib.parse import quote

from geomap.batch.plan import MapPlan, Plan, read_plan
from geomap.errors import ArticleError, PlanError
from geomap.read import LISTING_NAME
from geomap.read.files import ENDINGS, article_files
from geomap.yamlfile import Loaded

Every = Literal["day", "week"]


@dataclass(frozen=True, slots=True)
class Job:
    """One map to draw, or with ``every`` one for each day or week.

    Attributes:
        name: its files' path without ending, unique in a batch.
        paths: files, or folders of them.
        listing: an ``articles.yml``, None for the one in the folder.
        date: publication date of articles that tell none.
        first, last: only articles published from one to the other; None for no such end.
        regions, languages: only articles that tell an event in one of the regions, and in one of the languages.
        days: of articles that each map of a series shows, 0 for as many as ``every`` tells.
        url: where its page will be published.
        is_part: of a series; without articles it is not drawn.
        where: the line of the plan that asks for its regions, for messages.
        is_template: its name and title have words in braces to fill in.
    """

    name: str
    paths: tuple[Path, ...]
    listing: Path | None = None
    date: dt.date | None = None
    title: str = ""
    first: dt.date | None = None
    last: dt.date | None = None
    regions: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    every: Every | None = None
    days: int = 0
    formats: tuple[str, ...] = ("html",)
    lang: str = "en"
    url: str = ""
    is_part: bool = False
    is_template: bool = False
    where: str = ""

    @property
    def is_choosy(self) -> bool:
        """Whether an article has to be read before it is known if it belongs to the map."""
        return bool(self.first or self.last or self.regions or self.languages or self.every)


class Batch(NamedTuple):
    """The jobs of a plan or folder; ``out`` is None where nothing was said of it."""

    title: str
    jobs: list[Job]
    out: Path | None = None


def batch_of(path: Path, *, out: Path | None = None) -> Batch:
    """Return the jobs of a plan, or of a folder as ``jobs_in`` does.

    Raises:
        PlanError: the plan does not follow its schema, or there is nothing to draw.
    """
    if path.is_dir():
        return Batch("Maps", jobs_in(path, out=out))
    if path.suffix.lower() not in (".yml", ".yaml"):
        raise PlanError(f"{path}: neither a folder nor a plan; expected one with articles, or a file PLAN.yml")
    return jobs_of(read_plan(path), path)


def jobs_of(loaded: Loaded[Plan], path: Path) -> Batch:
    """Return the jobs of a plan that was read from ``path``.

    Raises:
        PlanError: a pattern finds no article, a list is missing, or two maps have one name.
    """
    plan, here = loaded.value, path.parent
    assert plan is not None, "read_plan raises where there is none"
    problems: list[str] = []
    jobs = [_planned(loaded, plan, at, here, problems) for at in range(len(plan.maps))]
    for name in _repeated(job.name for job in jobs):
        at = max(at for at, one in enumerate(plan.maps) if one.name.lower() == name)
        problems.append(f"{loaded.where('maps', at, 'name')}: {name} is the name of two maps, expected one each")
    if problems:
        raise PlanError("\n".join(dict.fromkeys(problems)))
    return Batch(plan.title, jobs, here / plan.out if plan.out else None)


def _planned(loaded: Loaded[Plan], plan: Plan, at: int, here: Path, problems: list[str]) -> Job:
    one: MapPlan = plan.maps[at]
    inner: tuple[str | int, ...] = ("maps", at) if one.articles else ()
    patterns = one.articles or plan.articles or []
    paths = [_found(here, pattern) for pattern in patterns]
    for number, (pattern, found) in enumerate(zip(patterns, paths, strict=True)):
        if not found:
            problems.append(f"{loaded.where(*inner, 'articles', number)}: {_nothing(here, pattern)}")
    listing = one.listing or plan.listing
    if listing and not (here / listing).is_file():
        spot = ("maps", at, "listing") if one.listing else ("listing",)
        problems.append(f"{loaded.where(*spot)}: {here / listing}: no such file, expected a list of articles")
    return Job(
        name=one.name,
        paths=tuple(path for found in paths for path in found),
        listing=here / listing if listing else None,
        date=plan.date,
        title=one.title or "",
        first=one.first,
        last=one.last,
        regions=tuple(one.regions),
        languages=tuple(one.languages),
        every=one.every,
        days=one.days or 0,
        formats=tuple(dict.fromkeys(one.formats or plan.formats)),
        lang=one.lang or plan.lang,
        url=plan.url,
        is_template=True,
        where=loaded.where("maps", at, "regions") if one.regions else "",
    )


def _found(here: Path, pattern: str) -> list[Path]:
    """Return the folder or file of that name, or else the files that a pattern finds, by name."""
    path = here / pattern
    if path.is_file() or (path.is_dir() and _articles(path)):
        return [path]
    found = (Path(each) for each in glob(str(path), recursive=True))
    return sorted(each for each in found if each.is_file() and each.suffix.lower() in ENDINGS)


def _nothing(here: Path, pattern: str) -> str:
    path = here / pattern
    if path.is_dir():
        return f"{path}: no article in this folder, expected {' '.join(ENDINGS)} files"
    names = [each.name for each in path.parent.iterdir()] if path.parent.is_dir() else []
    near = difflib.get_close_matches(path.name, names, n=1)
    hint = f"; did you mean {near[0]}?" if near else "; paths are relative to the plan"
    return f"{path}: found no such article, folder or pattern with articles{hint}"


def _repeated(names: Iterable[str]) -> list[str]:
    """Return the names that two maps have; the page of links has one of its own."""
    counts = Counter(["index", *(name.lower() for name in names)])
    return [name for name, count in counts.items() if count > 1]


# --- one map a day or week -------------------------------------------------------------------------------


def parts_of(job: Job, dates: Iterable[dt.date]) -> Iterator[Job]:
    """Yield the map itself, or of a series each of its maps, their names and titles filled in.

    Args:
        job: what a plan asks for.
        dates: publication dates of its articles, for a series without a first or last day.
    """
    known = sorted(dates)
    first = job.first or (known[0] if known else None)
    last = job.last or (known[-1] if known else None)
    if job.every is None:
        yield _filled(job, job.first, job.last)
    elif first is not None and last is not None:
        for end in _ends(job.every, first, last):
            days = job.days or {"day": 1, "week": 7}[job.every]
            start = end - dt.timedelta(days=days - 1)
            yield replace(_filled(job, start, end), first=start, last=end, every=None, is_part=True)


def _ends(every: Every, first: dt.date, last: dt.date) -> Iterator[dt.date]:
    """Yield the last day of each period; the last one may be shorter."""
    step = dt.timedelta(days={"day": 1, "week": 7}[every])
    end = first + step - dt.timedelta(days=1)
    while end < last:
        yield end
        end += step
    yield last


def _filled(job: Job, first: dt.date | None, last: dt.date | None) -> Job:
    if not job.is_template:
        return job
    words = {"date": str(last or ""), "from": str(first or ""), "to": str(last or "")}
    name, title = job.name.format(**words), job.title.format(**words)
    url = f"{job.url.rstrip('/')}/{quote(name)}.html" if job.url else ""
    return replace(job, name=name, title=title, url=url)


# --- a folder --------------------------------------------------------------------------------------------


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
