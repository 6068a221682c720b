"""Decoding: what the researcher typed is what the source stores, whichever program saved it."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from koding.errors import KodingError
from koding.readers.text import Decoded, read_text

SPEECH = "I: Hvorfor flyttet du?\nSamira: Fordi … «ingen» sa hei på øya. \U0001f642\n"
NORWEGIAN = "Intervjuer: Hvorfor reiste du fra Sundøy?\nJeg følte meg så ålene, ærlig talt.\n"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (SPEECH.encode(), "utf-8"),
        (codecs.BOM_UTF8 + SPEECH.encode(), "utf-8-sig"),
        (codecs.BOM_UTF16_LE + SPEECH.encode("utf-16-le"), "utf-16-le"),
        (codecs.BOM_UTF16_BE + SPEECH.encode("utf-16-be"), "utf-16-be"),
        (SPEECH.encode("utf-16-le"), "utf-16-le"),
        (SPEECH.encode("utf-16-be"), "utf-16-be"),
    ],
)
def test_unicode_is_read_with_and_without_its_mark(data: bytes, encoding: str) -> None:
    decoded = read_text(data)
    assert decoded.text == SPEECH
    assert decoded.encoding == encoding
    assert decoded.note == ""


def test_utf16_without_mark_is_told_from_other_scripts_too() -> None:
    text = "تامر: لماذا انتقلت إلى مدينة أخرى؟\n" * 20
    assert read_text(text.encode("utf-16-le")).text == text
    assert read_text(text.encode("utf-16-be")).text == text


def test_windows_1252_is_read_and_said() -> None:
    decoded = read_text(NORWEGIAN.encode("cp1252"), "int01.txt")
    assert decoded.text == NORWEGIAN
    assert decoded.encoding == "cp1252"
    assert "int01.txt" in decoded.note
    assert "Windows-1252" in decoded.note


def test_line_ends_become_line_feeds_and_nothing_else_changes() -> None:
    text = "  en\r\nto\rtre\n\r\n\ttegn: \u2028 \x0b \x85 \u00a0 e\u0301 \ufeff \r"
    assert read_text(text.encode()).text == "  en\nto\ntre\n\n\ttegn: \u2028 \x0b \x85 \u00a0 e\u0301 \ufeff \n"


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x01\x00",
        bytes(range(256)) * 4,
        b"tekst med \x00 midt i",
        b"\x01\x02\x03\x04\x05\x06" * 20,
        b"udefinert i 1252: \x81\x8d\x8f",
    ],
)
def test_what_is_no_text_is_refused_by_name(data: bytes) -> None:
    with pytest.raises(KodingError) as caught:
        read_text(data, "opptak.bin")
    assert "opptak.bin" in caught.value.message
    assert "\n" not in str(caught.value)
    assert caught.value.hint


def test_damaged_utf8_is_refused_with_its_line_instead_of_becoming_gibberish() -> None:
    data = "første linje\nandre på øya\n".encode() + b"tredje \xc3(\n" + "fjerde, også ærlig\n".encode()
    with pytest.raises(KodingError, match="line 3"):
        read_text(data)


@pytest.mark.parametrize("data", [codecs.BOM_UTF16_LE + b"a\x00b", codecs.BOM_UTF8 + b"linje\n\xe6"])
def test_a_mark_that_the_bytes_do_not_keep_is_refused(data: bytes) -> None:
    with pytest.raises(KodingError, match="marked as"):
        read_text(data)


ORDINARY = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\t"))


@given(ORDINARY)
@example("\ufefftekst")
def test_utf8_text_comes_back_as_it_was_written(text: str) -> None:
    expected = text.removeprefix("\ufeff")
    assert read_text(text.encode()).text == expected


@given(ORDINARY)
def test_utf16_with_a_mark_comes_back_as_it_was_written(text: str) -> None:
    assert read_text(codecs.BOM_UTF16_BE + text.encode("utf-16-be")).text == text


def outcome(data: bytes) -> Decoded | KodingError:
    try:
        return read_text(data, "fil")
    except KodingError as fault:
        return fault


@given(st.binary(max_size=400))
def test_any_bytes_are_text_or_a_clear_refusal(data: bytes) -> None:
    found = outcome(data)
    if isinstance(found, KodingError):
        assert "fil" in found.message
    else:
        assert "\0" not in found.text
        assert "\r" not in found.text
