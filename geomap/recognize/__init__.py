"""Recognize: which stretches of the text name a place, and does the name act or lie somewhere?

One pass of the gazetteer's names over the text, then weighed evidence: words beside the name, what the name
is otherwise (a person's, a common word), and what the rest of the document says.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from geomap.gazetteer import Gazetteer
from geomap.model import Article, Mention, Role, Sentence, Span
from geomap.recognize.candidates import Candidate, find_candidates
from geomap.recognize.extent import end_of_name
from geomap.recognize.judge import probability
from geomap.recognize.lexicon import Lexicon, lexicon
from geomap.recognize.roles import may_act, role_of
from geomap.recognize.states import read_states
from geomap.recognize.unknown import unknown_names
from geomap.recognize.usage import read_usage
from geomap.recognize.words import Words, read_words

__all__ = ["is_place", "judged", "recognize"]

_JOINTS = frozenset({",", "and", "or", "&", ", and", "and the", ", and the"})


def recognize(article: Article, sentences: Sequence[Sentence], gazetteer: Gazetteer) -> list[Mention]:
    """The names of places in ``sentences``, in order of the text, without the doubtful ones.

    Returns:
        Mentions that do not overlap. A name that no gazetteer has is among them where its shape and the
        words beside it say that it is a place ("the village of X"); its ``name`` is then the text's own.
    """
    words, lex = read_words(article.text, sentences), lexicon()
    usage = read_usage(words, lex)
    candidates = find_candidates(words, usage, gazetteer, lex)
    places, others = list[Candidate](), list[Candidate]()
    for each in candidates:
        (places if is_place(each, lex) else others).append(each)
    found = list(judged(words, places, lex))
    found += _states(words, lex)
    rejected = [Span(each.hit.start, each.hit.end) for each in others]
    found += unknown_names(words, usage, found, rejected, lex)
    return sorted(found, key=lambda mention: mention.start)


@dataclass(slots=True)
class _Found:
    """A name judged a place, where it ends with its kind word, and its role so far."""

    candidate: Candidate
    end: int
    role: Role
    may_act: bool


def judged(words: Words, places: Sequence[Candidate], lex: Lexicon) -> Iterator[Mention]:
    """The mentions that the names judged places make, with their ends and roles."""
    found = [_found(words, each, lex) for each in places]
    _share_roles(words, found)
    end = -1
    for each in found:
        hit = each.candidate.hit
        if hit.start >= end:
            end = each.end
            yield Mention(hit.start, end, words.text[hit.start : end], hit.name, each.role)


def _found(words: Words, candidate: Candidate, lex: Lexicon) -> _Found:
    if candidate.hit.is_demonym:
        return _Found(candidate, candidate.hit.end, "demonym", may_act=False)
    first, last = candidate.first, candidate.last
    end = end_of_name(words, first, last, lex)
    role = role_of(words, first, last, candidate.facts, lex)
    return _Found(candidate, end, role, may_act=may_act(words, first, last, candidate.facts, lex))


def _share_roles(words: Words, found: Sequence[_Found]) -> None:
    """What one name of a list does, the others do: "Russia, Egypt and Iran have backed them"."""
    pairs = list(pairwise(found))
    for left, right in (*pairs, *reversed(pairs)):
        gap = words.text[left.end : right.candidate.hit.start].strip()
        roles = {left.role, right.role}
        if gap in _JOINTS and left.may_act and right.may_act and roles == {"actor", "place"}:
            left.role = right.role = "actor"


def _states(words: Words, lex: Lexicon) -> Iterator[Mention]:
    for state in read_states(words, lex):
        yield Mention(state.start, state.end, words.text[state.start : state.end], state.name)


def is_place(candidate: Candidate, lex: Lexicon) -> bool:
    """Whether the cues of a name make it a place, or it is a demonym."""
    if candidate.hit.is_demonym:
        return True
    return probability(candidate.cues, lex.weights) >= lex.weights.threshold
