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
from collections.abc import Iterable, Mapping, Sequence
from itertools import repeat
from math import log, log1p, sqrt
from operator import mul
from typing import TYPE_CHECKING, Final, NamedTuple

from koding.model.codebook import Code, Codebook
from koding.suggest.language.languages import BOKMAL
from koding.suggest.language.linguistics import Lexicon
from koding.suggest.language.sentences import Unit
from koding.suggest.language.terms import TermReader
from koding.suggest.rules.commonness import telling
from koding.suggest.rules.patterns import Weight

if TYPE_CHECKING:
    from koding.suggest.meaning.numbered import Numbered
    from koding.suggest.rules.matching import Found
    from koding.suggest.rules.places import Heard

#: A match that is less likely right than three in ten is silent; so much that is as the logarithm of the odds.
LEAST: Final = log(3 / 7)
#: A code of which the codebook says fewer different terms than this is not weighed.
LEAST_TERMS: Final = 20

_SENTENCE, _TURN, _QUESTION = 0.4, 5.4, 3.2
_SCORE, _FIRM, _WORD, _PARENT, _DENIED = 4.7, -0.65, 1.2, -0.5, 0.95
_WORDS, _SENTENCES = -0.24, -0.5
_CONSTANT: Final = -2.1
#: So near the line it tells in which order the shares of words were summed; one order decides.
_CLOSE: Final = 1e-9
_FORM: Final = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")


def said_of(code: Code) -> str:
    """Give what a codebook says of a code in words of its own: label, definitions, when to use it, examples."""
    return "\n".join([code.label, code.short, code.definition, code.use, *(example.text for example in code.examples)])


class _Bag(NamedTuple):
    """A text as weighted terms, and the length of them all."""

    weights: Mapping[str, float]
    length: float

    @classmethod
    def of(cls, terms: Sequence[str]) -> _Bag:
        weights = dict(zip(terms, telling(terms), strict=True))
        if len(weights) < len(terms):
            for term, count in Counter(terms).items():
                if count > 1:
                    weights[term] *= 1 + log(count)
        return cls(weights, sqrt(sum(map(mul, weights.values(), weights.values()))))

    def like(self, other: _Bag) -> float:
        """Give the cosine with another, larger text."""
        if not self.length or not other.length:
            return 0.0
        shared: float = sum(map(mul, self.weights.values(), map(other.weights.get, self.weights, repeat(0.0))))
        return shared / (self.length * other.length)


_NOTHING: Final = _Bag({}, 0.0)


class Surroundings:
    """A turn as likeness sees it; what is worked out once serves all its sentences."""

    __slots__ = ("_language", "_question", "_reader", "_said", "_told", "_turn", "likes", "sentences")

    def __init__(self, sentences: Sequence[Unit], question: str, language: str, reader: TermReader) -> None:
        self.sentences = sentences
        self._question = question
        self._language = language
        self._reader = reader
        self._told: dict[int, _Bag] = {}
        self._turn: _Bag | None = None
        #: How like the whole turn is to what is said of codes, as far as that is told for many turns at once.
        self.likes: dict[str, float] = {}
        self._said: _Bag | None = None

    def sentence(self, number: int) -> _Bag:
        """Give a sentence, by its number in the turn."""
        found = self._told.get(number)
        if found is None:
            found = self._told[number] = _Bag.of(self._reader.sentences([self.sentences[number]], self._language))
        return found

    @property
    def turn(self) -> _Bag:
        """Give the whole turn."""
        if len(self.sentences) == 1:
            return self.sentence(0)
        if self._turn is None:
            self._turn = _Bag.of(self._reader.sentences(self.sentences, self._language))
        return self._turn

    @property
    def question(self) -> _Bag:
        """Give the question."""
        if self._said is None:
            self._said = _Bag.of(self._reader.text(self._question, self._language)) if self._question else _NOTHING
        return self._said


class Likeness:
    """Weighs the matches of a codebook's codes by what is said around them. Codes do not influence each other."""

    def __init__(self, codebook: Codebook, lexicon: Lexicon) -> None:
        self._codes = {code.key: code for code in codebook.codes}
        self._parents = {
            step.key for code in codebook.codes for step in codebook.lineage(code.key) if step.key != code.key
        }
        self._reader = TermReader(lexicon)
        self._texts: dict[str, _Bag] = {}
        # What is said of codes is compared before what counts in numbers is loaded.
        from koding.suggest.rules.turn_terms import TurnTerms

        self._terms = TurnTerms(self._reader, self.bag)

    def hear(
        self, turns: Sequence[Heard], asked: Mapping[int, Iterable[str]], numbered: Numbered
    ) -> dict[int, Surroundings]:
        """Take turns in, by their numbers, with the codes that each is asked about."""
        found: dict[int, Surroundings] = {}
        pairs: dict[str, list[tuple[int, str]]] = {}
        for number, codes in asked.items():
            turn, sentences = turns[number].turn, turns[number].sentences
            language = turn.language or BOKMAL
            found[number] = Surroundings(sentences, turn.question, language, self._reader)
            # Where somebody knows the lemmas, forms do not tell the terms.
            if all(unit.lemmas is None for unit in sentences):
                told = [(number, code) for code in codes if len(self.bag(code).weights) >= LEAST_TERMS]
                pairs.setdefault(language, []).extend(told)
        for language, of_language in pairs.items():
            if of_language:
                likes = self._terms.likes(numbered, language, of_language)
                for (number, code), like in zip(of_language, likes, strict=True):
                    found[number].likes[code] = like
        return found

    def weighed(self, kept: Mapping[str, list[Found]], around: Surroundings, number: int) -> dict[str, list[Found]]:
        """Give, of the matches by code in a sentence of a turn, those that are likely enough to be right."""
        return {code: found for code, found in kept.items() if self._is_likely(code, found, around, number)}

    def _is_likely(self, code: str, found: Sequence[Found], around: Surroundings, number: int) -> bool:
        text = self.bag(code)
        if len(text.weights) < LEAST_TERMS:
            return True
        wrong, firm, needs_no_company = 1.0, False, False
        for match in found:
            wrong *= 1 - match.score
            if match.rule.pattern.weight is Weight.FIRM:
                firm = True
                # A word that needs no company says more than a phrase of common words.
                needs_no_company |= match.rule.is_word and not match.part
        plain = (
            _CONSTANT
            + _SCORE * (1 - wrong)
            + _FIRM * firm
            + _WORD * needs_no_company
            + _PARENT * (code in self._parents)
            + _DENIED * (found[0].denial is not None)
            + _WORDS * log1p(len(around.sentences[number].words))
            + _SENTENCES * log1p(len(around.sentences))
        )
        # Likeness takes nothing away: what is likely enough already need not look further. The turn says most.
        value = plain
        if value < LEAST:
            like = around.likes.get(code)
            if like is not None:
                value += _TURN * like
            if like is None or abs(value - LEAST) < _CLOSE:
                value = plain + _TURN * around.turn.like(text)
        if value < LEAST:
            value += _QUESTION * around.question.like(text)
        if LEAST - _SENTENCE <= value < LEAST:
            value += _SENTENCE * around.sentence(number).like(text)
        return value >= LEAST

    def bag(self, code: str) -> _Bag:
        """Give what is said of a code."""
        text = self._texts.get(code)
        if text is None:
            forms = _FORM.findall(said_of(self._codes[code]).lower())
            text = self._texts[code] = _Bag.of([term for form in forms for term in self._reader.word(form)])
        return text
