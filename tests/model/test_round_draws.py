"""Samples are drawn by their seed alone, and a round knows what belongs to it."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from koding.model.agreement.units import Unit
from koding.model.rounds import Plan, Round, RoundMode, draw


@given(st.lists(st.integers(), unique=True), st.integers(0, 60), st.integers(0, 10**6))
def test_a_draw_is_a_part_of_the_population_in_its_order(population, count, seed):
    drawn = draw(population, count, seed)
    assert len(drawn) == min(count, len(population))
    assert drawn == [one for one in population if one in set(drawn)]
    assert drawn == draw(population, count, seed)


def test_a_draw_is_the_same_in_every_version():
    assert draw(list("abcdefghij"), 3, 7) == ["c", "d", "h"]


def test_everything_is_drawn_as_often():
    times = Counter(one for seed in range(4000) for one in draw(range(5), 2, seed))
    assert all(abs(times[one] / 4000 - 0.4) < 0.03 for one in range(5))


@pytest.mark.parametrize(
    ("source", "start", "end", "inside"),
    [("whole", 0, 5, True), ("part", 0, 10, False), ("part", 9, 11, True), ("part", 19, 25, True),
     ("part", 20, 25, False), ("other", 0, 5, False)],
)  # fmt: skip
def test_a_round_knows_what_belongs_to_it(source, start, end, inside):
    one = Round("g", "r", RoundMode.BLIND, Unit.TURN, 1, Plan(), parts={"whole": None, "part": ((10, 20),)})
    assert one.touches(source, start, end) is inside


def test_a_closed_round_hides_nothing():
    running = Round("g", "r", RoundMode.BLIND, Unit.TURN, None, Plan(), coders=("Kari",))
    assert running.hides
    assert not Round("g", "r", RoundMode.BLIND, Unit.TURN, None, Plan(), closed=True).hides
    assert not Round("g", "r", RoundMode.OPEN, Unit.TURN, None, Plan()).hides
    assert (running.has_coder("Kari"), running.has_coder("Ola")) == (True, False)
