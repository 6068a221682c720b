"""Suggestions learned from a coder's own codings, and how they go together with the rules.

Training reads the sources that the coder has coded, as far as the last coded turn: coded sentences are examples, the
others are not. How much may be suggested is decided on sources held out from training (`_Cut`), so that what is learned
is only said where it has been right often enough. Everything is deterministic for the codings and the seed.

Imported in the suggester's processes only (numpy).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from koding.suggest.learning.features import FEATURES, OF_RULES, Block, Codes, Exchange, Taught, pair_features
from koding.suggest.learning.logistic import Line, fit
from koding.suggest.learning.terms import Floats, Vocabulary

VERSION: Final = "learned/1"
#: Learning begins with so many codings, in so many sources: what is learned of one must be tried on others.
LEAST_CODINGS: Final = 20
LEAST_SOURCES: Final = 3
#: A code with fewer codings than this is learned with uncertainty.
CERTAIN: Final = 100
#: At least this share of what is suggested without the rules must have been right in sources held out.
LEAST_PRECISION: Final = 0.2
#: Rules are only overruled so far that this share of their right suggestions stays.
RULES_KEPT: Final = 0.95
#: A calibration is only told where it rests on so many held-out suggestions.
TOLD_FROM: Final = 20
#: The seed that picks the pairs to learn from.
SEED: Final = 20250614

_FOLDS: Final = 5
#: Of pairs that are neither coded nor matched by a rule, one in so many is learned from, and stands for all.
_ONE_IN: Final = 8
_CALIBRATED: Final = (0.0, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.65, 0.8)
_NEVER: Final = 2.0

Truths = npt.NDArray[np.bool_]


class Bin(NamedTuple):
    """Held-out suggestions with a probability from `least` up to the next bin: how many, and how many were right."""

    least: float
    said: int
    right: int


@dataclass(frozen=True)
class Cut:
    """From which probability a pair is suggested: one that no rule has found (`new`), and one that a rule has."""

    new: float = _NEVER
    ruled: float = 0.0
    bins: tuple[Bin, ...] = ()

    def shows(self, chances: Floats, ruled: Truths) -> Truths:
        """Tell which pairs are suggested."""
        return np.where(ruled, chances >= self.ruled, chances >= self.new)

    def held_out(self, chance: float) -> Bin | None:
        """Give how suggestions of this probability did in held-out sources; None where too few tell."""
        found = next((each for each in reversed(self.bins) if chance >= each.least), None)
        return found if found is not None and found.said >= TOLD_FROM else None


class Learned:
    """What was learned: exchanges that were coded, and the line through the features of their pairs."""

    def __init__(
        self, codes: Codes, exchanges: Sequence[Exchange], line: Line, cut: Cut, codings: Mapping[str, int]
    ) -> None:
        """Take what a training gave; `codings` is how many codings of each code it has seen."""
        self.codes = codes
        self.exchanges = tuple(exchanges)
        self.line = line
        self.cut = cut
        self.codings = dict(codings)
        self.vocabulary = _vocabulary(exchanges, codes)
        self.taught = Taught(_blocks(exchanges, codes, self.vocabulary), codes, self.vocabulary)

    def chances(self, exchanges: Sequence[Exchange]) -> Floats:
        """Give the probability of every code for every sentence of exchanges of one source."""
        block = Block(exchanges, self.codes, self.vocabulary)
        return self.judged(pair_features(block, self.taught))

    def judged(self, features: Floats) -> Floats:
        """Give the probability of every pair by its features."""
        return self.line.probabilities(features).astype(np.float32)


def train(
    exchanges: Sequence[Exchange], codes: Codes, codings: Mapping[str, int], *, with_rules: bool = True
) -> Learned | None:
    """Learn from coded exchanges; None where there is too little to learn from.

    Without rules, their features are left out: what is learned then stands by itself.
    """
    sources = sorted({exchange.source for exchange in exchanges})
    if sum(codings.values()) < LEAST_CODINGS or len(sources) < LEAST_SOURCES:
        return None
    ordered = [exchange for source in sources for exchange in exchanges if exchange.source == source]
    vocabulary = _vocabulary(ordered, codes)
    blocks = _blocks(ordered, codes, vocabulary)
    taught = Taught(blocks, codes, vocabulary)
    lessons = _Lessons.of(blocks, taught, with_rules=with_rules)
    if not lessons.coded.any():
        return None
    held_out = lessons.held_out()
    if held_out is None:
        return Learned(codes, ordered, lessons.line(), Cut(), codings)
    # What is learned on some sources is too sure of itself on others; how much, those held out tell.
    sureness = fit(held_out.reshape(-1, 1), lessons.coded.reshape(-1), np.ones(lessons.coded.size))
    chances = sureness.probabilities(held_out[..., None]).astype(np.float32)
    cut = _best_cut(chances, lessons.coded, lessons.ruled)
    return Learned(codes, ordered, lessons.line().moved(sureness), cut, codings)


def _vocabulary(exchanges: Sequence[Exchange], codes: Codes) -> Vocabulary:
    return Vocabulary.of([*(said.terms for exchange in exchanges for said in exchange.sentences), *codes.texts])


def _blocks(exchanges: Sequence[Exchange], codes: Codes, vocabulary: Vocabulary) -> list[Block]:
    by_source: dict[str, list[Exchange]] = {}
    for exchange in exchanges:
        by_source.setdefault(exchange.source, []).append(exchange)
    return [Block(by_source[source], codes, vocabulary) for source in sorted(by_source)]


@dataclass(frozen=True)
class _Lessons:
    """All pairs to learn from; `folds` has for each sentence the fold of its source."""

    features: Floats
    coded: Truths
    ruled: Truths
    folds: npt.NDArray[np.int64]

    @classmethod
    def of(cls, blocks: Sequence[Block], taught: Taught, *, with_rules: bool) -> _Lessons:
        features = np.concatenate([pair_features(block, taught) for block in blocks])
        ruled = np.concatenate([block.rules > 0 for block in blocks])
        if not with_rules:
            features[..., [place for place, name in enumerate(FEATURES) if name in OF_RULES]] = 0
            ruled = np.zeros_like(ruled)
        folds = np.concatenate([np.full(len(block), number % _FOLDS) for number, block in enumerate(blocks)])
        return cls(features, np.concatenate([block.coded for block in blocks]), ruled, folds)

    def line(self, but: int | None = None) -> Line:
        """Fit the line, to all folds but one."""
        telling = self.coded | self.ruled
        chance = np.random.default_rng(SEED).random(self.coded.shape)
        picked = telling | (chance < 1 / _ONE_IN)
        if but is not None:
            picked &= (self.folds != but)[:, None]
        shares = np.where(telling[picked], 1.0, float(_ONE_IN))
        return fit(self.features[picked], self.coded[picked], shares)

    def held_out(self) -> Floats | None:
        """Give for every pair the line's value by a training without its source; None where that cannot be."""
        values = np.zeros(self.coded.shape, np.float32)
        for fold in sorted(set(self.folds.tolist())):
            if not self.coded[self.folds != fold].any():
                return None
            out = self.folds == fold
            values[out] = self.line(but=fold).values(self.features[out])
        return values


