"""Runs of numbered words that weigh something, found in lines of them all at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, TypeVar

import numpy as np
import numpy.typing as npt

from koding.suggest.meaning.numbered import Ints, is_first

_Kind = TypeVar("_Kind", bound=np.generic)
#: A number larger than that of any word; three of them make a key.
_BASE: Final = 1 << 20
#: Slots for each run, about.
_ROOM: Final = 8
_SHIFT: Final = 47
#: Makes every word of a key tell in the bits from `_SHIFT` on: 64 bits over the golden ratio, as a signed number.
_SPREAD: Final = 0x9E37_79B9_7F4A_7C15 - (1 << 64)


class Runs:
    """Runs of words, all of one length, and what they weigh in thousandths; a run has its own number among them.

    `numbers` has the number of each word, `weights` the words of each run with spaces between. Where there are several
    `weights`, the words of each have numbers larger by `move` than those of the one before.
    """

    def __init__(self, numbers: Mapping[str, int], *weights: Mapping[str, int], move: int = 0) -> None:
        parts: list[Ints] = []
        for number, each in enumerate(weights):
            said = " ".join(each).split(" ") if each else []
            words = np.fromiter(map(numbers.__getitem__, said), np.int64, len(said)) + number * move
            parts.append(_keys(*words.reshape(len(each), -1).T) if each else words)
        keys = np.concatenate(parts)
        order = np.argsort(keys)
        self._keys = keys[order]
        self.weights = np.array([weight for each in weights for weight in each.values()], np.int64)[order]
        # Most runs of a text are none of these, and one look tells so; nearly all that are one stand where it points.
        self._slots = 1 << (_ROOM * len(self._keys) + 1).bit_length()
        self._number = np.full(self._slots, -1, np.int32)
        slots, which = self._slot(self._keys), np.arange(len(self._keys), dtype=np.int32)
        self._number[slots] = which
        # One of several with the same slot stands there; the others are looked for by their keys.
        self._others: Ints = np.flatnonzero(self._number[slots] != which)
        self._shares = np.zeros(len(self._keys), np.bool_)
        self._shares[self._number[slots[self._others]]] = True

    def __len__(self) -> int:
        return len(self._keys)

    def find(self, *words: Ints) -> tuple[Ints, Ints]:
        """Give where runs stand, and which; `words` are their first words, their second and so on, as far as they go."""
        keys = _keys(*words)
        numbers = self._number.take(self._slot(keys))
        places = (numbers >= 0).nonzero()[0]
        found, sought = numbers.take(places), keys.take(places)
        met = self._keys.take(found) == sought
        unmet = (self._shares.take(found) & ~met).nonzero()[0]
        if len(unmet):
            others = self._others
            found[unmet] = others[np.minimum(self._keys[others].searchsorted(sought[unmet]), len(others) - 1)]
            met[unmet] = self._keys[found[unmet]] == sought[unmet]
        return places[met], found[met]

    def _slot(self, keys: Ints) -> Ints:
        slots = keys * _SPREAD
        slots >>= _SHIFT
        slots &= self._slots - 1
        return slots


def _keys(*words: Ints) -> Ints:
    """Give one number for each run; `words` are the first words of all runs, the second words and so on."""
    keys = words[0]
    for following in words[1:]:
        keys = keys * _BASE + following
    return keys


def moved(line: npt.NDArray[_Kind], size: int) -> list[npt.NDArray[_Kind]]:
    """Give a line and what follows, so that the runs of some size stand at the same place of all."""
    return [line[move : len(line) - size + 1 + move] for move in range(size)]


def each_once(rows: Ints, which: Ints, runs: int) -> tuple[Ints, Ints]:
    """Give the rows and what was found in them, each of `runs` things once in a row."""
    # Sorting is ten times as fast as `np.unique`, which hashes.
    found = rows * runs + which
    found.sort()
    rows, which = np.divmod(found[is_first(found)], max(1, runs))
    return rows, which


def sums(weights: Ints, rows: Ints, count: int) -> Ints:
    """Give the sum of the weights of each row; floats count thousandths exactly."""
    return np.bincount(rows, weights=weights, minlength=count).astype(np.int64)
