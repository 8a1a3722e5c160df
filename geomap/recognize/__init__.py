"""Recognize: which stretches of the text name a place, and does the name act or lie somewhere?

One pass of the gazetteer's names over the text, then weighed evidence: words beside the name, what the name
is otherwise (a person's, a common word), and what the rest of the document says.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from geomap.gazetteer import Gazetteer
from geomap.model import Article, Mention, Sentence
from geomap.recognize.candidates import Candidate, find_candidates
from geomap.recognize.extent import end_of_name
from geomap.recognize.judge import probability
from geomap.recognize.lexicon import Lexicon, lexicon
from geomap.recognize.roles import Role, role_of
from geomap.recognize.states import read_states
from geomap.recognize.unknown import unknown_names
from geomap.recognize.words import Words, read_words

__all__ = ["recognize"]


def recognize(article: Article, sentences: Sequence[Sentence], gazetteer: Gazetteer) -> list[Mention]:
    """The names of places in ``sentences``, in order of the text, without the doubtful ones.

    Returns:
        Mentions that do not overlap. Those of role ``actor`` name a government that acts, or a people
        ("Turkish"). A name that no gazetteer has is among them where the text says what it is ("the village
        of X"); its ``name`` is then the text's own.
    """
    words = read_words(article.text, sentences)
    found = list(_judged(words, gazetteer, lexicon()))
    found += _states(words, lexicon())
    found += unknown_names(words, found)
    return sorted(found, key=lambda mention: mention.start)


def _judged(words: Words, gazetteer: Gazetteer, lex: Lexicon) -> Iterator[Mention]:
    role: Role | None = None
    end = -1
    for candidate in find_candidates(words, gazetteer, lex):
        hit = candidate.hit
        if hit.start < end or not _is_place(candidate, lex):
            continue
        joint = words.text[end : hit.start].strip() if 0 <= end <= hit.start else ""
        previous = role if joint in (",", "and", "& ", "or", ", and") else None
        role = "actor" if hit.is_demonym else role_of(words, candidate.first, candidate.last, candidate.facts, lex, previous)
        end = hit.end if hit.is_demonym else end_of_name(words, candidate.first, candidate.last, lex)
        yield Mention(hit.start, end, words.text[hit.start : end], hit.name, role)


def _states(words: Words, lex: Lexicon) -> Iterator[Mention]:
    for state in read_states(words, lex):
        yield Mention(state.start, state.end, words.text[state.start : state.end], state.name)


def _is_place(candidate: Candidate, lex: Lexicon) -> bool:
    if candidate.hit.is_demonym:
        return True
    return probability(candidate.cues, lex.weights) >= lex.weights.threshold
