"""Parties: which actor does a noun phrase name, and does it bear arms?

Known actors come from ``actors.yml``; "<demonym> army" is composed; what neither knows keeps the text's own name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geomap.extract.document import Document
from geomap.extract.lexicon import noun_class
from geomap.extract.syntax import noun_phrase, phrase_text, prepositional
from geomap.model import Actor

if TYPE_CHECKING:
    from spacy.tokens import Token

    from geomap.gazetteer.schema import ActorEntry

_ARMED_KINDS = {"state_forces", "government", "rebels", "armed_group", "generic_forces"}
# Words of a force that say nothing of whose it is: the country of the event tells.
_STATE_WORDS = {
    "army",
    "military",
    "government",
    "regime",
    "troop",
    "soldier",
    "police",
    "authority",
    "force",
    "guard",
}
# Characters back within which "the group" points to a group by name.
_GROUP_REACH = 700
_WHOSE = re.compile(r"^(?:its|their|his|her|our|my|last|remaining)\s+", re.IGNORECASE)
_SPEAKING = {"i", "we", "us", "our", "my"}
_OF_STATE = {"ministry", "government", "president", "army", "military", "minister", "command", "staff"}
# Words before a group that make it another one than that named before.
_OTHERS = {
    "other", "rival", "local", "allied", "different", "new", "foreign", "separate", "splinter", "smaller",
    "opposing", "opposition", "pro-government", "rebel", "kurdish", "shiite", "sunni", "tribal", "second", "loyal",
}  # fmt: skip
# Words that make "the force" an irregular one.
_IRREGULAR = {"paramilitary", "rebel", "insurgent", "militant", "jihadist", "islamist"}
_CALLING = {"call", "know", "dub", "name"}
_PERSONAL = {"it", "they", "he", "she", "them", "its", "their", "him", "her", "his", "who", "which", "that"}


@dataclass(frozen=True, slots=True)
class Party:
    """An actor as read from a noun phrase.

    Attributes:
        is_armed: an army, a government, an armed group, or a country acting.
        is_bare: named by a common noun alone ("the army"), to be filled in from the context.
    """

    actor: Actor
    is_armed: bool
    is_bare: bool = False
    country: str = ""


def party_of(document: Document, index: int, token: Token) -> Party | None:
    """Return the party that a noun phrase names; None for things, places and pronouns without a referent."""
    if token.lower_ in _SPEAKING:
        return None
    if token.lower_ in _PERSONAL or token.pos_ == "PRON":
        return _pronoun(document, index, token)
    owned = _of_pronoun(document, index, token) or _of_group(document, index, token)
    if owned is not None:
        return owned
    known = _known(document, token) if not _several_states(document, token) else None
    text = phrase_text(token)
    if known is not None and not _is_generic(known):
        return _forces_of(document, known, token) or _party_from(known, text)
    region = _of_region(document, token)
    if region is not None:
        return _party_from(region, text)
    country = _country_in(document, token)
    if token.lemma_.lower() in noun_class("force") or known is not None:
        meant = _named_before(document, index, token) if not country else None
        return meant or _force(document, index, token, text, country)
    if country and token.pos_ in ("PROPN", "NOUN") and document.gazetteer.demonym_country(token.text):
        # "the Russians" as actors are their forces, by the text's own word.
        forces = forces_of(document, country)
        return Party(Actor(text, forces.actor.id if forces else ""), True, country=country)
    if country and _is_name_of_country(document, token):
        return of_state(document, country, text)
    if token.pos_ == "PROPN" and document.location_at(index, token) is None:
        return Party(Actor(text), False)
    return None


def _named_before(document: Document, index: int, token: Token) -> Party | None:
    """The armed group that "the group" or "the militants" points back to: the last one named, shortly before."""
    kinds = [t for t in token.children if t.dep_ not in ("det", "case", "punct", "relcl", "acl", "appos")]
    is_bare = all(t.dep_ in ("amod", "compound") and _is_kind(document, t) for t in kinds)
    is_definite = any(t.dep_ == "det" and t.lower_ in ("the", "this") for t in token.children)
    if token.lemma_ == "force" and (token.tag_ != "NN" or not any(t.lower_ in _IRREGULAR for t in token.children)):
        return None
    if not (is_bare and is_definite) or token.lemma_.lower() not in noun_class("named_before"):
        return None
    at = document.sentences[index].start + token.idx
    text = document.article.text[max(0, at - _GROUP_REACH) : at]
    hits = [e for _, _, e in document.gazetteer.actors.find(text) if e.kind in ("rebels", "armed_group")]
    return _party_from(hits[-1], "") if hits else None


def _is_kind(document: Document, word: Token) -> bool:
    """Whether a word only says what kind of group is meant ("the hardline group", "the Tutsi-led militia")."""
    is_other = word.lower_ in _OTHERS or document.gazetteer.demonym_country(word.text) is not None
    return not is_other and not (word.pos_ == "PROPN" and word.dep_ == "compound")


def _of_pronoun(document: Document, index: int, token: Token) -> Party | None:
    """The party of "its forces": the one that the pronoun points back to."""
    if token.lemma_.lower() not in noun_class("force") | {"man"}:
        return None
    pronoun = next((c for c in token.children if c.dep_ == "poss" and c.lower_ in ("its", "their", "his")), None)
    return _pronoun(document, index, pronoun) if pronoun is not None else None


def _of_region(document: Document, token: Token) -> ActorEntry | None:
    """The known forces of a region ("forces from Ethiopia's Tigray region")."""
    if token.lemma_.lower() not in noun_class("force"):
        return None
    homes = prepositional(token, ("from",))
    names = [t.text for home in homes for t in (home, *home.children) if t.pos_ == "PROPN" and t.dep_ != "poss"]
    known = (document.gazetteer.actors.by_name(f"{name} forces") for name in names)
    return next((e for e in known if e is not None and not _is_generic(e)), None)


def _of_group(document: Document, index: int, token: Token) -> Party | None:
    """The party of "the group's fighters": the one that "the group" points back to."""
    if token.lemma_.lower() not in noun_class("force"):
        return None
    owners = (c for c in token.children if c.dep_ == "poss" and c.lemma_.lower() in noun_class("named_before"))
    return next((p for c in owners if (p := _named_before(document, index, c)) is not None), None)


def _led_by(document: Document, index: int, noun: Token) -> Party | None:
    """Whose leader a noun is: by the words before it or by "of" ("the head of the RSF")."""
    own = owner_in(document, index, noun)
    of = (party_of(document, index, t) for t in prepositional(noun, ("of",)))
    return own or next((party for party in of if party is not None and party.is_armed), None)


def owner_in(document: Document, index: int, token: Token) -> Party | None:
    """Return the party named by the words before a noun ("Turkish observation posts", "the army's base")."""
    for child in sorted(token.children, key=lambda t: t.i):
        if child.dep_ in ("poss", "compound", "nmod", "amod") and child.i < token.i:
            party = _modifier(document, index, child)
            if party is not None:
                return party
    return None


def of_state(document: Document, country: str, name: str = "") -> Party | None:
    """Return a state as a party, by the text's name; on the side of its government where actors.yml knows that."""
    place = document.gazetteer.place(country) if country else None
    if place is None:
        return None
    demonym = document.gazetteer.demonym(country)
    entry = document.gazetteer.actors.by_name(f"{demonym} government") if demonym else None
    entry_id = entry.id if entry is not None and not _is_generic(entry) else ""
    return Party(Actor(name or place.name, entry_id), True, country=country)


