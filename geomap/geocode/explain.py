"""Explain: which places can a name mean, how likely is each, and what speaks for it?"""

from __future__ import annotations

from geomap.gazetteer import Gazetteer
from geomap.geocode.asks import read_asks
from geomap.geocode.evidence import read_evidence
from geomap.geocode.lexicon import weights
from geomap.geocode.rank import rank
from geomap.geocode.why import why
from geomap.model import Mention, Place


def explain(name: str, gazetteer: Gazetteer) -> list[tuple[Place, float, str]]:
    """The places that a name alone can mean, likeliest first, each with its score from 0 to 1 and the reasons.

    "Tripoli, Lebanon" asks for the Tripoli in Lebanon. The scores are those of a text that says nothing more; what
    is missing to 1 is for a place that no gazetteer has. Empty where no gazetteer has the name.
    """
    own, _, area = name.partition(", ")
    spans = [(0, own), *([(len(own) + 2, area)] if area else [])]
    mentions = [Mention(start, start + len(text), text, text) for start, text in spans]
    asks = read_asks(name, mentions, gazetteer)
    choices = rank(asks[0], read_evidence(asks), weights().features)
    return [(each.place, round(each.score, 3), why(each, gazetteer, weights().features)) for each in choices]
