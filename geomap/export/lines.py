"""JSON lines: what was read from one article, as one object."""

from __future__ import annotations

from collections.abc import Sequence

from geomap.export.records import Record, event_record, rounded, without_absent
from geomap.model import Article, Event, Issue, Location


def article_line(
    article: Article, locations: Sequence[Location], events: Sequence[Event], issues: Sequence[Issue]
) -> Record:
    """Return ``{doc_id, toponyms, events, issues}`` of one article; what is only denied is no event."""
    line: Record = {"doc_id": article.id, "toponyms": toponyms(locations)}
    if article.same_as is not None:
        line["same_as"] = article.same_as
    line["events"] = [without_absent(event_record(event)) for event in events if event.modality != "denied"]
    line["issues"] = [_issue(issue) for issue in issues]
    return line


def toponyms(locations: Sequence[Location]) -> list[Record]:
    """Return where each name is, in order of the text; the point is the named place's own.

    "15 km east of Idlib city" gives the toponym "Idlib city" at Idlib.
    """
    return [without_absent(_toponym(location)) for location in locations]


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
