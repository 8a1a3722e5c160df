"""Reference: which place does a noun phrase mean, named, described or pointed back to?

"the town of X" is X; "parts of X" is a part of it; "several villages in X" lie somewhere in X; "the town" is the
last one named; "a strategic town" may be the one that a later sentence names.
"""

from __future__ import annotations

import dataclasses
import functools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from geomap.extract.dates.words import lexicon as dates
from geomap.extract.document import REGIONS, SETTLEMENTS, Document
from geomap.extract.lexicon import noun_class
from geomap.extract.listed import names_listed
from geomap.extract.syntax import climb, conjuncts, objects, phrase_text, prepositional
from geomap.model import Location

if TYPE_CHECKING:
    from spacy.tokens import Token

How = Literal["named", "part", "within", "unknown"]

_CONTAINING = (
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
# Pronouns of persons: no place fell where "he fell".
_PERSONS = frozenset({"i", "me", "we", "us", "you", "he", "him", "she", "her", "who", "whom"})
_POINTING = {"the", "this", "that", "their", "its", "both", "these", "those"}
# Characters back within which an area is still spoken of; a town only shortly after it was named.
_SPOKEN_OF = 1500
_JUST_SPOKEN_OF = 400
# Sentences behind a lead in which its town is named.
_NEXT = 3
_CHANGE_OF = re.compile(
    r"\b(?:loss|fall|capture|recapture|seizure|takeover|liberation|conquest|control) of (?:the [\w -]{3,30} of )?$",
    re.IGNORECASE,
)
_TELLS_WHICH = re.compile(r",? (?:an?|the|which|home|about|some|located|\d+|is|lies|sits|was|had|fell)\b")
_BESIDE = re.compile(r"^(?:near|close to|outside|not far from|around|\d)", re.IGNORECASE)
# Sentences in which "both towns" were named.
_SENTENCES_BACK = 3
# What lists some of the places meant ("several towns including X and Y").
_LISTING = {"including", "such", "like", "namely"}
_SHARES = {"nearly", "almost", "most", "much", "half", "part", "parts", "large", "some"}
_QUARTERS = {"suburb", "quarter", "base", "airport", "site"}


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


def places_of(document: Document, index: int, token: Token) -> list[PlaceRef]:
    """Return the places that a noun phrase's head and its conjuncts mean; empty where it means none."""
    found: list[PlaceRef] = []
    for head in conjuncts(token):
        for ref in _places_of_head(document, index, head):
            if ref not in found:
                found.append(ref)
    return found


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
    inside = [t for c in located for t in prepositional(c, _CONTAINING)]
    for noun in (*prepositional(token, _CONTAINING), *_right_behind(token), *inside):
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


def _places_of_head(document: Document, index: int, head: Token) -> list[PlaceRef]:
    text = phrase_text(head)
    beside = _name_before_direction(head)
    if beside:
        return [PlaceRef(None, "unknown", beside)]
    location = own_location(document, index, head)
    if location is not None:
        return [PlaceRef(location, "named", text), *_others_of(document, index, head, location)]
    if head.lower_ in _PERSONS:
        return []
    if head.lower_ in ("latter", "former") and not list(prepositional(head, ("of",))):
        return _of_two(document, index, head)
    if head.lower_ == "it":
        own = _object_before(document, index, head)
        if own is not None:
            return own
        site = _site_before(document, index, head)
        if site:
            return site
    if head.pos_ == "PRON" or head.lower_ in ("there", "it", "them"):
        return _pointed_back(document, index, head, text)
    if head.lemma_.lower() in noun_class("measure"):
        return [r for t in prepositional(head, ("of",)) for r in _places_of_head(document, index, t)]
    if is_place_noun(head):
        return _described(document, index, head, text)
    apposition = [p for a in head.children if a.dep_ == "appos" for p in _named_only(document, index, a)]
    if apposition:
        return apposition
    if head.pos_ == "PROPN" and not _is_actor(document, head):
        return [PlaceRef(None, "unknown", text)]
    return []


def _name_before_direction(head: Token) -> str:
    """The site of "the Watiya airbase southwest of X", which the parser takes for a part of the direction."""
    names = [t for t in head.children if t.dep_ == "compound" and t.i < head.i]
    is_site = any(t.lemma_.lower() in noun_class("site") | noun_class("settlement") for t in names[-1:])
    if (
        head.lower_ not in _CONTAINING
        or not is_site
        or not any(t.pos_ == "PROPN" for n in names for t in n.subtree)
    ):
        return ""
    return str(head.doc[names[0].left_edge.i : head.i].text)


def is_told_as_place(document: Document, name: str) -> bool:
    """Whether the article speaks of a name that no gazetteer has as of a place ("the town of X", "in X")."""
    of_kind = "|".join(sorted(noun_class("settlement") | {"district", "airport", "base"}))
    written = re.escape(name)
    shown = rf"\b(?:in|at|near|from|outside|around|into|to|toward|towards|(?:{of_kind})s?(?: of)?),? {written}\b"
    lies = r", (?:in|near|north|south|east|west|capital of|the capital|about \d+ km|\d+ km)\b"
    kind_behind = rf"\b{written}(?: (?:{of_kind})\b|, an? [\w -]{{0,40}}?(?:{of_kind})\b|{lies})"
    return re.search(f"{shown}|{kind_behind}", document.article.text) is not None


def _site_before(document: Document, index: int, head: Token) -> list[PlaceRef]:
    """What "it" means behind a site of the same sentence ("Inside the prison ... since rebels surrounded it")."""
    sites = [t for t in head.doc[: head.i] if t.pos_ == "NOUN" and t.tag_ == "NN" and t.dep_ in ("pobj", "dobj")]
    sites = [t for t in sites if t.lemma_.lower() in noun_class("named_site") | noun_class("military_site")]
    definite = [t for t in sites if any(c.lower_ == "the" for c in t.children)]
    return _places_of_head(document, index, definite[-1]) if definite else []


def _object_before(document: Document, index: int, head: Token) -> list[PlaceRef] | None:
    """What "it" means behind a verb with an object ("stormed the base and took control of it"), else None."""
    verbs = [above for child, above in climb(head) if above.pos_ == "VERB" and child.dep_ in ("conj", "advcl")]
    for verb in verbs:
        taken = [t for t in objects(verb) if t.i < head.i and t.pos_ in ("NOUN", "PROPN")]
        if taken and is_place_noun(taken[-1]):
            refs = _places_of_head(document, index, taken[-1])
            is_post = taken[-1].lemma_.lower() in noun_class("vague_post") | noun_class("military_site")
            return [r for r in refs if r.how == "named" or not is_post]
        if taken and own_location(document, index, taken[-1]) is not None:
            return _places_of_head(document, index, taken[-1])
    return None


def _of_two(document: Document, index: int, head: Token) -> list[PlaceRef]:
    """The first or last of the two places named before "the former" and "the latter"."""
    before = document.before(index, document.sentences[index].start + head.idx)[:2]
    meant = before[:1] if head.lower_ == "latter" else before[1:]
    return [PlaceRef(_itself(x), "named", head.text) for x in meant]


def _others_of(document: Document, index: int, head: Token, first: Location) -> list[PlaceRef]:
    """The other places of "the districts of X and Y", where "districts of X" is read as one place."""
    if head.tag_ != "NNS" or not first.start <= document.sentences[index].start + head.idx < first.mention.start:
        return []
    of = [own_location(document, index, t) for t in prepositional(head, ("of",))]
    return [PlaceRef(x, "named", x.mention.text) for x in of if x is not None and x.mention != first.mention]


def _listed(document: Document, index: int, head: Token) -> list[PlaceRef]:
    """The places of "villages in X: A, B and C", whether or not a gazetteer knows them."""
    if head.tag_ != "NNS" or not is_place_noun(head):
        return []
    around = containing(document, index, head)
    found: list[PlaceRef] = []
    for name in names_listed(head):
        location = next((x for t in name if (x := document.location_at(index, t)) is not None), None)
        text = str(head.doc[name[0].i : name[-1].i + 1].text)
        if location is None and (_is_actor(document, name[-1]) or document.gazetteer.demonym_country(text)):
            return []
        if location is not None and location.place.kind == "country":
            return []  # "large areas of both X and Y"
        found.append(PlaceRef(location or around, "named" if location else "unknown", text))
    return found


def _described(document: Document, index: int, head: Token, text: str) -> list[PlaceRef]:
    """A place noun: named by a list, by "of", by an apposition or a compound, or only described."""
    listed = _listed(document, index, head)
    if listed:
        return listed
    named = _named_inside(document, index, head)
    if named:
        return [_share_of(head, ref) for ref in named]
    unknown = _unknown_name(document, index, head)
    if unknown is not None:
        return [unknown]
    area = _unknown_area(document, index, head)
    if area:
        return [PlaceRef(None, "unknown", area)]
    around = containing(document, index, head)
    if around is not None:
        next_told = _told_next(document, index, head)
        if next_told is not None and next_told.place.country == around.place.country:
            return [PlaceRef(next_told, "named", text)]
        return [PlaceRef(around, "within", text)]
    unsaid = [t for t in prepositional(head, ("of",)) if t.lemma_.lower() in noun_class("direction")]
    owned = _part_of_pointed(document, index, head, text)
    if owned:
        return owned
    if head.lemma_.lower() in noun_class("direction") or unsaid:
        return []  # "advanced in the south": of what, nobody says
    return _within_pointed_back(document, index, head, text) or _pointed_back(document, index, head, text)


def _part_of_pointed(document: Document, index: int, head: Token, text: str) -> list[PlaceRef]:
    """The town of "the capital's airport", named before."""
    owners = [t for t in head.children if t.dep_ == "poss" and t.lemma_.lower() in noun_class("settlement")]
    towns = (_last_of_kind(document, index, owner) for owner in owners)
    return [PlaceRef(_itself(town), "part", text) for town in towns if town is not None][:1]


def _unknown_area(document: Document, index: int, head: Token) -> str:
    """The area that no gazetteer has, of "several villages in X's Y district"; "" where there is none."""
    for noun in prepositional(head, ("in", "of")):
        names = [t for t in noun.children if t.dep_ == "compound" and t.pos_ == "PROPN"]
        is_area = noun.lemma_.lower() in noun_class("district") and noun.tag_ == "NN"
        if is_area and names and not any(document.any_location_at(index, t) for t in [noun, *names]):
            return str(noun.doc[names[0].i : noun.i + 1].text)
    return ""


def _within_pointed_back(document: Document, index: int, head: Token, text: str) -> list[PlaceRef]:
    """The town of "positions in the city", named before."""
    town = town_pointed_at(document, index, head)
    return [PlaceRef(town, "within", text)] if town is not None else []


def town_pointed_at(document: Document, index: int, head: Token) -> Location | None:
    """Return the town named before that a phrase lies in ("positions in the city", "the entrance to the town")."""
    inner = prepositional(head, ("in", "inside", "within", "of", "at", "on", "to", "outside", "near", "into"))
    for noun in inner + [t for n in inner for t in prepositional(n, ("of", "to"))]:
        is_town = noun.lemma_.lower() in noun_class("settlement")
        is_definite = any(t.dep_ == "det" and t.lower_ in _POINTING for t in noun.children)
        earlier = _last_of_kind(document, index, noun) if is_town and is_definite else None
        if earlier is not None:
            return _itself(earlier)
    return None


def _share_of(head: Token, ref: PlaceRef) -> PlaceRef:
    """A part where a share is said ("nearly the entire region", "most of", "half the town")."""
    words = {t.lower_ for child in head.children if child.i < head.i for t in child.subtree}
    return dataclasses.replace(ref, how="part") if ref.how == "named" and words & _SHARES else ref


def _named_inside(document: Document, index: int, head: Token) -> list[PlaceRef]:
    lemma = head.lemma_.lower()
    how: How = "part" if lemma in noun_class("part") and not _is_named_kind(head) else "named"
    of = list(prepositional(head, ("of",)))
    found = [PlaceRef(x, how, phrase_text(head)) for t in of if (x := own_location(document, index, t)) is not None]
    if found and lemma in noun_class("settlement") and head.tag_ == "NN":
        return [_settlement_in(document, index, head, ref) for ref in found]
    if found:
        return found
    if how == "part":
        inner = [r for t in of if is_place_noun(t) for r in _described(document, index, t, phrase_text(t))]
        return [PlaceRef(r.location, "part", phrase_text(head)) for r in inner]
    bears_name = any(t.dep_ == "compound" and t.pos_ == "PROPN" and _may_bear_name(head, t) for t in head.children)
    for child in _naming(head):
        if bears_name and _is_in_brackets(child):
            continue  # "Kashma town (Marsa district)" is Kashma
        refs = _named_only(document, index, child)
        if refs:
            return [_as_part_of(head, child, r) for r in refs]
    return []


def _naming(head: Token) -> list[Token]:
    """What may name a place noun, what says more first: the names listed, an apposition, a compound, an owner."""
    listed = [t for c in head.children if c.dep_ == "prep" and c.lower_ in _LISTING for t in c.children]
    listed += [t for c in listed if c.dep_ == "prep" for t in c.children]  # "such as X"
    beside = head.nbor() if head.i + 1 < len(head.doc) else head
    if beside.dep_ == head.dep_ and beside.head.i == head.head.i and beside.i > head.i:
        listed.append(beside)  # "the capital X fell", which the parser reads as two subjects
    order = {"appos": 0, "compound": 1, "nmod": 1, "npadvmod": 1, "poss": 2, "amod": 2}
    beside_it = (c for c in head.children if c.dep_ in order)
    return listed + sorted(beside_it, key=lambda c: 3 if _is_in_brackets(c) else order[c.dep_])


def _is_in_brackets(token: Token) -> bool:
    """Whether a word opens a bracket: the area of a place, or its other name ("X town (Y district)")."""
    return token.left_edge.i > 0 and token.left_edge.nbor(-1).text == "("


def _settlement_in(document: Document, index: int, head: Token, ref: PlaceRef) -> PlaceRef:
    """The city of "the capital of X province": the one spoken of, and not the province."""
    if ref.location is None or ref.location.place.kind not in REGIONS:
        return ref
    earlier = _last_of_kind(document, index, head)
    near = earlier is not None and document.sentences[index].start + head.idx - earlier.end < _JUST_SPOKEN_OF
    return PlaceRef(earlier, "named", ref.text) if near else dataclasses.replace(ref, how="within")


def _as_part_of(head: Token, child: Token, ref: PlaceRef) -> PlaceRef:
    """The place of a compound: "X city" is X; "X airport" or "X's eastern districts" a part of X."""
    lemma = head.lemma_.lower()
    if (
        child.dep_ in ("appos", "pobj")
        or child.dep_ == head.dep_
        or ref.location is None
        or ref.location.end > ref.location.mention.end
    ):
        return ref
    if lemma in noun_class("settlement") and head.tag_ == "NN" and child.dep_ != "poss":
        return ref
    if lemma in noun_class("region") and ref.location.place.kind in REGIONS:
        return ref
    return PlaceRef(ref.location, "within" if head.tag_ == "NNS" else "part", phrase_text(head))


def _named_only(document: Document, index: int, token: Token) -> list[PlaceRef]:
    return [
        PlaceRef(x, "named", phrase_text(t))
        for t in conjuncts(token)
        if (x := document.location_at(index, t)) is not None
    ]


def _is_named_kind(head: Token) -> bool:
    return head.lemma_.lower() in ("quarter", "section") and any(t.dep_ == "compound" for t in head.children)


def _unknown_name(document: Document, index: int, head: Token) -> PlaceRef | None:
    """A name that no gazetteer has: "the village of Kashma", "the Mazar Valley"."""
    names = [t for t in prepositional(head, ("of",)) if t.pos_ == "PROPN"]
    names += [t for t in head.children if t.dep_ == "appos" and t.pos_ == "PROPN"]
    if names and not _is_actor(document, names[0]):
        return PlaceRef(containing(document, index, head), "unknown", phrase_text(names[0]))
    compounds = [t for t in head.children if t.dep_ == "compound" and t.pos_ == "PROPN"]
    if compounds and _may_bear_name(head, compounds[-1]) and not _is_actor(document, compounds[0]):
        name = head if head.pos_ == "PROPN" else compounds[-1]
        return PlaceRef(containing(document, index, head), "unknown", phrase_text(name))
    return None


def _may_bear_name(head: Token, name: Token) -> bool:
    """Whether a compound names its head: "Kashma Valley", "Kashma village", but no "Sunni village"."""
    if head.pos_ == "PROPN":
        return True
    named = noun_class("settlement") | noun_class("district") | noun_class("route") | noun_class("named_site")
    between = [t.lower_ for t in head.doc[name.i + 1 : head.i]]
    is_town = head.tag_ == "NN" and (head.lemma_.lower() in named or between == ["air"])
    is_beside = not between or between in (["air"], ["oil"], ["gas"], ["border"], ["military"])
    return is_town and is_beside and name.lower_ not in noun_class("creed")


def _is_actor(document: Document, token: Token) -> bool:
    name = phrase_text(token)
    head = name.rfind(token.text)
    covering = [start for start, end, _ in document.gazetteer.actors.find(name) if start <= head < end]
    # "Harat al-Bayda" is none, though "al-Bayda" may be a government.
    return any(not name[:start].split()[-1:] or not name[:start].split()[-1][0].isupper() for start in covering)


def _pointed_back(document: Document, index: int, head: Token, text: str) -> list[PlaceRef]:
    """What "the town", "it", "several villages" mean: the last of that kind, one named later, or the area."""
    determiner = next((t.lower_ for t in head.children if t.dep_ in ("det", "poss")), "")
    is_definite = determiner in _POINTING or head.pos_ == "PRON" or head.lower_ == "there"
    if is_definite and head.tag_ == "NNS" and head.lemma_.lower() in noun_class("settlement"):
        several = _several_before(document, index, head)
        if several:
            return several
    if is_definite and head.tag_ != "NNS":
        earlier = _last_of_kind(document, index, head)
        if earlier is not None:
            return [_share_of(head, PlaceRef(_itself(earlier), "named", text))]
    if not is_definite and head.tag_ == "NN":
        later = _named_later(document, index, head) or _told_next(document, index, head)
        if later is not None:
            return [PlaceRef(later, "named", text)]
    area = area_spoken_of(document, index, head)
    if area is not None and head.tag_ == "NNS" and head.lemma_.lower() in noun_class("settlement"):
        # Several towns do not lie in a town that happens to be spoken of.
        area = area if area.place.kind in REGIONS or area.geo_precision > 1 else None
    return [PlaceRef(area, "within", text, is_told=area in document.locations_in(index))]


def _several_before(document: Document, index: int, head: Token) -> list[PlaceRef]:
    """The towns of "both towns" or "the above villages": those that a sentence before lists."""
    words = {t.lower_ for t in head.children}
    for at in range(index, max(index - _SENTENCES_BACK, -1), -1):
        heads = [t for t in document.doc(at) if t.tag_ == "NNS" and (at < index or t.i < head.i)]
        lists = (r for t in heads if t.lemma_ == head.lemma_ and (r := _listed(document, at, t)))
        listed = next(lists, [])
        if listed:
            return listed
        named = [x for x in document.locations_in(at) if x.mention.role == "place" and x.place.kind in SETTLEMENTS]
        if at < index and len(named) == 2 and words & {"both", "two"}:
            return [PlaceRef(_itself(x), "named", x.mention.text) for x in named]
    return []


def _itself(location: Location) -> Location:
    """The place alone of "close to X" or "10 km east of X", where "the town" points back to X."""
    place = location.place
    is_beside = _BESIDE.search(location.name) is not None
    if location.start == location.mention.start or (place.kind not in SETTLEMENTS and not is_beside):
        return location
    return dataclasses.replace(
        location,
        name=place.name,
        point=place.point,
        geo_precision=place.precision,
        radius_km=place.radius_km,
        start=location.mention.start,
        end=location.mention.end,
    )


def _last_of_kind(document: Document, index: int, head: Token) -> Location | None:
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


def _named_later(document: Document, index: int, head: Token) -> Location | None:
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


def _told_next(document: Document, index: int, head: Token) -> Location | None:
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
    near = [x for x in recent if at - x.end < _JUST_SPOKEN_OF or x.geo_precision == 3]
    return near[0] if near else document.focus(index)


def _is_area(location: Location, country: str) -> bool:
    """Whether a location is an area or place in the country the article is about, and no point relative to one."""
    is_beside = location.geo_precision == 2 and location.place.kind not in REGIONS
    if location.mention.role != "place" or is_beside:
        return False
    return location.place.kind != "country" and location.place.country == country
