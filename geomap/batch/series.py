"""Series: which maps does a job with ``every`` ask for, and what are they called?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import replace

from geomap.batch.job import Every, Job, page_url


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
    return replace(job, name=name, title=title, url=page_url(job.url, name))
