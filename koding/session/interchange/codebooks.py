"""Codebooks in REFI-QDA's format (.qdc), in and out."""

from __future__ import annotations

from pathlib import Path

from koding.errors import KodingError
from koding.i18n import _, ngettext
from koding.model import exchange
from koding.model.codebook import Codebook
from koding.model.identity import content_guid
from koding.model.keys import key_segment
from koding.session.interchange.codes import SENSITIVE_SET, new_codes
from koding.session.interchange.sidecar import Sidecar


def looks_like_qdc(head: bytes) -> bool:
    """Whether a file that begins so is XML with a codebook in it."""
    return b"<CodeBook" in head and b"<Project" not in head


def read_qdc(path: Path) -> tuple[Codebook, tuple[str, ...]]:
    """Read a codebook of any tool, with lines on what was left out. Raises KodingError."""
    from koding.readers.refi.codebook import read_codebook

    file = read_codebook(path)
    return as_codebook(file), _notes(file)


def as_codebook(file: exchange.Project) -> Codebook:
    """Give a file's codes as a codebook, with keys made of names where the file tells none."""
    guid = content_guid("codebook", *(code.guid for code in file.codes))
    empty = Codebook(guid=guid, id=key_segment(file.name), title=file.name, codes=())
    codes = tuple(new_codes(file, empty, Sidecar(None)))
    return Codebook(guid=guid, id=empty.id, title=empty.title, codes=codes)


def _notes(file: exchange.Project) -> tuple[str, ...]:
    sets = [one.name for one in file.sets if one.guid != SENSITIVE_SET]
    notes = [] if file.codes else [_("The file holds no codes.")]
    if sets:
        line = _("Sets of codes have no place in a codebook here and were left out: {names}.")
        notes.append(line.format(names=", ".join(sets)))
    bad = file.dropped["Code@color"]
    if bad:
        line = ngettext("{count} colour is none and was left out.", "{count} colours are none and were left out.", bad)
        notes.append(line.format(count=bad))
    return tuple(notes)


def write_qdc(codebook: Codebook, tool: str = "") -> tuple[bytes, tuple[str, ...]]:
    """Give a codebook's file with lines on what it has no place for; `tool` as for projects. Raises KodingError."""
    from koding.writers.refi.codebook import codebook_qdc
    from koding.writers.refi.tools import STANDARD, TOOLS

    if not codebook.codes:
        raise KodingError(_("A REFI-QDA codebook cannot be empty, and this one has no codes."))
    left = [
        (len(codebook.facets), ngettext("{count} facet", "{count} facets", len(codebook.facets))),
        (len(codebook.rules), ngettext("{count} rule", "{count} rules", len(codebook.rules))),
        *((count, ngettext("{count} indicator", "{count} indicators", count)) for count in [_indicators(codebook)]),
    ]
    things = [text.format(count=count) for count, text in left if count]
    note = _("A .qdc file has no place for: {things}. The YAML file keeps everything.")
    notes = (note.format(things=", ".join(things)),) if things else ()
    return codebook_qdc(codebook, SENSITIVE_SET, TOOLS.get(tool, STANDARD)), notes


def _indicators(codebook: Codebook) -> int:
    return sum(len(code.indicators.all()) for code in codebook.codes)
