"""geomap locate: where is a name, and why there; as a filter, where are the names of each document."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from geomap.cli.console import Commands, complain, load_gazetteer, put, put_json
from geomap.cli.jsonlines import answer_each
from geomap.cli.online import add_online_arguments, opened_online

if TYPE_CHECKING:
    from geomap.gazetteer import Gazetteer
    from geomap.model import Place, Span
    from geomap.online import Resolver


# Candidates that are shown; further ones are ever less likely.
_MOST = 20


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a name may mean, how likely it is (None where that is not known), and why."""

    place: Place
    score: float | None
    why: str


def add_to(commands: Commands, parents: list[argparse.ArgumentParser]) -> None:
    """Add the command."""
    about = "tell where a name is, and why there"
    parser = commands.add_parser("locate", help=about, description=about, parents=parents)
    parser.add_argument(
        "name", metavar="NAME", help="a name, or NAME, AREA; - reads JSON lines {doc_id, text, spans?}"
    )
    parser.add_argument("--format", choices=("table", "jsonl"), help="default: table for a NAME, jsonl for -")
    parser.add_argument("--why", action="store_true", help="tell what spoke for each place; of a NAME always")
    add_online_arguments(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print the places of one name, or answer each document on stdin."""
    with opened_online(args) as online:
        gazetteer = load_gazetteer(args)
        if args.name == "-":
            return answer_each(
                lambda document: _line_of(document, gazetteer, args.why, online), is_debug=args.debug
            )
        places, code = _places(args.name, gazetteer, online)
    return put_places(args.name, places, args.format or "table") or code


def _places(name: str, gazetteer: Gazetteer, online: Resolver | None) -> tuple[list[Candidate], int]:
    """Return the places of the name, those found online first where no gazetteer has it, and the exit code."""
    known = candidates(name, gazetteer)
    if online is None or gazetteer.places_named(name):
        return known, 0
    found, failure = online.places_named(name)
    if failure:
        complain(failure)
    first = [Candidate(place, None, why) for place, why in found]
    return (first + known)[:_MOST], 1 if failure else 0


def put_places(name: str, places: list[Candidate], fmt: str) -> int:
    """Print the places with the reasons for their ranks; return 1 where there are none."""
    if not places:
        complain(f"{name}: no gazetteer has this name: try another spelling")
        return 1
    show = _put_lines if fmt == "jsonl" else _put_table
    show(places)
    return 0


def candidates(name: str, gazetteer: Gazetteer) -> list[Candidate]:
    """Return the places that the name alone can mean, likeliest first; of an unknown name those spelt like it."""
    from geomap.geocode.explain import explain

    found = [Candidate(*each) for each in explain(name, gazetteer)]
    found = found or [Candidate(place, None, why) for place, why in gazetteer.lookup(name)]
    return found[:_MOST]


def _put_table(places: list[Candidate]) -> None:
    header = ("id", "name", "kind", "lat", "lon", "within", "people", "score", "why")
    rows = [header, *(_row(each) for each in places)]
    widths = [max(len(row[i]) for row in rows) for i in range(len(header))]
    put("".join(_padded(row, widths) + "\n" for row in rows))


def _row(candidate: Candidate) -> tuple[str, ...]:
    place = candidate.place
    within = ", ".join(part for part in (place.admin1, place.country.upper()) if part)
    people = f"{place.population:,}" if place.population else "-"
    score = "-" if candidate.score is None else f"{candidate.score:.2f}"
    point = (f"{place.point.lat:.4f}", f"{place.point.lng:.4f}")
    return (place.id, place.name, place.kind, *point, within, people, score, candidate.why)


def _padded(row: tuple[str, ...], widths: list[int]) -> str:
    return "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


def _put_lines(places: list[Candidate]) -> None:
    for each in places:
        place = each.place
        record = {"place_id": place.id, "name": place.name, "kind": place.kind, "geonameid": place.geonameid}
        point = {"lat": place.point.lat, "lon": place.point.lng}
        within = {"admin1": place.admin1, "country": place.country, "population": place.population}
        put_json({**record, **point, **within, "score": each.score, "why": each.why})


def _line_of(
    document: dict[str, Any], gazetteer: Gazetteer, is_why: bool, online: Resolver | None
) -> dict[str, Any]:
    from geomap.export import toponyms
    from geomap.model import Article
    from geomap.pipeline import locate_all

    article = Article(id=str(document["doc_id"]), text=document["text"])
    locations, issues = locate_all(article, gazetteer, _spans(document), online)
    found = toponyms(article, locations, issues)
    if is_why:
        reasons = {each.mention.start: each.why for each in locations}
        reasons |= {each.span.start: each.message for each in issues if each.span is not None}
        found = [{**toponym, "why": reasons[toponym["start"]]} for toponym in found]
    line = {"doc_id": document["doc_id"], "toponyms": found}
    failures = [{"kind": each.kind, "message": each.message} for each in issues if each.kind == "online"]
    return {**line, "issues": failures} if failures else line


def _spans(document: dict[str, Any]) -> list[Span] | None:
    """Return the names given with the document, None where they are to be recognised."""
    from geomap.errors import ArticleError
    from geomap.model import Span

    if document.get("spans") is None:
        return None
    length = len(document["text"])
    try:
        spans = [Span(int(span["start"]), int(span["end"])) for span in document["spans"]]
    except (TypeError, KeyError, ValueError):
        raise ArticleError("spans: expected a list of {start, end}, character offsets into the text") from None
    outside = [span for span in spans if not 0 <= span.start < span.end <= length]
    if outside:
        raise ArticleError(f"spans: {tuple(outside[0])} is not in the text of {length} characters")
    return spans
