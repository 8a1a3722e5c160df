"""Lexicon: the curated phrases of events, read once from the YAML files beside this module.

Every entry has an example that it must match and a counter-example that must give no event.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Literal

from pydantic import Field

from geomap.model import PostKind
from geomap.yamlfile import Form, read_yaml

_FOLDER = Path(__file__).parent


class Words(Form):
    """A list of words with an example of one of them at work."""

    words: list[str]
    example: str
    counter_example: str = ""


class Values(Form):
    """Words with a number each: a month, a length in days, how many of a unit."""

    words: dict[str, int]
    example: str
    counter_example: str = ""


class WordClass(Form):
    """Words that share a meaning; ``name`` says which."""

    name: str = Field(alias="class")
    words: tuple[str, ...]
    example: str
    counter_example: str


class Cue(WordClass):
    """A function word of a clause: ``kind`` says where it stands."""

    kind: Literal["mark", "mark_of_future", "modal", "before_gerund"]


class ReportingCue(Form):
    """How a text says who speaks."""

    kind: Literal[
        "verb", "noun", "phrase", "figure_noun", "credit", "counting", "topic", "pointing", "tail", "made"
    ]
    words: tuple[str, ...]
    example: str
    counter_example: str


class SpeakerSide(Form):
    """Words of a speaker's name that tell what kind of source it is."""

    side: Literal["un", "party", "observer", "media"]
    words: tuple[str, ...]
    example: str
    counter_example: str


class Frame(Form):
    """A verb or noun that makes an event, and the slots its roles stand in.

    Slots are ``subject``, ``object``, ``possessor``, ``modifier``, ``WITH`` (what the ``with`` preposition
    governs), ``TOPIC`` (the settlement spoken of) or a preposition; they are tried in order. ``aspect`` tells a
    change from a state: the perfect ("have controlled"), a means ("by controlling"), "now", "no longer", or a verb
    of change. ``told`` asks that the place is named in the sentence and not only where the article plays.
    """

    id: str
    subtype: str
    verbs: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    particle: tuple[str, ...] = ()
    optional_particle: bool = False
    object_is: tuple[str, ...] = ()
    with_: dict[str, tuple[str, ...]] = Field(default={}, alias="with")
    place: tuple[str, ...]
    actor: tuple[str, ...] = ()
    opponent: tuple[str, ...] = ()
    armed: bool = False
    armed_opponent: bool = False
    named: bool = False
    troops: bool = False
    told: bool = False
    aspect: tuple[Literal["perfect", "by", "now", "event", "no_longer"], ...] = ()
    example: str
    counter_example: str


class RareWord(Form):
    """A form that the parser often mistakes, the common word it reads instead, and the form's base."""

    form: str
    reads: str
    base: str


class PostFrame(Form):
    """A verb or noun that says what becomes of a post, and the slots of the post and of who acts.

    ``object_is`` and ``subject_is`` ask for one of these nouns in the verb's object or subject, ``with`` behind a
    preposition of the verb; ``FORCE`` stands for all nouns of forces. ``aspect`` is as in ``Frame``. ``makes`` says
    that an armed doer is enough to tell a "new camp" from other camps.
    """

    id: str
    subtype: str
    verbs: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    particle: tuple[str, ...] = ()
    optional_particle: bool = False
    object_is: tuple[str, ...] = ()
    subject_is: tuple[str, ...] = ()
    with_: dict[str, tuple[str, ...]] = Field(default={}, alias="with")
    aspect: tuple[Literal["perfect", "by", "now", "event"], ...] = ()
    post: tuple[str, ...]
    actor: tuple[str, ...] = ()
    owner: tuple[str, ...] = ()
    armed: bool = False
    agent: bool = False
    makes: bool = False
    example: str
    counter_example: str


class PostNoun(Form):
    """A noun that names a kind of post.

    ``military`` ones need a military word beside them ("army base") or an armed doer; ``strict`` ones the word or
    an armed owner, as there are as many others of the name ("camp", "station"). Several of one with ``subtypes``
    are told of in these frames only.
    """

    kind: PostKind
    words: tuple[str, ...]
    military: bool = False
    strict: bool = False
    subtypes: tuple[str, ...] = ()
    example: str
    counter_example: str


