"""Documents: the content decides what a file is, then its suffix."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

import docx
import pytest

from koding.errors import KodingError
from koding.readers.documents import OWN_TURNS, read_document
from koding.readers.turns import recognise
from tests.readers.transcript_files import FILES, SRT, VTT, WHISPER, zipped

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
        ("uten_etternavn", TEXT.encode(), "text", "utf-8"),
        ("int.trs", TEXT.encode(), "text", "utf-8"),
        ("int.csv", TEXT.encode(), "text", "utf-8"),
        *((f"int{ending}", TEXT.encode(), "text", "utf-8") for ending in (".docx", ".odt", ".rtf", ".pdf", ".xlsx")),
    ],
)
def test_a_file_is_read_as_what_it_is(tmp_path: Path, name: str, data: bytes, format_name: str, encoding: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    document = read_document(path)
    assert (document.text, document.format, document.encoding) == (TEXT, format_name, encoding)
    assert document.file_sha256 == hashlib.sha256(data).hexdigest()
    assert document.notes == ()


@pytest.mark.parametrize("name", FILES)
def test_every_kind_is_read_and_every_turn_is_a_span_of_its_text(tmp_path: Path, name: str) -> None:
    data, format_name = FILES[name]
    path = tmp_path / name
    path.write_bytes(data)
    document = read_document(path)
    assert document.format == format_name
    assert (document.turns is not None) == (format_name in OWN_TURNS - {"otranscribe"})
    end = 0
    for turn in document.turns or recognise(document.text).turns:
        assert end <= turn.mark <= turn.start < turn.end <= len(document.text)
        assert document.text[turn.mark : turn.start].endswith(": ") or "**" in document.text
        end = turn.end
    assert end


@pytest.mark.parametrize("name", sorted(set(FILES) - {"brev.txt", "notat.md", "svar.csv"}))
@pytest.mark.parametrize("wrong", ["uten_etternavn", "feil.txt", "feil.docx"])
def test_a_wrong_ending_does_not_hide_what_a_file_is(tmp_path: Path, name: str, wrong: str) -> None:
    data, format_name = FILES[name]
    path = tmp_path / wrong
    path.write_bytes(data)
    assert read_document(path).format == format_name


@pytest.mark.parametrize("text", ["[00:12] Int: Hei\nAmina: Hallo\n", "[ler] hei\n", '{"a": 1}\n', "{ler} hei\n"])
def test_text_that_begins_like_json_is_text(tmp_path: Path, text: str) -> None:
    path = tmp_path / "int.txt"
    path.write_text(text)
    document = read_document(path)
    assert (document.text, document.format) == (text, "text")


@pytest.mark.parametrize(("content", "format_name"), [(VTT, "vtt"), (SRT, "srt"), (WHISPER, "whisper")])
def test_structured_text_is_known_with_a_byte_order_mark(tmp_path: Path, content: str, format_name: str) -> None:
    for encoding in ("utf-8-sig", "utf-16"):
        path = tmp_path / f"{encoding}.txt"
        path.write_bytes(content.replace("\n", "\r\n").encode(encoding))
        assert read_document(path).format == format_name


def test_what_the_researcher_should_know_is_noted(tmp_path: Path) -> None:
    path = tmp_path / "int.txt"
    path.write_bytes(TEXT.encode("cp1252"))
    assert "Windows-1252" in read_document(path).notes[0]


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("int.mp3", b"ID3\x03", ".docx, .htm, .html, .json, .markdown, .md, .odt, .otr, .pdf"),
        ("arkiv.zip", zipped({"a.txt": "x"}), ".txt"),
        ("int.pdf", b"%PDF-1.7 ...", "whole PDF"),
        ("int.txt", b"%PDF-1.7 ...", "whole PDF"),
        ("int.odt", b"ikke en zip", "whole OpenDocument"),
        ("svar.xlsx", b"ikke en zip", "whole Excel"),
        ("int.rtf", b"ikke rtf", "not an RTF file"),
        ("int.vtt", b"Ingen tider her.", "no cues"),
        ("int.json", b'{"a": [1, 2', "line 1: the JSON is broken"),
        ("int.json", b'{"name": "pakke"}', "no transcript that koding knows"),
        ("int.json", b"[" * 100_000, "no JSON"),
        ("int.otr", b'{"text": "<p></p>", "media": ""}', "no text"),
        ("int.csv", b"a,b", "written answers"),
        ("int.csv", b"source,speaker,informant,role\na,b,c,", "informants file"),
        ("int.csv", b"source,start,end,code\na,0,1,b", "table of codings"),
        ("int.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....", "password"),
        ("int.docx", b"ikke en zip", "whole Word document"),
        ("prosjekt.qdpx", zipped({"project.qde": "<Project/>"}), "koding project import prosjekt.qdpx STUDY"),
        ("data.qda", b"SQLite format 3\0" + b"\0" * 4000, "koding project import data.qda STUDY"),
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
