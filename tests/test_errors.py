"""A fault is one line that a person can read, whatever it quotes."""

from __future__ import annotations

from koding.errors import KodingError


def test_a_fault_is_its_message_and_its_hint() -> None:
    assert str(KodingError("Det er to  mellomrom.", "Gjør noe:\n    - a\n    + b")) == (
        "Det er to  mellomrom. Gjør noe:\n    - a\n    + b"
    )
    assert str(KodingError("Bare dette.")) == "Bare dette."


def test_a_message_is_one_line_of_bounded_length() -> None:
    line = str(KodingError("a\r\nb\n" * 1000, "Gjør noe."))
    assert "\n" not in line
    assert "\r" not in line
    assert len(line) < 1100
    assert line.startswith("a b a b")
    assert line.endswith("… Gjør noe.")
