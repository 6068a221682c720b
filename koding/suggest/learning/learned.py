"""Suggestions learned from a coder's own codings, and how they go together with the rules.

Training reads the sources that the coder has coded, as far as the last coded turn: coded sentences are examples, the
others are not. It starts from how far each kind of evidence could be trusted elsewhere (`prior`), and the study's own
codings move that. From which probability on something is suggested is decided on sources held out from training. All
is deterministic for the codings and the seed.

Imported in the suggester's processes only (numpy).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from koding.suggest.learning.background import Background, blocks, vocabulary
from koding.suggest.learning.choice import Choice
from koding.suggest.learning.features import FEATURES, SILENCE, Pairs, pairs
from koding.suggest.learning.prior import left_out, prior
from koding.suggest.learning.spoken import Codes, Exchange
from koding.suggest.learning.taught import Taught
from koding.suggest.learning.terms import Floats

VERSION: Final = "learned/2"
#: Learning begins with so many codings, in so many sources: what is learned of one must be tried on others.
LEAST_CODINGS: Final = 20
LEAST_SOURCES: Final = 3
#: A code with fewer codings than this is learned with uncertainty.
CERTAIN: Final = 100
#: A calibration is only told where it rests on so many held-out suggestions.
TOLD_FROM: Final = 20
#: The variance of a weight around the prior's, in spreads of its feature: how readily a study moves it.
TRUST: Final = 1.0
#: The seed that picks the sentences to learn from, where there are more than enough.
SEED: Final = 20250614

_FOLDS: Final = 5
#: About so many sentences are learned from; in a larger study those without code and rule stand for others like them.
_ENOUGH_SENTENCES: Final = 4_000
#: Cuts whose F1 is within this share of the best one's are as good; their mean is steadier than the best.
_AS_GOOD: Final = 0.99
_CALIBRATED: Final = (0.0, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.65, 0.8)
#: The cut that is best on most materials, and how many coded sentences of a study it weighs as much as.
_USUAL: Final = 0.25
_USUAL_WEIGHS: Final = 100
_LEAST_CUT: Final = 1e-6

Truths = npt.NDArray[np.bool_]


class Bin(NamedTuple):
    """Held-out suggestions with a probability from `least` up to the next bin: how many, and how many were right."""

    least: float
    said: int
    right: int


@dataclass(frozen=True)
class Cut:
    """From which probability on a pair is suggested, and how suggestions have done in held-out sources."""

    least: float
    bins: tuple[Bin, ...] = ()

    def shows(self, chances: Floats) -> Truths:
        """Tell which pairs are suggested."""
        return np.asarray(chances >= self.least, bool)

    def held_out(self, chance: float) -> Bin | None:
        """Give how suggestions of this probability did in held-out sources; None where too few tell."""
        found = next((each for each in reversed(self.bins) if chance >= each.least), None)
        return found if found is not None and found.said >= TOLD_FROM else None


class Learned:
    """What was learned: exchanges that were coded, what other studies taught, and the choice among codes."""

    def __init__(
        self,
        exchanges: Sequence[Exchange],
        background: Background,
        choice: Choice,
        cut: Cut,
        codings: Mapping[str, int],
    ) -> None:
        """Take what a training gave; `codings` is how many codings of each code it has seen."""
        self.codes: Codes = background.codes
        self.exchanges = tuple(exchanges)
        self.background = background
        self.choice = choice
        self.cut = cut
        self.codings = dict(codings)
        self.taught = _taught(exchanges, self.codes)

    def pairs(self, exchanges: Sequence[Exchange]) -> Pairs:
        """Give the sentences of exchanges of one source with every code."""
        return pairs(exchanges, self.taught, self.background)

    def chances(self, exchanges: Sequence[Exchange]) -> Floats:
        """Give the probability of every code for every sentence of exchanges of one source."""
        return self.judged(self.pairs(exchanges))

    def judged(self, found: Pairs) -> Floats:
        """Give the probability of every pair."""
        return self.choice.chances(found.features, found.silence)


def train(
    exchanges: Sequence[Exchange],
    background: Background,
    codings: Mapping[str, int],
    *,
    with_rules: bool = True,
    start: Choice | None = None,
) -> Learned | None:
    """Learn from coded exchanges; None where there is too little to learn from.

    Without rules, their features are left out: what is learned then stands by itself. `start` is the choice that the
    codings start from, by default the prior that comes with koding.
    """
    sources = sorted({exchange.source for exchange in exchanges})
    if sum(codings.values()) < LEAST_CODINGS or len(sources) < LEAST_SOURCES:
        return None
    ordered = [exchange for source in sources for exchange in exchanges if exchange.source == source]
    taught = _taught(ordered, background.codes)
    by_source = [[exchange for exchange in ordered if exchange.source == source] for source in sources]
    lessons = Lessons.of(by_source, taught, background, with_rules=with_rules)
    if not lessons.coded.any():
        return None
    start = start or prior(with_rules=with_rules, with_others=background.taught is not None)
    choice = lessons.fitted(start)
    chances = lessons.held_out(start)
    return Learned(ordered, background, choice, _best_cut(chances, lessons.coded), codings)


def _taught(exchanges: Sequence[Exchange], codes: Codes) -> Taught:
    known = vocabulary(exchanges, codes)
    return Taught(blocks(exchanges, codes, known), codes, known)


@dataclass(frozen=True)
class Lessons:
    """All sentences to learn from; `folds` has for each the fold of its source."""

    features: Floats
    silence: Floats
    coded: Truths
    ruled: Truths
    folds: npt.NDArray[np.int64]

    @classmethod
    def of(
        cls, by_source: Sequence[Sequence[Exchange]], taught: Taught, background: Background, *, with_rules: bool
    ) -> Lessons:
        """Read the exchanges of each source."""
        found = [pairs(exchanges, taught, background) for exchanges in by_source if any(e.sentences for e in exchanges)]
        features = np.concatenate([each.features for each in found])
        silence = np.concatenate([each.silence for each in found])
        ruled = np.concatenate([each.block.rules > 0 for each in found])
        if not with_rules:
            gone = left_out(with_rules=False, with_others=True)
            features[..., [place for place, name in enumerate(FEATURES) if name in gone]] = 0
            silence[:, [place for place, name in enumerate(SILENCE) if name in gone]] = 0
            ruled = np.zeros_like(ruled)
        folds = np.concatenate([np.full(len(each.block), number % _FOLDS) for number, each in enumerate(found)])
        return cls(features, silence, np.concatenate([each.block.coded for each in found]), ruled, folds)

    def fitted(self, start: Choice, *, but: int | None = None, trust: float = TRUST) -> Choice:
        """Fit the choice from `start`, to all folds but one."""
        telling = np.asarray((self.coded | self.ruled).any(1), bool)
        one_in = max(1.0, (len(telling) - telling.sum()) / max(1, _ENOUGH_SENTENCES - telling.sum()))
        chance = np.random.default_rng(SEED).random(len(telling))
        picked = telling | (chance < 1 / one_in)
        if but is not None:
            picked &= self.folds != but
        shares = np.where(telling[picked], 1.0, one_in)
        return start.fitted(self.features[picked], self.silence[picked], self.coded[picked], shares, trust)

    def held_out(self, start: Choice) -> Floats:
        """Give the probability of every pair by a training without its source."""
        chances = np.zeros(self.coded.shape, np.float32)
        for fold in sorted(set(self.folds.tolist())):
            out = self.folds == fold
            chances[out] = self.fitted(start, but=fold).chances(self.features[out], self.silence[out])
        return chances


def _best_cut(chances: Floats, coded: Truths) -> Cut:
    """Find the cut with the best F1, steadied by those that are nearly as good, and by what is usual."""
    order = np.argsort(-chances, axis=None, kind="stable")
    ranked = chances.reshape(-1)[order]
    right = np.cumsum(coded.reshape(-1)[order])
    wanted = int(coded.sum())
    scores = 2 * right / (np.arange(1, len(order) + 1) + wanted)
    good = ranked[scores >= _AS_GOOD * scores.max()]
    best = np.log(np.maximum(good, _LEAST_CUT)).mean()
    least = float(np.exp((wanted * best + _USUAL_WEIGHS * np.log(_USUAL)) / (wanted + _USUAL_WEIGHS)))
    shown = chances >= least
    return Cut(least, _bins(chances[shown], coded[shown]))


def _bins(chances: Floats, coded: Truths) -> tuple[Bin, ...]:
    places = np.searchsorted(np.array(_CALIBRATED, np.float32), chances, side="right") - 1
    found = []
    for place, least in enumerate(_CALIBRATED):
        here = places == place
        if here.any():
            found.append(Bin(least, int(here.sum()), int(coded[here].sum())))
    return tuple(found)
