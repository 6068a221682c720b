"""Packages: zip files of XML parts (Word, OpenDocument, Excel), read part by part and never unpacked to disk.

Document types are refused, and so is a part that inflates beyond reason, whatever size it claims.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO
from xml.parsers import expat

from koding.errors import KodingError
from koding.i18n import _

_LARGEST = 200 * 1024 * 1024
# Bytes of the zip file's own list of names, which is held in memory whole (a document's has some tens of names).
_LARGEST_LIST = 8 * 1024 * 1024
_LIST_END, _END_LENGTH, _LONGEST_COMMENT = b"PK\x05\x06", 22, 0xFFFF
_HIGHEST_RATIO = 200
# Below this size a high ratio is only a short, repetitive text.
_RATIO_FROM = 1024 * 1024
_CHUNK = 1 << 16
#: Elements nested deeper than this are no document's.
DEEPEST = 2000
_OPENDOCUMENT_TEXT = b"application/vnd.oasis.opendocument.text"
_LONGEST_TYPE = 100
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    expat.ExpatError,
    NotImplementedError,
    EOFError,
    OSError,
    RuntimeError,
    ValueError,
    LookupError,
)


@dataclass(frozen=True, slots=True)
class Handlers:
    """What is called at an element's start (its name as `namespace}name`, its attributes), its end, and on text."""

    begin: Callable[[str, dict[str, str]], None]
    end: Callable[[str], None] | None = None
    characters: Callable[[str], None] | None = None


class Package:
    """An open package; `where` names the file in errors, `broken` is what is raised for one that is not whole."""

    def __init__(self, archive: zipfile.ZipFile, where: str, broken: KodingError) -> None:
        self.names = frozenset(archive.namelist())
        self.where = where
        self.broken = broken
        self._archive = archive
        self._size = 0

    def parse(self, part: str, handlers: Handlers) -> None:
        """Parse a part; raises KodingError for one that holds a document type or inflates beyond reason."""
        parse_xml(self._inflate(part), handlers, self.where)

    def _inflate(self, part: str) -> Iterator[bytes]:
        """Give a part in pieces; all parts of a package together may not grow beyond the limit."""
        entry = self._archive.getinfo(part)
        if entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise self.broken
        packed = max(1, entry.compress_size)
        if entry.file_size > _LARGEST:
            raise self._too_large()
        size = 0
        with self._archive.open(part) as stream:
            while piece := stream.read(_CHUNK):
                size += len(piece)
                self._size += len(piece)
                if self._size > _LARGEST or (size > _RATIO_FROM and size > packed * _HIGHEST_RATIO):
                    raise self._too_large()
                yield piece

    def _too_large(self) -> KodingError:
        return KodingError(
            _("{where} unpacks to far more than a document holds; it was not read.").format(where=self.where),
            _("If it is a real transcript, save it as plain text and import that."),
        )


@contextmanager
def opened(data: bytes, where: str, broken: KodingError) -> Iterator[Package]:
    """Open a package; whatever shows while it is read that it is not whole is raised as `broken`."""
    try:
        with zipfile.ZipFile(_listed(io.BytesIO(data))) as archive:
            yield Package(archive, where, broken)
    except _BROKEN as fault:
        raise broken from fault


def kind_of_package(data: bytes | BinaryIO) -> str:
    """Give "docx", "odt" or "xlsx" by what the zip file holds, "" for any other and for no zip file."""
    try:
        with zipfile.ZipFile(_listed(io.BytesIO(data) if isinstance(data, bytes) else data)) as archive:
            names = archive.namelist()
            if any(name.startswith("word/document") for name in names):
                return "docx"
            if any(name.startswith("xl/workbook") for name in names):
                return "xlsx"
            if "content.xml" not in names or "mimetype" not in names:
                return ""
            with archive.open("mimetype") as stream:
                return "odt" if stream.read(_LONGEST_TYPE).startswith(_OPENDOCUMENT_TEXT) else ""
    except _BROKEN:
        return ""


def is_project(data: bytes) -> bool:
    """Whether a zip file is a project of REFI-QDA (.qdpx): its list of names has one that ends in .qde."""
    try:
        with zipfile.ZipFile(_listed(io.BytesIO(data))) as archive:
            return any(name.lower().endswith(".qde") for name in archive.namelist())
    except _BROKEN:
        return False


def _listed(stream: BinaryIO) -> BinaryIO:
    """Give the zip file back; raises BadZipFile where its list of names is longer than any document's."""
    end = stream.seek(0, io.SEEK_END)
    stream.seek(max(0, end - _END_LENGTH - _LONGEST_COMMENT))
    tail = stream.read()
    at = tail.rfind(_LIST_END)
    if at < 0 or len(tail) - at < _END_LENGTH or struct.unpack_from("<I", tail, at + 12)[0] > _LARGEST_LIST:
        raise zipfile.BadZipFile
    stream.seek(0)
    return stream


def parse_xml(pieces: Iterable[bytes], handlers: Handlers, where: str) -> None:
    """Parse XML that comes in pieces. Raises KodingError for a document type, expat.ExpatError for what is no XML."""
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True

    def refuse(*_declaration: object) -> None:
        raise KodingError(
            _("{where} holds a document type declaration, which no such document does; it was not read.").format(
                where=where
            ),
            _("Open it in Word or LibreOffice and save it again."),
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
