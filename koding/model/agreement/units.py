"""From codings to ratings: which coder gave which code to which unit of counted speech.

The ground is counted speech alone: a caller gives it as spans, one source at a time, and an interviewer's turn is in no
span. For each code every unit is then rated by every coder of the source, given the code or not.

turn, sentence   a unit is one of the spans; a coder gave it the code when a coding shares a code point with it
character        a unit is one code point of the spans (the time-level binary coding of Krippendorff 1995)

Krippendorff, K. (1995). On the reliability of unitizing continuous data. Sociological Methodology 25, 47-76.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import reduce
from itertools import accumulate, chain, pairwise
from operator import or_

from koding.model.agreement.counts import Profile
from koding.model.coding import Coding

#: Units of a source as the bits of an integer: bit n is set for unit n.
Bits = int
#: A half-open run [start, end) of units.
Run = tuple[int, int]


class Unit(StrEnum):
    """What is rated."""

    TURN = "turn"
    SENTENCE = "sentence"
    CHARACTER = "character"


class Uncoded(StrEnum):
    """Whether units that no coder gave any code stand among the ratings."""

    IN = "in"
    OUT = "out"


@dataclass(frozen=True, slots=True)
class Speech:
    """The counted speech of one source.

    `source` is its GUID. `spans` are half-open, in code points, in order and apart from each other: the turns or the
    sentences to be rated, or the stretches whose characters are. Empty spans are no units. `coders` are those who have
    gone through the source, whether or not they found anything in it; None means all coders compared. A coder who is
    not among them is missing in the source, and codings of theirs in it are left out.
    """

    source: str
    spans: Sequence[tuple[int, int]]
    coders: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class SourceRatings:
    """The ratings of one source, units as the bits of integers.

    `size` is the number of bits, `standing` the units that are rated. `rated` holds, for each coder, the units that
    coder went through; `marked`, for each code used in the source, the units each coder gave it. Both are within
    `standing`, `marked` within `rated`.
    """

    source: str
    size: int
    standing: Bits
    rated: tuple[Bits, ...]
    marked: Mapping[str, tuple[Bits, ...]]

    @property
    def units(self) -> int:
        """The number of units that stand."""
        return self.standing.bit_count()

    def profiles(self, code: str) -> Counter[Profile]:
        """Count the units by (coders who did not give the code, coders who did)."""
        unmarked = (0,) * len(self.rated)
        reached = {(0, 0): self.standing}
        for rated, marked in zip(self.rated, self.marked.get(code, unmarked), strict=True):
            further: dict[tuple[int, int], Bits] = defaultdict(int)
            for (without, given), units in reached.items():
                for profile, part in (
                    ((without, given), units & ~rated),
                    ((without + 1, given), units & rated & ~marked),
                    ((without, given + 1), units & marked),
                ):
                    if part:
                        further[profile] |= part
            reached = further
        return Counter({profile: units.bit_count() for profile, units in reached.items()})

    def pair_counts(self, code: str, first: int, second: int) -> tuple[int, int, int, int]:
        """Count the units both coders rated: code given by neither, the second alone, the first alone, both."""
        rated = self.rated[first] & self.rated[second]
        marks = self.marked.get(code)
        if marks is None:
            return rated.bit_count(), 0, 0, 0
        one, other = marks[first] & rated, marks[second] & rated
        both = (one & other).bit_count()
        either = (one | other).bit_count()
        return rated.bit_count() - either, either - one.bit_count(), either - other.bit_count(), both


@dataclass(frozen=True, slots=True)
class Ratings:
    """The ratings of a study: `sources` in order, with the coders and the codes compared."""

    coders: tuple[str, ...]
    codes: tuple[str, ...]
    sources: tuple[SourceRatings, ...]


class Ruler:
    """Places of a source's code points among its units: a span of text becomes a run of units."""

    def __init__(self, spans: Sequence[tuple[int, int]], unit: Unit) -> None:
        """Take the units' spans. Raises ValueError where they overlap or are out of order."""
        filled = [(start, end) for start, end in spans if start < end]
        if any(start < end for (_, end), (start, _) in pairwise(filled)):
            raise ValueError("the spans of units overlap or are out of order")
        self._starts = [start for start, _ in filled]
        self._ends = [end for _, end in filled]
        self._before = [0, *accumulate(end - start for start, end in filled)] if unit is Unit.CHARACTER else None
        self.size = len(filled) if self._before is None else self._before[-1]

    def run(self, start: int, end: int) -> Run:
        """Give the half-open run of units that the span [start, end) shares a code point with; it may be empty."""
        if start >= end:
            return 0, 0
        if self._before is None:
            return bisect_right(self._ends, start), bisect_left(self._starts, end)
        return self._place(start), self._place(end)

    def _place(self, position: int) -> int:
        """Give how many code points of the units lie before `position`."""
        assert self._before is not None
        index = bisect_right(self._starts, position) - 1
        return 0 if index < 0 else self._before[index] + min(position, self._ends[index]) - self._starts[index]


