"""Texts as learning sees them: lemmas and parts of compounds, weighted by how telling they are.

Imported in the suggester's processes only (numpy).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from koding.suggest.language.terms import TermReader

__all__ = ["Bags", "Floats", "Indexes", "TermReader", "Vocabulary"]

Floats = npt.NDArray[np.float32]
Indexes = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Bags:
    """Texts as bags of numbered terms: those of text i stand at [starts[i], starts[i + 1]) of the other two arrays.

    `weights` of a text are tf-idf (with a logarithm of the count), scaled to length 1 with unknown terms counted in.
    """

    starts: Indexes
    terms: Indexes
    weights: Floats

    def __len__(self) -> int:
        return len(self.starts) - 1

    @property
    def rows(self) -> Indexes:
        """Give the number of the text for every term."""
        return np.repeat(np.arange(len(self)), np.diff(self.starts))

    def sums(self, table: Floats, *, weighted: bool) -> Floats:
        """Add up the table's rows (one for each term in `terms`) text by text."""
        found = np.zeros((len(self), table.shape[1]), np.float32)
        filled = np.diff(self.starts) > 0
        if filled.any():
            values = table * self.weights[:, None] if weighted else table
            found[filled] = np.add.reduceat(values, self.starts[:-1][filled])
        return found


class Vocabulary:
    """The terms of a material, numbered, each with its inverse document frequency: ln((1 + n) / (1 + df)) + 1."""

    def __init__(self, terms: Sequence[str], weights: Floats, unknown: float) -> None:
        self.terms = tuple(terms)
        self.weights = weights
        self.unknown = unknown
        self._numbers = {term: number for number, term in enumerate(self.terms)}

    @classmethod
    def of(cls, documents: Iterable[Sequence[str]]) -> Vocabulary:
        """Make the vocabulary of documents."""
        counts: Counter[str] = Counter()
        total = 0
        for document in documents:
            counts.update(set(document))
            total += 1
        terms = sorted(counts)
        frequencies = np.array([counts[term] for term in terms], np.float32)
        weights = (np.log((1 + total) / (1 + frequencies)) + 1).astype(np.float32)
        return cls(terms, weights, float(np.log(1 + total) + 1))

    def __len__(self) -> int:
        return len(self.terms)

    def numbers(self, document: Iterable[str]) -> list[int]:
        """Give the numbers of the document's known terms, in its order."""
        return [self._numbers[term] for term in document if term in self._numbers]

    def bags(self, documents: Iterable[Sequence[str]]) -> Bags:
        """Weigh documents."""
        size = len(self)
        others: dict[str, int] = {}
        known = self._numbers.get
        lengths: list[int] = []
        numbers: list[int] = []
        for document in documents:
            found = [known(term, size) for term in document]
            if size in found:
                found = [
                    size + others.setdefault(term, len(others)) if number == size else number
                    for term, number in zip(document, found, strict=True)
                ]
            numbers += found
            lengths.append(len(found))
        span = size + max(1, len(others))
        rows = np.repeat(np.arange(len(lengths)), lengths)
        each, counts = np.unique(rows * span + np.array(numbers, np.int64), return_counts=True)
        rows, terms = each // span, each % span
        here = terms < size
        weights = (1 + np.log(counts)) * np.append(self.weights, self.unknown)[np.minimum(terms, size)]
        squares = np.bincount(rows, weights**2, len(lengths))
        weights /= np.sqrt(squares)[rows]
        starts = np.concatenate([[0], np.cumsum(np.bincount(rows[here], minlength=len(lengths)))])
        return Bags(starts, terms[here], weights[here].astype(np.float32))
