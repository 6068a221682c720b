"""Kinds of files: what a file is, told by its content first and by its ending where the content could be anything."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from koding.readers.hypertext import is_html
from koding.readers.packages import kind_of_package
from koding.readers.subtitles import is_timing

#: The endings of readable files, with the name of each kind.
SUFFIXES = {
    ".txt": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".docx": "docx",
    ".odt": "odt",
    ".rtf": "rtf",
    ".pdf": "pdf",
    ".html": "html",
    ".htm": "html",
    ".vtt": "vtt",
    ".srt": "srt",
    ".json": "json",
    ".otr": "json",
    ".csv": "table",
    ".tsv": "table",
    ".xlsx": "xlsx",
}
#: How much of a file is looked at.
HEAD = 4096
# What an old Word file (.doc) and a .docx behind a password begin with.
_COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_SUBTITLES = re.compile(r"WEBVTT(?:[ \t\n]|\Z)")
# A time on one of the first lines with text makes a file SubRip (or WebVTT that has lost its first line).
_FIRST_LINES = 2
# Only JSON goes on like this; a transcript may begin with "[00:12:31]" or "[ler]".
_JSON = re.compile(r"\s*(?:\{\s*[\"}]|\[\s*[{\]])")


def kind_by_content(head: bytes) -> str:
    """Give the kind of file that begins with `head`, "" where its content does not tell.

    "zip" is a package whose inside has to be asked (`kind_of_package`), "doc" an old or protected Word file, and
    "marked" text with a byte order mark, of whatever kind. "json" may turn out to be none.
    """
    if head.startswith(b"PK\x03\x04"):
        return "zip"
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(b"{\\rtf"):
        return "rtf"
    if head.startswith(_COMPOUND_FILE):
        return "doc"
    encoding = next((name for mark, name in _MARKS.items() if head.startswith(mark)), "")
    start = head[: len(head) & ~1].decode(encoding or "utf-8", "ignore")
    return _kind_of_text(start.replace("\r\n", "\n").replace("\r", "\n")) or ("marked" if encoding else "")


def _kind_of_text(start: str) -> str:
    if _SUBTITLES.match(start):
        return "vtt"
    if is_html(start):
        return "html"
    if _JSON.match(start):
        return "json"
    lines = [line for line in start.split("\n", 20) if line.strip()]
    return "srt" if any(is_timing(line) for line in lines[:_FIRST_LINES]) else ""


def is_candidate(path: Path) -> bool:
    """Whether a file in a folder is worth reading: its ending or its first bytes are those of a readable kind."""
    if path.suffix.lower() in SUFFIXES:
        return True
    try:
        with path.open("rb") as stream:
            kind = kind_by_content(stream.read(HEAD))
            return bool(kind_of_package(stream)) if kind == "zip" else kind not in {"", "doc", "json"}
    except OSError:
        return False
