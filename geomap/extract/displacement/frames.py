"""Move frames: which words make the counted people displaced, and in which slot do the people stand?"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from geomap.extract.document import Document
from geomap.extract.grammar.syntax import climb, conjuncts, is_passive, objects, prepositional, subjects
from geomap.extract.lexicon import MoveFrame, move_frames
from geomap.extract.quantities import CountedThing
from geomap.model import Location

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

# "The number of people displaced is 400", "the total has reached 400".
_NUMBER_NOUNS = frozenset({"number", "total", "figure", "population", "tally", "count", "caseload"})
_STATES = frozenset({"be", "remain", "stay", "live"})
_ON_IT = ("acl", "relcl", "amod", "compound", "oprd", "advcl", "nmod")


def head_of(doc: Doc, figure: CountedThing) -> Token | None:
    """Return the token that carries a figure in the grammar: the counted noun, or the figure itself.

    A participle is no noun: of "3,000 displaced by war" the figure carries.
    """
    if figure.noun:
        head = _top(doc, figure, figure.noun_start, figure.noun_end)
        if head is None or head.tag_ not in ("VBN", "VBD", "JJ") or head.dep_ == "pobj":
            return head
    return _top(doc, figure, figure.start, figure.end)


def _top(doc: Doc, figure: CountedThing, start: int, end: int) -> Token | None:
    inside = [t for t in doc if start <= t.idx < end or t.idx <= start < t.idx + len(t.text)]
    if not inside:
        return None
    if len(inside) == 1 and inside[0].pos_ == "NUM" and figure.noun:
        return inside[0]
    top = min(inside, key=lambda t: (sum(1 for _ in climb(t)), -t.i))
    return top.head if top.dep_ == "nummod" and top.pos_ == "NUM" else top


def numbered_by(head: Token) -> Token | None:
    """Return what a bare figure is the number of ("the number of returnees is 400"); None where nothing says so."""
    if head.dep_ == "pobj" and head.head.lower_ in ("by", "from"):
        return None  # "fell by 400"
    for _, above in list(climb(head))[:3]:
        nouns = [above, *above.children] if above.pos_ == "NOUN" else [*subjects(above), *objects(above)]
        for noun in nouns:
            counted = prepositional(noun, ("of",)) if noun.lemma_.lower() in _NUMBER_NOUNS else []
            if counted:
                return counted[0]
    return None


def triggers_of(head: Token) -> list[Token]:
    """Return what may make the people displaced, nearest first: words on their noun, verbs above, the noun."""
    on_it = [c for carrier in carriers(head) for c in carrier.children if c.dep_ in _ON_IT]
    inner = [c for o in on_it for c in o.children if c.dep_ in ("xcomp", "conj") and c.pos_ == "VERB"]
    above = [up for _, up in climb(head)][:5]
    beside = [
        c
        for up in above[:3]
        for c in up.children
        if c.dep_ in ("xcomp", "advcl", "conj", "ccomp", "oprd", "acomp") and c != head
    ]
    # "displaced families returned" is told of their return; that they were displaced is how they are called.
    called = [t for t in on_it if t.dep_ in ("amod", "compound")]
    return [*(t for t in on_it if t not in called), *inner, *above, *called, *beside, head]


def in_numbers(head: Token) -> Token:
    """Return who a vague figure counts behind its verb ("residents fled in their hundreds"), else the figure."""
    is_behind = head.dep_ == "pobj" and head.head.lower_ in ("in", "by") and head.head.head.pos_ == "VERB"
    if not is_behind or not any(c.lower_ in ("their", "the") for c in head.children):
        return head
    return next(iter(subjects(head.head.head) or objects(head.head.head)), head)


def carriers(head: Token) -> list[Token]:
    """Return the counted noun and what it stands beside or is a number of ("a large number, about 40 people")."""
    found = [head]
    while found[-1].dep_ == "appos" or (
        found[-1].dep_ == "pobj" and found[-1].head.lower_ == "of" and len(found) < 4
    ):
        up = found[-1].head
        found.append(up.head if found[-1].dep_ == "pobj" else up)
    return found


def frames_with(token: Token) -> list[MoveFrame]:
    """Return the frames that have a word among their verbs, nouns or adjectives, in the order they are tried in."""
    places = {*_places_of_word().get(token.lemma_.lower(), ()), *_places_of_word().get(token.lower_, ())}
    return [move_frames()[place] for place in sorted(places)]


@functools.cache
def _places_of_word() -> dict[str, list[int]]:
    """Where in the order of the frames those of each word are."""
    found: dict[str, list[int]] = {}
    for place, frame in enumerate(move_frames()):
        for word in {*frame.verbs, *frame.nouns, *frame.adjectives}:
            found.setdefault(word, []).append(place)
    return found


def matches(document: Document, index: int, frame: MoveFrame, token: Token) -> bool:
    """Whether a token is the frame's trigger, with the object, particle and phrases the frame asks for."""
    lemma = token.lemma_.lower()
    if token.pos_ in ("NOUN", "PROPN"):
        return lemma in frame.nouns or token.lower_ in frame.nouns
    if token.pos_ == "ADJ" or (token.dep_ == "amod" and token.lower_ in frame.adjectives):
        return token.lower_ in frame.adjectives
    if lemma not in frame.verbs or _is_what_is_left(token):
        return False
    if frame.object_is and not any(
        _is_object(document, index, frame, t) for o in objects(token) for t in conjuncts(o)
    ):
        return False
    if frame.particle and not _has_particle(frame, token):
        return False
    if frame.subject_is and not any(_is_host(document, index, frame, s) for s in subjects(token)):
        return False
    return not frame.with_ or _has_with(document, index, frame, token)


