"""Syntax: who does what to what, read from a dependency parse, whatever the voice and clause.

Labels are those of spaCy's English models (ClearNLP). All functions return heads of noun phrases, coordinated ones
included, in text order.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

_RELATIVE = {"WDT", "WP", "WP$", "WRB"}
_DECLARING = {"declare", "proclaim", "consider", "pronounce", "call", "deem"}
_OBJECT_CONTROL = {
    "force",
    "allow",
    "enable",
    "help",
    "let",
    "cause",
    "lead",
    "compel",
    "prompt",
    "order",
    "urge",
    "make",
}
# Verbs of those who meet an attempt and do not make it ("repelled an attempt to storm the base").
_MEETING = {"repel", "repulse", "foil", "thwart", "fend", "withstand", "resist", "defeat", "stop", "prevent"}
# Longest chain of clauses followed upwards; a guard against odd parses.
_MAX_CLIMB = 8


def conjuncts(token: Token) -> list[Token]:
    """Return the token and what is coordinated with it ("X, Y and Z")."""
    found = [token]
    for child in token.children:
        if child.dep_ == "conj" and child.pos_ != "VERB":
            found += conjuncts(child)
    return found


def is_passive(verb: Token) -> bool:
    """Whether the verb is passive, also as a bare participle ("the town captured by rebels")."""
    if any(child.dep_ in ("nsubjpass", "auxpass", "csubjpass") for child in verb.children):
        return True
    if verb.tag_ not in ("VBN", "VBD") or _has(verb, "dobj") or _has(verb, "aux"):
        return False
    if verb.dep_ in ("ccomp", "oprd") and verb.i > verb.head.i and verb.head.lemma_ in _DECLARING:
        return not _has(verb, "mark")  # "declared the city liberated"
    if verb.tag_ == "VBD":
        return False
    if verb.dep_ == "conj" and not _has(verb, "nsubj"):
        return is_passive(verb.head)
    return verb.dep_ in ("acl", "amod", "advcl")


def subjects(verb: Token, depth: int = _MAX_CLIMB) -> list[Token]:
    """Return who does it: the subject of an active verb, the agent of a passive one, or the inherited subject."""
    if is_passive(verb):
        return [noun for agent in _children(verb, "agent") for noun in _objects_of(agent)]
    own = [t for s in _children(verb, "nsubj") for t in conjuncts(antecedent(s))]
    if own:
        return own
    opening = [t for t in _children(verb, "npadvmod") if t.pos_ == "PROPN" and t.i < verb.i]
    if opening and opening[0].i == opening[0].sent.start and verb.tag_ in ("VBD", "VBZ", "VBN", "VBP"):
        return opening[:1]  # "Marsa, on the border, has fallen": the parser takes the name for an adverb
    adjacent = _noun_before_auxiliary(verb) or _noun_joined_to_verb(verb) or _noun_of_first_verb(verb)
    if adjacent is not None:
        return [adjacent]
    return _inherited_subjects(verb, depth) if depth else []


def objects(verb: Token) -> list[Token]:
    """Return whom or what it is done to: the object of an active verb, the subject of a passive one."""
    if is_passive(verb):
        return _passive_objects(verb)
    own = [t for o in _children(verb, "dobj") for t in conjuncts(antecedent(o))]
    if own or verb.dep_ != "relcl":
        return own
    # "the town (that) they captured": the relative pronoun is left out or not attached.
    return [] if any(antecedent(s) is not s for s in _children(verb, "nsubj")) else [verb.head]


def has_particle(verb: Token, wanted: tuple[str, ...]) -> bool:
    """Whether a verb has one of the particles, whatever the parser takes it for ("took the town over")."""
    return any(c.dep_ in ("prt", "advmod", "prep") and c.lower_ in wanted for c in verb.children)


def prepositional(token: Token, prepositions: tuple[str, ...]) -> list[Token]:
    """Return the nouns that hang on a token by one of the prepositions; "out of" also as two words."""
    return [noun for preposition in _prepositions(token, prepositions) for noun in _objects_of(preposition)]


def antecedent(token: Token) -> Token:
    """Return what a relative pronoun stands for ("forces, which took"), or the token itself."""
    if token.tag_ not in _RELATIVE:
        return token
    clause = next((a for a in token.ancestors if a.dep_ == "relcl"), None)
    if clause is None:
        return token
    # "between Russia and Turkey, which hosts": the nearest of coordinated nouns is meant.
    nearest = [t for t in conjuncts(clause.head) if t.i < token.i]
    return nearest[-1] if nearest and clause.head.pos_ == "PROPN" else clause.head


def noun_phrase(token: Token) -> tuple[int, int]:
    """Return the token offsets (start, end) of the noun phrase of a head, without relative clauses after it."""
    left = min([token.i] + [t.left_edge.i for t in token.children if t.i < token.i and _belongs(t)])
    right = token.i
    for child in token.children:
        is_close = child.dep_ == "appos" and child.left_edge.i == token.i + 1
        if child.i > token.i and (is_close or (child.dep_ == "prep" and child.lower_ in ("of", "for"))):
            right = max(right, _end_without_clauses(child))
    return left, right + 1


def phrase_text(token: Token) -> str:
    """Return the words of a head's noun phrase without a leading article."""
    start, end = noun_phrase(token)
    while start < token.i and token.doc[start].pos_ in ("DET", "PUNCT", "CCONJ", "SPACE"):
        start += 1
    return " ".join(str(token.doc[start:end].text).split())


def climb(token: Token) -> Iterator[tuple[Token, Token]]:
    """Yield (child, head) pairs from a token up to the root of its sentence."""
    for _ in range(4 * _MAX_CLIMB):
        if token.head == token:
            return
        yield token, token.head
        token = token.head


