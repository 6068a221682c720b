"""Documents: one door for every kind of file that can be a source."""

from __future__ import annotations

import hashlib
import os
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from koding.errors import KodingError
from koding.i18n import _, ngettext
from koding.model.transcript import Turn
from koding.readers.docx import read_docx
from koding.readers.faults import NotATranscript
from koding.readers.hypertext import read_html
from koding.readers.informants import InformantTable
from koding.readers.jsonfiles import parse_json
from koding.readers.kinds import HEAD, SUFFIXES, kind_by_content
from koding.readers.markdown import read_markdown
from koding.readers.odt import read_odt
from koding.readers.otranscribe import is_otr, read_otr
from koding.readers.packages import is_project, kind_of_package
from koding.readers.rtf import read_rtf
from koding.readers.subtitles import read_subtitles
from koding.readers.surveys import read_answers
from koding.readers.tables import sheet
from koding.readers.text import read_text
from koding.readers.turns import recognise
from koding.readers.whisper import is_whisper, read_whisper

#: The format whose files also say who the speakers are.
SURVEY = "survey"
#: Formats whose files say themselves where turns are, so that nothing is recognised in the text.
OWN_TURNS = frozenset({"vtt", "srt", "whisper", "otranscribe", SURVEY})
#: Kinds whose files always begin with a mark of their own.
_MARKED_KINDS = frozenset({"docx", "odt", "rtf", "pdf", "xlsx"})
#: Kinds of characters that a name is shown and written without: controls, lone surrogates, ends of lines.
_NOT_IN_NAMES = frozenset({"Cc", "Cs", "Zl", "Zp"})
_DATABASE = b"SQLite format 3\0"
_LARGEST = 512 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Document:
    """A file as it was read.

    `text` is what the source stores, for good; `file_sha256` is the hex digest of the file's bytes; `format` is "text",
    "markdown", "docx", "odt", "rtf", "pdf", "html", "vtt", "srt", "whisper", "otranscribe" or "survey"; `notes` are
    lines for the researcher.

    `turns` are those the file itself gives (spans in `text`), None where they are to be recognised. `informants` says
    who the speakers are where the file does, under the source `*`. The pages of a text that came in pages are found
    with `koding.model.pages`.
    """

    text: str
    file_sha256: str
    encoding: str
    format: str
    notes: tuple[str, ...] = ()
    turns: tuple[Turn, ...] | None = None
    informants: InformantTable | None = None


@dataclass(frozen=True, slots=True)
class _Content:
    """What a reader gives."""

    text: str
    format: str
    notes: tuple[str, ...] = ()
    encoding: str = "utf-8"
    turns: tuple[Turn, ...] | None = None
    informants: InformantTable | None = None


def source_name(path: Path) -> str:
    """Give the name a file's source goes by: its stem, composed (NFC) as codings files will write it.

    Control characters, which no table carries, become `_`.
    """
    name = unicodedata.normalize("NFC", Path(file_name(path)).stem)
    return "".join("_" if unicodedata.category(letter) in _NOT_IN_NAMES else letter for letter in name)


def file_name(path: Path) -> str:
    """Give a file's name as text; one that is not UTF-8 (from an old disk or archive) is read as Windows-1252."""
    try:
        path.name.encode("utf-8")
    except UnicodeEncodeError:
        return os.fsencode(path.name).decode("cp1252", "replace")
    return path.name


def read_document(path: Path) -> Document:
    """Read a transcript or other text from a file.

    The content decides what it is (see `kinds`), then the suffix. Raises KodingError for a file that is missing, empty,
    broken or too large, NotATranscript for one of another kind.
    """
    try:
        size = path.stat().st_size
        data = path.read_bytes() if size <= _LARGEST else b""
    except OSError as fault:
        raise KodingError(
            _("{name} cannot be read: {reason}.").format(name=path, reason=fault.strerror or fault),
            _("Check the name, and that you may open the file."),
        ) from fault
    if size > _LARGEST:
        raise KodingError(
            _("{name} is far larger than a transcript; it was not read.").format(name=path.name),
            _("Save the text in it as a file of its own."),
        )
    content = _READERS[_kind_of(data, path)](data, path)
    if not content.text.strip():
        raise KodingError(
            _("{name} holds no text.").format(name=path.name),
            _("Check that it is the right file, and that it is saved."),
        )
    return Document(
        content.text,
        hashlib.sha256(data).hexdigest(),
        content.encoding,
        content.format,
        content.notes,
        content.turns,
        content.informants,
    )


def _kind_of(data: bytes, path: Path) -> str:
    by_suffix = SUFFIXES.get(path.suffix.lower(), "")
    kind = kind_by_content(data[:HEAD])
    if data.startswith(_DATABASE) or (kind == "zip" and is_project(data)):
        raise NotATranscript(
            _("{name} is a project or a database, not a transcript.").format(name=path.name),
            _("Bring another tool's project in with: koding project import {name} STUDY").format(name=path.name),
        )
    if kind == "zip":
        kind = kind_of_package(data)
        if not kind and by_suffix not in {"docx", "odt", "xlsx"}:
            raise _unreadable(path)
    if kind == "doc":
        raise KodingError(
            _("{name} is an old Word file (.doc), or is protected by a password.").format(name=path.name),
            _("Open it in Word or LibreOffice and save it as .docx, without a password."),
        )
    if kind == "json" and by_suffix != "json" and not _is_transcript(data):
        return by_suffix or kind
    if kind == "marked":
        return by_suffix if by_suffix in {"text", "markdown", "table", "html", "vtt", "srt", "json"} else "text"
    if not kind and by_suffix in _MARKED_KINDS and _speaking(data):
        # Such a file always begins with its mark; this one has only the name.
        return "text"
    if kind or by_suffix:
        return kind or by_suffix
    if _speaking(data):
        return "text"
    raise _unreadable(path)


