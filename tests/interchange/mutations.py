"""Whole files of every kind that koding reads, and ways to damage them on purpose: the ground of the fuzz run."""

from __future__ import annotations

import contextlib
import io
import random
import re
import sqlite3
import tempfile
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from koding.readers.codebook_yaml import read_codebook
from koding.writers.codebook_csv import codebook_csv
from tests.interchange.foreign_projects import coded, qc, qualcoder, taguette
from tests.readers.transcript_files import FILES, OTR, SRT, VTT, odt, rtf, zipped
from tests.studies import CODEBOOK, INFORMANTS

#: The files of a case by their names; a folder where there are several.
Files = dict[str, bytes]

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RICH_WORD = f"""<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="{WORD}"
 xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:body>
<w:p><w:r><w:t>Int: Hvorfor dro du?</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>
<w:p><w:ins w:id="1" w:author="K"><w:r><w:t>Amina: Ingen </w:t></w:r></w:ins><w:del w:id="2"><w:r>
<w:delText>alle </w:delText></w:r></w:del><w:r><w:t xml:space="preserve">hilste</w:t><w:br/><w:t>på øya.</w:t></w:r></w:p>
<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Int:</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>Og så?</w:t></w:r></w:p></w:tc>
</w:tr></w:tbl><w:p><w:r><mc:AlternateContent><mc:Choice><w:drawing><w:txbxContent><w:p><w:r><w:t>Amina: I en boks.</w:t>
</w:r></w:p></w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:p><w:r><w:t>igjen</w:t></w:r></w:p></mc:Fallback>
</mc:AlternateContent></w:r></w:p></w:body></w:document>"""
_FOOTNOTES = (
    f'<w:footnotes xmlns:w="{WORD}"><w:footnote w:id="2"><w:p><w:r><w:t>En note.</w:t></w:r></w:p></w:footnote>'
    "</w:footnotes>"
)
_RICH_ODT = (
    '<text:tracked-changes><text:changed-region text:id="a"><text:deletion><text:p>bort</text:p></text:deletion>'
    "</text:changed-region></text:tracked-changes><text:p>Int: Hvorfor<text:line-break/>dro<text:s text:c='3'/>du?"
    "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>En note</text:p></text:note-body>"
    "</text:note></text:p><table:table><table:table-row><table:table-cell><text:p>Amina:</text:p></table:table-cell>"
    "<table:table-cell><text:p>Ja.</text:p></table:table-cell></table:table-row></table:table>"
)
_RICH_RTF = (
    r"Int: Hvorfor{\deleted bort} dro{\footnote En note} du?\line Ja\par{\trowd Amina:\cell Nei\cell\row}"
    r"{\shp{\*\shpinst{\shptxt I en boks\par}}}\u-10179?\u-8638? \'e5\par "
)
_CODINGS = (
    "source,start,end,code,coder,memo\nsamira,54,76,ensomhet.isolasjon,Kari,Ja\nmeeting,40,60,hverdag.bolig,Ola,\n"
)
_CODEBOOK_QDC = (
    '<?xml version="1.0" encoding="utf-8"?>\n<CodeBook xmlns="urn:QDA-XML:codebook:1.0" origin="prøve"><Codes>'
    '<Code guid="c1a5f0de-0000-4000-8000-000000000001" name="Arbeid" isCodable="true" color="#ff0000">'
    "<Description>Om arbeid</Description>"
    '<Code guid="c1a5f0de-0000-4000-8000-000000000002" name="Mangel" isCodable="true"/></Code></Codes></CodeBook>'
)
_TEXT = "I: Hei 😀\r\nHvorfor flyttet du?\r\nR: Det var ingen jobb på øya.\r\n"
_PROJECT_QDE = """<?xml version="1.0" encoding="utf-8"?>
<Project xmlns="urn:QDA-XML:project:1.0" name="Prøve" origin="et program" creationDateTime="2026-01-01T10:00:00Z">
<Users><User guid="a0000000-0000-4000-8000-000000000001" name="Kari"/></Users>
<CodeBook><Codes><Code guid="c0000000-0000-4000-8000-000000000001" name="Arbeid" isCodable="true" color="#ff0000">
<Code guid="c0000000-0000-4000-8000-000000000002" name="Mangel" isCodable="true"/></Code></Codes></CodeBook>
<Variables><Variable guid="b0000000-0000-4000-8000-000000000001" name="alder" typeOfVariable="Integer"/></Variables>
<Cases><Case guid="d0000000-0000-4000-8000-000000000001" name="Amina"><VariableValue>
<VariableRef targetGUID="b0000000-0000-4000-8000-000000000001"/><IntegerValue>31</IntegerValue></VariableValue>
<SourceRef targetGUID="e0000000-0000-4000-8000-000000000001"/></Case></Cases>
<Sources><TextSource guid="e0000000-0000-4000-8000-000000000001" name="intervju" creatingUser="a0000000-0000-4000-8000-000000000001"
 plainTextPath="internal://e0000000-0000-4000-8000-000000000001.txt">
<PlainTextSelection guid="f0000000-0000-4000-8000-000000000001" name="ingen jobb" startPosition="37" endPosition="47">
<Coding guid="f0000000-0000-4000-8000-000000000002" creatingUser="a0000000-0000-4000-8000-000000000001">
<CodeRef targetGUID="c0000000-0000-4000-8000-000000000002"/></Coding></PlainTextSelection></TextSource>
<TextSource guid="e0000000-0000-4000-8000-000000000002" name="kort"><PlainTextContent>Bare en setning.</PlainTextContent>
</TextSource></Sources><Notes><Note guid="e0000000-0000-4000-8000-000000000003" name="notat">
<PlainTextContent>Husk dette.</PlainTextContent></Note></Notes></Project>"""
_QDPX = {
    "project.qde": _PROJECT_QDE,
    "sources/e0000000-0000-4000-8000-000000000001.txt": _TEXT,
}


