"""Control: who took, lost, surrounded or gave up which place?

Each frame of control.yml is looked for at the verbs and nouns of a sentence; its slots give the place, the winner
and the loser. A frame without a place is no event: seized weapons and control of a company are not control.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geomap.extract.document import SETTLEMENTS, Document
from geomap.extract.lexicon import Frame, control_frames, noun_class
from geomap.extract.parties import Party, party_of
from geomap.extract.past import is_remembered
from geomap.extract.reference import PlaceRef, days_and_months, is_place_noun, is_told_as_place, places_of, where_of
from geomap.extract.syntax import conjuncts, has_particle, objects, prepositional, subjects
from geomap.extract.war import is_about_war

if TYPE_CHECKING:
    from spacy.tokens import Token


# Characters back within which a settlement is still the one spoken of.
_TOPIC_REACH = 800
# Sentences of a note, which may leave unsaid where it plays.
_NOTE = 3


@dataclass(frozen=True, slots=True)
class ControlReading:
    """One frame found at a trigger, with what fills its slots."""

    frame: Frame
    trigger: Token
    words: str
    place: PlaceRef
    actor: Party | None
    opponent: Party | None


def find_control(document: Document, index: int) -> Iterator[ControlReading]:
    """Yield the changes of control that a sentence tells, whether or not they happened."""
    for token in document.doc(index):
        for frame in _frames_by_word().get(token.lemma_.lower(), ()):
            if frame_matches(frame, token):
                found = list(_read(document, index, frame, token))
                yield from found
                if found:
                    break


@functools.cache
def _frames_by_word() -> dict[str, tuple[Frame, ...]]:
    """The frames of each verb and noun, in the order in which they are tried."""
    words = {word for frame in control_frames() for word in (*frame.verbs, *frame.nouns)}
    return {word: tuple(f for f in control_frames() if word in f.verbs or word in f.nouns) for word in words}


def frame_matches(frame: Frame, token: Token) -> bool:
    """Return whether a token is a verb or noun of the frame, and what the frame asks for stands with it."""
    lemma = token.lemma_.lower()
    if token.pos_ in ("NOUN", "PROPN"):
        return lemma in frame.nouns
    if token.pos_ not in ("VERB", "AUX") or lemma not in frame.verbs or _is_attribute(token):
        return False
    if frame.aspect and not _is_change(frame, token):
        return False
    if _leaves_in_a_state(token) or (lemma == "occupy" and token.tag_ in ("VBZ", "VBP")):
        return False
    if frame.particle and not frame.optional_particle and not has_particle(token, frame.particle):
        return False
    if frame.object_is and _framed_object(frame, token) is None:
        return False
    return not frame.with_ or _with(frame, token) is not None


def _is_attribute(token: Token) -> bool:
    """Whether the verb is a property of a place, told of no day ("the surrounding villages")."""
    return token.dep_ == "amod" or token.dep_ == "compound"


def _leaves_in_a_state(verb: Token) -> bool:
    """Whether "leaving" tells how things stand then ("leaving X as the last city") and no departure."""
    if verb.lemma_ != "leave" or verb.tag_ != "VBG" or verb.dep_ not in ("advcl", "pcomp", "conj"):
        return False
    states = {c.lower_ for c in verb.children if c.dep_ == "prep"} & {"as", "with", "without", "under", "in", "at"}
    return bool(states) or any(c.dep_ in ("oprd", "acomp", "ccomp", "xcomp") for c in verb.children)


def _is_change(frame: Frame, token: Token) -> bool:
    """Whether the verb tells a change and not a state that lasts."""
    words = {c.lower_ for c in token.children}
    if words & {"still", "remains", "remain"}:
        return False
    words |= {
        c.lower_ for preposition in token.children if preposition.dep_ == "prep" for c in preposition.children
    }
    is_over = "longer" in words
    words |= {c.lower_ for framed in _with_nouns(frame, token) for c in framed.children}
    has_perfect = token.tag_ == "VBN" and any(c.dep_ == "aux" and c.lemma_ == "have" for c in token.children)
    is_means = token.dep_ == "pcomp" and token.head.lower_ == "by"
    is_event = token.lemma_ in ("come", "fall", "leave")
    is_new = has_perfect or bool(words & noun_class("by_now")) or _is_dated(token)
    told = {"no_longer": is_over, "perfect": has_perfect, "by": is_means, "now": is_new, "event": is_event}
    return any(told[name] for name in frame.aspect)


def _is_dated(verb: Token) -> bool:
    """Whether a state is told as reached by a time ("was in rebel hands by Friday")."""
    return any(c.dep_ == "prep" and c.lower_ == "by" for c in verb.children)


def _framed_object(frame: Frame, verb: Token) -> Token | None:
    """The object that makes the frame ("control" in "took control of")."""
    heads = [t for o in objects(verb) for t in conjuncts(o)]
    return next((t for t in heads if t.lemma_.lower() in frame.object_is), None)


def _with(frame: Frame, verb: Token) -> Token | None:
    """The noun that makes the frame by a preposition ("under the control", "in the hands")."""
    return next(_with_nouns(frame, verb), None)


def _with_nouns(frame: Frame, verb: Token) -> Iterator[Token]:
    for preposition, nouns in frame.with_.items():
        for noun in prepositional(verb, (preposition,)):
            is_armed = "ARMED" in nouns and noun.lemma_.lower() not in ("low", "high", "level", "percent")
            if noun.lemma_.lower() in nouns or is_armed:
                yield noun


def _read(document: Document, index: int, frame: Frame, trigger: Token) -> Iterator[ControlReading]:
    # Places come first: a party may be a pronoun, for which the sentences before are parsed.
    places = list(_places(document, index, frame, trigger))
    if not places or is_remembered(trigger):
        return
    actor = first_party(document, index, frame, trigger, frame.actor)
    if (
        frame.armed
        and (actor is None or not actor.is_armed)
        and not _has_armed_loser(document, index, frame, trigger)
    ):
        return
    if (actor is None or not actor.is_armed) and _is_of_peace(document, frame, trigger):
        return
    if _are_police(frame, trigger) and not is_about_war(document):
        return  # "police cleared the square"
    if frame.with_ and not _is_with_armed(document, index, frame, trigger):
        return
    opponent = first_party(document, index, frame, trigger, frame.opponent)
    if frame.armed_opponent and (opponent is None or not opponent.is_armed):
        return
    if frame.troops and not any(_are_troops(t) for t in in_slot(frame, trigger, frame.actor[0])):
        return
    words = words_of(frame, trigger)
    for place in places:
        if _is_all_country(place) and (frame.subtype == "partial" or place.how == "part"):
            continue  # who advances in a country advances somewhere; "swathes of" a country were taken over years
        if _is_nowhere(document, place):
            continue
        if _is_unsaid(place) or (frame.told and not place.is_told):
            continue
        if frame.named and not _has_name(place, trigger):
            continue
        if place.how == "within" and trigger.dep_ == "acl" and trigger.tag_ == "VBN":
            continue  # "two towns besieged by the army" only says which unnamed towns are meant
        yield ControlReading(frame, trigger, words, place, actor, opponent)


def _is_with_armed(document: Document, index: int, frame: Frame, trigger: Token) -> bool:
    """Whether the noun behind the preposition is one of the frame's, or a party where it asks for an armed one."""
    for noun in _with_nouns(frame, trigger):
        if any(noun.lemma_.lower() in nouns for nouns in frame.with_.values()):
            return True
        party = party_of(document, index, noun)
        if party is not None and party.is_armed:
            return True
    return False


