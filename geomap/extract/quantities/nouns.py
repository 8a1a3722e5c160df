"""Nouns: what does a figure count? The first counted noun behind it, past its adjectives."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from geomap.extract.lexicon import any_of
from geomap.extract.quantities.words import lexicon
from geomap.model import Unit

# "3.6 million mostly Syrian refugees": so many words may stand between figure and noun.
REACH = 5
_OF = re.compile(
    r"\s+of\s+(?:(?:the|its|his|her|their|our|these|those|all|such|them)\b)?|\s*[-–]\s*(?=[a-z])", re.IGNORECASE
)
_WORD = re.compile(r"[\s-]*[“\"‘']?((?:[A-Z]\.){2,}|[^\W\d_][\w’']*)")


class Noun(NamedTuple):
    """A counted noun: its place in the text, its class and unit."""

    start: int
    end: int
    noun_class: str
    unit: Unit | None


def noun_after(text: str, end: int, is_one: bool) -> Noun | None:
    """The noun counted by the figure that ends at ``end``; None where none follows.

    Args:
        text: the text the figure stands in.
        end: the figure's end.
        is_one: whether the figure is one, so that the singular counts.
    """
    skipped = _OF.match(text, end)
    place, fallback = skipped.end() if skipped else end, None
    for _ in range(REACH + 1):
        word = _WORD.match(text, place)
        if word is None:
            break
        people = _people(text, word)
        found = _listed(text, word.start(1), is_one) or (people if word[1].endswith("s") else None)
        if found is not None:
            return _wounded(text, found) or _casualties(text, _with_kin(text, found))
        if word[1].lower() in _stops():
            break
        fallback = fallback or people or _fallback(word)  # "Chinese" may be an adjective
        place = word.end()
    return fallback


@cache
def _nouns(is_one: bool) -> tuple[tuple[str, Unit | None, re.Pattern[str]], ...]:
    def words(name: str) -> list[str]:
        nouns = lexicon().nouns[name]
        return nouns.one + nouns.many if is_one else nouns.many

    # Texts cut out of pages may lack a space: "1,200 peoplehave fled".
    glued = rf"(?={any_of(lexicon().glued.words)}\b)"
    return tuple(
        (name, nouns.unit, re.compile(rf"{any_of(words(name))}(?:\b(?!-|['’]s\b)|{glued})", re.IGNORECASE))
        for name, nouns in lexicon().nouns.items()
    )


def _listed(text: str, start: int, is_one: bool) -> Noun | None:
    """The longest noun of the lists that starts there."""
    found = [
        Noun(start, match.end(), name, unit)
        for name, unit, pattern in _nouns(is_one)
        if (match := pattern.match(text, start))
    ]
    return max(found, key=lambda noun: noun.end, default=None)


def _people(text: str, word: re.Match[str]) -> Noun | None:
    """The name of a people, unless a noun of the lists follows it ("400 Rohingya families")."""
    peoples, name = lexicon().peoples, word[1].split("’")[0].split("'")[0]
    ends = name[:1].isupper() and name.endswith(tuple(peoples.endings)) and name not in peoples.not_words
    if not ends and name not in peoples.words:
        return None
    following = _WORD.match(text, word.end())
    if following is not None and _listed(text, following.start(1), False):
        return None
    return Noun(word.start(1), word.start(1) + len(name), "people", "people")


def _fallback(word: re.Match[str]) -> Noun | None:
    """What a word of no list may be: "400 displaced" are people, a plural is some other thing."""
    name = word[1]
    if name.lower() in lexicon().displaced.words:
        return Noun(word.start(1), word.end(1), "people", "people")
    if re.fullmatch(r"[a-z]{3,}s", name) and not name.endswith(("ss", "ous")):
        return Noun(word.start(1), word.end(1), "other", None)
    return None


@cache
def _stops() -> frozenset[str]:
    return frozenset(word.lower() for word in lexicon().stops.words)


@cache
def _casualty() -> re.Pattern[str]:
    verbs = any_of(lexicon().casualty_verbs.words)
    return re.compile(
        rf"(?:\s+(?:who|that|were|was|have|has|had|been|are|is|being|also|either|\w+ly))*\s+{verbs}\b",
        re.IGNORECASE,
    )


def is_casualty_lead(text: str, start: int) -> bool:
    """Whether the word before a figure makes it a count of casualties: "wounding 82"."""
    return _casualty_lead().search(text, max(0, start - 24), start) is not None


@cache
def _casualty_lead() -> re.Pattern[str]:
    return re.compile(rf"\b{any_of(lexicon().casualty_leads.words)}\s+$", re.IGNORECASE)


def _wounded(text: str, noun: Noun) -> Noun | None:
    """The people of "80 wounded fighters", who are counted for what becomes of them; None for "80 wounded"."""
    is_hurt = text[noun.start : noun.end].lower() in ("wounded", "injured")
    following = _WORD.match(text, noun.end) if is_hurt else None
    people = _listed(text, following.start(1), False) if following is not None else None
    return people if people is not None and people.noun_class in ("people", "armed") else None


def _with_kin(text: str, noun: Noun) -> Noun:
    """The armed with those who went with them, who are people ("300 fighters and their families")."""
    is_mixed = noun.noun_class == "armed" and _kin().match(text, noun.end) is not None
    return noun._replace(noun_class="people") if is_mixed else noun


@cache
def _kin() -> re.Pattern[str]:
    kin = any_of(lexicon().kin.words)
    return re.compile(
        rf",?\s+(?:and|with|along\s+with|together\s+with|as\s+well\s+as)\s+(?:\w+\s+){{0,3}}?{kin}\b", re.IGNORECASE
    )


def _casualties(text: str, noun: Noun) -> Noun:
    is_person = noun.noun_class in ("people", "armed")
    return noun._replace(noun_class="casualties") if is_person and _casualty().match(text, noun.end) else noun
