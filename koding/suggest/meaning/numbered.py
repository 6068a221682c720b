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

from koding.suggest.language.tokens import BREAK, Words
from koding.suggest.meaning.signs import BESIDE

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

#: Forms that are kept, and those that room is made for at first.
KEPT: Final = 100_000
_ROOM: Final = 1_024


class Forms(dict[str, int]):
    """The number of each form; of it `width` whole numbers are told, each in a column of `told`.

    `names` has the forms by number. The numbers hold until the `age` changes.
    """

    def __init__(self, tell: Callable[[str], Sequence[int]], width: int) -> None:
        super().__init__()
        self._tell = tell
        self._new: list[Sequence[int]] = []
        self._columns = np.zeros((width, _ROOM), np.int32)
        self.age = 0
        self.make_room(0)

    def __missing__(self, form: str) -> int:
        """Number a form that is new."""
        self._new.append(self._tell(form))
        number = self[form] = len(self)
        self.names.append(form)
        return number

    @property
    def told(self) -> npt.NDArray[np.int32]:
        """Give what is told of each form, by columns."""
        if self._new:
            first = len(self) - len(self._new)
            width, room = self._columns.shape
            if len(self) > room:
                columns = np.zeros((width, 2 * len(self)), np.int32)
                columns[:, :first] = self._columns[:, :first]
                self._columns = columns
            self._columns[:, first : len(self)] = np.array(self._new).T
            self._new = []
        return self._columns

    def make_room(self, kept: int = KEPT) -> None:
        """Forget the forms where they are more than `kept`."""
        if len(self) >= kept:
            self.clear()
            # No word, of which nothing is told, has the first number.
            self[""] = 0
            self.names = [""]
            self._new = []
            self.age += 1


class Stretches(NamedTuple):
    """Where stretches begin and end in the long row."""

    starts: Ints
    ends: Ints

    def of(self, which: Ints) -> Stretches:
        """Give some of them."""
        return Stretches(self.starts[which], self.ends[which])


