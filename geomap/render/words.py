"""Words: how does the page say what the model means?

The phrases are data (``words/<lang>.yml``); this module fills them in. Names, quotes and vague figures stay as the
text has them, whatever the language of the page.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from geomap.errors import RenderError
from geomap.families import Family, family
from geomap.model import Actor, ControlChange, Displacement, Event, OtherEvent, PostReport, Quantity, When
from geomap.render.plural import plural_form
from geomap.render.text import clean
from geomap.yamlfile import read_yaml

_FOLDER = Path(__file__).parent / "words"
LANGS = ("en", "ar", "tr", "fr", "ru", "uk")


@cache
def words(lang: str = "en") -> dict[str, Any]:
    """Returns the phrases of a language, by what they are for.

    Raises:
        RenderError: the language is none of ``LANGS``.
    """
    from pydantic import TypeAdapter

    if lang not in LANGS:
        raise RenderError(f"language {lang!r} is not known: take one of {', '.join(LANGS)}")
    return read_yaml(_FOLDER / f"{lang}.yml", TypeAdapter(dict[str, Any]), error=RenderError)


def number_words(value: float, lang: str = "en") -> str:
    """Returns a whole number as a reader writes it.

    >>> number_words(120000), number_words(120000, "tr")
    ('120,000', '120.000')
    """
    return f"{value:,.0f}".replace(",", words(lang)["thousands"])


def counted(forms: Mapping[str, str], count: float, lang: str = "en") -> str:
    """Returns a phrase with its number, in the form that the number asks for.

    >>> counted({"one": "{count} town", "other": "{count} towns"}, 1200)
    '1,200 towns'
    """
    form = forms.get(plural_form(count, lang)) or forms["other"]
    return form.format(count=number_words(count, lang))


def date_words(day: dt.date, lang: str = "en") -> str:
    """Returns a date as a reader writes it.

    >>> date_words(dt.date(2020, 2, 8)), date_words(dt.date(2020, 2, 8), "tr")
    ('8 February 2020', '8 Şubat 2020')
    """
    return str(words(lang)["date"]).format(day=day.day, month=_month(day, lang), year=day.year)


def _month(day: dt.date, lang: str) -> str:
    return str(words(lang)["months"][day.month - 1])


@lru_cache(maxsize=4096)  # many events share a day
def when_words(when: When, lang: str = "en") -> str:
    """Returns a date or period, as precise as the text was.

    >>> when_words(When(dt.date(2020, 2, 1), dt.date(2020, 2, 7), 2))
    'in the week 1 – 7 February 2020'
    """
    if when.start is None:
        return str(words(lang)["date_unknown"])
    end = when.end or when.start
    if when.start == end:
        said = date_words(end, lang)
        return said if when.precision == 1 else _fill("month_of", lang, start=said)
    key = "week_of" if when.precision == 2 else "period"
    return _fill(key, lang, start=_short_start(when.start, end, key, lang), end=date_words(end, lang))


def _short_start(start: dt.date, end: dt.date, key: str, lang: str) -> str:
    if key == "week_of" and (start.year, start.month) == (end.year, end.month):
        return str(start.day)
    if start.year == end.year:
        return str(words(lang)["date_short"]).format(day=start.day, month=_month(start, lang))
    return date_words(start, lang)


def _fill(key: str, lang: str, **values: object) -> str:
    return str(words(lang)[key]).format(**values)


def exactness_words(event: Event, lang: str = "en") -> str:
    """Returns how exactly the place is known: "at the named place", "a region ... within about 60 km"."""
    location = event.location
    if location is None:
        return str(words(lang)["place_not_found"]) if event.place_text else ""
    said = str(words(lang)["geo_precision"][str(location.geo_precision)])
    if location.geo_precision == 1 or not location.radius_km:
        return said
    return _fill("within_km", lang, words=said, km=f"{location.radius_km:.0f}")


def actor_name(actor: Actor | None) -> str:
    """Returns the name a reader sees, "" for nobody."""
    return clean(actor.name) if actor else ""


def figure_words(quantity: Quantity, unit: str, lang: str = "en") -> str:
    """Returns a figure as said: "about 600,000 people", or the vague words themselves."""
    if quantity.value is None:
        return clean(quantity.text)
    return str(words(lang)["quantifier"][quantity.quantifier]).format(figure=_with_unit(quantity, unit, lang))


def figure_label(quantity: Quantity, unit: str, lang: str = "en") -> str:
    """Returns the figure alone, short enough for a label beside a mark; people need no unit."""
    if quantity.value is None:
        return clean(quantity.text)
    sign = {"more_than": ">", "less_than": "<", "approximately": "~"}.get(quantity.quantifier, "")
    return sign + (_number(quantity, lang) if unit == "people" else _with_unit(quantity, unit, lang))


def _with_unit(quantity: Quantity, unit: str, lang: str) -> str:
    form = plural_form(quantity.value or 0, lang)
    forms = words(lang)["unit"][unit]
    return str(forms.get(form) or forms["other"]).format(count=_number(quantity, lang))


def _number(quantity: Quantity, lang: str) -> str:
    if quantity.low is not None and quantity.high is not None:
        return f"{number_words(quantity.low, lang)}–{number_words(quantity.high, lang)}"
    return number_words(quantity.value or 0, lang)


def what_words(event: Event, families: Mapping[str, Family] | None = None, lang: str = "en") -> str:
    """Returns what happened, without the place: "captured by the army", "about 600,000 people fled"."""
    return capital(str(words(lang)["modality"][event.modality]) + _what(event, families or {}, lang), lang)


def capital(text: str, lang: str = "en") -> str:
    """Returns the text with a capital first.

    >>> capital("ilerledi", "tr")
    'İlerledi'
    """
    first = "İ" if lang == "tr" and text[:1] == "i" else text[:1].upper()
    return first + text[1:]


def _what(event: Event, families: Mapping[str, Family], lang: str) -> str:
    if isinstance(event, Displacement):
        figure = figure_words(event.quantity, event.unit, lang)
        return str(words(lang)["displacement"].get(event.subtype, "{figure}").format(figure=figure))
    if isinstance(event, PostReport):
        return _post(event, lang)
    if isinstance(event, ControlChange):
        return _control(event, lang)
    if isinstance(event, OtherEvent):
        return _other(event, family(event.family, families))
    return event.subtype


def _other(event: OtherEvent, look: Family) -> str:
    phrases, actor = look.subtypes.get(event.subtype), actor_name(event.actor)
    if phrases is None:
        # The subtype is text of others here, and no phrase to be filled in.
        what = clean(event.subtype.replace("_", " ")) + (f" ({actor})" if actor else "")
    else:
        what = (phrases.actor if actor else phrases.plain).format(actor=actor)
    if event.opponent:
        what = look.against.format(what=what, opponent=actor_name(event.opponent))
    for name, value in event.details:
        what = look.detail.format(what=what, name=clean(name.replace("_", " ")), value=clean(str(value)))
    return what


def _phrase(kind: str, event: Event, actor: Actor | None, lang: str, **values: object) -> str:
    forms = words(lang)[kind].get(event.subtype, {"actor": event.subtype, "plain": event.subtype})
    return str(forms["actor" if actor else "plain"].format(actor=actor_name(actor), **values))


def _control(event: ControlChange, lang: str) -> str:
    what = _phrase("control", event, event.actor, lang)
    if event.opponent is None or event.subtype in ("withdrawn", "siege_lifted"):
        return what
    return _fill("from_opponent", lang, what=what, opponent=actor_name(event.opponent))


def _post(event: PostReport, lang: str) -> str:
    posts = _posts(event, words(lang)["post_kind"][event.kind], lang)
    if event.owner:
        posts = _fill("of_owner", lang, posts=posts, owner=actor_name(event.owner))
    actor = event.actor if event.actor != event.owner else None
    return _phrase("post", event, actor, lang, posts=posts)


def _posts(event: PostReport, forms: Mapping[str, str], lang: str) -> str:
    """Returns "observation post", "12 observation posts", "several observation posts"."""
    if event.count is not None and event.count != 1:
        return counted(forms, event.count, lang)
    if event.count == 1 or not event.count_text:
        return str(forms["single"])
    return str(forms.get("few") or forms["other"]).format(count=clean(event.count_text))


def route_words(event: Event, lang: str = "en") -> str:
    """Returns where: the place, or origin and destination of people who moved."""
    if isinstance(event, Displacement) and event.origin and event.destination:
        return f"{clean(event.origin.name)} → {clean(event.destination.name)}"
    if event.location:
        return clean(event.location.name)
    return clean(event.place_text) or str(words(lang)["place_unknown"])
