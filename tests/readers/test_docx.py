"""Word documents: what stands on the page is what the source holds."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from koding.errors import KodingError
from koding.readers.docx import DocxText, read_docx
from koding.readers.turns import recognise

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"


def packed(document: bytes, name: str = "word/document.xml", **more: bytes) -> bytes:
    """Zip parts to a Word file."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, document)
        for part, content in more.items():
            archive.writestr(part, content)
    return stream.getvalue()


def page(body: str, space: str = W) -> bytes:
    """Wrap a body in a document part and zip it."""
    return packed(f'<w:document xmlns:w="{space}" xmlns:mc="{MC}"><w:body>{body}</w:body></w:document>'.encode())


def paragraph(*runs: str) -> str:
    return f"<w:p>{''.join(runs)}</w:p>"


def run(text: str) -> str:
    return f"<w:r><w:rPr><w:b/></w:rPr><w:t>{text}</w:t></w:r>"


def text_of(body: str) -> str:
    return read_docx(page(body)).text


def test_a_real_file_as_word_saves_it() -> None:
    document = docx.Document()
    document.add_heading("Intervju 7", level=1)
    document.add_paragraph("I: Hvorfor flyttet du fra Sundøy?")
    said = document.add_paragraph("Amina: ")
    said.add_run("Det var ").bold = True
    said.add_run("stille.\tVeldig stille.\nIngen hilste.")
    document.add_paragraph("")
    document.add_paragraph("I:  To mellomrom «her» \U0001f642")
    stream = io.BytesIO()
    document.save(stream)
    found = read_docx(stream.getvalue())
    assert found.text == (
        "Intervju 7\nI: Hvorfor flyttet du fra Sundøy?\nAmina: Det var stille.\tVeldig stille.\nIngen hilste.\n\n"
        "I:  To mellomrom «her» \U0001f642\n"
    )
    assert found.notes == ()
    assert [turn.speaker for turn in recognise(found.text).turns] == ["I", "Amina", "I"]


