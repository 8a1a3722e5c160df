"""Unknown names: which names that no gazetteer has are places, by their shape and the words beside them?"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from geomap.model import Mention, Span
from geomap.recognize.cues import after_cues, before_cues
from geomap.recognize.judge import probability
from geomap.recognize.lexicon import Lexicon
from geomap.recognize.runs import runs_of
from geomap.recognize.shapes import OF_CAPITAL_WORDS, shape_cues
from geomap.recognize.usage import Usage
from geomap.recognize.words import Words

_JOINTS = frozenset({",", "and", "or", "&", "/", ", and"})
# Names further apart than this many characters are not read together.
_FARTHEST = 40
_PLACE_TO_COME = re.compile(r"\s?(?:,\s(?:in\s)?|\(|\sin\s)(?:the\s)?(?:[a-z-]+\s){0,2}$")


_IN_LIST, _AHEAD = "listed_with_place", "place_ahead"
_LISTED = frozenset({_IN_LIST, _AHEAD})


@dataclass(slots=True, eq=False)
class Unknown:
    """A capitalised name, tokens ``first``..``last`` (half-open), with what speaks for its being a place."""

    start: int
    end: int
    first: int
    last: int
    cues: set[str] = field(default_factory=set)


def unknown_names(
    words: Words, usage: Usage, known: Sequence[Mention], rejected: Sequence[Span], lexicon: Lexicon
) -> Iterator[Mention]:
    """Places among the capitalised names that overlap none of the ``known`` mentions, in order of the text.

    Args:
        words: the article's tokens.
        usage: how the article uses words.
        known: the mentions that the gazetteer has.
        rejected: names of the gazetteer that are no places here.
        lexicon: shapes, cues and their weights.
    """
    found = find_unknown(words, usage, known, rejected, lexicon)
    taken, others = list[Unknown](), list[Unknown]()
    for each in found:
        (taken if _is_place(each, lexicon) else others).append(each)
    _add_lists(words, others, [(each.start, each.end) for each in taken])
    taken += [each for each in others if each.cues & _LISTED and _is_place(each, lexicon)]
    for each in sorted(taken, key=lambda unknown: unknown.start):
        name = words.text[each.start : each.end]
        yield Mention(each.start, each.end, name, name)


def _is_place(each: Unknown, lexicon: Lexicon) -> bool:
    return probability(each.cues, lexicon.unknown) >= lexicon.unknown.threshold


def find_unknown(
    words: Words, usage: Usage, known: Sequence[Mention], rejected: Sequence[Span], lexicon: Lexicon
) -> list[Unknown]:
    """The capitalised names that overlap none of the ``known`` mentions, with their cues."""
    taken = _tokens_of(words, known)
    found = list(_names(words, taken, lexicon))
    _add_rejected(found, rejected)
    _add_document_cues(words, usage, found)
    _add_lists(words, found, [(mention.start, mention.end) for mention in known])
    return found


def _tokens_of(words: Words, known: Sequence[Mention]) -> set[int]:
    return {index for mention in known for index in range(*words.span(mention.start, mention.end))}


# --- cues ------------------------------------------------------------------------------------------------


def _names(words: Words, taken: set[int], lexicon: Lexicon) -> Iterator[Unknown]:
    for first, last in runs_of(words, taken, lexicon):
        shape = shape_cues(words.words[first:last], lexicon)
        if OF_CAPITAL_WORDS not in shape:
            cues = {*shape, *before_cues(words, first, lexicon), *after_cues(words, last, lexicon)}
            yield Unknown(words.starts[first], words.ends[last - 1], first, last, cues)


def _add_rejected(found: Sequence[Unknown], rejected: Sequence[Span]) -> None:
    """Mark the names that are, or hold, a name of the gazetteer that is no place here."""
    spans = set(rejected)
    starts = sorted(span.start for span in rejected)
    for each in found:
        if (each.start, each.end) in spans:
            each.cues.add("name_rejected")
        elif (start := _nearest(starts, each.start, 1)) is not None and start < each.end:
            each.cues.add("name_holds_rejected")


def _add_document_cues(words: Words, usage: Usage, found: Sequence[Unknown]) -> None:
    """What the rest of the text says of the names: written small elsewhere, or somebody's surname."""
    safe: dict[str, int] = {}
    for each in found:
        if not _SAFE.isdisjoint(each.cues):
            safe[_key(words, each)] = safe.get(_key(words, each), 0) + 1
    for each in found:
        keys = words.keys[each.first : each.last]
        if keys[0] in usage.small and all(key in usage.small for key in keys if key[0].isalpha()):
            each.cues.add("lower_elsewhere")
        if keys[-1] in usage.surnames:
            each.cues.add("surname_in_text")
        if safe and safe.get(_key(words, each), 0) > (not _SAFE.isdisjoint(each.cues)):
            each.cues.add("safe_elsewhere")


_SAFE = frozenset({"inside", "near", "at", "place_of", "kind_before", "kind_after"})


def _key(words: Words, each: Unknown) -> str:
    return words.text[each.start : each.end].lower()


def _add_lists(words: Words, found: Sequence[Unknown], places: Iterable[tuple[int, int]]) -> None:
    """Mark the names that stand in a list with a place, or right before the area they lie in."""
    ends, starts = {end for _, end in places}, {start for start, _ in places}
    before, after = sorted(ends), sorted(starts)
    for each in found:
        left = _nearest(before, each.start, -1)
        right = _nearest(after, each.end, 1)
        if left is not None and each.start - left < _FARTHEST and words.text[left : each.start].strip() in _JOINTS:
            each.cues.add(_IN_LIST)
        if right is not None and right - each.end < _FARTHEST:
            gap = words.text[each.end : right]
            if gap.strip() in _JOINTS - {","}:
                each.cues.add(_IN_LIST)
            elif _PLACE_TO_COME.match(gap):
                each.cues.add(_AHEAD)


def _nearest(offsets: Sequence[int], offset: int, way: int) -> int | None:
    """The offset nearest to ``offset`` on one side of it, -1 for before and 1 for after."""
    index = bisect_right(offsets, offset) - 1 if way < 0 else bisect_left(offsets, offset)
    return offsets[index] if 0 <= index < len(offsets) else None
