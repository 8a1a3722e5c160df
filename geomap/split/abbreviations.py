"""Abbreviations: does this full stop belong to a word?"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path

from geomap.yamlfile import Form, read_yaml

_DATA = Path(__file__).with_name("abbreviations.yml")


class WordList(Form):
    """Words of one kind, in small letters, and a sentence that shows one of them."""

    words: list[str]
    example: str


class AbbreviationFile(Form):
    """The form of ``abbreviations.yml``."""

    attached: list[WordList]
    free: list[WordList]
    before_figure: list[WordList]
    openers: list[WordList]
    speech: list[WordList]


@dataclass(frozen=True, slots=True)
class Abbreviations:
    """Words by what a full stop after them means; see ``abbreviations.yml``."""

    attached: frozenset[str]
    free: frozenset[str]
    before_figure: frozenset[str]
    openers: frozenset[str]
    speech: frozenset[str]


@functools.cache
def abbreviations() -> Abbreviations:
    """Return the abbreviations that ship with geomap."""
    data = read_yaml(_DATA, AbbreviationFile)
    return Abbreviations(
        attached=_words(data.attached),
        free=_words(data.free),
        before_figure=_words(data.before_figure),
        openers=_words(data.openers),
        speech=_words(data.speech),
    )


def _words(lists: list[WordList]) -> frozenset[str]:
    return frozenset(word for each in lists for word in each.words)
