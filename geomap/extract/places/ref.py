"""Place reference: the place that a phrase means, and what its own words say of where it lies."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from geomap.extract.dates.words import lexicon as dates
from geomap.extract.document import Document
from geomap.extract.grammar.syntax import climb, prepositional
from geomap.extract.lexicon import noun_class
from geomap.model import Location

if TYPE_CHECKING:
    from spacy.tokens import Token

How = Literal["named", "part", "within", "unknown"]
CONTAINING = (
    "in",
    "near",
    "around",
    "at",
    "inside",
    "within",
    "outside",
    "across",
    "of",
    "along",
    "on",
    "throughout",
    "south",
    "north",
    "east",
    "west",
    "southeast",
    "northeast",
    "northwest",
    "southwest",
    "off",
    "between",
)


@dataclass(frozen=True, slots=True)
class PlaceRef:
    """A place that a phrase means.

    Attributes:
        how: ``named`` the place itself; ``part`` of it; ``within`` it, unnamed; ``unknown`` a name that no
            gazetteer has (``location`` then is None or the area around it).
        text: the phrase.
        is_told: False where the place is only the area that the article speaks of there.
    """

    location: Location | None
    how: How
    text: str
    is_told: bool = True


@functools.cache
def days_and_months() -> frozenset[str]:
    """Return the names of days and months, which are no places."""
    words = dates()
    return frozenset([*words.weekdays.words, *words.months.words, *words.month_abbreviations.words])


def is_place_noun(token: Token) -> bool:
    """Whether a common noun can stand for a place that is taken or lost."""
    lemma = token.lemma_.lower()
    return any(lemma in noun_class(c) for c in ("settlement", "region", "quarter", "site", "part"))


def where_of(trigger: Token) -> Token | None:
    """Return the noun that a clause with "where" hangs on ("the district where rebels had gained ground")."""
    clauses = [trigger]
    for child, above in climb(trigger):
        if child.dep_ == "relcl":
            return above if any(c.lower_ == "where" for clause in clauses for c in clause.children) else None
        clauses.append(above)
    return None


def containing(document: Document, index: int, token: Token) -> Location | None:
    """Return the named area that the words around a token put it in ("villages in southern X")."""
    located = [c for c in token.children if c.dep_ == "acl" and c.lemma_ in ("locate", "situate", "base")]
    inside = [t for c in located for t in prepositional(c, CONTAINING)]
    for noun in (*prepositional(token, CONTAINING), *_right_behind(token), *inside):
        location = document.location_at(index, noun)
        if location is not None:
            return location
        inner = containing(document, index, noun)
        if inner is not None:
            return inner
    return None


def _right_behind(token: Token) -> list[Token]:
    """What a preposition right behind a noun governs, whatever it hangs on ("took the crossing at X")."""
    after = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else token
    if after.dep_ != "prep" or after.lower_ not in ("at", "in", "near", "of") or after.head.i == token.i:
        return []
    return [t for t in after.children if t.dep_ == "pobj"]


def own_location(document: Document, index: int, token: Token) -> Location | None:
    """Return the location of a token; of "X east of Y" that of X, which the parser may hang on "east"."""
    location = document.location_at(index, token)
    if location is None or location.start == location.mention.start:
        return location
    beside = [t for t in token.children if t.dep_ in ("compound", "nmod", "amod") and t.i < token.i]
    own = [x for t in beside if (x := document.any_location_at(index, t)) is not None and x is not location]
    return own[-1] if own and own[-1].mention.role == "place" else location


def is_told_as_place(document: Document, name: str) -> bool:
    """Whether the article speaks of a name that no gazetteer has as of a place ("the town of X", "in X")."""
    of_kind = "|".join(sorted(noun_class("settlement") | {"district", "airport", "base"}))
    written = re.escape(name)
    shown = rf"\b(?:in|at|near|from|outside|around|into|to|toward|towards|(?:{of_kind})s?(?: of)?),? {written}\b"
    lies = r", (?:in|near|north|south|east|west|capital of|the capital|about \d+ km|\d+ km)\b"
    kind_behind = rf"\b{written}(?: (?:{of_kind})\b|, an? [\w -]{{0,40}}?(?:{of_kind})\b|{lies})"
    return re.search(f"{shown}|{kind_behind}", document.article.text) is not None