class MoveFrame(Form):
    """A verb, noun or participle that says people left their homes; ``people`` is where their figure stands.

    ``subject_is`` asks for one of these nouns, or a ``PLACE``, as the verb's subject: the host. ``needs_topic`` and
    ``needs_danger`` ask that the article speaks of displacement, or at least of what people run from.
    """

    id: str
    category: str
    term: str
    verbs: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    with_: dict[str, tuple[str, ...]] = Field(default={}, alias="with")
    object_is: tuple[str, ...] = ()
    subject_is: tuple[str, ...] = ()
    particle: tuple[str, ...] = ()
    people: tuple[str, ...]
    needs_destination: bool = False
    needs_topic: bool = False
    needs_danger: bool = False
    example: str
    counter_example: str


@functools.cache
def control_frames() -> tuple[Frame, ...]:
    """Return the frames of control, those with more conditions first."""
    frames = read_yaml(_FOLDER / "control.yml", tuple[Frame, ...])
    return tuple(sorted(frames, key=lambda f: -(2 * bool(f.object_is or f.with_) + bool(f.particle))))


@functools.cache
def word_classes(file: str) -> dict[str, frozenset[str]]:
    """Return the words of a file of word classes, by class."""
    return {c.name: frozenset(c.words) for c in read_yaml(_FOLDER / file, tuple[WordClass, ...])}


@functools.cache
def clause_cues(kind: str) -> dict[str, str]:
    """Return the class of each function word of one kind, by word."""
    cues = read_yaml(_FOLDER / "modality_cues.yml", tuple[Cue, ...])
    return {word: cue.name for cue in cues if cue.kind == kind for word in cue.words}


@functools.cache
def reporting(kind: str) -> frozenset[str]:
    """Return the words of one kind of reporting cue."""
    cues = read_yaml(_FOLDER / "reporting.yml", tuple[ReportingCue, ...])
    return frozenset(word for cue in cues if cue.kind == kind for word in cue.words)


@functools.cache
def speaker_sides() -> tuple[SpeakerSide, ...]:
    """Return the lists of words that tell the side of a speaker, in the order they decide."""
    return read_yaml(_FOLDER / "speakers.yml", tuple[SpeakerSide, ...])


@functools.cache
def post_frames() -> tuple[PostFrame, ...]:
    """Return the frames of posts."""
    return read_yaml(_FOLDER / "posts.yml", tuple[PostFrame, ...])


@functools.cache
def post_nouns() -> tuple[PostNoun, ...]:
    """Return the nouns that name posts."""
    return read_yaml(_FOLDER / "post_nouns.yml", tuple[PostNoun, ...])


@functools.cache
def move_frames() -> tuple[MoveFrame, ...]:
    """Return the frames of displacement, those with more conditions first."""
    frames = read_yaml(_FOLDER / "displacement.yml", tuple[MoveFrame, ...])
    return tuple(sorted(frames, key=lambda f: -(2 * bool(f.object_is or f.with_) + bool(f.particle))))


def noun_class(name: str) -> frozenset[str]:
    """Return the common nouns of a class of nouns.yml ("settlement", "force")."""
    return word_classes("nouns.yml")[name]


@functools.cache
def irregular_forms() -> dict[str, tuple[str, ...]]:
    """Return the irregular forms of base forms, by base form."""
    return read_yaml(_FOLDER / "irregular.yml", dict[str, tuple[str, ...]])


@functools.cache
def stand_ins() -> dict[str, RareWord]:
    """Return the rare words that the parser reads as common ones, by form."""
    return {rare.form: rare for rare in read_yaml(_FOLDER / "stand_ins.yml", tuple[RareWord, ...])}


@functools.cache
def base_forms() -> dict[str, str]:
    """Return the base form of each irregular form."""
    return {form: base for base, forms in irregular_forms().items() for form in forms}


def any_of(words: Iterable[str]) -> str:
    """A pattern for any of the words, longest first, spaces as any white space."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "(?:" + "|".join(r"\s+".join(map(re.escape, word.split())) for word in ordered) + ")"
