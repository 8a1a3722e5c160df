"""Invented places for the tests of the gazetteer: Xanadu (xx) with its capital Marsa."""

from __future__ import annotations

from pathlib import Path

COUNTRIES = """\
- id: xx
  name: Xanadu
  kind: country
  lng: 10
  lat: 20
  radius_km: 300
  capital: xx-marsa
  names: {strong: [XND]}
  demonyms: [Xanadese, Xanadan]
"""
NORTH = """\
- id: xx-north
  name: North Province
  kind: governorate
  lng: 10
  lat: 21
  radius_km: 100
  parent: xx
  names: {strong: [Northern Province, North highlands]}
- id: xx-marsa
  name: Marsa
  kind: city
  lng: 10.1
  lat: 21.2
  parent: xx-north
  population: 90000
  names:
    strong: [Al-Marsa]
    weak: [Port]
    ar: [المرسى]
  sources: {survey: "7", geonames: "77"}
  examples: [Shells fell near al-Marsa.]
- id: xx-tell-nur
  name: Tell an-Nur
  kind: village
  lng: 10.4
  lat: 21.4
  parent: xx-north
"""
ACTORS = """\
- id: xx-army
  name: Xanadese army
  kind: state_forces
  side: xx-government
  country: xx
  colour: "#0072b2"
  aliases: [XAF, the Guard, pro-Marsa forces]
  speakers: [Colonel Abar]
  source_side: party
  example: The Xanadese army crossed the river.
- id: rebels
  name: rebels
  kind: generic
  example: The rebels left.
"""
SOURCES = """\
- id: survey
  name: Survey of Xanadu
- id: geonames
  name: GeoNames
"""
NOT_PLACES = """\
- name: Marsa Times
  kind: newspaper
  example: The Marsa Times wrote about it.
- name: Bridge
  kind: word
"""
FILES = {
    "places/countries.yml": COUNTRIES,
    "places/xx/north.yml": NORTH,
    "actors.yml": ACTORS,
    "sources.yml": SOURCES,
    "not_places.yml": NOT_PLACES,
    "VERSION": "2026.11\n",
}


def write_data(folder: Path, **changed: str) -> Path:
    """The invented gazetteer in ``folder``; ``north=...`` stands for another ``places/xx/north.yml`` and so on."""
    for name, content in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(changed.get(path.stem, content), encoding="utf-8")
    return folder
