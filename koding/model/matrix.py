"""The theme matrix: which codes, told by which groups of informants, with their denominators.

A coding belongs to the informants whose turns its span covers, never to the file. Every count names its unit:

informants   informants who mention the code (n of N in the group), each once per code and once per family
segments     codings; one that covers turns of several informants counts once in each of their groups. Where several
             coders are taken together: passages, each a run of overlapping codings of one code
words        share of the group's words that codings of the code cover, per cent; overlaps counted once
rate         segments per 1,000 words of the group's speech
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum


class Measure(StrEnum):
    """What a cell of the matrix counts."""

    INFORMANTS = "informants"
    SEGMENTS = "segments"
    WORDS = "words"
    RATE = "rate"


@dataclass(frozen=True, slots=True)
class Ground:
    """The countable speech of one source.

    Parallel sequences, one item a turn in order: `starts` and `ends` in code points, `informants` the number of the
    informant who speaks it (an index into the study's informants) or -1 for speech that does not count, `words` how
    many words it holds.
    """

    starts: Sequence[int]
    ends: Sequence[int]
    informants: Sequence[int]
    words: Sequence[int]

    def speakers(self, start: int, end: int) -> tuple[int, ...]:
        """Give the informants whose speech shares a code point with [start, end), each once."""
        if not self.starts:
            return ()
        index = max(0, bisect_right(self.starts, start) - 1)
        following = index + 1
        if following == len(self.starts) or end <= self.starts[following]:
            # Nearly every coding lies in one turn: answered without a list.
            inside = self.starts[index] < end and start < self.ends[index] and self.informants[index] >= 0
            return (self.informants[index],) if inside else ()
        found: list[int] = []
        while index < len(self.starts) and self.starts[index] < end:
            informant = self.informants[index]
            if informant >= 0 and start < self.ends[index] and informant not in found:
                found.append(informant)
            index += 1
        return tuple(found)

    def parts(self, start: int, end: int) -> Iterator[tuple[int, int, int]]:
        """Give (informant, start, end) of the countable speech within [start, end)."""
        index = max(0, bisect_right(self.starts, start) - 1)
        while index < len(self.starts) and self.starts[index] < end:
            left, right = max(start, self.starts[index]), min(end, self.ends[index])
            if self.informants[index] >= 0 and left < right:
                yield self.informants[index], left, right
            index += 1


#: Facets as counts see them: (facet, value) pairs, sorted, so that equal facets are one key.
Facets = tuple[tuple[str, str], ...]

#: One coding as counts see it: source GUID, start, end, code key, facets.
Span = tuple[str, int, int, str, Facets]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: the values of the `by` dimensions ("" where unknown), N informants and their words."""

    values: tuple[str, ...]
    informants: int
    words: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """One code. `level` is "family" or "code", `depth` its place in the tree; a cell is None where it is suppressed."""

    code: str
    label: str
    level: str
    depth: int
    values: tuple[float | None, ...]
    total: float | None


@dataclass(frozen=True, slots=True)
class Matrix:
    """A theme matrix with its denominators. `people[row][column]` is how many informants stand behind a cell."""

    measure: Measure
    by: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    total: Column
    people: tuple[tuple[int, ...], ...]
    people_total: tuple[int, ...]
    pooled: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """What a matrix is asked: columns, measure, and which codings count.

    `by` names variables or facets; `facets` maps a facet to the values that count (all others are left out). `pooled`
    tells that several coders' codings are taken together: then segments are passages, so that what two coders have
    coded alike counts once (see `Tally`).
    """

    by: tuple[str, ...]
    measure: Measure = Measure.INFORMANTS
    facets: Mapping[str, frozenset[str]] = field(default_factory=dict)
    families_only: bool = False
    pooled: bool = False
