"""PDF files: their text, and the page that every position is on."""

from __future__ import annotations

import zlib

import pytest

from koding.errors import KodingError
from koding.model.pages import page_at
from koding.readers.pdf import read_pdf
from koding.readers.turns import recognise
from tests.readers.transcript_files import pdf, pdf_of

PAGES = [["Int: Hvorfor dro du?", "Amina: Det var ingen jobb"], ["å få på øya.", "Int: Nei vel."], ["Amina: Nei."]]


def test_pages_are_remembered_and_turns_go_on_over_them() -> None:
    text = read_pdf(pdf(PAGES)).text
    assert [page_at(text, text.index(word)) for word in ("Hvorfor", "jobb", "få på", "Nei vel", "Amina: Nei")] == [
        1, 1, 2, 2, 3,
    ]  # fmt: skip
    assert [turn.speaker for turn in recognise(text).turns] == ["Int", "Amina", "Int", "Amina"]
    turn = recognise(text).turns[1]
    assert " ".join(text[turn.start : turn.end].split()) == "Det var ingen jobb å få på øya."


def test_a_text_without_pages_has_none() -> None:
    assert page_at("Amina: Nei.", 3) is None


def test_words_broken_at_the_end_of_a_line_are_joined() -> None:
    found = read_pdf(pdf([["Vi bodde i kom-", "munen, sa NAV-", "veilederen."]]))
    assert found.text == "Vi bodde i kommunen, sa NAV-veilederen."
    assert found.notes[-1] == "2 words broken at a line's end were joined."


def test_pages_without_text_are_named() -> None:
    found = read_pdf(pdf([["Forside"], [], ["Amina: Nei."]]))
    assert found.notes == ("3 pages; where each ends is kept.", "No text on page 2; it may be scanned.")
    assert page_at(found.text, found.text.index("Amina")) == 3


def test_a_scanned_file_is_refused_with_what_to_do() -> None:
    with pytest.raises(KodingError, match=r"pictures.*OCR"):
        read_pdf(pdf([[], []]), "skann.pdf")


def test_a_stream_that_unpacks_beyond_reason_is_refused() -> None:
    stream = zlib.compress(b"(a) Tj " * 4_000_000)
    contents = b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(stream), stream)
    with pytest.raises(KodingError, match="unpacks"):
        read_pdf(pdf_of([contents]), "bombe.pdf")


@pytest.mark.parametrize("data", [b"%PDF-1.7 ...", pdf(PAGES)[:40], b"%PDF-1.4\n" + b"x" * 1000])
def test_a_broken_file_is_one_clear_line(data: bytes) -> None:
    with pytest.raises(KodingError, match=r"int05\.pdf is not a whole PDF") as caught:
        read_pdf(data, "int05.pdf")
    assert "\n" not in str(caught.value)
