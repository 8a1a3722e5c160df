"""Fit weights of choices: a conditional logit with an L2 penalty, by scipy's L-BFGS-B.

McFadden (1974): the chance of an alternative is proportional to exp(sum of its features times their weights). A
yes-or-no decision is a choice between its cues and an alternative without any.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

Bounds = Mapping[str, tuple[float | None, float | None]]


@dataclass(frozen=True, slots=True)
class Decision:
    """One choice: the features of each alternative, and which of them are right (at least one)."""

    alternatives: Sequence[Mapping[str, float]]
    is_right: Sequence[bool]
    group: int = 0
    weight: float = 1.0


def fit(
    decisions: Sequence[Decision],
    *,
    penalty: float,
    bounds: Bounds | None = None,
    least_seen: int = 5,
) -> dict[str, float]:
    """The weight of each feature that at least ``least_seen`` decisions have, rounded to 0.01, by name.

    Args:
        decisions: what was chosen, alternatives in any order.
        penalty: half of this times the square of each weight is added to the loss.
        bounds: the least and the greatest weight of some features.
        least_seen: features of fewer decisions get no weight.
    """
    names = _names(decisions, least_seen)
    features = _matrix([each for decision in decisions for each in decision.alternatives], names)
    sizes = np.array([len(decision.alternatives) for decision in decisions])
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    owner = np.repeat(np.arange(len(sizes)), sizes)
    right = np.concatenate([np.asarray(decision.is_right, dtype=float) for decision in decisions])
    counts = np.array([decision.weight for decision in decisions])

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        scores = features @ weights
        shifted = np.exp(scores - np.maximum.reduceat(scores, starts)[owner])
        total = np.add.reduceat(shifted, starts)
        hit = np.maximum(np.add.reduceat(shifted * right, starts), 1e-300)
        value = float(counts @ (np.log(total) - np.log(hit)) + penalty / 2 * weights @ weights)
        pull = (shifted / total[owner] - shifted * right / hit[owner]) * counts[owner]
        return value, features.T @ pull + penalty * weights

    limits = [(bounds or {}).get(name, (None, None)) for name in names]
    found = minimize(
        loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", bounds=limits, options={"maxiter": 2000}
    )
    return {name: round(float(value), 2) for name, value in zip(names, found.x, strict=True)}


def chances(alternatives: Sequence[Mapping[str, float]], weights: Mapping[str, float]) -> list[float]:
    """How likely each alternative is chosen, 0..1."""
    scores = np.array(
        [sum(weights.get(name, 0.0) * value for name, value in each.items()) for each in alternatives]
    )
    shares = np.exp(scores - scores.max())
    return [float(share) for share in shares / shares.sum()]


def _score(features: Mapping[str, float], weights: Mapping[str, float]) -> float:
    return sum(weights.get(name, 0.0) * value for name, value in features.items())


def folds(decisions: Sequence[Decision], count: int) -> Iterable[tuple[list[Decision], list[Decision]]]:
    """``count`` times the decisions to fit on and those held out; a group is never on both sides."""
    for fold in range(count):
        yield (
            [each for each in decisions if each.group % count != fold],
            [each for each in decisions if each.group % count == fold],
        )


def _names(decisions: Sequence[Decision], least_seen: int) -> list[str]:
    seen: dict[str, int] = {}
    for decision in decisions:
        for name in {name for each in decision.alternatives for name in each}:
            seen[name] = seen.get(name, 0) + 1
    return sorted(name for name, count in seen.items() if count >= least_seen)


def _matrix(rows: Sequence[Mapping[str, float]], names: Sequence[str]) -> csr_matrix:
    column = {name: index for index, name in enumerate(names)}
    cells = [
        (value, row, column[name])
        for row, each in enumerate(rows)
        for name, value in each.items()
        if name in column
    ]
    values, at, across = zip(*cells, strict=True)
    return csr_matrix((values, (at, across)), shape=(len(rows), len(names)))
