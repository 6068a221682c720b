"""A study's agreement code by code, and its intervals from resampling the interviews."""

from __future__ import annotations

from itertools import combinations
from statistics import NormalDist, quantiles

import pytest
from hypothesis import given
from hypothesis import strategies as st

from koding.model.agreement.coefficients import cohen_kappa, mean_over_pairs
from koding.model.agreement.comparison import CodeAgreement, Measure, code_agreement
from koding.model.agreement.counts import PairTable
from koding.model.agreement.resampling import PackedCounts, Resampling, intervals, quantile
from koding.model.agreement.student import t_interval, t_quantile
from koding.model.agreement.units import Ratings, SourceRatings

CODERS = ("Ada", "Bo", "Cy")
CODES = ("arbeid", "bolig")
SIZE = 8


@st.composite
def sources(draw):
    """A source of eight units, gone through by some of the coders."""
    everything = (1 << SIZE) - 1
    rated = tuple(draw(st.sampled_from((0, everything, everything, everything))) for _ in CODERS)
    units = st.integers(0, everything)
    marked = {code: tuple(draw(units) & each for each in rated) for code in draw(st.sets(st.sampled_from(CODES)))}
    return SourceRatings(draw(st.uuids()).hex, SIZE, everything, rated, marked)


studies = st.lists(sources(), max_size=5).map(lambda found: Ratings(CODERS, CODES, tuple(found)))


def numbers(found: tuple[CodeAgreement, ...]):
    return [(each.code, each.units, each.given, each.values, each.pairs, each.cohen_pairs) for each in found]


@given(studies)
def test_the_order_of_the_interviews_does_not_matter(ratings):
    turned = Ratings(CODERS, CODES, ratings.sources[::-1])
    assert numbers(code_agreement(turned)) == numbers(code_agreement(ratings))


@given(studies, st.permutations(range(3)))
def test_the_order_of_the_coders_does_not_matter(ratings, order):
    def turned(bits):
        return tuple(bits[coder] for coder in order)

    sources = [
        SourceRatings(
            each.source, each.size, each.standing, turned(each.rated), {k: turned(v) for k, v in each.marked.items()}
        )
        for each in ratings.sources
    ]
    found = code_agreement(Ratings(turned(CODERS), CODES, tuple(sources)))
    for one, other in zip(found, code_agreement(ratings), strict=True):
        assert one.units == other.units
        assert one.given == turned(other.given)
        for measure in Measure:
            assert one.values[measure] == pytest.approx(other.values[measure], abs=1e-12)


@given(studies)
def test_sources_that_one_coder_alone_went_through_are_left_out(ratings):
    shared = [each for each in ratings.sources if sum(map(bool, each.rated)) > 1]
    assert numbers(code_agreement(ratings)) == numbers(code_agreement(Ratings(CODERS, CODES, tuple(shared))))
    assert all(each.units == SIZE * len(shared) for each in code_agreement(ratings))


@given(studies)
def test_kappa_of_three_is_the_mean_over_their_pairs(ratings):
    for found in code_agreement(ratings):
        tables = []
        for pair in combinations(range(3), 2):
            cells = [source.pair_counts(found.code, *pair) for source in ratings.sources]
            tables.append(
                PairTable.binary(*(sum(column) for column in zip(*cells, strict=True)) if cells else (0,) * 4)
            )
        wanted = mean_over_pairs(cohen_kappa, tables)
        assert (found.values[Measure.COHEN], found.pairs, found.cohen_pairs) == (wanted.value, 3, wanted.defined)


@given(studies, st.integers(0, 2**32))
def test_a_bootstrap_is_the_study_counted_anew_on_the_interviews_drawn(ratings, seed):
    shared = tuple(each for each in ratings.sources if sum(map(bool, each.rated)) > 1)
    plan = Resampling(resamples=15, seed=seed)
    found = code_agreement(ratings, plan, tuple(Measure))
    if len(shared) < 2:
        assert all(interval is None for each in found for interval in each.intervals.values())
        return
    anew = [
        code_agreement(Ratings(CODERS, CODES, tuple(shared[index] for index in drawn)))
        for drawn in plan.draws(len(shared))
    ]
    for place, each in enumerate(found):
        for measure in Measure:
            interval = each.intervals[measure]
            values = sorted(value for sample in anew if (value := sample[place].values[measure]) is not None)
            if each.values[measure] is None:
                assert interval is None
            else:
                assert (interval.defined, interval.resamples, interval.seed) == (len(values), 15, seed)
                assert interval.low == (pytest.approx(quantile(values, 0.025)) if values else None)
                assert interval.high == (pytest.approx(quantile(values, 0.975)) if values else None)


def interviews(*marks):
    """Two coders in interviews of eight units; for each the units they gave the code."""
    everything = (1 << SIZE) - 1
    sources = [
        SourceRatings(str(number), SIZE, everything, (everything, everything), {"arbeid": pair})
        for number, pair in enumerate(marks)
    ]
    return Ratings(("Ada", "Bo"), ("arbeid",), tuple(sources))


VARIED = interviews((0b1111, 0b0111), (0b1, 0b11), (0b110, 0b110), (0, 0b1000), (0b1010, 0b1010), (0b111, 0b1))


def interval_of(ratings, measure=Measure.ALPHA, **plan):
    return code_agreement(ratings, Resampling(**plan), (measure,))[0].intervals[measure]


def test_the_same_seed_gives_the_same_interval_and_another_seed_another():
    assert interval_of(VARIED, seed=1) == interval_of(VARIED, seed=1)
    one, other = interval_of(VARIED, seed=1), interval_of(VARIED, seed=2)
    assert (one.low, one.high) != (other.low, other.high)
    assert one.jackknife_error == other.jackknife_error