def test_a_real_table_is_a_line_for_each_row() -> None:
    document = docx.Document()
    table = document.add_table(rows=2, cols=2)
    for row, cells in zip(table.rows, (("I:", "Og så?"), ("Amina:", "Så dro vi.")), strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    stream = io.BytesIO()
    document.save(stream)
    assert read_docx(stream.getvalue()).text == "I:\tOg så?\nAmina:\tSå dro vi.\n"


def test_a_table_within_a_cell_and_paragraphs_within_a_cell() -> None:
    def cell(*content: str) -> str:
        return f"<w:tc><w:tcPr/>{''.join(content)}</w:tc>"

    inner = f"<w:tbl><w:tr>{cell(paragraph(run('c')))}{cell(paragraph(run('d')))}</w:tr></w:tbl>"
    outer = f"<w:tbl><w:tr>{cell(paragraph(run('a')), paragraph(run('b')))}{cell(inner, paragraph())}</w:tr></w:tbl>"
    assert text_of(outer + paragraph(run("e"))) == "a\nb\tc\td\n\ne\n"


def test_breaks_tabs_and_hyphens() -> None:
    signs = (
        "<w:r><w:t>a</w:t><w:br/><w:t>b</w:t><w:tab/><w:t>c</w:t><w:noBreakHyphen/><w:t>d</w:t><w:softHyphen/></w:r>"
    )
    assert text_of(paragraph(signs)) == "a\nb\tc\u2011d\u00ad\n"


def test_tab_stops_of_the_paragraph_are_no_tabs() -> None:
    assert text_of(paragraph('<w:pPr><w:tabs><w:tab w:val="left"/></w:tabs></w:pPr>', run("a"))) == "a\n"


def test_tracked_changes_are_read_as_accepted() -> None:
    body = paragraph(
        run("Vi "),
        "<w:del><w:r><w:delText>ble</w:delText></w:r></w:del>",
        f"<w:ins>{run('dro')}</w:ins>",
        f"<w:moveFrom>{run(' bort')}</w:moveFrom>",
        f"<w:moveTo>{run(' hjem')}</w:moveTo>",
    )
    assert text_of(body) == "Vi dro hjem\n"


def test_a_deleted_paragraph_mark_joins_the_paragraphs() -> None:
    gone = "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>"
    assert text_of(paragraph(gone, run("Vi ")) + paragraph(run("dro"))) == "Vi dro\n"


def test_a_deleted_row_is_left_out() -> None:
    cell = f"<w:tc>{paragraph(run('a'))}</w:tc>"
    rows = f"<w:tr>{cell}</w:tr><w:tr><w:trPr><w:del/></w:trPr>{cell}</w:tr>"
    assert text_of(f"<w:tbl>{rows}</w:tbl>") == "a\n"


def test_links_controls_and_fields_show_their_text() -> None:
    body = paragraph(
        f"<w:hyperlink>{run('lenke ')}</w:hyperlink>",
        f"<w:sdt><w:sdtPr><w:t>skjult</w:t></w:sdtPr><w:sdtContent>{run('felt ')}</w:sdtContent></w:sdt>",
        "<w:r><w:instrText>PAGE</w:instrText></w:r>",
        run("7"),
    )
    assert text_of(body) == "lenke felt 7\n"


def test_what_is_not_in_the_line_of_the_text_is_kept_elsewhere_or_counted_and_said() -> None:
    box = f"<w:txbxContent>{paragraph(run('i boks'))}</w:txbxContent>"
    both = f"<mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
    body = paragraph(
        run("a"),
        f"<w:r>{both}</w:r>",
        "<w:r><w:footnoteReference/></w:r><w:r><w:endnoteReference/></w:r><w:r><w:commentReference/></w:r>",
    )
    found = read_docx(page(body))
    assert found.text == "a\ni boks\n"
    assert found.notes == (
        "1 text box was put after its paragraph.",
        "2 footnotes were left out.",
        "1 comment was left out.",
    )


def test_footnotes_stand_below_the_text_in_the_order_of_their_marks() -> None:
    def notes(kind: str, *texts: str) -> bytes:
        inner = "".join(
            f'<w:{kind} w:id="{number}">{paragraph(run(text))}{paragraph(run("to."))}</w:{kind}>'
            for number, text in enumerate(texts)
        )
        return f'<w:{kind}s xmlns:w="{W}">{inner}</w:{kind}s>'.encode()

    body = paragraph(
        run("Amina: Vi bodde på Sundøy"),
        '<w:r><w:endnoteReference w:id="0"/></w:r>',
        run(" da"),
        '<w:r><w:footnoteReference w:id="1"/></w:r>',
        run("."),
    )
    document = f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'.encode()
    parts = {
        "word/footnotes.xml": notes("footnote", "skille", "Våren"),
        "word/endnotes.xml": notes("endnote", "Byttet"),
    }
    found = read_docx(packed(document, **parts))
    assert found.text == "Amina: Vi bodde på Sundøy[1] da[2].\n\n[1] Byttet to.\n[2] Våren to.\n"
    assert found.notes == ("2 footnotes stand below the text.",)
    text = f"Int: Hvor?\n{found.text}"
    assert text[recognise(text).turns[-1].start : recognise(text).turns[-1].end] == "Vi bodde på Sundøy[1] da[2]."


def test_a_text_box_comes_after_the_paragraph_it_hangs_on() -> None:
    box = f"<w:txbxContent>{paragraph(run('Kart'))}<w:tbl><w:tr><w:tc>{paragraph(run('x'))}</w:tc></w:tr></w:tbl>"
    body = paragraph(run("Vi dro "), f"<w:r>{box}</w:txbxContent></w:r>", run("nordover.")) + paragraph(run("Ja."))
    assert text_of(body) == "Vi dro nordover.\nKart\nx\nJa.\n"


def test_deletions_pictures_and_page_headers_are_said() -> None:
    picture = '<p:pic xmlns:p="http://schemas.openxmlformats.org/drawingml/2006/picture"/>'
    body = paragraph(run("a"), "<w:del><w:r><w:delText>b</w:delText></w:r></w:del>", f"<w:r>{picture}</w:r>")
    found = read_docx(page(f"{body}<w:sectPr><w:headerReference/></w:sectPr>"))
    assert found.text == "a\n"
    assert found.notes == (
        "1 tracked deletion was left out.",
        "1 picture was left out.",
        "Page headers and footers were left out.",
    )


def test_strict_open_xml_is_read_too() -> None:
    assert read_docx(page(paragraph(run("a")), STRICT)).text == "a\n"


def test_a_part_by_another_name_is_found() -> None:
    relations = (
        b'<Relationships><Relationship Type="http://x/relationships/officeDocument" Target="/word/document2.xml"/>'
        b"</Relationships>"
    )
    document = f'<w:document xmlns:w="{W}">{paragraph(run("a"))}</w:document>'.encode()
    data = packed(document, "word/document2.xml", **{"_rels/.rels": relations})
    assert read_docx(data).text == "a\n"


def test_a_document_type_is_refused() -> None:
    bomb = f'<!DOCTYPE w [<!ENTITY a "aaaa">]><w:document xmlns:w="{W}"><w:p><w:t>&a;</w:t></w:p></w:document>'
    with pytest.raises(KodingError, match="document type"):
        read_docx(packed(bomb.encode()), "int.docx")


def test_a_file_that_unpacks_beyond_reason_is_refused() -> None:
    with pytest.raises(KodingError, match="unpacks"):
        read_docx(page(paragraph(run(" " * 4_000_000))), "int.docx")


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04 avkuttet",
        page(paragraph(run("a")))[:-30],
        packed(b"<w:document"),
        packed(b'<?xml version="1.0" encoding="ukjent"?><a/>'),
        packed(b"<a/>", "xl/workbook.xml"),
        b"",
    ],
)
def test_a_broken_file_is_one_clear_line(data: bytes) -> None:
    with pytest.raises(KodingError) as caught:
        read_docx(data, "int05.docx")
    assert "int05.docx" in caught.value.message
    assert "\n" not in str(caught.value)


WHOLE = page(paragraph(run("Hvorfor flyttet du?")) + paragraph(run("Fordi ingen hilste på øya.")))


def outcome(data: bytes) -> DocxText | KodingError:
    try:
        return read_docx(data)
    except KodingError as fault:
        return fault


@settings(max_examples=300)
@given(st.integers(0, len(WHOLE) - 1), st.integers(0, 255))
def test_a_changed_byte_gives_text_or_a_clear_refusal(position: int, value: int) -> None:
    data = WHOLE[:position] + bytes([value]) + WHOLE[position + 1 :]
    found = outcome(data)
    assert found.hint if isinstance(found, KodingError) else found.text is not None


LINE = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=40)


@given(st.lists(LINE, min_size=1, max_size=6))
def test_every_code_point_comes_through(lines: list[str]) -> None:
    escaped = [line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") for line in lines]
    assert text_of("".join(paragraph(run(line)) for line in escaped)) == "".join(f"{line}\n" for line in lines)
