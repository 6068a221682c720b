"""What talk with a code sounds like: naive Bayes over words, forms and pairs of words, in sentences coded elsewhere.

Each code is told by all that does *not* carry it (Rennie, Shih, Teevan and Karger 2003, "Tackling the poor assumptions
of naive Bayes text classifiers", complement naive Bayes), which stands codes of few examples best. Silence, a sentence
without a code, is one more class. Imported in the suggester's processes only (numpy).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from koding.suggest.learning.spoken import Codes, Exchange, wording
from koding.suggest.learning.terms import Bags, Floats, Vocabulary

#: What every term is taken to have been said of every class before anything is counted.
_SMOOTHING: Final = 0.3


class Wordings:
    """The codes' wordings: `table` has a row for each term of `vocabulary`, a column for each code, silence last."""

    def __init__(self, codes: Codes, exchanges: Sequence[Exchange] = ()) -> None:
        """Learn from the codebook's own texts and examples, and from the sentences of coded exchanges."""
        self.codes = codes
        documents = list(codes.definitions)
        labels: list[tuple[int, ...]] = [(code,) for code in range(len(codes.definitions))]
        for said in (*codes.examples, *(said for exchange in exchanges for said in exchange.sentences)):
            known = sorted(codes.number[key] for key in said.codes if key in codes.number)
            documents.append(said.wording)
            labels.append(tuple(known) if known else (len(codes),))
        self.vocabulary = Vocabulary.of(documents)
        bags = self.vocabulary.bags(documents)
        rows = bags.rows
        counts = np.zeros((len(self.vocabulary), len(codes) + 1))
        for code in range(len(codes) + 1):
            mine = np.array([code in label for label in labels], bool)
            if mine.any():
                here = mine[rows]
                counts[:, code] = np.bincount(bags.terms[here], bags.weights[here], len(self.vocabulary))
        others = counts.sum(1, keepdims=True) + _SMOOTHING - counts
        self.table = np.asarray(-np.log(others / others.sum(0, keepdims=True)), np.float32)

    def said(self, exchanges: Sequence[Exchange]) -> Bags:
        """Weigh the sentences of exchanges."""
        return self.vocabulary.bags(said.wording for exchange in exchanges for said in exchange.sentences)

    def asked(self, exchanges: Sequence[Exchange]) -> Bags:
        """Weigh the questions of exchanges."""
        return self.vocabulary.bags(wording(exchange.question, exchange.asked) for exchange in exchanges)

    def above(self, bags: Bags) -> Floats:
        """Give for every term of the texts how much more it speaks for each code than for the mean of codes."""
        rows = self.table[bags.terms]
        return np.asarray(rows - rows[:, :-1].mean(1, keepdims=True), np.float32)
