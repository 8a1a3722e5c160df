"""JSON lines: what was read from one article, as one object."""

from __future__ import annotations

from collections.abc import Sequence

from geomap.export.records import Record, event_record, reasons_record, rounded, without_absent
from geomap.model import Article, Event, Issue, Location, Span
from geomap.reading import CURATOR_KINDS


def article_line(
    article: Article,
    locations: Sequence[Location],
    events: Sequence[Event],
    issues: Sequence[Issue],
    *,
    with_reasons: bool = False,
) -> Record:
    """Return ``{doc_id, toponyms, events, issues}`` of one article; what is only denied is no event.

    ``with_reasons`` adds to each event ``reasons``, why each part of it is as it is.
    """
    line: Record = {"doc_id": article.id, "toponyms": toponyms(article, locations, issues)}
    if article.same_as is not None:
        line["same_as"] = article.same_as
    line["events"] = [_event(event, with_reasons) for event in events if event.modality != "denied"]
    line["issues"] = [_issue(issue) for issue in issues]
    return line


def _event(event: Event, with_reasons: bool) -> Record:
    record = without_absent(event_record(event))
    return {**record, "reasons": reasons_record(event)} if with_reasons and event.reasons else record


def toponyms(article: Article, locations: Sequence[Location], issues: Sequence[Issue] = ()) -> list[Record]:
    """Return where each name is, in order of the text; the point is the named place's own.

    "15 km east of Idlib city" gives the toponym "Idlib city" at Idlib. A name that an issue says is in no
    gazetteer, or means none of its places clearly, has no point.
    """
    # Who reads the name and who reads the event may both miss it.
    spans = (each.span for each in issues if each.kind in CURATOR_KINDS)
    unplaced = dict.fromkeys(span for span in spans if span is not None)
    found = [without_absent(_toponym(location)) for location in locations]
    found += [_unplaced(article, span) for span in unplaced if not _is_among(span, locations)]
    return sorted(found, key=lambda toponym: int(toponym["start"]))


def _unplaced(article: Article, span: Span) -> Record:
    return {"start": span.start, "end": span.end, "text": article.text[span.start : span.end], "role": "place"}


def _is_among(span: Span, locations: Sequence[Location]) -> bool:
    return any(each.mention.start < span.end and span.start < each.mention.end for each in locations)


def _toponym(location: Location) -> Record:
    mention, place = location.mention, location.place
    return {
        "start": mention.start,
        "end": mention.end,
        "text": mention.text,
        "lat": rounded(place.point.lat),
        "lon": rounded(place.point.lng),
        "place_id": place.id,
        "geonameid": place.geonameid,
        "score": round(location.score, 3),
        "role": mention.role,
        "attribution": place.attribution or None,
        "note": (place.note or None) if place.attribution else None,
    }


def _issue(issue: Issue) -> Record:
    line: Record = {"kind": issue.kind, "message": issue.message}
    if issue.span is not None:
        line |= {"start": issue.span.start, "end": issue.span.end}
    return line
