"""Texts as learning sees them: lemmas and parts of compounds, weighted by how telling they are.

Imported in the suggester's processes only (numpy).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from koding.suggest.language.languages import BOKMAL
from koding.suggest.language.linguistics import Lexicon
from koding.suggest.language.sentences import Unit
from koding.suggest.language.tokens import word_set, words
from koding.suggest.language.variants import BOKMAL_WORD

Floats = npt.NDArray[np.float32]
Indexes = npt.NDArray[np.int64]

# Lemmas that every talk is full of, whatever it is about.
_COMMON: Final = word_set(
    "jeg du han hun det den de vi og i på å som en et at til for med er var ha være ikke så men av om seg meg der her"
    " da når hva ja nei jo bare kunne skulle ville få bli si gå komme man noe noen min sin fra eller også"
)


class TermReader:
    """Reads words as terms: the lemma in Bokmål spelling, and the parts of a compound; common words are none."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._known: dict[tuple[str, str, str], tuple[str, ...]] = {}

    def word(self, form: str, language: str = BOKMAL, lemma: str = "") -> tuple[str, ...]:
        """Give the terms of a lower-case form; `lemma` where somebody knows it better than the dictionaries."""
        key = (form, language, lemma)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = tuple(self._read(form, language, lemma))
        return found

    def _read(self, form: str, language: str, lemma: str) -> Iterable[str]:
        word = lemma or self._lexicon.lemma(form, language)
        bokmal = BOKMAL_WORD.get(form) or BOKMAL_WORD.get(word)
        if bokmal:
            word = self._lexicon.lemma(bokmal)
        if word in _COMMON:
            return ()
        return (word, *(part for part in sorted(self._lexicon.parts(form)) if part not in _COMMON))

    def text(self, text: str, language: str = BOKMAL) -> tuple[str, ...]:
        """Give the terms of a text, in order."""
        return tuple(term for word in words(text) for term in self.word(word.form, language))

    def unit(self, unit: Unit, language: str) -> tuple[tuple[str, ...], tuple[int, ...]]:
        """Give the terms of a sentence, in order, and for each the index of its word."""
        lemmas = unit.lemmas or ("",) * len(unit.words)
        terms: list[str] = []
        places: list[int] = []
        for index, (word, lemma) in enumerate(zip(unit.words, lemmas, strict=True)):
            found = self.word(word.form, language, lemma)
            terms.extend(found)
            places.extend([index] * len(found))
        return tuple(terms), tuple(places)


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
        starts: list[int] = [0]
        terms: list[int] = []
        weights: list[float] = []
        for document in documents:
            row = self._weigh(Counter(document))
            terms.extend(row)
            weights.extend(row.values())
            starts.append(len(terms))
        return Bags(np.array(starts), np.array(terms, np.int64), np.array(weights, np.float32))

    def _weigh(self, counts: Mapping[str, int]) -> dict[int, float]:
        row: dict[int, float] = {}
        square = 0.0
        for term, count in sorted(counts.items()):
            number = self._numbers.get(term)
            rarity = self.unknown if number is None else float(self.weights[number])
            weight = float(1 + np.log(count)) * rarity
            square += weight * weight
            if number is not None:
                row[number] = weight
        length = float(np.sqrt(square)) or 1.0
        return {number: weight / length for number, weight in row.items()}
