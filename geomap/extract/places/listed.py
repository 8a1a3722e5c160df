"""Listed: which names does a text list behind a plural ("five villages in X: A, B and C")?

Read from the words and not from the parse, which takes the first name of a list for the subject of what follows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

# Words between a plural and what opens its list ("villages in the northern countryside of X, including").
_REACH = 14
_OPENS = frozenset({":", "including", "namely"})
_OPENS_WITH = {"such": "as", "among": "them", "of": ""}
# Words inside a list that are no names ("those at A and B", "the villages of A").
_SKIPPED = frozenset({"those", "the", "at", "in", "of", "as", "them", "both", "towns", "village", "villages"})
_PARTICLES = frozenset({"al", "el", "de", "da", "del", "la", "os", "as", "-", "–", "’", "'"})
_JOINS = frozenset({",", "and", "&", "or"})


def names_listed(head: Token) -> list[list[Token]]:
    """Return the tokens of each name of the list behind a plural; empty where no list of two or more is."""
    start = _opening(head)
    if start is None:
        return []
    names: list[list[Token]] = []
    at, is_last = start, False
    while at < len(head.doc):
        name = _name_at(head.doc[at])
        if not name:
            break
        names.append(name)
        at, joined = _after(name[-1])
        if is_last or not joined:
            break
        is_last = "and" in joined
    return names if len(names) > 1 else []


def _opening(head: Token) -> int | None:
    """Where the list begins, None where none does."""
    after = head.doc[head.i + 1 : head.i + 1 + _REACH]
    for token in after:
        opens = token.lower_ in _OPENS or (token.i == head.i + 1 and token.lower_ == "of")
        if token.lower_ in ("such", "among") and token.i + 1 < len(head.doc):
            opens = token.nbor().lower_ == _OPENS_WITH[token.lower_]
        if opens:
            return _first_word(token)
        if token.text == ";" or token.pos_ in ("VERB", "AUX"):
            return None
    return None


def _first_word(opener: Token) -> int | None:
    at = opener.i + 1
    while at < len(opener.doc) and opener.doc[at].lower_ in _SKIPPED:
        at += 1
    return at if at < len(opener.doc) else None


def _name_at(token: Token) -> list[Token]:
    """The tokens of the name that begins at a token; empty where none does, or where it owns what follows."""
    name: list[Token] = []
    doc, at = token.doc, token.i
    while at < len(doc) and (_is_of_name(doc[at]) or (doc[at].lower_ in _PARTICLES and _continues(doc[at]))):
        name.append(doc[at])
        at += 1
    owns = at < len(doc) and doc[at].tag_ == "POS"
    return [] if owns or not any(t.text[:1].isupper() for t in name) else name


def _is_of_name(token: Token) -> bool:
    return token.text[:1].isupper() and token.pos_ != "PRON"


def _continues(particle: Token) -> bool:
    """Whether a particle is followed by the rest of a name."""
    return particle.i + 1 < len(particle.doc) and particle.nbor().text[:1].isupper()


def _after(last: Token) -> tuple[int, set[str]]:
    """Where the next name would begin behind a name, and by what the two are joined."""
    at, joined = last.i + 1, set[str]()
    while at < len(last.doc) and (last.doc[at].lower_ in _JOINS or (joined and last.doc[at].lower_ in _SKIPPED)):
        joined.add(last.doc[at].lower_)
        at += 1
    return at, joined & _JOINS