def _is_nowhere(document: Document, ref: PlaceRef) -> bool:
    """Whether a place has no name and lies nowhere, in a text long enough to have named it."""
    return ref.location is None and not ref.text[:1].isupper() and len(document.sentences) > _NOTE


def _has_name(ref: PlaceRef, trigger: Token) -> bool:
    """Whether a place is named, by a gazetteer's name or by its kind ("the Kashma district fell")."""
    if ref.how == "named":
        return ref.location is not None
    return ref.how == "unknown" and any(is_place_noun(t) for t in subjects(trigger))


def _is_unsaid(ref: PlaceRef) -> bool:
    """Whether "the town" points to no town that was named, but only lies where the article plays."""
    is_one = ref.text.lower().split()[-1:] != [] and ref.text.lower().split()[-1] in noun_class("settlement")
    return ref.location is not None and ref.how == "within" and not ref.is_told and is_one


def _is_all_country(ref: PlaceRef) -> bool:
    """Whether a place is a country without a direction ("Syria", but not "northwestern Syria")."""
    here = ref.location
    return here is not None and here.place.kind == "country" and here.start == here.mention.start


def _is_of_peace(document: Document, frame: Frame, trigger: Token) -> bool:
    """Whether the doer is an office or a business, or anybody in an article that tells of no war."""
    doers = [t for t in in_slot(frame, trigger, "subject") if "subject" in frame.actor]
    if any(_is_civil(t) for t in doers):
        return True
    return any(t.pos_ != "PRON" for t in doers) and not is_about_war(document)


def _are_police(frame: Frame, trigger: Token) -> bool:
    doers = in_slot(frame, trigger, "subject") if "subject" in frame.actor else []
    return any(t.lemma_.lower() in ("police", "policeman", "officer") for t in doers)


