"""Combine: what do the reports of one claim say together: how sure, and when?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace

from geomap.model import Article, Certainty, Event

_SURENESS: tuple[Certainty, ...] = ("confirmed", "reported", "claimed", "contested")


def ordered(reports: Sequence[Event], articles: Mapping[str, Article]) -> list[Event]:
    """The reports, the most precise first, then the earliest published; denials last."""

    def order(event: Event) -> tuple[object, ...]:
        when, article = event.when, articles.get(event.evidence.article_id)
        published = article.date if article is not None and article.date is not None else dt.date.max
        length = 0 if when.start is None or when.end is None else (when.end - when.start).days
        place = 9 if event.location is None else event.location.geo_precision
        sureness = _SURENESS.index(event.certainty)
        precise = (event.modality == "denied", when.start is None, when.precision, length, place)
        return (*precise, published, sureness, event.evidence.article_id, event.evidence.start, event.id)

    return sorted(reports, key=order)


def combined(reports: Sequence[Event]) -> tuple[Event, ...]:
    """The reports, the first of them with the certainty of all, undated ones with the date of the first.

    An inferred date, and a certainty that other reports changed, is told in ``why``.
    """
    dated = [_dated(event, reports[0]) for event in reports]
    certainty = certainty_of(reports)
    lead = dated[0]
    if certainty != lead.certainty:
        others = sorted({_speaker(event) for event in reports[1:]})
        lead = replace(lead, certainty=certainty).because("certainty", f"{certainty}: {', '.join(others)}")
    return (lead, *dated[1:])


def certainty_of(reports: Sequence[Event]) -> Certainty:
    """How sure a claim is that rests on these reports.

    - contested where any report denies or contests it;
    - reported where a party claims it and someone else tells it too;
    - otherwise what its surest report is.
    """
    told = {event.certainty for event in reports}
    if "contested" in told or (len(reports) > 1 and any(event.modality == "denied" for event in reports)):
        return "contested"
    if "claimed" in told and len(told) > 1:
        return "reported"
    return min(told, key=_SURENESS.index)


def _dated(event: Event, lead: Event) -> Event:
    if event.when.start is not None or lead.when.start is None:
        return event
    return replace(event, when=lead.when).because("date", f"date inferred from {lead.evidence.article_id}")


def _speaker(event: Event) -> str:
    said = "denied by" if event.modality == "denied" or event.certainty == "contested" else "also told by"
    return f"{said} {event.attributed_to or event.evidence.article_id}"
