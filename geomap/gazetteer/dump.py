"""Dump: which places does a line of a GeoNames dump tell?

The published form, one line a place, 19 columns separated by tabs: geonameid, name, asciiname, alternatenames (with
commas), latitude, longitude, feature class, feature code, country code, cc2, admin1, admin2, admin3, admin4,
population, elevation, dem, timezone, modification date.
"""

from __future__ import annotations

import functools
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import IO

from geomap.errors import GazetteerError
from geomap.gazetteer.rows import AREAS, WorldRow, settlement_kind
from geomap.gazetteer.sources import admin1_names
from geomap.model import LngLat

COLUMNS = 19
_TOWNS = frozenset({"PPLA", "PPLA2", "PPLC", "PPLG"})
_WIDE = AREAS | {"subdistrict"}


def open_dump(path: Path) -> IO[bytes]:
    """The lines of a dump as bytes, that of a .zip unpacked while it is read.

    Raises:
        GazetteerError: where the file cannot be read or is no dump.
    """
    try:
        file = _open(path)
        first = file.readline()
        file.seek(0)
    except (OSError, zipfile.BadZipFile) as error:
        raise GazetteerError(f"{path}: cannot be read: {error}; is it a dump of GeoNames?") from error
    if (found := first.count(b"\t") + 1) != COLUMNS:
        raise GazetteerError(
            f"{path}:1: found {found} columns separated by tabs, expected the {COLUMNS} of a GeoNames dump"
            " (geonameid, name, asciiname ...); give a country's file such as SY.zip, or allCountries.zip"
        )
    return file


def _open(path: Path) -> IO[bytes]:
    if not zipfile.is_zipfile(path):
        return path.open("rb")
    archive = zipfile.ZipFile(path)
    members = [info for info in archive.infolist() if info.filename.lower() != "readme.txt"]
    if not members:
        raise GazetteerError(f"{path}: found no file in it, expected the text file of a GeoNames dump")
    return archive.open(max(members, key=lambda info: info.file_size))


def read_line(line: str) -> WorldRow | None:
    """The place of a line, None for one of a kind that no text names.

    Raises:
        ValueError: where the line is not of the published form.
    """
    columns = line.rstrip("\r\n").split("\t")
    if len(columns) != COLUMNS:
        raise ValueError(f"found {len(columns)} columns, expected {COLUMNS}")
    number, name, _, names, lat, lng, feature_class, code, country, _, admin1 = columns[:11]
    people = int(columns[14] or 0)
    kind = _kind(feature_class, code, people)
    if not kind or not name:
        return None
    return WorldRow(
        id=f"gn-{int(number)}",
        name=name,
        names=tuple(filter(None, names.split(","))),
        point=_point(lng, lat),
        kind=kind,
        country=country.lower(),
        admin1=_divisions().get(f"{country}.{admin1}", admin1),
        population=people,
        precision=3 if kind in _WIDE else 1,
    )


def _point(lng: str, lat: str) -> LngLat:
    point = LngLat(float(lng), float(lat))
    if not (-180 <= point.lng <= 180 and -90 <= point.lat <= 90):
        raise ValueError(f"found the point {lng}, {lat}, expected degrees of longitude and latitude")
    return point


def _kind(feature_class: str, code: str, people: int) -> str:
    kind = _kinds().get(f"{feature_class}.{code}", "")
    if kind != "settlement":
        return kind
    return settlement_kind(people) if people or code in _TOWNS else "village"


@functools.cache
def _kinds() -> Mapping[str, str]:
    """Kinds of place by feature code: ``{"P.PPL": "settlement", "S.PSTB": "crossing"}``."""
    from geomap.yamlfile import read_yaml

    return read_yaml(Path(__file__).with_name("feature_codes.yml"), dict[str, str])


@functools.cache
def _divisions() -> Mapping[str, str]:
    return admin1_names()
