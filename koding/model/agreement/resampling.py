"""Intervals from resampling interviews.

Codings of one interview resemble each other, so what varies from study to study is which people were interviewed. The
sources are therefore what is drawn, never the units within them. The bootstrap gives the interval; the jackknife beside
it shows whether one interview carries the result.

Efron, B., & Tibshirani, R. J. (1993). An Introduction to the Bootstrap, ch. 11 and 13. Field, C. A., & Welsh, A. H.
(2007). Bootstrapping clustered data. Journal of the Royal Statistical Society B 69, 369-390.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import floor, fsum, inf, sqrt

from koding.model.agreement.student import t_interval

#: Gives coefficients of the sources with these indexes (some may come several times); None is not defined.
Statistic = Callable[[Sequence[int]], Sequence[float | None]]

_SLOT_BYTES = 16


@dataclass(frozen=True, slots=True)
class Resampling:
    """How intervals are made: the number of bootstrap samples, the seed they are drawn by, and the level (0 to 1)."""

    resamples: int = 1000
    seed: int = 20250614
    level: float = 0.95

    def draws(self, sources: int) -> Iterator[list[int]]:
        """Give the bootstrap samples: each as many indexes of sources as there are, drawn with replacement."""
        # Only random() is promised to give the same numbers in every version of Python; choices() is not.
        uniform = random.Random(self.seed).random
        for _ in range(self.resamples):
            yield [int(uniform() * sources) for _ in range(sources)]


@dataclass(frozen=True, slots=True)
class Interval:
    """How far a coefficient may move with the interviews that happen to be in the study.

    `low` and `high` are the bootstrap's percentiles at `level`, over the `defined` of `resamples` samples in which the
    coefficient is defined (None where it is in none). `jackknife_error` is the standard error from leaving out one of
    the `sources` at a time, `jackknife_low` and `jackknife_high` the interval from it by Student's t; None where
    leaving one out makes the coefficient undefined: one interview carries it alone.
    """

    low: float | None
    high: float | None
    jackknife_error: float | None
    jackknife_low: float | None
    jackknife_high: float | None
    level: float
    resamples: int
    defined: int
    seed: int
    sources: int


def intervals(
    statistic: Statistic, sources: int, plan: Resampling, lowest: float | Sequence[float] = -inf
) -> list[Interval | None]:
    """Make the interval of each coefficient that `statistic` gives, from `sources` sources.

    `lowest` is the least value a coefficient can have (one for all, or one for each). None stands for a coefficient
    that the whole material does not define, and for all of them where there are fewer than two sources.
    """
    estimates = statistic(range(sources))
    least = [lowest] * len(estimates) if isinstance(lowest, int | float) else lowest
    if sources < 2:  # noqa: PLR2004 - one interview does not vary
        return [None] * len(estimates)
    samples = list(zip(*map(statistic, plan.draws(sources)), strict=True)) or [()] * len(estimates)
    everyone = list(range(sources))
    left_out = list(zip(*(statistic(everyone[:out] + everyone[out + 1 :]) for out in everyone), strict=True))
    return [
        None if estimate is None else _interval(estimate, drawn, without, plan, bound)
        for estimate, drawn, without, bound in zip(estimates, samples, left_out, least, strict=True)
    ]


def quantile(ordered: Sequence[float], share: float) -> float:
    """Give the value below which `share` (0 to 1) of the `ordered` values lie, on the line between neighbours.

    Hyndman, R. J., & Fan, Y. (1996). Sample quantiles in statistical packages. The American Statistician 50, 361-365,
    definition 7.
    """
    place = share * (len(ordered) - 1)
    below = floor(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])


class PackedCounts:
    """Counts of several sources, each source's row packed into one integer, so that summing a sample is cheap.

    Every count has 16 bytes of its own, wide enough that sums over sources never reach into the next.
    """

    def __init__(self, rows: Sequence[Sequence[int]], width: int) -> None:
        """Pack `rows`: for each source its `width` counts (not negative), in the same order in all."""
        self._width = width
        self._rows = [
            int.from_bytes(b"".join(count.to_bytes(_SLOT_BYTES, "little") for count in row), "little") for row in rows
        ]

    def total(self, drawn: Sequence[int]) -> list[int]:
        """Give the sums of each count over the sources `drawn` (by index, some perhaps several times)."""
        whole = sum(map(self._rows.__getitem__, drawn))
        packed = whole.to_bytes(self._width * _SLOT_BYTES, "little")
        return [
            int.from_bytes(packed[place : place + _SLOT_BYTES], "little")
            for place in range(0, len(packed), _SLOT_BYTES)
        ]


def _interval(
    estimate: float, drawn: Sequence[float | None], without: Sequence[float | None], plan: Resampling, lowest: float
) -> Interval:
    ordered = sorted(value for value in drawn if value is not None)
    tail = (1 - plan.level) / 2
    error = _jackknife_error(without)
    low = high = None
    if error is not None:
        low, high = t_interval(estimate, error, len(without) - 1, plan.level)
        low = max(low, lowest)
    return Interval(
        low=quantile(ordered, tail) if ordered else None,
        high=quantile(ordered, 1 - tail) if ordered else None,
        jackknife_error=error,
        jackknife_low=low,
        jackknife_high=high,
        level=plan.level,
        resamples=plan.resamples,
        defined=len(ordered),
        seed=plan.seed,
        sources=len(without),
    )


def _jackknife_error(without: Sequence[float | None]) -> float | None:
    values = [value for value in without if value is not None]
    if len(values) < len(without):
        return None
    mean = fsum(values) / len(values)
    return sqrt((len(values) - 1) / len(values) * fsum((value - mean) ** 2 for value in values))
