"""HTML: the text as a browser shows it, without its layout.

A small reader of our own: one pass over the tags, so that a broken or hostile page costs no more than its length.
Blocks are lines, rows of a table are lines with tabs, white space is single but in `pre`, scripts and styles are left
out.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

from koding.errors import KodingError
from koding.i18n import _, ngettext
from koding.readers.text import read_text

_SIGN = re.compile(r"\s*(?:<!--[^>]{0,2000}-->\s*)?<(?:!doctype\s+html|html|head|body|meta)\b", re.IGNORECASE)
_CHARSET = re.compile(rb"<meta[^>]{0,300}charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_LATIN = frozenset({b"windows-1252", b"iso-8859-1", b"latin1"})
_NAME = re.compile(r"<(?P<close>/?)(?P<name>[a-zA-Z][a-zA-Z0-9:-]{0,40})")
_BLANKS = re.compile(r"[ \t\n\f\r]+")
_BLOCK_NAMES = (
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol p pre section summary table tbody tfoot "
    "thead title tr ul"
)
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_APART = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "ul", "ol", "table", "pre"})
_UNSEEN = frozenset({"template", "noscript", "svg", "head"})
# Within these nothing is a tag but their own end.
_RAW = {name: re.compile(f"</{name}", re.IGNORECASE) for name in ("script", "style")}
_CELLS = frozenset({"td", "th"})
# How far into a file its declarations are looked for.
_HEAD = 4096


@dataclass(frozen=True, slots=True)
class Page:
    """The text of an HTML file with the encoding it was in; `notes` are lines for the researcher."""

    text: str
    encoding: str
    notes: tuple[str, ...] = ()


def is_html(start: str) -> bool:
    """Whether a text that begins so is an HTML page."""
    return _SIGN.match(start) is not None


def read_html(data: bytes, where: str = "") -> Page:
    """Read the text of an HTML file, in any encoding that `read_text` knows.

    Raises KodingError for bytes that are no text, and for a document type with declarations of its own.
    """
    decoded = read_text(data, where)
    text = decoded.text
    declared = _CHARSET.search(data[:_HEAD])
    # That the page says so itself is no guess.
    note = "" if declared and declared[1].lower() in _LATIN else decoded.note
    start = text[:_HEAD].lstrip()
    if start[:9].lower() == "<!doctype" and "[" in start[: start.find(">") + 1]:
        raise KodingError(
            _("{where} holds a document type declaration of its own; it was not read.").format(
                where=where or _("The file")
            ),
            _("Open it in a browser and save it again, or save it as plain text."),
        )
    walker = Hypertext()
    walker.feed(text)
    pictures = walker.pictures
    notes = [note] if note else []
    if pictures:
        notes.append(
            ngettext("{count} picture was left out.", "{count} pictures were left out.", pictures).format(
                count=pictures
            )
        )
    return Page(walker.text(), decoded.encoding, tuple(notes))


class Hypertext:
    """Collects the text of HTML; `pictures` counts what is not in it."""

    def __init__(self) -> None:
        self.pictures = 0
        self._pieces: list[str] = []
        self._unseen = ""
        self._pre = 0
        # How many line ends are due before the next sign, and whether a space is.
        self._due = 0
        self._space = False
        # The cell at hand, and whether it is still empty.
        self._cells = 0
        self._fresh = False

    def text(self) -> str:
        """Give the text so far, ended by a line end."""
        text = "".join(self._pieces)
        return f"{text}\n" if text else ""

    def feed(self, source: str) -> None:
        """Read a whole page or fragment."""
        position, length = 0, len(source)
        ends = True
        while position < length:
            opened = source.find("<", position)
            if opened < 0:
                self._characters(source[position:])
                return
            self._characters(source[position:opened])
            if source.startswith("<!--", opened):
                closed = source.find("-->", opened + 4)
                position = closed + 3 if closed >= 0 else length
                continue
            found = _NAME.match(source, opened)
            tagged = found or source[opened + 1 : opened + 2] in {"!", "?"}
            closed = source.find(">", opened) if ends and tagged else -1
            if closed < 0:
                ends = ends and not tagged
                self._characters("<")
                position = opened + 1
                continue
            position = closed + 1
            if found:
                position = self._tag(found, source, position)

    def _tag(self, found: re.Match[str], source: str, after: int) -> int:
        name, close = found["name"].lower(), bool(found["close"])
        if self._unseen:
            if (close and name == self._unseen) or (name == "body" and self._unseen == "head"):
                self._unseen = ""
            return after
        if name in _RAW and not close:
            end = _RAW[name].search(source, after)
            return end.start() if end else len(source)
        if name in _UNSEEN and not close:
            self._unseen = "" if source[after - 2] == "/" else name
        elif name == "br":
            self._break(1, exact=True)
        elif name == "img" and not close:
            self.pictures += 1
        elif name in _CELLS and not close:
            self._cell()
        elif name in _BLOCKS:
            self._block(name, close=close)
        return after

    def _block(self, name: str, *, close: bool) -> None:
        if name == "pre":
            self._pre = max(0, self._pre + (-1 if close else 1))
        if name in {"tr", "table"}:
            # The rows of a table are lines, whatever its last cell ends in.
            self._due = 1 if self._cells else self._due
            self._cells, self._fresh = 0, False
        self._break(2 if name in _APART else 1)

    def _cell(self) -> None:
        self._cells += 1
        self._space = False
        if self._cells > 1:
            self._due = 0
            self._pieces.append("\t")
        else:
            self._flush()
        self._fresh = True

    def _break(self, lines: int, *, exact: bool = False) -> None:
        self._space = False
        if self._pieces and not self._fresh:
            self._due = self._due + lines if exact else max(self._due, lines)

    def _characters(self, raw: str) -> None:
        if self._unseen or not raw:
            return
        text = html.unescape(raw).replace("\0", "")
        if self._pre:
            text = text.replace("\r\n", "\n").replace("\r", "\n")
            self._flush()
            self._pieces.append(text)
            return
        blank = _BLANKS.sub(" ", text)
        if blank == " ":
            self._space = True
            return
        if not blank:
            return
        led = blank[0] == " " or self._space
        due = self._due
        self._flush()
        if led and not due and self._pieces and not self._fresh:
            self._pieces.append(" ")
        self._space = blank[-1] == " "
        self._fresh = False
        # A browser shows a space that holds words together as a space.
        self._pieces.append(blank.strip(" ").replace("\xa0", " "))

    def _flush(self) -> None:
        if self._due:
            self._pieces.append("\n" * min(self._due, 2))
            self._due = 0
