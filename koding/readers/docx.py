"""Word documents: the text of `word/document.xml` as a reader of the page sees it, tracked changes accepted.

A walker of our own on expat, since what a transcript needs kept (soft line breaks, tabs, non-breaking hyphens, tracked
insertions, content controls, text boxes, footnotes) is dropped by one general library or another. Element names after
ECMA-376 part 1, chapter 17 (WordprocessingML).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from koding.errors import KodingError
from koding.i18n import _
from koding.readers.footnotes import reference, with_notes
from koding.readers.packages import DEEPEST, Handlers, Package, opened
from koding.readers.remarks import Thing, remarks

MAIN_PART = "word/document.xml"
_RELATIONS = "_rels/.rels"
#: The parts beside the main one that hold notes, by the name of their element.
_NOTE_PARTS = {"footnote": "footnotes.xml", "endnote": "endnotes.xml"}
_NAMESPACES = frozenset(
    {
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    }
)
#: Elements of other namespaces that bear text or are counted.
_OTHERS = {
    "http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback": "mc:Fallback",
    "http://schemas.openxmlformats.org/drawingml/2006/picture}pic": "picture",
    "http://purl.oclc.org/ooxml/drawingml/picture}pic": "picture",
    "urn:schemas-microsoft-com:vml}imagedata": "picture",
    "http://schemas.openxmlformats.org/officeDocument/2006/math}t": "t",
}
# Deleted and moved-away text, field codes, ruby glosses: not on the page as it reads now.
_UNSEEN = frozenset({"del", "moveFrom", "instrText", "delText", "delInstrText", "rt", "mc:Fallback"})
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
_COUNTED = {
    "txbxContent": Thing.BOX,
    "commentReference": Thing.COMMENT,
    "sym": Thing.SYMBOL,
    "picture": Thing.PICTURE,
}


@dataclass(frozen=True, slots=True)
class DocxText:
    """The text of a Word document; `notes` are lines for the researcher on what the text does not hold."""

    text: str
    notes: tuple[str, ...] = ()


def read_docx(data: bytes, where: str = "") -> DocxText:
    """Read the text of a .docx file.

    A paragraph is a line; so is a table's row, its cells set apart by tabs (further paragraphs of a cell are lines of
    their own). A text box comes after the paragraph it is anchored in, footnotes and endnotes below the text (see
    `footnotes`). Deletions, comments, pictures and page headers are left out and said. `where` names the file in
    errors. Raises KodingError for a file that is broken, protected, or inflates to more than 200 MB or 200 times.
    """
    where = where or _("The file")
    with opened(data, where, _broken(where)) as package:
        part = _main_part(package)
        notes = _notes(package, part.rpartition("/")[0])
        walker = _Walker(package, notes)
        package.parse(part, walker.handlers())
    return DocxText(with_notes("".join(walker.pieces[0]), [notes[key] for key in walker.cited]), remarks(walker.counts))


def _broken(where: str) -> KodingError:
    return KodingError(
        _("{where} is not a whole Word document.").format(where=where),
        _("Open it in Word or LibreOffice and save it again as .docx, without a password."),
    )


def _main_part(package: Package) -> str:
    """Give the name of the part with the text: nearly always word/document.xml, else what the package names."""
    if MAIN_PART in package.names:
        return MAIN_PART
    targets: list[str] = []

    def begin(_name: str, attributes: dict[str, str]) -> None:
        if attributes.get("Type", "").endswith("/officeDocument"):
            targets.append(attributes.get("Target", "").lstrip("/"))

    if _RELATIONS in package.names:
        package.parse(_RELATIONS, Handlers(begin))
    found = next((target for target in targets if target in package.names), None)
    if found is None:
        raise package.broken
    return found


NoteKey = tuple[str, str]


def _notes(package: Package, folder: str) -> dict[NoteKey, str]:
    """Give the texts of footnotes and endnotes, by kind and number."""
    found: dict[NoteKey, str] = {}
    for kind, file in _NOTE_PARTS.items():
        part = f"{folder}/{file}".lstrip("/")
        if part in package.names:
            walker = _Walker(package, {}, kind)
            package.parse(part, walker.handlers())
            found |= walker.collected
    return found


@dataclass(slots=True)
class _Table:
    """A table being read: the finished rows, the cells of the row at hand, whether that row is deleted."""

    rows: list[str] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)
    deleted: bool = False


class _Walker:
    """Collects text between the start and end of elements.

    `pieces` is a stack with one list per open cell or text box, `boxes` one with the text boxes of every open
    paragraph. A walker of notes gathers those of one `kind` in `collected`; that of the text has the notes it may cite
    and gathers which it does in `cited`, with their numbers; a note that is cited again keeps its number.
    """

    def __init__(self, package: Package, known: dict[NoteKey, str], kind: str = "") -> None:
        self.package = package
        self.known = known
        self.kind = kind
        self.kind_id = ""
        self.collected: dict[NoteKey, str] = {}
        self.cited: dict[NoteKey, int] = {}
        self.pieces: list[list[str]] = [[]]
        self.boxes: list[list[str]] = []
        self.tables: list[_Table] = []
        self.path: list[str] = []
        self.skipping = 0
        self.in_text = False
        self.joined = False
        self.counts: Counter[Thing] = Counter()

    def handlers(self) -> Handlers:
        return Handlers(self.begin, self.end, self.characters)

    def begin(self, qualified: str, attributes: dict[str, str]) -> None:
        name = self._name(qualified)
        self.path.append(name)
        if len(self.path) > DEEPEST:
            raise self.package.broken
        if name in {"headerReference", "footerReference"}:
            self.counts[Thing.RUNNING] += 1
        if name in _UNSEEN or name in _PROPERTIES:
            if name == "del" and not self.skipping:
                self.counts[Thing.DELETION] += 1
            self.skipping += 1
        elif not self.skipping:
            if name in _COUNTED:
                self.counts[_COUNTED[name]] += 1
            self._begin_seen(name, attributes)

    def _begin_seen(self, name: str, attributes: dict[str, str]) -> None:
        if name == "t":
            self.in_text = True
        elif name in _CHARACTERS:
            self.pieces[-1].append(_CHARACTERS[name])
        elif name == "p":
            self.boxes.append([])
        elif name == "tbl":
            self.tables.append(_Table())
        elif name == "tr" and self.tables:
            self.tables[-1].cells, self.tables[-1].deleted = [], False
        elif name == "txbxContent" or (name == "tc" and self.tables):
            self.pieces.append([])
        elif name in {"footnoteReference", "endnoteReference"}:
            self._cite((name.removesuffix("Reference"), _id_of(attributes)))
        elif name == self.kind:
            self.pieces, self.kind_id = [[]], _id_of(attributes)

    def end(self, _qualified: str) -> None:
        name = self.path.pop()
        if name in _UNSEEN or name in _PROPERTIES:
            self.skipping -= 1
        elif not self.skipping:
            self._end_seen(name)

    def _end_seen(self, name: str) -> None:
        if name == "t":
            self.in_text = False
        elif name == "p":
            self._end_paragraph()
        elif name == "txbxContent" and len(self.pieces) > 1:
            box = "".join(self.pieces.pop())
            (self.boxes[-1] if self.boxes else self.pieces[-1]).append(box)
        elif name == "tc" and self.tables and len(self.pieces) > 1:
            self.tables[-1].cells.append("".join(self.pieces.pop()).removesuffix("\n"))
        elif name == "tr" and self.tables and not self.tables[-1].deleted:
            self.tables[-1].rows.append("\t".join(self.tables[-1].cells) + "\n")
        elif name == "tbl" and self.tables:
            self.pieces[-1].extend(self.tables.pop().rows)
        elif name == self.kind:
            self.collected[name, self.kind_id] = "".join(self.pieces[0])

    def _end_paragraph(self) -> None:
        boxes = self.boxes.pop() if self.boxes else []
        if boxes or not self.joined:
            self.pieces[-1].append("\n")
        self.pieces[-1].extend(boxes)
        self.joined = False

    def characters(self, data: str) -> None:
        if self.in_text and not self.skipping:
            # A line end in the XML is a space on the page.
            self.pieces[-1].append(data.replace("\n", " "))

    def _name(self, qualified: str) -> str:
        space, _brace, name = qualified.rpartition("}")
        if space not in _NAMESPACES:
            return _OTHERS.get(qualified, "other")
        if name in {"del", "moveFrom"} and self.path:
            self._note_deletion()
        return name

    def _note_deletion(self) -> None:
        """See a deleted paragraph mark (the next paragraph goes on in this one) and a deleted row."""
        if self.path[-3:] == ["p", "pPr", "rPr"] and self.skipping == len(("pPr", "rPr")):
            self.joined = True
        elif self.path[-1] == "trPr" and self.tables:
            self.tables[-1].deleted = True
            self.counts[Thing.DELETION] += 1

    def _cite(self, key: NoteKey) -> None:
        if key not in self.known:
            self.counts[Thing.LOST] += 1
            return
        if key not in self.cited:
            self.cited[key] = len(self.cited) + 1
            self.counts[Thing.CITED] += 1
        self.pieces[-1].append(reference(self.cited[key]))


def _id_of(attributes: dict[str, str]) -> str:
    return next((value for name, value in attributes.items() if name.rpartition("}")[2] == "id"), "")
