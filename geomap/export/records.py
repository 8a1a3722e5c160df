"""Records: one flat row of plain values for an event or a claim, the same words in every format."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from geomap.model import Article, Claim, Displacement, Event, Location, OtherEvent, PostReport

Record = dict[str, Any]

# What a way out may be called.
_WAYS_OUT = ("corridor", "passage", "route", "crossing")
# About a metre: finer digits would claim a precision that no gazetteer has.
_DECIMALS = 5


def event_record(event: Event) -> Record:
    """Return an event as a flat row; what the text does not say is None.

    ``date`` is the last day of the period (the day by which it was so); ``date_start`` and ``date_end`` are given
    where they differ. What is intended or projected is the ``category`` of an event with the ``subtype`` "planned";
    a way out that was agreed keeps its own: only ``modality`` says that nobody has gone it yet.
    """
    is_planned = event.modality in ("planned", "projected") and not _is_way_out(event)
    return {
        "family": event.family,
        "subtype": "planned" if is_planned else event.subtype,
        "category": event.subtype if is_planned else None,
        **_where(event.location, event.place_text),
        **_when(event),
        "actor": event.actor.name if event.actor else None,
        "opponent": event.opponent.name if event.opponent else None,
        "attributed_to": event.attributed_to or None,
        "source_side": event.source_side,
        "certainty": event.certainty,
        "modality": event.modality,
        "background": True if event.is_background else None,
        **_post(event),
        **_displacement(event),
        "details": _details(event),
        "trigger": event.trigger or None,
        "why": event.why or None,
        "start": event.evidence.start,
        "end": event.evidence.end,
    }


def _is_way_out(event: Event) -> bool:
    """Whether an event is a way out told without a figure: both its ends, or its start and what it is called."""
    if not isinstance(event, Displacement) or event.subtype != "evacuation" or event.quantity.value is not None:
        return False
    is_called = event.trigger.lower().rstrip("s") in _WAYS_OUT
    return event.origin is not None and (event.destination is not None or is_called)


def reasons_record(event: Event) -> Record:
    """Return the reasons of an event by what they are about; several of one kind are joined."""
    told: dict[str, str] = {}
    for about, text in event.reasons:
        told[about] = f"{told[about]}; {text}" if about in told else text
    return told


def claim_record(claim: Claim, articles: Mapping[str, Article]) -> Record:
    """Return a claim as a flat row: its leading event, who reported it, and the sentence."""
    event = claim.event
    sources = dict.fromkeys(_source(articles.get(report.evidence.article_id)) for report in claim.reports)
    return {
        "id": claim.id,
        "fact": claim.fact,
        **event_record(event),
        "article": event.evidence.article_id,
        "quote": event.evidence.sentence,
        "sources": "; ".join(source for source in sources if source) or None,
        "report_count": len(claim.reports),
    }


def report_record(report: Event, articles: Mapping[str, Article]) -> Record:
    """Return one report of a claim: the article, who says so, and where it is written."""
    article = articles.get(report.evidence.article_id)
    return {
        "article": report.evidence.article_id,
        **{key: getattr(article, key, "") for key in ("title", "source", "agency", "url")},
        "published": article.date.isoformat() if article and article.date else None,
        "attributed_to": report.attributed_to or None,
        "certainty": report.certainty,
        "quote": report.evidence.sentence,
        "start": report.evidence.start,
        "end": report.evidence.end,
    }


def links_record(event: Event) -> Record:
    """Return what a program needs to draw the event again: ids of its parties, kind and reach of its places."""
    parties = {"actor": event.actor, "opponent": event.opponent}
    ends: dict[str, Location | None] = {}
    if isinstance(event, PostReport):
        parties["owner"] = event.owner
    if isinstance(event, Displacement):
        ends = {"from_": event.origin, "to_": event.destination}
    ids = {f"{role}_id": (party.id or None) if party else None for role, party in parties.items()}
    record: Record = {**ids, **_reach("", event.location)}
    for prefix, location in ends.items():
        place = location.place.id if location else None
        precision = location.geo_precision if location else None
        record |= {f"{prefix}place_id": place, f"{prefix}geo_precision": precision, **_reach(prefix, location)}
    return record


def _reach(prefix: str, location: Location | None) -> Record:
    kind, radius = (location.place.kind, location.radius_km or None) if location else (None, None)
    return {f"{prefix}place_kind": kind, f"{prefix}radius_km": radius}


def without_absent(record: Record) -> Record:
    """Return the record without the values that the text does not say."""
    return {key: value for key, value in record.items() if value is not None}


def rounded(degrees: float) -> float:
    """Return degrees as written in files."""
    return round(degrees, _DECIMALS)


def _where(location: Location | None, place_text: str) -> Record:
    if location is None:
        absent = dict.fromkeys(("place_id", "lat", "lon", "geo_precision", "admin1", "country"))
        return {"place": place_text or None, **absent, **_source_of("place", None)}
    return {
        "place": location.name,
        "place_id": location.place.id,
        "lat": rounded(location.point.lat),
        "lon": rounded(location.point.lng),
        "geo_precision": location.geo_precision,
        "admin1": location.place.admin1 or None,
        "country": location.place.country or None,
        **_source_of("place", location),
    }


def _source_of(name: str, location: Location | None) -> Record:
    """Return where a place is from that is in none of the gazetteers, and who has to be named for it."""
    place = location.place if location is not None and location.place.attribution else None
    return {
        f"{name}_note": (place.note or None) if place else None,
        f"{name}_attribution": place.attribution if place else None,
    }


def _when(event: Event) -> Record:
    first, last = event.when.start, event.when.end
    is_period = first is not None and last is not None and first != last
    day = last or first
    return {
        "date": day.isoformat() if day else None,
        "date_start": first.isoformat() if first and is_period else None,
        "date_end": last.isoformat() if last and is_period else None,
        "time_precision": event.when.precision if day else None,
        "date_text": event.when.text or None,
    }


def _post(event: Event) -> Record:
    """Return what is known of a post; a post's ``quantity`` is how many posts."""
    if not isinstance(event, PostReport):
        return dict.fromkeys(("kind", "owner", "count", "count_text", "quantity"))
    return {
        "kind": event.kind,
        "owner": event.owner.name if event.owner else None,
        "count": event.count,
        "count_text": event.count_text or None,
        "quantity": event.count,
    }


