"""Move terms: which of IDMC's terms is it, a flow or a stock, inside a country or across a border?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.extract.displacement.names import is_somewhere_in
from geomap.extract.grammar.syntax import objects, prepositional
from geomap.extract.lexicon import MoveFrame
from geomap.model import Location

if TYPE_CHECKING:
    from spacy.tokens import Token

_INTO = ("into", "to", "across", "in")
_CAUSES = frozenset({"by", "after", "following", "due", "amid", "since", "during", "each", "every"})


def category_of(
    frame: MoveFrame, clause: list[Token], head: Token, origin: Location | None, destination: Location | None
) -> str:
    """Return IDMC's term for what a frame, its clause and the counted noun tell."""
    if head.pos_ == "NUM":
        # "X hosts 660,000 refugees and Y 950,000": of the same kind.
        head = next((o for o in objects(clause[0]) if o.pos_ != "NUM"), head)
    is_refugee = head.lemma_.lower() in ("refugee", "asylum-seeker")
    if frame.category == "idp_stock" and is_refugee:
        return "refugee_stock"
    if head.lemma_.lower() == "returnee":
        return "return"
    if frame.category == "idp_flow" and _is_state(clause[0]):
        return "refugee_stock" if is_refugee else "idp_stock"
    if frame.category == "refugee_stock" and frame.verbs:
        return "idp_stock" if _is_displaced(head, clause) else "refugee_stock"
    if frame.category not in ("idp_flow", "refugee_flow"):
        return frame.category
    crosses = destination is not None and any(
        is_abroad(origin, destination) and (frame.subject_is or prepositional(word, _INTO)) for word in clause
    )
    return "refugee_flow" if crosses or is_refugee or frame.category == "refugee_flow" else "idp_flow"


def _is_state(trigger: Token) -> bool:
    """Whether people are displaced rather than become it ("6,500 displaced people", "remain displaced")."""
    if trigger.lower_ not in ("displaced", "uprooted", "homeless"):
        return False
    before = {t.lower_ for t in trigger.doc[max(0, trigger.i - 3) : trigger.i]}
    if before & {"remain", "remains", "remained", "remaining", "still"}:
        return True
    if _is_lasting(trigger):
        return True
    return (
        trigger.dep_ == "amod"
        and trigger.head.i > trigger.i
        and not before & {"newly", "recently", "freshly", "more"}
    )


def _is_lasting(trigger: Token) -> bool:
    """Whether "are displaced" tells a state: the present, with nobody and nothing that did it."""
    said = {c.lower_ for c in trigger.children if c.dep_ in ("auxpass", "aux")}
    is_caused = any(c.dep_ in ("agent", "advcl") or c.lower_ in _CAUSES for c in trigger.children)
    return bool(said & {"are", "is"}) and not said & {"being", "has", "have"} and not is_caused


def _is_displaced(head: Token, clause: list[Token]) -> bool:
    """Whether the hosted are of the country: called neither refugees nor a people, or registered "as displaced"."""
    is_people = head.tag_ in ("NNP", "NNPS") and head.lower_ != "idps"
    is_foreign = (
        head.lemma_.lower() in ("refugee", "asylum-seeker", "seeker", "migrant", "foreigner", "idp") or is_people
    )
    as_displaced = any(
        c.lower_ == "displaced" for w in clause for p in w.children if p.lower_ == "as" for c in p.children
    )
    called = any(c.lower_ in ("displaced", "internally") for c in head.children)
    return head.lemma_.lower() in ("idp", "idps") or not is_foreign or as_displaced or called


def is_abroad(origin: Location | None, destination: Location) -> bool:
    """Whether a destination lies in another country: those who get there have crossed a border."""
    if origin is not None and origin.place.country and destination.place.country:
        return origin.place.country != destination.place.country
    is_country = destination.place.kind == "country" and destination.geo_precision != 2
    return is_country and not is_somewhere_in(destination)
