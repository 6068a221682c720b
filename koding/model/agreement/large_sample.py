"""The published large-sample standard errors, which take every unit as an independent draw.

Units of one interview are not independent, so these are too small for interviews; they stand here to be compared with
other programs. `resampling` gives the intervals to report.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import fsum, sqrt

from koding.model.agreement.coefficients import cohen_kappa, gwet_ac1
from koding.model.agreement.counts import Assignments, PairTable, Profile


def cohen_standard_error(table: PairTable) -> float | None:
    """Give the standard error of Cohen's kappa over the units of `table`; None where kappa is not defined.

    Fleiss, J. L., Cohen, J., & Everitt, B. S. (1969). Large sample standard errors of kappa and weighted kappa.
    Psychological Bulletin 72, 323-327.
    """
    kappa = cohen_kappa(table)
    if kappa.value is None or kappa.observed is None or kappa.expected is None:
        return None
    disagreement, room = 1 - kappa.observed, 1 - kappa.expected
    spread = 0.0
    for row, cells in enumerate(table.cells):
        for column, cell in enumerate(cells):
            if row == column:
                weight = room - (table.rows[row] + table.columns[row]) / table.units * disagreement
            else:
                weight = (table.columns[row] + table.rows[column]) / table.units * disagreement
            spread += cell / table.units * weight**2
    centre = kappa.observed * kappa.expected - 2 * kappa.expected + kappa.observed
    return sqrt(max(0.0, spread - centre**2) / table.units) / room**2


def ac1_standard_error(profiles: Mapping[Profile, int]) -> float | None:
    """Give the standard error of Gwet's AC1 over the units of `profiles`; None where AC1 is not defined.

    Gwet, K. L. (2008). Computing inter-rater reliability and its variance in the presence of high agreement. British
    Journal of Mathematical and Statistical Psychology 61, 29-48; with missing ratings as in Gwet, K. L. (2014),
    Handbook of Inter-Rater Reliability, 4th ed.
    """
    sums = Assignments.of(profiles)
    ac1 = gwet_ac1(sums)
    if ac1.value is None or ac1.expected is None:
        return None
    room = 1 - ac1.expected
    others = len(sums.shares) - 1
    shares = [share / sums.rated for share in sums.shares]
    squares = []
    for profile, units in profiles.items():
        ratings = sum(profile)
        if not ratings:
            continue
        own = 0.0
        if ratings > 1:
            agreement = sum(count * (count - 1) for count in profile) / (ratings * (ratings - 1))
            own = sums.rated / sums.paired * (agreement - ac1.expected) / room
        chance = sum(count / ratings * (1 - share) for count, share in zip(profile, shares, strict=True)) / others
        linear = own - 2 * (1 - ac1.value) * (chance - ac1.expected) / room
        squares.append(units * (linear - ac1.value) ** 2)
    return sqrt(fsum(squares) / (sums.rated * (sums.rated - 1)))
