"""What a folder holds for an import: every readable file in it and below, and what is passed by."""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from koding.errors import KodingError
from koding.i18n import _
from koding.readers.documents import read_document
from koding.readers.faults import NotATranscript
from koding.readers.kinds import SUFFIXES, is_candidate

#: Endings that hold transcripts and much else; only reading such a file tells.
_DOUBTFUL = frozenset({".csv", ".tsv", ".xlsx", ".json"})
_NAMED = 12
#: Files in a folder that is a study's; a disk or a home folder holds more.
_MOST = 20_000
#: Endings of what SQLite keeps beside an open study.
_BESIDE = (".koding-wal", ".koding-shm", ".koding-journal")


@dataclass
class Gathered:
    """The files to read, in order, and what was passed by: (the folder's name, line for the researcher)."""

    files: list[Path] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)


def gather(paths: Iterable[Path]) -> Gathered:
    """Replace folders by the readable files in and below them, sorted by name; a file that is named stays.

    Hidden files and the lock files of word processors are nobody's transcripts. Raises KodingError for a folder
    without anything to read, or with more files than any study has.
    """
    found = Gathered()
    for path in paths:
        if path.is_dir():
            _gather_folder(path, found)
        else:
            found.files.append(path)
    return found


def _gather_folder(folder: Path, found: Gathered) -> None:
    before = len(found.files)
    others: list[str] = []
    old: list[str] = []
    for path in _bounded(folder):
        if not is_candidate(path):
            (old if path.suffix.lower() == ".doc" else others).append(str(path.relative_to(folder)))
            continue
        line = _passed_by(path) if path.suffix.lower() in _DOUBTFUL else ""
        if line:
            found.notes.append((_name(folder), line))
        else:
            found.files.append(path)
    if len(found.files) == before:
        raise KodingError(
            _("There is nothing to import in {folder}.").format(folder=folder),
            _("It holds old Word files: {names}. Save them as .docx in Word or LibreOffice.").format(names=_listed(old))
            if old
            else _("Transcripts end in {endings}.").format(endings=", ".join(SUFFIXES)),
        )
    if old:
        line = _("left out, old Word files: {names}. Save them as .docx in Word or LibreOffice.")
        found.notes.append((_name(folder), line.format(names=_listed(old))))
    if others:
        found.notes.append((_name(folder), _("left out, no transcripts: {names}").format(names=_listed(others))))


def _listed(files: list[str]) -> str:
    names = ", ".join(files[:_NAMED])
    more = len(files) - _NAMED
    return names + _(" and {count} more").format(count=more) if more > 0 else names


def _name(folder: Path) -> str:
    return folder.name or str(folder)


def _bounded(folder: Path) -> list[Path]:
    files = list(itertools.islice(_files(folder), _MOST + 1))
    if len(files) > _MOST:
        raise KodingError(
            _("{folder} holds more than {most} files.").format(folder=folder, most=_MOST),
            _("Name the folder that the transcripts lie in."),
        )
    return files


def _files(folder: Path) -> Iterator[Path]:
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            # A study often lies among its transcripts, with what SQLite keeps beside it.
            if not name.startswith((".", "~$")) and ".koding" not in Path(name).suffixes and not name.endswith(_BESIDE):
                yield Path(parent, name)


def _passed_by(path: Path) -> str:
    """Give why a file that might be a transcript is none, "" for one that is or that is broken."""
    try:
        read_document(path)
    except NotATranscript as fault:
        return _("left out: {reason}").format(reason=fault.message)
    except KodingError:
        return ""
    return ""