class Line(NamedTuple):
    """Sentences laid out one after the other: for each place the word and its class, and which row it is of.

    The classes come after all words in `both`. `starts` and `ends` are the first and the last place of each row.
    """

    both: Ints
    rows: Ints
    starts: Ints
    ends: Ints

    @property
    def words(self) -> Ints:
        """Give the words."""
        return self.both[: len(self.rows)]

    @property
    def kinds(self) -> Ints:
        """Give their classes."""
        return self.both[len(self.rows) :]


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
    """Sentences with those beside them, as numbers; `own`, `before` and `after` tell where in the long row they are.

    `turns` have the words of each of their sentences, `which` tells the sentences by their turn and their number in it,
    `asks` whether they ask.
    """

    def __init__(
        self,
        turns: Sequence[Sequence[Words]],
        which: Sequence[tuple[int, int]],
        asks: Sequence[bool],
        forms: Forms,
    ) -> None:
        forms.make_room()
        self.asks = np.array(asks, np.bool_)
        # Each sentence stands in the long row once, be it one that is told of, or beside one, or both.
        sentences = list(chain.from_iterable(turns))
        sizes = np.fromiter(map(len, sentences), np.int64, len(sentences))
        ends = sizes.cumsum()
        count = int(ends[-1]) if sentences else 0
        # The last is no word and in no stretch, so that there is always one.
        self.forms = np.zeros(count + 1, np.int64)
        self.forms[:-1] = np.fromiter(
            map(forms.__getitem__, chain.from_iterable([words.forms for words in sentences])), np.int64, count
        )
        self.breaks = np.zeros(count + 1, np.bool_)
        self.breaks[:-1] = np.fromiter(
            map(BREAK.__eq__, chain.from_iterable([words.before for words in sentences])), np.bool_, count
        )
        self._told = forms.told
        self.names, self.age = forms.names, forms.age
        self._columns: dict[int, Ints] = {}
        lengths = np.fromiter(map(len, turns), np.int64, len(turns))
        turn, number = np.fromiter(chain.from_iterable(which), np.int64, 2 * len(which)).reshape(-1, 2).T
        there = Stretches(ends - sizes, ends)
        own = (lengths.cumsum() - lengths)[turn] + number
        self.own = there.of(own)
        last_of = np.append(0, ends)[np.append(0, lengths.cumsum())]
        #: All words of each turn.
        self.turns = Stretches(last_of[:-1], last_of[1:])
        first, last = number == 0, number + 1 == lengths[turn]
        before, after = there.of(own - ~first), there.of(own + ~last)
        self.before = Stretches(np.maximum(before.starts, before.ends - BESIDE), before.ends)
        self.after = Stretches(after.starts, np.minimum(after.ends, after.starts + BESIDE))
        # Beside the first sentence and the last of a turn there is nothing.
        self.before.starts[first] = before.ends[first]
        self.after.ends[last] = after.starts[last]

    def column(self, number: int) -> Ints:
        """Give one of the numbers that are told of a form, for each word of the long row."""
        found = self._columns.get(number)
        if found is None:
            found = self._columns[number] = self._told[number].take(self.forms).astype(np.int64)
        return found

    def together(self, number: int, stretches: Stretches) -> Ints:
        """Give the bits of one of the numbers that are told of a form, of all words of each of some stretches."""
        bounds = np.stack([stretches.starts, stretches.ends], 1).ravel()
        found: Ints = np.bitwise_or.reduceat(self.column(number), bounds)[::2]
        found[stretches.starts == stretches.ends] = 0
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
        at, rows = self.places(stretches)
        count, sizes = len(stretches.starts), stretches.ends - stretches.starts
        first = np.cumsum(sizes) - sizes
        kept = self.column(columns.hesitates)[at] == 0
        marks = self.breaks[at]
        marks[first[sizes > 0]] = False
        if slots is not None:
            cells = first[slots[0]] + slots[1]
            kept[cells] = True
        # A word takes a place if it is kept, and one for the mark before it; each row has two for its ends.
        taken = np.cumsum(np.add(kept, marks, dtype=np.int64))
        last = np.append(0, taken)[first + sizes] + 2 * np.arange(count) + 1
        lengths = np.diff(last, prepend=-1)
        starts = last + 1 - lengths
        taken += 2 * rows
        rows = np.repeat(np.arange(count), lengths)
        both = np.full(2 * len(rows), columns.mark)
        words, kinds = both[: len(rows)], both[len(rows) :]
        places, at = taken[kept], at[kept]
        words[places], kinds[places] = self.column(columns.word)[at], self.column(columns.kind)[at]
        for ends_of, name in (starts, columns.start), (last, columns.end):
            words[ends_of] = kinds[ends_of] = name
        if slots is None:
            return Line(both, rows, starts, last)
        places = taken[cells]
        words[places] = kinds[places] = columns.slot
        again = places[1:][places[1:] - places[:-1] == 1]
        if len(again):
            lengths -= np.bincount(rows[again], minlength=count)
            last = lengths.cumsum() - 1
            starts = last + 1 - lengths
            stays = np.ones(len(rows), np.bool_)
            stays[again] = False
            both = both.reshape(2, -1)[:, stays].ravel()
            rows = rows[stays]
        return Line(both, rows, starts, last)


def is_first(found: Ints) -> Flags:
    """Tell of each number whether it is another than the one before it."""
    told = np.ones(len(found), np.bool_)
    np.not_equal(found[1:], found[:-1], out=told[1:])
    return told


def flat(found: Sequence[Sequence[int]]) -> tuple[Ints, Ints]:
    """Give all numbers of several sequences, and which sequence each is of: first the latter."""
    rows = np.repeat(np.arange(len(found)), [len(each) for each in found])
    return rows, np.fromiter(chain.from_iterable(found), np.int64, len(rows))