def _displacement(event: Event) -> Record:
    if not isinstance(event, Displacement):
        return {}
    figure = event.quantity
    return {
        "quantity": _number(figure.value),
        "quantity_low": _number(figure.low),
        "quantity_high": _number(figure.high),
        "quantifier": figure.quantifier,
        "quantity_text": figure.text or None,
        "unit": event.unit,
        "term": event.term or None,
        **_end("from", event.origin),
        **_end("to", event.destination),
    }


def details_text(details: Mapping[str, Any]) -> str:
    """Return details for a single cell.

    >>> details_text({"means": "drones", "killed": 3})
    'means: drones; killed: 3'
    """
    return "; ".join(f"{name}: {value}" for name, value in details.items())


def _details(event: Event) -> Record | None:
    return dict(event.details) or None if isinstance(event, OtherEvent) else None


def _ends_keys(name: str) -> tuple[str, str, str]:
    return name, f"{name}_lat", f"{name}_lon"


def _end(name: str, location: Location | None) -> Record:
    if location is None:
        return {**dict.fromkeys(_ends_keys(name)), **_source_of(name, None)}
    values = (location.name, rounded(location.point.lat), rounded(location.point.lng))
    return {**dict(zip(_ends_keys(name), values, strict=True)), **_source_of(name, location)}


def _number(value: float | None) -> float | int | None:
    """Return whole numbers without a decimal point."""
    return int(value) if value is not None and value == int(value) else value


def _source(article: Article | None) -> str:
    """Return how a reader would cite the article: "The Daily (Agency)"."""
    if article is None:
        return ""
    name = article.source or article.agency or article.id
    return f"{name} ({article.agency})" if article.agency and article.agency != name else name
