"""Roles: what does an expression date, by the words around it: an event, a statement or a thing?"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from geomap.extract.dates.kinds import Hit, Reading, Role
from geomap.extract.dates.words import lexicon
from geomap.extract.lexicon import any_of


@cache
def _names() -> re.Pattern[str]:
    return re.compile(any_of(lexicon().names.words))


@cache
def _name_heads() -> re.Pattern[str]:
    return re.compile(rf"\s+(?:[A-Z]\w+\s+)?{any_of(lexicon().name_heads.words)}\b")


def is_name(text: str, match: re.Match[str]) -> bool:
    """Whether the date is part of a name: "Bloody Sunday", "14 July Bridge"."""
    if _name_heads().match(text, match.end()):
        return True
    around = _names().finditer(text, max(0, match.start() - 20), match.end() + 20)
    return any(name.start() < match.end() and name.end() > match.start() for name in around)


@cache
def _leads() -> re.Pattern[str]:
    groups = "|".join(f"(?P<{name}>{any_of(words.words)})" for name, words in lexicon().leads.items())
    return re.compile(rf"\b(?:{groups})\s+(?:at\s+least\s+|about\s+|around\s+|on\s+|the\s+)?$", re.IGNORECASE)


def lead_of(text: str, start: int) -> tuple[str, int]:
    """The kind of the word before an expression ("since") and where it starts; "" and ``start`` without one."""
    match = _leads().search(text, max(0, start - 30), start)
    return ("", start) if match is None else (str(match.lastgroup), match.start())


@cache
def _speech_before() -> re.Pattern[str]:
    words = lexicon()
    fillers = any_of(words.speech_fillers.words)
    return re.compile(
        rf"\b(?i:{any_of(words.reporting_verbs.words)})\b,?(?:\s+(?:(?i:{fillers})\b|[A-Z][\w’'-]*),?)*\s*$"
    )


@cache
def _speech_after() -> re.Pattern[str]:
    verbs = any_of(lexicon().reporting_verbs.words)
    return re.compile(rf",?\s+(?:(?!on\b)[^\s,;.]+\s+){{1,5}}?{verbs}\b")


def role_of(text: str, match: re.Match[str], start: int, reading: Reading) -> Role:
    """What the expression dates, by the words around it."""
    if reading.is_noun or _is_noun_modifier(text, match):
        return "noun"
    if reading.kind != "day":
        return "event"
    if _is_reference(text, match):
        return "speech"
    if _speech_before().search(text, max(0, start - 90), start):
        return "speech"
    opens = re.search(
        r"(?:^|[.;\n]\s*|[\"“])(?:(?:on|late|early|later)\s+)*$", text[max(0, start - 20) : start], re.IGNORECASE
    )
    return "speech" if opens and _speech_after().match(text, match.end()) else "event"


def _is_reference(text: str, match: re.Match[str]) -> bool:
    """Whether the date is that of a source or a dateline: "(OCHA, 2 March 2017)", "VARNA, March 7 (Agency) --"."""
    is_cited = re.search(r"\([^()]*,\s*$", text[max(0, match.start() - 80) : match.start()])
    if is_cited and re.match(r"\s*[);]", text[match.end() :]):
        return True
    is_headed = re.search(r"(?:^|\n)[A-Z][\w ,.'’-]{2,40},\s*$", text[max(0, match.start() - 50) : match.start()])
    return bool(is_headed and re.match(r"\s*\([A-Z][\w ]+\)", text[match.end() :]))


def _is_noun_modifier(text: str, match: re.Match[str]) -> bool:
    """Whether a weekday stands before a noun: "a Friday raid", "the Monday attack"."""
    if not re.fullmatch(r"(?:the\s+)?[A-Z]\w+day", match[0]):
        return False
    has_article = match[0].startswith("the") or re.search(r"\b(?:an?|the)\s+$", text[: match.start()])
    return bool(has_article and re.match(r"\s+[a-z]{4,}", text[match.end() :]))


def speech_ends(text: str, hits: Iterable[Hit]) -> list[int]:
    """Where what was said begins: after the reporting verb, or after its date."""
    ends = {hit.start: hit.end for hit in hits if hit.role == "speech"}
    cuts = []
    for verb in re.finditer(rf"\b{any_of(lexicon().reporting_verbs.words)}\b(?:\s+that\b)?", text):
        dated = [
            end
            for start, end in ends.items()
            if verb.end() <= start <= verb.end() + 90 and _speech_before().search(text[verb.start() : start])
        ]
        cuts.append(min(dated, default=verb.end()))
    return cuts
