"""Turns as weighted terms, many at a time: how like each is to what is said of a code (see `likeness`).

What is looked up is the same as in a bag of terms; here terms and codes are numbers, as the words of the turns are
already (see `meaning.numbered`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import chain
from typing import Final

import numpy as np
import numpy.typing as npt

from koding.suggest.language.terms import TermReader
from koding.suggest.meaning.numbered import Ints, Numbered, is_first
from koding.suggest.rules.commonness import telling

Floats = npt.NDArray[np.float64]
#: A text as its terms with their weights, and how long it is.
Weighted = tuple[Mapping[str, float], float]

_ROOM: Final = 1_024
#: A number larger than that of any term.
_BASE: Final = 1 << 32


class TurnTerms:
    """Compares turns with codes; `said_of` gives what is said of a code."""

    def __init__(self, reader: TermReader, said_of: Callable[[str], Weighted]) -> None:
        self._reader = reader
        self._said_of = said_of
        self._forget(0)

    def _forget(self, age: int) -> None:
        self._age = age
        self._numbers: dict[str, int] = {}
        self._new: list[str] = []
        self._telling = np.zeros(_ROOM, np.float64)
        #: Which column of `_weights` a term has; the first is of those that nothing said of a code has.
        self._columns = np.zeros(_ROOM, np.int64)
        self._weights = np.zeros((0, _ROOM), np.float64)
        self._lengths: list[float] = []
        self._codes: dict[str, int] = {}
        self._count_of_columns = 1
        self._by_language: dict[str, _TermsOfForms] = {}

    def likes(self, heard: Numbered, language: str, pairs: Sequence[tuple[int, str]]) -> list[float]:
        """Give the cosine of each pair of a turn, by its number among those heard, and a code; turn by turn."""
        if heard.age != self._age:
            # The forms have other numbers now.
            self._forget(heard.age)
        codes = np.array([self._code(code) for _turn, code in pairs], np.int64)
        turn_of = np.array([turn for turn, _code in pairs], np.int64)
        is_new = is_first(turn_of)
        turns, which = turn_of[is_new], is_new.cumsum() - 1
        of_forms = self._by_language.get(language)
        if of_forms is None:
            of_forms = self._by_language[language] = _TermsOfForms(
                lambda form: [self._number(term) for term in self._reader.word(form, language)]
            )
        places, rows = heard.places(heard.turns.of(turns))
        terms, words = of_forms.of(heard.forms[places], heard.names)
        self._weigh_new()
        keys = rows[words] * _BASE + terms
        keys.sort()
        first = is_first(keys).nonzero()[0]
        rows, terms = np.divmod(keys[first], _BASE)
        weights = self._telling[terms] * (1 + np.log(np.diff(first, append=len(keys))))
        lengths = np.sqrt(np.bincount(rows, weights * weights, len(turns)))
        # Each pair is laid out with the terms of its turn.
        starts = rows.searchsorted(np.arange(len(turns) + 1))
        sizes = np.diff(starts)[which]
        pair = np.arange(len(pairs)).repeat(sizes)
        at = np.arange(len(pair)) + (starts[which] - (sizes.cumsum() - sizes))[pair]
        shared = weights[at] * self._weights[codes[pair], self._columns[terms[at]]]
        both = lengths[which] * np.array(self._lengths)[codes]
        found = np.bincount(pair, shared, len(pairs))
        likes: list[float] = np.divide(found, both, out=np.zeros(len(pairs)), where=both > 0).tolist()
        return likes

    def _number(self, term: str) -> int:
        number = self._numbers.get(term)
        if number is None:
            number = self._numbers[term] = len(self._numbers)
            self._new.append(term)
        return number

    def _weigh_new(self) -> None:
        """Put by how telling the terms are that are new."""
        count = len(self._numbers)
        if count > len(self._telling):
            more = 2 * count - len(self._telling)
            self._telling = np.append(self._telling, np.zeros(more, np.float64))
            self._columns = np.append(self._columns, np.zeros(more, np.int64))
        self._telling[count - len(self._new) : count] = list(telling(self._new))
        self._new = []

    def _code(self, code: str) -> int:
        """Give the number of a code; what is said of it is put by when it is first asked for."""
        number = self._codes.get(code)
        if number is None:
            number = self._codes[code] = len(self._codes)
            weights, length = self._said_of(code)
            self._lengths.append(length)
            numbers = [self._number(term) for term in weights]
            self._weigh_new()
            for term in numbers:
                if not self._columns[term]:
                    self._columns[term] = self._count_of_columns
                    self._count_of_columns += 1
            columns = max(self._weights.shape[1], self._count_of_columns)
            wider = np.zeros((number + 1, columns + _ROOM * (columns > self._weights.shape[1])), np.float64)
            wider[:number, : self._weights.shape[1]] = self._weights
            wider[number, self._columns[numbers]] = list(weights.values())
            self._weights = wider
        return number


class _TermsOfForms:
    """The terms of each form, by the form's number; `read` gives them for one that is new."""

    def __init__(self, read: Callable[[str], Sequence[int]]) -> None:
        self._read = read
        self._first = np.zeros(_ROOM, np.int64)
        self._count = np.full(_ROOM, -1, np.int64)
        self._terms = np.zeros(_ROOM, np.int64)
        self._size = 0

    def of(self, forms: Ints, names: Sequence[str]) -> tuple[Ints, Ints]:
        """Give the terms of forms, and which of the forms each is of; `names` has what the forms are."""
        if len(names) > len(self._count):
            more = 2 * len(names) - len(self._count)
            self._first = np.append(self._first, np.zeros(more, np.int64))
            self._count = np.append(self._count, np.full(more, -1, np.int64))
        unknown = forms[self._count[forms] < 0]
        if len(unknown):
            self._learn(list(dict.fromkeys(unknown.tolist())), names)
        counts = self._count[forms]
        words = np.arange(len(forms)).repeat(counts)
        at = np.arange(len(words)) + (self._first[forms] - (counts.cumsum() - counts))[words]
        return self._terms[at], words

    def _learn(self, forms: list[int], names: Sequence[str]) -> None:
        found = [self._read(names[form]) for form in forms]
        counts = np.fromiter(map(len, found), np.int64, len(found))
        ends = self._size + counts.cumsum()
        end = int(ends[-1])
        if end > len(self._terms):
            self._terms = np.append(self._terms, np.zeros(end, np.int64))
        self._terms[self._size : end] = list(chain.from_iterable(found))
        self._first[forms], self._count[forms] = ends - counts, counts
        self._size = end
