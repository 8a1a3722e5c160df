"""Candidates: each name of the gazetteer in an article, with the cues around it and across the document."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from geomap.gazetteer import Gazetteer, NameHit
from geomap.recognize.cues import (
    SMALL_SIZES,
    Facts,
    after_cues,
    before_cues,
    dateline_cues,
    name_cues,
    person_cues,
    read_facts,
)
from geomap.recognize.extent import ends_in_dot
from geomap.recognize.lexicon import Lexicon
from geomap.recognize.states import State, read_states
from geomap.recognize.usage import Usage
from geomap.recognize.words import Words

# Cues that make one occurrence of a name safe, and so the others of the same document likelier.
_SAFE = frozenset(
    {"inside", "near", "at", "place_of", "kind_before", "kind_after", "container_after", "state_after"}
)
# What an occurrence of a name tells of the other occurrences in the document.
_TELLING: Mapping[str, frozenset[str]] = {
    "safe_elsewhere": _SAFE,
    "person_elsewhere": frozenset({"given_before", "title", "initial_before"}),
    "speaks_elsewhere": frozenset({"said_after", "said_before"}),
    "capital_elsewhere": frozenset({"capital_before", "known_capital_before"}),
}
_SPEAKS = frozenset({"said_after", "said_after_capital"})
_JOINTS = frozenset({",", "and", "or", "/", ", and"})


@dataclass(slots=True)
class Candidate:
    """A name of the gazetteer in the text, tokens ``first``..``last`` (half-open), with what speaks for it."""

    hit: NameHit
    first: int
    last: int
    facts: Facts
    cues: set[str] = field(default_factory=set)
    state: str = ""


@functools.lru_cache(maxsize=1 << 14)
def facts_of(gazetteer: Gazetteer, name: str) -> Facts:
    """The facts of ``name``, kept because a name recurs in many articles."""
    places = gazetteer.places_named(name)
    return read_facts(places, any(p.is_curated and not gazetteer.is_weak(name, p.id) for p in places))


def find_candidates(words: Words, usage: Usage, gazetteer: Gazetteer, lexicon: Lexicon) -> list[Candidate]:
    """The names of places in the sentences, in order, each with all its cues; no demonyms."""
    states = {state.comma: state for state in read_states(words, lexicon)}
    inside = [(state.start, state.end) for state in states.values()]
    found = []
    for hit, first, last in _hits(words, gazetteer):
        if not any(start < hit.end and hit.start < end for start, end in inside):
            found.append(_candidate(words, hit, first, last, gazetteer, lexicon))
            _add_state(found[-1], states)
    _add_document_cues(words, usage, found, gazetteer)
    return found


def _hits(words: Words, gazetteer: Gazetteer) -> Iterator[tuple[NameHit, int, int]]:
    """Hits inside a sentence that begin with a capital, or in a script without capitals."""
    for hit in gazetteer.names_in(words.text):
        if words.text[hit.start].islower() and not any(c.isupper() for c in words.text[hit.start : hit.end]):
            continue
        first, last = words.span(hit.start, hit.end)
        if first < last and words.sentence[first] == words.sentence[last - 1]:
            yield hit, first, last


def _candidate(
    words: Words, hit: NameHit, first: int, last: int, gazetteer: Gazetteer, lexicon: Lexicon
) -> Candidate:
    facts = facts_of(gazetteer, hit.name)
    if hit.is_demonym:
        return Candidate(hit, first, last, facts)
    last += ends_in_dot(words, first, last)
    cues = {
        *facts.cues,
        *name_cues(words, first, last, lexicon),
        *before_cues(words, first, lexicon),
        *after_cues(words, last, lexicon),
        *dateline_cues(words, first, last),
        *person_cues(words, first, last, lexicon),
    }
    if not cues.isdisjoint(_SPEAKS) and (
        "country" in cues or words.text[hit.start : hit.end].lower() in lexicon.seats
    ):
        cues -= _SPEAKS  # a government speaks as people do
    return Candidate(hit, first, last, facts, cues)


def _add_state(candidate: Candidate, states: Mapping[int, State]) -> None:
    """Note the state abbreviation after a comma: "Houma, La."."""
    state = states.get(candidate.hit.end)
    if state is not None:
        candidate.state = state.name
        candidate.cues.add("state_after")


# --- the document --------------------------------------------------------------------------------------


def _add_document_cues(words: Words, usage: Usage, candidates: Sequence[Candidate], gazetteer: Gazetteer) -> None:
    _add_containers(words, candidates)
    places = [candidate for candidate in candidates if not candidate.hit.is_demonym]
    named = _NamedAreas.read(candidates, gazetteer)
    groups: dict[str, list[Candidate]] = {}
    for candidate in places:
        groups.setdefault(candidate.hit.name, []).append(candidate)
        candidate.cues.update(named.cues(candidate))
        if candidate.last - candidate.first == 1:
            key = words.keys[candidate.first]
            if key in usage.small:
                candidate.cues.add("lower_elsewhere")
            if key in usage.surnames:
                candidate.cues.add("surname_in_text")
    for group in groups.values():
        _add_group_cues(group)


def _add_containers(words: Words, candidates: Sequence[Candidate]) -> None:
    """Mark "X, Y" where Y is a country or division with a place named X, and names in one list."""
    for left, right in itertools.pairwise(candidates):
        gap = words.text[left.hit.end : right.hit.start].strip()
        if gap == "," and _contains(right.facts, left.facts) and not right.hit.is_demonym:
            left.cues.add("container_after")
            right.cues.add("container_of")
        elif gap in _JOINTS and not (left.hit.is_demonym or right.hit.is_demonym):
            left.cues.add("listed")
            right.cues.add("listed")


def _contains(area: Facts, inner: Facts) -> bool:
    if area.country:
        return area.country in inner.countries
    return area.division is not None and area.division in inner.divisions


def _add_group_cues(group: Sequence[Candidate]) -> None:
    """Cues that one occurrence lends to the others of the same name."""
    if len(group) < 2:
        return
    for cue, telling in _TELLING.items():
        count = sum(bool(candidate.cues & telling) for candidate in group)
        for candidate in group:
            if count > bool(candidate.cues & telling):
                candidate.cues.add(cue)


@dataclass(frozen=True)
class _NamedAreas:
    """Countries and divisions that the text names, with how often."""

    countries: Mapping[str, int]
    divisions: Mapping[tuple[str, str], int]

    @classmethod
    def read(cls, candidates: Sequence[Candidate], gazetteer: Gazetteer) -> _NamedAreas:
        countries: dict[str, int] = {}
        divisions: dict[tuple[str, str], int] = {}
        for candidate in candidates:
            for division in _divisions(candidate, gazetteer):
                divisions[division] = divisions.get(division, 0) + 1
                countries[division[0]] = countries.get(division[0], 0) + 1
            country = candidate.facts.country
            if candidate.hit.is_demonym:
                country = gazetteer.demonym_country(candidate.hit.name) or ""
            if country:
                countries[country] = countries.get(country, 0) + 1
        return cls(countries, divisions)

    def cues(self, candidate: Candidate) -> Iterator[str]:
        if candidate.facts.country:
            return
        size = "small_" if candidate.cues & SMALL_SIZES else ""
        own = candidate.facts.division
        if any(division != own for division in candidate.facts.divisions & self.divisions.keys()):
            yield f"{size}in_named_division"
        elif not candidate.facts.countries.isdisjoint(self.countries):
            yield f"{size}in_named_country"
        elif self.countries:
            yield f"{size}in_other_country"


def _divisions(candidate: Candidate, gazetteer: Gazetteer) -> Iterator[tuple[str, str]]:
    if candidate.hit.is_demonym:
        return
    if candidate.facts.division and not candidate.facts.country:
        yield candidate.facts.division
    if candidate.state:
        state = facts_of(gazetteer, candidate.state).division
        if state:
            yield state
