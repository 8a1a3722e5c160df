"""Select: which articles are on which map, and which are on none although a reader would expect them?"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from geomap.batch.articles import ArticleFile
from geomap.batch.job import Job
from geomap.batch.known import Known
from geomap.batch.reads import Summary
from geomap.batch.series import parts_of
from geomap.batch.work import Drawing
from geomap.model import Issue

Regions = Mapping[str, frozenset[str]]


class _At(NamedTuple):
    """An article and its place in order, which no other one has."""

    place: int
    file: ArticleFile


def drawings_of(jobs: Sequence[Job], known: Known, regions: Regions, out: Path) -> list[Drawing]:
    """Return the maps of the jobs, those of a series one by one, with the articles that belong to each.

    Of a series the days and weeks without articles have no map. A map, or a whole series, that no article belongs
    to is there, and has the reason among its problems.

    Args:
        jobs: what a plan asks for.
        known: their articles; one that was not read, as in a dry run, is on every map that asks for no date.
        regions: what an event in each region that the jobs name is in.
        out: the folder of maps.
    """
    return [drawing for job in jobs for drawing in _of_job(job, known, regions, out)]


def left_out(jobs: Sequence[Job], known: Known, drawings: Sequence[Drawing]) -> list[str]:
    """Return what is wrong with articles that no map shows, and none tells of: a line each."""
    shown = {file.key for drawing in drawings for file in drawing.files}
    told = {issue.message for drawing in drawings for issue in drawing.problems}
    problems = []
    for file in known.files():
        summary = known.summaries.get(file.key)
        if summary is None or file.key in shown:
            continue
        problem = summary.problem or ("" if summary.date else _undated(file))
        if problem and problem not in told:
            problems.append(problem)
    for job in jobs:
        problems += [issue.message for issue in known.of(job)[1] if issue.message not in told]
    return list(dict.fromkeys(problems))


def _undated(file: ArticleFile) -> str:
    return (
        f"{file.path}: no publication date found, it is on no map that asks for dates: give it in the plan or in a "
        "list of articles"
    )


def _of_job(job: Job, known: Known, regions: Regions, out: Path) -> Iterator[Drawing]:
    files, issues = known.of(job)
    chosen = _Chosen(job, files, known.summaries, regions)
    found = [(part, chosen.of(part)) for part in parts_of(job, chosen.days)]
    of_series = [(part, its) for part, its in found if its] if job.every else found
    for part, its in of_series or [(job, [])]:
        # Of a series each map would tell what is wrong: it is told once, see ``left_out``.
        problems = [] if its or not files else [_none_belongs(job, len(files))]
        problems += [] if part.is_part else [*issues, *_unreadable(files, known)]
        yield Drawing(part, out, tuple(its), tuple(problems))


def _unreadable(files: Sequence[ArticleFile], known: Known) -> Iterator[Issue]:
    for file in files:
        summary = known.summaries.get(file.key)
        if summary is not None and summary.problem:
            yield Issue("unreadable", file.id, summary.problem)


class _Chosen:
    """The articles that a job's regions and languages let in, by their dates."""

    def __init__(
        self, job: Job, files: Sequence[ArticleFile], summaries: Mapping[str, Summary], regions: Regions
    ) -> None:
        asked = frozenset[str]().union(*(regions[region] for region in job.regions))
        told = ((at, file, summaries.get(file.key)) for at, file in enumerate(files))
        taken = [
            (summary.date if summary is not None else None, _At(at, file))
            for at, file, summary in told
            if summary is None or _is_taken(job, summary, asked)
        ]
        self._job = job
        self._undated = [found for date, found in taken if date is None]
        dated = sorted((date, found) for date, found in taken if date is not None)
        self._dates, self._dated = [date for date, _ in dated], [found for _, found in dated]

    @property
    def days(self) -> list[dt.date]:
        """The dates of the articles, in order."""
        return self._dates[self._between(self._job)]

    def of(self, job: Job) -> list[ArticleFile]:
        """Return the articles of a map in order; one without a date is on none that asks for dates."""
        found = self._dated[self._between(job)]
        found += [] if job.first or job.last else self._undated
        return [each.file for each in sorted(found)]

    def _between(self, job: Job) -> slice:
        first = bisect_left(self._dates, job.first) if job.first else 0
        return slice(first, bisect_right(self._dates, job.last) if job.last else len(self._dates))


def _is_taken(job: Job, summary: Summary, asked: frozenset[str]) -> bool:
    """Whether an article belongs to a map, whatever its date."""
    if summary.problem or (job.languages and summary.language not in job.languages):
        return False
    return not job.regions or not asked.isdisjoint(summary.regions)


def _none_belongs(job: Job, count: int) -> Issue:
    """Return that no article belongs to a map, and what would."""
    asked = ["published"] if job.first or job.last else []
    asked += [f"from {job.first}"] if job.first else []
    asked += [f"to {job.last}"] if job.last else []
    asked += [f"in {' or '.join(job.languages)}"] if job.languages else []
    asked += [f"with an event in {' or '.join(job.regions)}"] if job.regions else []
    words = " ".join(asked) or "with a date"
    return Issue("empty", "", f"found none among its articles ({count}), expected some {words}")
