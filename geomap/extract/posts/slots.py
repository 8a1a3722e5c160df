"""Post slots: where in the sentence around a post stand its trigger, who acts, its place and its number?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.extract.grammar.syntax import climb, conjuncts, has_particle, objects, prepositional, subjects
from geomap.extract.lexicon import PostFrame, noun_class
from geomap.extract.quantities.figures import value_of

if TYPE_CHECKING:
    from spacy.tokens import Token

_BEHIND = frozenset(
    {
        "north",
        "south",
        "east",
        "west",
        "northeast",
        "northwest",
        "southeast",
        "southwest",
        "north-east",
        "north-west",
        "south-east",
        "south-west",
        "outside",
        "inside",
        "run",
    }
)


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
    """Whether a token is a verb or noun of the frame, with its particle and the nouns that it asks for."""
    lemma = token.lemma_.lower()
    if token.pos_ in ("NOUN", "PROPN"):
        return lemma in frame.nouns
    if lemma not in frame.verbs or token.dep_ == "amod":
        return False
    if frame.particle and not frame.optional_particle and not _has_particle(token, frame.particle):
        return False
    if frame.aspect and not _is_change(token):
        return False
    if frame.object_is and not _is_among(objects(token), frame.object_is):
        return False
    if frame.subject_is and not _is_among(_doers(token), frame.subject_is):
        return False
    return not frame.with_ or with_of(frame, token) is not None


def _has_particle(verb: Token, wanted: tuple[str, ...]) -> bool:
    """Whether the verb has a particle or a small clause of one word ("set ablaze")."""
    return has_particle(verb, wanted) or any(
        c.dep_ in ("oprd", "acomp", "ccomp") and c.lower_ in wanted for c in verb.children
    )


def with_of(frame: PostFrame, verb: Token) -> Token | None:
    """Return the noun that makes the frame behind a preposition ("under their control")."""
    for preposition, nouns in frame.with_.items():
        # "set a post on fire": the parser hangs it on the post.
        on_objects = [t for o in objects(verb) for t in prepositional(o, (preposition,))]
        for noun in prepositional(verb, (preposition,)) + on_objects:
            if noun.lemma_.lower() in nouns or "ANY" in nouns:
                return noun
    return None


def _is_among(nouns: list[Token], wanted: tuple[str, ...]) -> bool:
    if not nouns:
        return "NONE" in wanted
    nouns = nouns + [t for noun in nouns for t in prepositional(noun, ("of",))]
    lemmas = {t.lemma_.lower() for t in nouns} | {t.lower_ for t in nouns}
    return bool(lemmas & set(wanted)) or ("FORCE" in wanted and bool(lemmas & noun_class("force")))


def _doers(verb: Token) -> list[Token]:
    """Who does it, or the thing that is made to do it ("a bomb was detonated", "drove a truck into")."""
    return subjects(verb) + objects(verb)


def _is_change(verb: Token) -> bool:
    """Whether "be under control" tells a change: "is now", or a verb that is one."""
    return verb.lemma_ != "be" or any(c.lower_ == "now" for c in verb.children)


def is_beside(head: Token) -> bool:
    """Whether the parser hangs a post on the direction behind it ("a checkpoint west of X")."""
    return head.dep_ in ("compound", "nmod") and head.head.lower_ in _BEHIND and head.i + 1 == head.head.i


def slot_of(trigger: Token, slot: str) -> list[Token]:
    """Return the nouns that may be a post in a slot of the trigger."""
    found = _in_slot(trigger, slot)
    beside = [c for t in found if t.lower_ in _BEHIND for c in t.children if is_beside(c)]
    counted = [t for o in found if _counts(o) for t in prepositional(o, ("of",))]
    return found + beside + counted


def _counts(token: Token) -> bool:
    """Whether a word stands for some of what "of" tells ("two of the posts", "the largest of the posts")."""
    return token.lemma_ in ("total", "number", "dozen") or token.pos_ in ("NUM", "ADJ", "DET", "PRON")


def _in_slot(trigger: Token, slot: str) -> list[Token]:
    if slot == "object":
        return [t for o in objects(trigger) for t in conjuncts(o)]
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
    if trigger.dep_ == "pobj" and trigger.head.lower_ == "under":  # "came under fire at their post"
        direct = direct + prepositional(trigger.head.head, (slot,))
    inner = [t for o in objects(trigger) for t in prepositional(o, (slot,))]
    # "attack on a gathering at a checkpoint", "into the gate of a base": the post hangs on what was hit.
    return direct + inner + [t for d in direct for t in prepositional(d, ("at", "in", "of", "inside", "to"))]


def _under(trigger: Token) -> list[Token]:
    """The posts of "a base under siege" and "the base is under siege"."""
    if trigger.dep_ != "pobj" or trigger.head.lower_ != "under":
        return []
    above = trigger.head.head
    return subjects(above) if above.pos_ in ("VERB", "AUX") else [above]


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
