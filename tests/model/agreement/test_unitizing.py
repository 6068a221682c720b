"""Unitizing alpha: the same as its definition, and the same however the interviews lie."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from koding.model.agreement.resampling import Resampling
from koding.model.agreement.unitizing import Continuum, continua, united, unitizing_agreement, unitizing_alpha
from koding.model.agreement.units import Speech
from koding.model.coding import Coding

LENGTH = 30
spans = st.lists(st.tuples(st.integers(0, LENGTH - 1), st.integers(1, 9)), max_size=5).map(
    lambda drawn: united((start, min(start + length, LENGTH)) for start, length in drawn)
)


def sections(border, drawn):
    """What a coder's spans make of sources that end at each of `border`: (start, length, is a span)."""
    found, at = [], 0
    for start, end in sorted({*drawn, *((edge, edge) for edge in border)}):
        if at < start:
            found.append((at, start - at, False))
        if start < end:
            found.append((start, end - start, True))
        at = end
    return found


def by_definition(border, *coders):
    """Alpha as Krippendorff 2004 writes it, over every section of every coder."""
    length, number = border[-1], len(coders)
    cut = [sections(border, drawn) for drawn in coders]
    observed = 0
    for i, j in product(range(number), repeat=2):
        for (b_i, l_i, w_i), (b_j, l_j, w_j) in product(cut[i], cut[j]) if i != j else ():
            if w_i and w_j and -l_i < b_i - b_j < l_j:
                observed += (b_i - b_j) ** 2 + (b_i + l_i - b_j - l_j) ** 2
            elif w_i and not w_j and l_j - l_i >= b_i - b_j >= 0:
                observed += l_i**2
            elif w_j and not w_i and l_i - l_j >= b_j - b_i >= 0:
                observed += l_j**2
    observed /= number * (number - 1) * length**2
    every = [section for coder in cut for section in coder]
    spans_there = [l_g for _, l_g, w_g in every if w_g]
    if not spans_there:
        return None
    chance = sum(
        (len(spans_there) - 1) / 3 * (2 * l_g**3 - 3 * l_g**2 + l_g)
        + l_g**2 * sum(l_h - l_g + 1 for _, l_h, w_h in every if not w_h and l_h >= l_g)
        for l_g in spans_there
    )
    whole = number * length
    expected = 2 / length * chance / (whole * (whole - 1) - sum(l_g * (l_g - 1) for l_g in spans_there))
    return 1 - observed / expected if expected else None


def one_long(sources):
    """Two coders' spans in several sources of LENGTH, laid end to end."""
    return [
        [
            (start + LENGTH * number, end + LENGTH * number)
            for number, pair in enumerate(sources)
            for start, end in pair[coder]
        ]
        for coder in (0, 1)
    ]


def borders(sources):
    return [LENGTH * (number + 1) for number in range(len(sources))]


def study(sources, code="c"):
    return [Continuum(LENGTH, (True, True), {code: pair}) for pair in sources]


def overall(sources):
    return unitizing_agreement(study(sources), ["c"], 2).overall.value


whole = ((0, LENGTH),)
pairs = st.tuples(spans, spans)
several = st.lists(pairs, min_size=1, max_size=4)


@given(several)
def test_alpha_is_what_its_definition_says(sources):
    # Where every source is one span of both coders, neither drew a line and we say nothing.
    assume(any(pair != (whole, whole) for pair in sources))
    wanted = by_definition(borders(sources), *one_long(sources))
    found = overall(sources)
    assert (found is None) == (wanted is None)
    assert found is None or found == pytest.approx(wanted, abs=1e-9)


@given(pairs)
def test_it_does_not_matter_which_coder_is_named_first(pair):
    assert unitizing_alpha(LENGTH, *pair) == unitizing_alpha(LENGTH, *reversed(pair))


@given(several, st.randoms(use_true_random=False))
def test_it_does_not_matter_in_which_order_the_interviews_come(sources, random):
    assert overall(random.sample(sources, len(sources))) == overall(sources)


@given(spans)
def test_the_same_spans_give_one_or_nothing(drawn):
    found = unitizing_alpha(LENGTH, drawn, drawn).value
    assert found == (1 if drawn and drawn != whole else None)


def test_a_text_that_is_one_span_to_both_defines_nothing():
    assert overall([(whole, whole), (whole, whole)]) is None
    assert overall([(whole, whole), (whole, ())]) is not None


def test_spans_that_overlap_are_one_and_spans_that_touch_are_two():
    assert united([(5, 9), (0, 3), (2, 4), (4, 5)]) == ((0, 4), (4, 5), (5, 9))
    assert united([(0, 9), (2, 4)]) == ((0, 9),)


@given(several, st.integers(0, 2**32))
def test_intervals_come_from_the_sums_of_the_sources_drawn(sources, seed):
    plan = Resampling(resamples=20, seed=seed, level=0.9)
    interval = unitizing_agreement(study(sources), ["c"], 2, plan).overall.interval
    if len(sources) < 2 or overall(sources) is None:
        assert interval is None
        return
    values = [overall([sources[index] for index in drawn]) for drawn in plan.draws(len(sources))]
    defined = sorted(value for value in values if value is not None)
    assert interval.defined == len(defined)
    if defined:
        assert defined[0] - 1e-9 <= interval.low <= interval.high <= defined[-1] + 1e-9


def three_coders():
    first, second, third = ((2, 9), (15, 20)), ((3, 9),), ((2, 8), (14, 21))
    return [
        Continuum(LENGTH, (True, True, True), {"c": (first, second, third)}),
        Continuum(LENGTH, (True, True, False), {"c": (third, first, ())}),
    ]


def test_of_three_coders_each_pair_is_compared_on_what_both_read():
    found = unitizing_agreement(three_coders(), ["c"], 3).codes[0]
    one, other = three_coders()
    values = [
        overall([(source.spans["c"][first], source.spans["c"][second]) for source in read])
        for first, second, read in ((0, 1, (one, other)), (0, 2, (one,)), (1, 2, (one,)))
    ]
    assert (found.pairs, found.defined, found.spans) == (3, 3, (4, 3, 2))
    assert found.value == pytest.approx(sum(values) / 3)


def test_a_code_nobody_used_is_not_defined_and_takes_no_part_in_the_whole():
    used, unused, together = *unitizing_agreement(three_coders(), ["c", "d"], 3).codes, None
    together = unitizing_agreement(three_coders(), ["c", "d"], 3).overall
    assert (unused.value, unused.defined, unused.spans) == (None, 0, (0, 0, 0))
    assert together.value == used.value
    assert together.code is None


def test_nothing_read_by_two_defines_nothing():
    alone = [Continuum(LENGTH, (True, False), {"c": (whole, ())}), Continuum(0, (True, True), {})]
    found = unitizing_agreement(alone, ["c"], 2, Resampling())
    assert (found.overall.value, found.overall.interval, found.codes[0].value) == (None, None, None)
    with pytest.raises(ValueError, match="two coders"):
        unitizing_agreement(alone, ["c"], 1)


def test_the_continuum_is_counted_speech_alone():
    codings = [
        Coding("1", "s", 5, 25, "c", "Ada"),
        Coding("2", "s", 8, 12, "c", "Ada"),
        Coding("3", "s", 21, 24, "c", "Bo"),
        Coding("4", "s", 12, 18, "c", "Bo"),
    ]
    (found,) = continua(codings, [Speech("s", [(0, 10), (20, 30)])], coders=("Ada", "Bo"), codes={"c": "c"})
    assert found == Continuum(20, (True, True), {"c": (((5, 15),), ((11, 14),))})
