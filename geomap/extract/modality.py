"""Modality: did what a trigger says happen, or is it planned, feared, denied, conditional or failed?

The clauses above the trigger are climbed; the first word that settles the question decides. Verbs that imply what
they govern ("managed to", "forced them to") pass the question on to themselves.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from geomap.extract.grammar.syntax import climb, is_apart, is_passive, objects
from geomap.extract.lexicon import clause_cues, reporting, word_classes

if TYPE_CHECKING:
    from spacy.tokens import Token

Reality = Literal["actual", "planned", "projected", "denied", "doubted", "failed", "hypothetical"]

_OF_CLASS: dict[str, Reality] = {
    "failed": "failed",
    "intended": "planned",
    "projected": "projected",
    "denied": "denied",
    "doubted": "doubted",
}
_NOBODY = frozenset({"nobody", "none", "neither", "nothing"})
# Verbs whose object is known to have happened, also where they are denied.
_COMMENTING = frozenset({"comment", "respond", "react", "acknowledge", "mention", "concede", "admit"})
# Clauses whose reality is that of the clause they hang on.
_SHARED_FATE = {"conj", "advcl", "pcomp", "prep", "agent", "dep"}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is known of a trigger's reality, and the word that decided ("" where nothing spoke against it)."""

    reality: Reality
    cue: str = ""


def reality(trigger: Token) -> Verdict:
    """Return whether what the trigger says happened, and by which word."""
    verdict = _own(trigger)
    if verdict is not None:
        return verdict
    for child, head in climb(trigger):
        if _is_apart(child, head):
            break
        verdict = _from_head(child, head)
        if verdict is not None:
            return verdict
        if _is_closed(child, head):
            break
    return Verdict("actual")


def _own(token: Token) -> Verdict | None:
    """What the words around the verb or noun itself say: negation, modals, conjunctions."""
    for child in token.children:
        word = child.lower_
        if child.dep_ == "neg" or (child.dep_ in ("det", "preconj") and word in ("no", "neither")):
            return Verdict("failed", child.text)
    if any(c.dep_ in ("nsubj", "nsubjpass") and c.lower_ in _NOBODY for c in token.children):
        return Verdict("failed", "nobody")
    for child in token.children:
        word = child.lower_
        if child.dep_ == "aux" and word in clause_cues("modal"):
            return Verdict(_modal(token, word), child.text)
        if child.dep_ == "mark" and word in clause_cues("mark") and not _is_told_past(token, word):
            return Verdict("hypothetical", child.text)
        if (
            child.dep_ in ("mark", "advmod")
            and word in clause_cues("mark_of_future")
            and token.tag_ in ("VBZ", "VBP")
        ):
            return Verdict("hypothetical", child.text)
    return None


def _is_negated(token: Token) -> bool:
    return any(c.dep_ == "neg" or (c.dep_ == "det" and c.lower_ == "no") for c in token.children)


def _modal(token: Token, word: str) -> Reality:
    # "could capture" is open, "could have captured" never happened; both stay off the map.
    return "planned" if clause_cues("modal")[word] == "planned" else "projected"


def _is_told_past(token: Token, mark: str) -> bool:
    """Whether "until" or "once" introduces something that did happen ("held it until rebels took the town")."""
    return mark in ("until", "till", "once") and token.tag_ in ("VBD", "VBN")


def _from_head(child: Token, head: Token) -> Verdict | None:
    """What the word above says of the clause or phrase below."""
    if _is_report(child, head):
        return _own_of_report(head)
    if child.dep_ in ("dobj", "nsubjpass") and head.lemma_ == "confirm" and _is_negated(head):
        return Verdict("doubted", head.text)
    if child.dep_ in ("nsubj", "nsubjpass") and any(
        t.lower_ in ("would", "could", "might", "may") for t in head.children if t.dep_ == "aux"
    ):
        return Verdict("projected", head.text)
    if child.dep_ == "xcomp" and any(t.lower_ == "yet" for t in (*head.children, *child.children)):
        return Verdict("failed", "yet")  # "have yet to capture"
    if head.lemma_ in _COMMENTING and child.dep_ in ("prep", "dobj"):
        return None  # "has not commented on the fall of X": X fell
    gerund = _gerund_cue(child, head)
    if gerund is not None:
        return gerund
    governed = _governing_class(child, head)
    if governed in _OF_CLASS:
        # "had no plans to withdraw", "did not want to leave": what is not even intended does not happen.
        negated = governed == "intended" and _is_negated(head)
        return Verdict("failed" if negated else _OF_CLASS[governed], head.text)
    if governed == "caused":
        # "drove them to leave" did, "pushed to clear the town" meant to.
        is_done = is_passive(head) or bool(objects(head)) or any(t.dep_ == "nsubj" for t in child.children)
        governed = "happened" if is_done or not _is_bare_infinitive(child) else None
    if governed is None and _is_bare_infinitive(child):
        return Verdict("planned", "to")
    if child.dep_ in _SHARED_FATE or governed == "happened" or child.dep_ in ("xcomp", "ccomp"):
        return _shared(child, head)
    return None


