"""Speakers: what is the name of who speaks, in the article's fullest form, and on which side does he stand?

Pronouns and short forms ("he", "the official", "the Observatory") are filled in from the speakers before them.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from geomap.extract.document import Document
from geomap.extract.grammar.syntax import antecedent, conjuncts, phrase_text, subjects
from geomap.extract.lexicon import noun_class, reporting, speaker_sides
from geomap.extract.parties.find import Party
from geomap.extract.places.reference import is_place_noun
from geomap.extract.saying.speaker_names import STATES, full_form
from geomap.model import Certainty, SourceSide

if TYPE_CHECKING:
    from spacy.tokens import Token

    from geomap.gazetteer import ActorEntry

# How many sentences back a speaker's pronoun may point.
_REACH = 4
_PERSONS = {"he", "she"}
_PRONOUNS = {"he", "she", "it", "they", "who", "which"}
# Words of the longest phrase that is still a short form ("the Britain-based group").
_SHORT_FORM = 3
# Short forms that may stand for an armed group.
_ARMED = {"group", "movement", "militia", "alliance", "organisation", "organization", "faction", "insurgency"}
# What is no part of a word of a name.
_NO_NAME = re.compile(r"[^a-z.' -]+")


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who says something.

    Attributes:
        name: in the text's fullest form; "" for the article's own voice.
        country: whose party the speaker is, "" where that is not known.
        at: character of the article where the speaker is named; used to date the statement.
    """

    name: str
    side: SourceSide
    country: str = ""
    at: int = -1
    sentence: int = -1


OWN_VOICE = Speaker("", "media")


def certainty_of(speaker: Speaker, is_doubted: bool = False) -> Certainty:
    """Return how sure a single statement is: a party claims; the article, an observer or the UN reports."""
    if speaker.side == "party":
        return "claimed"
    return "claimed" if is_doubted else "reported"


def for_party(speaker: Speaker, party: Party | None) -> Speaker:
    """Return the speaker, "a spokesman" of nobody named as that of the armed party whose deed he tells."""
    is_anybody = speaker.name.lower() in noun_class("spokesman") and speaker.side == "media"
    return replace(speaker, side="party") if is_anybody and party is not None and party.is_armed else speaker


def named_speaker(document: Document, index: int, noun: Token) -> Speaker:
    """Return the speaker that a noun phrase names, pronouns and short forms filled in."""
    noun = antecedent(noun)
    if _is_paper(noun):
        said = _pronoun(document, index, noun)
        if said is not None:
            return said
    if noun.lower_ in _PRONOUNS:
        return _pronoun(document, index, noun) or Speaker(noun.text, "media")
    names = [full_form(document, index, one) for one in _beside(noun)]
    return speaker_by_words(document, index, noun, " and ".join(dict.fromkeys(names)))


def _beside(noun: Token) -> list[Token]:
    """The noun and those that speak with it ("residents and police")."""
    return [one for one in conjuncts(noun) if one.pos_ in ("NOUN", "PROPN")] or [noun]


def _is_paper(noun: Token) -> bool:
    """Whether a noun is "the statement", whose author was named before."""
    is_bare = all(c.dep_ in ("det", "amod") for c in noun.children)
    is_definite = any(c.lower_ in ("the", "this") for c in noun.children)
    return noun.lemma_.lower() in noun_class("paper") and is_bare and is_definite


def speaker_by_words(document: Document, index: int, noun: Token, words: str) -> Speaker:
    """Return the speaker that a run of words names, where the parser made no phrase of them."""
    name = _of_organisation(document, index, noun, words)
    return _speaker(document, name, document.sentences[index].start + noun.idx, index)


def speaker_of_name(document: Document, index: int, name: str, at: int) -> Speaker:
    """Return the speaker of a plain name that stands at a character of a sentence."""
    return _speaker(document, name, document.sentences[index].start + at, index)


def _of_organisation(document: Document, index: int, noun: Token, name: str) -> str:
    """The organisation that a short form stands for, or a spokesman with the one he speaks for.

    "Relief chief Omar Daoud" -> "Relief chief Omar Daoud, Marsa Relief Association".
    """
    hits = [e for _, _, e in document.actors.find(name) if e.kind not in STATES]
    entry = next((e for e in hits if e.source_side in ("observer", "un")), None)
    if entry is None and _is_short_form(noun, name):
        entry = _organisation_before(document, index, noun)
        return name if entry is None else entry.name
    if entry is None or entry.name == name:
        return name
    if len(name) <= len(entry.name) and noun.text in entry.name:
        return entry.name
    return name if _is_alias(name, entry) else f"{name}, {entry.name}"


def _is_alias(name: str, entry: ActorEntry) -> bool:
    """Whether a name is the organisation's own and no spokesman's ("IOM", "the UN migration agency")."""
    known = {alias.casefold().removeprefix("the ") for alias in (entry.name, *entry.aliases)}
    return name.casefold().removeprefix("the ") in known


def _is_short_form(noun: Token, name: str) -> bool:
    """Whether a phrase only points to an organisation named elsewhere: "the group", "a war monitor"."""
    if noun.pos_ != "NOUN" or len(name.split()) > _SHORT_FORM:
        return False
    if any(c.lower_ in ("a", "an") for c in noun.children):
        return noun.lemma_ in ("monitor", "watchdog", "observatory")
    is_definite = any(c.lower_ in ("the", "that", "this") for c in noun.children)
    return is_definite and noun.lemma_.lower() in noun_class("organisation") | {"chief", "head", "monitor"}


