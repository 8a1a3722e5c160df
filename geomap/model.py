"""The words of geomap: what flows through the pipeline, stage by stage.

    Article -> Sentence -> Mention -> Location -> Event -> Claim -> Timeline

Every value is frozen. Coordinates are degrees WGS84, longitude first; distances are kilometres; dates are
``datetime.date`` in the article's own calendar. ``None`` means "the text does not say".

Glossary
    article       one news story as it was read, with its publication date and source
    furniture     text of the page that is no part of the story (appeals, bylines, captions, related links)
    mention       a stretch of text that may name a place
    place         an entry of a gazetteer
    location      what a mention means: a place, or a point or area relative to one
    actor         a party that acts: a state, an army, an armed group, an organisation
    event         one statement in one article that something happened or holds, with its evidence
    claim         events of one or more articles that say the same thing, each report kept
    timeline      all claims in order of date, and who controls what on a day
    issue         what a stage could not interpret: the curator's to-do list
    geo_precision 1 the named place, 2 near it or a part of it, 3 a region
    time_precision 1 a day, 2 a week, 3 a month or longer (ACLED's codes)
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, NamedTuple, Self

Certainty = Literal["confirmed", "reported", "claimed", "contested"]
Modality = Literal["actual", "planned", "projected", "denied"]
SourceSide = Literal["party", "observer", "un", "media"]
Quantifier = Literal["exact", "more_than", "less_than", "approximately"]
Unit = Literal["people", "households"]
Role = Literal["place", "actor", "demonym"]
PostKind = Literal["observation_post", "checkpoint", "outpost", "base"]
GeoPrecision = Literal[1, 2, 3]
TimePrecision = Literal[1, 2, 3]


class LngLat(NamedTuple):
    """A point, degrees WGS84, longitude first as in GeoJSON."""

    lng: float
    lat: float


class Span(NamedTuple):
    """Half-open character offsets into ``Article.text``."""

    start: int
    end: int


# --- 1 read ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Furniture:
    """A stretch of an article that is no evidence of anything, and why it was set aside."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One news story; ``text`` is as it was read, and every offset of geomap points into it.

    Attributes:
        id: stable name of the article within a run (the file's stem, or the JSON line's ``doc_id``).
        date_source: how the publication date is known: ``articles.yml``, ``--date``, ``date line``,
            ``address``, ``metadata``, ``same story`` or ``""`` where there is none.
        source: publisher as a reader would cite it ("The Moscow Times"); agency: whose report it carries
            ("Reuters").
        same_as: id of the article that tells the same story in (nearly) the same words, where this one is
            the copy. A copy corroborates nothing and counts nothing twice.
    """

    id: str
    text: str
    title: str = ""
    date: dt.date | None = None
    date_source: str = ""
    source: str = ""
    agency: str = ""
    url: str = ""
    path: str = ""
    furniture: tuple[Furniture, ...] = ()
    same_as: str | None = None


# --- 2 split -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of the story; ``text == article.text[start:end]``."""

    article_id: str
    start: int
    end: int
    text: str
    paragraph: int


# --- 3 recognize, 4 geocode --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of text that may name a place; offsets into the article.

    Attributes:
        text: as it stands in the article.
        name: the gazetteer's form of the name that was found there.
        role: ``place`` where the name lies somewhere; ``actor`` where it acts ("Ankara blamed"); ``demonym``
            where it names a people ("Turkish"). The last two help to resolve other names but put no mark on
            a map.
    """

    start: int
    end: int
    text: str
    name: str
    role: Role = "place"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """An entry of a gazetteer.

    Attributes:
        id: ``<cc>-<slug>`` for curated places, ``gn-<geonameid>`` for worldwide ones.
        kind: city town village suburb camp crossing base road water country governorate district region ...
        precision: geo_precision of the bare name: 1 for a settlement or site, 3 for a region or country.
        radius_km: how far the place reaches from its point; 0 where not known.
        population: 0 where not known.
        geonameid: GeoNames' number where known.
        attribution: who has to be named where the place is shown, "" for the gazetteers, which every page names.
    """

    id: str
    name: str
    kind: str
    point: LngLat
    country: str = ""
    admin1: str = ""
    parent: str = ""
    precision: GeoPrecision = 1
    radius_km: float = 0.0
    population: int = 0
    geonameid: int | None = None
    local_name: str = ""
    claims: tuple[str, ...] = ()
    note: str = ""
    is_curated: bool = False
    attribution: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """What a mention means on the ground.

    Attributes:
        name: for readers: "Saraqeb", "southeastern Idlib", "15 km east of Idlib city".
        point: the best point for it; of an area, a central one.
        geo_precision: 1 the named place, 2 near or part of it, 3 a region.
        radius_km: uncertainty, or the reach of the area; 0 for a plain settlement.
        score: 0..1, how likely this is the place meant.
        why: plain words: what spoke for this place.
        mention: the words that named it; ``start``/``end`` include the relative part ("15 km east of").
    """

    mention: Mention
    place: Place
    name: str
    point: LngLat
    geo_precision: GeoPrecision
    radius_km: float = 0.0
    score: float = 1.0
    why: str = ""
    start: int
    end: int

    def moved_to(self, place: Place, why: str) -> Location:
        """Return the same words as meaning another place, the whole of it."""
        return replace(
            self,
            place=place,
            name=place.name,
            point=place.point,
            geo_precision=place.precision,
            radius_km=place.radius_km,
            why=why,
        )


# --- 5 extract ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Located:
    """An article with its sentences and the locations named in it, in text order: what extractors read."""

    article: Article
    sentences: Sequence[Sentence]
    locations: Sequence[Location]


@dataclass(frozen=True, slots=True)
class When:
    """A date or period with the precision the text supports.

    Attributes:
        start, end: first and last day; equal for a single day; None where the text and the article give
            no date ("date unknown").
        precision: 1 a day, 2 a week, 3 a month or longer.
        text: the words that said it, "" where the article's own date stands in.
    """

    start: dt.date | None
    end: dt.date | None
    precision: TimePrecision = 1
    text: str = ""


UNKNOWN_DATE = When(None, None, 3)


@dataclass(frozen=True, slots=True)
class Actor:
    """A party that acts; ``id`` is its entry in ``actors.yml``, "" where it is known only by the text's name."""

    name: str
    id: str = ""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure as the text gives it.

    Attributes:
        value: the number said, without its hedge ("more than 500,000" -> 500000); of a range its upper end, as
            IDMC codes it; of a share of a figure ("half of the 30,000") the share, approximately; None for vague
            figures ("tens of thousands").
        text: the words of the figure.
        low, high: the ends of a range ("between 10,000 and 12,000"), else None.
    """

    value: float | None
    quantifier: Quantifier
    text: str
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """The sentence an event was read from; offsets into the article's text."""

    article_id: str
    start: int
    end: int
    sentence: str


