"""Codebooks as files: which formats there are, how one is recognised, and codebooks in and out of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from koding.errors import KodingError, UsageFault
from koding.i18n import _, ngettext
from koding.model.codebook import Codebook
from koding.model.keys import key_segment
from koding.readers import codebook_csv, codebook_yaml, word_fields
from koding.readers.tables import Table
from koding.session.interchange import codebooks
from koding.session.study_file import open_study
from koding.suggest.rules.patterns import IndicatorFault, parse
from koding.writers.codebook_csv import codebook_csv as csv_bytes
from koding.writers.codebook_yaml import codebook_yaml as yaml_bytes
from koding.writers.files import write_whole

_STUDY = b"SQLite format 3\0"


@dataclass(frozen=True, slots=True)
class CodebookIn:
    """A codebook that was read from a file; `notes` are lines for the person on what was guessed and left out."""

    codebook: Codebook
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CodebookOut:
    """The bytes of a codebook in some format; `notes` are lines on what the format has no place for."""

    content: bytes
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CodebookFormat:
    """A format of codebook files: its endings, whether a file's bytes are in it, how it is read and written."""

    suffixes: frozenset[str]
    fits: Callable[[bytes], bool]
    read: Callable[[Path], CodebookIn]
    write: Callable[[Codebook], CodebookOut]


def indicator_fault(indicator: str, fields: Mapping[str, tuple[str, ...]]) -> str | None:
    """Say what is wrong with an indicator that may use these word fields, None where nothing is."""
    try:
        parse(indicator, fields)
    except IndicatorFault as fault:
        return str(fault)
    return None


def _read_yaml(path: Path) -> CodebookIn:
    return CodebookIn(codebook_yaml.read_codebook_file(path, indicator_fault))


def _write_yaml(codebook: Codebook) -> CodebookOut:
    return CodebookOut(yaml_bytes(codebook))


def _read_csv(path: Path) -> CodebookIn:
    data = word_fields.file_bytes(path)
    fields = word_fields.fields_beside(path, indicator_fault) if b"@" in data else ()
    found = codebook_csv.read_codebook_csv(data, path.name, key_segment(path.stem), indicator_fault, fields)
    return CodebookIn(found.codebook, found.notes)


def _write_csv(codebook: Codebook) -> CodebookOut:
    left = [
        (len(codebook.facets), ngettext("{count} facet", "{count} facets", len(codebook.facets))),
        (len(codebook.rules), ngettext("{count} rule", "{count} rules", len(codebook.rules))),
    ]
    things = [text.format(count=count) for count, text in left if count]
    note = _("A table has no place for: {things}. The YAML file keeps them.")
    return CodebookOut(csv_bytes(codebook), (note.format(things=", ".join(things)),) if things else ())


def _read_qdc(path: Path) -> CodebookIn:
    return CodebookIn(*codebooks.read_qdc(path))


def _write_qdc(codebook: Codebook) -> CodebookOut:
    return CodebookOut(*codebooks.write_qdc(codebook))


def _fits_csv(data: bytes) -> bool:
    """Whether the first line names columns, one of them for keys or names."""
    try:
        header = Table(data[: data.find(b"\n") + 1] or data, "").header
    except KodingError:
        return False
    return len(header) > 1 and codebook_csv.has_codebook_columns(header)


#: Every format, by name; what fits first is taken, YAML last, since its errors say the most.
FORMATS: dict[str, CodebookFormat] = {
    "qdc": CodebookFormat(frozenset({".qdc"}), codebooks.looks_like_qdc, _read_qdc, _write_qdc),
    "csv": CodebookFormat(frozenset({".csv", ".tsv"}), _fits_csv, _read_csv, _write_csv),
    "yaml": CodebookFormat(frozenset({".yaml", ".yml"}), lambda _data: False, _read_yaml, _write_yaml),
}


def is_codebook_name(path: Path) -> bool:
    """Say whether a name has the ending of a codebook file."""
    return any(path.suffix.lower() in one.suffixes for one in FORMATS.values())


def format_of(path: Path) -> CodebookFormat | None:
    """Give the format of a codebook file, by its content and then its ending; None for what is no such file."""
    if path.is_file():
        with path.open("rb") as stream:
            head = stream.read(1 << 16)
        if head.startswith(_STUDY):
            return None
        found = next((one for one in FORMATS.values() if one.fits(head)), None)
        if found:
            return found
    return next((one for one in FORMATS.values() if path.suffix.lower() in one.suffixes), None)


def read_codebook_in(path: Path) -> CodebookIn:
    """Read a codebook file of any format; one of unknown format as YAML. Raises KodingError."""
    return (format_of(path) or FORMATS["yaml"]).read(path)


def read_any_codebook(path: Path) -> CodebookIn:
    """Give the codebook of a file of any format, or of a study. Raises KodingError."""
    found = format_of(path)
    if found is not None:
        return found.read(path)
    with open_study(path) as project:
        return CodebookIn(project.codebook())


def write_codebook_file(codebook: Codebook, path: Path) -> CodebookOut:
    """Write a codebook to a file in the format of its ending, whole or not at all. Raises KodingError."""
    found = next((one for one in FORMATS.values() if path.suffix.lower() in one.suffixes), None)
    if found is None:
        endings = ", ".join(sorted(suffix for one in FORMATS.values() for suffix in one.suffixes))
        raise UsageFault(
            _("{file} does not say which format to write.").format(file=path.name),
            _("Use one of the endings {endings}.").format(endings=endings),
        )
    written = found.write(codebook)
    write_whole(path, written.content)
    return written
