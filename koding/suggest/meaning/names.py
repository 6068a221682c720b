"""The words and classes that the signs of a reading tell apart, numbered, and what is told of a form by their numbers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import numpy as np

from koding.suggest.meaning import signs as s
from koding.suggest.meaning.numbered import Columns, Ints
from koding.suggest.meaning.plain_words import CLASSES, HESITATION, PlainWords

_BOUNDS: Final = (s.OTHER, s.START, s.END, s.MARK, s.SLOT)
OTHER, START, END, MARK, SLOT = range(len(_BOUNDS))
#: What is told of a form: the columns of its row.
WORD, KIND, HESITATES, DEFINITE, MAY_DENY, OWN_WORD = range(6)
TOLD: Final = 6
COLUMNS: Final = Columns(WORD, KIND, HESITATES, START, END, MARK, SLOT)


class _Numbers(dict[str, int]):
    """The number of each name; of what is none, how many there are."""

    def __missing__(self, name: str) -> int:
        return len(self)


class Names:
    """Numbers for the ends of a line, the `known` plain words, the classes, and the words that reasons have of their own.

    The last are `own`: they stand in no line, but signs tell them of the reason itself.
    """

    def __init__(self, plain: PlainWords, known: Iterable[str], own: Iterable[str]) -> None:
        self._plain = plain
        lined = dict.fromkeys((*_BOUNDS, *sorted(known), *sorted(CLASSES)))
        #: All that may stand in a line, by number.
        self.lined = tuple(lined)
        #: The same, with the words that only reasons have.
        self.all = tuple(lined | dict.fromkeys(sorted(own)))
        #: The number of each name; one that no name has for what is none.
        self.numbers = _Numbers((name, number) for number, name in enumerate(self.all))

    def flags(self, found: Iterable[str]) -> Ints:
        """Give, for each name that may stand in a line, 1 where it is among `found`, else 0."""
        there = set(found)
        return np.array([name in there for name in self.lined], np.int64)

    def tell(self, form: str) -> tuple[int, ...]:
        """Give what is told of a form, by column."""
        plain, word, kind, may_deny = self._plain.of(form)
        numbers = self.numbers
        return (
            numbers[word],
            numbers[kind or word],
            form in HESITATION,
            s.is_definite(form),
            may_deny,
            numbers[plain],
        )
