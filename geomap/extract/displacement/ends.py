"""Move ends: which places do the words of a clause give as start and end of a way?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.extract.displacement.context import is_carrier
from geomap.extract.displacement.frames import carriers
from geomap.extract.displacement.names import place_at
from geomap.extract.document import Document
from geomap.extract.grammar.syntax import climb, objects, prepositional
from geomap.extract.lexicon import noun_class
from geomap.extract.places.reference import containing, where_of
from geomap.model import Location

if TYPE_CHECKING:
    from spacy.tokens import Token

FROM = ("from", "out of", "off")
TO = ("to", "toward", "towards", "into", "for", "across", "onto", "near", "at")
# "displaced across X" and "evacuated near X" say where it happened.
_BESIDE = ("across", "near", "at", "for")
_INTO_ONLY = ("to", "toward", "towards", "into", "onto", "for")
IN = ("in", "within", "inside", "around", "across", "at", "near", "throughout", "on")
_BY = ("by", "in", "on", "aboard", "across", "over", "through", "via", "with")
# The main clause of "the people who fled X arrived in Y", which goes on with their way.
_GOING_ON = frozenset(
    {
        "arrive",
        "reach",
        "cross",
        "come",
        "head",
        "settle",
        "gather",
        "end",
        "seek",
        "take",
        "find",
        "walk",
        "shelter",
        "enter",
        "register",
        "camp",
        "lodge",
        "accommodate",
    }
)
# Words whose "in" says where people went.
_FINDING = frozenset(
    {
        "find",
        "seek",
        "take",
        "shelter",
        "arrive",
        "settle",
        "resettle",
        "register",
        "camp",
        "lodge",
        "accommodate",
        "gather",
        "land",
        "dock",
        "disembark",
    }
)
_LANDS = frozenset({"area", "territory", "zone", "land", "side", "neighbourhood", "neighborhood", "region", "part"})
# Kinds of places that are crossed, and whose names are of no country's people.
NO_REFUGES = ("water", "mountain", "road")
_CROSSED = frozenset({"river", "lake", "strait", "sea", "desert"})
_INHABITANTS = frozenset({"resident", "inhabitant", "population", "villager", "dweller"})


def clause_of(trigger: Token, head: Token) -> list[Token]:
    """Return the words whose prepositions say the way: the trigger, its coordinated verbs and what it governs."""
    clause = [trigger]
    for child in trigger.children:
        is_apart = child.dep_ == "conj" or any(c.lower_ in ("while", "whereas") for c in child.children)
        is_own = is_apart and any(c.dep_ in ("nsubj", "nsubjpass") for c in child.children)
        if child.pos_ == "VERB" and child.dep_ in ("conj", "xcomp", "advcl", "ccomp") and not is_own:
            clause.append(child)
    # "took shelter in X after fleeing Y"
    clause += [v for c in trigger.children if c.lower_ == "after" for v in c.children if v.dep_ == "pcomp"]
    if trigger.dep_ in ("conj", "xcomp") and trigger.head.pos_ == "VERB":
        clause.append(trigger.head)
    is_named_so = trigger.dep_ in ("relcl", "acl") and trigger.head.dep_ in ("nsubj", "nsubjpass")
    if is_named_so and trigger.head.head.lemma_ in _GOING_ON:
        clause.append(trigger.head.head)
    carrying = _goes_with(trigger)
    if carrying is not None:
        clause.append(carrying)
    return [*clause, head] if head != trigger else clause


def _goes_with(trigger: Token) -> Token | None:
    """The verb of "a convoy of buses carrying 400 people left X for Y", where "carrying" tells no way."""
    if trigger.dep_ != "acl":
        return None
    for child, above in climb(trigger.head):
        if above.pos_ == "VERB":
            return above if child.dep_ in ("nsubj", "nsubjpass") else None
    return None


def onward(word: Token, wanted: tuple[str, ...]) -> list[Token]:
    """Return what a word governs by the prepositions, also behind a vehicle or border ("by train to X")."""
    on_the_way = [n for n in (*prepositional(word, _BY), *objects(word)) if is_carrier(n)]
    bound = [c for by in on_the_way for c in by.children if c.dep_ == "acl"]  # "aboard buses bound for X"
    nouns = prepositional(word, wanted) + [n for by in (*on_the_way, *bound) for n in prepositional(by, wanted)]
    return [n for n in nouns if n.head.head.lower_ != "according"]  # "walked, according to the mayor"


def origin_of(document: Document, index: int, clause: list[Token], head: Token) -> Location | None:
    """Return where the words of a clause say that people came from."""
    for word in clause:
        found = place_at(document, index, prepositional(word, FROM))
        if found is not None:
            return found
        if any(c.lower_ == "from" and any(g.lower_ == "there" for g in c.children) for c in word.children):
            return next(iter(document.before(index, document.sentences[index].start)), None)
    of_people = home_of(document, index, head)
    if of_people is not None:
        return of_people
    for verb in clause:
        if verb.lemma_ in ("flee", "leave", "escape", "abandon", "evacuate", "quit"):
            left = [o for o in objects(verb) if o != head]
            found = place_at(document, index, left)
            # "fled fighting near Marsa"
            found = found or place_at(document, index, [n for o in left for n in prepositional(o, IN)])
            if found is None and any(c.lower_ == "there" for word in (verb, *left) for c in word.children):
                found = next(iter(document.before(index, document.sentences[index].start)), None)
            if found is not None:
                return found
    return None


def home_of(document: Document, index: int, head: Token) -> Location | None:
    """Return where the counted live: "Sanaa residents", "Pibor's 30,000 residents", "the population of X"."""
    for noun in carriers(head):
        if noun.lemma_.lower() not in _INHABITANTS:
            continue
        own = [c for c in noun.children if c.dep_ in ("poss", "compound", "nmod")]
        found = place_at(document, index, [c for c in own if document.location_at(index, c) is not None])
        found = found or place_at(document, index, prepositional(noun, ("of", "in")))
        if found is not None:
            return found
    return None


def destination_of(document: Document, index: int, clause: list[Token]) -> Location | None:
    """Return where the words of a clause say that people went."""
    for word in clause:
        nouns = onward(word, TO if is_motion(clause) else _INTO_ONLY)
        nouns.sort(key=lambda n: n.head.lower_ in _BESIDE or (is_carrier(n) and not document.location_at(index, n)))
        if word.lemma_ in _FINDING:
            nouns += _taken_in(word)
        if word.lemma_ in ("reach", "enter", "cross"):
            nouns += objects(word)
        nouns = [n for n in nouns if not is_crossed(document, index, n)]
        found = place_at(document, index, nouns) or _site_of(document, index, nouns)
        if found is not None:
            return found
    return where(document, index, clause[0]) if is_motion(clause) else None


def _site_of(document: Document, index: int, nouns: list[Token]) -> Location | None:
    """Where a refuge lies that people are brought to ("to 300 shelters in X", "to their base at X")."""
    sites = [n for n in nouns if n.lemma_.lower() in noun_class("refuge") | noun_class("site")]
    return next((x for n in sites if (x := containing(document, index, n)) is not None), None)


def _taken_in(verb: Token) -> list[Token]:
    """Where people find refuge: "found shelter in X", "sought refuge at Y in X", "with families in X"."""
    found = objects(verb)
    hosts = [n for word in (verb, *found) for n in prepositional(word, ("with", "among"))] + found
    return prepositional(verb, ("in",)) + [n for host in hosts for n in prepositional(host, ("in", "at"))]


def is_crossed(document: Document, index: int, noun: Token) -> bool:
    """Whether a noun names a river or mountain, which is crossed and is nobody's refuge."""
    location = document.location_at(index, noun)
    if noun.lemma_ in _CROSSED:
        return True
    return location is not None and location.place.kind in NO_REFUGES


def is_motion(clause: list[Token]) -> bool:
    """Whether the trigger itself tells of going somewhere; "displaced" and "homeless" do not."""
    return clause[0].lemma_.lower() not in (
        "displace",
        "displacement",
        "uproot",
        "homeless",
        "evacuate",
        "evacuation",
    )


def goes_somewhere(clause: list[Token]) -> bool:
    """Whether a way to go is told though no gazetteer knows it ("arrived in Kalonda")."""
    nouns = [
        n for w in clause for n in prepositional(w, ("to", "into", "in", "at", "over", "for", "toward", "towards"))
    ]
    return any(n.pos_ == "PROPN" or n.lemma_ in noun_class("refuge") | _LANDS for n in nouns)


def where(document: Document, index: int, trigger: Token) -> Location | None:
    """Return, of "the border, where he said thousands were heading", the noun that the clause hangs on."""
    noun = where_of(trigger)
    if noun is None:
        return None
    return (
        document.location_at(index, noun) or containing(document, index, noun) or place_at(document, index, [noun])
    )
