"""Move names: which place do the nouns of a way mean, also where no gazetteer has its name?

Displacement is told of camps, districts and villages by the dozen. A list keeps all its names at the first known
point; a name that is nowhere lies somewhere in the area that the text puts it in.
"""

from __future__ import annotations

import calendar
import dataclasses
import re
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from geomap.extract.document import Document
from geomap.extract.grammar.syntax import prepositional
from geomap.extract.places.reference import PlaceRef, containing, places_of
from geomap.model import Location

if TYPE_CHECKING:
    from spacy.tokens import Token

_IN = ("in", "within", "inside", "around", "across", "at", "near", "throughout", "on")
_MONTHS = "|".join(name for name in (*calendar.month_name, *calendar.month_abbr, *calendar.day_name) if name)
_DATE = re.compile(rf"\b(?:{_MONTHS})\b|\d")
# Names of a list that are told to the reader; the map's point is the first one's that is known.
_LISTED = 4

# Kinds of places of which one side's country is told, and several have a share.
_SHARED = ("water", "mountain", "road")
_BORDERS = frozenset({"border", "frontier"})


def place_at(document: Document, index: int, nouns: Sequence[Token]) -> Location | None:
    """Return the place that nouns mean, the first that is known; several places keep all their names."""
    for noun in nouns:
        own = _own_border(document, index, noun)
        if own is not None:
            return own
        refs = refs_of(document, index, noun)
        known = next((ref.location for ref in refs if ref.location is not None), None)
        if known is not None:
            is_around = refs[0].how == "unknown" and refs[0].location is not None
            return _listed(known, refs[0].text, is_around, _names(document, index, noun))
        if refs and refs[0].how == "unknown":
            country = _in_country(document, refs[0].text)
            if country is not None:
                return country
    return None


def _own_border(document: Document, index: int, noun: Token) -> Location | None:
    """The country that "its border" is of: the last one named before it, also where it acts."""
    is_own = any(c.dep_ == "poss" and c.pos_ == "PRON" for c in noun.children)
    if noun.lemma_.lower() not in _BORDERS or not is_own:
        return None
    at = document.sentences[index].start + noun.idx
    before = [x for x in document.locations_in(index) if x.place.kind == "country" and x.start < at]
    return document.location_of(index, noun, before[-1].place) if before else None


def is_somewhere_in(location: Location) -> bool:
    """Whether a location is a name that no gazetteer has, put somewhere in the area around it."""
    return location.name.endswith(f" ({location.place.name})")


def _listed(known: Location, text: str, is_around: bool, names: Sequence[str]) -> Location:
    """The known place under the names of all that are listed; an unknown one lies in the area around it."""
    if is_around:
        name = f"{text} ({known.name})"
        return dataclasses.replace(known, name=name, geo_precision=3, why=f"{text!r}, somewhere in {known.name}")
    return dataclasses.replace(known, name=", ".join(names[:_LISTED])) if len(names) > 1 else known


def nameable_in_country(document: Document, name: str, other: Location) -> Location | None:
    """Return where a name lies that no gazetteer has; None where it may be no place's: a date, a party, a thing.

    Args:
        document: the article.
        name: in it.
        other: the other end of the way that has it; in the country that the article is about, the name is too.
    """
    gazetteer = document.gazetteer
    if _DATE.search(name) or gazetteer.actors.find(name) or name in gazetteer.not_places:
        return None
    if gazetteer.demonym_country(name):
        return None
    named = Counter(x.place.country for x in document.locations if x.mention.role == "place" and x.place.country)
    is_ours = named[other.place.country] == max(named.values(), default=0)
    return _somewhere_in(document, name, other.place.country) if is_ours else None


def _in_country(document: Document, name: str) -> Location | None:
    """A name that no gazetteer has, somewhere in the article's one country; None where it names more or none."""
    countries = {x.place.country for x in document.locations if x.place.country and x.place.kind not in _SHARED}
    return _somewhere_in(document, name, next(iter(countries))) if len(countries) == 1 else None


def _somewhere_in(document: Document, name: str, country: str) -> Location | None:
    place = document.gazetteer.place(country)
    if place is None:
        return None
    return dataclasses.replace(
        document.locations[0],
        place=place,
        name=f"{name} ({place.name})",
        point=place.point,
        geo_precision=3,
        radius_km=place.radius_km,
        why=f"{name!r} is in no gazetteer; the article is about {place.name}",
    )


def refs_of(document: Document, index: int, noun: Token) -> list[PlaceRef]:
    """What a noun means as a place; dates that look like names are none."""
    if noun.pos_ in ("NOUN", "PRON", "PROPN"):
        refs = [r for r in places_of(document, index, noun) if r.how != "unknown" or not _DATE.search(r.text)]
        names = _names(document, index, noun)
        within = all(r.how == "within" for r in refs)
        if names and within:
            own = ", ".join(n for n in names[:_LISTED])
            return [PlaceRef(_area_of(document, index, noun), "unknown", own)] if own else refs
        if refs:
            return _own_of(document, index, noun, refs)
    location = document.location_at(index, noun)
    return [PlaceRef(location, "named", location.name)] if location is not None else []


def _own_of(document: Document, index: int, noun: Token, refs: list[PlaceRef]) -> list[PlaceRef]:
    """Of "X camp, Sudan" the camp, and not the country behind the comma."""
    named = [x for c in noun.children if c.dep_ == "compound" and (x := document.location_at(index, c)) is not None]
    areas = [r.location for r in refs if r.location is not None and r.location.place.kind == "country"]
    if len(areas) != len(refs) or not named or named[0].place.country != areas[0].place.country:
        return refs
    return [PlaceRef(named[0], "named", named[0].name)]


def _area_of(document: Document, index: int, noun: Token) -> Location | None:
    """The named area around a place that no gazetteer has, also where it hangs on the same verb ("in X in Y")."""
    area = containing(document, index, noun)
    if area is not None or noun.head.dep_ != "prep":
        return area
    beside = [n for n in prepositional(noun.head.head, _IN) if n.i > noun.i]
    return next((x for n in beside if (x := document.location_at(index, n)) is not None), None)


def _names(document: Document, index: int, noun: Token) -> list[str]:
    """The names in a noun's phrase and its list, known or not ("Mazar", "X" of "Mazar and X districts")."""
    names: list[str] = []
    run: list[Token] = []
    for token in [*sorted(_phrase(noun), key=lambda t: t.i), None]:
        if token is not None and run and token.i == run[-1].i + 1 and document.location_at(index, token) is None:
            run.append(token)
            continue
        name = str(run[0].doc[run[0].i : run[-1].i + 1].text) if run else ""
        if name and not document.gazetteer.actors.find(name) and name not in document.gazetteer.not_places:
            known = document.location_at(index, run[0])
            names.append(known.name if known is not None else name)
        run = [token] if token is not None else []
    return list(dict.fromkeys(names))


def _phrase(noun: Token) -> set[Token]:
    """The capitalised words of a noun's phrase and of what is coordinated with it."""
    found: set[Token] = set()
    todo = [noun]
    while todo:
        token = todo.pop()
        if token.tag_ in ("NNP", "NNPS") and _is_name(token):
            found.add(token)
        todo += [c for c in token.children if c.dep_ in ("compound", "nmod", "conj") and c.pos_ != "VERB"]
    return found


def _is_name(token: Token) -> bool:
    return token.text[:1].isupper() and len(token.text) > 2 and _DATE.search(token.text) is None
