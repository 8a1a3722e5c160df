"""Check: what is wrong with the curated files that no form of one entry can show?

Each check is a function from all entries to lines of the form ``file:line: id: field: found, expected``.
"""

from __future__ import annotations

import itertools
import math
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from geomap.gazetteer.actors import ActorEntry
from geomap.gazetteer.files import Files, read_files
from geomap.gazetteer.load import find_data_dir
from geomap.gazetteer.names import fold
from geomap.gazetteer.schema import CountryEntry, PlaceEntry

# A place this much beyond the reach of its parent is a slip of a digit, not a border case.
FAR_FACTOR, FAR_KM = 3, 150
# A parent without a radius: a governorate reaches about this far.
USUAL_RADIUS_KM = 60
EARTH_RADIUS_KM = 6371.0


def check_gazetteer(data_dir: Path | None = None) -> list[str]:
    """Every problem of the curated files, one line each: ``places/xx/north.yml:7: xx-marsa: lat: found ...``."""
    files = read_files(data_dir or find_data_dir())
    return [*files.problems, *(line for check in CHECKS for line in check(files))]


def check_ids(files: Files) -> Iterator[str]:
    """Ids are links from maps and from other entries: each names one entry only."""
    for kind in (files.places, files.actors, files.sources):
        first: dict[str, object] = {}
        for entry in kind:
            if entry.id in first:
                before = files.stands[id(first[entry.id])].position()
                yield f"{files.where(entry, 'id')}: found {entry.id} again (first at {before}), expected it once"
            first.setdefault(entry.id, entry)


def check_folders(files: Files) -> Iterator[str]:
    """A place lies in the folder of its country, so that a curator finds it."""
    for entry in files.places:
        folder, code = files.stands[id(entry)].folder(), entry.id.split("-")[0]
        if not isinstance(entry, CountryEntry) and folder != code:
            yield f"{files.where(entry, 'id')}: found {entry.id} in {folder}/, expected {folder}-..."


def check_references(files: Files) -> Iterator[str]:
    """Parents, capitals and sources are entries too."""
    places, sources = {entry.id for entry in files.places}, {entry.id for entry in files.sources}
    for entry in files.places:
        if entry.parent is None and _needs_parent(entry):
            yield f"{files.where(entry)}: found no field parent, expected the id of the place that contains it"
        if entry.parent is not None and entry.parent not in places:
            yield f"{files.where(entry, 'parent')}: found {entry.parent}, expected the id of a place"
        if isinstance(entry, CountryEntry) and entry.capital is not None and entry.capital not in places:
            yield f"{files.where(entry, 'capital')}: found {entry.capital}, expected the id of a place"
        for source in sorted(entry.sources.keys() - sources):
            where = files.where(entry, "sources", source)
            yield f"{where}: found {source}, expected a source of sources.yml; add it there"


def _needs_parent(entry: PlaceEntry) -> bool:
    """Whether some place contains it: no country, water or region, nor what lies in several countries (zz)."""
    return not isinstance(entry, CountryEntry) and entry.kind not in ("region", "water") and _country(entry) != "zz"


def check_parents_end(files: Files) -> Iterator[str]:
    """Following parents upward ends."""
    parent_of = {entry.id: entry.parent for entry in files.places}
    for entry in files.places:
        seen: set[str] = set()
        step: str | None = entry.id
        while step is not None and step not in seen:
            seen.add(step)
            step = parent_of.get(step)
        if step == entry.id:
            yield f"{files.where(entry, 'parent')}: found {entry.parent}, which lies in {entry.id} itself"


def check_coordinates(files: Files) -> Iterator[str]:
    """No place lies at 0, 0, and none far outside what contains it."""
    by_id = {entry.id: entry for entry in files.places}
    for entry in files.places:
        if entry.lng == 0 and entry.lat == 0:
            yield f"{files.where(entry, 'lng')}: found 0, 0, expected where the place is"
            continue
        parent = by_id.get(entry.parent or "")
        if parent is None:
            continue
        limit = FAR_FACTOR * (parent.radius_km or USUAL_RADIUS_KM) + FAR_KM
        if (away := distance_km(entry, parent)) > limit:
            yield (
                f"{files.where(entry, 'lat')}: found a point {away:.0f} km from its parent {parent.id}, "
                f"expected at most {limit:.0f}; are lng and lat the right way round?"
            )


