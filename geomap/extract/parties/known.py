"""Known: which actor of ``actors.yml`` does a phrase name?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.extract.document import Document
from geomap.extract.grammar.syntax import noun_phrase
from geomap.extract.lexicon import noun_class
from geomap.extract.parties.states import Party, is_generic, party_from

if TYPE_CHECKING:
    from spacy.tokens import Token

    from geomap.gazetteer.schema import ActorEntry

_CALLING = {"call", "know", "dub", "name"}


def known_actor(document: Document, token: Token) -> ActorEntry | None:
    """Return the known actor of a phrase: the one that covers its head, else the last one named in it."""
    start, end = noun_phrase(token)
    end = max(end, _end_of_source(token))
    span = token.doc[start:end]
    head = token.idx - span.start_char
    hits = document.actors.find(span.text)
    covering = [e for a, b, e in hits if a <= head < b]
    specific = [e for e in covering if not is_generic(e)] or [e for _, _, e in hits if not is_generic(e)]
    if specific and ((covering and not is_generic(covering[0])) or token.lemma_.lower() in noun_class("force")):
        return covering[0] if covering and not is_generic(covering[0]) else specific[0]
    return covering[0] if covering else None


def _end_of_source(token: Token) -> int:
    """Where "fighters from the Front" or "forces loyal to the commander" ends, as far as it names the actor."""
    end = token.i + 1
    for child in token.children:
        belongs = child.dep_ == "prep" and child.lower_ in ("from", "of", "with")
        if child.i > token.i and (belongs or child.lower_ in ("loyal", "allied")):
            end = max(end, max((t.i for t in child.subtree if t.i - child.i < 8), default=end - 1) + 1)
    called = [t for t in token.subtree if t.dep_ == "acl" and t.lemma_ in _CALLING and 0 < t.i - token.i < 6]
    return max([end, *(t.i + 1 for c in called for t in c.subtree if t.i - c.i < 8)])


def group_in(document: Document, name: str) -> Party | None:
    """Return the armed group that a speaker's name holds ("a spokesman for the M23"); None where it holds none."""
    hits = [e for _, _, e in document.actors.find(name) if e.kind in ("rebels", "armed_group")]
    return party_from(hits[-1], "") if hits else None


def is_in_name(document: Document, index: int, token: Token) -> bool:
    """Return whether a noun with a capital is a word of a party's name ("the Movement for the Liberation of X")."""
    if not token.text[:1].isupper() or token.pos_ == "VERB":
        return False
    hits = document.actors.find(document.sentences[index].text)
    return any(start < token.idx < end and not is_generic(entry) for start, end, entry in hits)
