"""Speaker names: what is the fullest form of a speaker's name that the article gives?"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from geomap.extract.document import Document
from geomap.extract.grammar.syntax import phrase_text

if TYPE_CHECKING:
    from spacy.tokens import Token

# Kinds of actors that are no organisations one can be a spokesman of in this sense.
STATES = frozenset({"generic", "government", "state_forces"})


def full_form(document: Document, index: int, noun: Token) -> str:
    """Return the fullest form of a speaker's name in the article so far ("Diallo" -> "President Amina Diallo")."""
    name = _with_own_name(noun, phrase_text(noun))
    name = max(_known_name(document, index, noun), name, key=len)
    official = _official_name(document, name)
    if official is not None:
        return official
    if len(name.split()) > 2:
        return name
    key = noun.text
    definite = noun.pos_ == "PROPN" or any(t.lower_ in ("the", "his", "her", "its") for t in noun.children)
    earlier = _named_before(document, index, key) if definite else None
    return earlier or name


def _known_name(document: Document, index: int, noun: Token) -> str:
    """The name of more than one word that stands around a noun in actors.yml ("Doctors Without Borders")."""
    text = document.sentences[index].text
    hits = document.actors.find(text)
    around = (text[start:end] for start, end, entry in hits if start <= noun.idx < end and entry.kind not in STATES)
    return next((name for name in around if " " in name), "")


def _official_name(document: Document, name: str) -> str | None:
    """The full name of which a name is a part, or the abbreviation in an article that has both; else None."""
    entry = document.actors.by_name(name)
    if entry is None or name in entry.speakers or entry.kind == "generic":
        return None
    if name.isupper():
        return entry.name if entry.name in document.article.text else name
    return entry.name if set(name.lower().split()) <= set(entry.name.lower().split()) else None


def _with_own_name(noun: Token, name: str) -> str:
    """An office with the name behind it ("mayor Omar Daoud" of "its mayor, Omar Daoud"); "forces loyal to X"."""
    for child in noun.children:
        if child.dep_ == "appos" and child.i > noun.i and noun.pos_ == "NOUN" and child.pos_ == "PROPN":
            own, office = phrase_text(child), re.sub(r"^(?:its|their|his|her) ", "", name)
            return name if own in name else f"{office} {own}"
        if child.lower_ in ("loyal", "allied") and child.i == noun.i + 1:
            return str(noun.doc[noun.left_edge.i : child.right_edge.i + 1].text)
    return name


def _named_before(document: Document, index: int, key: str) -> str | None:
    pattern = re.compile(rf"\b{re.escape(key)}\b")
    for at in range(index):
        if not pattern.search(document.sentences[at].text):
            continue
        for token in document.doc(at):
            if token.text == key and token.pos_ in ("NOUN", "PROPN") and token.dep_ not in ("compound", "amod"):
                name = phrase_text(token)
                if len(name.split()) > 1:
                    return name
    return None
