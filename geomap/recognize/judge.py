"""Judge: is this name a place here? Weighed evidence, the same for every text."""

from __future__ import annotations

import math
from collections.abc import Iterable

from geomap.recognize.lexicon import WeightsFile


def probability(cues: Iterable[str], weights: WeightsFile) -> float:
    """How likely a name with these cues is a place, 0..1."""
    return 1 / (1 + math.exp(-log_odds(cues, weights)))


def log_odds(cues: Iterable[str], weights: WeightsFile) -> float:
    """The sum of what the cues weigh; a cue without a weight counts nothing."""
    weight_of = weights.cues.get
    return weights.base + sum([weight_of(cue, 0.0) for cue in cues])
