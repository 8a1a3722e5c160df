"""Cluster: a corpus of any size, read part by part on a Dask cluster, or in this process.

    addresses --parts_of--> Part --read_part--> part-000000-<hash>.jsonl or .parquet, and a manifest of them

A document is ``{doc_id, text, date?, title?, source?, url?}``. Each is read alone: what many say of one thing has
one ``fact``, and is not merged. The bytes written depend on the corpus, geomap and the gazetteer, not on who reads.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from geomap.batch.cluster.dispatch import cluster_at, results_of
from geomap.batch.cluster.parts import Part, parts_of
from geomap.batch.cluster.store import Folder
from geomap.batch.cluster.work import STATES, PartResult, Settings, done_before, read_part, version_here
from geomap.documents import document_reader
from geomap.errors import PlanError
from geomap.extractors import DEFAULT

__all__ = ["FORMATS", "PART_MB", "Corpus", "PartResult", "run_corpus"]

FORMATS = ("jsonl", "parquet")
# Large enough that a part's overhead does not count, small enough that a lost one costs a worker two minutes.
PART_MB = 8.0
_MANIFEST = f"{STATES}/manifest.json"


@dataclass(frozen=True, slots=True)
class Corpus:
    """How a run went: its parts in order of the corpus, those done by an earlier run among them."""

    parts: tuple[PartResult, ...]
    seconds: float

    @property
    def articles(self) -> int:
        """Documents of all parts."""
        return sum(part.articles for part in self.parts)

    @property
    def articles_read(self) -> int:
        """Documents read by this run."""
        return sum(part.articles for part in self.parts if part.is_new)

    @property
    def events(self) -> int:
        """Events of all parts."""
        return sum(part.events for part in self.parts)

    @property
    def bad(self) -> int:
        """Documents that gave no answer but an error."""
        return sum(part.bad for part in self.parts)

    @property
    def skipped(self) -> int:
        """Parts that an earlier run had done."""
        return sum(not part.is_new for part in self.parts)

    @property
    def problems(self) -> tuple[str, ...]:
        """What is wrong: parts without a result, then the first bad documents of each part."""
        failed = [part.error for part in self.parts if part.error]
        return (*failed, *(problem for part in self.parts for problem in part.problems))


def run_corpus(
    inputs: Sequence[str],
    out: str,
    *,
    scheduler: str | None = None,
    workers: int = 1,
    fmt: str = "jsonl",
    part_mb: float = PART_MB,
    gazetteer_dir: Path | None = None,
    extractors: Sequence[str] = DEFAULT,
    each: Callable[[PartResult], None] = lambda part: None,
) -> Corpus:
    """Read a corpus into the folder ``out``, and return how it went; a run that was ended goes on where it was.

    Args:
        inputs: addresses of JSON lines or Parquet: files, folders or patterns, as ``s3://news/2020/*.jsonl``.
        out: address of the folder; ``part-*.jsonl`` has a line an article, in the order and words of ``geomap
            extract -``, ``part-*.parquet`` a row an event, as ``geomap.extract_frame``.
        scheduler: ``tcp://host:8786``, ``local`` for a cluster of ``workers`` processes, None for this process.
        workers: of a local cluster. With it, call this where ``__name__ == "__main__"``.
        fmt: ``jsonl`` or ``parquet``.
        part_mb: how much of an uncompressed file of lines is one task, in MB; of Parquet it is a row group.
        gazetteer_dir: curated data, the same path on every machine; None for geomap's own.
        extractors: names of those that read the events, see ``geomap.extractors.chosen``.
        each: called with each part once it is done.

    Raises:
        GazetteerError: the gazetteer cannot be loaded.
        PlanError: nothing is at an address, no scheduler answers, a worker has another version of something, or
            Dask is not installed.
        RenderError: the folder cannot be written.
    """
    check_installed(scheduler)
    if fmt not in FORMATS:
        raise PlanError(f"{fmt}: not a format of a corpus; expected one of {', '.join(FORMATS)}")
    began = time.perf_counter()
    reader = document_reader(gazetteer_dir, extractors)
    version = version_here(reader)
    settings = Settings(
        out=out, fmt=fmt, gazetteer_dir=gazetteer_dir, extractors=tuple(extractors), version=version
    )
    parts = parts_of(inputs, max(1, int(part_mb * 1e6)), f"{version} {fmt} {' '.join(extractors)}")
    folder = Folder(out)
    done = _done(folder, parts, fmt)
    missing = [part for part in parts if part.name not in done]
    for result in _results(missing, settings, scheduler, workers):
        done[result.name] = result
        each(result)
    corpus = Corpus(tuple(done[part.name] for part in parts), time.perf_counter() - began)
    _finish(folder, parts, corpus, settings)
    return corpus


def check_installed(scheduler: str | None) -> None:
    """Raise a PlanError where a package that a corpus needs is not installed."""
    needed = ["fsspec", "pyarrow", *(["dask", "distributed"] if scheduler is not None else [])]
    missing = [name for name in needed if find_spec(name) is None]
    if missing:
        raise PlanError(f"a corpus needs the package {' and '.join(missing)}: pip install 'geomap[cluster]'")


def _results(
    parts: Sequence[Part], settings: Settings, scheduler: str | None, workers: int
) -> Iterator[PartResult]:
    """Yield the results as they come."""
    if scheduler is None or not parts:
        yield from (read_part(part, settings) for part in parts)
        return
    with cluster_at(scheduler, workers) as client:
        yield from results_of(client, parts, settings)


def _done(folder: Folder, parts: Sequence[Part], fmt: str) -> dict[str, PartResult]:
    """Return the parts whose result is there from an earlier run, by name."""
    there = folder.names()
    return done_before(folder, [part.name for part in parts if f"{part.name}.{fmt}" in there])


def _finish(folder: Folder, parts: Sequence[Part], corpus: Corpus, settings: Settings) -> None:
    """Write the manifest; remove what the one before names and nothing is true of any more."""
    entries = [
        {
            "file": f"{result.name}.{settings.fmt}",
            "input": part.address,
            "start": part.start,
            "end": part.end,
            "articles": result.articles,
            "events": result.events,
            "bad": result.bad,
            "error": result.error,
        }
        for part, result in zip(parts, corpus.parts, strict=True)
    ]
    before = folder.read_json(_MANIFEST) or {}
    current = {entry["file"] for entry in entries}
    for file in (entry["file"] for entry in before.get("parts", ()) if entry["file"] not in current):
        folder.remove(file)
        folder.remove(f"{STATES}/{file.rsplit('.', 1)[0]}.json")
    totals = {"articles": corpus.articles, "events": corpus.events, "bad": corpus.bad}
    told = {"version": settings.version, "format": settings.fmt, "extractors": list(settings.extractors)}
    folder.write_json(_MANIFEST, {**told, **totals, "parts": entries})
