"""Words: how does the page say what the model means?

The phrases are data (``words/<lang>.yml``); this module fills them in.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from geomap.errors import RenderError
from geomap.families import Family, Phrases, family
from geomap.model import Actor, ControlChange, Displacement, Event, OtherEvent, PostReport, Quantity, When
from geomap.render.text import clean
from geomap.yamlfile import read_yaml

_FOLDER = Path(__file__).parent / "words"


@cache
def words(lang: str = "en") -> dict[str, Any]:
    """Returns the phrases of a language, by what they are for."""
    from pydantic import TypeAdapter

    return read_yaml(_FOLDER / f"{lang}.yml", TypeAdapter(dict[str, Any]), error=RenderError)


def date_words(day: dt.date) -> str:
    """Returns a date as a reader writes it.

    >>> date_words(dt.date(2020, 2, 8))
    '8 February 2020'
    """
    return f"{day.day} {words()['months'][day.month - 1]} {day.year}"


def when_words(when: When) -> str:
    """Returns a date or period, as precise as the text was.

    >>> when_words(When(dt.date(2020, 2, 1), dt.date(2020, 2, 7), 2))
    'in the week 1 – 7 February 2020'
    """
    if when.start is None:
        return str(words()["date_unknown"])
    end = when.end or when.start
    if when.start == end:
        return date_words(end) if when.precision == 1 else _fill("month_of", start=date_words(end))
    key = "week_of" if when.precision == 2 else "period"
    return _fill(key, start=_short_start(when.start, end, key), end=date_words(end))


def _short_start(start: dt.date, end: dt.date, key: str) -> str:
    if key == "week_of" and (start.year, start.month) == (end.year, end.month):
        return str(start.day)
    full = date_words(start)
    return full.removesuffix(f" {start.year}") if start.year == end.year else full


def _fill(key: str, **values: object) -> str:
    return str(words()[key]).format(**values)


def exactness_words(event: Event) -> str:
    """Returns how exactly the place is known: "at the named place", "a region ... within about 60 km"."""
    location = event.location
    if location is None:
        return str(words()["place_not_found"]) if event.place_text else ""
    said = str(words()["geo_precision"][str(location.geo_precision)])
    if location.geo_precision == 1 or not location.radius_km:
        return said
    return _fill("within_km", words=said, km=f"{location.radius_km:.0f}")


def actor_name(actor: Actor | None) -> str:
    """Returns the name a reader sees, "" for nobody."""
    return clean(actor.name) if actor else ""


def figure_words(quantity: Quantity, unit: str) -> str:
    """Returns a figure as said: "about 600,000 people", or the vague words themselves."""
    if quantity.value is None:
        return clean(quantity.text)
    said = words()["quantifier"][quantity.quantifier].format(figure=_number(quantity))
    noun = words()["unit"][unit]["one" if quantity.value == 1 else "many"]
    return f"{said} {noun}"


def figure_label(quantity: Quantity, unit: str) -> str:
    """Returns the figure alone, short enough for a label beside a mark; people need no unit."""
    if quantity.value is None:
        return clean(quantity.text)
    sign = {"more_than": ">", "less_than": "<", "approximately": "~"}.get(quantity.quantifier, "")
    noun = words()["unit"][unit]["one" if quantity.value == 1 else "many"]
    return sign + _number(quantity) + ("" if unit == "people" else f" {noun}")


def _number(quantity: Quantity) -> str:
    if quantity.low is not None and quantity.high is not None:
        return f"{quantity.low:,.0f}–{quantity.high:,.0f}"
    return f"{quantity.value:,.0f}"


def what_words(event: Event, families: Mapping[str, Family] | None = None) -> str:
    """Returns what happened, without the place: "captured by the army", "about 600,000 people fled"."""
    said = str(words()["modality"][event.modality]) + _what(event, families or {})
    return said[:1].upper() + said[1:]


def _what(event: Event, families: Mapping[str, Family]) -> str:
    if isinstance(event, Displacement):
        figure = figure_words(event.quantity, event.unit)
        return str(words()["displacement"].get(event.subtype, "{figure}").format(figure=figure))
    if isinstance(event, PostReport):
        return _post(event)
    if isinstance(event, ControlChange):
        return _control(event)
    if isinstance(event, OtherEvent):
        return _other(event, family(event.family, families))
    return event.subtype


def _other(event: OtherEvent, look: Family) -> str:
    plain = clean(event.subtype.replace("_", " "))
    phrases = look.subtypes.get(event.subtype) or Phrases(actor=f"{plain} ({{actor}})", plain=plain)
    what = (phrases.actor if event.actor else phrases.plain).format(actor=actor_name(event.actor))
    if event.opponent:
        what = look.against.format(what=what, opponent=actor_name(event.opponent))
    for name, value in event.details:
        what = look.detail.format(what=what, name=clean(name.replace("_", " ")), value=clean(str(value)))
    return what


def _phrase(family: str, event: Event, actor: Actor | None, **values: object) -> str:
    forms = words()[family].get(event.subtype, {"actor": event.subtype, "plain": event.subtype})
    return str(forms["actor" if actor else "plain"].format(actor=actor_name(actor), **values))


def _control(event: ControlChange) -> str:
    what = _phrase("control", event, event.actor)
    if event.opponent is None or event.subtype in ("withdrawn", "siege_lifted"):
        return what
    return _fill("from_opponent", what=what, opponent=actor_name(event.opponent))


def _post(event: PostReport) -> str:
    nouns = words()["post_kind"][event.kind]
    is_one = event.count == 1 or (event.count is None and not event.count_text)
    number = clean(event.count_text) if event.count is None else f"{event.count:,}"
    posts = nouns["one"] if is_one else f"{number} {nouns['many']}"
    if event.owner:
        posts = _fill("of_owner", posts=posts, owner=actor_name(event.owner))
    actor = event.actor if event.actor != event.owner else None
    return _phrase("post", event, actor, posts=posts)


def route_words(event: Event) -> str:
    """Returns where: the place, or origin and destination of people who moved."""
    if isinstance(event, Displacement) and event.origin and event.destination:
        return f"{clean(event.origin.name)} → {clean(event.destination.name)}"
    if event.location:
        return clean(event.location.name)
    return clean(event.place_text) or str(words()["place_unknown"])
