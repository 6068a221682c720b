"""Small real files of every kind that can be a source, made without the readers under test."""

from __future__ import annotations

import io
import json
import zipfile

import docx
import openpyxl

OFFICE = "urn:oasis:names:tc:opendocument:xmlns:"
ODT_TYPE = "application/vnd.oasis.opendocument.text"


def zipped(parts: dict[str, str | bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def odt(body: str, before: str = "") -> bytes:
    """Wrap paragraphs as LibreOffice does."""
    spaces = " ".join(
        f'xmlns:{prefix}="{OFFICE}{name}:1.0"'
        for prefix, name in (("office", "office"), ("text", "text"), ("table", "table"), ("draw", "drawing"))
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?>{before}<office:document-content {spaces}><office:body><office:text>'
        f"{body}</office:text></office:body></office:document-content>"
    )
    return zipped({"mimetype": ODT_TYPE, "content.xml": content, "styles.xml": "<x/>"})


def rtf(body: str) -> bytes:
    head = r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fswiss Arial;}{\f1\fnil\fcharset238 Arial CE;}}"
    return f"{head}\\pard\\f0 {body}}}".encode("latin-1")


def pdf(pages: list[list[str]]) -> bytes:
    """Write pages of lines in Helvetica, as plainly as a PDF can be."""
    kids = " ".join(f"{4 + 2 * index} 0 R" for index in range(len(pages)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {len(pages)}/Kids[{kids}]>>".encode(),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    for index, lines in enumerate(pages):
        shown = b" ".join(b"(" + line.encode("cp1252") + b") Tj T*" for line in lines)
        stream = b"BT /F1 12 Tf 14 TL 50 780 Td " + shown + b" ET"
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>"
            f"/Contents {5 + 2 * index} 0 R>>".encode()
        )
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream))
    return pdf_of(objects)


def pdf_of(objects: list[bytes]) -> bytes:
    out = b"%PDF-1.4\n"
    offsets = []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    end = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(out))
    return out + b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table + end


def workbook(*rows: tuple[object, ...], more: tuple[str, ...] = ()) -> bytes:
    """Save rows as an Excel workbook, with further sheets by name."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for name in more:
        book.create_sheet(name)["A1"] = "noe annet"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def word(*lines: str) -> bytes:
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


VTT = """WEBVTT

NOTE laget av et møteprogram

3b-1
00:00:01.000 --> 00:00:03.500
<v Kari Int>Hvorfor flyttet du fra Sundøy?</v>

3b-2
00:00:04.000 --> 00:00:06.000 align:start
<v Amina>Det var <i>stille</i> &amp; langt.</v>

3b-3
00:00:09.000 --> 00:00:11.000
<v Amina>Ingen hilste.</v>
"""
SRT = """1
00:00:01,000 --> 00:00:03,500
Int: Hvorfor flyttet du?

2
00:00:04,000 --> 00:00:06,000
Amina: Det var stille.

3
00:00:06,500 --> 00:00:08,000
Ingen hilste.

4
00:00:09,000 --> 00:00:10,000
Int: Nei vel.
"""
WHISPER = json.dumps(
    {
        "text": " og så flyttet vi ingen hilste",
        "segments": [
            {"id": 0, "start": 0.0, "end": 2.5, "text": " og så flyttet vi", "speaker": "SPEAKER_00"},
            {"id": 1, "start": 2.5, "end": 4.0, "text": " ingen hilste på øya", "speaker": "SPEAKER_00"},
            {"id": 2, "start": 4.2, "end": 5.0, "text": " hvorfor det", "speaker": "SPEAKER_01"},
        ],
        "language": "no",
    },
    ensure_ascii=False,
)
OTR = json.dumps(
    {
        "text": '<p><span class="timestamp" contenteditable="false" data-timestamp="1.2">00:01</span>&nbsp;Int: '
        'Hvorfor dro du?</p><p><span class="timestamp" data-timestamp="5">00:05</span> Amina: Det var <b>stille</b>'
        " på &oslash;ya."
        "<br /></p>",
        "media": "opptak.mp3",
        "media-time": 12.5,
    }
)
HTML = (
    "<!DOCTYPE html><html><head><title>Intervju</title><style>p{}</style></head><body><h1>Intervju 3</h1>\n"
    "<p>Int: Hvorfor\n dro du?</p><p>Amina:&nbsp;Det var  <b>stille</b>.<br>Ingen hilste &lt;her&gt;.</p>"
    "<script>if (a < b) {}</script></body></html>"
)
SURVEY = (
    "Nr;Kommune;Alder;Hvorfor flyttet du?;Hva savner du?\n"
    '1;Sundøy;34;"Det var ingen jobb å få der; ikke for meg.";Venner\n'
    "2;Fjordvik;27;Jeg ville studere videre i byen.;\n"
    "3;Sundøy;51;;Stillheten, og fjorden om kvelden.\n"
)
#: Name of file, bytes and the format that it is read as.
FILES: dict[str, tuple[bytes, str]] = {
    "brev.txt": (b"Int: Hvorfor dro du?\nAmina: Ingen hilste.\n", "text"),
    "notat.md": (b"# Intervju\n\n**Int:** Hvorfor?\n**Amina:** Ingen hilste.\n", "markdown"),
    "word.docx": (word("Int: Hvorfor dro du?", "Amina: Ingen hilste på øya."), "docx"),
    "libre.odt": (odt("<text:p>Int: Hvorfor dro du?</text:p><text:p>Amina: Ingen så oss på øya.</text:p>"), "odt"),
    "rik.rtf": (rtf(r"Int: Hvorfor dro du?\par Amina: Ingen kjente oss p\'e5 \u248?ya.\par "), "rtf"),
    "trykk.pdf": (pdf([["Int: Hvorfor dro du?"], ["Amina: Ingen hilste på øya."]]), "pdf"),
    "side.html": (HTML.encode(), "html"),
    "teams.vtt": (VTT.encode(), "vtt"),
    "tekst.srt": (SRT.encode(), "srt"),
    "whisper.json": (WHISPER.encode(), "whisper"),
    "ot.otr": (OTR.encode(), "otranscribe"),
    "svar.csv": (SURVEY.encode(), "survey"),
    "svar.xlsx": (workbook(*[tuple(line.replace('"', "").split(";")[:4]) for line in SURVEY.splitlines()]), "survey"),
}