@dataclass(frozen=True)
class Seed:
    """A whole file, or folder, and the door that it comes in by."""

    door: str
    files: Mapping[str, bytes]


def _folder(make: Callable[[Path], Path]) -> Files:
    with tempfile.TemporaryDirectory() as temporary:
        made = make(Path(temporary))
        if made.is_file():
            return {made.name: made.read_bytes()}
        return {str(file.relative_to(made.parent)): file.read_bytes() for file in made.rglob("*") if file.is_file()}


@lru_cache(maxsize=1)
def seeds() -> dict[str, Seed]:
    """Give every kind of file to damage, by name."""
    found = {name: Seed("import", {name: data}) for name, (data, _format) in FILES.items()}
    more = {
        "rik.docx": zipped({"word/document.xml": _RICH_WORD, "word/footnotes.xml": _FOOTNOTES}),
        "rik.odt": odt(_RICH_ODT),
        "mer.rtf": rtf(_RICH_RTF),
        "lang.vtt": (VTT + VTT.partition("\n\n")[2] * 5).encode(),
        "lang.srt": (SRT * 5).encode("cp1252"),
        "otr.json": OTR.encode("utf-16"),
    }
    found |= {name: Seed("import", {name: data}) for name, data in more.items()}
    book = read_codebook(CODEBOOK.encode(), "mini.yaml")
    found |= {
        "mini.yaml": Seed("codebook", {"mini.yaml": CODEBOOK.encode()}),
        "mini.csv": Seed("codebook", {"mini.csv": codebook_csv(book)}),
        "tags.csv": Seed("codebook", {"tags.csv": b"tag,description,number of highlights\na,Om a,3\na.b,,1\nc,,\n"}),
        "bok.qdc": Seed("codebook", {"bok.qdc": _CODEBOOK_QDC.encode()}),
        "informants.csv": Seed("informants", {"informants.csv": INFORMANTS.encode()}),
        "codings.csv": Seed("codings", {"codings.csv": _CODINGS.encode()}),
        "prosjekt.qdpx": Seed("project", {"prosjekt.qdpx": zipped(_QDPX)}),
        "taguette": Seed(
            "project", _folder(lambda folder: taguette(folder / "tag.sqlite3", [("Åse", [1]), ("én", [2])]))
        ),
        "qualcoder": Seed(
            "project", _folder(lambda folder: qualcoder(folder / "qc.qda", {"code_text": [coded("ingen jobb", 1)]}))
        ),
        "qc": Seed("project", _folder(lambda folder: qc(folder / "qcp", [(1, "ensomhet", "kari")]))),
    }
    return found


