"""Move figures: which figures of a sentence may count people who left?"""

from __future__ import annotations

import dataclasses
import re

from geomap.extract.displacement.context import is_visitor
from geomap.extract.document import Document
from geomap.extract.lexicon import MoveFrame
from geomap.extract.quantities import CountedThing, find_quantities
from geomap.model import Quantity

_HOMES = re.compile(r"^(?:homes?|houses?|properties|apartments?|dwellings?)$", re.IGNORECASE)
# "three nursing homes"
_INSTITUTION = re.compile(r"\b(?:retirement|nursing|care|people['’]s|children['’]s|funeral)\s+$", re.IGNORECASE)
_RUINED = re.compile(
    r"\s+(?:(?:were|have\s+been|had\s+been|was)\s+)?(?:damaged|destroyed|flooded|burnt|burned|hit)\b"
)
# Fewer people than these who go are told of for something else: suspects, visitors, a couple.
_FEW, _MANY = 3, 10
# "some families", "many people" give no figure at all.
_NO_FIGURE = re.compile(r"^(?:some|many|numerous|countless|various)$", re.IGNORECASE)
# "several people" are too few to be told of as displaced; several families are not.
_HANDFUL = re.compile(r"^(?:several|a\s+few|few|a\s+couple\s+of|a\s+handful\s+of)$", re.IGNORECASE)


def figures_of_people(document: Document, text: str) -> list[CountedThing]:
    """Return the figures of a sentence that may count people who left; it need not be parsed for that."""
    return [f for f in find_quantities(text) if _counts_people(document, f) and _is_of_residents(text, f)]


def _counts_people(document: Document, figure: CountedThing) -> bool:
    """Whether a figure may be of people: with their noun or none, or of homes, which are evacuated."""
    if figure.noun_class == "casualties":
        return False
    if figure.noun_class in ("people", "households", "displaced") or figure.unit is not None or not figure.noun:
        return True
    return counts_homes(figure) or document.gazetteer.demonym_country(figure.noun) is not None


def _is_of_residents(text: str, figure: CountedThing) -> bool:
    """Whether those counted may live there, and a figure is given at all: "some families" gives none."""
    if _NO_FIGURE.match(figure.quantity.text):
        return False
    if figure.unit == "people" and _HANDFUL.match(figure.quantity.text):
        return False
    if counts_homes(figure) and _INSTITUTION.search(text, figure.start, figure.noun_start):
        return False
    if counts_homes(figure) and _RUINED.match(text, figure.noun_end):
        return False
    return not (figure.noun and is_visitor(figure.noun, text[figure.end : figure.noun_start]))


def counts_homes(figure: CountedThing) -> bool:
    """Whether a figure counts homes, which stand for those who lived there."""
    return _HOMES.match(figure.noun) is not None


def of_whole(figure: CountedThing) -> CountedThing:
    """Return, of "half of the 4,000 people displaced from X returned", the 4,000 whom the participle counts."""
    return dataclasses.replace(figure, quantity=figure.whole) if figure.whole is not None else figure


def is_enough(frame: MoveFrame, figure: CountedThing, is_told: bool) -> bool:
    """Whether the figure is large and plain enough for the frame's words; "two men came in" displaces nobody.

    Args:
        frame: whose words tell of it.
        figure: of whom.
        is_told: whether the article tells of displaced people at all; a bare "took in 4,000" may be money.
    """
    value, is_people = figure.quantity.value, figure.unit != "households"
    if frame.subject_is and figure.unit is None and not figure.noun and not is_told:
        return False
    if value is None or not is_people or not figure.quantity.text:
        return True
    is_weak = frame.needs_topic or frame.needs_danger or bool(frame.subject_is)
    return value >= (_MANY if is_weak else _FEW) or frame.category == "evacuation"


def uncounted(start: int, travellers: str) -> CountedThing:
    """Return who goes where no figure is given, in the text's own word."""
    quantity = Quantity(None, "approximately", travellers)
    return CountedThing(start, start, quantity, "", start, start, "people", "people")
