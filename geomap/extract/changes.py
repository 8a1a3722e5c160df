"""Changes: which statements of one article tell one change of control?

"Rebels entered the town after the army had left it" is one capture, told by who came and by who went; the headline
and the report below tell one capture twice. What two parties claim stays apart.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Sequence

from geomap.extract.document import SETTLEMENTS
from geomap.extract.lexicon import control_frames, noun_class
from geomap.gazetteer import Actors
from geomap.model import Actor, ControlChange, Event

# Two statements of one change may date it a few days apart; one without a date has only the article's.
_SAME_DAYS = 2
_UNDATED_DAYS = 14
# One that is only named ("the fall of X capped weeks of fighting") stands beside dates of other things.
_NAMED_DAYS = 45
# A gain told again with the date of something else ("killed 12 after they took X").
_ONCE_DAYS = 30
_SIEGES = ("besieged", "siege_lifted")
# Who is on it fights the others on it.
_NO_SIDE = "criminal"
# The fuller telling stands for the change.
_FULLNESS = {
    "transferred": 4,
    "recaptured": 3,
    "captured": 2,
    "partial": 1,
    "withdrawn": 0,
    "besieged": 0,
    "siege_lifted": 0,
}
# What says less than that a place was taken.
_LESS = ("partial", "withdrawn")


class Changes:
    """Joins what one article tells of one change; of the known actors those of one side may be the same."""

    def __init__(self, actors: Actors) -> None:
        self.actors = actors
        self._told: Sequence[Event] = ()

    def one_each(self, events: Sequence[Event]) -> list[Event]:
        """Return the events with those joined that tell one change of control, the fullest telling first."""
        self._told = events
        found: list[Event] = []
        for event in (e for e in events if not self._is_history(e, events)):
            at = next((i for i, other in enumerate(found) if self._are_one(other, event)), None)
            if at is None:
                found.append(event)
            else:
                found[at] = _joined(found[at], event)
        return found

    def _is_history(self, event: Event, events: Sequence[Event]) -> bool:
        """Whether a gain only says what is lost now ("abandoned the only city that it had captured")."""
        if event.family != "control" or event.when.text or _gainer(event) is None:
            return False
        here = [e for e in events if e.family == "control" and e.evidence.start == event.evidence.start]
        others = [e for e in here if e is not event and _place(e) == _place(event)]
        return any(self._is_same(_loser(e), _gainer(event)) for e in others)

    def _are_one(self, one: Event, other: Event) -> bool:
        if not (isinstance(one, ControlChange) and isinstance(other, ControlChange)):
            return False
        if (one.subtype in _SIEGES) != (other.subtype in _SIEGES) or "denied" in (one.modality, other.modality):
            return False
        if one.subtype in _SIEGES and one.subtype != other.subtype:
            return False
        if not self._is_same_place(one, other) or not (_same_days(one, other) or self._is_once(one, other)):
            return False
        return self._fit(one, other) and _may_join_speakers(one, other)

    def _is_once(self, one: Event, other: Event) -> bool:
        """Whether one side takes a place in both, which it can but once where nobody says that it lost it."""
        if not self._is_same(_gainer(one), _gainer(other)) or one.when.end is None or other.when.end is None:
            return False
        is_close = abs((one.when.end - other.when.end).days) <= _ONCE_DAYS
        return is_close and not any(self._is_lost_again(event, one) for event in self._told)

    def _is_lost_again(self, event: Event, taken: Event) -> bool:
        """Whether the place of a gain goes to another side in the same article."""
        if event.family != "control" or _place(event) != _place(taken):
            return False
        gainer = _gainer(event)
        is_other = gainer is not None and not self._may_be_same(gainer, _gainer(taken))
        return is_other or self._is_same(_loser(event), _gainer(taken))

    def _is_same_place(self, one: Event, other: Event) -> bool:
        """Whether both are at one place, or of one day in parts of one town."""
        return bool(_place(one)) and (_place(one) == _place(other) or self._is_same_town(one, other))

    def _is_same_town(self, one: Event, other: Event) -> bool:
        if one.location is None or other.location is None or one.location.place.id != other.location.place.id:
            return False
        is_one_day = one.when.end is not None and one.when.end == other.when.end and one.when.precision == 1
        is_town = one.location.place.kind in SETTLEMENTS
        return is_town and is_one_day and self._is_same(_gainer(one), _gainer(other))

    def _fit(self, one: Event, other: Event) -> bool:
        """Whether the winners and losers of both may be the same, and who won in one did not lose in the other."""
        if self._is_same(_gainer(one), _loser(other)) or self._is_same(_gainer(other), _loser(one)):
            return False
        pairs = ((_gainer(one), _gainer(other)), (_loser(one), _loser(other)))
        return all(self._may_be_same(a, b) for a, b in pairs)

    def _is_same(self, one: Actor | None, other: Actor | None) -> bool:
        if one is None or other is None:
            return False
        if one.id and other.id:
            return one.id == other.id or self._side(one) == self._side(other) != _NO_SIDE
        short, long = sorted((one.name.lower().split(), other.name.lower().split()), key=len)
        return set(short) <= set(long)

    def _side(self, actor: Actor) -> str:
        entry = self.actors.by_id(actor.id)
        return entry.side if entry is not None and entry.side else actor.id

    def _may_be_same(self, one: Actor | None, other: Actor | None) -> bool:
        return one is None or other is None or self._is_same(one, other) or not (is_named(one) and is_named(other))


def is_named(actor: Actor) -> bool:
    """Return whether an actor is more than "the alliance" or "fighters", which may be any party."""
    first, *others = actor.name.split() or [""]
    if actor.id or any(word[:1].isupper() for word in others):
        return True
    # "Fighters" at the head of a sentence.
    return first[:1].isupper() and first.lower().removesuffix("s") not in noun_class("force") | {"gunmen"}


def _place(event: Event) -> str:
    """The one place an event is at, "" where it is somewhere in a region."""
    if event.location is None:
        return event.place_text if event.place_text[:1].isupper() else ""
    here = event.location
    if here.geo_precision == 3:
        return ""
    return here.place.id if here.geo_precision == 1 else f"{here.place.id} {here.name}"


def _same_days(one: Event, other: Event) -> bool:
    if one.when.end is None or other.when.end is None:
        return one.when.end is other.when.end
    days = abs((one.when.end - other.when.end).days)
    if _is_nominal(one) or _is_nominal(other):
        return days <= _NAMED_DAYS
    return days <= (_SAME_DAYS if one.when.text and other.when.text else _UNDATED_DAYS)


def _gainer(event: Event) -> Actor | None:
    return None if event.subtype == "withdrawn" else event.actor


def _loser(event: Event) -> Actor | None:
    return event.actor if event.subtype == "withdrawn" else event.opponent


def _may_join_speakers(one: Event, other: Event) -> bool:
    """Whether no claim of a party is lost: who left and who came may be told by different sides."""
    if one.attributed_to == other.attributed_to or (one.subtype == "withdrawn") != (other.subtype == "withdrawn"):
        return True
    if _is_nominal(one) or _is_nominal(other):
        return True  # "the fall of X" is the one that was told before
    return "party" not in (one.source_side, other.source_side)


def _is_nominal(event: Event) -> bool:
    """Whether a change is only named ("the fall of X"), as one that is known from elsewhere."""
    return event.trigger.lower() in {noun for frame in control_frames() for noun in frame.nouns}


def _joined(one: Event, other: Event) -> Event:
    told, also = sorted((one, other), key=_rank, reverse=True)
    subtype = "captured" if told.subtype == "partial" and also.subtype == "withdrawn" else told.subtype
    dated = _dated(told, also)
    said = _said(told, also)
    joined = dataclasses.replace(
        told,
        subtype=subtype,
        when=dated.when,
        is_background=dated.is_background,
        actor=_more(told.actor, _gainer(also)),
        opponent=_more(told.opponent, _loser(also)) if told.subtype != "withdrawn" else told.opponent,
        attributed_to=said.attributed_to,
        source_side=said.source_side,
        certainty=said.certainty,
    )
    return joined.because("change", f"told again by {also.trigger!r}")


def _said(told: Event, also: Event) -> Event:
    """The one whose speaker holds: who says it first, of those that name one and tell as much.

    Who only names a change ("the liberation of X means much") is not the one who told it.
    """
    if _is_nominal(told) and also.attributed_to and not _is_nominal(also):
        return also
    named = [e for e in (told, also) if e.attributed_to and (e is told or e.subtype not in _LESS)]
    return min(named, key=lambda e: e.evidence.start) if named else told


def _dated(told: Event, also: Event) -> Event:
    """The one whose date holds: the more exact one that says it; of a siege the earlier one, as it goes on."""
    if told.subtype == "besieged" and told.when.text and also.when.text:
        return min((told, also), key=lambda e: e.when.end or dt.date.max)
    dated = [e for e in (told, also) if e.when.text]
    return min(dated, key=lambda e: e.when.precision) if dated else told


def _rank(event: Event) -> tuple[int, bool, bool, int]:
    return (_FULLNESS[event.subtype], bool(event.attributed_to), bool(event.when.text), -event.evidence.start)


def _more(one: Actor | None, other: Actor | None) -> Actor | None:
    """The actor that says more."""
    if one is None or (other is not None and other.id and not one.id):
        return other
    return other if other is not None and is_named(other) and not is_named(one) else one
