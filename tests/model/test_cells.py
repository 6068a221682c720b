"""Cells that no spreadsheet takes for a formula, and the text back from them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from koding.model.cells import guarded, unguarded

NASTY = st.text(st.sampled_from("'=+-@\t\ra1 \n"), max_size=8)


@pytest.mark.parametrize("text", ["=1+1", "+47 22 22", "-ja", "@A1", "\t=1", "\r=1", "'=1", "''@x"])
def test_what_a_spreadsheet_would_run_gets_an_apostrophe(text: str) -> None:
    assert guarded(text) == "'" + text


@pytest.mark.parametrize("text", ["", "ja = nei", "'sitat'", "1-2", "«+»", " =1"])
def test_other_text_stands_as_it_is(text: str) -> None:
    assert guarded(text) == text == unguarded(text)


@given(NASTY)
def test_no_guarded_cell_starts_a_formula_and_the_text_comes_back(text: str) -> None:
    assert guarded(text)[:1] not in {"=", "+", "-", "@", "\t", "\r"}
    assert unguarded(guarded(text)) == text
