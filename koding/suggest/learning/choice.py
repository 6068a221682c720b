"""Which code a sentence carries, if any: a choice among all codes and silence, learned with a prior.

A conditional logit (McFadden 1974, "Conditional logit analysis of qualitative choice behavior"): codes compete for a
sentence, which mostly carries one or none. The weights are those most probable given the codings and a normal prior
around weights from other material (maximum a posteriori), found by Newton's method: the same answer every time.

Imported in the suggester's processes only (numpy).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from koding.suggest.learning.terms import Floats

Numbers = npt.NDArray[np.float64]

_STEPS: Final = 20
#: The work ends when a step takes less than this share off the loss.
_ENOUGH: Final = 1e-5
_SMALLEST_STEP: Final = 1e-3
#: A pair less likely than this bends the loss by nothing that matters to the way down.
_UNLIKELY: Final = 1e-3


@dataclass(frozen=True)
class Scale:
    """The features' means and spreads in the material that the prior comes from; weights are of scaled features."""

    mean: Numbers
    spread: Numbers

    def scaled(self, features: Floats) -> Floats:
        """Scale features, which are the last axis."""
        return np.asarray((features - self.mean.astype(np.float32)) / self.spread.astype(np.float32), np.float32)


@dataclass(frozen=True)
class Choice:
    """A model of choice: the weights of a pair's features, and of a sentence's for silence (their constant last)."""

    pair: Scale
    silence: Scale
    weights: Numbers
    silent_weights: Numbers

    @property
    def raw_weights(self) -> Numbers:
        """Give the weights of the pair's features as they are, unscaled."""
        return np.asarray(self.weights / self.pair.spread, np.float64)

    def chances(self, features: Floats, silence: Floats) -> Floats:
        """Give the probability of every code for every sentence; what is left to 1 is silence."""
        shares, _silent = _shares(
            self.pair.scaled(features), _with_constant(self.silence.scaled(silence)), self.weights, self.silent_weights
        )
        return shares.astype(np.float32)

    def fitted(
        self, features: Floats, silence: Floats, coded: npt.NDArray[np.bool_], shares: Numbers, trust: float
    ) -> Choice:
        """Give the choice that codings lead to from this one.

        `shares` is how many sentences each row stands for, `trust` the variance of the prior around the scaled weights.
        """
        pairs, silent = self.pair.scaled(features), _with_constant(self.silence.scaled(silence))
        material = _Material(pairs, silent, coded, shares)
        found = _fit(material, np.concatenate([self.weights, self.silent_weights]), 1 / trust)
        return Choice(self.pair, self.silence, found[: len(self.weights)], found[len(self.weights) :])


def _with_constant(silence: Floats) -> Floats:
    return np.hstack([silence, np.ones((len(silence), 1), np.float32)])


def _values(pairs: Floats, silent: Floats, weights: Numbers, silent_weights: Numbers) -> tuple[Numbers, Numbers]:
    return (pairs @ weights.astype(np.float32)).astype(np.float64), np.asarray(silent @ silent_weights, np.float64)


def _shares(pairs: Floats, silent: Floats, weights: Numbers, silent_weights: Numbers) -> tuple[Numbers, Numbers]:
    codes, none = _values(pairs, silent, weights, silent_weights)
    top = np.maximum(codes.max(1), none)
    codes, none = np.exp(codes - top[:, None]), np.exp(none - top)
    total = codes.sum(1) + none
    return codes / total[:, None], none / total


class _Material(NamedTuple):
    """Scaled features with what was coded; `shares` is how many sentences each row stands for."""

    pairs: Floats
    silent: Floats
    coded: npt.NDArray[np.bool_]
    shares: Numbers


def _fit(material: _Material, prior: Numbers, precision: float) -> Numbers:
    pairs, silent, coded, shares = material
    width = pairs.shape[2]
    count = coded.sum(1)
    # Several codes of one sentence share it.
    target = coded * (shares / np.maximum(count, 1))[:, None]
    wanted = np.concatenate([
        np.einsum("nc,ncd->d", target.astype(np.float32), pairs, optimize=True), silent.T @ (shares * (count == 0))
    ])  # fmt: skip

    def loss(candidate: Numbers) -> float:
        codes, none = _values(pairs, silent, candidate[:width], candidate[width:])
        top = np.maximum(codes.max(1), none)
        whole = top + np.log(np.exp(codes - top[:, None]).sum(1) + np.exp(none - top))
        return float(shares @ whole - wanted @ candidate + 0.5 * precision * ((candidate - prior) ** 2).sum())

    current, reached = prior.copy(), loss(prior)
    for _step in range(_STEPS):
        chances, none = _shares(pairs, silent, current[:width], current[width:])
        mean = np.hstack([
            np.einsum("nc,ncd->nd", chances.astype(np.float32), pairs, optimize=True), silent * none[:, None]
        ])  # fmt: skip
        slope = mean.T @ shares - wanted + precision * (current - prior)
        way = np.linalg.solve(_bend(material, chances, none, mean) + precision * np.eye(len(slope)), slope)
        length = 1.0
        while (tried := loss(current - length * way)) > reached and length > _SMALLEST_STEP:
            length /= 2
        if tried > reached:
            break
        current = current - length * way
        if reached - tried < _ENOUGH * reached:
            break
        reached = tried
    return current


def _bend(material: _Material, codes: Numbers, none: Numbers, mean: Numbers) -> Numbers:
    """Give the second derivatives of the loss, without the prior's, at these chances of codes and of none."""
    pairs, silent, _coded, shares = material
    width = pairs.shape[2]
    likely = codes > _UNLIKELY
    rows = pairs[likely]
    bend = -(mean * shares[:, None]).T @ mean
    bend[:width, :width] += (rows * (codes * shares[:, None])[likely][:, None].astype(np.float32)).T @ rows
    bend[width:, width:] += (silent * (shares * none)[:, None]).T @ silent
    return np.asarray(bend, np.float64)