def _is_civil(noun: Token) -> bool:
    """Whether a noun is an office or a business, which takes control of no place by arms."""
    return noun.lemma_.lower() in noun_class("civil")


def _are_troops(noun: Token) -> bool:
    """Whether a noun is a body of armed men and no single one, nor one that keeps a peace."""
    lemma = noun.lemma_.lower()
    if lemma in noun_class("peace_force") or any(
        t.lemma_.lower() in noun_class("peace_force") for t in noun.children
    ):
        return False
    is_many = noun.tag_ in ("NNS", "NNPS") or lemma in noun_class("body") or noun.pos_ in ("PROPN", "PRON")
    return is_many and lemma not in noun_class("office")


def _has_armed_loser(document: Document, index: int, frame: Frame, trigger: Token) -> bool:
    """A passive without an agent is armed if the loser is ("militants were driven out of the village")."""
    if in_slot(frame, trigger, "subject") and frame.actor[:1] == ("subject",):
        return False
    party = first_party(document, index, frame, trigger, frame.opponent)
    if party is not None and party.is_armed:
        return True
    return frame.subtype == "recaptured" and not in_slot(frame, trigger, "subject")


def _places(document: Document, index: int, frame: Frame, trigger: Token) -> list[PlaceRef]:
    for slot in frame.place:
        if slot == "TOPIC" and any(c.lower_ in ("out", "away", "back") for c in trigger.children):
            return _topic(document, index, trigger)
        for noun in in_slot(frame, trigger, slot):
            found = places_of(document, index, noun)
            if noun.lemma_ == "ground" and frame.subtype == "withdrawn":
                return []  # "losing ground" says nothing of where
            if found:
                others = _strayed(trigger) if slot == "object" else []
                found += [r for t in others for r in places_of(document, index, t) if r.how == "named"]
                return _accepted(document, frame, trigger, slot, found, noun)
    where = where_of(trigger)
    return places_of(document, index, where) if where is not None else []


def _topic(document: Document, index: int, trigger: Token) -> list[PlaceRef]:
    """The settlement spoken of ("chased the soldiers out on Friday")."""
    at = document.sentences[index].start + trigger.idx
    near = [x for x in document.before(index, at) if x.place.kind in SETTLEMENTS and at - x.end < _TOPIC_REACH]
    return [PlaceRef(near[0], "named", "")] if near and near[0].geo_precision == 1 else []


def _accepted(
    document: Document, frame: Frame, trigger: Token, slot: str, found: list[PlaceRef], noun: Token
) -> list[PlaceRef]:
    """What a place slot may hold: posts belong to their own family, unknown names need a sign that they are places.

    "took Palestinians", "seized Abu Omar": as an object an unknown name is as often a person's, unless it stands in
    a list of places or is told as a place elsewhere.
    """
    if noun.lemma_.lower() in noun_class("post") or any(c.lower_ == "no" for c in noun.children):
        return []
    if trigger.lemma_.lower() in noun_class("clearing") and noun.lemma_.lower() in noun_class("cleared"):
        return []
    if noun.lemma_ == "capital" and noun.dep_ == "conj" and not any(c.dep_ == "det" for c in noun.children):
        return []  # "took X, capital of Y": the parser joins the two
    if any(c.lemma_.lower() in noun_class("contraband") for c in noun.children if c.i < noun.i):
        return []  # "took over a bomb factory"
    if noun.lemma_.lower() in noun_class("military_site"):
        # An unnamed base or barracks is a post; one with a name of its own is a place.
        is_airbase = any(c.lower_ == "air" for c in noun.children)
        found = [ref for ref in found if ref.how == "named" or (is_airbase and ref.how == "unknown")]
    if noun.lemma_.lower() in noun_class("vague_post") and not frame.object_is:
        found = [ref for ref in found if ref.is_told]
    found = [ref for ref in found if _can_be_held(ref)]
    if slot != "object" or frame.object_is or is_place_noun(noun):
        return found
    listed = any(ref.location is not None and ref.how == "named" for ref in found)
    listed = listed or noun.pos_ == "PRON" or (noun.tag_ == "NNP" and _takes_places(document, trigger, noun))
    return [ref for ref in found if ref.how != "unknown" or listed or is_told_as_place(document, ref.text)]


def _takes_places(document: Document, trigger: Token, noun: Token) -> bool:
    """Whether a verb takes places and no persons, or a name is no person's, with a first name in the article."""
    if trigger.lemma_.lower() in noun_class("takes_places"):
        return True
    is_long = any(t.dep_ == "compound" for t in noun.children)
    full = rf"\b[A-Z][\w'’-]+ {re.escape(noun.text)}\b"
    return not is_long and re.search(full, document.article.text) is None