def rate(  # noqa: PLR0913 - what is compared, by whom, on what, and how
    codings: Iterable[Coding],
    ground: Iterable[Speech],
    *,
    coders: Sequence[str],
    codes: Mapping[str, str],
    unit: Unit,
    uncoded: Uncoded = Uncoded.IN,
) -> Ratings:
    """Make the ratings of `ground` by `coders` from their codings.

    `codes` maps the key of each code compared to the key it counts as: itself, or its family's. Codings of other codes,
    other coders and other sources are left out; which of the rest count (facets, round) is the caller's choice. With
    `uncoded` out, a unit stands only where at least one coder gave it at least one of the codes. Raises ValueError
    with fewer than two coders, or one named twice.
    """
    sources = []
    for placed in place(codings, ground, coders=coders, codes=codes, unit=unit):
        marked: dict[str, list[Bits]] = {}
        for code, coder, (start, end) in placed.runs:
            marks = marked.setdefault(code, [0] * len(coders))
            marks[coder] |= (1 << end) - (1 << start)
        sources.append(_source_ratings(placed, marked, uncoded))
    return Ratings(tuple(coders), tuple(dict.fromkeys(codes.values())), tuple(sources))


@dataclass(frozen=True, slots=True)
class PlacedCodings:
    """The codings of one source, placed among its units.

    `size` is the number of units, `present` tells for each coder whether they went through the source, and each of
    `runs` holds the key a coding counts as, the number of its coder and the half-open run of units it touches.
    """

    source: str
    size: int
    present: tuple[bool, ...]
    runs: tuple[tuple[str, int, Run], ...]


def place(
    codings: Iterable[Coding],
    ground: Iterable[Speech],
    *,
    coders: Sequence[str],
    codes: Mapping[str, str],
    unit: Unit,
) -> Iterator[PlacedCodings]:
    """Place codings among the units of each source of `ground`; the arguments and errors are those of `rate`."""
    check_coders(coders)
    numbers = {coder: number for number, coder in enumerate(coders)}
    by_source: dict[str, list[Coding]] = defaultdict(list)
    for coding in codings:
        if coding.coder in numbers and coding.code in codes:
            by_source[coding.source].append(coding)
    for speech in ground:
        ruler = Ruler(speech.spans, unit)
        present = tuple(speech.coders is None or coder in speech.coders for coder in coders)
        runs = []
        for coding in by_source[speech.source]:
            start, end = ruler.run(coding.start, coding.end)
            if start < end and present[numbers[coding.coder]]:
                runs.append((codes[coding.code], numbers[coding.coder], (start, end)))
        yield PlacedCodings(speech.source, ruler.size, present, tuple(runs))


def check_coders(coders: Sequence[str]) -> None:
    """Raise ValueError unless there are two coders or more, each named once."""
    if len(coders) < 2 or len(set(coders)) < len(coders):  # noqa: PLR2004 - one coder agrees with nobody
        raise ValueError("agreement is between two coders or more, each named once")


def _source_ratings(placed: PlacedCodings, marked: Mapping[str, Sequence[Bits]], uncoded: Uncoded) -> SourceRatings:
    standing = (1 << placed.size) - 1
    if uncoded is Uncoded.OUT:
        standing = reduce(or_, chain.from_iterable(marked.values()), 0)
    return SourceRatings(
        source=placed.source,
        size=placed.size,
        standing=standing,
        rated=tuple(standing if here else 0 for here in placed.present),
        marked={code: tuple(marks) for code, marks in sorted(marked.items())},
    )
