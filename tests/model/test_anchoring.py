"""Carrying spans to a changed text: only where what they cover stands unchanged."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from koding.model.anchoring import Alignment

OLD = "I: Hvorfor flyttet du?\n\nSamira: Telefonen ringte aldri.\nJeg satt og så på veggen.\n"
TEXTS = st.text(st.sampled_from("ab \n."), max_size=40)


def carried(old: str, new: str, words: str) -> str | None:
    start = old.index(words)
    place = Alignment(old, new).move(start, start + len(words))
    return None if place is None else new[slice(*place)]


@pytest.mark.parametrize(
    "new",
    [
        OLD,
        "Konstruert: Ja.\n\n" + OLD,
        OLD.replace("Hvorfor", "Fortell, hvorfor"),
        OLD.replace("Jeg satt og", "Så satt jeg der og"),
        OLD.replace("\nJeg", " Jeg"),
    ],
)
def test_a_span_follows_its_words(new: str) -> None:
    assert carried(OLD, new, "Telefonen ringte aldri.") == "Telefonen ringte aldri."


@pytest.mark.parametrize("new", ["", OLD.replace("ringte", "kimte"), OLD.replace("ringte ", "")])
def test_a_span_whose_words_changed_has_no_place(new: str) -> None:
    assert carried(OLD, new, "Telefonen ringte aldri.") is None


def test_a_span_beside_a_change_in_its_line_is_kept() -> None:
    assert carried(OLD, OLD.replace("Telefonen", "Mobilen"), "ringte aldri") == "ringte aldri"


def test_something_put_into_a_span_takes_its_place_away() -> None:
    assert carried(OLD, OLD.replace("ringte aldri", "ringte nesten aldri"), "Telefonen ringte aldri") is None


@given(TEXTS, TEXTS, st.data())
def test_what_is_carried_over_is_the_same_text_and_keeps_its_order(old: str, new: str, data: st.DataObject) -> None:
    alignment = Alignment(old, new)
    places = []
    for _number in range(4):
        start = data.draw(st.integers(0, max(0, len(old) - 1)))
        end = data.draw(st.integers(start + 1, max(start + 1, len(old))))
        place = alignment.move(start, min(end, len(old)))
        if start < len(old) and place is not None:
            assert new[slice(*place)] == old[start:end]
            places.append((start, place[0]))
    places.sort()
    assert [new_start for _old_start, new_start in places] == sorted(new_start for _old_start, new_start in places)


@given(TEXTS)
def test_an_unchanged_text_keeps_every_span(text: str) -> None:
    alignment = Alignment(text, text)
    assert all(alignment.move(start, start + 1) == (start, start + 1) for start in range(len(text)))


@given(TEXTS.filter(lambda text: text and not text.startswith("\n")))
def test_a_line_put_in_front_moves_everything_by_its_length(text: str) -> None:
    assert Alignment(text, "§§\n" + text).move(0, len(text)) == (3, 3 + len(text))


def test_a_long_interview_with_a_few_corrections_keeps_what_lies_between_them() -> None:
    old = "".join(f"R: Dette er setning nummer {number} i et langt intervju.\n\n" for number in range(4000))
    new = old.replace("nummer 17 ", "nummer sytten ").replace("nummer 3000 ", "nummer tre tusen ")
    alignment = Alignment(old, new)
    start = old.index("nummer 2000 ")
    assert alignment.move(start, start + 12) == (start + 4, start + 16)
