"""Actors: which parties, monitors and publishers does a text name?"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from geomap.gazetteer.words import Word, window, without_possessive, words_of

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
        shared: abbreviations that another entry has as its alias; this entry is meant where the article is about
            its countries or names it otherwise.
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
    shared: tuple[str, ...] = ()
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
    """All actors, found by id, by name, or in a text; of two with one name the first in the file stands."""

    def __init__(self, entries: Iterable[ActorEntry]) -> None:
        self.entries = tuple(entries)
        self._sharing: dict[str, list[ActorEntry]] | None = None
        self._by_id = {entry.id: entry for entry in self.entries}
        self._by_key: dict[str, list[tuple[list[str], ActorEntry]]] = {}
        # First word of a name -> words in the longest name that begins with it.
        self._longest: dict[str, int] = {}
        for entry in self.entries:
            for name in entry.names:
                self._add(words_of(name), entry)

    def _add(self, words: Sequence[Word], entry: ActorEntry) -> None:
        if words:
            self._by_key.setdefault(_key(words), []).append(([word.written for word in words], entry))
            first = words[0].folded
            self._longest[first] = max(len(words), self._longest.get(first, 0))

    def by_id(self, actor_id: str) -> ActorEntry | None:
        """The entry of that id."""
        return self._by_id.get(actor_id)

    def by_name(self, name: str) -> ActorEntry | None:
        """The entry of that name, alias or speaker, whatever its case, accents, hyphens, or a leading "the"."""
        key = _key(words_of(name))
        for known in (key, key.removeprefix("the ")):
            if known in self._by_key:
                return self._by_key[known][0][1]
        return None

    def with_meanings(self, meanings: Mapping[str, ActorEntry]) -> Actors:
        """These actors, some names of one word standing for other entries, as they do in one article."""
        view = copy.copy(self)
        own = {name: words_of(name) for name in meanings}
        meant = {
            _key(words): [([w.written for w in words], meanings[name])] for name, words in own.items() if words
        }
        view._by_key = self._by_key | meant
        view._longest = {words[0].folded: len(words) for words in own.values() if words} | self._longest
        return view

    def sharing(self) -> dict[str, list[ActorEntry]]:
        """The names that several entries have, each with all of them; the one whose alias it is comes first."""
        if self._sharing is None:
            names: dict[str, list[ActorEntry]] = {}
            for entry in self.entries:
                for name in entry.shared:
                    names.setdefault(name, []).append(entry)
            owners = {name: self.by_name(name) for name in names}
            self._sharing = {name: [*filter(None, [owners[name]]), *each] for name, each in names.items()}
        return self._sharing

    def find(self, text: str) -> list[tuple[int, int, ActorEntry]]:
        """Each name of an actor in the text as (start, end, entry), left to right, the longest at each place.

        A name written with capitals is found only with capitals in the text: "Free Syrian Army" is a name where
        "free Syrian army posts" is none. The 's of a possessive is no part of the hit.
        """
        found, words, number = list[tuple[int, int, ActorEntry]](), words_of(text), 0
        while number < len(words):
            count = 1
            if (hit := self._longest_at(text, words, number)) is not None and not self._is_of_next(
                text, words, number, hit[1]
            ):
                count, end, entry = hit
                found.append((words[number].start, end, entry))
            number += count
        return found

    def _is_of_next(self, text: str, words: Sequence[Word], number: int, end: int) -> bool:
        """Whether a name with "The" cuts a longer one off: "The National" of "The National Movement"."""
        if words[number].folded != "the" or number + 1 >= len(words):
            return False
        longer = self._longest_at(text, words, number + 1)
        return longer is not None and longer[1] > end

    def _longest_at(self, text: str, words: Sequence[Word], number: int) -> tuple[int, int, ActorEntry] | None:
        """The longest name at that word as (its words, its end, its entry)."""
        first = without_possessive(words[number])
        longest = max(self._longest.get(words[number].folded, 0), self._longest.get(first.folded, 0))
        ahead = window(text, words, number)[:longest] if longest else []
        for count in range(len(ahead), 0, -1):
            whole = ahead[:count]
            for name in (whole, [*whole[:-1], without_possessive(whole[-1])]):
                if (entry := self._written_as(name)) is not None:
                    return count, name[-1].end, entry
        return None

    def _written_as(self, words: Sequence[Word]) -> ActorEntry | None:
        for name, entry in self._by_key.get(_key(words), ()):
            if all(_has_capitals_of(word.written, known) for word, known in zip(words, name, strict=False)):
                return entry
        return None


def _key(words: Sequence[Word]) -> str:
    return " ".join(word.folded for word in words)


def _has_capitals_of(word: str, known: str) -> bool:
    """Whether the word has the capitals of the known one: the first letter's, or those of an acronym."""
    if len(known) > 1 and known.isupper():
        return word.isupper()
    return word[0].isupper() or not known[0].isupper()