def fills(frame: MoveFrame, trigger: Token, head: Token) -> bool:
    """Whether the counted noun stands where the frame has its people."""
    own = carriers(head)
    return any(noun in own for slot in frame.people for noun in _people(trigger, slot))


def _is_what_is_left(token: Token) -> bool:
    """Whether "left" says who remains ("has only 1,100 residents left")."""
    goes = any(c.dep_ in ("aux", "auxpass", "dobj") or c.lower_ in ("for", "to", "from") for c in token.children)
    if token.lower_ != "left" or goes:
        return False
    return token.dep_ in ("acl", "amod", "oprd", "ccomp", "relcl") and token.i > token.head.i


def _is_object(document: Document, index: int, frame: MoveFrame, token: Token) -> bool:
    if token.lemma_.lower() in frame.object_is:
        return True
    if "PLACE" not in frame.object_is:
        return False
    if document.location_at(index, token) is not None:
        return True
    # "left X for Y" leaves a place, also one that no gazetteer has.
    onward = [n for n in prepositional(token.head, ("for",)) if n.pos_ == "PROPN"]
    return bool(onward) and _is_place_name(document, index, token)


def _is_host(document: Document, index: int, frame: MoveFrame, token: Token) -> bool:
    """Whether a subject is a place that takes people in, also where it acts ("Chad says it has received ...")."""
    if token.lemma_.lower() in frame.subject_is:
        return True
    return "PLACE" in frame.subject_is and host_at(document, index, token) is not None


def host_at(document: Document, index: int, token: Token) -> Location | None:
    """Return the place that hosts people: named, also where it acts, or "it" for the state that speaks."""
    named = document.any_location_at(index, token)
    if named is not None or token.lower_ not in ("it", "they"):
        return named
    at = document.sentences[index].start + token.idx
    before = [x for x in document.locations_in(index) if x.mention.end <= at and x.mention.role != "demonym"]
    return before[-1] if before else None


def _has_particle(frame: MoveFrame, verb: Token) -> bool:
    """Of "pushed over the border", also where the parser hangs "over" on the agent ("pushed by drought over")."""
    agents = [n for c in verb.children if c.dep_ == "agent" for n in c.children]
    return any(c.lower_ in frame.particle for word in (verb, *agents) for c in word.children)


def _has_with(document: Document, index: int, frame: MoveFrame, verb: Token) -> bool:
    for preposition, nouns in frame.with_.items():
        if preposition in nouns and any(c.lower_ == preposition for c in verb.children):
            return True
        governed = prepositional(verb, (preposition,)) + [
            n for o in objects(verb) for n in prepositional(o, (preposition,)) if preposition != "in"
        ]
        # "registered as displaced"
        governed += [v for c in verb.children if c.lower_ == preposition for v in c.children if v.dep_ == "pcomp"]
        governed += [
            v for v in verb.children if v.dep_ == "advcl" and any(c.lower_ == preposition for c in v.children)
        ]
        if any(n.lemma_.lower() in nouns for n in governed):
            return True
        if "PLACE" in nouns and any(_is_place_name(document, index, n) for n in governed):
            return True
    return False


def _people(trigger: Token, slot: str) -> list[Token]:
    """The nouns in a slot, with what they are a share or a group of ("more than half of the 3,000 residents")."""
    if slot == "self":
        # "the Norwegian Refugee Council" counts no refugee.
        return [] if trigger.dep_ in ("compound", "nmod") else [trigger]
    if slot == "of":
        return prepositional(trigger, ("of", "for")) + [t for t in trigger.children if t.dep_ == "poss"]
    if slot == "head":
        return _described_by(trigger)
    if slot == "object":
        nouns = [] if trigger.lemma_ in _STATES else [t for o in objects(trigger) for t in conjuncts(o)]
        if trigger.lemma_ in ("evacuate", "empty", "clear"):
            nouns += [t for n in nouns for t in prepositional(n, ("with",))]  # "a village with 300 residents"
    else:
        nouns = [] if is_passive(trigger) else [t for s in subjects(trigger) for t in conjuncts(s)]
        nouns += prepositional(trigger, ("with",)) if trigger.lemma_ in ("flee", "escape", "leave") else []
    return nouns + [t for n in nouns for t in prepositional(n, ("of", "including"))]


def _is_of_object(verb: Token) -> bool:
    """Whether a relative clause describes its object ("the people that they took in")."""
    return verb.head in objects(verb)


def _is_place_name(document: Document, index: int, noun: Token) -> bool:
    """Whether a noun names a place, also one that no gazetteer has, and no party ("rescued from Boko Haram")."""
    if document.location_at(index, noun) is not None:
        return True
    is_name = noun.pos_ == "PROPN" and noun.text[:1].isupper() and noun.tag_ == "NNP"
    return is_name and not document.gazetteer.actors.find(noun.text)


def _described_by(trigger: Token) -> list[Token]:
    """The noun that a participle or adjective describes, also as a complement ("left 300 people homeless")."""
    is_own = trigger.lemma_ in _STATES or not _is_of_object(trigger)
    if trigger.dep_ == "relcl" and not is_passive(trigger) and is_own:
        return []  # "people who took to the streets": they are its subject
    if trigger.dep_ in ("acl", "amod", "relcl", "nmod"):
        return [trigger.head]
    if trigger.dep_ in ("oprd", "acomp", "xcomp", "ccomp") and trigger.head.pos_ in ("VERB", "AUX"):
        return objects(trigger.head) or subjects(trigger.head)
    return [t for t in trigger.children if t.dep_ == "nsubj"] if trigger.pos_ == "ADJ" else []
