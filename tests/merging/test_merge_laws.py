"""The laws of merging, over random histories of copies: nothing is lost, and the order does not matter."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.merging.histories import (
    STEPS,
    Copy,
    copy_of,
    disputed,
    events,
    journal_length,
    merged,
    sound,
)
from tests.studies import state_of

STEP_LISTS = st.lists(st.sampled_from(STEPS), max_size=6)
#: More histories than a run of all tests has time for: KODING_HISTORIES=200.
HISTORIES = int(os.environ.get("KODING_HISTORIES", "15"))
LAWS = settings(max_examples=HISTORIES, deadline=None, suppress_health_check=list(HealthCheck))


def apart(folder: Path, template: Path, data: st.DataObject, common: list[str], own: list[list[str]]) -> list[Path]:
    """Make a study with a common history and copies of it with histories of their own."""
    base = Path(shutil.copy(template, folder / "base.koding"))
    for name in common:
        Copy(base, data.draw).step(name)
    copies = [copy_of(base, f"copy{number}") for number in range(len(own))]
    for path, steps in zip(copies, own, strict=True):
        for name in steps:
            Copy(path, data.draw).step(name)
    return copies


@LAWS
@given(data=st.data(), common=STEP_LISTS, own=st.lists(STEP_LISTS, min_size=2, max_size=2))
def test_merging_either_way_gives_the_same_study(template, data, common, own) -> None:
    with tempfile.TemporaryDirectory() as place:
        a, b = apart(Path(place), template, data, common, own)
        ab, ba = copy_of(a, "ab"), copy_of(b, "ba")
        merged(ab, b)
        merged(ba, a)
        assert state_of(ab) == state_of(ba)
        assert disputed(ab) == disputed(ba)
        assert events(ab) == events(ba) == events(a) | events(b)
        assert sound(ab) == sound(ba) == []


@LAWS
@given(data=st.data(), common=STEP_LISTS, own=st.lists(STEP_LISTS, min_size=2, max_size=2))
def test_merging_again_changes_nothing_in_either_direction(template, data, common, own) -> None:
    with tempfile.TemporaryDirectory() as place:
        a, b = apart(Path(place), template, data, common, own)
        before = state_of(a)
        assert merged(a, copy_of(a, "same")).changes == 0
        assert state_of(a) == before
        first = merged(a, b)
        state, length = state_of(a), journal_length(a)
        again = merged(a, b)
        assert (again.changes, again.disputes) == (0, first.disputes)
        merged(b, a)
        assert state_of(b) == state
        assert merged(a, b).changes == 0
        assert (state_of(a), journal_length(a)) == (state, length)


@LAWS
@given(data=st.data(), common=STEP_LISTS, own=st.lists(STEP_LISTS, min_size=3, max_size=3))
def test_three_copies_merge_to_the_same_in_any_grouping(template, data, common, own) -> None:
    with tempfile.TemporaryDirectory() as place:
        a, b, c = apart(Path(place), template, data, common, own)
        left, right, at_once = copy_of(a, "left"), copy_of(a, "right"), copy_of(c, "once")
        merged(left, b)
        merged(left, c)
        bc = copy_of(b, "bc")
        merged(bc, c)
        merged(right, bc)
        merged(at_once, b, a)
        assert state_of(left) == state_of(right) == state_of(at_once)
        assert events(left) == events(right) == events(at_once)
        assert disputed(left) == disputed(right) == disputed(at_once)
        assert sound(left) == sound(right) == sound(at_once) == []


@LAWS
@given(data=st.data(), rounds=st.lists(st.tuples(STEP_LISTS, STEP_LISTS, st.booleans()), min_size=2, max_size=3))
def test_copies_that_meet_and_part_again_and_again_end_up_the_same(template, data, rounds) -> None:
    with tempfile.TemporaryDirectory() as place:
        a, b = apart(Path(place), template, data, [], [[], []])
        for left, right, both in rounds:
            for path, steps in ((a, left), (b, right)):
                for name in steps:
                    Copy(path, data.draw).step(name)
            merged(a, b)
            if both:
                merged(b, a)
                assert state_of(a) == state_of(b)
        merged(b, a)
        assert state_of(a) == state_of(b)
        assert disputed(a) == disputed(b)
        assert sound(a) == sound(b) == []