def is_apart(one: Token, other: Token) -> bool:
    """Return whether a semicolon parts two words ("rebels took Marsa; the army said it was calm")."""
    first, last = sorted((one.i, other.i))
    return any(token.text == ";" for token in one.doc[first:last])


def _belongs(child: Token) -> bool:
    return child.dep_ not in ("punct", "cc", "preconj", "advmod", "mark", "relcl", "prep")


def _end_without_clauses(token: Token) -> int:
    end = token.i
    for child in token.children:
        is_close = child.dep_ == "appos" and child.left_edge.i == token.i + 1  # "the group Hezbollah"
        if is_close or child.dep_ not in ("relcl", "acl", "punct", "appos", "advcl"):
            end = max(end, _end_without_clauses(child) if child.i > token.i else end)
    return end


def _children(token: Token, dep: str) -> list[Token]:
    return [child for child in token.children if child.dep_ == dep]


def _has(token: Token, dep: str) -> bool:
    return any(child.dep_ == dep for child in token.children)


def _objects_of(preposition: Token) -> list[Token]:
    found: list[Token] = []
    for child in preposition.children:
        if child.dep_ in ("pobj", "pcomp") and child.pos_ != "VERB":
            found += conjuncts(antecedent(child))
        elif child.dep_ == "prep" and child.lower_ == "of":
            found += _objects_of(child)
    return found


def _prepositions(token: Token, wanted: tuple[str, ...]) -> list[Token]:
    found = []
    for child in token.children:
        if child.dep_ not in ("prep", "agent", "dative", "prt", "advmod"):
            continue
        inner = [c for c in child.children if c.dep_ == "prep"]
        phrases = {child.lower_} | {f"{child.lower_} {c.lower_}" for c in inner}
        if phrases & set(wanted):
            found.append(child)
        else:
            found += [c for c in inner if c.lower_ in wanted]
    return found


def _noun_before_auxiliary(verb: Token) -> Token | None:
    """Repair of run-on sentences: a finite verb's noun stands directly before its auxiliary."""
    auxiliaries = [t for t in verb.children if t.dep_ in ("aux", "auxpass") and t.i < verb.i and t.tag_ != "TO"]
    if verb.dep_ != "conj" or not auxiliaries or auxiliaries[0].i == 0:
        return None
    before = verb.doc[auxiliaries[0].i - 1]
    if before.dep_ == "pobj" and before.head.head == verb:
        return None  # "and by nightfall had taken X"
    return before if before.pos_ in ("NOUN", "PROPN") and before.dep_ in ("pobj", "dobj") else None


def _noun_of_first_verb(verb: Token) -> Token | None:
    """Repair: the subject of the first of several verbs, read as what the second says ("X crossed, took Y")."""
    for child in _children(verb, "ccomp"):
        doers = _children(child, "nsubj")
        is_list = child.i < verb.i and not _has(child, "mark") and child.tag_ == verb.tag_ == "VBD"
        if doers and is_list and verb.nbor(-1).text == ",":
            return doers[0]
    return None


def _noun_joined_to_verb(verb: Token) -> Token | None:
    """Repair: a name that the parser joins to the verb before ("left X, and Y, near the border, fell")."""
    if verb.dep_ != "conj" or verb.head.pos_ != "VERB":
        return None
    nouns = [t for t in verb.head.children if t.dep_ == "conj" and t.pos_ == "PROPN" and t.i < verb.i]
    return nouns[-1] if nouns else None


def _inherited_subjects(verb: Token, depth: int) -> list[Token]:
    head = verb.head
    if verb.dep_ == "relcl" or (verb.dep_ == "acl" and verb.tag_ == "VBG"):
        return [head]
    if verb.dep_ == "acl":
        owners = [p for p in head.children if p.dep_ == "poss"]
        # "an RSF attempt to storm the base": the RSF tried.
        owners = owners or [p for p in head.children if p.dep_ == "compound" and p.pos_ == "PROPN" and p.i < head.i]
        is_met = head.dep_ in ("dobj", "nsubjpass") and head.head.lemma_ in _MEETING
        return owners or ([] if is_met else _subjects_above(head, depth))
    if verb.dep_ == "xcomp" and head.lemma_ in _OBJECT_CONTROL:
        return objects(head) or _verb_subjects(head, depth)
    if verb.dep_ in ("conj", "xcomp", "advcl", "pcomp", "ccomp", "dep"):
        return _subjects_above(verb, depth)
    return []


def _subjects_above(token: Token, depth: int) -> list[Token]:
    for _, head in _climb_to_verb(token):
        return _verb_subjects(head, depth)
    return []


def _climb_to_verb(token: Token) -> Iterator[tuple[Token, Token]]:
    for child, head in climb(token):
        if head.pos_ in ("VERB", "AUX"):
            yield child, head
            return


def _verb_subjects(verb: Token, depth: int) -> list[Token]:
    if is_passive(verb):
        return _passive_objects(verb)
    return subjects(verb, depth - 1)


def _passive_objects(verb: Token) -> list[Token]:
    own = [t for s in _children(verb, "nsubjpass") for t in conjuncts(antecedent(s))]
    if own:
        return own
    if verb.dep_ in ("ccomp", "oprd"):
        inner = _children(verb, "nsubj") or _children(verb.head, "dobj")
        return [t for s in inner for t in conjuncts(s)]
    if verb.dep_ in ("acl", "amod"):
        return [verb.head]
    if verb.dep_ == "relcl":
        return [verb.head]
    if verb.dep_ == "conj" and verb.head.pos_ in ("VERB", "AUX"):
        return _passive_objects(verb.head) if is_passive(verb.head) else subjects(verb.head, 3)
    if verb.dep_ in ("advcl", "xcomp"):
        return _subjects_above(verb, 3)
    return []
