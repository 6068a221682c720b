"""What coders have given each code: how often each term stands where a code is, source by source.

Imported in the suggester's processes only (numpy).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from koding.suggest.learning.spoken import Block, Codes, Level
from koding.suggest.learning.terms import Bags, Floats, Indexes, Vocabulary

#: Codings at which what was coded weighs as much as what is known of a word in general, by level.
_CAUTION: Final = {Level.SENTENCE: 5.0, Level.TURN: 8.0, Level.QUESTION: 8.0}


class _Counts(NamedTuple):
    """What was coded: for each term (a row of `terms`, or all where that is None) how many texts of each code hold it.

    `weights` are the same with the terms' weights for ones. `seen` counts the texts that hold the term, coded or not;
    `coded` the texts of each code, `texts` all of them.
    """

    terms: Indexes | None
    counts: Floats
    weights: Floats
    seen: Floats
    coded: Floats
    texts: int

    def within(self, terms: Indexes) -> _Counts:
        """Give the rows of these terms (ascending), zero for those that are not here."""
        if self.terms is None:
            return _Counts(terms, self.counts[terms], self.weights[terms], self.seen[terms], self.coded, self.texts)
        places = np.searchsorted(self.terms, terms)
        places[places == len(self.terms)] = 0
        here = (self.terms[places] == terms).astype(np.float32) if len(self.terms) else np.zeros(len(terms), np.float32)
        if not len(self.terms):
            empty = np.zeros((len(terms), self.counts.shape[1]), np.float32)
            return _Counts(terms, empty, empty, here, self.coded, self.texts)
        rows = here[:, None]
        return _Counts(
            terms, self.counts[places] * rows, self.weights[places] * rows, self.seen[places] * here, self.coded,
            self.texts,
        )  # fmt: skip

    def less(self, other: _Counts) -> _Counts:
        """Take away what another has of the same terms."""
        return _Counts(
            self.terms, self.counts - other.counts, self.weights - other.weights, self.seen - other.seen,
            self.coded - other.coded, self.texts - other.texts,
        )  # fmt: skip


class Taught:
    """What the coder has given each code, by source, so that a source can be left out."""

    def __init__(self, blocks: Sequence[Block], codes: Codes, vocabulary: Vocabulary) -> None:
        self.codes = codes
        self.vocabulary = vocabulary
        self._own: dict[str, list[dict[Level, _Counts]]] = {}
        self._all: dict[Level, _Counts] = {}
        for level in Level:
            shape = (len(vocabulary), len(codes))
            whole = [np.zeros(shape, np.float32), np.zeros(shape, np.float32), np.zeros(shape[0], np.float32)]
            coded, texts = np.zeros(len(codes), np.float32), 0
            self._all[level] = _Counts(None, whole[0], whole[1], whole[2], coded, texts)
        for block in blocks:
            self._take_in(block)
        own = vocabulary.bags(codes.texts)
        self.texts = np.zeros((len(vocabulary), len(codes)), np.float32)
        self.texts[own.terms, own.rows] = own.weights
        # A code's likeness to what was coded is the cosine with the sum of it.
        self._lengths = np.linalg.norm(self._all[Level.SENTENCE].weights, axis=0)

    def _take_in(self, block: Block) -> None:
        levels: dict[Level, _Counts] = {}
        for level, bags in block.bags.items():
            found = levels[level] = _counted(bags, block.coded_at(level))
            whole = self._all[level]
            assert found.terms is not None
            whole.counts[found.terms] += found.counts
            whole.weights[found.terms] += found.weights
            whole.seen[found.terms] += found.seen
            whole.coded[:] += found.coded
            self._all[level] = whole._replace(texts=whole.texts + found.texts)
        self._own.setdefault(block.source, []).append(levels)

    def _without(self, level: Level, terms: Indexes, source: str) -> _Counts:
        found = self._all[level].within(terms)
        for own in self._own.get(source, ()):
            found = found.less(own[level].within(terms))
        return found

    def prior(self, source: str) -> Floats:
        """Give the logarithm of how large a share of sentences outside the source carry each code."""
        found = self._without(Level.SENTENCE, np.zeros(0, np.int64), source)
        return np.asarray(np.log((found.coded + 0.5) / (found.texts + 1)), np.float32)

    def odds(self, level: Level, terms: Indexes, source: str) -> Floats:
        """Give for each term how much more often it stands where a code is, as a logarithm that few codings shrink."""
        found = self._without(level, terms, source)
        caution = _CAUTION[level]
        share = (found.seen + 0.5) / (found.texts + 1)
        odds = np.log((found.counts + caution * share[:, None]) / (found.coded + caution) / share[:, None])
        odds[found.seen < 1] = 0
        return odds.astype(np.float32)

    def centres(self, terms: Indexes, source: str) -> Floats:
        """Give the weights of the terms in what was coded with each code outside the source, scaled to length 1."""
        found = self._without(Level.SENTENCE, terms, source)
        squares = self._lengths**2
        for own in self._own.get(source, ()):
            # |a - b|² over the terms of b alone: elsewhere a stays as it is.
            mine = own[Level.SENTENCE]
            assert mine.terms is not None
            before = self._all[Level.SENTENCE].weights[mine.terms]
            squares = squares - (before**2).sum(0) + ((before - mine.weights) ** 2).sum(0)
        return np.asarray(found.weights / np.maximum(1.0, np.sqrt(np.maximum(squares, 0))), np.float32)


def _counted(bags: Bags, coded: npt.NDArray[np.bool_]) -> _Counts:
    terms, places = np.unique(bags.terms, return_inverse=True)
    counts = np.zeros((len(terms), coded.shape[1]), np.float32)
    weights = np.zeros_like(counts)
    of_text = coded[bags.rows].astype(np.float32)
    np.add.at(counts, places, of_text)
    np.add.at(weights, places, of_text * bags.weights[:, None])
    seen = np.bincount(places, minlength=len(terms)).astype(np.float32)
    return _Counts(terms, counts, weights, seen, coded.sum(0).astype(np.float32), len(bags))
