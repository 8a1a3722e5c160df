"""Spoken of: which place named before or behind does "the town" mean, and where does the article play there?"""

from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING

from geomap.extract.document import REGIONS, SETTLEMENTS, Document
from geomap.extract.grammar.syntax import prepositional
from geomap.extract.lexicon import noun_class
from geomap.model import Location

if TYPE_CHECKING:
    from spacy.tokens import Token

POINTING = {"the", "this", "that", "their", "its", "both", "these", "those"}
# Characters back within which an area is still spoken of; a town only shortly after it was named.
_SPOKEN_OF = 1500
JUST_SPOKEN_OF = 400
# Sentences behind a lead in which its town is named.
_NEXT = 3
_CHANGE_OF = re.compile(
    r"\b(?:loss|fall|capture|recapture|seizure|takeover|liberation|conquest|control) of (?:the [\w -]{3,30} of )?$",
    re.IGNORECASE,
)
_TELLS_WHICH = re.compile(r",? (?:an?|the|which|home|about|some|located|\d+|is|lies|sits|was|had|fell)\b")
_BESIDE = re.compile(r"^(?:near|close to|outside|not far from|around|\d)", re.IGNORECASE)
_QUARTERS = {"suburb", "quarter", "base", "airport", "site"}


def itself(location: Location) -> Location:
    """The place alone of "close to X" or "10 km east of X", where "the town" points back to X."""
    place = location.place
    is_beside = _BESIDE.search(location.name) is not None
    if location.start == location.mention.start or (place.kind not in SETTLEMENTS and not is_beside):
        return location
    alone = location.moved_to(place, why=location.why)
    return dataclasses.replace(alone, start=location.mention.start, end=location.mention.end)


def last_of_kind(document: Document, index: int, head: Token) -> Location | None:
    """Return the place that "the town" or "it" points back to: the last one of its kind."""
    at = document.sentences[index].start + head.idx
    before = _unbracketed(document, document.before(index, at))
    # "the town" is the last town before it is the last city.
    if head.lemma_.lower() == "capital" and not any(t.dep_ in ("amod", "compound") for t in head.children):
        cities = [x for x in document.before(index, at) if x.place.kind == "city" and x.geo_precision == 1]
        return max(cities, key=lambda x: x.place.population, default=None)
    here = [x for x in before if x.mention.start >= document.sentences[index].start and _fits(head, x)]
    if len({x.place.id for x in here}) == 1 and head.lemma_.lower() in noun_class("settlement"):
        return here[0]
    same_kind = [
        x for x in before if x.place.kind == head.lemma_.lower() and x.geo_precision == 1 and at - x.end < 800
    ]
    site = _site_named_before(document, head, before)
    return next(iter(same_kind), None) or site or next((x for x in before if _fits(head, x)), None)


def _unbracketed(document: Document, before: list[Location]) -> list[Location]:
    """The places that stand in no brackets, where there are any: "X (Y district)" is X."""
    text = document.article.text
    open_ones = [x for x in before if "(" not in text[max(0, x.start - 40) : x.start].rpartition(")")[2]]
    return open_ones or before


def _site_named_before(document: Document, head: Token, before: list[Location]) -> Location | None:
    """The place of "the airport" by "X airport" or "X's airport" before it."""
    if head.lemma_.lower() not in noun_class("site"):
        return None
    behind = re.compile(rf"(?:['’]s)?\s+(?:[\w-]+\s+)?{re.escape(head.lower_)}\b", re.IGNORECASE)
    text = document.article.text
    return next((x for x in before if behind.match(text, x.mention.end)), None)