def _can_be_held(ref: PlaceRef) -> bool:
    """Whether a place can change hands: no water, no positions without a name."""
    if ref.location is None and ref.how != "unknown":
        return not ref.text or ref.text.split()[-1].lower() not in noun_class("vague_site")
    return ref.location is None or ref.location.place.kind not in ("water", "sea", "river")


def in_slot(frame: Frame, trigger: Token, slot: str) -> list[Token]:
    """Return the nouns that stand in a slot of the trigger, or of the framed object."""
    if slot == "subject":
        doers = [t for s in subjects(trigger) for t in conjuncts(s)][:6]
        return [t for doer in doers for t in _counted(doer)]
    if slot == "BEFORE":
        names = [t for t in trigger.doc[: trigger.i] if t.pos_ == "PROPN"]
        return [t for t in names if t.text not in days_and_months()][-1:]
    if slot == "object":
        return objects(trigger)
    if slot == "of_object":
        # "pulled his men out": those who go are the object.
        return [t for t in objects(trigger) if t.lemma_.lower() in noun_class("force") | {"man"}]
    if slot == "possessor":
        return [t for t in trigger.children if t.dep_ == "poss"]
    if slot == "modifier":
        return [t for t in trigger.children if t.dep_ in ("compound", "amod", "nmod")]
    if slot == "claimant":
        # "claimed the capture of": who claims it, did it.
        return subjects(trigger.head) if trigger.dep_ == "dobj" and trigger.head.lemma_ == "claim" else []
    if slot == "WITH":
        noun = _with(frame, trigger)
        return (
            []
            if noun is None
            else prepositional(noun, ("of",)) + [t for t in noun.children if t.dep_ in ("poss", "amod", "compound")]
        )
    framed = _framed_object(frame, trigger) if frame.object_is else None
    on_object = prepositional(framed, (slot,)) if framed is not None else []
    if trigger.pos_ == "NOUN" and slot in ("to", "by") and trigger.dep_ == "dobj":
        on_object = prepositional(trigger, (slot,)) or prepositional(trigger.head, (slot,))
    direct = [t for o in objects(trigger) for t in prepositional(o, (slot,))] if slot == "from" else []
    return on_object or prepositional(trigger, (slot,)) or direct


def _counted(noun: Token) -> list[Token]:
    """Who is meant by a number of them ("thousands of soldiers"), or the noun itself."""
    is_number = noun.lemma_.lower() in noun_class("measure") | {"thousand", "score", "most", "some", "all", "last"}
    return (prepositional(noun, ("of",)) if is_number else []) or [noun]


def _strayed(verb: Token) -> list[Token]:
    """Objects that the parser joins to a day ("captured X on Monday and the town of Y")."""
    own = objects(verb)
    if not own or not any(c.dep_ == "dobj" for c in verb.children):
        return []
    days = [t for c in verb.children if c.dep_ == "prep" for t in c.children if t.text in days_and_months()]
    joined = [t for day in days for c in day.children if c.dep_ == "conj" for t in conjuncts(c)]
    return [t for t in joined if t.text not in days_and_months()]


def first_party(
    document: Document, index: int, frame: Frame, trigger: Token, slots: tuple[str, ...]
) -> Party | None:
    """Return the party that stands in the first filled of the slots; of several the first that bears arms."""
    for slot in slots:
        named = [party_of(document, index, noun) for noun in in_slot(frame, trigger, slot)]
        if slot == "subject" and not any(named):
            named = [p for noun in in_slot(frame, trigger, slot) for p in _owners(document, index, noun)]
        parties = [party for party in named if party is not None]
        if parties:
            return next((party for party in parties if party.is_armed), parties[0])
    return None


def _owners(document: Document, index: int, noun: Token) -> list[Party | None]:
    """Whose campaign or advance it is that takes a place ("the army's offensive has seized most of X")."""
    if noun.lemma_.lower() not in noun_class("campaign"):
        return []
    return [party_of(document, index, t) for t in noun.children if t.dep_ in ("poss", "compound", "amod")]


def words_of(frame: Frame, trigger: Token) -> str:
    """Return the words of the article that made the frame."""
    extra = _framed_object(frame, trigger) if frame.object_is else _with(frame, trigger) if frame.with_ else None
    particles = [c for c in trigger.children if c.dep_ == "prt"]
    last = max([trigger.i] + [t.i for t in [extra, *particles] if t is not None])
    first = min(trigger.i, extra.i) if extra is not None else trigger.i
    return str(trigger.doc[first : last + 1].text) if last - first < 8 else trigger.text
