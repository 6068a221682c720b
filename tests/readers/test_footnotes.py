"""Footnotes: below the text, found again, and in nobody's turn."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from koding.readers.footnotes import notes_start, with_notes
from koding.readers.turns import recognise

LINE = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1, max_size=20).map(
    lambda text: f"a{text}"
)


@given(st.lists(LINE, min_size=1), st.lists(LINE, min_size=1, max_size=12))
def test_notes_are_found_where_they_were_put(lines: list[str], notes: list[str]) -> None:
    text = "\n".join(lines) + "[1]\n"
    whole = with_notes(text, notes)
    assert whole.startswith(text)
    assert whole[notes_start(whole) :].count("\n") == len(notes)


def test_no_turn_reaches_into_the_notes() -> None:
    text = with_notes("Int: Hvorfor?\nAmina: For fjorden[1].\n", ["Et fjell"])
    turn = recognise(text).turns[-1]
    assert text[turn.start : turn.end] == "For fjorden[1]."
    essay = with_notes("Kjære alle[1].\n", ["Et fjell"])
    assert [essay[turn.start : turn.end] for turn in recognise(essay).turns] == ["Kjære alle[1]."]


@pytest.mark.parametrize(
    "text",
    [
        "a[1]\n[1] ikke etter en tom linje",
        "ingen henvisning\n\n[1] note",
        "a[2]\n\n[2] begynner ikke på 1",
        "a[1]\n\n[1] note\n[3] hull",
        "a[1]\n\n[1] note\nmer tekst",
        "",
    ],
)
def test_lines_that_only_look_like_notes_are_text(text: str) -> None:
    assert notes_start(text) == len(text)