def _fits(head: Token, location: Location) -> bool:
    lemma, kind = head.lemma_.lower(), location.place.kind
    if lemma in noun_class("settlement") or head.pos_ == "PRON" or head.lower_ == "there":
        if lemma == "capital":
            return kind == "city" and location.geo_precision == 1
        return kind in SETTLEMENTS and location.geo_precision == 1
    if lemma in ("country", "nation"):
        return kind == "country"
    if lemma in noun_class("region"):
        return kind in REGIONS and kind != "country"
    if lemma in noun_class("quarter"):
        return kind in _QUARTERS
    return kind == lemma


def named_later(document: Document, index: int, head: Token) -> Location | None:
    """The place of "a strategic town" by "the strategic town of X" further on; best with the same words."""
    words = {t.lemma_.lower() for t in head.children if t.dep_ in ("amod", "compound")}
    end = document.sentences[index].end
    text = document.article.text
    best: Location | None = None
    for x in document.locations:
        if x.mention.start < end or x.mention.role != "place" or x.place.kind not in SETTLEMENTS:
            continue
        before = text[max(0, x.mention.start - 60) : x.mention.start].lower().replace("\n", " ").split()
        if before[-2:] != [head.lemma_.lower(), "of"] and before[-1:] != [head.lemma_.lower()]:
            continue
        if words & set(before):
            return x
        best = best or x
    return best if not words else None


def told_next(document: Document, index: int, head: Token) -> Location | None:
    """The town of a lead ("captured a strategic town") by what the next sentences say of one ("the loss of X")."""
    determiner = next((t.lower_ for t in head.children if t.dep_ == "det"), "")
    if determiner not in ("a", "an") or head.lemma_.lower() not in noun_class("settlement"):
        return None
    for sentence in document.sentences[index + 1 : index + 1 + _NEXT]:
        for x in document.locations_in(document.sentences.index(sentence)):
            if x.mention.role != "place" or x.place.kind not in SETTLEMENTS or x.geo_precision != 1:
                continue
            before = sentence.text[: x.mention.start - sentence.start]
            behind = sentence.text[x.mention.end - sentence.start :]
            if _CHANGE_OF.search(before) or _TELLS_WHICH.match(behind):
                return x
    return None


def town_pointed_at(document: Document, index: int, head: Token) -> Location | None:
    """Return the town named before that a phrase lies in ("positions in the city", "the entrance to the town")."""
    inner = prepositional(head, ("in", "inside", "within", "of", "at", "on", "to", "outside", "near", "into"))
    for noun in inner + [t for n in inner for t in prepositional(n, ("of", "to"))]:
        is_town = noun.lemma_.lower() in noun_class("settlement")
        is_definite = any(t.dep_ == "det" and t.lower_ in POINTING for t in noun.children)
        earlier = last_of_kind(document, index, noun) if is_town and is_definite else None
        if earlier is not None:
            return itself(earlier)
    return None


def area_spoken_of(document: Document, index: int, head: Token) -> Location | None:
    """Return the area of this sentence, or one just named, or else the one the article is about; no country."""
    at = document.sentences[index].start + head.idx
    country = document.country()
    text = document.article.text
    here = [x for x in document.locations_in(index) if _is_area(x, country)]
    here = [x for x in here if text[x.mention.end : x.mention.end + 2] not in ("'s", "’s")]  # "Kyiv's commander"
    if here:
        return min(here, key=lambda x: abs(x.start - at))
    recent = [x for x in document.before(index, at) if at - x.end < _SPOKEN_OF and _is_area(x, country)]
    if head.tag_ == "NNS":
        # Several villages or posts lie in a region and not in one town.
        recent = [x for x in recent if x.geo_precision == 3] or recent
    near = [x for x in recent if at - x.end < JUST_SPOKEN_OF or x.geo_precision == 3]
    return near[0] if near else document.focus(index)


def _is_area(location: Location, country: str) -> bool:
    """Whether a location is an area or place in the country the article is about, and no point relative to one."""
    is_beside = location.geo_precision == 2 and location.place.kind not in REGIONS
    if location.mention.role != "place" or is_beside:
        return False
    return location.place.kind != "country" and location.place.country == country
