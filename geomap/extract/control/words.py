"""Control words: does a verb or noun make a frame of control, and what stands in the frame's slots?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from geomap.extract.grammar.syntax import conjuncts, has_particle, objects, prepositional, subjects
from geomap.extract.lexicon import Frame, noun_class
from geomap.extract.places.reference import days_and_months

if TYPE_CHECKING:
    from spacy.tokens import Token


def frame_matches(frame: Frame, token: Token) -> bool:
    """Return whether a token is a verb or noun of the frame, and what the frame asks for stands with it."""
    lemma = token.lemma_.lower()
    if token.pos_ in ("NOUN", "PROPN"):
        return lemma in frame.nouns
    if token.pos_ not in ("VERB", "AUX") or lemma not in frame.verbs or _is_attribute(token):
        return False
    if frame.aspect and not _is_change(frame, token):
        return False
    if _leaves_in_a_state(token) or (lemma == "occupy" and token.tag_ in ("VBZ", "VBP")):
        return False
    if frame.particle and not frame.optional_particle and not has_particle(token, frame.particle):
        return False
    if frame.object_is and _framed_object(frame, token) is None:
        return False
    return not frame.with_ or _with(frame, token) is not None


def _is_attribute(token: Token) -> bool:
    """Whether the verb is a property of a place, told of no day ("the surrounding villages")."""
    return token.dep_ == "amod" or token.dep_ == "compound"


def _leaves_in_a_state(verb: Token) -> bool:
    """Whether "leaving" tells how things stand then ("leaving X as the last city") and no departure."""
    if verb.lemma_ != "leave" or verb.tag_ != "VBG" or verb.dep_ not in ("advcl", "pcomp", "conj"):
        return False
    states = {c.lower_ for c in verb.children if c.dep_ == "prep"} & {"as", "with", "without", "under", "in", "at"}
    return bool(states) or any(c.dep_ in ("oprd", "acomp", "ccomp", "xcomp") for c in verb.children)


def _is_change(frame: Frame, token: Token) -> bool:
    """Whether the verb tells a change and not a state that lasts."""
    words = {c.lower_ for c in token.children}
    if words & {"still", "remains", "remain"}:
        return False
    words |= {
        c.lower_ for preposition in token.children if preposition.dep_ == "prep" for c in preposition.children
    }
    is_over = "longer" in words
    words |= {c.lower_ for framed in with_nouns(frame, token) for c in framed.children}
    has_perfect = token.tag_ == "VBN" and any(c.dep_ == "aux" and c.lemma_ == "have" for c in token.children)
    is_means = token.dep_ == "pcomp" and token.head.lower_ == "by"
    is_event = token.lemma_ in ("come", "fall", "leave")
    is_new = has_perfect or bool(words & noun_class("by_now")) or _is_dated(token)
    told = {"no_longer": is_over, "perfect": has_perfect, "by": is_means, "now": is_new, "event": is_event}
    return any(told[name] for name in frame.aspect)


def _is_dated(verb: Token) -> bool:
    """Whether a state is told as reached by a time ("was in rebel hands by Friday")."""
    return any(c.dep_ == "prep" and c.lower_ == "by" for c in verb.children)


def _framed_object(frame: Frame, verb: Token) -> Token | None:
    """The object that makes the frame ("control" in "took control of")."""
    heads = [t for o in objects(verb) for t in conjuncts(o)]
    return next((t for t in heads if t.lemma_.lower() in frame.object_is), None)


def _with(frame: Frame, verb: Token) -> Token | None:
    """The noun that makes the frame by a preposition ("under the control", "in the hands")."""
    return next(with_nouns(frame, verb), None)


def with_nouns(frame: Frame, verb: Token) -> Iterator[Token]:
    """Yield the nouns that make the frame by a preposition ("under the control")."""
    for preposition, nouns in frame.with_.items():
        for noun in prepositional(verb, (preposition,)):
            is_armed = "ARMED" in nouns and noun.lemma_.lower() not in ("low", "high", "level", "percent")
            if noun.lemma_.lower() in nouns or is_armed:
                yield noun


def in_slot(frame: Frame, trigger: Token, slot: str) -> list[Token]:
    """Return the nouns that stand in a slot of the trigger, or of the framed object."""
    if slot == "subject":
        doers = [t for s in subjects(trigger) for t in conjuncts(s)][:6]
        return [t for doer in doers for t in _counted(doer)]
    if slot == "BEFORE":
        names = [t for t in trigger.doc[: trigger.i] if t.pos_ == "PROPN"]
        return [t for t in names if t.text not in days_and_months()][-1:]
    if slot == "object":
        return objects(trigger)
    if slot == "of_object":
        # "pulled his men out": those who go are the object.
        return [t for t in objects(trigger) if t.lemma_.lower() in noun_class("force") | {"man"}]
    if slot == "possessor":
        return [t for t in trigger.children if t.dep_ == "poss"]
    if slot == "modifier":
        return [t for t in trigger.children if t.dep_ in ("compound", "amod", "nmod")]
    if slot == "claimant":
        # "claimed the capture of": who claims it, did it.
        return subjects(trigger.head) if trigger.dep_ == "dobj" and trigger.head.lemma_ == "claim" else []
    if slot == "WITH":
        noun = _with(frame, trigger)
        return (
            []
            if noun is None
            else prepositional(noun, ("of",)) + [t for t in noun.children if t.dep_ in ("poss", "amod", "compound")]
        )
    framed = _framed_object(frame, trigger) if frame.object_is else None
    on_object = prepositional(framed, (slot,)) if framed is not None else []
    if trigger.pos_ == "NOUN" and slot in ("to", "by") and trigger.dep_ == "dobj":
        on_object = prepositional(trigger, (slot,)) or prepositional(trigger.head, (slot,))
    direct = [t for o in objects(trigger) for t in prepositional(o, (slot,))] if slot == "from" else []
    return on_object or prepositional(trigger, (slot,)) or direct


def _counted(noun: Token) -> list[Token]:
    """Who is meant by a number of them ("thousands of soldiers"), or the noun itself."""
    is_number = noun.lemma_.lower() in noun_class("measure") | {"thousand", "score", "most", "some", "all", "last"}
    return (prepositional(noun, ("of",)) if is_number else []) or [noun]


def strayed(verb: Token) -> list[Token]:
    """Objects that the parser joins to a day ("captured X on Monday and the town of Y")."""
    own = objects(verb)
    if not own or not any(c.dep_ == "dobj" for c in verb.children):
        return []
    days = [t for c in verb.children if c.dep_ == "prep" for t in c.children if t.text in days_and_months()]
    joined = [t for day in days for c in day.children if c.dep_ == "conj" for t in conjuncts(c)]
    return [t for t in joined if t.text not in days_and_months()]


def words_of(frame: Frame, trigger: Token) -> str:
    """Return the words of the article that made the frame."""
    extra = _framed_object(frame, trigger) if frame.object_is else _with(frame, trigger) if frame.with_ else None
    particles = [c for c in trigger.children if c.dep_ == "prt"]
    last = max([trigger.i] + [t.i for t in [extra, *particles] if t is not None])
    first = min(trigger.i, extra.i) if extra is not None else trigger.i
    return str(trigger.doc[first : last + 1].text) if last - first < 8 else trigger.text