def _governing_class(child: Token, head: Token) -> str | None:
    """The class of the word above, where it governs the child as its content."""
    governs = child.dep_ in ("xcomp", "ccomp", "acl", "dobj", "nsubjpass", "pobj", "prep", "pcomp", "csubj", "oprd")
    if not governs or (child.dep_ == "acl" and child.tag_ in ("VBN", "VBG")):
        return None
    if child.dep_ in ("dobj", "nsubjpass") and child.pos_ == "VERB":
        return None
    words = {head.lemma_.lower(), head.lower_}
    for name, members in word_classes("modality.yml").items():
        if words & members and not _reads_otherwise(child, head, name):
            return name
    return None


def _reads_otherwise(child: Token, head: Token, name: str) -> bool:
    """Whether the word has another sense here than the one of its class."""
    if name in ("intended", "projected") and child.dep_ in ("prep", "pobj", "pcomp"):
        return not _aims(child)
    if name == "intended" and child.dep_ in ("nsubjpass",):
        return True
    return name == "happened" and child.dep_ in ("dobj", "prep", "pobj")


def _aims(child: Token) -> bool:
    return (
        child.lower_ in ("for", "at", "of", "against", "about", "to", "on", "toward", "towards")
        and child.dep_ == "prep"
    )


def _is_bare_infinitive(child: Token) -> bool:
    """Whether the clause is an infinitive that nothing above makes real ("deployed to capture the hill")."""
    return child.tag_ == "VB" and any(t.dep_ == "aux" and t.lower_ == "to" for t in child.children)


def _gerund_cue(child: Token, head: Token) -> Verdict | None:
    if child.dep_ != "pcomp":
        return None
    name = clause_cues("before_gerund").get(head.lower_)
    return Verdict(_OF_CLASS[name], head.text) if name in _OF_CLASS else None


def _shared(child: Token, head: Token) -> Verdict | None:
    """The head's own modality, unless the child clause has its own finite verb."""
    if child.dep_ == "conj" and any(t.dep_ in ("nsubj", "nsubjpass") for t in child.children):
        return None
    if child.dep_ == "advcl" and any(t.dep_ == "mark" for t in child.children):
        return None
    return _own(head)


def _is_report(child: Token, head: Token) -> bool:
    if child.dep_ not in ("ccomp", "parataxis", "acl", "relcl", "appos"):
        return False
    return head.lemma_ in reporting("verb") and child.dep_ in ("ccomp", "parataxis")


def _own_of_report(head: Token) -> Verdict | None:
    """A report that is not made reports nothing ("did not say whether the town had fallen")."""
    if any(t.dep_ == "neg" for t in head.children):
        return Verdict("doubted", head.text)
    members = word_classes("modality.yml")
    for name in ("projected", "denied", "doubted"):
        if head.lemma_ in members[name]:
            return Verdict(_OF_CLASS[name], head.text)
    return None


def _is_apart(child: Token, head: Token) -> bool:
    """Whether a semicolon parts the clause from what follows ("X fell; it is not clear who fired")."""
    if child.dep_ not in ("ccomp", "parataxis", "conj", "dep"):
        return False
    return is_apart(child, head)


def _is_closed(child: Token, head: Token) -> bool:
    """Whether the climb ends: the clause stands on its own, whatever is above it."""
    if _is_report(child, head):
        return True
    if child.dep_ in ("relcl", "parataxis"):
        return True
    if child.dep_ == "acl" and child.tag_ in ("VBN", "VBG"):
        return True
    return child.dep_ == "advcl" and any(t.dep_ == "mark" for t in child.children)
