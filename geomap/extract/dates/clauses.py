"""Clauses: which stretches of a sentence belong together, found by their opening words alone.

No parser is asked: a date belongs to the verb it stands with, and the words that open a clause ("after", "which",
a comma and "and") show well enough where that verb's reach ends.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from functools import cache

from geomap.extract.dates.kinds import Clause, ClauseKind
from geomap.extract.dates.words import lexicon
from geomap.extract.lexicon import any_of
from geomap.model import Span

# A full stop after a capital or a title ends no sentence: "U.N.", "Gen. Haddad".
_TITLES = "".join(
    rf"(?<!\b{title})" for title in ("Mr", "Dr", "St", "Lt", "Mrs", "Gen", "Col", "Sgt", "Maj", "Capt", "Brig")
)
_STOP = rf"(?<![A-Z]){_TITLES}[.!?]"
SENTENCE_END = re.compile(rf"(?-i:{_STOP}[\"”’')]*\s+(?=[\"“‘'(]*[A-Z0-9])|\n\s*)")
# A past tense that goes on after a comma, so that a "which ..." has ended: "the army, which took X, moved on".
PAST = (
    r"(?:\w+ed|took|fell|fled|lost|won|left|began|went|came|held|set|drove|withdrew|overran|said|has|have|had|is|are"
    r"|was|were)"
)


@cache
def _openers() -> re.Pattern[str]:
    words = lexicon()
    as_well = any_of(words.not_clause_after_as.words)
    verbs = any_of(words.reporting_verbs.words)
    return re.compile(
        rf"""(?P<sentence>{SENTENCE_END.pattern})
        | (?P<stop>;\s|\s[–—-]\s|:\s)
        | (?P<tag>,["”’]?\s+(?:[^\s,;.]+\s+){{0,6}}?(?={verbs}\b))
        | (?P<relative>(?:,\s*|\s)(?:(?:in|of|from|to|at|during)\s+)?{any_of(words.relative_openers.words)}\b)
        | (?P<side>(?:,\s*|\s|^){any_of(words.side_openers.words)}\b(?<!\bas)|(?:,\s*|\s|^)as\b(?!\s+{as_well}\b))
        | (?P<main>,\s*(?:{any_of(words.main_openers.words)})\b
            |\s(?:and|but|then)\s+(?=(?:then\s+|also\s+|later\s+)?{PAST}\b))
        | (?P<back>,\s+(?={PAST}\b))
        """,
        re.VERBOSE | re.IGNORECASE,
    )


def clauses_of(text: str, dates: Iterable[Span] = (), speech_ends: Iterable[int] = ()) -> list[Clause]:
    """The clauses of a text in order, covering it without gaps.

    Args:
        text: one sentence or many.
        dates: the temporal expressions with the word before them ("since Friday"), inside which no clause opens.
        speech_ends: where a reporting verb, with its date, ends and what was said begins.
    """
    cuts: dict[int, ClauseKind] = dict.fromkeys(speech_ends, "main")
    inside = sorted(dates)
    previous: ClauseKind = "main"
    for match in _openers().finditer(text):
        kind = _kind(match, previous)
        if kind is not None and not _is_inside(match, inside):
            cuts[_cut(match)] = previous = kind
    return _between(cuts, len(text))


def clause_at(clauses: list[Clause], place: int) -> Clause:
    """The clause in which a character lies."""
    return clauses[max(bisect_right([clause.start for clause in clauses], place) - 1, 0)]


def _kind(match: re.Match[str], previous: ClauseKind) -> ClauseKind | None:
    name = match.lastgroup
    if name == "back":
        return "main" if previous == "relative" else None
    return name if name in ("side", "relative") else "main"  # type: ignore[return-value]


def _cut(match: re.Match[str]) -> int:
    """Where the new clause begins: after a sentence's end, at the opening word otherwise."""
    lead = re.match(r"[,;:\s\"”’–—-]*", match[0])
    assert lead is not None
    return match.end() if match.lastgroup == "sentence" else match.start() + lead.end()


def _is_inside(match: re.Match[str], dates: list[Span]) -> bool:
    if match.lastgroup == "sentence":
        return False
    place = _cut(match)
    return any(date.start <= place < date.end for date in dates)


def _between(cuts: dict[int, ClauseKind], length: int) -> list[Clause]:
    starts = sorted({0, *(cut for cut in cuts if cut < length)})
    ends = [*starts[1:], length]
    return [Clause(start, end, cuts.get(start, "main")) for start, end in zip(starts, ends, strict=True)]
