"""Talk as learning sees it: sentences in their turns, with the question before, what the rules found, what was coded.

Imported in the suggester's processes only (numpy).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from koding.suggest.learning.terms import Floats, Vocabulary


class Level(StrEnum):
    """The three texts that speak about a sentence."""

    SENTENCE = "sentence"
    TURN = "turn"
    QUESTION = "question"


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence: its terms, its words in number, the rules' score by code key, the coder's codes, and its forms.

    `denied` and `supposed` are those of the rules' codes that they take for denied, and for planned or hypothetical.
    """

    terms: tuple[str, ...]
    words: int
    rules: Mapping[str, float] = field(default_factory=dict)
    codes: frozenset[str] = frozenset()
    forms: tuple[str, ...] = ()
    denied: frozenset[str] = frozenset()
    supposed: frozenset[str] = frozenset()

    @property
    def wording(self) -> tuple[str, ...]:
        """Give the terms, the forms as they were said, and every two that follow each other."""
        return wording(self.terms, self.forms)


def wording(terms: Sequence[str], forms: Sequence[str]) -> tuple[str, ...]:
    """Give terms, forms (`=form`) and pairs of forms (`one_other`) in one list."""
    return (*terms, *("=" + form for form in forms), *(f"{one}_{other}" for one, other in pairwise(forms)))


@dataclass(frozen=True, slots=True)
class Exchange:
    """A turn of a source (by GUID) with the terms of the question before it, and the forms of its words."""

    source: str
    question: tuple[str, ...]
    sentences: tuple[Said, ...]
    asked: tuple[str, ...] = ()

    @property
    def terms(self) -> tuple[str, ...]:
        """Give the terms of the whole turn."""
        return tuple(term for said in self.sentences for term in said.terms)


class Codes:
    """The codes that can be suggested, in the codebook's order, with their families and their own texts.

    `texts` are the terms of all that the codebook says of a code, `examples` its examples' sentences, `definitions` its
    own text and its forms.
    """

    def __init__(
        self,
        keys: Sequence[str],
        families: Sequence[str],
        texts: Sequence[Sequence[str]],
        definitions: Sequence[Sequence[str]] = (),
        examples: Sequence[Said] = (),
    ) -> None:
        self.keys = tuple(keys)
        self.families = tuple(families)
        self.texts = tuple(tuple(text) for text in texts)
        self.definitions = tuple(tuple(text) for text in definitions)
        self.examples = tuple(examples)
        self.number = {key: number for number, key in enumerate(self.keys)}
        names = sorted(set(families))
        self.membership = np.array([[family == name for name in names] for family in families], np.float32)

    def __len__(self) -> int:
        return len(self.keys)


class Block:
    """Exchanges of one source as arrays; `turns` has for each sentence the number of its exchange."""

    def __init__(self, exchanges: Sequence[Exchange], codes: Codes, vocabulary: Vocabulary) -> None:
        self.source = exchanges[0].source
        self.vocabulary = vocabulary
        sentences = [said for exchange in exchanges for said in exchange.sentences]
        self.sizes = np.array([len(exchange.sentences) for exchange in exchanges])
        self.turns = np.repeat(np.arange(len(exchanges)), self.sizes)
        self.words = np.array([said.words for said in sentences], np.float32)
        self.rules = np.zeros((len(sentences), len(codes)), np.float32)
        self.denied = np.zeros((len(sentences), len(codes)), np.float32)
        self.supposed = np.zeros((len(sentences), len(codes)), np.float32)
        self.coded = np.zeros((len(sentences), len(codes)), bool)
        for row, said in enumerate(sentences):
            for key, score in said.rules.items():
                if key in codes.number:
                    self.rules[row, codes.number[key]] = score
                    self.denied[row, codes.number[key]] = key in said.denied
                    self.supposed[row, codes.number[key]] = key in said.supposed
            self.coded[row, [codes.number[key] for key in sorted(said.codes) if key in codes.number]] = True
        self.bags = {
            Level.SENTENCE: vocabulary.bags(said.terms for said in sentences),
            Level.TURN: vocabulary.bags(exchange.terms for exchange in exchanges),
            Level.QUESTION: vocabulary.bags(exchange.question for exchange in exchanges),
        }

    def __len__(self) -> int:
        return len(self.turns)

    def coded_at(self, level: Level) -> npt.NDArray[np.bool_]:
        """Give what is coded at a level: a turn, and its question, carry what any of its sentences does."""
        if level is Level.SENTENCE:
            return self.coded
        found = np.zeros((len(self.sizes), self.coded.shape[1]), bool)
        np.logical_or.at(found, self.turns, self.coded)
        return found

    def beside(self, values: Floats, step: int) -> Floats:
        """Give the values of the sentence before (-1) or after (1) in the same turn, zero where there is none."""
        found = np.zeros_like(values)
        same = (self.turns[1:] == self.turns[:-1])[:, None]
        if step < 0:
            found[1:] = values[:-1] * same
        else:
            found[:-1] = values[1:] * same
        return found
