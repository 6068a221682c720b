r"""Rich Text Format: the text as a reader of the page sees it, tracked changes accepted.

A walker of our own over control words, since a general library keeps deleted text, drops footnotes and text boxes,
and writes the addresses of links into the text. Control words after Microsoft's RTF specification 1.9.1. Bytes are
in the font's code page, or in the file's (`\ansicpg`); `\u` gives UTF-16 units, which are joined at the end.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from dataclasses import dataclass, field, replace

from koding.errors import KodingError
from koding.i18n import _
from koding.readers.footnotes import reference, with_notes
from koding.readers.remarks import Thing, remarks

_TOKEN = re.compile(
    r"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})? ?|\\'(?P<hex>[0-9a-fA-F]{2})|\\(?P<symbol>.)"
    r"|(?P<brace>[{}])|(?P<text>[^\\{}\r\n]+)|[\r\n]+|\\",
    re.DOTALL,
)
_CHARACTERS = {
    "par": "\n", "line": "\n", "sect": "\n", "page": "\n", "tab": "\t", "emdash": "—", "endash": "–",
    "emspace": "\u2003", "enspace": "\u2002", "qmspace": "\u2005", "bullet": "•", "lquote": "‘", "rquote": "’",
    "ldblquote": "“", "rdblquote": "”", "zwj": "\u200d", "zwnj": "\u200c", "zwbo": "\u200b", "ltrmark": "\u200e",
    "rtlmark": "\u200f", "cell": "\t", "nestcell": "\t",
}  # fmt: skip
_SYMBOLS = {"~": "\xa0", "-": "\xad", "_": "\u2011", "{": "{", "}": "}", "\\": "\\", "\n": "\n", "\r": "\n"}
_ROWS = frozenset({"row", "nestrow"})
# Groups that hold no text of the page; so does every group marked `\*`, but for those that text boxes stand in.
_UNSEEN_NAMES = (
    "fonttbl colortbl stylesheet info pict objdata header headerl headerr headerf footer footerl footerr footerf "
    "ftnsep ftnsepc ftncn aftnsep aftnsepc aftncn sp shprslt nonshppict xe tc rxe listtext pntext fldinst annotation "
    "listtable listoverridetable rsidtbl themedata datastore latentstyles nonesttables"
)
_UNSEEN = frozenset(_UNSEEN_NAMES.split())
_STARRED = frozenset({"shpinst", "shptxt", "do", "dptxbxtext"})
_BOXES = frozenset({"shptxt", "dptxbxtext"})
_COUNTED = {
    "pict": Thing.PICTURE,
    "shppict": Thing.PICTURE,
    "annotation": Thing.COMMENT,
    **dict.fromkeys(
        ("header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr", "footerf"), Thing.RUNNING
    ),
}
_CHARSETS = {
    0: "cp1252", 77: "mac_roman", 128: "cp932", 129: "cp949", 134: "cp936", 136: "cp950", 161: "cp1253", 162: "cp1254",
    163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250",
    255: "cp850",
}  # fmt: skip
_PAGES = {"mac": "mac_roman", "pc": "cp437", "pca": "cp850"}
_UTF8_PAGE = 65001
# Notes and text boxes within one another beyond this are no writer's.
_DEEPEST = 8
_UNITS = 0x10000
_LAST_CODE_POINT = 0x10FFFF


@dataclass(frozen=True, slots=True)
class RtfText:
    """The text of an RTF file; `notes` are lines for the researcher on what the text does not hold."""

    text: str
    notes: tuple[str, ...] = ()


def read_rtf(data: bytes, where: str = "") -> RtfText:
    r"""Read the text of an .rtf file, under the same rules as `read_docx`.

    A file that ends before its last group does is read as far as it goes, and that is said. Raises KodingError for
    bytes that do not begin with `{\rtf`.
    """
    if not data.startswith(b"{\\rtf"):
        raise KodingError(
            _("{where} is not an RTF file.").format(where=where or _("The file")),
            _("Open it in Word or LibreOffice and save it again."),
        )
    walker = _Walker(data.decode("latin-1"))
    walker.run()
    notes = remarks(walker.counts)
    if walker.groups:
        notes = (*notes, _("The file breaks off; check that its end is there."))
    return RtfText(with_notes(_joined(walker.pieces[0]), [_joined(note) for note in walker.cited]), notes)


def _joined(pieces: list[str]) -> str:
    """Join pieces and the UTF-16 units among them; a unit without its other half becomes a replacement character."""
    text = "".join(pieces)
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text.replace("\0", "")


@dataclass(frozen=True, slots=True)
class _State:
    """What a group inherits: whether it is unseen or deleted, its font, how many signs stand in for one of Unicode."""

    unseen: bool = False
    deleted: bool = False
    font: int = -1
    skip: int = 1
    fonts: bool = False
    # What ends with this group: "box" or "note".
    closes: str = ""


@dataclass(slots=True)
class _Walker:
    """Collects text; `pieces` is a stack with one list per open text box or note, `groups` the states outside."""

    source: str
    pieces: list[list[str]] = field(default_factory=lambda: [[]])
    cited: list[list[str]] = field(default_factory=list)
    boxes: list[list[str]] = field(default_factory=lambda: [[]])
    counts: Counter[Thing] = field(default_factory=Counter)
    groups: list[_State] = field(default_factory=list)
    state: _State = field(default_factory=_State)
    starred: bool = False
    encoding: str = "cp1252"
    charsets: dict[int, str] = field(default_factory=dict)
    bytes_: bytearray = field(default_factory=bytearray)
    skipping: int = 0

    def run(self) -> None:
        position = 0
        while position < len(self.source):
            found = _TOKEN.match(self.source, position)
            if not found:
                break
            position = found.end()
            if found["text"] is not None:
                self._bytes(found["text"].encode("latin-1"))
                continue
            if found["hex"]:
                self._bytes(bytes.fromhex(found["hex"]))
                continue
            self._flush()
            position += self._control(found)
            if not self.groups:
                break
        self._flush()
        while len(self.pieces) > 1:
            self.pieces[-2].extend(self.pieces.pop())
        self._place_boxes()

    def _control(self, found: re.Match[str]) -> int:
        """Obey a brace, control word or symbol; give how many bytes of a picture follow it."""
        if found["brace"]:
            self._brace(found["brace"])
        elif found["word"]:
            number = int(found["number"]) if found["number"] else None
            if found["word"] == "bin":
                return max(0, number or 0)
            self._word(found["word"], number)
        elif found["symbol"]:
            self._symbol(found["symbol"])
        return 0

    def _brace(self, brace: str) -> None:
        self.skipping, self.starred = 0, False
        if brace == "{":
            self.groups.append(self.state)
            if self.state.closes:
                self.state = replace(self.state, closes="")
            return
        closes = self.state.closes
        self.state = self.groups.pop()
        if closes == "box":
            self.boxes[-1].extend(self.pieces.pop())
            self.boxes[-1].append("" if self.boxes[-1][-1:] == ["\n"] else "\n")
        elif closes == "note":
            self.boxes.pop()
            self.cited.append(self.pieces.pop())
            self.counts[Thing.CITED] += 1
            self._put(reference(len(self.cited)))

    def _bytes(self, content: bytes) -> None:
        self.starred = False
        if self.skipping:
            dropped = min(self.skipping, len(content))
            self.skipping -= dropped
            content = content[dropped:]
        if content and not self.state.unseen and not self.state.deleted:
            self.bytes_ += content

    def _flush(self) -> None:
        """Decode the bytes so far: no character reaches over a control word or a brace."""
        if self.bytes_:
            encoding = self.charsets.get(self.state.font, self.encoding)
            self.pieces[-1].append(bytes(self.bytes_).decode(encoding, "replace"))
            self.bytes_.clear()

    def _put(self, text: str) -> None:
        if self.state.unseen or self.state.deleted:
            return
        self.pieces[-1].append(text)
        if text == "\n":
            self._place_boxes()

    def _place_boxes(self) -> None:
        if self.boxes[-1]:
            pieces = self.pieces[-1]
            if pieces and not pieces[-1].endswith("\n"):
                pieces.append("\n")
            pieces.extend(self.boxes[-1])
            self.boxes[-1] = []

    def _symbol(self, symbol: str) -> None:
        self.skipping = 0
        self.starred = symbol == "*"
        if symbol in _SYMBOLS:
            self._put(_SYMBOLS[symbol])

    def _word(self, word: str, number: int | None) -> None:
        self.skipping = 0
        starred, self.starred = self.starred, False
        if word in _CHARACTERS:
            self._put(_CHARACTERS[word])
        elif word == "u" and number is not None:
            self._put(_unit(number))
            self.skipping = self.state.skip
        elif word in _ROWS:
            if self.pieces[-1] and self.pieces[-1][-1] == "\t" and not self.state.unseen:
                self.pieces[-1].pop()
            self._put("\n")
        elif word in _UNSEEN or (starred and word not in _STARRED):
            if word in _COUNTED and not self.state.unseen:
                self.counts[_COUNTED[word]] += 1
            self.state = replace(self.state, unseen=True, fonts=word == "fonttbl")
        elif not self.state.unseen and (word in _BOXES or word == "footnote"):
            self._open(word)
        else:
            self._set(word, number)

    def _open(self, word: str) -> None:
        """Begin a text box or a note, which its group ends."""
        if self.state.closes or len(self.pieces) > _DEEPEST:
            return
        self.state = replace(self.state, closes="note" if word == "footnote" else "box")
        self.pieces.append([])
        if word == "footnote":
            self.boxes.append([])
        else:
            self.counts[Thing.BOX] += 1

    def _set(self, word: str, number: int | None) -> None:
        if word == "uc":
            self.state = replace(self.state, skip=max(0, number or 0))
        elif word in {"f", "deff"} and number is not None:
            self.state = replace(self.state, font=number)
        elif word == "fcharset" and self.state.fonts and number in _CHARSETS and number:
            self.charsets[self.state.font] = _CHARSETS[number]
        elif word == "deleted":
            if number != 0 and not self.state.deleted and not self.state.unseen:
                self.counts[Thing.DELETION] += 1
            self.state = replace(self.state, deleted=number != 0)
        elif word == "plain":
            self.state = replace(self.state, deleted=False)
        elif word == "ansicpg" and number is not None:
            self.encoding = _code_page(number)
        elif word in _PAGES:
            self.encoding = _PAGES[word]


def _unit(number: int) -> str:
    """Give the UTF-16 unit of a signed 16-bit number; some writers give a whole code point."""
    return chr(number) if _UNITS <= number <= _LAST_CODE_POINT else chr(number & (_UNITS - 1))


def _code_page(number: int) -> str:
    name = "utf-8" if number == _UTF8_PAGE else f"cp{number}"
    try:
        codecs.lookup(name)
    except LookupError:
        return "cp1252"
    return name
