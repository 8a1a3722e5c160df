"""Lexicon: which of OpenStreetMap's tags are which kinds of place, read from the YAML file next to this module."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Literal

from pydantic import TypeAdapter

from geomap.yamlfile import Form, read_yaml


class KindEntry(Form):
    """A kind of place, its tags, and how its extent is understood."""

    kind: str
    extent: Literal["settlement", "area", "site"]
    tags: list[str]


@functools.cache
def kind_by_tag() -> dict[str, KindEntry]:
    """The kind of each tag, read once."""
    entries = read_yaml(Path(__file__).parent / "kinds.yml", TypeAdapter(list[KindEntry]))
    return {tag: entry for entry in entries for tag in entry.tags}
