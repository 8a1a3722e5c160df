"""Post nouns: does a noun name a military post, by its own words, by what stands before it or by whose it is?"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geomap.extract.document import Document
from geomap.extract.grammar.syntax import prepositional
from geomap.extract.lexicon import PostNoun, noun_class, post_nouns
from geomap.extract.parties.find import Party, owner_in, party_of
from geomap.extract.posts.slots import is_beside
from geomap.extract.posts.who import run_by
from geomap.model import Actor

if TYPE_CHECKING:
    from spacy.tokens import Token

# Sentences back within which "them" or "three of them" may mean posts.
_REACH = 1
# Words that count posts named just before: "another was captured", "three of them".
_COUNTING = frozenset(
    {"another", "one", "others", "both", "some", "most", "several", "many", "all", "two", "three"}
)
_ACRONYM = re.compile(r"^[A-Z]{3,8}(?:-[A-Z]+)?$")
_UN_FORCE = re.compile(r"peacekeep|mission|interim force|disengagement", re.IGNORECASE)
_MISSIONS = frozenset({"mission", "contingent", "peacekeeper"})
_FORCES = re.compile(
    r"\b(?:soldiers?|troops?|army|military|militants?|gunmen|fighters|jihadists?|insurgents?|rebels?|peacekeepers?|forces|mortars?|rockets?|missiles?|shelling|drones?)\b",
    re.IGNORECASE,
)
# A camp of these is none of troops.
_CIVIL = frozenset(
    {"refugee", "displaced", "idp", "people", "civilian", "migrant", "family", "summer", "vaccination", "medical"}
)


@dataclass(frozen=True, slots=True)
class PostMention:
    """A word that means a post.

    Attributes:
        named: the noun that names it: the head itself, or what the head points back to.
        at: the sentence in which ``named`` stands.
    """

    head: Token
    noun: PostNoun
    named: Token
    at: int


def post_at(document: Document, index: int, head: Token, doer: Party | None, is_made: bool) -> PostMention | None:
    """Return the post that a word means; None where it means none.

    ``doer`` is who does something to it; ``is_made``: it is set up, so that an armed doer tells a "new camp" from
    others.
    """
    noun = post_noun(head)
    if noun is None:
        return _pointed_back(document, index, head, doer)
    earlier = mentioned_before(document, index, head)
    if earlier is not None and noun.military:
        return PostMention(head, earlier, head, index)
    if is_military(document, index, noun, head, doer, is_made):
        return PostMention(head, noun, head, index)
    return None


def post_noun(head: Token) -> PostNoun | None:
    """Return which post a noun names, by its words and those before it; None where it names none."""
    if head.pos_ not in ("NOUN", "PROPN") or (head.dep_ in ("compound", "amod", "nmod") and not is_beside(head)):
        return None
    ends = _by_last_word()
    phrases = [*ends.get(head.lower_, ()), *(ends.get(base_of(head), ()) if base_of(head) != head.lower_ else ())]
    found = [(len(words), -place, noun) for place, words, noun in phrases if _stands_at(head, words)]
    return max(found, key=lambda each: each[:2])[2] if found else None


def may_mean_post(head: Token) -> bool:
    """Return whether a word names a post, or is one that may point back to it."""
    return post_noun(head) is not None or _may_point_back(head)


@functools.cache
def _by_last_word() -> dict[str, list[tuple[int, list[str], PostNoun]]]:
    """The phrases that name a post by their last word, each with its place in the order of the lexicon."""
    found: dict[str, list[tuple[int, list[str], PostNoun]]] = {}
    every = [(noun, phrase) for noun in post_nouns() for phrase in noun.words]
    for place, (noun, phrase) in enumerate(every):
        words = phrase.replace("-", " - ").split()
        found.setdefault(words[-1], []).append((place, words, noun))
    return found


def mentioned_before(document: Document, index: int, head: Token) -> PostNoun | None:
    """What "some posts" or "the base" stands for: the last post called by more words before it."""
    last = base_of(head)
    before = document.article.text[: document.sentences[index].start + head.idx].lower()
    found = [
        (before.rfind(phrase), noun) for noun in post_nouns() for phrase in noun.words if phrase.split()[-1] == last
    ]
    at, noun = max(((a, n) for a, n in found if not n.military), key=lambda f: f[0], default=(-1, None))
    return noun if at >= 0 else None


def _stands_at(head: Token, words: list[str]) -> bool:
    first = head.i - len(words) + 1
    if first < 0:
        return False
    tokens = list(head.doc[first : head.i + 1])
    # Plural first parts occur too ("observations posts").
    return all(w in (t.lower_, base_of(t)) for w, t in zip(words, tokens, strict=True))


def base_of(token: Token) -> str:
    """Return the base form of a noun; "bases" are no basis."""
    return "base" if token.lower_ == "bases" else token.lemma_.lower()


def is_military(
    document: Document, index: int, noun: PostNoun, head: Token, doer: Party | None, is_made: bool
) -> bool:
    """Whether a bare "post", "base" or "camp" is a military one: by a word beside it or an armed owner or actor."""
    if not noun.military:
        return True
    before = [t for child in head.children if child.i < head.i for t in child.subtree]
    behind = [w for t in prepositional(head, ("for", "of")) for w in t.subtree if w.i - t.i < 6]
    if any(t.lemma_.lower() in _CIVIL for t in [*before, *behind]):
        return False
    if any(_is_military_word(t) or _is_acronym(document, t) for t in before) or any(map(_is_military_word, behind)):
        return True
    owner = owner_of(document, index, head)
    if owner is not None:
        return is_force(document, owner)
    if doer is not None and is_force(document, doer):
        return is_made or not noun.strict
    return not noun.strict and _is_among_forces(document, index)


def owner_of(document: Document, index: int, head: Token) -> Party | None:
    """Return whose post it is: by the words before it, behind it, or by "its" and "their"."""
    owner = owner_in(document, index, head) or run_by(document, index, head)
    if owner is not None or not any(c.dep_ == "poss" and c.lower_ in ("its", "their") for c in head.children):
        return owner
    for at in range(index, max(index - 2, -1), -1):
        doers = [t for t in document.doc(at) if t.dep_ in ("nsubj", "nsubjpass", "poss", "pobj")]
        doers = [t for t in doers if at < index or t.i < head.i]
        for noun in sorted(doers, key=lambda t: (t.dep_ in ("poss", "pobj"), -t.i)):
            party = force_of(document, at, noun)
            if party is not None:
                return party
    return None


def force_of(document: Document, index: int, noun: Token) -> Party | None:
    """Return the party of a noun if it is a force; "the mission" is the mission of peacekeepers named before."""
    party = party_of(document, index, noun)
    if party is not None:
        return party if is_force(document, party) else None
    if noun.lemma_.lower() not in _MISSIONS:
        return None
    before = document.article.text[: document.sentences[index].start + noun.idx]
    named = [e for _, _, e in document.gazetteer.actors.find(before) if e.kind == "un" and _is_mission(e.names)]
    return Party(Actor(named[-1].name, named[-1].id) if named else Actor(noun.text), False)


def is_force(document: Document, party: Party) -> bool:
    """Whether a party keeps posts: it bears arms, or is a mission of peacekeepers."""
    if party.is_armed:
        return True
    entry = document.gazetteer.actors.by_id(party.actor.id) if party.actor.id else None
    if entry is None:
        name = party.actor.name
        return _UN_FORCE.search(name) is not None or _ACRONYM.match(name) is not None
    return entry.kind == "un" and _is_mission(entry.names)


def _is_mission(names: Iterable[str]) -> bool:
    return any(_UN_FORCE.search(name) for name in names)


def _is_military_word(token: Token) -> bool:
    words = noun_class("military_word")
    return token.lower_ in words or token.lower_.removesuffix("s") in words


def _is_acronym(document: Document, token: Token) -> bool:
    """Whether a word is the acronym of a force ("a CRPF camp"): written so, and known as nobody else."""
    if not _ACRONYM.match(token.text):
        return False
    hits = document.gazetteer.actors.find(token.text)
    entries = [entry for _, _, entry in hits]
    return all(
        e.kind not in ("ngo", "media", "agency", "observer", "state_media")
        and (e.kind != "un" or _is_mission(e.names))
        for e in entries
    )


def _is_among_forces(document: Document, index: int) -> bool:
    """Whether soldiers or weapons are spoken of around "the base was hit", where nobody is named who did it."""
    around = document.sentences[max(index - 2, 0) : index + 1]
    return any(_FORCES.search(sentence.text) for sentence in around)


def _pointed_back(document: Document, index: int, head: Token, doer: Party | None) -> PostMention | None:
    """The post that "it", "them", "another" or "three of them" means: the last one named, close by."""
    if not _may_point_back(head):
        return None
    for at in range(index, max(index - _REACH, 0) - 1, -1):
        if at < index and head.lower_ in ("it", "another", "one"):
            return None
        posts = [t for t in document.doc(at) if (at < index or t.i < head.i) and post_noun(t) is not None]
        if not posts:
            continue
        named = posts[-1]
        is_many = named.tag_ in ("NNS", "NNPS") or len(posts) > 1
        fits = head.lower_ in ("another", "one") or is_many == (head.lower_ != "it")
        if not fits or _is_other_meant(document, at, named, head if at == index else None):
            return None
        mention = post_at(document, at, named, doer, is_made=True)
        return PostMention(head, mention.noun, named, at) if mention is not None else None
    return None


def _may_point_back(head: Token) -> bool:
    if head.lower_ in ("it", "them", "they"):
        is_counted = head.dep_ == "pobj" and head.head.lower_ == "of"  # in "three of them" the number is the head
        falls = head.lower_ == "it" and head.dep_ == "nsubj" and head.head.lemma_ == "fall"
        return falls or (head.dep_ in ("dobj", "nsubjpass", "pobj") and not is_counted)
    counts = head.lower_ in _COUNTING or head.pos_ == "NUM"
    if not counts or head.dep_ not in ("conj", "nsubjpass", "dobj"):
        return False
    of = prepositional(head, ("of",))
    return not of or any(t.lower_ in ("them", "these", "those") for t in of)


def _is_other_meant(document: Document, index: int, named: Token, head: Token | None) -> bool:
    """Whether another thing of that number, which is meant as well, stands behind the post."""
    end = head.i if head is not None else len(named.doc)
    behind = [t for t in named.doc[named.i + 1 : end] if t.dep_ in ("nsubj", "nsubjpass", "dobj", "conj")]
    return any(
        t.pos_ in ("NOUN", "PROPN")
        and t.tag_ == named.tag_
        and document.location_at(index, t) is None
        and party_of(document, index, t) is None
        for t in behind
    )
