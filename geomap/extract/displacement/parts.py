"""Parts: which figures of a sentence say again, or a part of, what another one says?"""

from __future__ import annotations

import dataclasses
import itertools
import re
from collections.abc import Sequence

from geomap.extract.displacement.reading import MoveReading
from geomap.extract.quantities import CountedThing

# Between a figure and another that says the same in another unit: "400 families (2,000 people)".
_RESTATED = re.compile(
    r"""^\s*(?:\(\s*(?:or|i\.e\.|that\s+is,?)?|,?\s+or|/|,\s*(?:comprising|representing|equivalent\s+to|consisting\s+of|
    totall?ing|that\s+is,?|i\.e\.))\s*$""",
    re.VERBOSE | re.IGNORECASE,
)
# Before a figure that is a part of the one before: "300 people, including 40 children and 12 elderly".
_PART = re.compile(
    r"\b(?:including|among\s+them|comprising|made\s+up\s+of|such\s+as|consisting\s+of)\W+(?:[\w,]+\W+){0,8}?$",
    re.IGNORECASE,
)
# "of whom 400 were resettled": people who are counted already.
_OF_WHOM = re.compile(r"\b(?:of|from|among)\s+(?:whom|which)\s+(?:[\w,]+\s+){0,3}?$", re.IGNORECASE)
# "Seventy-six people, 12 of them children".
_OF_THEM = re.compile(r"\s+of\s+(?:them|whom|these|those)\b", re.IGNORECASE)
# "Of the 4,000 displaced, 500 remain so".
_OF_BASE = re.compile(r"(?:^|[.;\n])\W*(?:out\s+)?of\s+(?:the|these|those)\s+$", re.IGNORECASE)
# "500 of the 4,000 villagers": the second is no figure of the displaced.
_BASE = re.compile(
    r"^\s+(?:out\s+)?of\s+(?:(?:the|its|their|some|about|a\s+total\s+of)\s+)*(?:[\w-]+['’]s?\s*)?$", re.IGNORECASE
)


def once(text: str, figures: Sequence[CountedThing], found: Sequence[MoveReading]) -> list[MoveReading]:
    """Return the readings without those that say a figure again or a part of it, or what it is a part of."""
    by_start = {reading.figure.start: reading for reading in found}
    for before, figure in itertools.pairwise(figures):
        between = text[before.noun_end : figure.start]
        if figure.start not in by_start:
            continue
        if _RESTATED.match(between) and before.unit != figure.unit:
            reading = by_start.pop(figure.start)
            by_start.setdefault(before.start, dataclasses.replace(reading, figure=before))
        elif _is_base(text, before, figure) or _is_part(text, by_start[figure.start], by_start):
            del by_start[figure.start]
    return [by_start[start] for start in sorted(by_start)]


def _is_base(text: str, before: CountedThing, figure: CountedThing) -> bool:
    return _BASE.match(text[before.end : figure.start]) is not None


def _is_part(text: str, reading: MoveReading, by_start: dict[int, MoveReading]) -> bool:
    """Whether a figure is told as a part of one before that the same word displaces."""
    start = reading.figure.start
    wholes = [r for s, r in by_start.items() if s < start and r.figure.quantity.value is not None]
    if not wholes:
        return False
    if _OF_THEM.match(text, reading.figure.end) is not None:
        return any(r.trigger.i == reading.trigger.i for r in wholes)
    if _OF_BASE.search(text, 0, wholes[0].figure.start) and reading.category.endswith("_stock"):
        return True
    if _OF_WHOM.search(text, wholes[-1].figure.noun_end, start) is not None:
        return True
    alike = [r for r in wholes if r.trigger.lemma_ == reading.trigger.lemma_]
    if alike and re.search(r",\s+with\s+$", text[alike[-1].figure.noun_end : start]):
        return True  # "36,000 people were displaced, with 26,000 displaced in February"
    same = [r for r in wholes if r.trigger.i == reading.trigger.i]
    if same and ":" in text[same[0].figure.noun_end : start]:
        return True  # "3,000 were displaced: 1,800 in X and 1,200 in Y"
    return bool(same) and _PART.search(text, same[0].figure.noun_end, start) is not None
