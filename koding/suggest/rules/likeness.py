"""What a match is worth in its place: whether what is said is like what the codebook says of the code.

"Spare på husleia" is saving for a house where the turn tells of houses, and something else where it tells of jobs. So a
match is weighed by the sentence, the turn and the question, each as the cosine of its words and those of what the
codebook says of the code: label, definitions and examples. The weights are those of a logistic regression over 3,006
suggestions on constructed interviews and sentences, a suggestion being right where the code is gold; no word and no
code has a weight of its own, so they hold for any codebook. A code that the codebook says little of is not weighed.

Indicators are no part of it: a new one must not change what others find elsewhere (see `changes`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cached_property
from math import log, log1p, prod, sqrt
from typing import Final, NamedTuple

from koding.model.codebook import Code, Codebook
from koding.suggest.language.linguistics import Lexicon
from koding.suggest.language.sentences import Unit
from koding.suggest.language.terms import TermReader
from koding.suggest.rules.commonness import telling
from koding.suggest.rules.matching import Found
from koding.suggest.rules.patterns import Weight

#: A match that is less likely right than three in ten is silent; so much that is as the logarithm of the odds.
LEAST: Final = log(3 / 7)
#: A code of which the codebook says fewer different terms than this is not weighed.
LEAST_TERMS: Final = 20

_SENTENCE, _TURN, _QUESTION = 0.4, 5.4, 3.2
_SCORE, _FIRM, _WORD, _PARENT, _DENIED = 4.7, -0.65, 1.2, -0.5, 0.95
_WORDS, _SENTENCES = -0.24, -0.5
_CONSTANT: Final = -2.1
_FORM: Final = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")


def said_of(code: Code) -> str:
    """Give what a codebook says of a code in words of its own: label, definitions, when to use it, examples."""
    return "\n".join([code.label, code.short, code.definition, code.use, *(example.text for example in code.examples)])


class _Bag(NamedTuple):
    """A text as weighted terms, and the length of them all."""

    weights: Mapping[str, float]
    length: float

    @classmethod
    def of(cls, counts: Mapping[str, int]) -> _Bag:
        weights = {
            term: telling(term) if count == 1 else (1 + log(count)) * telling(term) for term, count in counts.items()
        }
        return cls(weights, sqrt(sum([weight * weight for weight in weights.values()])))

    def like(self, other: _Bag) -> float:
        """Give the cosine with another, larger text."""
        if not self.length or not other.length:
            return 0.0
        there = other.weights
        shared = sum([weight * there[term] for term, weight in self.weights.items() if term in there])
        return shared / (self.length * other.length)


class Surroundings:
    """A turn as likeness sees it; what is worked out once serves all its sentences."""

    def __init__(self, sentences: Sequence[Unit], question: str, language: str, reader: TermReader) -> None:
        self.sentences = sentences
        self._question = question
        self._language = language
        self._reader = reader
        self._counts: dict[int, dict[str, int]] = {}
        self._bags: dict[int, _Bag] = {}

    def _counted(self, number: int) -> dict[str, int]:
        found = self._counts.get(number)
        if found is None:
            found = self._counts[number] = self._reader.counts(self.sentences[number], self._language)
        return found

    def sentence(self, number: int) -> _Bag:
        """Give a sentence, by its number in the turn."""
        found = self._bags.get(number)
        if found is None:
            found = self._bags[number] = _Bag.of(self._counted(number))
        return found

    @cached_property
    def turn(self) -> _Bag:
        """Give the whole turn."""
        if len(self.sentences) == 1:
            return self.sentence(0)
        counts: dict[str, int] = {}
        for number in range(len(self.sentences)):
            for term, count in self._counted(number).items():
                counts[term] = counts.get(term, 0) + count
        return _Bag.of(counts)

    @cached_property
    def question(self) -> _Bag:
        """Give the question."""
        return _Bag.of(Counter(self._reader.text(self._question, self._language)))


class Likeness:
    """Weighs the matches of a codebook's codes by what is said around them. Codes do not influence each other."""

    def __init__(self, codebook: Codebook, lexicon: Lexicon) -> None:
        self._codes = {code.key: code for code in codebook.codes}
        self._parents = {
            step.key for code in codebook.codes for step in codebook.lineage(code.key) if step.key != code.key
        }
        self._reader = TermReader(lexicon)
        self._texts: dict[str, _Bag] = {}

    def hear(self, sentences: Sequence[Unit], question: str, language: str) -> Surroundings:
        """Take a turn in."""
        return Surroundings(sentences, question, language, self._reader)

    def weighed(self, kept: Mapping[str, list[Found]], around: Surroundings, number: int) -> dict[str, list[Found]]:
        """Give, of the matches by code in a sentence of a turn, those that are likely enough to be right."""
        return {code: found for code, found in kept.items() if self._is_likely(code, found, around, number)}

    def _is_likely(self, code: str, found: Sequence[Found], around: Surroundings, number: int) -> bool:
        text = self._text(code)
        if len(text.weights) < LEAST_TERMS:
            return True
        firm = [match for match in found if match.rule.pattern.weight is Weight.FIRM]
        value = (
            _CONSTANT
            + _SCORE * (1 - prod([1 - match.score for match in found]))
            + _FIRM * bool(firm)
            # A word that needs no company says more than a phrase of common words.
            + _WORD * any(match.rule.is_word and not match.part for match in firm)
            + _PARENT * (code in self._parents)
            + _DENIED * (found[0].denial is not None)
            + _WORDS * log1p(len(around.sentences[number].words))
            + _SENTENCES * log1p(len(around.sentences))
            + _SENTENCE * around.sentence(number).like(text)
        )
        # Likeness takes nothing away: what is likely enough by the sentence need not look further.
        if value < LEAST:
            value += _QUESTION * around.question.like(text)
        return value >= LEAST or value + _TURN * around.turn.like(text) >= LEAST

    def _text(self, code: str) -> _Bag:
        text = self._texts.get(code)
        if text is None:
            counts: Counter[str] = Counter()
            for form, count in Counter(_FORM.findall(said_of(self._codes[code]).lower())).items():
                for term in self._reader.word(form):
                    counts[term] += count
            text = self._texts[code] = _Bag.of(counts)
        return text