_PIECES = [
    b"", b"\0", b"\0\0", b"\xff\xfe", b"\xef\xbb\xbf", b"{" * 50, b"[" * 3000, b"<!DOCTYPE a [<!ENTITY b 'c'>]>", b"-1",
    b"9" * 5000, b"\\u-99999", b"\n\n", b"\r", b"<", b">", b"]]>", b"&#x110000;", b"&#0;", b"&amp;" * 500, b"\\ud800",
    b"NaN", b"1e999", b"-->", b"\xed\xa0\x80", b'"', b"''", b",,,,", b";\n;", b"../../x", b"{\\rtf", b"{\\*\\",
    b"<p>" * 3000, b"</w:p>", b"<w:tbl><w:tr><w:tc>", b"00:00:00,000 --> 99:99:99,999\n", b"<v >", b"\xf0\x9f\x98\x80",
    b"\x1a", b"\x0c", b"\x85", b"\xe2\x80\xa8", b"CON", b"%PDF-", b"PK\x03\x04", b"WEBVTT\n", b"18446744073709551616",
    b"internal://../../etc/passwd", b"*a", b"&a ", b"!!python/object:os.system", b"true", b"1:1:1", b"@", b"=1+1", b"\\" * 99,
]  # fmt: skip
_NUMBER = re.compile(rb"\d+")
_ELEMENT = re.compile(rb"<[^<>]{1,300}>")
_WORDS = re.compile(rb"[A-Za-z]{3,}")
_NUMBERS = (
    b"0",
    b"-1",
    b"1",
    b"2147483648",
    b"-9223372036854775809",
    b"1" * 400,
    b"0.5",
    b"",
    b"1e9",
    b"00",
    b"\xc2\xb2",
)


def damaged(data: bytes, chance: random.Random, other: bytes = b"") -> bytes:
    """Change a few places: bytes, pieces, numbers, elements, words, encodings, or a splice with another file."""
    for _time in range(chance.choice((1, 1, 1, 2, 3, 8))):
        data = chance.choice(_WAYS)(data, chance, other)
    return data


def _bytes(data: bytes, chance: random.Random, _other: bytes) -> bytes:
    at, length = chance.randrange(len(data) + 1), chance.choice((0, 1, 1, 2, 8, 40, 400))
    piece = chance.choice((bytes([chance.randrange(256)]), chance.choice(_PIECES), data[at : at + length] * 2))
    return data[:at] + piece + data[at + length :]


def _cut(data: bytes, chance: random.Random, _other: bytes) -> bytes:
    return data[: chance.randrange(len(data) + 1)]


def _many(data: bytes, chance: random.Random, _other: bytes) -> bytes:
    at, length = chance.randrange(len(data) + 1), chance.randint(1, 60)
    return data[:at] + data[at : at + length] * chance.choice((2, 50, 2000)) + data[at + length :]


def _replaced(pattern: re.Pattern[bytes], by: tuple[bytes, ...] | None) -> Callable[..., bytes]:
    """Give what changes one find of a pattern: by one of `by`, by another find, by two of it or by nothing."""

    def change(data: bytes, chance: random.Random, _other: bytes) -> bytes:
        found = list(pattern.finditer(data))
        if not found:
            return data
        one = chance.choice(found)
        piece = (
            chance.choice(by)
            if by
            else chance.choice((b"", one[0] * 2, chance.choice(found)[0], chance.choice(_PIECES)))
        )
        return data[: one.start()] + piece + data[one.end() :]

    return change


def _encoded(data: bytes, chance: random.Random, _other: bytes) -> bytes:
    text = data.decode("utf-8", "replace")
    return text.encode(
        chance.choice(("utf-16", "utf-16-le", "utf-16-be", "cp1252", "utf-8-sig", "utf-32", "cp037")), "replace"
    )


def _spliced(data: bytes, chance: random.Random, other: bytes) -> bytes:
    return data[: chance.randrange(len(data) + 1)] + other[chance.randrange(len(other) + 1) :]


_WAYS: tuple[Callable[..., bytes], ...] = (
    _bytes, _bytes, _bytes, _cut, _many, _replaced(_NUMBER, _NUMBERS), _replaced(_NUMBER, _NUMBERS),
    _replaced(_ELEMENT, None), _replaced(_ELEMENT, None), _replaced(_WORDS, None), _encoded, _spliced,
)  # fmt: skip