def with_country(document: Document, party: Party, country: str) -> Party:
    """Return a bare party ("the army") as that of a country, where the gazetteer knows its demonym."""
    place = document.gazetteer.place(country) if country else None
    demonym = document.gazetteer.demonym(country) if country else None
    if not party.is_bare or place is None or demonym is None:
        return party
    name = f"{demonym} {party.actor.name[:1].lower()}{party.actor.name[1:]}"
    entry = document.gazetteer.actors.by_name(name)
    return Party(Actor(entry.name, entry.id) if entry else Actor(name), party.is_armed, country=country)


def _modifier(document: Document, index: int, child: Token) -> Party | None:
    known = _known(document, child)
    if known is not None and not (_is_generic(known) and child.lemma_.lower() in ("military", "security")):
        return _party_from(known, phrase_text(child))
    country = document.gazetteer.demonym_country(child.text)
    if country:
        return forces_of(document, country) or Party(Actor(f"{child.text} forces"), True, country=country)
    lemma = child.lemma_.lower()
    if child.dep_ == "poss" or lemma in noun_class("force"):
        return party_of(document, index, child)
    return None


def _known(document: Document, token: Token) -> ActorEntry | None:
    """The known actor of a phrase: the one that covers its head, else the last one named in it."""
    start, end = noun_phrase(token)
    end = max(end, _end_of_source(token))
    span = token.doc[start:end]
    head = token.idx - span.start_char
    hits = document.gazetteer.actors.find(span.text)
    covering = [e for a, b, e in hits if a <= head < b]
    specific = [e for e in covering if not _is_generic(e)] or [e for _, _, e in hits if not _is_generic(e)]
    if specific and ((covering and not _is_generic(covering[0])) or token.lemma_.lower() in noun_class("force")):
        return covering[0] if covering and not _is_generic(covering[0]) else specific[0]
    return covering[0] if covering else None


