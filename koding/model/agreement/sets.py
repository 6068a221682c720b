"""Alpha over all codes at once: what a coder gave a unit is one label, the set of the codes.

The label sets of a source are counted once. Expected disagreement is a sum over pairs of values, and so a sum over
pairs of sources: with that square worked out, a sample of interviews costs a few additions, not a new count.

Krippendorff, K. (2004). Content Analysis: An Introduction to Its Methodology, 2nd ed., ch. 11; with sets of labels as
in Passonneau, R. J. (2004). Computing reliability for coreference annotation. Proceedings of LREC 2004.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, combinations, pairwise
from math import fsum
from operator import mul

from koding.model.agreement.coefficients import UNDEFINED, Coefficient
from koding.model.agreement.distance import SetDistance
from koding.model.agreement.resampling import Interval, Resampling, intervals
from koding.model.agreement.units import Bits, Ratings, SourceRatings

#: A set of codes as the bits of an integer; 0 is the empty set.
CodeSet = int
#: One set a coder, None for a coder who did not go through the unit.
SetRating = tuple[CodeSet | None, ...]


@dataclass(frozen=True, slots=True)
class SetAgreement:
    """Krippendorff's alpha over sets of codes, under the distance it names.

    `observed` and `expected` are the disagreements Do and De; all three are None where alpha is not defined. `units`
    counts the units that two or more coders rated, `values` the sets given to them.
    """

    distance: SetDistance
    value: float | None
    observed: float | None
    expected: float | None
    units: int
    values: int
    interval: Interval | None


def set_agreement(ratings: Ratings, distance: SetDistance, resampling: Resampling | None = None) -> SetAgreement:
    """Compute alpha over sets of codes, with its interval from resampling the sources where that is asked for."""
    sources = [source_sets(source, ratings.codes) for source in ratings.sources]
    return agreement_of_sets(sources, distance, resampling)


def agreement_of_sets(
    sources: Sequence[Mapping[SetRating, int]], distance: SetDistance, resampling: Resampling | None = None
) -> SetAgreement:
    """Compute alpha of the ratings of each source, counted: how many units have these sets from these coders."""
    paired = [_paired(units) for units in sources]
    kept = [units for units in paired if units]
    sums = _SetSums(kept, distance.between)
    whole = sums.coefficient(range(len(kept)))
    interval = None
    if resampling is not None:
        interval = intervals(lambda drawn: (sums.coefficient(drawn).value,), len(kept), resampling)[0]
    return SetAgreement(
        distance=distance,
        value=whole.value,
        observed=whole.observed,
        expected=whole.expected,
        units=sum(units.total() for units in kept),
        values=sum(sums.values),
        interval=interval,
    )


def source_sets(source: SourceRatings, codes: Sequence[str]) -> Counter[SetRating]:
    """Count the units of a source by the sets the coders gave them; bit n of a set is the nth of `codes`."""
    here = 1 << len(codes)
    # Where a coder's set changes from one unit to the next; between two changes all units are alike.
    changes: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for coder, units in enumerate(source.rated):
        for place in _edges(units):
            changes[place].append((coder, here))
    for number, code in enumerate(codes):
        for coder, units in enumerate(source.marked.get(code, ())):
            for place in _edges(units):
                changes[place].append((coder, 1 << number))
    found: Counter[SetRating] = Counter()
    sets = [0] * len(source.rated)
    for place, following in pairwise(sorted(changes)):
        for coder, bit in changes[place]:
            sets[coder] ^= bit
        found[tuple([each ^ here if each & here else None for each in sets])] += following - place
    return found


def _edges(units: Bits) -> Iterator[int]:
    """Give the numbers of the units that differ from the one before (ahead of the first and after the last is none)."""
    changed = bin(units ^ (units << 1))[:1:-1]
    place = changed.find("1")
    while place >= 0:
        yield place
        place = changed.find("1", place + 1)


def _paired(units: Mapping[SetRating, int]) -> Counter[SetRating]:
    """Keep the units that two or more coders rated."""
    return Counter({sets: count for sets, count in units.items() if count and len(sets) - sets.count(None) > 1})


class _SetSums:
    """The sums over sources from which alpha of any sample of them follows.

    With v values in a sample and c(a, b) = 1 - distance, its expected disagreement is
    (v * v - sum of c over all pairs of values) / v(v - 1); the sum over pairs is kept for each pair of sources.
    """

    def __init__(
        self, sources: Sequence[Mapping[SetRating, int]], distance: Callable[[CodeSet, CodeSet], float]
    ) -> None:
        counts = [_set_counts(units) for units in sources]
        self.values = [count.total() for count in counts]
        self._disagreement = [_disagreement(units, distance) for units in sources]
        self._closeness = _closeness(counts, distance)
        # The one label of a source where all values are the same, None where they are not.
        self._only = [next(iter(count)) if len(count) == 1 else None for count in counts]

    def coefficient(self, drawn: Sequence[int]) -> Coefficient:
        """Compute alpha of the sources `drawn` (by index, some perhaps several times)."""
        times = Counter(drawn)
        values = sum(self.values[source] * count for source, count in times.items())
        labels = {self._only[source] for source in times}
        if None not in labels and len(labels) <= 1:
            return UNDEFINED
        weights = [times[source] for source in range(len(self.values))]
        alike = fsum(count * sum(map(mul, weights, self._closeness[source])) for source, count in sorted(times.items()))
        observed = fsum(self._disagreement[source] * count for source, count in sorted(times.items())) / values
        expected = (values * values - alike) / (values * (values - 1))
        return Coefficient(1 - observed / expected, observed, expected)


def _set_counts(units: Mapping[SetRating, int]) -> Counter[CodeSet]:
    counts: Counter[CodeSet] = Counter()
    for sets, count in units.items():
        for each in sets:
            if each is not None:
                counts[each] += count
    return counts


def _disagreement(units: Mapping[SetRating, int], distance: Callable[[CodeSet, CodeSet], float]) -> float:
    """Sum the distances within units, each unit's by one less than its values (the numerator of Do)."""
    parts = []
    for sets, count in units.items():
        values = [each for each in sets if each is not None]
        if values.count(values[0]) < len(values):
            apart = fsum(distance(one, other) for one, other in combinations(values, 2))
            parts.append(2 * count * apart / (len(values) - 1))
    return fsum(parts)


