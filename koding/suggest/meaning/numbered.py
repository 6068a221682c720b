"""Sentences as numbers, many at a time, so that what is weighed in them is looked up for all of them at once.

A form is told of once and numbered; a sentence is then a stretch of a long row of numbers. `line` lays out stretches of
it the way signs see a sentence (see `signs.line`): with its ends and the marks between clauses, without hesitation.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import chain
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from koding.suggest.language.tokens import BREAK, Word, before_of, form_of
from koding.suggest.meaning.signs import BESIDE, Setting

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

#: Forms that are kept, and those that room is made for at first.
KEPT: Final = 100_000
_ROOM: Final = 1_024


class Forms(dict[str, int]):
    """The number of each form; what is told of it, `width` whole numbers, is the row of `told` with its number."""

    def __init__(self, tell: Callable[[str], Sequence[int]], width: int) -> None:
        super().__init__()
        self._tell = tell
        self._new: list[Sequence[int]] = []
        self._rows = np.zeros((_ROOM, width), np.int32)
        self.make_room(0)

    def __missing__(self, form: str) -> int:
        """Number a form that is new."""
        self._new.append(self._tell(form))
        number = self[form] = len(self)
        return number

    @property
    def told(self) -> npt.NDArray[np.int32]:
        """Give what is told of each form, by rows."""
        if self._new:
            first = len(self) - len(self._new)
            if len(self) > len(self._rows):
                room = np.zeros((2 * len(self), self._rows.shape[1]), np.int32)
                room[:first] = self._rows[:first]
                self._rows = room
            self._rows[first : len(self)] = self._new
            self._new = []
        return self._rows

    def make_room(self, kept: int = KEPT) -> None:
        """Forget the forms where they are more than `kept`."""
        if len(self) >= kept:
            self.clear()
            # No word, of which nothing is told, has the first number.
            self[""] = 0
            self._new = []


class Stretches(NamedTuple):
    """Where stretches begin and end in the long row."""

    starts: Ints
    ends: Ints

    def of(self, which: Ints) -> Stretches:
        """Give some of them."""
        return Stretches(self.starts[which], self.ends[which])


class Line(NamedTuple):
    """Sentences laid out one after the other: for each place the word and its class, and which row it is of.

    `starts` and `ends` are the first and the last place of each row.
    """

    words: Ints
    kinds: Ints
    rows: Ints
    starts: Ints
    ends: Ints


class Columns(NamedTuple):
    """Which columns of what is told of a form a line is laid out by, and what stands for its ends, marks and slots."""

    word: int
    kind: int
    hesitates: int
    start: int
    end: int
    mark: int
    slot: int


class Numbered:
    """Sentences with those beside them, as numbers; `own`, `before` and `after` tell where in the long row they are."""

    def __init__(self, settings: Sequence[Setting], forms: Forms) -> None:
        forms.make_room()
        self.settings = settings
        self.asks = np.array([setting.asks for setting in settings], np.bool_)
        numbers: list[int] = []
        breaks: list[bool] = []
        met: dict[int, tuple[int, int]] = {}

        def stretch(words: Sequence[Word]) -> tuple[int, int]:
            # The same words are one sentence's own and those beside another.
            found = met.get(id(words))
            if found is None:
                start = len(numbers)
                numbers.extend(map(forms.__getitem__, map(form_of, words)))
                breaks.extend(map(BREAK.__eq__, map(before_of, words)))
                found = met[id(words)] = start, len(numbers)
            return found

        own = [stretch(setting.words) for setting in settings]
        before = [stretch(setting.before) for setting in settings]
        after = [stretch(setting.after) for setting in settings]
        # The last is no word and in no stretch, so that there is always one.
        self.forms = np.array([*numbers, 0], np.int64)
        self.breaks = np.array([*breaks, False], np.bool_)
        self._told = forms.told
        self._columns: dict[int, Ints] = {}
        self.own = _stretches(own)
        starts, ends = _stretches(before)
        self.before = Stretches(np.maximum(starts, ends - BESIDE), ends)
        starts, ends = _stretches(after)
        self.after = Stretches(starts, np.minimum(ends, starts + BESIDE))

    def column(self, number: int) -> Ints:
        """Give one of the numbers that are told of a form, for each word of the long row."""
        found = self._columns.get(number)
        if found is None:
            found = self._columns[number] = self._told[self.forms, number].astype(np.int64)
        return found

    def places(self, stretches: Stretches) -> tuple[Ints, Ints]:
        """Give the places in the long row of all words of some stretches, and the number of the stretch each is of."""
        sizes = stretches.ends - stretches.starts
        rows = np.repeat(np.arange(len(sizes)), sizes)
        first = np.cumsum(sizes) - sizes
        return np.arange(len(rows)) + (stretches.starts - first)[rows], rows

    def line(self, stretches: Stretches, columns: Columns, slots: tuple[Ints, Ints] | None = None) -> Line:
        """Lay stretches out; `slots` are the words that become slots: their rows, and their indexes in the sentence.

        Slots that follow each other are one.
        """
        starts, ends = stretches
        sizes = 2 * (ends - starts) + 2
        last = np.cumsum(sizes) - 1
        first = last + 1 - sizes
        rows = np.repeat(np.arange(len(sizes)), sizes)
        # Before every word there is room for a mark, and there is for the ends.
        steps = np.arange(len(rows)) - first[rows]
        at = np.minimum(starts[rows] + (np.maximum(steps, 1) - 1) // 2, len(self.forms) - 1)
        is_word = steps % 2 == 0
        words = np.where(is_word, self.column(columns.word)[at], columns.mark)
        kinds = np.where(is_word, self.column(columns.kind)[at], columns.mark)
        kept = np.where(is_word, self.column(columns.hesitates)[at] == 0, self.breaks[at] & (steps > 1))
        for ends_of, name in (first, columns.start), (last, columns.end):
            words[ends_of] = kinds[ends_of] = name
            kept[ends_of] = True
        if slots is not None:
            cells = first[slots[0]] + 2 * slots[1] + 2
            words[cells] = kinds[cells] = columns.slot
            kept[cells] = True
        words, kinds, rows = words[kept], kinds[kept], rows[kept]
        if slots is not None:
            slot = words == columns.slot
            again = np.flatnonzero(slot[1:] & slot[:-1]) + 1
            if len(again):
                words, kinds, rows = (np.delete(each, again) for each in (words, kinds, rows))
        sizes = np.bincount(rows, minlength=len(starts))
        last = np.cumsum(sizes) - 1
        return Line(words, kinds, rows, last + 1 - sizes, last)


def _stretches(found: Sequence[tuple[int, int]]) -> Stretches:
    both = np.array(found, np.int64).reshape(-1, 2)
    return Stretches(both[:, 0], both[:, 1])


def flat(found: Sequence[Sequence[int]]) -> tuple[Ints, Ints]:
    """Give all numbers of several sequences, and which sequence each is of: first the latter."""
    rows = np.repeat(np.arange(len(found)), [len(each) for each in found])
    return rows, np.fromiter(chain.from_iterable(found), np.int64, len(rows))
