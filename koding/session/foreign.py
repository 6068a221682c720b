"""Projects of other tools that are no REFI-QDA file: recognised by what is in them, and read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from koding.errors import KodingError
from koding.i18n import _
from koding.model.exchange import Project
from koding.readers.projects import qc, qualcoder, taguette
from koding.readers.projects.rows import Wanted
from koding.readers.refi.project import read_project
from koding.store import foreign

_QUALCODER_FILE = "data.qda"


@dataclass(frozen=True, slots=True)
class ForeignProject:
    """A project that was recognised: `tool` is who made it; `read` takes the name of the one that is wanted."""

    tool: str
    read: Callable[[str], Project]


def read_any_project(path: Path, wanted: str = "") -> Project:
    """Read a project of any tool: REFI-QDA, or one of those that `recognise` tells.

    `wanted` names the project where a file holds several. Raises KodingError.
    """
    if not path.exists():
        raise KodingError(
            _("There is no file or folder {path}.").format(path=path), _("Check the name, and where you are.")
        )
    found = recognise(path)
    if found is not None:
        return found.read(wanted)
    if path.is_dir() or foreign.is_database(path):
        raise KodingError(
            _("{path} is no project that koding can read.").format(path=path),
            _("Readable are REFI-QDA files (.qdpx), and projects of Taguette, QualCoder and qualitative-coding."),
        )
    return read_project(path)


def recognise(path: Path) -> ForeignProject | None:
    """Tell whose project a folder or database is, by its content; None for what is no such project.

    Raises KodingError for a database that is broken or open in another program.
    """
    if path.is_dir():
        return _in_folder(path)
    if not foreign.is_database(path):
        return None
    there = foreign.table_columns(path)
    if taguette.WANTED.fits(there):
        return ForeignProject(
            "Taguette", lambda wanted: taguette.read_taguette(_rows(path, taguette.WANTED), path.name, wanted)
        )
    if qualcoder.WANTED.fits(there):
        name = path.parent.stem if path.name == _QUALCODER_FILE else path.stem
        return ForeignProject(
            "QualCoder", lambda _wanted: qualcoder.read_qualcoder(_rows(path, qualcoder.WANTED), name)
        )
    if qc.WANTED.fits(there):
        return _in_folder(path.parent)
    return None


def _in_folder(folder: Path) -> ForeignProject | None:
    database = folder / _QUALCODER_FILE
    if foreign.is_database(database):
        return recognise(database)
    if not ((folder / qc.SETTINGS).is_file() or (folder / "codebook.yaml").is_file()):
        return None
    place = qc.layout(folder)
    if not foreign.is_database(place.database) or not qc.WANTED.fits(foreign.table_columns(place.database)):
        return None
    return ForeignProject("qualitative-coding", lambda _wanted: qc.read_qc(_rows(place.database, qc.WANTED), place))


def _rows(path: Path, wanted: Wanted) -> dict[str, list[foreign.ForeignRow]]:
    return foreign.read_tables(path, wanted.tables)
