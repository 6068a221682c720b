"""How far apart two labels lie: the scales of measurement, and named distances between sets of codes.

A set of codes is given as the bits of an integer, one bit a code; 0 is the empty set, speech left uncoded.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import accumulate

from koding.i18n import N_


def nominal(one: object, other: object) -> float:
    """Give 0 for the same category and 1 for different ones."""
    return 0.0 if one == other else 1.0


def interval(one: float, other: float) -> float:
    """Give the squared difference of two values on an interval scale (Krippendorff 2004, ch. 11)."""
    return float((one - other) ** 2)


def ratio(one: float, other: float) -> float:
    """Give the squared relative difference of two values on a ratio scale (Krippendorff 2004, ch. 11)."""
    return ((one - other) / (one + other)) ** 2 if one != other else 0.0


def ordinal(counts: Mapping[float, int]) -> Callable[[float, float], float]:
    """Make the distance between ranks, which counts the values that lie between them (Krippendorff 2004, ch. 11).

    `counts` holds how often each value occurs among the pairable values of the data.
    """
    ranks = sorted(counts)
    below = [0, *accumulate(counts[rank] for rank in ranks)]

    def distance(one: float, other: float) -> float:
        low, high = min(one, other), max(one, other)
        between = below[bisect_right(ranks, high)] - below[bisect_left(ranks, low)]
        return float((between - (counts[low] + counts[high]) / 2) ** 2)

    return distance


@dataclass(frozen=True, slots=True)
class SetDistance:
    """A named distance between sets of codes, from 0 (the same) to 1; nonempty sets with no code in common are 1 apart.

    `name` is its key, `formula` the definition to be written beside every figure (English, to be translated where it
    is shown), `between` gives the distance of two sets, each the bits of an integer.
    """

    name: str
    formula: str
    between: Callable[[int, int], float]


def passonneau(one: int, other: int) -> float:
    """Give the distance by how two sets are related: same, one inside the other, overlapping, apart.

    The empty set is inside every set, so that text one coder left uncoded is 1/3 from anything another saw in it.

    Passonneau, R. J. (2004). Computing reliability for coreference annotation. Proceedings of LREC 2004.
    """
    if one == other:
        return 0.0
    shared = one & other
    if shared in (one, other):
        return 1 / 3
    return 2 / 3 if shared else 1.0


def jaccard(one: int, other: int) -> float:
    """Give the share of the codes of both sets that they do not have in common; two empty sets are the same.

    Jaccard, P. (1912). The distribution of the flora in the alpine zone. New Phytologist 11, 37-50.
    """
    if one == other:
        return 0.0
    return 1 - (one & other).bit_count() / (one | other).bit_count()


def masi(one: int, other: int) -> float:
    """Give 1 - J * M: Jaccard's similarity J times how the sets are related, M = 1, 2/3, 1/3 or 0.

    M is 1 for the same set, 2/3 for one inside the other, 1/3 for an overlap, 0 for nothing in common.

    Passonneau, R. J. (2006). Measuring agreement on set-valued items (MASI) for semantic and pragmatic annotation.
    Proceedings of LREC 2006.
    """
    return 1 - (1 - jaccard(one, other)) * (1 - passonneau(one, other))


SET_DISTANCES: Mapping[str, SetDistance] = {
    distance.name: distance
    for distance in (
        SetDistance(
            "passonneau",
            N_(
                "0 for the same set of codes, 1/3 where one set contains the other (the empty set is contained in "
                "every set), 2/3 where they overlap, 1 where they have nothing in common (Passonneau 2004)"
            ),
            passonneau,
        ),
        SetDistance(
            "jaccard",
            N_("1 - J, J being codes in common / codes in either set; 0 for two empty sets (Jaccard 1912)"),
            jaccard,
        ),
        SetDistance(
            "masi",
            N_(
                "1 - J * M, J being codes in common / codes in either set, M being 1 for the same set, 2/3 where one "
                "set contains the other, 1/3 where they overlap, 0 where they have nothing in common (MASI, "
                "Passonneau 2006)"
            ),
            masi,
        ),
    )
}
