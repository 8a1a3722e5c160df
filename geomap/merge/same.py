"""Same: do two events say the same thing?"""

from __future__ import annotations

import datetime as dt

from geomap.likeness import name_words, same_actor, same_name
from geomap.model import ControlChange, Displacement, Event, OtherEvent, PostReport, When

# Reports of one change date it by up to two days apart: night and day, event and announcement.
NEAR = dt.timedelta(days=2)
# Figures within two per cent are one figure told more or less exactly.
FIGURE_TOLERANCE = 0.02

# Subtypes that tell one change in other words; a subtype of no group goes with itself alone.
_ALIKE = (
    {"captured", "recaptured", "transferred"},
    {"idp_flow", "refugee_flow", "evacuation"},
    {"idp_stock", "refugee_stock", "cumulative"},
)


def says_same(a: Event, b: Event) -> bool:
    """Whether two events of one family tell one thing; places of control and posts are compared beforehand."""
    if not (_alike(a.subtype, b.subtype) and near(a.when, b.when)):
        return False
    if isinstance(a, ControlChange) and isinstance(b, ControlChange):
        return same_actor(a.actor, b.actor)
    if isinstance(a, PostReport) and isinstance(b, PostReport):
        return a.kind == b.kind and same_actor(a.owner, b.owner) and _same_count(a, b)
    if isinstance(a, Displacement) and isinstance(b, Displacement):
        return _same_figure(a, b) and same_speaker(a, b) and _same_ground(a, b)
    if isinstance(a, OtherEvent) and isinstance(b, OtherEvent):
        return same_actor(a.actor, b.actor) and _same_details(a, b)
    return False


def near(a: When, b: When) -> bool:
    """Whether two dates may be those of one thing; an unknown date may be any."""
    if a.start is None or a.end is None or b.start is None or b.end is None:
        return True
    return a.start - b.end <= NEAR and b.start - a.end <= NEAR


def same_speaker(a: Event, b: Event) -> bool:
    """Whether both are said by one speaker, or both in their articles' own voice."""
    if not a.attributed_to or not b.attributed_to:
        return a.attributed_to == b.attributed_to
    return same_name(a.attributed_to, b.attributed_to)


def _alike(a: str, b: str) -> bool:
    return a == b or any(a in group and b in group for group in _ALIKE)


def _same_count(a: PostReport, b: PostReport) -> bool:
    return a.count is None or b.count is None or a.count == b.count


def _same_details(a: OtherEvent, b: OtherEvent) -> bool:
    """No detail that both tell is another one; words are compared as names are."""
    first, second = dict(a.details), dict(b.details)
    return all(name_words(str(first[name])) == name_words(str(second[name])) for name in first.keys() & second)


def _same_figure(a: Displacement, b: Displacement) -> bool:
    """The same unit and number; vague figures must be the same words."""
    if a.unit != b.unit:
        return False
    first, second = a.quantity.value, b.quantity.value
    if first is None or second is None:
        return first is second and name_words(a.quantity.text) == name_words(b.quantity.text)
    return abs(first - second) <= FIGURE_TOLERANCE * max(abs(first), abs(second))


def _same_ground(a: Displacement, b: Displacement) -> bool:
    """A shared place or province among where they are, come from and go to; one without a place may be anywhere."""
    first, second = _ground(a), _ground(b)
    return not first or not second or bool(first & second)


def _ground(event: Displacement) -> set[str]:
    locations = (event.location, event.origin, event.destination)
    places = [location.place for location in locations if location is not None]
    provinces = {f"{place.country}|{place.admin1}" for place in places if place.admin1}
    return {place.id for place in places} | provinces
