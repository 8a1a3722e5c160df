"""Called: which actors do the abbreviations of one article stand for?

An article that says "Marsa Liberation Army (MLA)" means that one by MLA. Of several known actors with one
abbreviation ("AA" is the Arakan Army and the Anadolu Agency) the one is meant that the article also names
otherwise, or whose country it is about.
"""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Mapping, Sequence

from geomap.extract.lexicon import any_of, noun_class
from geomap.gazetteer import ActorEntry
from geomap.gazetteer.actors import Actors
from geomap.model import Location

_IN_BRACKETS = re.compile(r"\(\s*(?:the\s+)?([A-Z][\w-]*[A-Z])\s*[);,]")
_BEFORE = 100
_WORD = re.compile(r"[\w'’-]+")
# What an actor of no country counts against others: more than one whose country is not spoken of.
_ANYWHERE = 0.5
_NAMED, _BESIDE = 5.0, 0.3


def actors_called(actors: Actors, text: str, locations: Sequence[Location]) -> Actors:
    """Return the actors, the article's abbreviations standing for what they stand for in it."""
    defined = dict(_defined(actors, text))
    several = {name: each for name, each in _several(actors, text).items() if name not in defined}
    chosen = _chosen(actors, text, several, locations) if several else {}
    meanings = {name: entry for name, entry in (chosen | defined).items() if actors.by_name(name) is not entry}
    return actors.with_meanings(meanings) if meanings else actors


def _defined(actors: Actors, text: str) -> list[tuple[str, ActorEntry]]:
    """The abbreviations that stand in brackets behind a name."""
    found = []
    for match in _IN_BRACKETS.finditer(text):
        before = text[max(0, match.start() - _BEFORE) : match.start()].rstrip()
        known = [entry for _, end, entry in actors.find(before) if end == len(before) and entry.kind != "generic"]
        entry = known[-1] if known else _unknown(before, match[1])
        if entry is not None and (known or actors.by_name(match[1]) is None):
            found.append((match[1], entry))
    return found


def _unknown(before: str, letters: str) -> ActorEntry | None:
    """An armed group that no file knows: the last capitalised words that begin with these letters."""
    phrase = before.rpartition(". ")[2]
    named = [word for word in _WORD.finditer(phrase) if word[0][0].isupper()][-len(letters) :]
    if [word[0][0] for word in named] != list(letters) or len(named) < 2:
        return None
    name = phrase[named[0].start() :]
    is_armed = any(word[0].lower().removesuffix("s") in noun_class("force") for word in named)
    return ActorEntry(id="", name=name, kind="armed_group", source_side="party") if is_armed else None


def _several(actors: Actors, text: str) -> Mapping[str, Sequence[ActorEntry]]:
    """The abbreviations in the text that several actors have."""
    names = actors.sharing()
    return {name: names[name] for name in set(_any_shared(tuple(names)).findall(text))} if names else {}


@functools.lru_cache(maxsize=4)
def _any_shared(names: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\b{any_of(names)}\b")


def _chosen(
    actors: Actors, text: str, several: Mapping[str, Sequence[ActorEntry]], locations: Sequence[Location]
) -> dict[str, ActorEntry]:
    """Each abbreviation with the actor that the article speaks of most; the first of equals."""
    hits = [entry for start, end, entry in actors.find(text) if text[start:end] not in several]
    named = Counter(entry.id for entry in hits)
    around = Counter(entry.country for entry in hits if entry.country)
    places = Counter(location.place.country for location in locations if location.place.country)

    def weight(entry: ActorEntry) -> float:
        countries = {entry.country, *entry.party_to} - {""}
        if not countries:
            return _ANYWHERE + _NAMED * named[entry.id]
        here = sum(places[country] + _BESIDE * around[country] for country in countries)
        return here + _NAMED * named[entry.id]

    return {name: max(each, key=weight) for name, each in several.items()}
