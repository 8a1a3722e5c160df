"""Build: from a reading of the grammar to an event, with its date, speaker, certainty and reason."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Any, TypedDict

from geomap.extract.control.find import ControlReading
from geomap.extract.dates.when import (
    begun,
    is_background,
    is_lasting,
    is_of_years,
    is_since_long,
    said_when,
    when_counted,
    when_told,
)
from geomap.extract.displacement import MoveReading
from geomap.extract.document import Document
from geomap.extract.modality import Verdict, reality
from geomap.extract.parties.find import Party, forces_of, of_state, with_country
from geomap.extract.parties.implied import implied_doer, named_doer
from geomap.extract.parties.known import group_in, is_in_name
from geomap.extract.posts import PostReading
from geomap.extract.saying.attribution import speaker_of
from geomap.extract.saying.reports import is_of_denied_report
from geomap.extract.saying.speakers import OWN_VOICE, Speaker, certainty_of, for_party, named_speaker
from geomap.extract.why import Found, explained
from geomap.model import (
    Actor,
    Certainty,
    ControlChange,
    Displacement,
    Event,
    Evidence,
    Location,
    Modality,
    PostReport,
    SourceSide,
    When,
)

if TYPE_CHECKING:
    from spacy.tokens import Token

# What somebody must have done.
_GAINS = ("captured", "recaptured", "partial")
# Whose subject tells his own gain: "announced the capture of X", "spoke of the capture of X".
_ANNOUNCING = {"announce", "declare", "proclaim"}
_BOASTING = {"speak", "boast", "tweet", "post"}
_MODALITY: dict[str, Modality] = {
    "actual": "actual",
    "planned": "planned",
    "projected": "projected",
    "denied": "denied",
}


class _Common(TypedDict):
    """The fields that every family has."""

    id: str
    location: Location | None
    place_text: str
    when: When
    attributed_to: str
    source_side: SourceSide
    certainty: Certainty
    modality: Modality
    is_background: bool
    evidence: Evidence
    trigger: str
    why: str


def control_event(document: Document, index: int, reading: ControlReading) -> Event | None:
    """Return the change of control that was read; None where it did not happen or only a plan is told."""
    verdict = reality(reading.trigger)
    if verdict.reality not in ("actual", "denied") or is_in_name(document, index, reading.trigger):
        return None
    speaker = for_party(speaker_of(document, index, reading.trigger), reading.actor)
    location = reading.place.location if reading.place.how != "unknown" else None
    country = location.place.country if location else document.country()
    subtype = reading.frame.subtype
    is_own = subtype == "recaptured" or _is_announced(reading.trigger)
    ours = _side_of(document, speaker) if is_own else None
    doer = reading.actor or ours or (implied_doer(document, index, reading.trigger) if subtype in _GAINS else None)
    actor, opponent = (filled(document, party, country) for party in (doer, reading.opponent))
    if reading.place.how in ("part", "within") and subtype in ("captured", "recaptured"):
        subtype = "partial"
    key = f"control {subtype} {actor and actor.name} {location and location.place.id} {reading.place.text}"
    common = common_fields(document, index, reading.trigger, reading.words, speaker, verdict, location, key)
    common["place_text"] = reading.place.text if location is None else ""
    if subtype == "besieged" or (subtype != "partial" and is_lasting(reading.trigger)):
        common["when"] = begun(common["when"], document.article.date)
        common["is_background"] = is_background(common["when"], document.article.date)
    if is_of_denied_report(reading.trigger):
        common["certainty"] = "contested"
    common["why"] = f"{common['why']}; rule {reading.frame.id!r} of control.yml"
    event = ControlChange(subtype=subtype, actor=actor, opponent=opponent, **common)
    found = Found(reading.frame, "control.yml", speaker, verdict, reading.place.how)
    return explained(event, document, found, (reading.actor, reading.opponent))


def _side_of(document: Document, speaker: Speaker) -> Party | None:
    """Whose forces a party means that says a place "was liberated": its own."""
    if speaker.side != "party":
        return None
    forces = forces_of(document, speaker.country) if speaker.country else None
    return group_in(document, speaker.name) or forces


def _is_announced(trigger: Token) -> bool:
    """Whether a gain is announced, which who made it does ("announced the capture of X")."""
    if trigger.pos_ != "NOUN" or trigger.lemma_ not in ("capture", "seizure", "conquest"):
        return False
    if trigger.dep_ == "pobj":
        return trigger.head.head.lemma_ in _BOASTING
    return trigger.dep_ == "dobj" and trigger.head.lemma_ in _ANNOUNCING


def post_event(document: Document, index: int, reading: PostReading) -> Event | None:
    """Return what was read of a post; None where it did not happen or only a plan is told."""
    if reading.verdict.reality not in ("actual", "denied"):
        return None
    speaker = speaker_of(document, index, reading.trigger)
    country = reading.location.place.country if reading.location else document.country()
    owner = filled(document, _owner(document, reading, speaker), country)
    doer = reading.actor
    if reading.subtype in ("attacked", "captured"):
        doer = named_doer(document, index, doer) if doer else implied_doer(document, index, reading.trigger)
    actor = filled(document, doer, country) or (owner if reading.subtype == "maintained" else None)
    site = reading.location.place.id if reading.location else reading.place_text
    key = f"post {reading.subtype} {reading.noun.kind} {reading.head.i} {site}"
    words = f"{reading.trigger.text} ... {reading.head.text}"
    common = common_fields(document, index, reading.trigger, words, speaker, reading.verdict, reading.location, key)
    common["place_text"] = reading.place_text if reading.location is None else ""
    common["is_background"] |= is_of_years(common["when"], document.article.date, reading.subtype)
    common["why"] = f"{common['why']}; rule {reading.frame.id!r} of posts.yml"
    event = PostReport(
        subtype=reading.subtype,
        actor=actor,
        opponent=owner if reading.subtype in ("besieged", "attacked", "captured") else None,
        kind=reading.noun.kind,
        owner=owner,
        count=reading.count,
        count_text=reading.count_text,
        **common,
    )
    found = Found(reading.frame, "posts.yml", speaker, reading.verdict)
    return explained(event, document, found, (reading.actor, reading.owner))


def _owner(document: Document, reading: PostReading, speaker: Speaker) -> Party | None:
    """Whose post it is; "our" and "its" in the mouth of a state's ministry are the state's."""
    said = of_state(document, speaker.country) if speaker.side == "party" else None
    if reading.is_ours and (reading.owner is None or not reading.owner.is_armed):
        return said or reading.owner
    return reading.owner


def displacement_event(document: Document, index: int, reading: MoveReading) -> Event | None:
    """Return the displacement that was read; None where it is denied, doubted or conditional."""
    if reading.verdict.reality not in _MODALITY or reading.verdict.reality == "denied":
        return None
    if reading.is_estimate_of is not None:
        speaker = named_speaker(document, index, reading.is_estimate_of)
    else:
        speaker = speaker_of(document, index, reading.trigger)
    location = reading.origin or reading.destination
    quantity = reading.figure.quantity
    key = f"displacement {quantity.text} {reading.figure.start} {location and location.place.id}"
    common = common_fields(
        document, index, reading.trigger, reading.trigger.text, speaker, reading.verdict, location, key
    )
    common["place_text"] = reading.place_text if location is None else ""
    if reading.is_estimate_of is not None:
        common["when"] = said_when(document, index, speaker) or common["when"]
    category = reading.category
    if category.endswith("_stock"):
        common["when"] = when_counted(document, index, reading.trigger)
    if category == "idp_flow" and is_since_long(common["when"], document.article.date):
        category, common["is_background"] = "cumulative", True
    common["why"] = (
        f"{common['why']}; rule {reading.frame.id!r} of displacement.yml counts {reading.figure.noun or 'people'}"
    )
    event = Displacement(
        subtype=category,
        quantity=quantity,
        unit=reading.figure.unit or "people",
        origin=reading.origin,
        destination=reading.destination,
        term=reading.frame.term,
        **common,
    )
    return explained(event, document, Found(reading.frame, "displacement.yml", speaker, reading.verdict))


def filled(document: Document, party: Party | None, country: str) -> Actor | None:
    """Return the actor of a party; "the army" is that of the country."""
    return with_country(document, party, country).actor if party is not None else None


def common_fields(
    document: Document,
    index: int,
    trigger: Token,
    words: str,
    speaker: Speaker,
    verdict: Verdict,
    location: Location | None,
    key: str,
) -> Any:
    """Return the fields that every family has; a mapping so that callers can refine them."""
    sentence = document.sentences[index]
    when = when_told(document, index, trigger)
    doubted = (
        re.search(r"\b(reportedly|allegedly|purportedly|unconfirmed)\b", sentence.text, re.IGNORECASE) is not None
    )
    return _Common(
        id=_event_id(document.article.id, sentence.start, key),
        location=location,
        place_text="",
        when=when,
        attributed_to=speaker.name,
        source_side=speaker.side,
        certainty=certainty_of(speaker, doubted and speaker is OWN_VOICE),
        modality=_MODALITY[verdict.reality],
        is_background=is_background(when, document.article.date),
        evidence=Evidence(document.article.id, sentence.start, sentence.end, sentence.text),
        trigger=words,
        why=_why(words, speaker, verdict, when),
    )


def _event_id(article_id: str, start: int, key: str) -> str:
    return hashlib.sha256(f"{article_id}\n{start}\n{key}".encode()).hexdigest()[:12]


def _why(words: str, speaker: Speaker, verdict: Verdict, when: When) -> str:
    said = f"said by {speaker.name} ({speaker.side})" if speaker.name else "in the article's own voice"
    dated = f"dated by {when.text!r}" if when.text else "dated by the article's day"
    real = "" if verdict.reality == "actual" else f"; {verdict.reality} because of {verdict.cue!r}"
    return f"{words!r}; {said}; {dated}{real}"