def _speaking(data: bytes) -> tuple[Turn, ...]:
    """Give the turns of what is plain text with two speakers or more, none for anything else."""
    try:
        turns = recognise(read_text(data).text).turns
    except KodingError:
        return ()
    return turns if len({turn.speaker for turn in turns if turn.speaker}) > 1 else ()


def _is_transcript(data: bytes) -> bool:
    """Whether what looks like JSON is a transcript by a program that koding knows."""
    try:
        content = parse_json(data)
    except KodingError:
        return False
    return is_otr(content) or is_whisper(content)


def _unreadable(path: Path) -> NotATranscript:
    return NotATranscript(
        _("{name} is no file that can be read as a transcript.").format(name=path.name),
        _("Readable are {suffixes}.").format(suffixes=", ".join(sorted(SUFFIXES))),
    )


def _text(data: bytes, path: Path) -> _Content:
    decoded = read_text(data, path.name)
    return _Content(decoded.text, "text", (decoded.note,) if decoded.note else (), decoded.encoding)


def _markdown(data: bytes, path: Path) -> _Content:
    decoded = read_markdown(data, path.name)
    return _Content(decoded.text, "markdown", (decoded.note,) if decoded.note else (), decoded.encoding)


def _docx(data: bytes, path: Path) -> _Content:
    found = read_docx(data, path.name)
    return _Content(found.text, "docx", found.notes)


def _odt(data: bytes, path: Path) -> _Content:
    found = read_odt(data, path.name)
    return _Content(found.text, "odt", found.notes)


def _rtf(data: bytes, path: Path) -> _Content:
    found = read_rtf(data, path.name)
    return _Content(found.text, "rtf", found.notes)


def _pdf(data: bytes, path: Path) -> _Content:
    # PDFium is loaded for PDF files only.
    from koding.readers.pdf import read_pdf

    found = read_pdf(data, path.name)
    return _Content(found.text, "pdf", found.notes)


def _html(data: bytes, path: Path) -> _Content:
    found = read_html(data, path.name)
    return _Content(found.text, "html", found.notes, found.encoding)


def _vtt(data: bytes, path: Path) -> _Content:
    found = read_subtitles(data, path.name)
    return _Content(found.spoken.text, "vtt", found.notes, found.encoding, found.spoken.turns)


def _srt(data: bytes, path: Path) -> _Content:
    found = read_subtitles(data, path.name)
    return _Content(found.spoken.text, "srt", found.notes, found.encoding, found.spoken.turns)


def _json(data: bytes, path: Path) -> _Content:
    content = parse_json(data, path.name)
    if is_otr(content):
        otr = read_otr(content, path.name)
        return _Content(otr.text, "otranscribe", turns=otr.turns)
    if is_whisper(content):
        found = read_whisper(content, path.name)
        return _Content(found.spoken.text, "whisper", found.notes, turns=found.spoken.turns)
    raise NotATranscript(
        _("{name} is JSON, but no transcript that koding knows.").format(name=path.name),
        _("Readable is what Whisper, NB-Whisper, whisperX, whisper.cpp and oTranscribe write."),
    )


def _table(data: bytes, path: Path) -> _Content:
    turns = _speaking(data)
    if turns and turns[0].mark == 0:
        # The first line of a table names its columns, and is nobody's.
        return _text(data, path)
    try:
        rows, note = sheet(data, path.name)
        found = read_answers(rows, path.name, source_name(path))
    except KodingError:
        if turns:
            return _text(data, path)
        raise
    notes = (note, *found.notes) if note else found.notes
    return _Content(found.spoken.text, SURVEY, notes, turns=found.spoken.turns, informants=found.informants)


def _xlsx(data: bytes, path: Path) -> _Content:
    from koding.readers.workbooks import read_workbook

    book = read_workbook(data, path.name)
    found = read_answers(book.rows, path.name, source_name(path))
    count = len(book.others)
    left_out = ngettext("{count} further sheet was left out: {names}.", "{count} sheets were left out: {names}.", count)
    notes = (*found.notes, left_out.format(count=count, names=", ".join(book.others))) if count else found.notes
    return _Content(found.spoken.text, SURVEY, notes, turns=found.spoken.turns, informants=found.informants)


_READERS: dict[str, Callable[[bytes, Path], _Content]] = {
    "text": _text,
    "markdown": _markdown,
    "docx": _docx,
    "odt": _odt,
    "rtf": _rtf,
    "pdf": _pdf,
    "html": _html,
    "vtt": _vtt,
    "srt": _srt,
    "json": _json,
    "table": _table,
    "xlsx": _xlsx,
}
