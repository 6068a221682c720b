"""What agreement coefficients are computed from: contingency tables of two coders, counts of assignments of many.

Both are sums over units, so the counts of several interviews are added and resampling reads no rating twice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Self, TypeVar

#: How many coders put a unit in each category: a row of the table in Fleiss (1971).
Profile = tuple[int, ...]
Label = TypeVar("Label", bound=Hashable)


@dataclass(frozen=True, slots=True)
class PairTable:
    """The contingency table of two coders over the units that both rated.

    `cells[i][j]` is the number of units that the first coder put in category i and the second in category j; `rows` and
    `columns` are their marginal counts, `agreed` the units in the diagonal.
    """

    cells: tuple[tuple[int, ...], ...]
    rows: tuple[int, ...]
    columns: tuple[int, ...]
    agreed: int
    units: int

    @classmethod
    def of(cls, cells: Sequence[Sequence[int]]) -> Self:
        """Make the table of a square of counts."""
        rows = tuple(map(sum, cells))
        columns = tuple(map(sum, zip(*cells, strict=True)))
        agreed = sum(row[index] for index, row in enumerate(cells))
        return cls(tuple(map(tuple, cells)), rows, columns, agreed, sum(rows))

    @classmethod
    def binary(cls, neither: int, second: int, first: int, both: int) -> Self:
        """Make the table of one code: given by neither coder, by one of them alone, by both (counts of units)."""
        return cls(
            ((neither, second), (first, both)),
            (neither + second, first + both),
            (neither + first, second + both),
            neither + both,
            neither + second + first + both,
        )


@dataclass(frozen=True, slots=True)
class Assignments:
    """Sums over units of how their ratings fall into categories; any number of coders, missing ratings allowed.

    Let a unit have m ratings, n of them in a category. `rated` counts the units with m >= 1, `paired` those with
    m >= 2. Over the paired units: `agreement` sums the share of agreeing pairs, n(n - 1) / m(m - 1) over categories;
    `coincidences` sums n(n - 1) / (m - 1); and by category `pairable` sums n, `matches` n(n - 1), `chances` n(m - 1).
    Over the rated units `shares` sums n / m by category.
    """

    rated: int
    paired: int
    agreement: float
    coincidences: float
    shares: tuple[float, ...]
    pairable: tuple[int, ...]
    matches: tuple[int, ...]
    chances: tuple[int, ...]

    @classmethod
    def of(cls, profiles: Mapping[Profile, int]) -> Self:
        """Sum the units of each profile; all profiles are over the same categories in the same order."""
        width = len(next(iter(profiles), ()))
        rated = paired = 0
        agreement = coincidences = 0.0
        shares = [0.0] * width
        pairable, matches, chances = [0] * width, [0] * width, [0] * width
        # Sorted, so that the sums are the same to the last bit in whatever order sources and coders come.
        for profile, units in sorted(profiles.items()):
            ratings = sum(profile)
            if not units or not ratings:
                continue
            rated += units
            same = 0
            for category, count in enumerate(profile):
                if count:
                    shares[category] += units * count / ratings
                    same += count * (count - 1)
                    if ratings > 1:
                        pairable[category] += units * count
                        matches[category] += units * count * (count - 1)
                        chances[category] += units * count * (ratings - 1)
            if ratings > 1:
                paired += units
                agreement += units * same / (ratings * (ratings - 1))
                coincidences += units * same / (ratings - 1)
        return cls(
            rated, paired, agreement, coincidences, tuple(shares), tuple(pairable), tuple(matches), tuple(chances)
        )


def categories_of(units: Iterable[Sequence[Label | None]]) -> list[Label]:
    """Give the categories used in `units` (one value a coder, None where there is none), in the order they occur."""
    return list(dict.fromkeys(value for unit in units for value in unit if value is not None))


def profiles_of(units: Iterable[Sequence[Label | None]], categories: Sequence[Label]) -> Counter[Profile]:
    """Count the units (one value a coder, None where there is none) by how many coders chose each category.

    Raises KeyError where a value is not among `categories`.
    """
    place = {category: index for index, category in enumerate(categories)}
    profiles: Counter[Profile] = Counter()
    for unit in units:
        profile = [0] * len(categories)
        for value in unit:
            if value is not None:
                profile[place[value]] += 1
        profiles[tuple(profile)] += 1
    return profiles


def collapsed(profiles: Mapping[Profile, int], category: int) -> Counter[Profile]:
    """Give the profiles over two categories: the one at index `category`, and all the others together."""
    binary: Counter[Profile] = Counter()
    for profile, units in profiles.items():
        binary[profile[category], sum(profile) - profile[category]] += units
    return binary


def pair_table(
    units: Iterable[Sequence[Label | None]], first: int, second: int, categories: Sequence[Label]
) -> PairTable:
    """Make the contingency table of two coders, named by their places in the units, over the units both rated.

    Raises KeyError where a value is not among `categories`.
    """
    place = {category: index for index, category in enumerate(categories)}
    cells = [[0] * len(categories) for _ in categories]
    for unit in units:
        one, other = unit[first], unit[second]
        if one is not None and other is not None:
            cells[place[one]][place[other]] += 1
    return PairTable.of(cells)
