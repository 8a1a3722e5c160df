"""The words of the quantity reader."""

from __future__ import annotations

from dataclasses import dataclass

from geomap.model import Quantity, Unit


@dataclass(frozen=True, slots=True)
class CountedThing:
    """A figure and what it counts; half-open offsets into the text that was read.

    Attributes:
        start, end: the figure with its hedge ("more than half a million").
        quantity: the figure; ``quantity.text == text[start:end]``.
        noun: the counted noun as it stands ("refugees"), "" where none follows ("an estimate of 80,000").
        noun_start, noun_end: the noun's place; the figure's end where there is none.
        unit: people or households where the noun is one of theirs, else None.
        noun_class: people, households, armed, casualties, posts, vehicles, dwellings, places, arms, organisations;
            ``other`` for a noun of no list, "" for none. "Eight people were killed" counts casualties.
        is_additional: "another 30,000", on top of a figure told before.
        whole: of a share what it is a share of ("half of the 4,000 people"), else None.
    """

    start: int
    end: int
    quantity: Quantity
    noun: str
    noun_start: int
    noun_end: int
    unit: Unit | None
    noun_class: str
    is_additional: bool = False
    whole: Quantity | None = None
