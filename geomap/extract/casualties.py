"""Casualties: how many people does a sentence say were killed, wounded or taken?"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

from geomap.extract.quantities import CountedThing, find_quantities
from geomap.extract.triggers import any_form
from geomap.yamlfile import Form

# Characters around a figure within which it is said what became of the people.
_REACH = 24


class FigureWords(Form):
    """Words beside a figure of casualties that say what ``name`` it is ("killed")."""

    name: str
    words: tuple[str, ...]
    example: str
    counter_example: str = ""


def casualties(text: str, figures: Sequence[FigureWords]) -> dict[str, str | int]:
    """Return the first figure of each kind; a figure is of the kind whose words stand nearest to it."""
    found: dict[str, str | int] = {}
    for each in find_quantities(text):
        gaps = [(_gap(text, each, figure), figure.name) for figure in figures]
        gap, name = min(gaps, default=(_REACH, ""))
        if each.noun_class == "casualties" and gap < _REACH:
            is_exact = each.quantity.quantifier == "exact" and each.quantity.value is not None
            said = int(each.quantity.value or 0) if is_exact else each.quantity.text.lower()
            found.setdefault(name, said)
    return found


def _gap(text: str, counted: CountedThing, figure: FigureWords) -> int:
    """How many characters lie between a figure and the nearest of some words; 0 where it holds one."""
    gaps = [
        max(counted.start - match.end(), match.start() - counted.noun_end, 0)
        for match in _figure_pattern(figure).finditer(text)
    ]
    return min(gaps, default=_REACH)


@functools.cache
def _figure_pattern(figure: FigureWords) -> re.Pattern[str]:
    return any_form(set(figure.words))