def check_names(files: Files) -> Iterator[str]:
    """A strong name is enough alone: two places of one country and rank cannot both have it."""
    bearers: defaultdict[str, list[PlaceEntry]] = defaultdict(list)
    for entry in files.places:
        for key in {fold(name) for name in strong_names(entry)}:
            bearers[key].append(entry)
    for key, entries in bearers.items():
        for entry, other in itertools.pairwise(entries):
            if not _is_pair(entry, other):
                yield (
                    f"{files.where(other)}: found the strong name {key} that {entry.id} has too, "
                    "expected it under names.weak of one of them"
                )


def strong_names(entry: PlaceEntry) -> Iterator[str]:
    """The names that are enough alone."""
    if entry.name not in entry.names.weak:
        yield entry.name
    yield from entry.names.strong


def _is_pair(entry: PlaceEntry, other: PlaceEntry) -> bool:
    """Whether two places of one name are a place and what it contains: Idlib the city in Idlib the governorate."""
    return entry.kind != other.kind and _country(entry) == _country(other)


def _country(entry: PlaceEntry) -> str:
    return entry.id.split("-")[0]


def check_examples(files: Files) -> Iterator[str]:
    """An example shows one of the names as a text writes it."""
    for entry in files.places:
        names = [fold(name) for name in all_names(entry)]
        for number, example in enumerate(entry.examples):
            if not _contains(fold(example), names):
                where = files.where(entry, "examples", number)
                yield f'{where}: found no name of {entry.id} in "{example}", expected one'
    for actor in files.actors:
        if not _contains(fold(actor.example), [fold(name) for name in actor.names]):
            where = files.where(actor, "example")
            yield f'{where}: found no name of {actor.id} in "{actor.example}", expected one'


def check_actors(files: Files) -> Iterator[str]:
    """Ids, countries and colours of actors have their form; a name leads to one actor."""
    for actor in files.actors:
        for field, pattern in _ACTOR_FIELDS.items():
            value = getattr(actor, field)
            if value and not re.fullmatch(pattern, value):
                yield f'{files.where(actor, field)}: found "{value}", expected text of the form {pattern}'
    first: dict[str, ActorEntry] = {}
    for actor in files.actors:
        for name in actor.names:
            other = first.setdefault(name, actor)
            if other is not actor:
                yield f"{files.where(actor)}: found the name {name} that {other.id} has too, expected it once"


_ACTOR_FIELDS = {"id": "[a-z0-9]+(-[a-z0-9]+)*", "country": "[a-z]{2}", "colour": "#[0-9a-f]{6}"}


def all_names(entry: PlaceEntry) -> Iterator[str]:
    """Every name of a place, with the demonyms of a country."""
    yield entry.name
    yield from (*entry.names.strong, *entry.names.weak)
    for names in entry.names.by_language.values():
        yield from names
    if isinstance(entry, CountryEntry):
        yield from entry.demonyms


def _contains(text: str, names: Iterable[str]) -> bool:
    return any(f" {name} " in f" {text} " for name in names)


def check_repeats(files: Files) -> Iterator[str]:
    """A name stands once in an entry; a spelling that only differs in accents or case adds nothing to find."""
    for entry in files.places:
        for group in ("strong", "weak"):
            seen: set[str] = {entry.name} if group == "strong" else set()
            for number, name in enumerate(getattr(entry.names, group)):
                if name in seen:
                    yield f"{files.where(entry, 'names', group, number)}: found {name} again, expected it once"
                seen.add(name)


def check_not_places(files: Files) -> Iterator[str]:
    """No curated place is silenced by a word that is no place."""
    place_names = {fold(name): entry for entry in files.places for name in strong_names(entry)}
    for entry in files.not_places:
        for name in (entry.name, *entry.aliases):
            if (place := place_names.get(fold(name))) is not None:
                where = files.where(entry)
                yield f"{where}: found {name}, a strong name of {place.id}; make it weak there or drop it here"


def distance_km(a: PlaceEntry, b: PlaceEntry) -> float:
    """The great-circle distance of two entries (haversine)."""
    lat_a, lat_b = math.radians(a.lat), math.radians(b.lat)
    half_lat, half_lng = (lat_a - lat_b) / 2, math.radians(a.lng - b.lng) / 2
    chord = math.sin(half_lat) ** 2 + math.cos(lat_a) * math.cos(lat_b) * math.sin(half_lng) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(chord))


CHECKS: tuple[Callable[[Files], Iterator[str]], ...] = (
    check_ids,
    check_folders,
    check_references,
    check_parents_end,
    check_coordinates,
    check_names,
    check_repeats,
    check_examples,
    check_actors,
    check_not_places,
)
