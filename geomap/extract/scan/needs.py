"""Needs: what does each frame of the lexicon ask of the words of a sentence?"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from geomap.extract.lexicon import (
    Frame,
    MoveFrame,
    PostFrame,
    control_frames,
    move_frames,
    noun_class,
    post_frames,
)
from geomap.extract.triggers import RUN_ON, Phrases, inflections, words_of_text

# Words that stand for anything in a lexicon's slot: they ask for no word of their own.
_PLACE, _ARMED = "PLACE", "ARMED"
_ANYTHING = frozenset({_PLACE, _ARMED, "FORCE", "ANY", "NONE"})
# Words by which a verb leaves the place spoken of ("drove them out").
_OF_TOPIC = ("out", "away", "back")
_HAVE = frozenset({"have", "has", "had", "having", "ve", "s", "d"})
# Slots of a place that are no prepositions, beside those in capitals.
_NO_PREPOSITIONS = frozenset({"subject", "object", "possessor", "modifier", "claimant", "of_object"})


@dataclass(frozen=True, eq=False)
class With:
    """Nouns of which one must stand behind one of the prepositions."""

    prepositions: frozenset[str]
    nouns: Phrases
    is_armed: bool
    is_place: bool
    is_any: bool


@dataclass(frozen=True, eq=False)
class Need:
    """What a frame asks of a sentence beside its verb or noun."""

    verbs: Phrases
    # One of these is enough, whatever else is asked of the verbs.
    nouns: Phrases
    objects: Phrases | None = None
    with_: tuple[With, ...] = ()
    particle: frozenset[str] = frozenset()
    armed: bool = False
    named: bool = False
    # Of each preposition that its place may stand behind its words; empty where the place may stand without.
    places: tuple[frozenset[str], ...] = ()
    # Of these one tells that the verb is a change and no state; empty where it need not be told.
    aspect: frozenset[str] = frozenset()
    move: MoveFrame | None = None
    subjects: Phrases | None = None

    def is_met(self, words: frozenset[str], verbs: frozenset[str]) -> bool:
        """Whether the words are there; ``verbs``: those of them that may be verbs."""
        if self.nouns.among(words):
            return True
        others = (each for each in (self.objects, self.subjects) if each is not None)
        if not self.verbs.among(verbs) or not all(each.among(words) for each in others):
            return False
        if self.aspect and self.aspect.isdisjoint(words):
            return False
        return not self.particle or bool(self.particle & words)

    def may_stand(self, words: frozenset[str]) -> bool:
        """Whether a word is there that its place may stand behind."""
        return not self.places or "where" in words or any(each <= words for each in self.places)


def _by_word(needs: Iterable[Need]) -> Mapping[str, tuple[Need, ...]]:
    """The needs by each form of their verbs and nouns, so that a sentence asks only for a few."""
    found: dict[str, list[Need]] = {}
    for need in needs:
        for word in need.verbs.keys | need.nouns.keys:
            found.setdefault(word, []).append(need)
    return {word: tuple(each) for word, each in found.items()}


@functools.cache
def control_needs() -> Mapping[str, tuple[Need, ...]]:
    """Return what frames of control ask for, by each form of their words."""
    return _by_word(_control_need(frame) for frame in control_frames())


def _control_need(frame: Frame) -> Need:
    # "X was recaptured" is told without a party.
    armed = frame.armed and frame.subtype != "recaptured"
    particle = frozenset() if frame.optional_particle else frozenset(frame.particle)
    verbs, nouns = Phrases(frame.verbs), Phrases(frame.nouns)
    return Need(
        verbs,
        nouns,
        _objects(frame.object_is),
        _with(frame.with_),
        particle,
        armed,
        frame.named,
        _prepositions(frame.place),
        _aspect(frame.aspect),
    )


@functools.cache
def move_needs() -> Mapping[str, tuple[Need, ...]]:
    """Return what frames of displacement ask for, by each form of their words."""
    return _by_word(_move_need(frame) for frame in move_frames())


def _move_need(frame: MoveFrame) -> Need:
    verbs = Phrases(frame.verbs, before=RUN_ON)
    nouns = Phrases((*frame.nouns, *frame.adjectives), before=RUN_ON)
    # A noun alone is enough, whatever the frame asks of its verbs.
    with_ = () if frame.nouns or frame.adjectives else _with(frame.with_)
    return Need(
        verbs,
        nouns,
        _objects(frame.object_is),
        with_,
        frozenset(frame.particle),
        move=frame,
        subjects=_objects(frame.subject_is),
    )


@functools.cache
def post_needs() -> Mapping[str, tuple[Need, ...]]:
    """Return what frames of posts ask for, by each form of their words."""
    return _by_word(_post_need(frame) for frame in post_frames())


def _post_need(frame: PostFrame) -> Need:
    return Need(
        Phrases(frame.verbs),
        Phrases(frame.nouns),
        _objects(frame.object_is),
        _with(frame.with_),
        frozenset() if frame.optional_particle else frozenset(frame.particle),
        subjects=_objects(frame.subject_is),
    )


def _prepositions(slots: Sequence[str]) -> tuple[frozenset[str], ...]:
    """The words of each slot that is a preposition, if all of them are."""
    slots = [word for slot in slots for word in (_OF_TOPIC if slot == "TOPIC" else [slot])]
    if any(slot in _NO_PREPOSITIONS or slot.isupper() for slot in slots):
        return ()
    return tuple(words_of_text(slot) for slot in slots)


def _aspect(names: Iterable[str]) -> frozenset[str]:
    """The words of which one stands where a verb tells a change by its aspect; see ``control.words``."""
    told = {
        "no_longer": {"longer"},
        "perfect": _HAVE,
        "by": {"by"},
        "now": _HAVE | {"by"} | noun_class("by_now"),
        "event": {form for verb in ("come", "fall", "leave") for form in inflections(verb)},
    }
    return frozenset().union(*(told[name] for name in names))


def _objects(words: Sequence[str]) -> Phrases | None:
    return Phrases(words) if words and _ANYTHING.isdisjoint(words) else None


def _with(with_: Mapping[str, Sequence[str]]) -> tuple[With, ...]:
    return tuple(
        # "out of" is two words to the parser too; one of them is enough here.
        With(
            words_of_text(preposition),
            Phrases(set(nouns) - _ANYTHING),
            _ARMED in nouns,
            _PLACE in nouns,
            "ANY" in nouns,
        )
        for preposition, nouns in with_.items()
    )
