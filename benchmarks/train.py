"""Fit the weights of recognize and geocode on the labelled texts, and tell how they do on texts that were held out.

usage: python -m benchmarks.train {recognize,unknown,geocode} [--write]

    recognize   is a name of the gazetteer a place here?        geomap/recognize/weights.yml
    unknown     is a name that no gazetteer has a place here?   geomap/recognize/unknown_weights.yml, vocabulary.txt
    geocode     which place of a name is meant?                 geomap/geocode/weights.yml

A stage builds on those above it: train them in this order.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.decisions import BASE, name_decisions, place_decisions, unknown_decisions
from benchmarks.fit import Bounds, Decision, chances, fit, folds
from benchmarks.labelled import Labelled, read_all
from geomap.gazetteer import load_gazetteer
from geomap.geocode import lexicon as geocoding

ROOT = Path(__file__).resolve().parent.parent / "geomap"
FOLDS = 5
_STEPS = (0.3, 0.4, 0.45, 0.5, 0.55, 0.6, 0.7, 0.8)
_ROUNDS = 2


@dataclass(frozen=True, slots=True)
class Stage:
    """What is fitted: the decisions in the texts, and where the weights go, under which key."""

    decisions: Callable[[Sequence[Labelled]], list[Decision]]
    path: Path
    key: str
    penalty: float
    bounds: Bounds


def main() -> None:
    """Fit one stage."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("stage", choices=sorted(STAGES))
    parser.add_argument("--write", action="store_true", help="put the weights into geomap")
    args = parser.parse_args()
    stage, texts = STAGES[args.stage], read_all()
    if args.write and args.stage == "unknown":
        write_vocabulary(texts)
    decisions = stage.decisions(texts)
    print(f"{len(texts)} texts, {len(decisions)} decisions")
    tell_folds(decisions, stage)
    weights = fit(decisions, penalty=stage.penalty, bounds=stage.bounds)
    if args.write:
        write_weights(stage, weights)
    else:
        tell_weights(weights, decisions)


def _names(texts: Sequence[Labelled]) -> list[Decision]:
    gazetteer = load_gazetteer()
    return [each for number, text in enumerate(texts) for each in name_decisions(text, number, gazetteer)]


def _unknown(texts: Sequence[Labelled]) -> list[Decision]:
    gazetteer = load_gazetteer()
    return [each for number, text in enumerate(texts) for each in unknown_decisions(text, number, gazetteer)]


def _places(texts: Sequence[Labelled]) -> list[Decision]:
    """The decisions once the certain places are those of the weights fitted a round before."""
    gazetteer, weights = load_gazetteer(), dict(geocoding.weights().features)
    for last in range(_ROUNDS):
        found = [e for number, text in enumerate(texts) for e in place_decisions(text, number, gazetteer, weights)]
        if last < _ROUNDS - 1:
            weights = fit(found, penalty=PLACES.penalty, bounds=PLACES.bounds)
    return found


# Set by hand, because the texts hardly have towns and provinces of one name, and words that say which is meant.
_PLACE_BOUNDS: Bounds = {
    "container_elsewhere_match": (0.3, None),
    "container_match": (3.5, None),
    "container_miss": (None, -2.5),
    "country_share": (0.0, None),
    "division_named": (0.1, None),
    "kind_elsewhere_match": (0.8, None),
    "kind_elsewhere_miss": (None, -0.1),
    "kind_match": (1.5, None),
    "kind_miss": (None, -1.5),
    "none_of_kind": (0.5, None),
    "part_of_area": (0.9, None),
    "weak_name": (None, -3.0),
}
# Set by hand: a curated name is one that somebody looked at, and the invented persons of the texts too often bear
# names of places.
_NAME_BOUNDS: Bounds = {"curated": (1.5, None), "given_before": (None, -2.0), "title": (None, -2.0)}
NAMES = Stage(_names, ROOT / "recognize/weights.yml", "cues", 3.0, _NAME_BOUNDS)
UNKNOWN = Stage(_unknown, ROOT / "recognize/unknown_weights.yml", "cues", 3.0, {})
PLACES = Stage(_places, ROOT / "geocode/weights.yml", "features", 2.0, _PLACE_BOUNDS)
STAGES = {"recognize": NAMES, "unknown": UNKNOWN, "geocode": PLACES}


# --- telling ---------------------------------------------------------------------------------------------


def tell_folds(decisions: Sequence[Decision], stage: Stage) -> None:
    """Print how the weights do on held-out texts, and how many of the answers of each score are right."""
    held = [
        (chances(each.alternatives, weights), each.is_right)
        for known, unseen in folds(decisions, FOLDS)
        for weights in [fit(known, penalty=stage.penalty, bounds=stage.bounds)]
        for each in unseen
    ]
    if stage is PLACES:
        best = [(int(np.argmax(chance)), chance, right) for chance, right in held]
        score, truth = np.array([c[b] for b, c, _ in best]), np.array([r[b] for b, _, r in best])
        print(f"the likeliest place is right: {truth.mean():.3f}")
    else:
        score, truth = np.array([c[0] for c, _ in held]), np.array([r[0] for _, r in held])
        _tell_steps(score, truth)
    _tell_calibration(score, truth)


def _tell_steps(score: np.ndarray, truth: np.ndarray) -> None:
    for step in _STEPS:
        taken = score >= step
        hits = float((truth & taken).sum())
        f1 = 2 * hits / (taken.sum() + truth.sum())
        print(f"threshold {step:.2f}  P {hits / taken.sum():.3f}  R {hits / truth.sum():.3f}  F1 {f1:.3f}")


def _tell_calibration(score: np.ndarray, truth: np.ndarray) -> None:
    for low in np.arange(0.0, 1.0, 0.1):
        some = (score >= low) & (score < low + 0.1 + (low > 0.85))
        if some.any():
            print(f"scored {low:.1f}-{low + 0.1:.1f}: {some.sum():6} answers, {truth[some].mean():.2f} right")


def tell_weights(weights: Mapping[str, float], decisions: Sequence[Decision]) -> None:
    """Print the weights, with how many alternatives have each and how many of those are right."""
    for name, weight in sorted(weights.items(), key=lambda item: item[1]):
        rights = [
            right
            for decision in decisions
            for each, right in zip(decision.alternatives, decision.is_right, strict=True)
            if name in each
        ]
        print(f"{name:28} {weight:6.2f}   {len(rights):6}   {sum(rights) / len(rights):.2f}")


# --- writing ---------------------------------------------------------------------------------------------


def write_weights(stage: Stage, weights: Mapping[str, float]) -> None:
    """Replace the fitted part of a weights file: all below its comment and its threshold."""
    kept = [line for line in stage.path.read_text("utf-8").splitlines() if line.startswith(("#", "threshold:"))]
    base = [f"base: {weights[BASE]:.2f}"] if BASE in weights else []
    lines = [f"  {name}: {weight:.2f}" for name, weight in sorted(weights.items()) if name != BASE and weight]
    stage.path.write_text("\n".join([*kept, *base, f"{stage.key}:", *lines, ""]), "utf-8")


def write_vocabulary(texts: Sequence[Labelled]) -> None:
    """Replace the list of words that texts write small."""
    words = {word for text in texts for word in re.findall(r"[^\W\d_]{3,}", text.text) if word.islower()}
    (ROOT / "recognize/vocabulary.txt").write_text("\n".join(sorted(words)) + "\n", "utf-8")


if __name__ == "__main__":
    main()
