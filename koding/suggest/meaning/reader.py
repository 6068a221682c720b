"""Readings learned from sentences, lines of weights over the signs around a reason: is it denied, is it meant as one?

The weights stand in `readings.json`; `python -m benchmarks.reading` makes them from the constructed sentences in
`corpora/ovingssetninger` and the coded interviews, and tells how they do on writers left out.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from math import exp, fsum
from pathlib import Path
from typing import Final, NamedTuple

from koding.suggest.language.linguistics import Lexicon
from koding.suggest.meaning.plain_words import PlainWords
from koding.suggest.meaning.signs import BESIDE, OTHER, Setting, Sign, signs
from koding.suggest.meaning.weighing import Weighing, thousandths

FILE: Final = Path(__file__).with_name("readings.json")


#: What more it takes to be sure, in thousandths of the odds' logarithm.
_SURER: Final = 2_000


class Weights(NamedTuple):
    """A line: the constant, the value from which it says yes, the weight of each sign."""

    constant: float
    cut: float
    signs: dict[str, float]

    def given(self, found: Iterable[Sign]) -> dict[int, float]:
        """Give what each word of the sentence gives to the value."""
        given = defaultdict[int, float](float)
        for name, places in dict.fromkeys(found):
            weight = self.signs.get(name)
            if weight is not None:
                for index in places:
                    given[index] += weight / len(places)
        return given

    def sum(self, names: Iterable[str]) -> float:
        """Give the sum of the weights of signs that differ."""
        weights = self.signs
        return fsum([weights[name] for name in names if name in weights])


class Readings(NamedTuple):
    """The readings that koding comes with; `known` are the plain words that signs tell apart.

    `hint` reads only which words a sentence and the next have: what it finds no denial in is not read closely.
    """

    known: frozenset[str]
    hint: Weights
    denied: Weights
    meant: Weights


@cache
def readings() -> Readings:
    """Give the readings, read once."""
    kept = json.loads(FILE.read_text(encoding="utf-8"))
    return Readings(frozenset(kept["known"]), Weights(*kept["hint"]), Weights(*kept["denied"]), Weights(*kept["meant"]))


class Reader:
    """Reads whether a reason is denied, and whether a word is meant as one.

    `others` are signs beside the words, weighed for either reading by `weigh`.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        known, self._hint, self._denied, meant = readings()
        self._plain = PlainWords(lexicon, known, OTHER)
        self._denying, self._denies_from = Weighing(self._plain, self._denied.signs), _least(self._denied)
        self._meaning, self._means_from = Weighing(self._plain, meant.signs), _least(meant)

    def weigh(self, signs: Sequence[str]) -> tuple[int, int]:
        """Give what signs beside the words weigh."""
        return self._denying.of_signs(signs), self._meaning.of_signs(signs)

    def may_deny(self, setting: Setting) -> bool:
        """Tell whether a sentence, or the next, has a word that a denial is told by."""
        own = {word.form for word in setting.words}
        following = {word.form for word in setting.after[:BESIDE]}
        plain = self._plain
        if not any(map(plain.may_deny, own)) and not any(map(plain.may_deny, following)):
            return False
        names = {name for form in own for name in plain[form]}
        names.update([f"N {name}" for form in following for name in plain[form]])
        return self._hint.constant + self._hint.sum(names) >= self._hint.cut

    def denies(
        self, setting: Setting, evidence: tuple[int, ...], others: tuple[int, int], *, surely: bool = False
    ) -> bool:
        """Tell whether the reason at the indexes `evidence` (ascending) is denied; `surely` asks for more to be sure."""
        least = self._denies_from + _SURER if surely else self._denies_from
        return self._denying.reaches(least - others[0], setting, evidence)

    def means(self, setting: Setting, evidence: tuple[int, ...], others: tuple[int, int]) -> bool:
        """Tell whether the words at the indexes `evidence` may be meant as a reason, and not in another sense."""
        return self._meaning.reaches(self._means_from - others[1], setting, evidence)

    def denier(self, setting: Setting, evidence: Sequence[int]) -> int:
        """Give the word that denies a reason that is denied, by its index.

        Words of the next sentence are counted on from those of this one. It is the one that weighed most, among those of
        a class if there are such.
        """
        given = self._denied.given(signs(setting, evidence, self._plain))
        given.pop(-1, None)
        spoken = (*setting.words, *setting.after)
        telling = [index for index in given if self._plain[spoken[index].form][1]] or list(given)
        return max(telling, key=lambda index: (given[index], -index), default=evidence[0])


def _least(weights: Weights) -> int:
    """Give what signs must weigh for a yes, in thousandths."""
    return thousandths(weights.cut) - thousandths(weights.constant)


def chance(value: float) -> float:
    """Give the probability whose odds have this logarithm."""
    return 1 / (1 + exp(-value))