def _forces_of(document: Document, known: ActorEntry, token: Token) -> Party | None:
    """The forces of a government, where the phrase says forces ("Syrian government troops")."""
    if known.kind != "government" or token.lemma_.lower() not in noun_class("force") | {"army"}:
        return None
    if token.lemma_.lower() in ("government", "regime", "authority", "side"):
        return None
    return forces_of(document, known.country)


def forces_of(document: Document, country: str) -> Party | None:
    """Return the armed forces of a state, where actors.yml knows them."""
    demonym = document.gazetteer.demonym(country) if country else None
    entry = document.gazetteer.actors.by_name(f"{demonym} forces") if demonym else None
    return _party_from(entry, "") if entry is not None else None


def _end_of_source(token: Token) -> int:
    """Where "fighters from the Front" or "forces loyal to the commander" ends, as far as it names the actor."""
    end = token.i + 1
    for child in token.children:
        belongs = child.dep_ == "prep" and child.lower_ in ("from", "of", "with")
        if child.i > token.i and (belongs or child.lower_ in ("loyal", "allied")):
            end = max(end, max((t.i for t in child.subtree if t.i - child.i < 8), default=end - 1) + 1)
    called = [t for t in token.subtree if t.dep_ == "acl" and t.lemma_ in _CALLING and 0 < t.i - token.i < 6]
    return max([end, *(t.i + 1 for c in called for t in c.subtree if t.i - c.i < 8)])


def _is_generic(entry: ActorEntry) -> bool:
    return entry.kind == "generic"


def _party_from(entry: ActorEntry, text: str) -> Party:
    armed = entry.kind in _ARMED_KINDS or (
        entry.source_side == "party" and entry.kind not in ("state_media", "media")
    )
    return Party(Actor(entry.name, entry.id), armed, country=entry.country or "")


def _force(document: Document, index: int, token: Token, text: str, country: str) -> Party | None:
    """A force named by a common noun: "the army", "Turkish troops", "rebel fighters"."""
    text = _WHOSE.sub("", text)
    entry = document.gazetteer.actors.by_name(text)
    is_force = token.lemma_.lower() in noun_class("force") and not _is_business(token)
    if not is_force and (entry is None or entry.source_side != "party"):
        return Party(Actor(text), False)
    several = _several_states(document, token)
    if several:
        forces = forces_of(document, several)
        return Party(Actor(text, forces.actor.id if forces else ""), True, country=several)
    if (entry is None or _is_generic(entry)) and country and _is_of_state(token):
        # "Syrian ground forces" keep the text's name and stand on the side of the Syrian forces.
        forces = forces_of(document, country)
        demonym = document.gazetteer.demonym(country)
        own = _without_owner(document, token, text, country)
        if demonym and demonym.lower() not in own.lower():  # "troops from Ethiopia"
            own = f"{demonym} {own[:1].lower()}{own[1:]}"
        named = document.gazetteer.actors.by_name(own) if not own.endswith(text[1:]) else None
        if named is not None and not _is_generic(named):
            return _party_from(named, own)
        text = own
        return Party(Actor(text, forces.actor.id if forces else ""), True, country=country)
    is_bare = not country and _is_of_state(token) and not _has_name(token)
    return Party(Actor(text, "" if entry is None or _is_generic(entry) else entry.id), True, is_bare, country)


