"""The coefficients of agreement for categories, each as its paper defines it.

With po the observed and pe the expected agreement they are (po - pe) / (1 - pe), or 1 - Do / De in disagreements. They
differ in what they expect of chance, and how they do is the reason to show them side by side.

Where every rating is of one category there is nothing that chance could have got wrong, and no coefficient is defined:
its value is None. AC1 too is then left undefined, although its formula gives 1 once a second category is assumed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import fsum

from koding.model.agreement.counts import Assignments, PairTable


@dataclass(frozen=True, slots=True)
class Coefficient:
    """A coefficient with what it weighs against each other.

    `observed` and `expected` are agreements; for the alphas they are disagreements (Do and De). None is not defined.
    """

    value: float | None
    observed: float | None
    expected: float | None


UNDEFINED = Coefficient(None, None, None)


@dataclass(frozen=True, slots=True)
class PairMean:
    """The mean of a two-coder coefficient over pairs of coders.

    `pairs` is the number of pairs, `defined` how many of them the mean is over (it leaves out those in which the
    coefficient is not defined). With one pair it is that pair's coefficient.
    """

    value: float | None
    pairs: int
    defined: int


def percent_agreement(assignments: Assignments) -> float | None:
    """Give the share of agreeing pairs of ratings (0 to 1), each unit with two or more ratings weighing the same."""
    return assignments.agreement / assignments.paired if assignments.paired else None


def specific_agreement(assignments: Assignments, category: int) -> float | None:
    """Give how often a rating of one category is met by the same from another coder (0 to 1).

    For one code and two coders this is positive agreement, 2a / (2a + b + c): uncoded text that all leave alone does
    not raise it. None where nobody used the category.

    Cicchetti, D. V., & Feinstein, A. R. (1990). High agreement but low kappa: II. Journal of Clinical Epidemiology 43,
    551-558. For several coders and missing ratings: Uebersax, J. S., Raw agreement indices,
    john-uebersax.com/stat/raw.htm.
    """
    chances = assignments.chances[category] if assignments.chances else 0
    return assignments.matches[category] / chances if chances else None


def cohen_kappa(table: PairTable) -> Coefficient:
    """Cohen's kappa: each coder's own use of the categories is what chance knows.

    Cohen, J. (1960). A coefficient of agreement for nominal scales. Educational and Psychological Measurement 20,
    37-46.
    """
    if not table.units:
        return UNDEFINED
    by_chance = sum(row * column for row, column in zip(table.rows, table.columns, strict=True))
    return _corrected(table.agreed / table.units, by_chance / table.units**2)


def kappa_maximum(table: PairTable) -> float | None:
    """Give the highest Cohen's kappa that the two coders' own marginal counts leave room for (Cohen 1960, p. 42)."""
    if not table.units:
        return None
    attainable = sum(min(row, column) for row, column in zip(table.rows, table.columns, strict=True)) / table.units
    return _corrected(attainable, cohen_kappa(table).expected).value


def scott_pi(table: PairTable) -> Coefficient:
    """Scott's pi: the two coders' use of the categories, taken together, is what chance knows.

    Scott, W. A. (1955). Reliability of content analysis: the case of nominal scale coding. Public Opinion Quarterly 19,
    321-325.
    """
    if not table.units:
        return UNDEFINED
    by_chance = sum((row + column) ** 2 for row, column in zip(table.rows, table.columns, strict=True))
    return _corrected(table.agreed / table.units, by_chance / (2 * table.units) ** 2)


def bennett_s(table: PairTable) -> Coefficient:
    """Bennett's S: chance takes every category of the table alike.

    Bennett, E. M., Alpert, R., & Goldstein, A. C. (1954). Communications through limited-response questioning. Public
    Opinion Quarterly 18, 303-308.
    """
    if not table.units:
        return UNDEFINED
    return _corrected(table.agreed / table.units, 1 / len(table.cells))


def fleiss_kappa(assignments: Assignments) -> Coefficient:
    """Fleiss' kappa for any number of coders.

    Units with different numbers of ratings are weighed as by Gwet; where all have the same it is Fleiss' own formula.

    Fleiss, J. L. (1971). Measuring nominal scale agreement among many raters. Psychological Bulletin 76, 378-382.
    Gwet, K. L. (2014). Handbook of Inter-Rater Reliability, 4th ed., ch. 2.
    """
    observed = percent_agreement(assignments)
    if observed is None:
        return UNDEFINED
    return _corrected(observed, sum((share / assignments.rated) ** 2 for share in assignments.shares))


def gwet_ac1(assignments: Assignments) -> Coefficient:
    """Gwet's AC1: chance agreement only where a unit is hard to classify; every category given counts, used or not.

    Gwet, K. L. (2008). Computing inter-rater reliability and its variance in the presence of high agreement. British
    Journal of Mathematical and Statistical Psychology 61, 29-48.
    """
    observed = percent_agreement(assignments)
    shares = [share / assignments.rated for share in assignments.shares if share]
    if observed is None or len(shares) < 2:  # noqa: PLR2004 - everything in one category
        return UNDEFINED
    return _corrected(observed, sum(share * (1 - share) for share in shares) / (len(assignments.shares) - 1))


def krippendorff_alpha(assignments: Assignments) -> Coefficient:
    """Krippendorff's alpha for nominal categories; units with fewer than two ratings are left out.

    Krippendorff, K. (2004). Content Analysis: An Introduction to Its Methodology, 2nd ed., ch. 11. Krippendorff, K.
    (2011). Computing Krippendorff's alpha-reliability.
    """
    values = sum(assignments.pairable)
    by_chance = values * (values - 1) - sum(count * (count - 1) for count in assignments.pairable)
    if not by_chance:
        return UNDEFINED
    observed = (values - assignments.coincidences) / values
    expected = by_chance / (values * (values - 1))
    return Coefficient(1 - observed / expected, observed, expected)


def mean_over_pairs(coefficient: Callable[[PairTable], Coefficient], tables: Iterable[PairTable]) -> PairMean:
    """Average a two-coder coefficient over the pairs of coders in which it is defined.

    For Cohen's kappa: Light, R. J. (1971). Measures of response agreement for qualitative data: some generalizations
    and alternatives. Psychological Bulletin 76, 365-377.
    """
    return mean_defined([coefficient(table).value for table in tables])


def mean_defined(values: Sequence[float | None]) -> PairMean:
    """Average the coefficients of pairs of coders, leaving out those that are not defined."""
    defined = [value for value in values if value is not None]
    return PairMean(fsum(defined) / len(defined) if defined else None, len(values), len(defined))


def _corrected(observed: float, expected: float | None) -> Coefficient:
    if expected is None or expected >= 1:
        return Coefficient(None, observed, expected)
    return Coefficient((observed - expected) / (1 - expected), observed, expected)
