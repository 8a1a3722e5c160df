"""Files: all entries of the curated YAML files, each with where it stands, and the problems of their form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from geomap.gazetteer import schema
from geomap.gazetteer.load import data_files
from geomap.yamlfile import Loaded, load_entries

# Files of the data folder with a form of their own; every other one is a file of places.
_FORM_BY_PATH: dict[str, TypeAdapter[Any]] = {
    "places/countries.yml": schema.COUNTRIES,
    "actors.yml": schema.ACTORS,
    "sources.yml": schema.SOURCES,
    "not_places.yml": schema.NOT_PLACES,
}


@dataclass(frozen=True)
class Stand:
    """Where an entry stands: the file it was read from, and its number in it from 0."""

    file: Loaded[Any]
    number: int

    def where(self, *loc: int | str) -> str:
        """The prefix of a message on the entry or one of its fields: ``file:line: id: field``."""
        return self.file.where(self.number, *loc)

    def position(self) -> str:
        """``file:line`` of the entry."""
        return f"{self.file.label}:{self.file.line_of(self.number)}"

    def folder(self) -> str:
        """The folder of the file: the country code of ``places/<cc>/<admin1>.yml``."""
        return self.file.label.rpartition("/")[0].rpartition("/")[2]


@dataclass
class Files:
    """The entries of a gazetteer by form; ``stands`` has the place of each entry by ``id()`` of the entry."""

    places: list[schema.PlaceEntry] = field(default_factory=list)
    actors: list[schema.ActorEntry] = field(default_factory=list)
    sources: list[schema.SourceEntry] = field(default_factory=list)
    not_places: list[schema.NotPlaceEntry] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    stands: dict[int, Stand] = field(default_factory=dict)

    @property
    def countries(self) -> list[schema.CountryEntry]:
        """The countries among the places."""
        return [entry for entry in self.places if isinstance(entry, schema.CountryEntry)]

    def where(self, entry: object, *loc: int | str) -> str:
        """The prefix of a message on an entry or one of its fields."""
        return self.stands[id(entry)].where(*loc)

    def add(self, file: Loaded[Any]) -> None:
        """Take in what a file holds, or its problems."""
        self.problems += file.problems
        for number, entry in zip(file.numbers, file.value or (), strict=True):
            self.stands[id(entry)] = Stand(file, number)
            self._list_of(entry).append(entry)

    def _list_of(self, entry: object) -> list[Any]:
        if isinstance(entry, schema.PlaceEntry):
            return self.places
        if isinstance(entry, schema.ActorEntry):
            return self.actors
        return self.sources if isinstance(entry, schema.SourceEntry) else self.not_places


def read_files(data_dir: Path, paths: Sequence[Path] | None = None) -> Files:
    """All entries of the YAML files of ``data_dir``; entries with problems give those and are left out."""
    files = Files()
    for path in data_files(data_dir) if paths is None else paths:
        label = path.relative_to(data_dir).as_posix()
        files.add(load_entries(path, form_of(label), label=label))
    return files


def form_of(label: str) -> TypeAdapter[Any]:
    """The form of the file with that path inside the data folder."""
    return _FORM_BY_PATH.get(label, schema.PLACES)