def damaged_package(data: bytes, chance: random.Random, other: bytes) -> bytes:
    """Damage the parts of a package, or its list of them, and pack it whole again."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = chance.choice(list(parts))
    way = chance.random()
    if way < 0.7:
        parts[name] = damaged(parts[name], chance, other)
    elif way < 0.8:
        del parts[name]
    elif way < 0.9:
        parts[chance.choice(("../../etc/x", "/abs", "C:\\x", name.upper(), "x" * 300, "sources/x"))] = parts.pop(name)
    else:
        parts[name] = bytes(chance.choice((1 << 20, 1 << 25)))
    stream = io.BytesIO()
    with zipfile.ZipFile(
        stream, "w", chance.choice((zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED, zipfile.ZIP_BZIP2))
    ) as archive:
        for part, content in parts.items():
            # Without a date of its own each: a case is the same whenever it is made.
            archive.writestr(zipfile.ZipInfo(part), content, archive.compression)
            if chance.random() < 0.03:
                archive.writestr(zipfile.ZipInfo(part + ".igjen"), content, archive.compression)
    return stream.getvalue()


_VALUES: tuple[object, ...] = (
    None, -1, 0, 1, 2, 3, 17, 2**62, -(2**62), 1.5, "", " ", "1", "tekst", "9" * 50, "a.b.c", "..", "../../x", "/etc/passwd",
    "a\0b", "\ud800".encode("utf-8", "surrogatepass"), b"\xff\xfe", "\N{GRINNING FACE}" * 50, "\r\n", "a\nb", "#ff0000",
    "<p>a</p><!--", "&#0;&#x110000;", "{", '{"type": "highlight_add", "highlight_id": 1}', "2026-11-22 10:00:00", "runde1/amina.txt",
)  # fmt: skip


def damaged_database(data: bytes, chance: random.Random) -> bytes:
    """Change rows, columns and tables of a database, which stays whole, so that the damage reaches what reads them."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "data")
        file.write_bytes(data)
        connection = sqlite3.connect(file)
        for _time in range(chance.choice((1, 1, 2, 4, 8))):
            tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            with contextlib.suppress(sqlite3.Error):
                connection.execute(*_change(connection, chance.choice(tables), chance))
        connection.commit()
        connection.close()
        return file.read_bytes()


def _change(connection: sqlite3.Connection, table: str, chance: random.Random) -> tuple[str, tuple[object, ...]]:
    columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
    column, way = chance.choice(columns), chance.random()
    if way < 0.7:
        some = chance.choice(("", f" WHERE rowid = {chance.randint(1, 4)}"))
        return f"UPDATE OR IGNORE {table} SET {column} = ?{some}", (chance.choice(_VALUES),)
    if way < 0.85:
        values = tuple(chance.choice(_VALUES) for _column in columns)
        return f"INSERT OR IGNORE INTO {table} VALUES ({', '.join('?' * len(columns))})", values
    if way < 0.92:
        return f"DELETE FROM {table}", ()
    return chance.choice((f"ALTER TABLE {table} DROP COLUMN {column}", f"DROP TABLE {table}")), ()


@dataclass(frozen=True)
class Case:
    """A damaged file or folder: the seed's name, the door it comes in by, and what is on disk."""

    seed: str
    door: str
    files: Files


def case(number: int) -> Case:
    """Give the case of this number; the same one every time."""
    chance = random.Random(f"koding {number}")
    known = seeds()
    name = list(known)[number % len(known)]
    seed = known[name]
    files = dict(seed.files)
    other = chance.choice([data for one in known.values() for data in one.files.values()])
    target = chance.choice(list(files))
    data = files[target]
    inside = data.startswith(b"PK") and chance.random() < 0.75
    if data.startswith(b"SQLite format 3") and chance.random() < 0.75:
        files[target] = damaged_database(data, chance)
    else:
        files[target] = damaged_package(data, chance, other) if inside else damaged(data, chance, other)
    if len(files) == 1 and chance.random() < 0.1:
        # Under a name that says something else.
        ending = chance.choice((".txt", ".docx", ".pdf", ".json", ".csv", "", ".qdpx", ".yaml"))
        files = {"fil" + ending: files[target]}
    return Case(name, seed.door, files)
