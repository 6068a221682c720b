"""Readings learned from sentences, lines of weights over the signs around a reason: is it denied, is it meant as one?

The weights stand in `readings.json`; `python -m benchmarks.reading` makes them from the constructed sentences in
`corpora/ovingssetninger` and the coded interviews, and tells how they do on writers left out.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from math import exp
from pathlib import Path
from typing import Final, NamedTuple

from koding.suggest.language.linguistics import Lexicon
from koding.suggest.meaning.plain_words import PlainWords
from koding.suggest.meaning.signs import OTHER, Setting, Sign, signs

FILE: Final = Path(__file__).with_name("readings.json")


#: What more it takes to be sure, in odds (their logarithm).
_SURER: Final = 2.0


class Weights(NamedTuple):
    """A line: the constant, the value from which it says yes, the weight of each sign."""

    constant: float
    cut: float
    signs: dict[str, float]

    def value(self, found: Iterable[Sign], others: Sequence[str]) -> tuple[float, dict[int, float]]:
        """Give the logarithm of the odds, and what each word of the sentence gave to it."""
        value, given = self.constant, defaultdict[int, float](float)
        weights = self.signs
        for sign in set(found):
            weight = weights.get(sign[0])
            if weight is not None:
                value += weight
                for index in sign[1]:
                    given[index] += weight / len(sign[1])
        value += sum(weights.get(sign, 0.0) for sign in others)
        return value, given


class Readings(NamedTuple):
    """The readings that koding comes with; `known` are the plain words that signs tell apart."""

    known: frozenset[str]
    denied: Weights
    meant: Weights


@cache
def readings() -> Readings:
    """Give the readings, read once."""
    kept = json.loads(FILE.read_text(encoding="utf-8"))
    return Readings(frozenset(kept["known"]), Weights(*kept["denied"]), Weights(*kept["meant"]))


class Reader:
    """Reads whether a reason is denied, and whether a word is meant as one."""

    def __init__(self, lexicon: Lexicon) -> None:
        known, self._denied, self._meant = readings()
        self._plain = PlainWords(lexicon, known, OTHER)

    def may_deny(self, setting: Setting) -> bool:
        """Tell whether a sentence, or one beside it, has a word that a denial is told by."""
        may_deny = self._plain.may_deny
        return any(may_deny(word.form) for words in setting[:3] for word in words)

    def denier(
        self, setting: Setting, evidence: Sequence[int], others: Sequence[str], *, surely: bool = False
    ) -> int | None:
        """Give the word that denies the reason at the indexes `evidence`, by its index; None where it is not denied.

        Words of the next sentence are counted on from those of this one. `others` are signs beside the words. The word
        is the one that weighed most, among those of a class if there are such. `surely` asks for more to be sure.
        """
        value, given = self._denied.value(signs(setting, evidence, self._plain), others)
        if value < self._denied.cut + _SURER * surely:
            return None
        given.pop(-1, None)
        spoken = (*setting.words, *setting.after)
        telling = [index for index in given if self._plain[spoken[index].form][1]] or list(given)
        return max(telling, key=lambda index: (given[index], -index), default=evidence[0])

    def means(self, setting: Setting, evidence: Sequence[int], others: Sequence[str]) -> bool:
        """Tell whether the words at the indexes `evidence` may be meant as a reason, and not in another sense."""
        value, _given = self._meant.value(signs(setting, evidence, self._plain), others)
        return value >= self._meant.cut


def chance(value: float) -> float:
    """Give the probability whose odds have this logarithm."""
    return 1 / (1 + exp(-value))
