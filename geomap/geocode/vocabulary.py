"""Vocabulary: the words of relative places as one regular expression each."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from geomap.yamlfile import Form, read_yaml

_LAST_WORD = re.compile(r"(?P<word>[^\W_]+)\s$")
_LONGEST_WORD = 40
_LETTERS = re.compile(r"[^\W\d_]+")


class PartEntry(Form):
    """Words for a part of a place, with how far it reaches; None as far as the place itself does."""

    words: list[str]
    radius_km: float | None
    shift_km: float | None
    example: str


class NearEntry(Form):
    """Words for being near a place."""

    words: list[str]
    radius_km: float
    example: str
    counter_example: str


class BeyondEntry(Form):
    """How far from a settlement "south of it" is."""

    shift_km: float
    radius_km: float
    example: str
    counter_example: str


class RelativeFile(Form):
    """The words of relative places."""

    directions: dict[str, int]
    units: dict[str, float]
    hedges: list[str]
    settlement_words: list[str]
    parts: list[PartEntry]
    near: NearEntry
    rural: NearEntry
    beyond: BeyondEntry
    border_words: list[str]
    highway_words: list[str]


class Lead(NamedTuple):
    """What may stand right before a name: a pattern that ends in ``$``, and words of which its matches have one."""

    pattern: re.Pattern[str]
    signs: frozenset[str]


@dataclass(frozen=True)
class Vocabulary:
    """The file and the patterns made of it.

    Attributes:
        closers: the last words of all that is read before a name; after any other word nothing is.
    """

    file: RelativeFile
    closers: frozenset[str]
    part_by_word: dict[str, PartEntry]
    distance: Lead
    direction_of: Lead
    part_of: Lead
    direction: Lead
    near: Lead
    rural: Lead
    part_after: re.Pattern[str]
    border_before: re.Pattern[str]
    border_after: re.Pattern[str]
    highway_after: re.Pattern[str]

    def bearing(self, word: str | None) -> float | None:
        """The compass bearing of "southern" or "south", in degrees; None for no word."""
        if not word:
            return None
        return self.file.directions[_plain(word)]

    def may_close(self, text: str, start: int) -> bool:
        """Whether the word before the name at ``start`` is one that these patterns end with."""
        return last_word_before(text, start) in self.closers

    def is_direction(self, word: str) -> bool:
        """Whether a word is a direction of the compass: "northwestern"."""
        return _plain(word) in self.file.directions

    def part(self, word: str) -> PartEntry:
        """The entry of a word for a part of a place."""
        return self.part_by_word[" ".join(word.lower().split())]


@functools.cache
def vocabulary() -> Vocabulary:
    """The vocabulary, read once."""
    file = read_yaml(Path(__file__).with_name("relative.yml"), RelativeFile)
    parts = {word: part for part in file.parts for word in part.words}
    noun = rf"(?P<direction>{_any(file.directions)})"
    adjective = rf"(?P<direction>(?:{_any(file.directions)})ern|(?:{_any(file.directions)}))"
    part = rf"(?P<part>{_any(parts)})"
    unit = rf"(?P<unit>{_any(file.units)})"
    hedge = rf"(?:(?:{_any(file.hedges)})\s)*"
    of_town = rf"(?:the\s)?(?:(?:{_any(file.settlement_words)})\s(?:of\s)?)?"
    border = rf"(?:{_any(file.border_words)})s?"
    distance = (
        rf"{hedge}(?P<number>\d+(?:[.,]\d+)?)(?:\s?(?:to|-|–)\s?(?P<upto>\d+))?[\s-]?{unit}(?:\s\([^)]{{1,25}}\))?"
    )
    return Vocabulary(
        file=file,
        closers=_closers(file),
        part_by_word=parts,
        distance=_lead(
            rf"{distance}\s(?:to\sthe\s)?(?:{noun}\s(?:of|from)|from|outside|away\sfrom|off)\s{of_town}$",
            file.units,
        ),
        direction_of=_lead(
            rf"(?:(?:just|to\sthe|in\sthe|further|farther)\s)*{noun}\sof\s{of_town}$", file.directions
        ),
        part_of=_lead(rf"(?:the\s)?(?:{adjective}\s)?{part}\s(?:of|to|around)\s{of_town}$", parts),
        direction=_lead(
            rf"{adjective}(?:\s(?:province|governorate|region|state)\sof)?\s(?:rural\s)?$",
            [*file.directions, *(f"{direction}ern" for direction in file.directions)],
        ),
        near=_lead(rf"(?:{_any(file.near.words)})\s{of_town}$", file.near.words),
        rural=_lead(rf"(?:{_any(file.rural.words)})\s$", file.rural.words),
        part_after=re.compile(rf"(?:['’]s?)?\s(?:{adjective}\s)?{part}\b", re.IGNORECASE),
        border_before=_pattern(rf"(?:(?:near|on|along|at|to)\s)?(?:the\s)?{border}\s(?:with|of)\s(?:the\s)?$"),
        border_after=re.compile(
            rf"(?:['’]s?)?\s(?:(?:{_any(file.directions)})(?:ern)?\s)?{border}\b", re.IGNORECASE
        ),
        highway_after=re.compile(rf"\s(?:international\s)?(?:{_any(file.highway_words)})\b", re.IGNORECASE),
    )


def last_word_before(text: str, start: int) -> str:
    """The word that a single white space parts from what begins at ``start``, in small letters; "" for none.

    >>> last_word_before("just outside Marsa", 13), last_word_before("pro-Marsa", 4)
    ('outside', '')
    """
    least = max(0, start - _LONGEST_WORD)
    match = _LAST_WORD.search(text, max(least, text.rfind(" ", least, start - 1)), start)
    return match["word"].lower() if match is not None else ""


def _closers(file: RelativeFile) -> frozenset[str]:
    """The last words of the patterns that end in ``$``, by themselves: of "north-west" it is "west"."""
    phrases = {
        *("of", "from", "outside", "off", "to", "around", "the", "rural"),
        *file.settlement_words,
        *file.near.words,
        *file.rural.words,
        *file.directions,
        *(f"{direction}ern" for direction in file.directions),
    }
    return frozenset(re.split(r"[\s-]", phrase)[-1] for phrase in phrases)


def _any(words: Iterable[str]) -> str:
    """The words as alternatives, the longest first."""
    listed = sorted(words, key=len, reverse=True)
    return "|".join(re.escape(word).replace(r"\ ", r"\s") for word in listed)


def _lead(pattern: str, phrases: Iterable[str]) -> Lead:
    """A pattern that holds one of the phrases; its signs are their first words."""
    return Lead(_pattern(pattern), frozenset(_LETTERS.findall(phrase)[0] for phrase in phrases))


@functools.lru_cache(maxsize=4)
def words_between(text: str, start: int, end: int) -> tuple[str, ...]:
    """The words of a stretch of text in small letters; asked for several times for one name."""
    return tuple(_LETTERS.findall(text[start:end].lower()))


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_]){text}", re.IGNORECASE)


def _plain(word: str) -> str:
    """The compass point of a word: "Northwestern" -> "northwest"."""
    return word.lower().removesuffix("ern").replace(" ", "-")
