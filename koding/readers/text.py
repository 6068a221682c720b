r"""Plain text: which encoding the bytes are in, and line ends as `\n`. Nothing else of the text is changed."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from koding.errors import KodingError
from koding.i18n import _
from koding.readers.faults import NotText

# Bytes that no transcript holds: control characters but for tab, line ends, page breaks, and those that old Word files
# leave behind (end of file 0x1A, hard and soft hyphen 0x1E and 0x1F).
_CONTROLS = bytes(set(range(0x20)) - {0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x1A, 0x1E, 0x1F}) + b"\x7f"
_SAMPLE = 8192
# Share of characters with a zero byte: in any script, and in Latin text, which is what a short sample must show.
_FEW_ZEROS, _MANY_ZEROS = 0.05, 0.5
_TELLING = 1024
_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text with the encoding it was read in; `note` is a line for the researcher, "" where there is nothing to say."""

    text: str
    encoding: str
    note: str = ""


def read_text(data: bytes, where: str = "") -> Decoded:
    """Decode a text file: UTF-8, UTF-16 with or without a byte order mark, else Windows-1252 (said in the note).

    `where` names the file in errors. Raises KodingError for bytes that are no text in any of these.
    """
    where = where or _("The file")
    encoding = _marked_encoding(data) or _unmarked_utf16(data)
    note = ""
    if encoding is None:
        encoding, note = _utf8_or_windows(data, where)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as fault:
        line = data.count(b"\n", 0, fault.start) + 1
        raise KodingError(
            _("{where} is marked as {encoding}, but line {line} is not.").format(
                where=where, encoding=encoding, line=line
            ),
            _("Open it in the program that made it and save it as UTF-8."),
        ) from fault
    if encoding.startswith("utf-16"):
        text = text.removeprefix("\ufeff")
    if "\0" in text:
        raise _binary(where)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return Decoded(text, encoding, note)


def _marked_encoding(data: bytes) -> str | None:
    if data.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if data.startswith(codecs.BOM_UTF16_LE):
        return "utf-16-le"
    if data.startswith(codecs.BOM_UTF16_BE):
        return "utf-16-be"
    return None


def _unmarked_utf16(data: bytes) -> str | None:
    """Tell UTF-16 without a mark by its zero bytes, which then stand on one side of every pair only.

    Even Arabic or Tigrinya has a space, a digit or a line end in one character of twenty.
    """
    sample = data[:_SAMPLE]
    if len(data) % 2 or b"\0" not in sample:
        return None
    high, low = sample[0::2].count(0), sample[1::2].count(0)
    enough = len(sample) / 2 * (_FEW_ZEROS if len(sample) >= _TELLING else _MANY_ZEROS)
    if low >= enough and high * 50 <= low:
        return "utf-16-le"
    if high >= enough and low * 50 <= high:
        return "utf-16-be"
    return None


def _utf8_or_windows(data: bytes, where: str) -> tuple[str, str]:
    """Give "utf-8" where the bytes are that, else "cp1252" with its note; both must look like text."""
    strange = len(data) - len(data.translate(None, _CONTROLS))
    if b"\0" in data or strange * 100 > len(data):
        raise _binary(where)
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as fault:
        _refuse_damaged_utf8(data, where, fault)
    else:
        return "utf-8", ""
    try:
        data.decode("cp1252")
    except UnicodeDecodeError as fault:
        raise _binary(where) from fault
    return "cp1252", _("{where} is not UTF-8; it was read as Windows-1252. Check that æ, ø and å are right.").format(
        where=where
    )


def _refuse_damaged_utf8(data: bytes, where: str, fault: UnicodeDecodeError) -> None:
    """Raise where most of the text is UTF-8: Windows-1252 would turn every right letter into two wrong ones."""
    lenient = data.decode("utf-8", errors="replace")
    broken = lenient.count(_REPLACEMENT)
    right = len(lenient) - len(lenient.encode("ascii", "ignore")) - broken
    if right > broken:
        raise KodingError(
            _("{where} is UTF-8 with broken bytes on line {line}.").format(
                where=where, line=data.count(b"\n", 0, fault.start) + 1
            ),
            _("Open it in the program that made it and save it as UTF-8 again."),
        ) from fault


def _binary(where: str) -> NotText:
    return NotText(
        _("{where} is not a text file.").format(where=where),
        _("Save the transcript as plain text (UTF-8), Markdown or Word (.docx)."),
    )
