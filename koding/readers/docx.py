"""Word documents: the text of `word/document.xml` as a reader of the page sees it, tracked changes accepted.

A walker of our own on expat, since what a transcript needs kept (soft line breaks, tabs, non-breaking hyphens, tracked
insertions, content controls) is dropped by one general library or another. Element names after ECMA-376 part 1,
chapter 17 (WordprocessingML). Document types are refused, and so is a file that inflates beyond reason.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from koding.errors import KodingError
from koding.i18n import _, ngettext

MAIN_PART = "word/document.xml"
_RELATIONS = "_rels/.rels"
_LARGEST = 200 * 1024 * 1024
_HIGHEST_RATIO = 200
# Below this size a high ratio is only a short, repetitive text.
_RATIO_FROM = 1024 * 1024
_CHUNK = 1 << 16
_DEEPEST = 2000
_NAMESPACES = frozenset(
    {
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    }
)
_COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
# Deleted and moved-away text, field codes, ruby glosses: not on the page as it reads now.
_UNSEEN = frozenset({"del", "moveFrom", "instrText", "delText", "delInstrText", "rt"})
_PROPERTIES = frozenset({"pPr", "rPr", "trPr", "tblPr", "tcPr", "sectPr", "sdtPr", "sdtEndPr"})
_CHARACTERS = {
    "tab": "\t",
    "ptab": "\t",
    "br": "\n",
    "cr": "\n",
    "noBreakHyphen": "\N{NON-BREAKING HYPHEN}",
    "softHyphen": "\N{SOFT HYPHEN}",
    "sym": "\N{REPLACEMENT CHARACTER}",
}
_COUNTED = frozenset({"txbxContent", "footnoteReference", "endnoteReference", "commentReference", "sym"})
_BROKEN_ZIP = (
    zipfile.BadZipFile,
    zlib.error,
    NotImplementedError,
    EOFError,
    OSError,
    RuntimeError,
    ValueError,
    LookupError,
)


@dataclass(frozen=True, slots=True)
class DocxText:
    """The text of a Word document; `notes` are lines for the researcher on what the text does not hold."""

    text: str
    notes: tuple[str, ...] = ()


def read_docx(data: bytes, where: str = "") -> DocxText:
    """Read the text of a .docx file.

    A paragraph is a line; so is a table's row, its cells set apart by tabs (further paragraphs of a cell are lines of
    their own). Text boxes, footnotes, endnotes and comments are left out, counted and said. `where` names the file in
    errors. Raises KodingError for a file that is broken, protected, or inflates to more than 200 MB or 200 times.
    """
    where = where or _("The file")
    walker = _Walker(where)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            part = _main_part(archive, where)
            _parse(_inflate(archive, part, where), walker.handlers(), where)
    except expat.ExpatError as fault:
        raise _broken(where) from fault
    except _BROKEN_ZIP as fault:
        raise _broken(where) from fault
    return DocxText(walker.text(), walker.notes())


def is_docx(data: bytes) -> bool:
    """Whether `data` is a zip file with a Word document in it."""
    if not data.startswith(b"PK"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return any(name.startswith("word/document") for name in archive.namelist())
    except _BROKEN_ZIP:
        return False


def _broken(where: str) -> KodingError:
    return KodingError(
        _("{where} is not a whole Word document.").format(where=where),
        _("Open it in Word or LibreOffice and save it again as .docx, without a password."),
    )


def _main_part(archive: zipfile.ZipFile, where: str) -> str:
    """Give the name of the part with the text: nearly always word/document.xml, else what the package names."""
    names = set(archive.namelist())
    if MAIN_PART in names or _RELATIONS not in names:
        if MAIN_PART not in names:
            raise _broken(where)
        return MAIN_PART
    targets: list[str] = []

    def begin(_name: str, attributes: dict[str, str]) -> None:
        if attributes.get("Type", "").endswith("/officeDocument"):
            targets.append(attributes.get("Target", "").lstrip("/"))

    _parse(_inflate(archive, _RELATIONS, where), _Handlers(begin), where)
    found = next((target for target in targets if target in names), None)
    if found is None:
        raise _broken(where)
    return found


def _inflate(archive: zipfile.ZipFile, part: str, where: str) -> Iterator[bytes]:
    """Give a part in pieces; raise as soon as it has grown beyond reason, whatever size it claims."""
    entry = archive.getinfo(part)
    if entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        raise _broken(where)
    packed = max(1, entry.compress_size)
    size = 0
    with archive.open(part) as stream:
        while piece := stream.read(_CHUNK):
            size += len(piece)
            if size > _LARGEST or (size > _RATIO_FROM and size > packed * _HIGHEST_RATIO):
                raise KodingError(
                    _("{where} unpacks to far more than a document holds; it was not read.").format(where=where),
                    _("If it is a real transcript, save it as plain text and import that."),
                )
            yield piece


@dataclass(frozen=True, slots=True)
class _Handlers:
    begin: Callable[[str, dict[str, str]], None]
    end: Callable[[str], None] | None = None
    characters: Callable[[str], None] | None = None


def _parse(pieces: Iterator[bytes], handlers: _Handlers, where: str) -> None:
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True

    def refuse(*_declaration: object) -> None:
        raise KodingError(
            _("{where} holds a document type declaration, which no Word document does; it was not read.").format(
                where=where
            ),
            _("Open it in Word or LibreOffice and save it again as .docx."),
        )

    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = handlers.begin
    if handlers.end:
        parser.EndElementHandler = handlers.end
    if handlers.characters:
        parser.CharacterDataHandler = handlers.characters
    for piece in pieces:
        parser.Parse(piece, False)
    parser.Parse(b"", True)


@dataclass(slots=True)
class _Table:
    """A table being read: the finished rows, the cells of the row at hand, whether that row is deleted."""

    rows: list[str] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)
    deleted: bool = False


class _Walker:
    """Collects text between the start and end of elements; `pieces` is a stack with one list per open cell."""

    def __init__(self, where: str) -> None:
        self.where = where
        self.pieces: list[list[str]] = [[]]
        self.tables: list[_Table] = []
        self.path: list[str] = []
        self.skipping = 0
        self.fallbacks = 0
        self.in_text = False
        self.joined = False
        self.counts = dict.fromkeys(_COUNTED, 0)

    def handlers(self) -> _Handlers:
        return _Handlers(self.begin, self.end, self.characters)

    def text(self) -> str:
        return "".join(self.pieces[0])

    def begin(self, qualified: str, _attributes: dict[str, str]) -> None:
        name = self._name(qualified)
        self.path.append(name)
        if len(self.path) > _DEEPEST:
            raise _broken(self.where)
        if name == "mc:Fallback":
            self.fallbacks += 1
        if name in _COUNTED and not self.fallbacks:
            self._count(name)
        if self._is_left_out(name):
            self.skipping += 1
        elif not self.skipping:
            self._begin_seen(name)

    def _begin_seen(self, name: str) -> None:
        if name == "t":
            self.in_text = True
        elif name in _CHARACTERS:
            self.pieces[-1].append(_CHARACTERS[name])
        elif name == "tbl":
            self.tables.append(_Table())
        elif name == "tr" and self.tables:
            self.tables[-1].cells, self.tables[-1].deleted = [], False
        elif name == "tc" and self.tables:
            self.pieces.append([])

    def end(self, _qualified: str) -> None:
        name = self.path.pop()
        if name == "mc:Fallback":
            self.fallbacks -= 1
        if self._is_left_out(name):
            self.skipping -= 1
        elif not self.skipping:
            self._end_seen(name)

    def _end_seen(self, name: str) -> None:
        if name == "t":
            self.in_text = False
        elif name == "p":
            if not self.joined:
                self.pieces[-1].append("\n")
            self.joined = False
        elif name == "tc" and self.tables and len(self.pieces) > 1:
            self.tables[-1].cells.append("".join(self.pieces.pop()).removesuffix("\n"))
        elif name == "tr" and self.tables and not self.tables[-1].deleted:
            self.tables[-1].rows.append("\t".join(self.tables[-1].cells) + "\n")
        elif name == "tbl" and self.tables:
            self.pieces[-1].extend(self.tables.pop().rows)

    def characters(self, data: str) -> None:
        if self.in_text and not self.skipping:
            # A line end in the XML is a space on the page.
            self.pieces[-1].append(data.replace("\n", " "))

    def _is_left_out(self, name: str) -> bool:
        return name in _UNSEEN or name in _PROPERTIES or name in {"txbxContent", "mc:Fallback"}

    def _name(self, qualified: str) -> str:
        space, _brace, name = qualified.rpartition("}")
        if space in _NAMESPACES:
            self._note_deletion(name)
            return name
        return f"mc:{name}" if space == _COMPATIBILITY else "other"

    def _note_deletion(self, name: str) -> None:
        """See a deleted paragraph mark (the next paragraph goes on in this one) and a deleted row."""
        if name in {"del", "moveFrom"} and self.path:
            if self.path[-3:] == ["p", "pPr", "rPr"] and self.skipping == len(("pPr", "rPr")):
                self.joined = True
            elif self.path[-1] == "trPr" and self.tables:
                self.tables[-1].deleted = True

    def _count(self, name: str) -> None:
        inside_box = name != "txbxContent" and "txbxContent" in self.path
        if not inside_box and not any(part in _UNSEEN for part in self.path):
            self.counts[name] += 1

    def notes(self) -> tuple[str, ...]:
        """Give a line for each kind of thing that is on the page and not in the text."""
        boxes, symbols = self.counts["txbxContent"], self.counts["sym"]
        footnotes = self.counts["footnoteReference"] + self.counts["endnoteReference"]
        comments = self.counts["commentReference"]
        lines = [
            (boxes, ngettext("{count} text box was left out.", "{count} text boxes were left out.", boxes)),
            (footnotes, ngettext("{count} footnote was left out.", "{count} footnotes were left out.", footnotes)),
            (comments, ngettext("{count} comment was left out.", "{count} comments were left out.", comments)),
            (
                symbols,
                ngettext(
                    "{count} sign from a symbol font stands as \N{REPLACEMENT CHARACTER}.",
                    "{count} signs from a symbol font stand as \N{REPLACEMENT CHARACTER}.",
                    symbols,
                ),
            ),
        ]
        return tuple(line.format(count=count) for count, line in lines if count)
