"""What the signs around reasons weigh in a reading, summed for many reasons at once without spelling the signs out.

What the signs are, `signs` tells; here words are numbers (see `numbered`), and weights stand in tables made of the signs'
names. Weights are counted in thousandths, so that nothing hangs on the order in which they are added.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import Final, NamedTuple

import numpy as np

from koding.suggest.meaning import sign_groups as g
from koding.suggest.meaning import signs as s
from koding.suggest.meaning.names import COLUMNS, DEFINITE, MARK, OWN_WORD, SLOT, Names
from koding.suggest.meaning.numbered import Flags, Ints, Line, Numbered, Stretches, flat, is_first
from koding.suggest.meaning.runs import Runs, each_once, moved, sums
from koding.suggest.meaning.sign_groups import Groups

#: The zones that a word may stand in: their names, and with how far off it is for those that tell it.
_ZONES: Final = (
    *(("B",), ("b",)),
    *(("b", f"b{away}") for away in range(1, s.NEAR + 1)),
    ("m",),
    *(("a", f"a{away}") for away in range(1, s.NEAR + 1)),
    *(("a",), ("A",)),
)
_BEFORE, _MIDST, _AFTER, _BEYOND = 1, s.NEAR + 2, 2 * s.NEAR + 3, 2 * s.NEAR + 4
#: So far off a word is merely before the slot, or after it; the zone by how far, from so far before to so far after.
_FAR: Final = s.NEAR + 1
_BY_DISTANCE: Final = np.array(
    [_BEFORE, *range(_BEFORE + s.NEAR, _BEFORE, -1), _MIDST, *range(_MIDST + 1, _AFTER), _AFTER], np.int64
)
#: Telling words of a course.
_COURSE: Final = 3
#: Whose runs are weighed: those of the sentence itself and of those beside it.
_SIDES: Final = ("", s.BEFORE, s.AFTER)
_LENGTHS: Final = np.array(s.LENGTHS, np.int64)
_STEP: Final = re.compile(r"<[^>]+>|[^<>]+")
#: Where a reason stands: the number of its sentence, and the indexes of its words (ascending).
At = tuple[int, tuple[int, ...]]


class _Slots(NamedTuple):
    """The first and the last slot of each row of a line."""

    first: Ints
    last: Ints


class _Own(NamedTuple):
    """The rows of a line that are of the sentences themselves: as `Line`, the words and their classes apart."""

    words: Ints
    kinds: Ints
    rows: Ints
    starts: Ints
    ends: Ints


class Weighing:
    """Weighs the signs around reasons; `groups` has what each sign weighs, `names` the numbers of words.

    Words of the sentence before and of the next have numbers of their own, so that their runs are found with the
    others; these are larger by as many as there are, and by twice as many.
    """

    def __init__(self, names: Names, groups: Groups) -> None:
        whole = self._whole = groups.get(g.WHOLE, {})
        self._count = len(names.all) + 1
        found = {size: [groups.get(g.runs_of(size, side), {}) for side in _SIDES] for size in range(1, g.LONGEST + 1)}
        single = np.zeros(len(_SIDES) * self._count, np.int64)
        for side, weights in enumerate(found.pop(1)):
            for name, weight in weights.items():
                single[names.numbers[name] + side * self._count] = weight
        self._runs = {size: Runs(names.numbers, *weights, move=self._count) for size, weights in found.items()}
        #: What each word beside weighs, and then each run of two and of three.
        self._weights = np.concatenate([single, *(runs.weights for runs in self._runs.values())])
        self._apart = Runs(names.numbers, groups.get(g.APART, {}))
        self._none = [whole.get(f"{name} {s.NONE}", 0) for name in (s.BEFORE, s.AFTER)]
        self._zones = _zones(names, groups.get(g.WORDS, {}))
        self._ends_clause = names.flags(s.CLAUSE_ENDS) > 0
        self._course = _Course(names, groups.get(g.COURSE, {}))
        self._definite = np.array([whole.get(name, 0) for name in (s.INDEFINITE, s.DEFINITE)], np.int64)
        self._clauses = np.array(
            [
                [whole.get(s.clause_of_slot(opens=opens, closes=closes), 0) for closes in (False, True)]
                for opens in (False, True)
            ],
            np.int64,
        )
        self._sizes = np.array(
            [
                [self.of_signs(s.of_sentence(words, asks=asks)) for asks in (False, True)]
                for words in (*s.LENGTHS, s.MANY)
            ],
            np.int64,
        )
        own = groups.get(g.OWN, {})
        self._own = np.array([own.get(name, 0) for name in (*names.all, "")], np.int64)
        self._beside_own = Runs(names.numbers, {name: weight for name, weight in own.items() if " " in name})

    def of_signs(self, signs: Iterable[str]) -> int:
        """Give what signs without a place weigh, in thousandths."""
        return sum([self._whole.get(sign, 0) for sign in signs])

    def around(self, heard: Numbered, reasons: Sequence[At]) -> Ints:
        """Give what the signs around reasons weigh, in thousandths."""
        if not reasons:
            return np.zeros(0, np.int64)
        count = len(reasons)
        sentences = np.array([sentence for sentence, _at in reasons], np.int64)
        rows, indexes = flat([at for _sentence, at in reasons])
        # Reasons of a sentence mostly come one after the other, and share what is told of it and of those beside it.
        is_new = is_first(sentences)
        different, which = sentences[is_new], is_new.cumsum() - 1
        beside = [side.of(different) for side in (heard.before, heard.after)]
        there = [(side.ends > side.starts).nonzero()[0] for side in beside]
        said = heard.own.of(sentences), *(side.of(some) for side, some in zip(beside, there, strict=True))
        line = heard.line(Stretches(*map(np.concatenate, zip(*said, strict=True))), COLUMNS, (rows, indexes))
        own = _own(line, count)
        slots = _slots(own)
        weighed = self._of_runs(line, len(own.rows), (count, count + len(there[0])))
        starts, ends = heard.own.of(different)
        shared = self._sizes[_LENGTHS.searchsorted(ends - starts), heard.asks[different].astype(np.int64)]
        first = count
        for none, some in zip(self._none, there, strict=True):
            of_side = np.full(len(different), none)
            of_side[some] = weighed[first : first + len(some)]
            first += len(some)
            shared += of_side
        value: Ints = weighed[:count] + shared[which] + self._placed(own, slots) + self._course.sum(own, slots)
        words = heard.own.starts[sentences][rows] + indexes
        last = np.bincount(rows).cumsum() - 1
        value += self._definite[heard.column(DEFINITE)[words[last]]]
        value += self._of_own(heard.column(OWN_WORD)[words], rows, last, own, slots)
        return value

    def _of_runs(self, line: Line, own: int, before: tuple[int, int]) -> Ints:
        """Give what the runs in each row weigh; the first `own` places are of the sentences themselves.

        The rows of the sentences before are from the first of `before` on up to the second.
        """
        both, rows = line.both, line.rows
        count, size = len(line.starts), len(rows)
        other = line.words != line.kinds
        near = line.words != MARK
        after = line.starts[before[1]] if before[1] < count else size
        for first in (0, size):
            both[first + own : first + after] += self._count
            both[first + after : first + size] += 2 * self._count
        told = other[own:]
        found, which = [rows[own:], rows[own:][told]], [both[own:size], both[size + own :][told]]
        passed = len(_SIDES) * self._count
        for length, runs in self._runs.items():
            places, some = _of_both(runs, line, other, length)
            found.append(rows[places])
            which.append(some + passed)
            passed += len(runs)
        rows, kinds = np.concatenate(found), np.concatenate(which)
        weights = self._weights[kinds]
        # In the sentence before each counts once.
        once = (rows >= before[0]) & (rows < before[1]) & (weights != 0)
        weights[once] = 0
        value = sums(weights, rows, count)
        if once.any():
            rows, kinds = each_once(rows[once], kinds[once], len(self._weights))
            value += sums(self._weights[kinds], rows, count)
        places, some = _of_both(self._apart, line, other, g.LONGEST, 2)
        apart = near[places + 1]
        value += sums(self._apart.weights[some[apart]], line.rows[places[apart]], count)
        return value

    def _placed(self, line: _Own, slots: _Slots) -> Ints:
        """Give what the words weigh by where they stand, and the slot by its clause."""
        words, kinds, rows = line.words, line.kinds, line.rows
        count = len(rows)
        places = np.arange(count)
        ends_clause = self._ends_clause[words]
        left = np.maximum.accumulate(np.where(ends_clause, places, 0))[slots.first]
        right = np.minimum.accumulate(np.where(ends_clause, places, count)[::-1])[::-1][slots.last]
        # A word stands before the slot, after it or between two of its words: one of the distances is nothing.
        before, after = places - slots.first[rows], places - slots.last[rows]
        zones = _BY_DISTANCE[np.maximum(before, -_FAR).clip(max=0) + np.minimum(after, _FAR).clip(0) + _FAR]
        zones[places > right[rows]] = _BEYOND
        zones[places < left[rows]] = 0
        value = self._zones[zones, words]
        other = np.flatnonzero(kinds != words)
        value[other] += self._zones[zones[other], kinds[other]]
        clause = self._clauses[(left == line.starts).astype(np.int64), (right == line.ends).astype(np.int64)]
        total: Ints = np.add.reduceat(value, line.starts) + clause
        return total

    def _of_own(self, own: Ints, rows: Ints, last: Ints, line: _Own, slots: _Slots) -> Ints:
        """Give what the words of the reasons weigh themselves, and with what stands right beside them.

        `last` is where each reason's last word stands among them all.
        """
        value = sums(self._own[own], rows, len(line.starts))
        first = np.append(0, last[:-1] + 1)
        beside = (line.words[slots.first - 1], own[first]), (own[last], line.words[slots.last + 1])
        for pair in beside:
            places, runs = self._beside_own.find(*pair)
            value[places] += self._beside_own.weights[runs]
        return value


class _Course:
    """What the course of a sentence weighs: telling words that follow each other, and the slot, whatever is between."""

    def __init__(self, names: Names, weights: Mapping[str, int]) -> None:
        turning = [name for name in names.lined if s.turns(name)]
        numbers = {name: number for number, name in enumerate(turning)}
        self._number = np.array([numbers.get(name, -1) for name in names.lined], np.int64)
        self._slot = numbers[s.SLOT]
        courses = [(_STEP.findall(sign), weight) for sign, weight in weights.items()]
        three = [(parts, weight) for parts, weight in courses if len(parts) == _COURSE]
        self._three = Runs(
            numbers, {" ".join(parts): weight for parts, weight in three if numbers.keys() >= set(parts)}
        )
        self._then_slot = np.array([weights.get(s.then(name, s.SLOT), 0) for name in turning], np.int64)
        self._slot_then = np.array([weights.get(s.then(s.SLOT, name), 0) for name in turning], np.int64)

    def sum(self, line: _Own, slots: _Slots) -> Ints:
        """Give what the course of each row weighs."""
        kinds = self._number[line.kinds]
        course = np.flatnonzero(kinds >= 0)
        kinds, rows = kinds[course], line.rows[course]
        places, which = self._three.find(*moved(kinds, _COURSE))
        within = rows[places] == rows[places + _COURSE - 1]
        value = sums(self._three.weights[which[within]], rows[places[within]], len(line.starts))
        ahead = course < slots.last[rows]
        value += sums(self._then_slot[kinds[ahead]], rows[ahead], len(value))
        # A slot between two others is told once.
        behind = (course > slots.first[rows]) & ~(ahead & (kinds == self._slot))
        return value + sums(self._slot_then[kinds[behind]], rows[behind], len(value))


def _zones(names: Names, weights: Mapping[str, int]) -> Ints:
    """Give what each name weighs in each zone: by itself, and by the names of the zone; `weights` of signs of one word."""
    by_zone = {zone: np.zeros(len(names.lined), np.int64) for zone in ("", *chain.from_iterable(_ZONES))}
    for sign, weight in weights.items():
        zone, mark, name = sign.partition(":")
        if not mark or zone not in by_zone:
            zone, name = "", sign
        number = names.numbers[name]
        if SLOT < number < len(names.lined):
            by_zone[zone][number] = weight
    return np.array([sum((by_zone[zone] for zone in zones), by_zone[""]) for zones in _ZONES])


def _of_both(runs: Runs, line: Line, other: Flags, size: int, step: int = 1) -> tuple[Ints, Ints]:
    """Give where runs stand and which, of words, and of classes where not all are the words again.

    `other` tells where the class is another than the word; of a run's `size` words only each `step`th is looked at.
    """
    one, *further = moved(other, size)[::step]
    met = one.copy()
    for each in further:
        met |= each
    again = met.nonzero()[0]
    words, kinds = moved(line.words, size)[::step], moved(line.kinds, size)[::step]
    spoken = [np.concatenate([word, kind.take(again)]) for word, kind in zip(words, kinds, strict=True)]
    places, which = runs.find(*spoken)
    of_words = places.searchsorted(len(words[0]))
    places[of_words:] = again.take(places[of_words:] - len(words[0]))
    return places, which


def _own(line: Line, count: int) -> _Own:
    """Give the first rows of a line."""
    starts, ends = line.starts[:count], line.ends[:count]
    size = ends[-1] + 1
    return _Own(line.words[:size], line.kinds[:size], line.rows[:size], starts, ends)


def _slots(line: _Own) -> _Slots:
    places = (line.words == SLOT).nonzero()[0]
    first = is_first(line.rows[places]).nonzero()[0]
    return _Slots(places[first], places[np.append(first[1:], len(places)) - 1])


#: So many bits has the second of two weights that are one number.
_BITS: Final = 26


def packed(one: Groups, other: Groups) -> Groups:
    """Give the weights of two readings as one of numbers that are both, so that all is looked up once for the two.

    Sums of such numbers are sums of both. The first is so many bits up; no sum of the second takes as many.
    """
    found: dict[str, dict[str, int]] = {}
    for group in one.keys() | other.keys():
        signs = found[group] = {sign: weight << _BITS for sign, weight in one.get(group, {}).items()}
        for sign, weight in other.get(group, {}).items():
            signs[sign] = signs.get(sign, 0) + weight
    return found


def unpacked(values: Ints) -> tuple[Ints, Ints]:
    """Give both of the numbers that are one."""
    half = 1 << (_BITS - 1)
    others = ((values + half) & ((1 << _BITS) - 1)) - half
    return (values - others) >> _BITS, others
