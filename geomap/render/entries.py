"""Entries: what does the page say about each claim?

An Entry is a claim in words, ready for the list, the popup and the data block; nothing in it is escaped yet.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal, NamedTuple

from geomap.families import Family
from geomap.model import Actor, Article, Claim, Displacement, Event, Location, PostReport
from geomap.render import words
from geomap.render.language import language_of
from geomap.render.palette import actor_key
from geomap.render.text import clean, safe_url
from geomap.timeline import day_of

Section = Literal["dated", "undated", "background", "plans", "denied"]
SECTIONS: tuple[Section, ...] = ("dated", "undated", "background", "plans", "denied")


@dataclass(frozen=True, slots=True)
class Source:
    """An article as the page cites it; ``lang`` is the language of its text, "" where that is not clear."""

    title: str
    publisher: str
    published: str
    url: str
    lang: str = ""


# Reports and entries are named tuples: a page has tens of thousands, and these are made four times as fast.
class Report(NamedTuple):
    """One article's sentence for a claim; ``source`` is an index into the sources."""

    quote: str
    speaker: str
    certainty: str
    source: int


class Entry(NamedTuple):
    """A claim in words.

    Attributes:
        number: the claim's index.
        day: the day it counts from on the time line (the last one of a period); None where no date is known.
        is_drawn: whether it has a day, a place and did happen, so that the map may show it.
        figure: a short label for people who moved, "" for other families.
        amount: the figure itself, 0 where it is vague; ``low`` the lower end of a range, otherwise the same.
        fact: what claims of one fact share, so that their figures stand side by side.
        actors: the names of who acts or is acted upon, each party under its most used name.
        why: the reason in plain words for which the sentence was read so, "" where none is known.
        spot: where, as far as a gazetteer knows it.
    """

    number: int
    id: str
    family: str
    section: Section
    day: dt.date | None
    what: str
    where: str
    exactness: str
    when: str
    certainty: str
    speaker: str
    figure: str
    amount: float
    low: float
    fact: str
    actors: tuple[str, ...]
    why: str
    spot: Location | None
    reports: tuple[Report, ...]
    is_drawn: bool


def section_of(event: Event) -> Section:
    """Returns the part of the list an event belongs to; only ``dated`` ones are on the map."""
    if event.modality in ("planned", "projected"):
        return "plans"
    if event.modality == "denied":
        return "denied"
    if event.is_background:
        return "background"
    return "dated" if event.when.start else "undated"


def sources(articles: Sequence[Article], lang: str = "en") -> list[Source]:
    """Returns the articles as the page cites them, in their own order."""
    return [_source(article, lang) for article in articles]


def _source(article: Article, lang: str) -> Source:
    publisher = clean(article.source) or clean(article.id)
    if article.agency and article.agency != article.source:
        publisher = f"{publisher} / {clean(article.agency)}"
    published = words.date_words(article.date, lang) if article.date else words.words(lang)["date_unknown"]
    written = language_of(f"{article.title} {article.text}")
    return Source(clean(article.title), publisher, published, safe_url(article.url), written)


def entries(
    claims: Sequence[Claim],
    articles: Sequence[Article],
    families: Mapping[str, Family] | None = None,
    lang: str = "en",
) -> list[Entry]:
    """Returns one entry a claim, in the claims' order."""
    index = {article.id: i for i, article in enumerate(articles)}
    names = _names(claims)
    make = partial(_entry, index=index, names=names, families=families or {}, lang=lang)
    return [make(number, claim) for number, claim in enumerate(claims)]


def _names(claims: Sequence[Claim]) -> dict[str, str]:
    """Returns the most used name of each actor by its key."""
    counts = Counter((actor_key(actor), actor.name) for claim in claims for actor in actors_in(claim.event))
    names: dict[str, str] = {}
    for (key, name), _ in counts.most_common():
        names.setdefault(key, clean(name))
    return names


def actors_in(event: Event) -> list[Actor]:
    """Returns who acts in an event, who is acted upon, and whose posts are told of."""
    owner = event.owner if isinstance(event, PostReport) else None
    return [actor for actor in (event.actor, event.opponent, owner) if actor is not None]


def _entry(
    number: int,
    claim: Claim,
    index: Mapping[str, int],
    names: Mapping[str, str],
    families: Mapping[str, Family],
    lang: str,
) -> Entry:
    event = claim.event
    section = section_of(event)
    figure = words.figure_label(event.quantity, event.unit, lang) if isinstance(event, Displacement) else ""
    amount = event.quantity.value or 0.0 if isinstance(event, Displacement) else 0.0
    return Entry(
        number=number,
        id=clean(claim.id),
        family=event.family,
        section=section,
        day=day_of(event) if section == "dated" else None,
        what=words.what_words(event, families, lang),
        where=words.route_words(event, lang),
        exactness=words.exactness_words(event, lang),
        when=words.when_words(event.when, lang),
        certainty=event.certainty,
        speaker=clean(event.attributed_to),
        figure=figure,
        amount=amount,
        low=_low(event, amount),
        fact=claim.fact,
        actors=tuple(dict.fromkeys(names[actor_key(actor)] for actor in actors_in(event))),
        why=clean(event.why),
        spot=event.location,
        reports=tuple([_report(report, index) for report in claim.reports]),
        is_drawn=section == "dated" and event.location is not None,
    )


def _low(event: Event, amount: float) -> float:
    low = event.quantity.low if isinstance(event, Displacement) else None
    return amount if low is None else low


def _report(event: Event, index: Mapping[str, int]) -> Report:
    said = event.evidence
    return Report(clean(said.sentence), clean(event.attributed_to), event.certainty, index.get(said.article_id, -1))
