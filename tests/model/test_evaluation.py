"""Hits and faults of suggestions: units that carry a code, precision, recall and F1, and their intervals."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from koding.model.evaluation import Judged, Score, by_turn, carries, scores, total, wilson

CODES = ("arbeid", "ensomhet", "bolig")
code_sets = st.frozensets(st.sampled_from(CODES))


def judged(gold, said, *, left_out=(), turn=0, start=0, end=10):
    return Judged("s", turn, start, end, frozenset(gold), {"rules": frozenset(said)}, frozenset(left_out))


@pytest.mark.parametrize(
    ("hits", "count", "low", "high"),
    # Computed by hand from Wilson's formula; the middle one is in Newcombe (1998), table I.
    [(0, 10, 0.0, 0.2775), (15, 148, 0.0624, 0.1605), (10, 10, 0.7225, 1.0)],
)
def test_the_interval_is_wilsons(hits, count, low, high):
    assert wilson(hits, count) == pytest.approx((low, high), abs=5e-5)


def test_nothing_counted_has_no_interval():
    assert wilson(0, 0) is None


@given(st.integers(1, 400).flatmap(lambda count: st.tuples(st.integers(0, count), st.just(count))))
def test_the_interval_holds_the_share_and_narrows_with_more(counted):
    hits, count = counted
    low, high = wilson(hits, count)
    more_low, more_high = wilson(10 * hits, 10 * count)
    assert 0 <= low <= hits / count <= high <= 1
    assert more_high - more_low < high - low


@pytest.mark.parametrize(
    ("unit", "coding", "expected"),
    [
        ((0, 10), (0, 5), True),  # half of the sentence
        ((0, 10), (6, 9), True),  # all of the coding
        ((0, 10), (6, 12), True),  # most of the coding
        ((0, 10), (8, 30), False),  # a fringe of both
        ((0, 10), (10, 20), False),  # side by side
    ],
)
def test_a_sentence_carries_a_coding_by_half_of_either(unit, coding, expected):
    assert carries(*unit, *coding) is expected


def test_a_code_is_hit_falsely_said_or_missed():
    units = [judged({"arbeid"}, {"arbeid", "bolig"}), judged({"ensomhet"}, {"arbeid"})]
    found = scores(units, "rules", CODES)
    assert found == {"arbeid": Score(1, 1, 0), "ensomhet": Score(0, 0, 1), "bolig": Score(0, 1, 0)}
    assert total(found.values()) == Score(1, 2, 1)


def test_what_was_left_out_is_neither_right_nor_wrong():
    assert scores([judged((), {"arbeid"}, left_out={"arbeid"})], "rules", CODES)["arbeid"] == Score()


def test_a_turn_has_what_any_of_its_sentences_has():
    units = [judged({"arbeid"}, (), turn=4), judged((), {"arbeid"}, turn=4, start=10, end=20), judged((), (), turn=6)]
    turns = by_turn(units)
    assert [(turn.turn, turn.start, turn.end) for turn in turns] == [(4, 0, 20), (6, 0, 10)]
    assert scores(turns, "rules", CODES)["arbeid"] == Score(1, 0, 0)


def test_a_code_left_out_in_one_sentence_counts_where_another_of_the_turn_is_gold():
    units = [judged({"arbeid"}, (), turn=4), judged((), {"arbeid"}, left_out={"arbeid"}, turn=4, start=10, end=20)]
    assert by_turn(units)[0].left_out == frozenset()


@given(st.lists(st.tuples(code_sets, code_sets), max_size=30))
def test_counts_add_up_to_what_was_said_and_what_is_gold(pairs):
    micro = total(scores([judged(gold, said) for gold, said in pairs], "rules", CODES).values())
    assert micro.gold == sum(len(gold) for gold, _ in pairs)
    assert micro.suggested == sum(len(said) for _, said in pairs)
    if micro.precision and micro.recall:
        assert micro.f1 == pytest.approx(2 / (1 / micro.precision + 1 / micro.recall))


@given(st.lists(st.tuples(code_sets, code_sets), max_size=30))
def test_f1_is_the_positive_agreement_of_two_coders_whoever_is_gold(pairs):
    there = total(scores([judged(one, other) for one, other in pairs], "rules", CODES).values())
    back = total(scores([judged(other, one) for one, other in pairs], "rules", CODES).values())
    assert there.f1 == back.f1
