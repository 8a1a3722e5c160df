"""Known: which articles do the jobs of a run read, and what is known of each?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from geomap.batch.articles import ArticleFile, Source, files_of
from geomap.batch.context import Context
from geomap.batch.job import Job
from geomap.batch.reads import Summary
from geomap.batch.store import Store
from geomap.model import Issue


@dataclass(slots=True)
class Known:
    """The articles of all jobs.

    Attributes:
        sources: the files of each source in order, and what is wrong with its folders.
        summaries: of those that were read, by key; unread: the others.
    """

    sources: dict[Source, tuple[list[ArticleFile], list[Issue]]] = field(default_factory=dict)
    summaries: dict[str, Summary] = field(default_factory=dict)
    unread: dict[str, ArticleFile] = field(default_factory=dict)

    def of(self, job: Job) -> tuple[list[ArticleFile], list[Issue]]:
        """Return the files that a job chooses from, and what is wrong with its folders."""
        return self.sources[source_of(job)]

    def unread_of(self, job: Job) -> int:
        """Return how many of a job's articles were not read."""
        return sum(file.key in self.unread for file in self.of(job)[0])

    def files(self) -> Iterator[ArticleFile]:
        """Yield each article once, in order."""
        yield from {file.key: file for files, _ in self.sources.values() for file in files}.values()


def source_of(job: Job) -> Source:
    """Return where a job's articles are from."""
    return Source(job.paths, job.listing, job.date)


def known_articles(jobs: Iterable[Job], store: Store, context: Context) -> Known:
    """Return the articles of the jobs, and which of them were read before.

    Raises:
        PlanError: a list of articles does not follow its schema, or names an article that does not exist.
    """
    known = Known()
    for source in dict.fromkeys(map(source_of, jobs)):
        known.sources[source] = files_of(source, context.reading)
        for file in known.sources[source][0]:
            if file.key in known.summaries or file.key in known.unread:
                continue
            summary = store.summary(file.key)
            if summary is None:
                known.unread[file.key] = file
            else:
                known.summaries[file.key] = summary
    return known
