"""Load: the curated YAML files as one value, kept ready in a cache.

Reading and checking twenty thousand entries takes seconds; so what was read is kept as JSON in the cache folder
under a hash of the files' content, and a run with unchanged files reads that.
"""

from __future__ import annotations

import gc
import hashlib
import json
import logging
import os
import tempfile
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geomap.errors import GazetteerError
from geomap.gazetteer.names import fold, folded_skeleton

if TYPE_CHECKING:
    from geomap.gazetteer.schema import PlaceEntry

log = logging.getLogger(__name__)

# Raise it when what _compile makes changes, so that older caches are passed over.
CACHE_FORMAT = 4


@dataclass
class Curated:
    """What the curated files say, indexed; plain values only, so that it is JSON.

    Attributes:
        places: keyword arguments of ``model.Place`` by place id.
        names: folded name -> (name as written, place id, is weak).
        alike: skeleton -> the folded names that have it, a line each.
        demonyms: folded demonym -> country code.
        adjectives: country code -> its first demonym.
        capitals: country code -> place id.
        not_places: folded names that are no places.
        actors: keyword arguments of ``ActorEntry``.
        version: ``2026.11+0a1b2c3d``: the calendar version and a hash of the content.
        problems: what is wrong with entries that were therefore left out, one line each.
    """

    version: str = ""
    places: dict[str, dict[str, Any]] = field(default_factory=dict)
    names: dict[str, list[tuple[str, str, bool]]] = field(default_factory=dict)
    alike: dict[str, str] = field(default_factory=dict)
    demonyms: dict[str, str] = field(default_factory=dict)
    adjectives: dict[str, str] = field(default_factory=dict)
    capitals: dict[str, str] = field(default_factory=dict)
    not_places: list[str] = field(default_factory=list)
    actors: list[dict[str, Any]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def keep_loaded() -> None:
    """Spare what is loaded now, and the places that will be kept, nearly all collections of garbage.

    For a process that reads many articles: the stages leave no cycles behind, and a collection that looks through
    every place known so far takes as long as some hundred articles.
    """
    gc.freeze()
    gc.set_threshold(20_000)


def find_data_dir() -> Path:
    """The curated data: inside the installed package, or beside it in the repository.

    Raises:
        GazetteerError: where there is neither.
    """
    here = Path(__file__).resolve().parent
    for folder in (here / "data", here.parent.parent / "gazetteer"):
        if (folder / "places").is_dir():
            return folder
    raise GazetteerError(f"{here / 'data'}: found no gazetteer, expected the folder places; reinstall geomap")


def default_cache_dir() -> Path:
    """The folder for built indexes: ``$GEOMAP_CACHE``, otherwise the user's cache folder."""
    if chosen := os.environ.get("GEOMAP_CACHE"):
        return Path(chosen)
    import platformdirs

    return Path(platformdirs.user_cache_dir("geomap"))


def data_files(data_dir: Path) -> list[Path]:
    """All YAML files of a gazetteer, sorted."""
    return sorted(data_dir.rglob("*.yml"))


def load_curated(data_dir: Path, cache_dir: Path) -> Curated:
    """The curated gazetteer of ``data_dir``, from the cache where its files are unchanged.

    Raises:
        GazetteerError: where there is no folder ``places`` in it.
    """
    if not (data_dir / "places").is_dir():
        raise GazetteerError(f"{data_dir}: found no folder places, expected a gazetteer; is the path right?")
    version = content_version(data_dir)
    cached = cache_dir / f"curated-{CACHE_FORMAT}-{version}.json"
    if (known := _read_cache(cached)) is not None:
        return known
    curated = compile_curated(data_dir, version)
    _write_cache(cached, curated)
    return curated


def content_version(data_dir: Path) -> str:
    """The calendar version of ``VERSION`` and eight hex digits of a hash of all files: ``2026.11+0a1b2c3d``."""
    digest = hashlib.blake2b(digest_size=4)
    for path in data_files(data_dir):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(data_dir).as_posix()}\0{len(content)}\0".encode())
        digest.update(content)
    calendar = data_dir / "VERSION"
    name = calendar.read_text(encoding="utf-8").strip() if calendar.is_file() else "0"
    return f"{name}+{digest.hexdigest()}"


