"""Packages made to swell: sizes, lists and texts that are used again and again are bounded before they fill memory."""

from __future__ import annotations

import io
import struct
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from koding.errors import KodingError
from koding.readers import surveys, workbooks
from koding.readers.documents import read_document
from koding.readers.docx import read_docx
from koding.readers.packages import kind_of_package
from tests.readers.test_docx import W, packed, page
from tests.readers.transcript_files import odt, workbook, zipped


def peak(path: Path, told: str) -> int:
    """Give the most memory, in bytes, that it took to refuse a file."""
    tracemalloc.start()
    with pytest.raises(KodingError, match=told):
        read_document(path)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most


@pytest.mark.parametrize("name", ["bombe.docx", "bombe.odt", "bombe.xlsx"])
def test_a_part_that_swells_is_refused_before_it_fills_memory(tmp_path: Path, name: str) -> None:
    blank = b" " * (64 << 20)
    parts: dict[str, dict[str, str | bytes]] = {
        "bombe.docx": {"word/document.xml": b"<a>" + blank + b"</a>"},
        "bombe.odt": {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": b"<a>" + blank + b"</a>"},
        "bombe.xlsx": {"xl/workbook.xml": b"<a>" + blank + b"</a>"},
    }
    path = tmp_path / name
    path.write_bytes(zipped(parts[name]))
    assert peak(path, "unpacks to far more than a document holds") < 16 << 20


def test_a_part_that_says_it_is_larger_than_any_document_is_not_opened(tmp_path: Path) -> None:
    data = bytearray(page("<w:p/>"))
    at = data.rfind(b"PK\x01\x02")
    struct.pack_into("<I", data, at + 24, 0xF0000000)
    path = tmp_path / "stor.docx"
    path.write_bytes(bytes(data))
    assert peak(path, "unpacks to far more than a document holds") < 4 << 20


def test_a_list_of_names_without_end_is_no_document(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("word/document.xml", f'<w:document xmlns:w="{W}"/>')
        for number in range(140):
            archive.writestr(f"{number:05}" + "x" * 65_000, b"")
    path = tmp_path / "liste.docx"
    path.write_bytes(stream.getvalue())
    assert kind_of_package(stream.getvalue()) == ""
    assert peak(path, "not a whole Word document") < 40 << 20


def test_a_footnote_that_is_cited_again_and_again_stands_once() -> None:
    reference = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    notes = (
        f'<w:footnotes xmlns:w="{W}"><w:footnote w:id="2"><w:p><w:r><w:t>{"lang " * 20_000}</w:t></w:r></w:p>'
        "</w:footnote></w:footnotes>"
    )
    body = f'<w:document xmlns:w="{W}"><w:body><w:p>{reference * 2000}</w:p></w:body></w:document>'
    found = read_docx(packed(body.encode(), **{"word/footnotes.xml": notes.encode()}))
    assert found.text.count("[1]") == 2001
    assert found.text.count("lang") == 20_000
    assert "1 footnote stands below the text." in found.notes


def test_a_text_that_all_cells_share_is_counted_as_often_as_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbooks, "_MOST_CHARACTERS", 1_000_000)
    path = tmp_path / "felles.xlsx"
    path.write_bytes(workbook(("Hva savner du?",), *(("Alt det vi hadde der hjemme. " * 40,) for _row in range(1000))))
    with pytest.raises(KodingError, match="far more cells than a survey"):
        read_document(path)


def test_a_question_is_not_set_before_answers_without_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(surveys, "_MOST_CHARACTERS", 1_000_000)
    question = "Hvorfor flyttet du? " * 500
    answers = "".join(f"Fordi nummer {number} var best for oss\n" for number in range(200))
    path = tmp_path / "svar.csv"
    path.write_text(f"{question}\n{answers}", encoding="utf-8")
    with pytest.raises(KodingError, match="far more text than a survey"):
        read_document(path)


def test_ordinary_packages_are_read_as_before(tmp_path: Path) -> None:
    for name, data in (
        ("a.docx", page("<w:p><w:r><w:t>Hei.</w:t></w:r></w:p>")),
        ("a.odt", odt("<text:p>Hei.</text:p>")),
    ):
        (tmp_path / name).write_bytes(data)
        assert read_document(tmp_path / name).text == "Hei.\n"
