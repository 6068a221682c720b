"""Logistic regression with a ridge, by Newton's method: a few features, many rows, the same answer every time.

Imported in the suggester's processes only (numpy).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]

_RIDGE: Final = 1.0
_STEPS: Final = 15
#: The work ends when a step takes less than this share off the loss.
_ENOUGH: Final = 1e-6
_SMALLEST_STEP: Final = 1e-3
#: Beyond this the logistic function is 0 or 1 for every purpose.
_FAR: Final = 30.0


@dataclass(frozen=True)
class Line:
    """A fitted model: the features' weights, and the constant."""

    weights: Numbers
    constant: float

    def probabilities(self, features: npt.NDArray[np.float32]) -> Numbers:
        """Give the probability for every row; the features are the last axis."""
        return sigmoid(self.values(features))

    def values(self, features: npt.NDArray[np.float32]) -> Numbers:
        """Give the value of the line for every row, the logarithm of the odds."""
        return np.asarray(features @ self.weights + self.constant, np.float64)

    def moved(self, by: Line) -> Line:
        """Give the line whose value is what `by`, a line of one feature, makes of this one's."""
        weight = float(by.weights[0])
        return Line(self.weights * weight, self.constant * weight + by.constant)


def sigmoid(values: npt.NDArray[np.floating]) -> Numbers:
    """Give 1 / (1 + e^-x)."""
    return np.asarray(1 / (1 + np.exp(-np.clip(values, -_FAR, _FAR))), np.float64)


def fit(features: npt.NDArray[np.float32], truths: npt.NDArray[np.bool_], shares: Numbers) -> Line:
    """Fit to rows of features with their truths; `shares` is how many rows each of them stands for.

    Features are scaled to the same spread before the ridge is laid on. There must be rows of both truths.
    """
    rows = features.astype(np.float64)
    total = shares.sum()
    mean = shares @ rows / total
    spread = np.sqrt(np.maximum(shares @ (rows - mean) ** 2 / total, 0)) + 1e-9
    rows = np.hstack([(rows - mean) / spread, np.ones((len(rows), 1))])
    wanted = truths.astype(np.float64)
    ridge = np.full(rows.shape[1], _RIDGE)
    ridge[-1] = 0
    level = float(shares @ wanted / total)
    line = np.zeros(rows.shape[1])
    line[-1] = np.log(level / (1 - level))

    def loss(candidate: Numbers) -> float:
        values = rows @ candidate
        return float(shares @ (np.logaddexp(0, values) - wanted * values) + 0.5 * ridge @ candidate**2)

    current = loss(line)
    for _step in range(_STEPS):
        chances = sigmoid(rows @ line)
        slope = rows.T @ (shares * (chances - wanted)) + ridge * line
        bend = (rows * (shares * chances * (1 - chances))[:, None]).T @ rows + np.diag(ridge + 1e-6)
        way = np.linalg.solve(bend, slope)
        length = 1.0
        while (reached := loss(line - length * way)) > current and length > _SMALLEST_STEP:
            length /= 2
        if reached > current:
            break
        line = line - length * way
        if current - reached < _ENOUGH * current:
            break
        current = reached
    weights = line[:-1] / spread
    return Line(weights, float(line[-1] - mean @ weights))
