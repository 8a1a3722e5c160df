"""Cluster: what ``geomap batch --scheduler`` does: a corpus read by Dask workers, here or elsewhere."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from geomap.cli.console import complain, counted, gazetteer_dir, progress, put, say
from geomap.errors import PlanError

if TYPE_CHECKING:
    from geomap.batch.cluster import Corpus

# Spelled out again (geomap.batch.cluster has them too) so that --help needs no import; a test compares the two.
FORMATS = ("jsonl", "parquet")
# What is wrong with more documents than this is in the files, and no longer of use on a terminal.
_MOST_SHOWN = 20


def add_cluster_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of a cluster."""
    group = parser.add_argument_group(
        "a corpus on a cluster",
        "the source is then an address of JSON lines or Parquet {doc_id, text, date?, title?, source?, url?}: "
        "a file, folder or pattern (file://, s3://, gs:// ...), and so is -o",
    )
    group.add_argument("--scheduler", metavar="ADDRESS", help="tcp://host:8786 of a Dask cluster, or local")
    group.add_argument(
        "--as", dest="parts_as", choices=FORMATS, help="a line an article, or a row an event (default: jsonl)"
    )
    group.add_argument("--part-mb", type=_megabytes, metavar="MB", help="text that is one task (default: 8)")


def run_on_cluster(args: argparse.Namespace, source: str, out: str) -> int:
    """Read the corpus, print the folder of results, and say how it went; return the exit code."""
    from geomap.batch.cluster import PART_MB, run_corpus
    from geomap.extractors import DEFAULT

    if args.online:
        raise PlanError("--online does not go with --scheduler: no service takes the questions of a whole cluster")
    with progress("Reading parts") as step:
        corpus = run_corpus(
            [source],
            out,
            scheduler=args.scheduler,
            workers=args.workers,
            fmt=args.parts_as or FORMATS[0],
            part_mb=args.part_mb or PART_MB,
            gazetteer_dir=gazetteer_dir(args),
            extractors=args.extractors or DEFAULT,
            each=lambda part: step(),
        )
    put(f"{out}\n")
    return _report(corpus)


def _report(corpus: Corpus) -> int:
    for problem in corpus.problems[:_MOST_SHOWN]:
        complain(problem)
    if len(corpus.problems) > _MOST_SHOWN:
        complain(f"and {counted(len(corpus.problems) - _MOST_SHOWN, 'problem')} more")
    parts = f"{counted(len(corpus.parts), 'part')} ({corpus.skipped} done before)"
    rate = f", {corpus.articles_read / corpus.seconds:.1f} articles/s" if corpus.articles_read else ""
    say(
        f"{parts}: {counted(corpus.articles, 'article')}, {counted(corpus.events, 'event')}, {corpus.bad} bad{rate}"
    )
    return 1 if corpus.problems or corpus.bad else 0


def _megabytes(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 0 < value <= 1024:
        raise argparse.ArgumentTypeError(f"{text!r} is not a size in megabytes: try 8")
    return value
