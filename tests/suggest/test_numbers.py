"""Rows of numbers as bytes: they come back as they were, each in as few bytes as it needs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from koding.suggest.language.numbers import bytes_of_rows, rows_of

ROWS = st.lists(st.lists(st.one_of(st.integers(0, 300), st.integers(0, 2**32 - 1)), max_size=20), max_size=5)


@given(ROWS, st.binary(max_size=20))
def test_rows_come_back_as_they_were_and_what_follows_is_found(rows: list[list[int]], rest: bytes) -> None:
    written = bytes_of_rows(*rows)
    found, end = rows_of(written + rest, len(rows))
    assert [list(row) for row in found] == rows
    assert end == len(written)


@pytest.mark.parametrize(("highest", "size"), [(0, 1), (255, 1), (256, 2), (65_535, 2), (65_536, 4), (2**32 - 1, 4)])
def test_a_row_takes_as_many_bytes_as_its_highest_number_needs(highest: int, size: int) -> None:
    assert len(bytes_of_rows([0, highest])) - len(bytes_of_rows([])) == 2 * size


@given(ROWS.filter(any), st.data())
def test_what_is_cut_off_is_a_fault(rows: list[list[int]], data: st.DataObject) -> None:
    written = bytes_of_rows(*rows)
    shorter = written[: data.draw(st.integers(0, len(written) - 1))]
    with pytest.raises(ValueError):  # noqa: PT011 - whatever it says, what is kept is made anew
        rows_of(shorter, len(rows))


@given(st.binary(max_size=40))
def test_nonsense_is_rows_or_a_fault(content: bytes) -> None:
    try:
        rows_of(content, 2)
    except ValueError:
        return
