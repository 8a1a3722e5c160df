"""Move reading: what was read of one figure of displaced people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geomap.extract.lexicon import MoveFrame
from geomap.extract.modality import Verdict
from geomap.extract.quantities import CountedThing
from geomap.model import Location

if TYPE_CHECKING:
    from spacy.tokens import Token


@dataclass(frozen=True, slots=True)
class MoveReading:
    """One figure of displaced people, with where they come from and go to.

    ``place_text`` is the text's own name of the place where no gazetteer has it.
    """

    frame: MoveFrame
    category: str
    trigger: Token
    figure: CountedThing
    origin: Location | None
    destination: Location | None
    verdict: Verdict
    is_estimate_of: Token | None = None
    place_text: str = ""
