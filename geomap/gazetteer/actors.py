"""Actors: which parties, monitors and publishers does a text name?"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

ActorKind = Literal[
    "state", "government", "state_forces", "rebels", "armed_group", "observer", "un", "ngo", "media", "state_media",
    "agency", "generic",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorEntry:
    """A party, monitor or publisher of ``gazetteer/actors.yml``; "" where the entry does not say.

    Attributes:
        kind: ``generic`` where the name stands for whoever it is in the text ("the rebels").
        side: the conflict side it stands on, one word.
        country: ISO 3166-1 code, lower case, of the state it belongs to.
        colour: ``#rrggbb`` on maps.
        aliases: other names of it.
        speakers: persons whose words are its words.
        party_to: countries in whose conflict it is a party.
        source_side: how its statements count.
        example: an invented sentence with one of its names.
    """

    __pydantic_config__ = {"extra": "forbid"}  # noqa: RUF012

    id: str
    name: str
    kind: ActorKind
    side: str = ""
    country: str = ""
    colour: str = ""
    aliases: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()
    party_to: tuple[str, ...] = ()
    source_side: Literal["party", "observer", "un", "media", ""] = ""
    example: str = ""
    note: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """Its name, its aliases and its speakers."""
        return (self.name, *self.aliases, *self.speakers)


class Actors:
    """All actors, found by id, by name, or in a text."""

    def __init__(self, entries: Iterable[ActorEntry]) -> None:
        self.entries = tuple(entries)
        self._by_id = {entry.id: entry for entry in self.entries}
        self._by_name: dict[str, list[tuple[str, ActorEntry]]] = {}
        for entry in self.entries:
            for name in entry.names:
                self._by_name.setdefault(_plain(name), []).append((name, entry))
        self._pattern = _any_of(self._by_name)

    def by_id(self, actor_id: str) -> ActorEntry | None:
        """The entry of that id."""
        return self._by_id.get(actor_id)

    def by_name(self, name: str) -> ActorEntry | None:
        """The entry of that name or alias, whatever its case, accents, or a leading "the"."""
        for key in (_plain(name), _plain(name).removeprefix("the ")):
            if key in self._by_name:
                return self._by_name[key][0][1]
        return None

    def find(self, text: str) -> list[tuple[int, int, ActorEntry]]:
        """Each name of an actor in the text as (start, end, entry), left to right, the longest at each place.

        An alias written with capitals is found only with capitals in the text: "Free Syrian Army" is a name where
        "free Syrian army posts" is none.
        """
        if self._pattern is None:
            return []
        found = ((match, self._written_as(match.group())) for match in self._pattern.finditer(text))
        return [(match.start(), match.end(), entry) for match, entry in found if entry is not None]

    def _written_as(self, words: str) -> ActorEntry | None:
        for name, entry in self._by_name.get(_plain(words), ()):
            if _has_capitals_of(words, name):
                return entry
        return None


def _plain(name: str) -> str:
    return " ".join(name.replace("’", "'").replace("-", " ").lower().split())


def _has_capitals_of(words: str, name: str) -> bool:
    """Whether each capital of the name is one in the text; a first word in small letters may begin a sentence."""
    pairs = list(zip(_plain_case(words), _plain_case(name), strict=False))
    return all(word == char or not char.isupper() for word, char in pairs)


def _plain_case(name: str) -> str:
    return " ".join(name.replace("’", "'").replace("-", " ").split())


def _any_of(names: Iterable[str]) -> re.Pattern[str] | None:
    """A pattern for any of the names, longer ones first; spaces and hyphens stand for each other."""
    ordered = sorted(names, key=lambda name: (-len(name), name))
    if not ordered:
        return None
    options = (re.escape(name).replace(r"\ ", r"[\s\-]+").replace("'", "['’]") for name in ordered)
    return re.compile(rf"(?<![\w])(?:{'|'.join(options)})(?![\w])", re.IGNORECASE)