class Reason(NamedTuple):
    """Why one part of an event is as it is: ``about`` is phrase, place, actor, date, figure, certainty ..."""

    about: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One statement, in one article, that something of a family happened or holds.

    Attributes:
        family: control, post, displacement, or one that a plug-in brings (``OtherEvent``).
        id: stable hash of article, span, family and what is said.
        location: where; None where the text names no place that a gazetteer knows.
        place_text: the text's own name of the place where ``location`` is None ("the village of Kashma").
        actor: who acts: who gains, withdraws, surrounds; owner of a post or its attacker; None for displacement.
        opponent: who loses, is surrounded or attacked.
        attributed_to: who says so, by the text's name; "" where the article says it in its own voice.
        source_side: party to the conflict, observer (monitors, NGOs, witnesses, officials of no party), un, media.
        certainty: confirmed (own voice or several sides), reported (with distance, or by an observer),
            claimed (by a party), contested (another side denies it).
        is_background: told as history, more than about two months before publication.
        trigger: the words that made it an event; why: the reason in plain words.
        reasons: the same part by part, for who wants to know more.
    """

    family: str = field(default="", init=False)
    id: str
    subtype: str
    location: Location | None
    place_text: str = ""
    when: When
    actor: Actor | None = None
    opponent: Actor | None = None
    attributed_to: str = ""
    source_side: SourceSide = "media"
    certainty: Certainty = "confirmed"
    modality: Modality = "actual"
    is_background: bool = False
    evidence: Evidence
    trigger: str = ""
    why: str = ""
    reasons: tuple[Reason, ...] = ()

    def because(self, about: str, text: str) -> Self:
        """Return the event with one more reason."""
        why = f"{self.why}; {text}" if self.why else text
        return replace(self, why=why, reasons=(*self.reasons, Reason(about, text)))


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlChange(Event):
    """Who took, lost, or surrounded which place.

    ``subtype``: captured recaptured partial withdrawn transferred besieged siege_lifted, or ``holds`` (a
    state, not a change).
    """

    family: str = field(default="control", init=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class PostReport(Event):
    """A military post: observation post, checkpoint, outpost or base.

    ``subtype``: established maintained reinforced besieged attacked captured withdrawn. ``owner`` is whose
    post it is; ``count`` how many posts, None where the text does not say ("several" stays in count_text).
    """

    family: str = field(default="post", init=False)
    kind: PostKind = "observation_post"
    owner: Actor | None = None
    count: int | None = None
    count_text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Displacement(Event):
    """People who left their homes, with the figure as said.

    ``subtype`` (IDMC's terms): idp_flow idp_stock refugee_flow refugee_stock evacuation return cumulative.
    ``location`` is the origin where known, otherwise the destination; of a stock, where the people are. ``term``
    is the plain word of the text's kind (IDMC's terms: displaced, evacuated, forced_to_flee, homeless ...).
    """

    family: str = field(default="displacement", init=False)
    quantity: Quantity
    unit: Unit = "people"
    origin: Location | None = None
    destination: Location | None = None
    term: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherEvent(Event):
    """Something that happened somewhere, of a family that geomap itself does not read.

    A plug-in names the ``family`` and its subtypes, and may describe both for the map (``geomap.families``).
    ``details`` are what else is known, by name: numbers or words, in the order to be shown.
    """

    family: str
    details: tuple[tuple[str, str | int | float], ...] = ()


# --- 6 merge -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Claim:
    """Events that say the same thing; ``reports[0]`` is the most precise and earliest one.

    Figures from different speakers are different claims of one ``fact`` (the same key groups them), so that
    120,000 and 80,000 stand side by side and are never added up.
    """

    id: str
    fact: str
    reports: tuple[Event, ...]

    @property
    def event(self) -> Event:
        """The report that stands for the claim on the map."""
        return self.reports[0]


@dataclass(frozen=True, slots=True)
class ControlState:
    """Who holds a place on a day, by the last change told up to that day."""

    place_id: str
    location: Location
    actor: Actor | None
    certainty: Certainty
    since: dt.date
    claim_id: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """All claims in order of date; undated ones last."""

    claims: tuple[Claim, ...]


# --- any stage ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Issue:
    """What a stage could not interpret, where, and what a person can do about it.

    Attributes:
        kind: ``no date``, ``unknown place``, ``ambiguous place``, ``online place``, ``no event``, ``empty`` ...
        article_id: "" where it concerns the whole run.
        span: in the article's text, None where it concerns all of it.
    """

    kind: str
    article_id: str
    message: str
    span: Span | None = None
