"""Who acts on a post, and whose it is: the parties in the slots of a trigger and around the noun."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.extract.document import Document
from geomap.extract.grammar.syntax import objects, prepositional, subjects
from geomap.extract.parties.find import Party, owner_in, party_of

if TYPE_CHECKING:
    from spacy.tokens import Token

# Verbs whose subject also does the attack in which it is done ("killed five in a raid on the base").
_DOING = frozenset(
    {
        "kill",
        "wound",
        "injure",
        "hit",
        "seize",
        "capture",
        "abduct",
        "kidnap",
        "take",
        "free",
        "loot",
        "steal",
        "carry",
        "launch",
        "stage",
        "mount",
        "conduct",
        "use",
        "destroy",
        "burn",
    }
)
# Verbs whose subject meets the attack: those do not do it.
_SUFFERING = frozenset(
    {
        "repel",
        "repulse",
        "foil",
        "thwart",
        "fend",
        "condemn",
        "suffer",
        "survive",
        "report",
        "say",
        "investigate",
        "see",
        "face",
        "withstand",
        "resist",
        "beat",
        "confirm",
        "deny",
        "blame",
        "announce",
        "denounce",
    }
)


def party_in(document: Document, index: int, trigger: Token, slots: tuple[str, ...], head: Token) -> Party | None:
    """Return the party that stands in the first filled slot of the trigger, the post itself left out."""
    for slot in slots:
        for noun in party_slot(trigger, slot):
            if noun is head:
                continue
            # "a US airstrike", "a Taliban suicide bomber": whose it is does it.
            party = party_of(document, index, noun)
            named = party if party is not None and (party.is_armed or party.actor.id) else None
            party = named or owner_in(document, index, noun) or party
            if party is not None:
                return party
    return None


def party_slot(trigger: Token, slot: str) -> list[Token]:
    """Return the nouns that may be a party in a slot of the trigger."""
    if slot == "subject":
        return _accused(trigger) or subjects(trigger)
    if slot == "support":
        return _supporting(trigger)
    if slot == "WITH":
        nouns = [n for p in ("in", "under", "into") for n in prepositional(trigger, (p,))]
        return [
            t for n in nouns for t in [*prepositional(n, ("of",)), *(c for c in n.children if c.dep_ == "poss")]
        ]
    if slot in ("possessor", "modifier"):
        wanted = ("poss",) if slot == "possessor" else ("compound", "amod", "nmod")
        return [t for t in trigger.children if t.dep_ in wanted]
    own = prepositional(trigger, (slot,))
    # "is under siege by": the parser hangs "by" on the verb.
    above = trigger.head.head if slot == "by" and trigger.dep_ == "pobj" else None
    return own or (prepositional(above, (slot,)) if above is not None else [])


def _accused(verb: Token) -> list[Token]:
    """Who is said to have done it: "accused the army of attacking", "blamed them for burning"."""
    if verb.dep_ != "pcomp" or verb.head.lower_ not in ("of", "for"):
        return []
    above = verb.head.head
    return objects(above) if above.lemma_ in ("accuse", "blame", "suspect") else []


def _supporting(noun: Token) -> list[Token]:
    """Who does it by the verb above: "carried out attacks", "claimed an attack", "killed five in a raid"."""
    if noun.dep_ in ("dobj", "nsubjpass"):
        return subjects(noun.head) if noun.head.lemma_ not in _SUFFERING else []
    if noun.dep_ != "pobj":
        return []
    above = noun.head.head
    if above.lemma_ == "responsibility" and above.dep_ == "dobj":
        return subjects(above.head)
    return subjects(above) if noun.head.lower_ in ("in", "during") and above.lemma_ in _DOING else []


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