def _closeness(
    counts: Sequence[Mapping[CodeSet, int]], distance: Callable[[CodeSet, CodeSet], float]
) -> list[list[float]]:
    """Sum 1 - distance over the pairs of values of each pair of sources.

    Nonempty sets with no code in common are 1 apart and add nothing, so that only sets that share a code are looked at,
    and the empty set.
    """
    homes: dict[CodeSet, list[tuple[int, int]]] = defaultdict(list)
    for source, found in enumerate(counts):
        for label, count in found.items():
            homes[label].append((source, count))
    table = [[0.0] * len(counts) for _ in counts]
    for label, near in _near(sorted(homes)):
        reach = [0.0] * len(counts)
        for other in near:
            close = 1 - distance(label, other)
            if close:
                for source, count in homes[other]:
                    reach[source] += close * count
        for source, count in homes[label]:
            table[source] = [total + count * more for total, more in zip(table[source], reach, strict=True)]
    return table


def _near(labels: Sequence[CodeSet]) -> Iterator[tuple[CodeSet, Sequence[CodeSet]]]:
    """Give each label with those that share a code with it and the empty set, itself among them; in order."""
    sharing: dict[int, list[CodeSet]] = defaultdict(list)
    for label in labels:
        for bit in _bits(label):
            sharing[bit].append(label)
    empty = [label for label in labels if not label]
    for label in labels:
        yield label, sorted({*empty, *chain.from_iterable(sharing[bit] for bit in _bits(label))}) if label else labels


def _bits(label: CodeSet) -> Iterator[int]:
    while label:
        lowest = label & -label
        yield lowest
        label ^= lowest
