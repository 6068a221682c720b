"""Documents: one door for every kind of file that can be a source."""

from __future__ import annotations

import codecs
import hashlib
from dataclasses import dataclass
from pathlib import Path

from koding.errors import KodingError
from koding.i18n import _
from koding.readers.docx import is_docx, read_docx
from koding.readers.markdown import read_markdown
from koding.readers.text import Decoded, read_text

#: The suffixes of readable files, with the name of each format.
FORMATS = {".txt": "text", ".md": "markdown", ".markdown": "markdown", ".docx": "docx"}
_BYTE_ORDER_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# What an old Word file (.doc) and a .docx behind a password begin with.
_COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FOREIGN = (b"%PDF-", b"{\\rtf", b"PK\x03\x04")


@dataclass(frozen=True, slots=True)
class Document:
    """A file as it was read.

    `text` is what the source stores, for good; `file_sha256` is the hex digest of the file's bytes; `format` is "text",
    "markdown" or "docx"; `notes` are lines for the researcher.
    """

    text: str
    file_sha256: str
    encoding: str
    format: str
    notes: tuple[str, ...] = ()


def read_document(path: Path) -> Document:
    """Read a transcript or other text from a file.

    The content decides what it is (a Word document, a byte order mark), then the suffix. Raises KodingError for a file
    that is missing, empty, broken, or of another kind.
    """
    try:
        data = path.read_bytes()
    except OSError as fault:
        raise KodingError(
            _("{name} cannot be read: {reason}.").format(name=path, reason=fault.strerror or fault),
            _("Check the name, and that you may open the file."),
        ) from fault
    where = path.name
    format_name = _format_of(data, path)
    if format_name == "docx":
        content = read_docx(data, where)
        decoded, notes = Decoded(content.text, "utf-8"), content.notes
    else:
        decoded = read_markdown(data, where) if format_name == "markdown" else read_text(data, where)
        notes = (decoded.note,) if decoded.note else ()
    if not decoded.text.strip():
        raise KodingError(
            _("{name} holds no text.").format(name=where), _("Check that it is the right file, and that it is saved.")
        )
    return Document(decoded.text, hashlib.sha256(data).hexdigest(), decoded.encoding, format_name, notes)


def _format_of(data: bytes, path: Path) -> str:
    if is_docx(data):
        return "docx"
    if data.startswith(_COMPOUND_FILE):
        raise KodingError(
            _("{name} is an old Word file (.doc), or is protected by a password.").format(name=path.name),
            _("Open it in Word or LibreOffice and save it as .docx, without a password."),
        )
    by_suffix = FORMATS.get(path.suffix.lower(), "")
    if data.startswith(_BYTE_ORDER_MARKS):
        return by_suffix if by_suffix in {"text", "markdown"} else "text"
    if not by_suffix or (data.startswith(_FOREIGN) and by_suffix != "docx"):
        raise KodingError(
            _("{name} is no file that can be read as a transcript.").format(name=path.name),
            _("Readable are {suffixes}.").format(suffixes=", ".join(sorted(FORMATS))),
        )
    return by_suffix
