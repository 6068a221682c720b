"""What holds of every coefficient, whatever the ratings are."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from koding.model.agreement import distance
from koding.model.agreement.alpha import alpha
from koding.model.agreement.coefficients import (
    bennett_s,
    cohen_kappa,
    fleiss_kappa,
    gwet_ac1,
    kappa_maximum,
    krippendorff_alpha,
    mean_over_pairs,
    percent_agreement,
    scott_pi,
    specific_agreement,
)
from koding.model.agreement.counts import Assignments, PairTable, pair_table, profiles_of
from koding.model.agreement.large_sample import ac1_standard_error, cohen_standard_error

CATEGORIES = ("a", "b", "c")


@st.composite
def ratings(draw, coders=None, missing=True):
    """Units rated by two to five coders (or so many), one value each; None where a coder gave none."""
    number = coders or draw(st.integers(2, 5))
    value = st.sampled_from((*CATEGORIES, None) if missing else CATEGORIES)
    return draw(st.lists(st.tuples(*[value] * number), min_size=1, max_size=25))


def measured(units):
    """Every measure of `units`, by name."""
    sums = Assignments.of(profiles_of(units, CATEGORIES))
    tables = [pair_table(units, *pair, CATEGORIES) for pair in combinations(range(len(units[0])), 2)]
    return {
        "percent": percent_agreement(sums),
        **{f"specific {name}": specific_agreement(sums, place) for place, name in enumerate(CATEGORIES)},
        "cohen": mean_over_pairs(cohen_kappa, tables).value,
        "scott": mean_over_pairs(scott_pi, tables).value,
        "bennett": mean_over_pairs(bennett_s, tables).value,
        "fleiss": fleiss_kappa(sums).value,
        "ac1": gwet_ac1(sums).value,
        "alpha": krippendorff_alpha(sums).value,
    }


def same(found, wanted):
    return all((found[name] is None) == (wanted[name] is None) for name in wanted) and all(
        found[name] == pytest.approx(value, abs=1e-9) for name, value in wanted.items() if value is not None
    )


@given(ratings(), st.randoms(use_true_random=False))
def test_it_does_not_matter_which_coder_is_named_first(units, random):
    order = list(range(len(units[0])))
    random.shuffle(order)
    assert same(measured([tuple(unit[coder] for coder in order) for unit in units]), measured(units))


@given(ratings(), st.randoms(use_true_random=False))
def test_the_order_of_units_does_not_matter_to_the_last_bit(units, random):
    shuffled = random.sample(units, len(units))
    assert measured(shuffled) == measured(units)


@given(ratings(), st.permutations(CATEGORIES))
def test_what_the_categories_are_called_does_not_matter(units, names):
    renamed = dict(zip(CATEGORIES, names, strict=True)) | {None: None}
    found = measured([tuple(renamed[value] for value in unit) for unit in units])
    wanted = measured(units)
    for name in CATEGORIES:
        assert found.pop(f"specific {renamed[name]}") == wanted.pop(f"specific {name}")
    assert same(found, wanted)


@given(ratings())
def test_every_measure_keeps_its_range(units):
    # Units rated once count in what Fleiss' kappa expects and not in what it observes, which leaves it no lower bound.
    no_least = {"fleiss"} if any(None in unit for unit in units) else set()
    for name, value in measured(units).items():
        least = 0 if name == "percent" or name.startswith("specific") else -1
        assert value is None or value <= 1 + 1e-9
        assert value is None or name in no_least or value >= least - 1e-9


@given(ratings(missing=False, coders=1), st.integers(2, 5))
def test_coders_who_agree_throughout_get_one_or_nothing(units, coders):
    found = measured([unit * coders for unit in units])
    used = {value for (value,) in units}
    assert found["percent"] == 1
    for name in CATEGORIES:
        assert found[f"specific {name}"] == (1 if name in used else None)
    for name in ("cohen", "scott", "fleiss", "ac1", "alpha"):
        assert found[name] == (1 if len(used) > 1 else None)


@given(ratings(missing=False, coders=2))
def test_for_two_coders_fleiss_is_scotts_pi_and_alpha_its_small_sample_form(units):
    found = measured(units)
    assert (found["fleiss"] is None) == (found["scott"] is None) == (found["alpha"] is None)
    if found["scott"] is not None:
        assert found["fleiss"] == pytest.approx(found["scott"])
        values = 2 * len(units)
        assert found["alpha"] == pytest.approx(1 - (1 - found["scott"]) * (values - 1) / values)


@given(ratings())
def test_the_two_ways_to_alpha_meet(units):
    by_sums = krippendorff_alpha(Assignments.of(profiles_of(units, CATEGORIES)))
    by_distance = alpha(units, distance.nominal)
    assert (by_sums.value is None) == (by_distance.value is None)
    if by_sums.value is not None:
        assert by_sums.value == pytest.approx(by_distance.value, abs=1e-9)
        assert by_sums.observed == pytest.approx(by_distance.observed, abs=1e-9)
        assert by_sums.expected == pytest.approx(by_distance.expected, abs=1e-9)


@given(st.integers(2, 5).flatmap(lambda number: st.tuples(ratings(coders=number), ratings(coders=number))))
def test_units_rated_once_or_never_are_no_matter_to_alpha(both):
    units, others = both
    alone = [(unit[0], *[None] * (len(unit) - 1)) for unit in others]
    assert measured(units + alone)["alpha"] == measured(units)["alpha"]
    assert measured(units + alone)["percent"] == measured(units)["percent"]


@given(ratings(coders=2, missing=False))
def test_kappa_never_passes_the_maximum_of_its_margins(units):
    table = pair_table(units, 0, 1, CATEGORIES)
    kappa = cohen_kappa(table).value
    assert (kappa is None) == (kappa_maximum(table) is None)
    assert kappa is None or kappa <= kappa_maximum(table) + 1e-9


def test_a_category_that_nobody_used_counts_for_ac1_and_not_for_the_others():
    units = [("a", "a"), ("a", "b"), ("b", "b"), ("b", "b")]
    two, three = (Assignments.of(profiles_of(units, CATEGORIES[:number])) for number in (2, 3))
    assert gwet_ac1(two).value < gwet_ac1(three).value
    assert fleiss_kappa(two) == fleiss_kappa(three)
    assert krippendorff_alpha(two) == krippendorff_alpha(three)


def test_nothing_rated_twice_defines_nothing():
    units = [("a", None), (None, "b"), (None, None)]
    assert set(measured(units).values()) == {None}
    assert set(measured([(None, None)]).values()) == {None}
    assert krippendorff_alpha(Assignments.of({})).value is None
    assert alpha([], distance.nominal).value is None
    assert cohen_standard_error(pair_table(units, 0, 1, CATEGORIES)) is None
    assert ac1_standard_error(profiles_of(units, CATEGORIES)) is None


def test_pairs_in_which_kappa_is_not_defined_are_left_out_and_counted():
    units = [("a", "a", "a"), ("a", "a", "b"), ("a", "a", "b")]
    tables = [pair_table(units, *pair, CATEGORIES) for pair in combinations(range(3), 2)]
    mean = mean_over_pairs(cohen_kappa, tables)
    assert (mean.pairs, mean.defined) == (3, 2)
    assert mean.value == 0


def test_positive_agreement_is_twice_both_over_all_that_either_gave():
    table = PairTable.binary(neither=100, second=3, first=5, both=6)
    units = [(row, column) for row in (0, 1) for column in (0, 1) for _ in range(table.cells[row][column])]
    sums = Assignments.of(profiles_of(units, (0, 1)))
    assert specific_agreement(sums, 1) == 2 * 6 / (2 * 6 + 3 + 5)


def test_a_value_outside_the_categories_is_an_error():
    with pytest.raises(KeyError):
        profiles_of([("a", "x")], CATEGORIES)
    with pytest.raises(KeyError):
        pair_table([("a", "x")], 0, 1, CATEGORIES)


sets = st.integers(0, 31)


@given(sets, sets, sets, st.sampled_from(list(distance.SET_DISTANCES.values())))
def test_set_distances_are_distances(one, other, third, named):
    apart = named.between
    assert apart(one, one) == 0
    assert apart(one, other) == apart(other, one)
    assert 0 <= apart(one, other) <= 1
    if one != other:
        assert apart(one, other) > 0
    if one and other and not one & other:
        assert apart(one, other) == 1
    if named.name == "jaccard":
        assert apart(one, third) <= apart(one, other) + apart(other, third) + 1e-12


def test_what_the_set_distances_say_of_text_one_coder_left_uncoded():
    found = {name: each.between(0, 0b101) for name, each in distance.SET_DISTANCES.items()}
    assert found == {"passonneau": pytest.approx(1 / 3), "jaccard": 1, "masi": 1}


def test_a_ratio_of_two_zeros_is_no_difference():
    assert distance.ratio(0, 0) == 0
    assert distance.ratio(0, 5) == 1