def _best_cut(chances: Floats, coded: Truths, ruled: Truths) -> Cut:
    """Find the cut with the best F1 that keeps the right rules and is right often enough without them."""
    wanted = int(coded.sum())
    fresh = chances[~ruled]
    order = np.argsort(-fresh, kind="stable")
    right = np.cumsum(coded[~ruled][order])
    count = np.arange(1, len(order) + 1)
    allowed = right >= LEAST_PRECISION * count
    best, cut = 0.0, Cut()
    for least in _rule_cuts(chances[ruled], coded[ruled]):
        kept = ruled & (chances >= least)
        hits, said = int((kept & coded).sum()), int(kept.sum())
        score = 2 * hits / max(1, said + wanted)
        if score > best:
            best, cut = score, Cut(_NEVER, least)
        scores = np.where(allowed, 2 * (hits + right) / (said + count + wanted), 0)
        place = int(scores.argmax()) if len(scores) else 0
        if len(scores) and scores[place] > best:
            best, cut = float(scores[place]), Cut(float(fresh[order[place]]), least)
    shown = cut.shows(chances, ruled)
    return Cut(cut.new, cut.ruled, _bins(chances[shown], coded[shown]))


def _rule_cuts(chances: Floats, coded: Truths) -> list[float]:
    """Give the probabilities below which rules may be overruled, none at first."""
    right = np.sort(chances[coded])
    if len(right) < LEAST_CODINGS:
        return [0.0]
    lost = int(len(right) * (1 - RULES_KEPT))
    return [0.0, *sorted({float(value) for value in right[: lost + 1]})]


def _bins(chances: Floats, coded: Truths) -> tuple[Bin, ...]:
    places = np.searchsorted(np.array(_CALIBRATED, np.float32), chances, side="right") - 1
    found = []
    for place, least in enumerate(_CALIBRATED):
        here = places == place
        if here.any():
            found.append(Bin(least, int(here.sum()), int(coded[here].sum())))
    return tuple(found)
