"""Lexicon: the words beside a name that tell what it is, read from the YAML files next to this module."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from geomap.yamlfile import Form, read_yaml

_HERE = Path(__file__).parent
Side = Literal["before", "after", "of", "hyphen", "extends"]


class CueEntry(Form):
    """A group of words on one side of a name, with an example in which one stands beside a [name]."""

    cue: str
    side: Side
    words: list[str]
    example: str


class WeightsFile(Form):
    """How much each cue speaks for (above 0) or against (below 0) a place, in log odds."""

    threshold: float
    base: float
    cues: dict[str, float]


class PeopleFile(Form):
    """Names of people."""

    given: dict[str, list[str]]
    family: list[str]


class WordList(Form):
    """Names of places that are also common words."""

    words: list[str]
    example: str
    counter_example: str


class RoleEntry(Form):
    """Words that make a [name] an actor in ``example`` and leave it a place in ``counter_example``."""

    words: list[str]
    example: str
    counter_example: str


class SeatsFile(Form):
    """Cities whose name stands for a government."""

    seats: list[str]
    example: str
    counter_example: str


class ShapesFile(Form):
    """What names of places look like."""

    particles: list[str]
    heads: list[str]
    endings: list[str]
    example: str
    counter_example: str


class CapitalWordsFile(Form):
    """Words with a capital that are no places, by what they are."""

    time: list[str]
    belief: list[str]
    politics: list[str]
    force: list[str]
    body: list[str]
    medium: list[str]
    people_and_tongues: list[str]
    thing: list[str]
    example: str
    counter_example: str

    def words(self) -> list[str]:
        """All words of all groups."""
        named = (self.time, self.belief, self.politics, self.force, self.body, self.medium)
        return [word for group in (*named, self.people_and_tongues, self.thing) for word in group]


class StateEntry(Form):
    """A state or province with its abbreviations."""

    name: str
    ap: list[str]
    postal: str
    example: str


@dataclass(frozen=True, eq=False)
class Lexicon:
    """The words of all files, ready to be looked up in lower case.

    Attributes:
        cues_by_word: for each side, the cues of a word.
        given, family: names of people.
        titles: words before a name that make it a person's.
        before_surnames: titles and given names.
        common: names of places that are also common words.
        ambiguous: those, and names of people.
        roles: the words of each role cue.
        seats: cities that stand for a government.
        state_by_abbreviation: ``La.`` -> ``Louisiana``, keys without spaces.
        particles, heads, endings: parts of names of places.
        vocabulary: words that texts write small.
        capital_words: words with a capital that are no places.
        weights, unknown: what the cues of a gazetteer's name, and of a name it lacks, weigh.
    """

    cues_by_word: Mapping[Side, Mapping[str, tuple[str, ...]]]
    given: frozenset[str]
    titles: frozenset[str]
    before_surnames: frozenset[str]
    family: frozenset[str]
    common: frozenset[str]
    ambiguous: frozenset[str]
    roles: Mapping[str, frozenset[str]]
    seats: frozenset[str]
    state_by_abbreviation: Mapping[str, str]
    particles: frozenset[str]
    heads: frozenset[str]
    endings: tuple[str, ...]
    vocabulary: frozenset[str]
    capital_words: frozenset[str]
    weights: WeightsFile
    unknown: WeightsFile


@functools.cache
def lexicon() -> Lexicon:
    """The lexicon of this package, read once.

    Raises:
        GazetteerError: where one of the files is broken.
    """
    people = read_yaml(_HERE / "people.yml", PeopleFile)
    shapes = read_yaml(_HERE / "shapes.yml", ShapesFile)
    by_side = _by_side(read_yaml(_HERE / "cues.yml", list[CueEntry]))
    given = _lower(name for names in people.given.values() for name in names)
    family, common = _lower(people.family), _lower(read_yaml(_HERE / "common_words.yml", WordList).words)
    titles = frozenset(word for word, cues in by_side["before"].items() if "title" in cues)
    return Lexicon(
        cues_by_word=by_side,
        given=given,
        family=family,
        titles=titles,
        before_surnames=given | titles,
        common=common,
        ambiguous=common | given | family,
        roles={name: _lower(entry.words) for name, entry in role_entries().items()},
        seats=_lower(read_yaml(_HERE / "seats.yml", SeatsFile).seats),
        state_by_abbreviation=_abbreviations(read_yaml(_HERE / "states.yml", list[StateEntry])),
        particles=_lower(shapes.particles),
        heads=_lower(shapes.heads),
        endings=tuple(_lower(shapes.endings)),
        vocabulary=frozenset((_HERE / "vocabulary.txt").read_text("utf-8").split()),
        capital_words=_lower(read_yaml(_HERE / "capital_words.yml", CapitalWordsFile).words()),
        weights=read_yaml(_HERE / "weights.yml", WeightsFile),
        unknown=read_yaml(_HERE / "unknown_weights.yml", WeightsFile),
    )


def role_entries() -> dict[str, RoleEntry]:
    """The role cues by name, as the file gives them."""
    return read_yaml(_HERE / "roles.yml", dict[str, RoleEntry])


def cue_entries() -> list[CueEntry]:
    """The cues of neighbouring words, as the file gives them."""
    return read_yaml(_HERE / "cues.yml", list[CueEntry])


def _lower(words: Iterable[str]) -> frozenset[str]:
    return frozenset(word.lower() for word in words)


def _by_side(entries: Iterable[CueEntry]) -> dict[Side, dict[str, tuple[str, ...]]]:
    found: dict[Side, dict[str, tuple[str, ...]]] = {
        "before": {},
        "after": {},
        "of": {},
        "hyphen": {},
        "extends": {},
    }
    for entry in entries:
        words = found[entry.side]
        for word in entry.words:
            words[word.lower()] = (*words.get(word.lower(), ()), entry.cue)
    return found


def _abbreviations(entries: Iterable[StateEntry]) -> dict[str, str]:
    found = {}
    for entry in entries:
        for short in (*entry.ap, entry.postal):
            found[short.replace(" ", "")] = entry.name
    return found
