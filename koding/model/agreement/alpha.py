"""Krippendorff's alpha under any distance between labels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from itertools import combinations
from math import fsum
from typing import TypeVar

from koding.model.agreement.coefficients import UNDEFINED, Coefficient

Label = TypeVar("Label", bound=Hashable)


def pairable_values(units: Iterable[Sequence[Label | None]]) -> Counter[Label]:
    """Count the values of the units that have two or more (None is no value)."""
    found: Counter[Label] = Counter()
    for unit in units:
        values = [value for value in unit if value is not None]
        if len(values) > 1:
            found.update(values)
    return found


def alpha(units: Sequence[Sequence[Label | None]], distance: Callable[[Label, Label], float]) -> Coefficient:
    """Compute alpha of `units` (one value a coder, None where there is none) under a squared difference `distance`.

    `observed` and `expected` are the disagreements Do and De. The distance is called once for every two labels used, so
    this serves scales and short lists of labels; `sets` is for sets of codes in large studies.

    Krippendorff, K. (2004). Content Analysis: An Introduction to Its Methodology, 2nd ed., ch. 11.
    """
    counts = pairable_values(units)
    total = counts.total()
    by_chance = 2 * fsum(counts[one] * counts[other] * distance(one, other) for one, other in combinations(counts, 2))
    if not by_chance:
        return UNDEFINED
    observed = fsum(_within(unit, distance) for unit in units) / total
    expected = by_chance / (total * (total - 1))
    return Coefficient(1 - observed / expected, observed, expected)


def _within(unit: Sequence[Label | None], distance: Callable[[Label, Label], float]) -> float:
    values = [value for value in unit if value is not None]
    if len(values) < 2:  # noqa: PLR2004 - alone, a value disagrees with none
        return 0.0
    return 2 * fsum(distance(one, other) for one, other in combinations(values, 2)) / (len(values) - 1)