def test_the_draws_of_a_seed_never_change():
    # A stored seed must give the same interval in years to come; these are the first numbers of Python's generator.
    assert list(Resampling(resamples=2, seed=7).draws(4)) == [[1, 0, 2, 0], [2, 1, 0, 2]]


def test_an_interval_lies_around_its_coefficient_and_widens_with_its_level():
    value = code_agreement(VARIED)[0].values[Measure.ALPHA]
    narrow, wide = interval_of(VARIED, level=0.5), interval_of(VARIED, level=0.99)
    assert wide.low < narrow.low < value < narrow.high < wide.high
    assert wide.jackknife_low < narrow.jackknife_low < value < narrow.jackknife_high <= wide.jackknife_high
    assert (wide.sources, wide.level) == (6, 0.99)


def test_interviews_that_are_all_alike_leave_nothing_to_vary():
    alike = interval_of(interviews(*[(0b1110, 0b0110)] * 4), Measure.COHEN)
    value = code_agreement(interviews((0b1110, 0b0110)))[0].values[Measure.COHEN]
    assert alike.low == pytest.approx(value)
    assert alike.high == pytest.approx(value)
    assert alike.jackknife_error == pytest.approx(0)


def test_coders_who_agree_throughout_have_an_interval_of_nothing_but_one():
    agreed = interval_of(interviews(*[(0b1110, 0b1110)] * 3))
    assert (agreed.low, agreed.high) == (1, 1)
    assert (agreed.jackknife_error, agreed.jackknife_low, agreed.jackknife_high) == (0, 1, 1)


def test_a_code_that_one_interview_carries_alone_has_no_jackknife():
    alone = interval_of(interviews((0b111, 0b011), (0, 0), (0, 0), (0, 0)))
    assert alone.jackknife_error is None
    assert (alone.jackknife_low, alone.jackknife_high) == (None, None)
    assert 0 < alone.defined < alone.resamples


def test_intervals_are_made_for_the_measures_asked_for():
    found = code_agreement(VARIED, Resampling(resamples=10), (Measure.AC1, Measure.PERCENT))[0]
    assert set(found.intervals) == {Measure.PERCENT, Measure.AC1}
    assert code_agreement(VARIED)[0].intervals == {}
    assert set(found.values) == set(Measure)


def test_a_code_nobody_used_has_percent_agreement_and_nothing_else():
    found = code_agreement(interviews((0, 0), (0, 0)), Resampling(resamples=10))[0]
    assert found.values[Measure.PERCENT] == 1
    assert {value for measure, value in found.values.items() if measure is not Measure.PERCENT} == {None}
    assert found.intervals[Measure.ALPHA] is None
    assert (found.given, found.pairs, found.cohen_pairs, found.scott_pairs) == ((0, 0), 1, 0, 0)


def test_a_share_is_never_below_nothing_and_a_coefficient_never_above_one():
    apart = interval_of(interviews((0b1, 0b10), (0b1, 0b1), (0b11, 0b1100)), Measure.POSITIVE)
    assert apart.jackknife_low == 0
    assert apart.jackknife_high == 1


def test_one_coder_is_not_compared():
    with pytest.raises(ValueError, match="two coders"):
        code_agreement(Ratings(("Ada",), CODES, ()))


def test_the_jackknife_of_a_mean_is_its_standard_error():
    data = [3.0, 5.0, 4.0, 9.0, 1.0]
    (found,) = intervals(lambda drawn: [sum(data[index] for index in drawn) / len(drawn)], 5, Resampling(resamples=1))
    mean = sum(data) / 5
    assert found.jackknife_error == pytest.approx((sum((each - mean) ** 2 for each in data) / 4 / 5) ** 0.5)


def test_the_bootstrap_of_a_mean_nears_its_normal_interval():
    data = [float(number % 17) / 17 for number in range(200)]
    plan = Resampling(resamples=2000, seed=3)
    (found,) = intervals(lambda drawn: [sum(data[index] for index in drawn) / len(drawn)], 200, plan)
    mean = sum(data) / 200
    error = (sum((each - mean) ** 2 for each in data) / 200 / 200) ** 0.5
    reach = NormalDist().inv_cdf(0.975) * error
    assert found.low == pytest.approx(mean - reach, abs=error / 3)
    assert found.high == pytest.approx(mean + reach, abs=error / 3)


@given(st.lists(st.lists(st.integers(0, 2**80), min_size=3, max_size=3), min_size=1, max_size=6), st.data())
def test_packed_counts_add_up(rows, data):
    drawn = data.draw(st.lists(st.integers(0, len(rows) - 1), max_size=10))
    assert PackedCounts(rows, 3).total(drawn) == [sum(rows[index][place] for index in drawn) for place in range(3)]


@given(st.lists(st.floats(-1, 1), min_size=2, max_size=30).map(sorted))
def test_quantiles_are_those_of_the_statistics_module(ordered):
    found = [quantile(ordered, share / 20) for share in range(1, 20)]
    assert found == pytest.approx(quantiles(ordered, n=20, method="inclusive"), abs=1e-12)


@pytest.mark.parametrize(
    ("degrees", "printed"), [(1, 12.706), (2, 4.303), (3, 3.182), (5, 2.571), (10, 2.228), (29, 2.045), (120, 1.980)]
)
def test_student_t_is_that_of_the_tables(degrees, printed):
    assert t_quantile(0.95, degrees) == pytest.approx(printed, abs=0.0005)


def test_an_interval_ends_at_one():
    low, high = t_interval(0.9, 0.1, 10, 0.95)
    assert low == pytest.approx(0.9 - 0.2228, abs=1e-4)
    assert high == 1