def _without_owner(document: Document, token: Token, text: str, country: str) -> str:
    """The words of a force without the country that it is of ("Ukraine's army" is the Ukrainian army)."""
    owners = [t for t in token.children if t.dep_ == "poss" and _is_name_of_country(document, t)]
    name = owners[0].text if owners and country else ""
    return re.sub(rf"^{re.escape(name)}['’]s?\s+", "", text) if name else text


def _is_business(token: Token) -> bool:
    """Whether a group is one that trades or helps ("a construction group", "an aid group")."""
    return any(t.lemma_.lower() in noun_class("business") for t in token.children if t.i < token.i)


def _is_of_state(token: Token) -> bool:
    """Whether a force is a state's: "ground forces", but not "rebel forces" or "Turkish-backed forces"."""
    if token.lemma_.lower() not in _STATE_WORDS:
        return False
    others = noun_class("force") - _STATE_WORDS
    words = {t.lemma_.lower() for t in token.children} | {t.lower_ for t in token.children}
    return not words & (others | {"backed", "led", "allied", "linked", "loyal"})


def _several_states(document: Document, token: Token) -> str:
    """The first of several states whose forces a phrase joins ("French and Malian troops"), "" where it is one."""
    start, end = noun_phrase(token)
    words = [t for t in token.doc[start:end] if not _is_sponsor(t)]
    codes = dict.fromkeys(c for t in words if (c := document.gazetteer.demonym_country(t.text)))
    return next(iter(codes)) if len(codes) > 1 else ""


def _has_name(token: Token) -> bool:
    start, end = noun_phrase(token)
    return any(
        t.pos_ == "PROPN" or (t.text[:1].isupper() and t.i > 0 and t.dep_ != "det") for t in token.doc[start:end]
    )


def _country_in(document: Document, token: Token) -> str:
    start, end = noun_phrase(token)
    for t in token.doc[start:end]:
        country = document.gazetteer.demonym_country(t.text)
        if country and not _is_sponsor(t):
            return country
    owners = [t for t in token.children if t.dep_ == "poss"] if token.lemma_.lower() in _OF_STATE else []
    named = [token, *prepositional(token, ("from", "of")), *owners]
    for t in named:
        places = document.gazetteer.places_named(t.text) if t.pos_ == "PROPN" else ()
        if places and places[0].kind == "country":
            return places[0].country or places[0].id
    return ""


def _is_sponsor(token: Token) -> bool:
    """Whether a demonym or name only says who backs the force ("Turkish-backed rebels")."""
    rest = token.doc[token.i + 1 : token.i + 3].text.lower()
    return rest.startswith("-") and any(
        word in rest for word in ("back", "led", "alli", "support", "sponsor", "fund")
    )


def _is_name_of_country(document: Document, token: Token) -> bool:
    places = document.gazetteer.places_named(token.text)
    return bool(places) and places[0].kind == "country"


def _pronoun(document: Document, index: int, token: Token) -> Party | None:
    """The nearest party before a pronoun that could be meant: subjects of this sentence, then of those before."""
    for at in range(index, max(index - 3, -1), -1):
        doc = document.doc(at)
        nouns = [t for t in doc if t.dep_ in ("nsubj", "nsubjpass", "pobj") and t.pos_ in ("NOUN", "PROPN")]
        if at == index:
            nouns = [t for t in nouns if t.i < token.i and (t.dep_ != "pobj" or t.head.dep_ == "agent")][::-1]
        else:
            nouns = sorted(nouns, key=lambda t: t.dep_ == "pobj")
        for noun in nouns:
            party = party_of(document, at, noun)
            if party is not None and party.is_armed:
                return party
            owner = _led_by(document, at, noun) if noun.lemma_.lower() in noun_class("leader") else None
            if owner is not None and owner.is_armed:
                return owner  # "Wagner's founder said his men"
            if noun.lemma_.lower() in noun_class("state_office"):
                # "Russia's defence ministry said its troops": those of the state.
                forces = forces_of(document, _country_in(document, noun)) or of_state(
                    document, _country_in(document, noun)
                )
                if forces is not None:
                    return forces
    return None
