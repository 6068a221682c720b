"""Documents: the content decides what a file is, then its suffix."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

import docx
import pytest

from koding.errors import KodingError
from koding.readers.documents import read_document

TEXT = "I: Hvorfor?\nAmina: Fordi øya var liten.\n"


def word_file(text: str) -> bytes:
    document = docx.Document()
    for line in text.splitlines():
        document.add_paragraph(line)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "format_name", "encoding"),
    [
        ("int.txt", TEXT.encode(), "text", "utf-8"),
        ("INT.TXT", TEXT.encode("utf-16"), "text", "utf-16-le"),
        ("int.md", TEXT.encode("utf-8-sig"), "markdown", "utf-8-sig"),
        ("int.docx", word_file(TEXT), "docx", "utf-8"),
        ("int.txt", word_file(TEXT), "docx", "utf-8"),
        ("int.docx", TEXT.encode("utf-8-sig"), "text", "utf-8-sig"),
        ("uten_etternavn", TEXT.encode("utf-8-sig"), "text", "utf-8-sig"),
    ],
)
def test_a_file_is_read_as_what_it_is(tmp_path: Path, name: str, data: bytes, format_name: str, encoding: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    document = read_document(path)
    assert (document.text, document.format, document.encoding) == (TEXT, format_name, encoding)
    assert document.file_sha256 == hashlib.sha256(data).hexdigest()
    assert document.notes == ()


def test_what_the_researcher_should_know_is_noted(tmp_path: Path) -> None:
    path = tmp_path / "int.txt"
    path.write_bytes(TEXT.encode("cp1252"))
    assert "Windows-1252" in read_document(path).notes[0]


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("int.pdf", b"%PDF-1.7 ...", ".docx, .markdown, .md, .txt"),
        ("int.txt", b"%PDF-1.7 ...", ".docx"),
        ("int.csv", b"a,b", ".txt"),
        ("int.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....", "password"),
        ("int.docx", b"ikke en zip", "whole Word document"),
        ("tom.txt", b"", "no text"),
        ("blank.md", b" \n\n", "no text"),
        ("tom.docx", word_file(""), "no text"),
    ],
)
def test_other_files_are_refused_with_what_to_do(tmp_path: Path, name: str, data: bytes, told: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(KodingError) as caught:
        read_document(path)
    assert name in caught.value.message
    assert told in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("name", ["finnes_ikke.txt", "."])
def test_a_file_that_cannot_be_opened_is_named(tmp_path: Path, name: str) -> None:
    with pytest.raises(KodingError, match="cannot be read"):
        read_document(tmp_path / name)
