"""Post slots: where in the sentence around a post stand its trigger, who acts, its place and its number?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.extract.document import Document
from geomap.extract.lexicon import PostFrame
from geomap.extract.parties import Party, party_of
from geomap.extract.quantities.figures import value_of
from geomap.extract.reference import area_spoken_of, containing
from geomap.extract.syntax import climb, conjuncts, has_particle, objects, prepositional, subjects
from geomap.model import Location

if TYPE_CHECKING:
    from spacy.tokens import Token


def triggers_of(head: Token) -> list[Token]:
    """Return the verbs and nouns above a post, nearest first, then the clauses on it.

    What a relative clause says of a post ("the posts it set up in 2017") only tells which one is meant, where the
    sentence itself says something of it.
    """
    on_it = [c for c in head.children if c.dep_ in ("acl", "relcl")]
    above = [up for _, up in climb(head) if up.pos_ in ("VERB", "NOUN", "AUX", "PROPN")][:5]
    return above + on_it


def sieges_of(head: Token) -> list[Token]:
    """Return the nouns that a post is under ("a base under siege", "the base is under siege")."""
    above = [up for _, up in climb(head)][:1]
    return [t for up in [head, *above] for t in prepositional(up, ("under",))]


def matches(frame: PostFrame, token: Token) -> bool:
    """Whether a token is a verb or noun of the frame, with its particle."""
    lemma = token.lemma_.lower()
    if token.pos_ in ("NOUN", "PROPN"):
        return lemma in frame.nouns
    if lemma not in frame.verbs:
        return False
    return not frame.particle or frame.optional_particle or has_particle(token, frame.particle)


def slot_of(trigger: Token, slot: str) -> list[Token]:
    """Return the nouns that may be a post in a slot of the trigger."""
    if slot == "object":
        found = [t for o in objects(trigger) for t in conjuncts(o)]
        return found + [
            t for o in found if o.lemma_ in ("total", "number", "dozen") for t in prepositional(o, ("of",))
        ]
    if slot == "subject":
        return subjects(trigger)
    if slot == "CONTROL":
        controls = [o for o in objects(trigger) if o.lemma_ == "control"]
        return [
            t for o in controls for t in prepositional(o, ("of", "over")) or prepositional(trigger, ("of", "over"))
        ]
    if slot == "UNDER":
        return _under(trigger)
    direct = prepositional(trigger, (slot,))
    inner = [t for o in objects(trigger) for t in prepositional(o, (slot,))]
    # "attack on a gathering at a checkpoint": the post hangs on what was hit.
    return direct + inner + [t for d in direct for t in prepositional(d, ("at", "in", "of", "inside"))]


def _under(trigger: Token) -> list[Token]:
    """The posts of "a base under siege" and "the base is under siege"."""
    if trigger.dep_ != "pobj" or trigger.head.lower_ != "under":
        return []
    above = trigger.head.head
    return subjects(above) if above.pos_ in ("VERB", "AUX") else [above]


def party_in(document: Document, index: int, trigger: Token, slots: tuple[str, ...], head: Token) -> Party | None:
    """Return the party that stands in the first filled slot of the trigger, the post itself left out."""
    for slot in slots:
        for noun in party_slot(trigger, slot):
            if noun is head:
                continue
            party = party_of(document, index, noun)
            if party is not None:
                return party
    return None


def party_slot(trigger: Token, slot: str) -> list[Token]:
    """Return the nouns that may be a party in a slot of the trigger."""
    if slot == "subject":
        return subjects(trigger)
    if slot == "support":
        # "carried out attacks on": the doer of a light verb whose object the noun is.
        return subjects(trigger.head) if trigger.dep_ in ("dobj", "nsubjpass") else []
    if slot in ("possessor", "modifier"):
        wanted = ("poss",) if slot == "possessor" else ("compound", "amod", "nmod")
        return [t for t in trigger.children if t.dep_ in wanted]
    own = prepositional(trigger, (slot,))
    # "is under siege by": the parser hangs "by" on the verb.
    above = trigger.head.head if slot == "by" and trigger.dep_ == "pobj" else None
    return own or (prepositional(above, (slot,)) if above is not None else [])


def is_ours(head: Token) -> bool:
    """Whether the posts are the speaker's own ("our checkpoints", "its post")."""
    return any(c.dep_ == "poss" and c.lower_ in ("our", "my", "its", "their") for c in head.children)


def run_by(document: Document, index: int, head: Token) -> Party | None:
    """Return the owner named behind: "a checkpoint run by the militia", "the base of the 104th brigade"."""
    for child in head.children:
        if child.dep_ == "acl" and child.lemma_ in (
            "run",
            "man",
            "hold",
            "operate",
            "control",
            "staff",
            "use",
            "guard",
            "belong",
        ):
            for noun in subjects(child) + prepositional(child, ("to", "by")):
                party = party_of(document, index, noun)
                if party is not None:
                    return party
    for noun in prepositional(head, ("of", "belonging to")):
        party = party_of(document, index, noun)
        if party is not None and party.is_armed:
            return party
    return None


def place_of(document: Document, index: int, head: Token, trigger: Token) -> Location | None:
    """Return where the post stands: named on it, in the same clause, in the sentence, or the area spoken of."""
    for child in head.children:
        if child.dep_ in ("compound", "appos", "nmod", "poss"):
            location = document.location_at(index, child)
            if location is not None:
                return location
    around = containing(document, index, head) or containing(document, index, trigger)
    if around is not None:
        return around
    return area_spoken_of(document, index, head)


def count_of(head: Token) -> tuple[int | None, str]:
    """Return how many posts, as a number where one is said and as the text's word otherwise ("several")."""
    for child in head.children:
        if child.dep_ == "nummod" and child.pos_ == "NUM":
            value = value_of(child.text)
            return (int(value) if value is not None else None), child.text
    for child in head.children:
        if child.dep_ in ("det", "amod") and child.lower_ in (
            "several",
            "some",
            "many",
            "few",
            "dozens",
            "numerous",
            "both",
        ):
            return (2 if child.lower_ == "both" else None), child.text
    total = list(climb(head))[:2]
    for _, above in total:
        if above.lemma_ in ("total", "dozen", "number") and above.pos_ == "NOUN":
            return None, above.text
    return (1, "") if head.tag_ == "NN" else (None, "")
