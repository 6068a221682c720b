"""Alpha over all codes at once, and over interviews drawn again and again."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from koding.model.agreement.alpha import alpha
from koding.model.agreement.distance import SET_DISTANCES
from koding.model.agreement.resampling import Resampling
from koding.model.agreement.sets import agreement_of_sets, set_agreement, source_sets
from koding.model.agreement.units import SourceRatings, Speech, Uncoded, Unit, rate
from koding.model.coding import Coding

CODES = ("arbeid", "bolig", "skole")
named = st.sampled_from(list(SET_DISTANCES.values()))
unit_sets = st.tuples(*[st.one_of(st.none(), st.integers(0, 7))] * 3)
studies = st.lists(st.lists(unit_sets, max_size=8), min_size=1, max_size=5)


@given(studies, named)
def test_alpha_from_sums_over_sources_is_alpha_of_all_units(sources, distance):
    found = agreement_of_sets([Counter(units) for units in sources], distance)
    wanted = alpha([unit for units in sources for unit in units], distance.between)
    assert (found.value is None) == (wanted.value is None)
    if wanted.value is not None:
        assert found.value == pytest.approx(wanted.value, abs=1e-9)
        assert found.observed == pytest.approx(wanted.observed, abs=1e-9)
        assert found.expected == pytest.approx(wanted.expected, abs=1e-9)


@given(studies, named)
def test_it_does_not_matter_which_coder_is_named_first(sources, distance):
    found, turned = (
        agreement_of_sets([Counter(unit[::step] for unit in units) for units in sources], distance).value
        for step in (1, -1)
    )
    assert (found is None) == (turned is None)
    assert found is None or found == pytest.approx(turned, abs=1e-9)


@given(studies, named)
def test_coders_who_agree_throughout_get_one_or_nothing(sources, distance):
    alike = [Counter((unit[0],) * 3 for unit in units) for units in sources]
    used = {label for units in alike for (label, *_) in units if label is not None}
    value = agreement_of_sets(alike, distance).value
    assert value is None if len(used) < 2 else value == pytest.approx(1)


def bits(numbers):
    return sum(1 << number for number in numbers)


@st.composite
def rated_sources(draw):
    """The ratings of a source of up to 12 units by two coders, some units left unrated."""
    size = draw(st.integers(1, 12))
    units = st.sets(st.integers(0, size - 1)).map(bits)
    standing = draw(units)
    rated = tuple(draw(units) & standing for _ in range(2))
    marked = {code: tuple(draw(units) & coder for coder in rated) for code in draw(st.sets(st.sampled_from(CODES)))}
    return SourceRatings("s", size, standing, rated, marked)


@given(rated_sources())
def test_the_sets_of_a_source_are_those_of_its_units(source):
    seen = Counter()
    for unit in range(source.size):
        label = []
        for coder, rated in enumerate(source.rated):
            given_codes = [code in source.marked and source.marked[code][coder] >> unit & 1 for code in CODES]
            label.append(sum(1 << place for place, is_given in enumerate(given_codes) if is_given))
            if not rated >> unit & 1:
                label[-1] = None
        seen[tuple(label)] += 1
    del seen[None, None]
    found = source_sets(source, CODES)
    del found[None, None]
    assert found == seen


def example(uncoded=Uncoded.IN):
    text = [(0, 10), (10, 20), (20, 30), (30, 40)]
    codings = [
        Coding("1", "s", 0, 5, "arbeid", "Ada"),
        Coding("2", "s", 2, 9, "arbeid", "Bo"),
        Coding("3", "s", 2, 9, "bolig", "Bo"),
        Coding("4", "s", 12, 15, "skole", "Ada"),
        Coding("5", "s", 12, 15, "skole", "Bo"),
        Coding("6", "s", 22, 25, "skole", "Bo"),
    ]
    codes = {code: code for code in CODES}
    return rate(codings, [Speech("s", text)], coders=("Ada", "Bo"), codes=codes, unit=Unit.TURN, uncoded=uncoded)


def test_a_study_says_its_distance_its_units_and_its_values():
    masi = SET_DISTANCES["masi"]
    found = set_agreement(example(), masi)
    assert (found.distance.name, found.units, found.values) == ("masi", 4, 8)
    units = [(1, 3), (4, 4), (0, 4), (0, 0)]
    assert found.value == pytest.approx(alpha(units, masi.between).value)


def test_uncoded_speech_left_out_lowers_what_is_shared():
    jaccard = SET_DISTANCES["jaccard"]
    assert set_agreement(example(Uncoded.OUT), jaccard).units == 3
    assert set_agreement(example(Uncoded.OUT), jaccard).value < set_agreement(example(), jaccard).value


def test_one_source_gives_no_interval_and_no_source_gives_nothing():
    masi = SET_DISTANCES["masi"]
    assert set_agreement(example(), masi, Resampling()).interval is None
    nothing = agreement_of_sets([], masi, Resampling())
    assert (nothing.value, nothing.units, nothing.interval) == (None, 0, None)


@given(studies, named, st.integers(0, 2**32))
def test_leaving_out_a_source_is_the_study_without_it(sources, distance, seed):
    counted = [Counter(unit for unit in units if unit.count(None) < 2) for units in sources]
    counted = [units for units in counted if units]
    assume(len(counted) > 1)
    interval = agreement_of_sets(counted, distance, Resampling(resamples=5, seed=seed)).interval
    without = [agreement_of_sets(counted[:out] + counted[out + 1 :], distance).value for out in range(len(counted))]
    if interval is None:
        assert agreement_of_sets(counted, distance).value is None
    elif None in without:
        assert interval.jackknife_error is None
    else:
        mean = sum(without) / len(without)
        spread = sum((value - mean) ** 2 for value in without) * (len(without) - 1) / len(without)
        assert interval.jackknife_error == pytest.approx(spread**0.5, abs=1e-6)
