"""The forms of the curated YAML files: what may an entry say?

``gazetteer/schema.json`` is made from these models (``python -m geomap.gazetteer.schema``), for editors that check
YAML while it is typed.
"""

from __future__ import annotations

import json
import re
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, StringConstraints, TypeAdapter, model_validator

from geomap.gazetteer.actors import ActorEntry as ActorEntry
from geomap.yamlfile import Form

Kind = Literal[
    "city", "town", "village", "suburb", "camp", "crossing", "base", "site", "road", "water", "mountain", "island",
    "region", "country", "governorate", "district", "subdistrict",
]  # fmt: skip
# ISO 639, with the script (ISO 15924) where a language is written in two: az_Cyrl.
_LANGUAGE = re.compile(r"[a-z]{2,3}(_[A-Z][a-z]{3})?\Z")

# Kinds that are areas: their bare name says no more than "somewhere in there".
AREAS = frozenset({"region", "country", "governorate", "district", "subdistrict"})

PlaceId = Annotated[str, StringConstraints(pattern=r"^[a-z]{2}(-[a-z0-9]+)*$")]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
CountryCode = Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")]
Name = Annotated[str, StringConstraints(min_length=2, pattern=r"^\S(.*\S)?$")]
Text = Annotated[str, StringConstraints(min_length=1)]


class Names(Form):
    """The spellings of a name.

    ``strong`` ones are enough alone, ``weak`` ones count only near their parent; every other field is the code of a
    language (ISO 639) with the names in it.
    """

    model_config = ConfigDict(extra="allow", frozen=True)
    __pydantic_extra__: dict[str, tuple[Name, ...]] = Field(init=False)

    strong: tuple[Name, ...] = ()
    weak: tuple[Name, ...] = ()

    @model_validator(mode="after")
    def _languages(self) -> Names:
        for code in self.__pydantic_extra__:
            if not _LANGUAGE.match(code):
                raise ValueError(f"found the field {code}, expected strong, weak or a language code (ar, zh_Hant)")
        return self

    @property
    def by_language(self) -> dict[str, tuple[str, ...]]:
        """The names in other languages and scripts, by language code."""
        return dict(self.__pydantic_extra__)


class PlaceEntry(Form):
    """A place of ``gazetteer/places/<cc>/<admin1>.yml``; README.md there says how to write one."""

    id: PlaceId
    name: Name
    kind: Kind
    lng: Annotated[float, Field(ge=-180, le=180)]
    lat: Annotated[float, Field(ge=-90, le=90)]
    precision: Literal[1, 2, 3] | None = None
    radius_km: Annotated[float, Field(ge=0, le=6000)] = 0
    parent: PlaceId | None = None
    population: Annotated[int, Field(ge=0)] = 0
    names: Names = Names()
    claims: tuple[Text, ...] = ()
    sources: dict[Slug, Text] = Field(default_factory=dict)
    examples: tuple[Text, ...] = ()
    note: Text | None = None


class CountryEntry(PlaceEntry):
    """A country of ``gazetteer/places/countries.yml``; its id is its code (ISO 3166-1)."""

    id: CountryCode
    kind: Literal["country"]
    demonyms: tuple[Name, ...] = ()
    capital: PlaceId | None = None


class SourceEntry(Form):
    """A source of the places, of ``gazetteer/sources.yml``, with its licence."""

    id: Slug
    name: Text
    publisher: Text | None = None
    licence: Text | None = None
    url: Text | None = None
    package: Text | None = None
    version: Text | None = None
    note: Text | None = None


class NotPlaceEntry(Form):
    """Words of ``gazetteer/not_places.yml`` that look like a place's name and are none."""

    name: Name
    kind: Text | None = None
    aliases: tuple[Name, ...] = ()
    why: Text | None = None
    example: Text | None = None
    note: Text | None = None


PLACES: TypeAdapter[list[PlaceEntry]] = TypeAdapter(list[PlaceEntry])
COUNTRIES: TypeAdapter[list[CountryEntry]] = TypeAdapter(list[CountryEntry])
# A plain dataclass, so that a run that finds its gazetteer in the cache imports no pydantic.
ACTORS: TypeAdapter[list[ActorEntry]] = TypeAdapter(list[ActorEntry])
SOURCES: TypeAdapter[list[SourceEntry]] = TypeAdapter(list[SourceEntry])
NOT_PLACES: TypeAdapter[list[NotPlaceEntry]] = TypeAdapter(list[NotPlaceEntry])

FORMS: dict[str, TypeAdapter[Any]] = {
    "places": PLACES,
    "countries": COUNTRIES,
    "actors": ACTORS,
    "sources": SOURCES,
    "not_places": NOT_PLACES,
}


def json_schema() -> str:
    """The JSON schema of all forms, as ``gazetteer/schema.json`` holds it."""
    adapters = [(name, "validation", adapter) for name, adapter in FORMS.items()]
    by_name, shared = TypeAdapter.json_schemas(
        adapters,  # type: ignore[arg-type]
        title="geomap gazetteer",
        description="$defs.<file> is the form of <file>.yml; $defs.places that of places/<cc>/<admin1>.yml.",
    )
    shared["$defs"] |= {str(name): schema for (name, _), schema in by_name.items()}
    return json.dumps(shared, indent=2, ensure_ascii=False, sort_keys=True) + "\n"


if __name__ == "__main__":
    print(json_schema(), end="")
