"""geomap extract: the events as data, from files or as a Unix filter over JSON lines."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geomap.cli.console import (
    Commands,
    add_article_arguments,
    list_issues,
    load_gazetteer,
    progress,
    put,
    say,
    summary,
)
from geomap.cli.extractors import add_extractors_argument, chosen_extractors
from geomap.cli.jsonlines import Document, answer_groups, documents
from geomap.cli.online import add_online_arguments, opened_online
from geomap.errors import PlanError

if TYPE_CHECKING:
    from geomap.extractors import Extractor
    from geomap.gazetteer import Gazetteer
    from geomap.online import Resolver
    from geomap.reading import ArticleReading, Reading

# Spelled out again (export has them too) so that --help needs no import; a test compares the two.
FORMATS = ("geojson", "csv", "jsonl", "gpkg", "parquet", "kml")


def add_to(commands: Commands, parents: list[argparse.ArgumentParser]) -> None:
    """Add the command."""
    about = "write the events as data"
    parser = commands.add_parser("extract", help=about, description=about, parents=parents)
    add_article_arguments(
        parser, "files or folders; - reads JSON lines {doc_id, text, date?, title?, source?, url?}"
    )
    parser.add_argument("--format", choices=FORMATS, help="default: by -o's ending, else jsonl for - and geojson")
    parser.add_argument("-o", "--out", type=Path, metavar="FILE", help="default: stdout")
    parser.add_argument("--why", action="store_true", help="tell why each event is there: as a table, or in jsonl")
    add_extractors_argument(parser)
    add_online_arguments(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Write the events of the articles and list the problems."""
    fmt = chosen_format(args)
    extractors = chosen_extractors(args)
    with opened_online(args) as online:
        if args.articles == ["-"] and fmt == "jsonl" and args.out is None:
            gazetteer = load_gazetteer(args)
            return answer_groups(_answers(gazetteer, online, extractors, args.why), is_debug=args.debug)
        reading, bad = _read(args, online, extractors, all_places=fmt == "jsonl")
    _write(reading, fmt, args)
    say(summary(reading))
    return 1 if list_issues(reading.problems) + bad else 0


def chosen_format(args: argparse.Namespace) -> str:
    """Return the format asked for; a binary one needs a file. With ``--why`` it is a table where none is asked for.

    Raises:
        PlanError: the arguments do not go together.
    """
    ending = args.out.suffix.lstrip(".").lower() if args.out else ""
    by_ending = ending if ending in FORMATS else ""
    default = "jsonl" if args.articles == ["-"] else "table" if args.why else "geojson"
    fmt: str = args.format or by_ending or default
    if args.why and fmt not in ("jsonl", "table"):
        raise PlanError(
            f"--why goes with --format jsonl, or with none for a table; {fmt} keeps a short reason anyway"
        )
    if args.out is None and fmt in ("gpkg", "parquet", "kml"):
        raise PlanError(f"--format {fmt} is written to a file: add -o events.{fmt}")
    if "-" in args.articles and len(args.articles) > 1:
        raise PlanError("- reads standard input and stands alone: name either - or files")
    return fmt


def _read(
    args: argparse.Namespace, online: Resolver | None, extractors: tuple[Extractor, ...] | None, all_places: bool
) -> tuple[Reading, int]:
    """Return what was read, and how many lines of standard input were no document."""
    from geomap.pipeline import read_and_run, run
    from geomap.read import read_document

    gazetteer = load_gazetteer(args)
    if args.articles == ["-"]:
        articles, bad = documents(read_document)
        return run(articles, gazetteer, online=online, extractors=extractors, all_places=all_places), bad
    paths = [Path(article) for article in args.articles]
    with progress("Reading articles") as step:
        reading = read_and_run(
            paths,
            gazetteer,
            listing=args.listing,
            date=args.date,
            each=lambda article: step(),
            online=online,
            extractors=extractors,
            all_places=all_places,
        )
    return reading, 0


def _write(reading: Reading, fmt: str, args: argparse.Namespace) -> None:
    from geomap.export import events_text, write_events
    from geomap.files import write_text

    if fmt in ("jsonl", "table"):
        text = _lines(reading, args.why) if fmt == "jsonl" else _tables(reading)
    elif args.out is not None:
        write_events(reading.timeline, reading.articles, fmt, args.out)
        return
    else:
        text = events_text(reading.timeline, reading.articles, fmt)
    if args.out is None:
        put(text)
    else:
        write_text(args.out, text)


def _lines(reading: Reading, is_why: bool) -> str:
    from geomap.export import to_json

    return "".join(to_json(_line(part, is_why)) + "\n" for part in reading.parts)


def _tables(reading: Reading) -> str:
    from geomap.export import reasons_table

    return "\n".join(reasons_table(part.article, part.events) for part in reading.parts)


def _answers(
    gazetteer: Gazetteer, online: Resolver | None, extractors: tuple[Extractor, ...] | None, is_why: bool
) -> Callable[[Sequence[Document]], list[Document | Exception]]:
    """Return what answers a few documents."""
    from geomap.documents import DocumentReader
    from geomap.extractors import chosen

    reader = DocumentReader(gazetteer, chosen() if extractors is None else extractors, online)

    def answers(documents: Sequence[Document]) -> list[Document | Exception]:
        readings = reader.read_group(documents, all_places=True)
        return [each if isinstance(each, Exception) else _line(each, is_why) for each in readings]

    return answers


def _line(part: ArticleReading, is_why: bool) -> dict[str, Any]:
    from geomap.export import article_line

    return article_line(part.article, part.named, part.events, part.issues, with_reasons=is_why)
