"""Gazetteer: which places are there, how are they called, and where are they?

Two gazetteers as one: the curated files (``gazetteer/``), which come first, and an index of the world's names.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geomap.gazetteer.actors import ActorEntry, Actors
from geomap.gazetteer.load import Curated, default_cache_dir, find_data_dir, keep_loaded, load_curated
from geomap.gazetteer.matching import NameHit, NameMatcher
from geomap.gazetteer.names import fold, skeleton, skeletons_like
from geomap.gazetteer.similar import score_alike
from geomap.model import LngLat, Place

if TYPE_CHECKING:
    from geomap.gazetteer.imported import Progress, Worlds
    from geomap.gazetteer.world import WorldIndex

__all__ = [
    "ActorEntry",
    "Actors",
    "Gazetteer",
    "NameHit",
    "check_gazetteer",
    "fold",
    "format_gazetteer",
    "import_dump",
    "keep_loaded",
    "load_gazetteer",
    "skeleton",
]

# Names whose places are kept once they were looked up, because names recur in many articles.
_NAMES_KEPT = 1 << 13
# Further suggestions for a name that is not known are ever less likely.
_MOST_SIMILAR = 20
# Names that are kept for them: some are of places that another one named already.
_NAMES_ALIKE = 200


def load_gazetteer(data_dir: Path | None = None, cache_dir: Path | None = None) -> Gazetteer:
    """The curated gazetteer, with the worldwide one behind it.

    Args:
        data_dir: the curated files; those that ship with geomap by default.
        cache_dir: where built indexes are kept; ``$GEOMAP_CACHE`` or the user's cache folder by default.

    An entry that is not of its form is left out, logged, and listed in ``problems``.

    Raises:
        GazetteerError: where ``data_dir`` holds no gazetteer.
    """
    from geomap.gazetteer.imported import Worlds, open_imported
    from geomap.gazetteer.world import open_world

    data_dir, cache_dir = data_dir or find_data_dir(), cache_dir or default_cache_dir()
    curated, world = load_curated(data_dir, cache_dir), open_world(cache_dir)
    if (imported := open_imported(cache_dir)) is None:
        return Gazetteer(curated, world)
    index, version = imported
    return Gazetteer(replace(curated, version=f"{curated.version}.{version}"), Worlds(world, index))


def import_dump(
    path: Path,
    country: str = "",
    told: Callable[[Progress], None] = lambda progress: None,
    cache_dir: Path | None = None,
) -> Progress:
    """Take over the places of a GeoNames dump, as ``geomap.gazetteer.imported.import_dump`` tells."""
    from geomap.gazetteer.imported import import_dump as take_over

    return take_over(path, cache_dir or default_cache_dir(), country, told)


def check_gazetteer(data_dir: Path | None = None) -> list[str]:
    """Every problem of the curated files, one line each; empty where they are clean."""
    from geomap.gazetteer.check import check_gazetteer as check

    return check(data_dir)


def format_gazetteer(data_dir: Path | None = None, *, write: bool = True) -> list[Path]:
    """The curated files that are not in canonical form; they are written unless ``write`` is False."""
    from geomap.gazetteer.write import format_gazetteer as format_files

    return format_files(data_dir, write=write)


class Gazetteer:
    """Places and actors by name, in texts and by id; ``world`` None leaves the curated places alone."""

    def __init__(self, curated: Curated, world: WorldIndex | Worlds | None = None) -> None:
        self._curated, self._world = curated, world
        self._places: dict[str, Place | None] = {}
        self._places_at = functools.lru_cache(_NAMES_KEPT)(self._find_places)
        self._names_alike = functools.lru_cache(_NAMES_KEPT)(self._find_alike)

    @property
    def version(self) -> str:
        """The calendar version of the curated files with a hash of their content: ``2026.11+0a1b2c3d``."""
        return self._curated.version

    @property
    def problems(self) -> tuple[str, ...]:
        """What is wrong with the entries that were left out, one line each; ``check_gazetteer`` tells more."""
        return tuple(self._curated.problems)

    @cached_property
    def actors(self) -> Actors:
        """The parties, monitors and publishers of ``actors.yml``."""
        return Actors(_actor(values) for values in self._curated.actors)

    @cached_property
    def not_places(self) -> frozenset[str]:
        """Folded names that are no places: newspapers, persons, words."""
        return frozenset(self._curated.not_places)

    def names_in(self, text: str) -> Iterator[NameHit]:
        """The names of places and the demonyms in a text, left to right, the longest at each word."""
        return self._matcher.hits(text)

    def places_named(self, name: str) -> tuple[Place, ...]:
        """All places of that name in any of their spellings: curated ones first, then by population.

        Of the curated ones those it is a strong name of come first, and towns before their provinces.
        """
        return self._places_at(fold(name))

    def _find_places(self, key: str) -> tuple[Place, ...]:
        forms = sorted(self._curated.names.get(key, ()), key=self._rank)
        curated = [self._known(place_id) for _, place_id, _ in forms]
        world = [] if self._world is None else [self._named(place) for place in self._world.places_named(key)]
        if not curated:
            return tuple(world)
        return (*curated, *(place for place in world if not any(_is_same(place, known) for known in curated)))

    def _rank(self, form: tuple[str, str, bool]) -> tuple[bool, bool, int]:
        """The order among the places of one name: (weak, an area but no country, fewer people)."""
        _, place_id, is_weak = form
        values = self._curated.places[place_id]
        is_area = values.get("precision") == 3 and values["kind"] != "country"
        return is_weak, is_area, -values.get("population", 0)

    def place(self, place_id: str) -> Place | None:
        """The place of that id: ``sy-saraqeb``, or ``gn-164816`` for a worldwide one."""
        if place_id in self._curated.places:
            return self._known(place_id)
        place = None if self._world is None else self._world.place(place_id)
        return None if place is None else self._named(place)

    def curated_places(self, countries: frozenset[str]) -> tuple[Place, ...]:
        """The curated places in these countries, by id."""
        ids = sorted(self._curated.places)
        return tuple(self._known(place_id) for place_id in ids if place_id.split("-")[0] in countries)

    def places_of_kind(self, kind: str) -> tuple[Place, ...]:
        """The curated places of one kind, by id: "crossing" gives the border crossings."""
        found = (place_id for place_id, values in self._curated.places.items() if values["kind"] == kind)
        return tuple(self._known(place_id) for place_id in sorted(found))

    def similar_places(self, name: str, least: float = 0.0) -> Iterator[tuple[Place, float]]:
        """The first places whose name is like that one, each once with its score from 0 to 1, best first.

        Suggestions for a name that ``places_named`` does not know: other transliterations, slips in the vowels.
        None has a score below ``least``; they are looked up as they are asked for.
        """
        return itertools.islice(self._each_similar(name, least), _MOST_SIMILAR)

    def _each_similar(self, name: str, least: float) -> Iterator[tuple[Place, float]]:
        seen = set[str]()
        for key, score in self._names_alike(name):
            if score < least:
                return
            for place in self.places_named(key):
                if place.id not in seen:
                    seen.add(place.id)
                    yield place, score

    def _find_alike(self, name: str) -> tuple[tuple[str, float], ...]:
        """The first folded names like that one, best first; each has a place at least."""
        if not (key := skeleton(name)):
            return ()
        curated = (self._curated.alike.get(each, "").splitlines() for each in skeletons_like(key))
        world = [] if self._world is None else self._world.names_like(name)
        known = dict.fromkeys([*itertools.chain.from_iterable(curated), *world])
        return tuple(score_alike(name, known)[:_NAMES_ALIKE])

    def lookup(self, name: str) -> list[tuple[Place, str]]:
        """The places of that name, or of names like it, each with why it is among them."""
        exact = [(place, f"{name} is one of its names") for place in self.places_named(name)]
        like = self.similar_places(name) if not exact else ()
        return exact or [(place, f"its name is written much like {name} ({score:.2f})") for place, score in like]

    def is_weak(self, name: str, place_id: str) -> bool:
        """Whether that name counts for that place only near its parent, or with its region named in the text."""
        forms = self._curated.names.get(fold(name), ())
        return any(is_weak for _, known_id, is_weak in forms if known_id == place_id)

    def demonym_country(self, word: str) -> str | None:
        """The code of the country whose demonym the word is: "Turkish" -> "tr"."""
        return self._curated.demonyms.get(fold(word))

    def demonym(self, country: str) -> str | None:
        """The adjective of a country, as its first demonym in ``countries.yml``: "tr" -> "Turkish"."""
        return self._adjective_by_country.get(country)

    @cached_property
    def _adjective_by_country(self) -> dict[str, str]:
        first: dict[str, str] = {}
        for word, country in self._curated.demonyms.items():
            first.setdefault(country, word.title())
        return first

    def capital_country(self, place_id: str) -> str | None:
        """The code of the country whose capital that place is."""
        return self._country_by_capital.get(place_id)

    @cached_property
    def _country_by_capital(self) -> dict[str, str]:
        return {capital: country for country, capital in self._curated.capitals.items()}

    @cached_property
    def _matcher(self) -> NameMatcher:
        curated = {key: [form for form, _, _ in forms] for key, forms in self._curated.names.items()}
        names = None if self._world is None else self._world.names
        return NameMatcher(curated, self._curated.demonyms, self._curated.not_places, names)

    @cached_property
    def _admin1_names(self) -> dict[tuple[str, str], str]:
        """(country, admin1 of the worldwide sources) -> its curated name, learnt from places that are in both."""
        learnt: dict[tuple[str, str], str] = {}
        for values in self._curated.places.values():
            if self._world is None or not values.get("admin1") or values.get("geonameid") is None:
                continue
            twin = self._world.place(f"gn-{values['geonameid']}")
            if twin is not None and twin.admin1:
                learnt.setdefault((twin.country, twin.admin1), values["admin1"])
        return learnt

    def _named(self, place: Place) -> Place:
        """The worldwide place with the curated name of its admin1, where a curated place tells it."""
        name = self._admin1_names.get((place.country, place.admin1))
        return place if name is None else replace(place, admin1=name)

    def _known(self, place_id: str) -> Place:
        """The curated place of that id; made when first asked for."""
        place = self._places.get(place_id)
        if place is None:
            values = dict(self._curated.places[place_id])
            lng, lat = values.pop("point")
            claims = tuple(values.pop("claims", ()))
            place = Place(**values, point=LngLat(lng, lat), claims=claims, is_curated=True)
            self._places[place_id] = place
        return place


def _actor(values: dict[str, Any]) -> ActorEntry:
    """The entry of these values, its lists as tuples again."""
    frozen: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in values.items()
    }
    return ActorEntry(**frozen)


_FIRST_DIVISIONS = frozenset({"governorate", "region", "province", "state"})


def _is_same(place: Place, known: Place) -> bool:
    """Whether a worldwide place of that name is the curated one: by number, country, first division or spot."""
    if place.geonameid is not None and place.geonameid == known.geonameid:
        return True
    if "country" in (place.kind, known.kind):
        return place.kind == known.kind and place.country == known.country
    if {place.kind, known.kind} <= _FIRST_DIVISIONS:
        return place.country == known.country
    near = abs(place.point.lat - known.point.lat) < 0.05 and abs(place.point.lng - known.point.lng) < 0.06
    return near and known.precision == 1