def _read_cache(path: Path) -> Curated | None:
    is_collecting = gc.isenabled()
    gc.disable()  # all that is read stays: a collection in between finds nothing and takes as long as the reading
    try:
        return Curated(**json.loads(path.read_bytes()))
    except (OSError, ValueError, TypeError):
        return None
    finally:
        if is_collecting:
            gc.enable()


def _write_cache(path: Path, curated: Curated) -> None:
    """Keep it for the next run; a folder that cannot be written costs only time."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", dir=path.parent, delete=False, encoding="utf-8") as file:
            json.dump(asdict(curated), file, ensure_ascii=False, separators=(",", ":"))
        os.replace(file.name, path)
    except OSError as error:
        log.warning("the gazetteer cannot be kept in %s: %s", path.parent, error.strerror)


# --- compiling -------------------------------------------------------------------------------------------


def compile_curated(data_dir: Path, version: str = "") -> Curated:
    """The curated gazetteer of ``data_dir``, read afresh; entries with problems are left out and told."""
    from geomap.gazetteer.files import read_files

    files = read_files(data_dir)
    curated = Curated(version=version, problems=files.problems)
    by_id = {entry.id: entry for entry in reversed(files.places)}  # of two with one id the first stands
    for entry in reversed(by_id.values()):
        curated.places[entry.id] = _place_values(entry, by_id)
        _add_names(curated.names, entry)
    for country in files.countries:
        curated.demonyms |= {fold(word): country.id for word in country.demonyms}
        if country.demonyms:
            curated.adjectives[country.id] = country.demonyms[0]
        if country.capital is not None:
            curated.capitals[country.id] = country.capital
    curated.alike = _by_skeleton(curated.names)
    curated.not_places = [fold(name) for entry in files.not_places for name in (entry.name, *entry.aliases)]
    curated.actors = [asdict(entry) for entry in files.actors]
    return curated


def _by_skeleton(names: Iterable[str]) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for name in names:
        found.setdefault(folded_skeleton(name), []).append(name)
    return {key: "\n".join(group) for key, group in found.items()}


def _place_values(entry: PlaceEntry, by_id: dict[str, PlaceEntry]) -> dict[str, Any]:
    from geomap.gazetteer.schema import AREAS

    geonames = entry.sources.get("geonames", "")
    values = {
        "id": entry.id,
        "name": entry.name,
        "kind": entry.kind,
        "point": (entry.lng, entry.lat),
        "country": entry.id.split("-")[0],
        "admin1": _admin1(entry, by_id),
        "parent": entry.parent,
        "precision": entry.precision or (3 if entry.kind in AREAS else 1),
        "radius_km": entry.radius_km,
        "population": entry.population,
        "geonameid": int(geonames) if geonames.isdigit() else None,
        "local_name": _local_name(entry),
        "claims": entry.claims,
        "note": entry.note,
    }
    return {key: value for key, value in values.items() if value not in (None, "", ())}


def _admin1(entry: PlaceEntry, by_id: dict[str, PlaceEntry]) -> str:
    """The name of the area right below the country that the place lies in, "" where none is known."""
    seen: set[str] = set()
    while entry.parent in by_id and entry.id not in seen:
        seen.add(entry.id)
        parent = by_id[entry.parent]
        if parent.kind == "country":
            return entry.name if entry.kind in ("governorate", "region") else ""
        entry = parent
    return ""


def _local_name(entry: PlaceEntry) -> str:
    """The first name in another script or language: entries list the place's own language first."""
    if entry.kind == "country":
        return ""
    return next((names[0] for names in entry.names.by_language.values() if names), "")


def _add_names(names: dict[str, list[tuple[str, str, bool]]], entry: PlaceEntry) -> None:
    strong = [*entry.names.strong, *(name for group in entry.names.by_language.values() for name in group)]
    if entry.name not in entry.names.weak:
        strong.insert(0, entry.name)
    forms = [(name, False) for name in strong] + [(name, True) for name in entry.names.weak]
    for name, is_weak in forms:
        known = names.setdefault(fold(name), [])
        if entry.id not in (place_id for _, place_id, _ in known):
            known.append((name, entry.id, is_weak))
