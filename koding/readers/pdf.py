"""PDF files: their text by PDFium, page by page, and where each page ends.

A PDF has letters at places and no paragraphs: lines are as they are printed, a word broken at a line's end is joined
again, and running heads are part of the page. Scanned pages have no text.
"""

from __future__ import annotations

import re
import time
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from koding.errors import KodingError
from koding.i18n import _, ngettext
from koding.model.pages import join_pages

if TYPE_CHECKING:
    import pypdfium2

_STREAM = re.compile(rb"stream\r?\n")
# What one stream, and all together, may unpack to, and the highest ratio beyond the size from which that is told.
_LARGEST_STREAM = 100 * 1024 * 1024
_RATIO_FROM = 8 * 1024 * 1024
_HIGHEST_RATIO = 200
_LARGEST = 2048 * 1024 * 1024
_CHUNK = 1 << 20
# Most of what is no packed stream shows it in its first bytes.
_FIRST_BYTES = 64
_MOST_PAGES = 20_000
_MOST_CHARACTERS = 50_000_000
_MOST_SECONDS = 60
_NAMED = 10
# PDFium gives this for a hyphen at the end of a line, and the next line right after it.
_BROKEN_WORD = re.compile(r"(?P<before>\w?)\ufffe")
_CONTROLS = re.compile(r"[\0-\x08\x0b\x0e-\x1f\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class PdfText:
    """The text of a PDF file with its pages (see `koding.model.pages`); `notes` are lines for the researcher."""

    text: str
    notes: tuple[str, ...] = ()


def read_pdf(data: bytes, where: str = "") -> PdfText:
    """Read the text of a PDF file.

    Raises KodingError for a file that is broken, protected by a password, without any text (scanned), or that unpacks
    beyond reason.
    """
    import pypdfium2

    where = where or _("The file")
    _refuse_bombs(data, where)
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as fault:
        raise _broken(where) from fault
    try:
        pages = _pages(document, where)
    finally:
        document.close()
    empty = [number for number, page in enumerate(pages, start=1) if not page.strip()]
    if len(empty) == len(pages):
        raise KodingError(
            _("{where} holds no text; its pages are pictures.").format(where=where),
            _("Have the text recognised (OCR) in the program that scanned it, or import the transcript it came from."),
        )
    broken = sum(page.count("\ufffe") for page in pages)
    text = join_pages([_CONTROLS.sub("", _BROKEN_WORD.sub(_join, page)) for page in pages])
    return PdfText(text, _notes(len(pages), empty, broken))


def _refuse_bombs(data: bytes, where: str) -> None:
    """Raise for streams that unpack beyond reason, before PDFium unpacks them; what is no such stream is passed by."""
    unpacked, end = 0, 0
    for found in _STREAM.finditer(data):
        start = found.end()
        if end < start:
            ending = data.find(b"endstream", start)
            end = ending if ending >= 0 else len(data)
        size = _unpacked_size(data, start, end)
        unpacked += size
        if size > _LARGEST_STREAM or unpacked > _LARGEST or size > max(_RATIO_FROM, (end - start) * _HIGHEST_RATIO):
            raise KodingError(
                _("{where} unpacks to far more than a document holds; it was not read.").format(where=where),
                _("If it is a real transcript, save it as plain text and import that."),
            )


def _unpacked_size(data: bytes, start: int, end: int) -> int:
    """Give what a stream unpacks to, in bytes, no further than the limit; 0 where it is not packed this way."""
    inflater = zlib.decompressobj()
    size, step = 0, _FIRST_BYTES
    try:
        while start < end and not inflater.eof and size <= _LARGEST_STREAM:
            rest = data[start : min(end, start + step)]
            start += len(rest)
            step = _CHUNK
            while rest and not inflater.eof and size <= _LARGEST_STREAM:
                size += len(inflater.decompress(rest, _CHUNK))
                rest = inflater.unconsumed_tail
    except zlib.error:
        return size
    return size


def _pages(document: pypdfium2.PdfDocument, where: str) -> list[str]:
    import pypdfium2

    stop = time.monotonic() + _MOST_SECONDS
    pages: list[str] = []
    characters = 0
    try:
        if len(document) > _MOST_PAGES:
            raise _too_much(where)
        for page in document:
            text = page.get_textpage().get_text_range().replace("\r\n", "\n").replace("\r", "\n")
            page.close()
            characters += len(text)
            pages.append(text)
            if characters > _MOST_CHARACTERS or time.monotonic() > stop:
                raise _too_much(where)
    except pypdfium2.PdfiumError as fault:
        raise _broken(where) from fault
    if not pages:
        raise _broken(where)
    return pages


def _join(found: re.Match[str]) -> str:
    """Give what stands for a hyphen at a line's end: nothing, or the hyphen after a capital or a digit (NAV-veileder).

    Which hyphens belong to the word only a dictionary could tell.
    """
    before = found["before"]
    return f"{before}-" if not before or before.isupper() or before.isdigit() else before


def _notes(count: int, empty: list[int], broken: int) -> tuple[str, ...]:
    lines = [ngettext("{count} page.", "{count} pages; where each ends is kept.", count).format(count=count)]
    if empty:
        numbers = ", ".join(str(number) for number in empty[:_NAMED]) + (", …" if len(empty) > _NAMED else "")
        lines.append(_("No text on page {numbers}; it may be scanned.").format(numbers=numbers))
    if broken:
        lines.append(
            ngettext(
                "{count} word broken at a line's end was joined.",
                "{count} words broken at a line's end were joined.",
                broken,
            ).format(count=broken)
        )
    return tuple(lines)


def _broken(where: str) -> KodingError:
    return KodingError(
        _("{where} is not a whole PDF file, or it is protected by a password.").format(where=where),
        _("Open it and save it again without a password, or save it as plain text."),
    )


def _too_much(where: str) -> KodingError:
    return KodingError(
        _("{where} holds far more than a transcript; it was not read.").format(where=where),
        _("Save the pages you need as a file of their own, or as plain text."),
    )