def _organisation_before(document: Document, index: int, noun: Token) -> ActorEntry | None:
    """The monitor, agency or aid group named before "the group", or soon after "a monitor"; else an armed group."""
    at = document.sentences[index].start + noun.idx
    text = document.article.text
    before = [e for _, _, e in document.actors.find(text[max(0, at - 1500) : at])][::-1]
    behind = [e for _, _, e in document.actors.find(text[at : at + 600])]
    known = [e for e in before + behind if e.kind not in STATES]
    armed = (
        [e for e in before if e.kind not in STATES and e.source_side == "party"] if noun.lemma_ in _ARMED else []
    )
    return next((e for e in known if e.source_side in ("observer", "un")), next(iter(armed), None))


def _pronoun(document: Document, index: int, noun: Token) -> Speaker | None:
    """The speaker before a pronoun: in this sentence, else the one of a sentence shortly before."""
    wants_person = noun.lower_ in _PERSONS
    for at in range(index, max(index - _REACH, -1), -1):
        inside = set(noun.head.subtree) if at == index else set()
        limit = noun.i if at == index else len(document.doc(at))
        nouns = [t for t in _speakers_in(document, at) if t.i < limit and t not in inside]
        found = _fitting(document, at, nouns, wants_person, noun.lower_ == "they")
        if found is not None:
            return found
    return None


def _speakers_in(document: Document, at: int) -> list[Token]:
    """Who may speak in a sentence: the subjects of its reporting verbs first, then the others."""
    doc = document.doc(at)
    verbs = [t for t in doc if t.lemma_ in reporting("verb") and t.pos_ == "VERB"]
    return [s for v in verbs for s in subjects(v)] + [t for t in doc if t.dep_ in ("nsubj", "nsubjpass")]


def _fitting(
    document: Document, at: int, nouns: list[Token], wants_person: bool, wants_many: bool
) -> Speaker | None:
    """The first of the nouns that a pronoun may stand for."""
    for noun in nouns:
        # Only common nouns tell their number: the parser takes "Guterres" for a plural.
        is_many = noun.tag_ == "NNS"
        if noun.pos_ not in ("NOUN", "PROPN") or (is_many and not wants_many):
            continue
        if _is_paper(noun):
            continue
        speaker = named_speaker(document, at, noun)
        if not wants_person and noun.pos_ == "NOUN" and speaker.side == "media" and is_place_noun(noun):
            continue
        if (
            (is_many and wants_many)
            or _is_person(document, noun) == wants_person
            or (wants_person and speaker.side != "media" and noun.pos_ == "NOUN")
        ):
            return speaker
    return None


def _is_person(document: Document, noun: Token) -> bool:
    """Whether a noun is a person: a known speaker, an office, or a name that is no organisation's."""
    if noun.pos_ != "PROPN":
        is_named = any(c.dep_ == "appos" and c.pos_ == "PROPN" and c.i > noun.i for c in noun.children)
        is_body = noun.lemma_ in noun_class("organisation") | noun_class("force")
        return noun.lemma_ in noun_class("office") or (is_named and not is_body)
    name = phrase_text(noun)
    head = name.rfind(noun.text)
    # "UN Secretary General Antonio Guterres": the organisation in the title is not the head.
    hits = [hit for hit in document.actors.find(name) if hit[0] <= head < hit[1]]
    if hits:
        return any(name[start:end] in entry.speakers for start, end, entry in hits)
    return noun.lemma_.lower() not in noun_class("organisation") | noun_class("force")


def _speaker(document: Document, name: str, at: int, index: int) -> Speaker:
    hits = [e for _, _, e in document.actors.find(name) if e.kind != "generic"]
    country = next((e.country for e in hits if e.country), "") or _demonym_in(document, name)
    side = side_of(name)
    if hits and (side == "media" or len(hits[0].name) >= 0.6 * len(name) or hits[0].source_side == "party"):
        side = hits[0].source_side or side
    return Speaker(name, side, country, at, index)


def side_of(name: str) -> SourceSide:
    """Return what kind of source a name tells by its words; "media" where they tell nothing.

    Of several who say it together one who is no party decides ("residents and police").
    """
    sides = [_side_of_words(part) for part in (name, *name.split(" and "))]
    return next((side for side in sides if side in ("un", "observer")), sides[0])


def _side_of_words(name: str) -> SourceSide:
    lowered = _NO_NAME.sub(" ", name.lower())
    return next((side for side, words in _words_of_sides() if words.search(lowered)), "media")


@functools.cache
def _words_of_sides() -> tuple[tuple[SourceSide, re.Pattern[str]], ...]:
    """Each kind of source with its words, the plural of each among them."""
    return tuple(
        (each.side, re.compile(rf"(?<![a-z])(?:{'|'.join(map(re.escape, each.words))})s?(?![a-z])"))
        for each in speaker_sides()
    )


def _demonym_in(document: Document, name: str) -> str:
    for word in name.replace("’", "'").split():
        plain = word.removesuffix("'s").strip(",.()")
        country = document.gazetteer.demonym_country(plain)
        places = () if country or not plain[:1].isupper() else document.gazetteer.places_named(plain)
        if country or (places and places[0].kind == "country"):
            return country or places[0].id
    return ""
