"""Contested: which events does another side deny, anywhere in the same article?

Sentences without a word of denial are not parsed.
"""

from __future__ import annotations

import bisect
import dataclasses
from collections.abc import Sequence

from geomap.extract.dates.when import dates_of
from geomap.extract.document import Document
from geomap.extract.parties.find import forces_of
from geomap.extract.saying.denials import Denial, denials_in, may_deny
from geomap.extract.saying.reports import main_speaker
from geomap.likeness import same_actor, same_name
from geomap.model import Actor, Event

_TAKEN = ("captured", "recaptured", "partial", "withdrawn", "transferred")


def with_denials(document: Document, events: Sequence[Event]) -> list[Event]:
    """Return the events of an article, those contested that another side denies in it."""
    if not any(event.family in ("control", "post") for event in events):
        return list(events)
    denials = [denial for index in _suspects(document) for denial in denials_in(document, index)]
    denied = {event.id: denial for denial in denials for event in _denied(document, denial, events)}
    return [_contested(event, denied.get(event.id)) for event in events]


def _is_change(event: Event) -> bool:
    return event.family in ("control", "post") and event.subtype in _TAKEN


def _suspects(document: Document) -> list[int]:
    found = [index for index in range(len(document.sentences)) if may_deny(document.words(index))]
    document.prepare(found)
    return found


def _denied(document: Document, denial: Denial, events: Sequence[Event]) -> list[Event]:
    """The events that a denial is of: those at the places it names, else the nearest ones before it."""
    fitting = [event for event in events if _may_deny(document, denial, event)]
    if denial.places:
        return [e for e in fitting if e.location is not None and e.location.place.id in denial.places]
    before = [e for e in fitting if 0 <= denial.index - _index(document, e) <= denial.reach]
    before = [e for e in before if denial.site in e.evidence.sentence.lower()]
    nearest = max((_index(document, e) for e in before), default=-1)
    if denial.is_of_last and _is_answered(document, range(nearest + 1, denial.index)):
        return []
    return [e for e in before if denial.is_of_all or _index(document, e) == nearest]


def _is_answered(document: Document, between: range) -> bool:
    """Whether a statement stands between, which "denied it" is more likely to mean."""
    return any(main_speaker(document, index) is not None for index in between)


def _index(document: Document, event: Event) -> int:
    return bisect.bisect_right([s.start for s in document.sentences], event.evidence.start) - 1


def _may_deny(document: Document, denial: Denial, event: Event) -> bool:
    """Whether the event is one that such a denial can be of, told by another side and not later than the denial."""
    if not (_is_change(event) or denial.is_of_report) or event.is_background:
        return False
    if event.attributed_to and same_name(event.attributed_to, denial.speaker.name):
        return False
    if event.subtype == "withdrawn":
        fits = denial.holder is None or same_actor(denial.holder.actor, event.actor)
    else:
        fits = not _is_for(document, denial, event.actor)
    return fits and not _is_earlier(document, denial, event)


def _is_for(document: Document, denial: Denial, actor: Actor | None) -> bool:
    """Whether he who denies, or who is said to hold the place, is the one who took it."""
    if actor is None:
        return False
    if denial.holder is not None:
        return same_actor(denial.holder.actor, actor)
    forces = forces_of(document, denial.speaker.country) if denial.speaker.country else None
    is_own = forces is not None and bool(forces.actor.id) and same_actor(forces.actor, actor)
    return not denial.is_outright and (is_own or same_name(denial.speaker.name, actor.name))


def _is_earlier(document: Document, denial: Denial, event: Event) -> bool:
    """Whether the denial is dated before what happened."""
    days = [one.when.end for one in dates_of(document, denial.index) if one.kind == "day" and one.when.end]
    return bool(days) and event.when.start is not None and max(days) < event.when.start


def _contested(event: Event, denial: Denial | None) -> Event:
    if denial is None or event.certainty == "contested":
        return event
    reason = f"contested: denied by {denial.speaker.name} in the same article"
    return dataclasses.replace(event, certainty="contested").because("certainty", reason)
