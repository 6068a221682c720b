"""Agreement on each code of a study: every coefficient, and its interval from resampling the interviews."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import chain, combinations

from koding.model.agreement.coefficients import (
    PairMean,
    cohen_kappa,
    fleiss_kappa,
    gwet_ac1,
    krippendorff_alpha,
    mean_over_pairs,
    percent_agreement,
    scott_pi,
    specific_agreement,
)
from koding.model.agreement.counts import Assignments, PairTable, Profile
from koding.model.agreement.resampling import Interval, PackedCounts, Resampling, intervals
from koding.model.agreement.units import Ratings, SourceRatings, check_coders


class Measure(StrEnum):
    """A measure of agreement on one code."""

    PERCENT = "percent"
    POSITIVE = "positive_agreement"
    COHEN = "cohen_kappa"
    SCOTT = "scott_pi"
    FLEISS = "fleiss_kappa"
    AC1 = "gwet_ac1"
    ALPHA = "krippendorff_alpha"


#: The place of "given the code" among the two categories of a code's units.
GIVEN = 1

_OVER_UNITS: Mapping[Measure, Callable[[Assignments], float | None]] = {
    Measure.PERCENT: percent_agreement,
    Measure.POSITIVE: lambda sums: specific_agreement(sums, GIVEN),
    Measure.FLEISS: lambda sums: fleiss_kappa(sums).value,
    Measure.AC1: lambda sums: gwet_ac1(sums).value,
    Measure.ALPHA: lambda sums: krippendorff_alpha(sums).value,
}
_OVER_PAIRS: Mapping[Measure, Callable[[Sequence[PairTable]], PairMean]] = {
    Measure.COHEN: lambda tables: mean_over_pairs(cohen_kappa, tables),
    Measure.SCOTT: lambda tables: mean_over_pairs(scott_pi, tables),
}
_LEAST = {measure: 0.0 if measure in (Measure.PERCENT, Measure.POSITIVE) else -1.0 for measure in Measure}


@dataclass(frozen=True, slots=True)
class CodeAgreement:
    """How far the coders agree on where one code stands.

    `units` counts the units that two or more coders rated; `given` those of them that each coder gave the code, in the
    order of the coders compared. `values` holds every measure (None is not defined). Cohen's kappa and Scott's pi are
    means over the `pairs` of coders; `cohen_pairs` and `scott_pairs` say in how many of them they are defined, the
    others being left out. `intervals` holds the measures asked for (None where there is no interval).
    """

    code: str
    units: int
    given: tuple[int, ...]
    values: Mapping[Measure, float | None]
    pairs: int
    cohen_pairs: int
    scott_pairs: int
    intervals: Mapping[Measure, Interval | None]


def code_agreement(
    ratings: Ratings, resampling: Resampling | None = None, measures: Collection[Measure] = (Measure.ALPHA,)
) -> tuple[CodeAgreement, ...]:
    """Compute every measure for each code of `ratings`, in their order.

    Sources that fewer than two of the coders went through are left out. With `resampling`, the `measures` named get
    intervals. Raises ValueError with fewer than two coders.
    """
    check_coders(ratings.coders)
    sources = [source for source in ratings.sources if _shared(source)]
    study = _StudyCounts(ratings, sources)
    whole = study.sample(range(len(sources)))
    asked = [measure for measure in Measure if measure in measures]
    made: list[Interval | None] = []
    if resampling is not None and asked:
        made = intervals(
            lambda drawn: [value for counts in study.sample(drawn) for value in counts.values(asked)],
            len(sources),
            resampling,
            [_LEAST[measure] for _ in ratings.codes for measure in asked],
        )
    found = []
    for number, (code, counts) in enumerate(zip(ratings.codes, whole, strict=True)):
        own = made[number * len(asked) : (number + 1) * len(asked)]
        cohen, scott = (_OVER_PAIRS[measure](counts.tables) for measure in (Measure.COHEN, Measure.SCOTT))
        marks = [source.marked[code] for source in sources if code in source.marked]
        found.append(
            CodeAgreement(
                code=code,
                units=counts.sums.paired,
                given=tuple(sum(bits[coder].bit_count() for bits in marks) for coder in range(len(ratings.coders))),
                values=dict(zip(Measure, counts.values(tuple(Measure)), strict=True)),
                pairs=cohen.pairs,
                cohen_pairs=cohen.defined,
                scott_pairs=scott.defined,
                intervals=dict(zip(asked, own, strict=True)) if own else {},
            )
        )
    return tuple(found)


def _shared(source: SourceRatings) -> bool:
    """Tell whether two coders or more went through a unit of the source."""
    return any(one & other for one, other in combinations(source.rated, 2))


class _CodeCounts:
    """The counts of one code in one sample of sources, and the measures that follow from them."""

    def __init__(self, profiles: Sequence[Profile], counts: Sequence[int]) -> None:
        """Take the units of each of `profiles`, followed by the four cells of each pair of coders."""
        self._profiles = profiles
        self._counts = counts

    @cached_property
    def sums(self) -> Assignments:
        """The counts over all coders."""
        return Assignments.of(dict(zip(self._profiles, self._counts, strict=False)))

    @cached_property
    def tables(self) -> list[PairTable]:
        """The counts of each pair of coders."""
        first = len(self._profiles)
        return [PairTable.binary(*self._counts[cell : cell + 4]) for cell in range(first, len(self._counts), 4)]

    def values(self, measures: Sequence[Measure]) -> list[float | None]:
        """Compute `measures`."""
        return [
            _OVER_PAIRS[measure](self.tables).value if measure in _OVER_PAIRS else _OVER_UNITS[measure](self.sums)
            for measure in measures
        ]


class _StudyCounts:
    """The counts of every code by source, packed so that those of any sample are one sum."""

    def __init__(self, ratings: Ratings, sources: Sequence[SourceRatings]) -> None:
        pairs = list(combinations(range(len(ratings.coders)), 2))
        rows: list[list[int]] = [[] for _ in sources]
        self._profiles: list[list[Profile]] = []
        self._widths: list[int] = []
        for code in ratings.codes:
            found = [source.profiles(code) for source in sources]
            profiles = sorted(set().union(*found))
            for row, source, counts in zip(rows, sources, found, strict=True):
                row.extend(counts[profile] for profile in profiles)
                row.extend(chain.from_iterable(source.pair_counts(code, *pair) for pair in pairs))
            self._profiles.append(profiles)
            self._widths.append(len(profiles) + 4 * len(pairs))
        self._packed = PackedCounts(rows, sum(self._widths))

    def sample(self, drawn: Sequence[int]) -> list[_CodeCounts]:
        """Give the counts of each code in the sources `drawn` (by index, some perhaps several times)."""
        totals = self._packed.total(drawn)
        made, start = [], 0
        for profiles, width in zip(self._profiles, self._widths, strict=True):
            made.append(_CodeCounts(profiles, totals[start : start + width]))
            start += width
        return made
