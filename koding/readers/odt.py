"""OpenDocument texts (LibreOffice): the text of `content.xml` as it reads on the page, tracked changes accepted.

Element names and the rules for white space after OASIS OpenDocument 1.3 part 3, chapters 3, 5 to 7 and 9.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from koding.errors import KodingError
from koding.i18n import _
from koding.readers.footnotes import reference, with_notes
from koding.readers.packages import DEEPEST, Handlers, Package, opened
from koding.readers.remarks import Thing, remarks

_CONTENT = "content.xml"
_SPACE = "urn:oasis:names:tc:opendocument:xmlns:"
_PREFIXES = {
    f"{_SPACE}text:1.0": "text",
    f"{_SPACE}table:1.0": "table",
    f"{_SPACE}drawing:1.0": "draw",
    f"{_SPACE}office:1.0": "office",
}
# Deleted text, comments, the reference's own number, glosses, declarations: not in the line of the text.
_UNSEEN = frozenset(
    {
        "text:tracked-changes",
        "text:note-citation",
        "text:ruby-text",
        "text:sequence-decls",
        "text:variable-decls",
        "text:user-field-decls",
        "office:annotation",
        "office:forms",
        "office:binary-data",
        "table:covered-table-cell",
        "draw:object",
        "draw:object-ole",
    }
)
_PARAGRAPHS = frozenset({"text:p", "text:h"})
_BLANKS = re.compile(r"[ \t\r\n]+")
#: More spaces in a row than this are no typist's.
_MOST_SPACES = 200


@dataclass(frozen=True, slots=True)
class OdtText:
    """The text of an OpenDocument file; `notes` are lines for the researcher on what the text does not hold."""

    text: str
    notes: tuple[str, ...] = ()


def read_odt(data: bytes, where: str = "") -> OdtText:
    """Read the text of an .odt file, under the same rules as `read_docx`. Raises KodingError as that does."""
    where = where or _("The file")
    broken = KodingError(
        _("{where} is not a whole OpenDocument text.").format(where=where),
        _("Open it in LibreOffice and save it again as .odt, without a password."),
    )
    with opened(data, where, broken) as package:
        walker = _Walker(package)
        package.parse(_CONTENT, Handlers(walker.begin, walker.end, walker.characters))
    return OdtText(with_notes("".join(walker.pieces[0]), walker.cited), remarks(walker.counts))


class _Walker:
    """Collects text; `pieces` is a stack with one list per open cell, text box or note.

    Within a paragraph white space is one space, none at its beginning: `blank` tells that the last sign was one.
    `boxes` has the text boxes of every open paragraph, `rows` the cells of every open table's row.
    """

    def __init__(self, package: Package) -> None:
        self.package = package
        self.pieces: list[list[str]] = [[]]
        self.cited: list[str] = []
        self.boxes: list[list[str]] = []
        self.rows: list[list[str]] = []
        self.path: list[str] = []
        self.blanks: list[bool] = []
        self.skipping = 0
        self.counts: Counter[Thing] = Counter()

    def begin(self, qualified: str, attributes: dict[str, str]) -> None:
        space, _brace, name = qualified.rpartition("}")
        name = f"{_PREFIXES.get(space, 'other')}:{name}"
        self.path.append(name)
        if len(self.path) > DEEPEST:
            raise self.package.broken
        if name == "text:deletion":
            self.counts[Thing.DELETION] += 1
        if name in _UNSEEN:
            if name == "office:annotation" and not self.skipping:
                self.counts[Thing.COMMENT] += 1
            self.skipping += 1
        elif not self.skipping:
            self._begin_seen(name, attributes)

    def _begin_seen(self, name: str, attributes: dict[str, str]) -> None:
        if name in _PARAGRAPHS:
            self.boxes.append([])
            self.blanks.append(True)
        elif name == "text:s":
            self._put(" " * _number(attributes))
        elif name == "text:tab":
            self._put("\t")
        elif name == "text:line-break":
            self._put("\n")
        elif name == "table:table-row":
            self.rows.append([])
        elif name in {"table:table-cell", "text:note-body", "draw:text-box"}:
            self.pieces.append([])
        elif name == "draw:image":
            self.counts[Thing.PICTURE] += 1

    def end(self, _qualified: str) -> None:
        name = self.path.pop()
        if name in _UNSEEN:
            self.skipping -= 1
        elif not self.skipping:
            self._end_seen(name)

    def _end_seen(self, name: str) -> None:
        if name in _PARAGRAPHS:
            self.blanks.pop()
            self.pieces[-1].append("\n")
            self.pieces[-1].extend(self.boxes.pop())
        elif name == "table:table-cell":
            cell = "".join(self.pieces.pop()).removesuffix("\n")
            if self.rows:
                self.rows[-1].append(cell)
        elif name == "table:table-row":
            self.pieces[-1].append("\t".join(self.rows.pop()) + "\n")
        elif name == "text:note-body":
            self.cited.append("".join(self.pieces.pop()))
            self.counts[Thing.CITED] += 1
            self._put(reference(len(self.cited)))
        elif name == "draw:text-box":
            self.counts[Thing.BOX] += 1
            box = "".join(self.pieces.pop())
            (self.boxes[-1] if self.boxes else self.pieces[-1]).append(box)

    def _put(self, text: str) -> None:
        if self.blanks:
            self.pieces[-1].append(text)
            self.blanks[-1] = False

    def characters(self, data: str) -> None:
        if not self.blanks or self.skipping or self.path[-1] == "text:note":
            return
        text = _BLANKS.sub(" ", data)
        if self.blanks[-1]:
            text = text.removeprefix(" ")
        if text:
            self.pieces[-1].append(text)
            self.blanks[-1] = text.endswith(" ")


def _number(attributes: dict[str, str]) -> int:
    """Give how many spaces a `text:s` stands for."""
    written = next((value for name, value in attributes.items() if name.endswith("}c")), "1")
    return min(int(written), _MOST_SPACES) if written.isascii() and written.isdigit() else 1
