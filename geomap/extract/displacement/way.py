"""Move way: from where to where did the people go, and which of IDMC's terms does that make it?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geomap.extract.displacement.around import (
    homeland,
    host,
    left_before,
    of_stock,
    origin_in_context,
    unknown_name,
)
from geomap.extract.displacement.context import goes_elsewhere
from geomap.extract.displacement.ends import (
    TO,
    clause_of,
    destination_of,
    goes_somewhere,
    home_of,
    is_motion,
    onward,
    origin_of,
    where,
)
from geomap.extract.displacement.names import place_at
from geomap.extract.displacement.terms import category_of, is_abroad
from geomap.extract.document import Document
from geomap.extract.grammar.syntax import subjects
from geomap.extract.lexicon import MoveFrame
from geomap.extract.places.reference import containing
from geomap.model import Location

if TYPE_CHECKING:
    from spacy.tokens import Token

# "X now shelters 400 people who fled Y".
_HOSTING = frozenset({"shelter", "host", "house", "accommodate", "receive", "hold", "harbour", "harbor"})
_STAYING = {"idp_stock", "refugee_stock", "return"}


@dataclass(frozen=True, slots=True)
class Way:
    """Where people came from and went to, or are; ``category`` is IDMC's term, ``text`` a name no gazetteer has.

    ``is_guess``: where they came from is told around the sentence's words only.
    """

    category: str
    origin: Location | None
    destination: Location | None
    text: str = ""
    is_guess: bool = False


def way_of(document: Document, index: int, frame: MoveFrame, trigger: Token, head: Token) -> Way | None:
    """Return from where to where a trigger's people went; None where a way to go is needed and none is told."""
    clause = clause_of(trigger, head)
    is_carried = frame.needs_destination or frame.term == "evacuated"
    if is_carried and goes_elsewhere([n for w in clause for n in onward(w, TO)]):
        return None
    origin, destination = origin_of(document, index, clause, head), destination_of(document, index, clause)
    if destination is None and frame.subject_is and frame.category.endswith("_flow"):
        hosts = subjects(trigger)
        destination = next((x for s in hosts if (x := host(document, index, s)) is not None), None)
        destination = destination or place_at(document, index, hosts)
    if destination is None and head.dep_ == "dobj" and head.head.lemma_ in _HOSTING and head.head != trigger:
        destination = next(
            (x for s in subjects(head.head) if (x := _housing(document, index, s)) is not None), None
        )
    if frame.needs_destination and destination is None and not goes_somewhere(clause):
        return None
    category = category_of(frame, clause, head, origin, destination)
    if origin is not None and destination is not None and origin.place.id == destination.place.id:
        origin, destination = (None, destination) if frame.subject_is else (origin, None)
    if origin is None and not is_motion(clause):
        # "X, where fighting displaced 400": where it happened, unless the people went there.
        origin, destination = where(document, index, trigger), destination
    is_told = origin is not None
    if category in _STAYING:
        origin, destination = of_stock(document, index, clause, head, origin, destination)
    elif origin is None and frame.subject_is and destination is not None:
        origin = left_before(document, index, destination)  # of hosts the text tells more than one
    elif origin is None:
        origin = origin_in_context(document, index, clause, head, destination)
        country = _of_people(document, index, head, destination)
        # What the text speaks of in that country is where they left.
        is_inside = origin is not None and country is not None and origin.place.country == country.place.country
        origin = origin if country is None or is_inside else country
    if category == "idp_flow" and destination is not None and origin is not None and is_motion(clause):
        category = "refugee_flow" if is_abroad(origin, destination) else category
    if destination is None and category == "return":
        destination = home_of(document, index, head)
    if destination is None and category in ("idp_stock", "return"):
        destination = homeland(document, index, head, origin)
    text = "" if origin or destination else unknown_name(document, index, clause)
    return Way(category, origin, destination, text, not is_told)


def _housing(document: Document, index: int, noun: Token) -> Location | None:
    """Where those are who shelter people: the place itself, or that of "officials in X"."""
    return host(document, index, noun) or containing(document, index, noun)


def _of_people(document: Document, index: int, head: Token, destination: Location | None) -> Location | None:
    """The country of a people that arrives in another one ("13,000 Malians reached X")."""
    country = homeland(document, index, head, destination) if destination is not None else None
    return country if country is not None and destination is not None and is_abroad(country, destination) else None
