"""Lexicon: the words and weights of geocoding, read from the YAML files next to this module."""

from __future__ import annotations

import functools
from pathlib import Path

from geomap.yamlfile import Form, read_yaml

_HERE = Path(__file__).parent


class KindWords(Form):
    """Words that say which kind of place a [name] means in ``example`` and not in ``counter_example``."""

    after: list[str]
    of: list[str]
    direct: list[str]
    example: str
    counter_example: str


class KindFile(Form):
    """The kinds that words beside a name tell apart."""

    area: KindWords
    settlement: KindWords


class WeightsFile(Form):
    """How much each feature of a candidate counts, in log odds, and the least score of a location."""

    threshold: float
    features: dict[str, float]


@functools.cache
def kinds() -> KindFile:
    """The kind words, read once."""
    return read_yaml(_HERE / "kinds.yml", KindFile)


@functools.cache
def weights() -> WeightsFile:
    """The weights, read once."""
    return read_yaml(_HERE / "weights.yml", WeightsFile)
