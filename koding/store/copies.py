"""Copies of a study as files: opened for reading only, and merged into another, all of it or nothing."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from koding.errors import KodingError, StudyDamaged
from koding.i18n import _
from koding.store import connection as files
from koding.store.copied_rows import Carried, Unsound
from koding.store.disputes import OpenDispute, disputes
from koding.store.merging import Merger, Settled
from koding.store.project import Project
from koding.store.schema import CURRENT_VERSION, migrate
from koding.store.settling import settle_all

#: Kilobytes of the file kept in memory while merging: rows go to places all over it.
_CACHE = 256 * 1024

Described = TypeVar("Described")


@dataclass(frozen=True, slots=True)
class Merged:
    """What a merge did (or would do): what each file brought, what the rules settled, what people have to choose."""

    files: tuple[tuple[Path, Carried], ...]
    settled: tuple[Settled, ...]
    disputes: tuple[OpenDispute, ...]
    backup: Path | None

    @property
    def changes(self) -> int:
        """Give how many changes the files brought."""
        return sum(carried.changes for _path, carried in self.files)


@contextlib.contextmanager
def open_copy(path: Path) -> Iterator[sqlite3.Connection]:
    """Open a study for reading alone; one of an older format is brought forward in memory, not on disk.

    Raises what `connection.open_file` does.
    """
    connection = files.open_to_read(path)
    try:
        with files.faults(path):
            version = int(connection.execute("PRAGMA user_version").fetchone()[0])
            if version < CURRENT_VERSION:
                memory = sqlite3.connect(":memory:", isolation_level=None)
                connection.backup(memory)
                connection.close()
                connection = memory
                migrate(connection)
            connection.execute("BEGIN")
            yield connection
    finally:
        connection.close()


def study_guid(connection: sqlite3.Connection) -> str:
    """Give the GUID of a study, which all its copies share."""
    return str(connection.execute("SELECT guid FROM study").fetchone()[0])


def merge_copies(  # noqa: PLR0913 - how a merge may be run
    project: Project,
    paths: Sequence[Path],
    *,
    coder: str,
    dry_run: bool = False,
    backup: bool = True,
    describe: Callable[[Project, Sequence[Settled], Sequence[OpenDispute]], Described],
    progress: Callable[[int], None] = lambda _done: None,
) -> tuple[Merged, Described]:
    """Merge copies into a study. With `dry_run` everything is worked out and nothing kept.

    `describe` is given what was settled and is disputed while the merged state stands; what it gives is handed back.

    A copy of the study as it was is written beside it where `backup` and the merge brings anything. Raises KodingError
    where a file is no copy of this study or does not hold together; nothing is changed then.
    """
    connection = project.connection
    connection.execute(f"PRAGMA cache_size = -{_CACHE}")
    with project.writing() as transaction:
        kept = files.Backup(project.path, "merge") if backup and not dry_run else None
        try:
            merger = Merger(connection)
            carried = []
            for done, path in enumerate(paths, start=1):
                carried.append((path, _carry(merger, project, path)))
                progress(done)
            merger.weigh_all()
            settle_all(merger)
            merger.finish(coder, ", ".join(path.name for path, one in carried if one.changes))
            brought = merger.wrote or any(one.changes for _path, one in carried)
            found = tuple(disputes(connection))
            saved = None
            if dry_run or not brought:
                transaction.keep = False
            elif kept is not None:
                saved = kept.keep()
            described = describe(project, merger.settled, found)
            return Merged(tuple(carried), tuple(merger.settled), found, saved), described
        finally:
            if kept is not None:
                kept.drop()


def open_disputes(project: Project) -> tuple[OpenDispute, ...]:
    """Give what is disputed in a study."""
    with project.reading() as connection:
        return tuple(disputes(connection))


def _carry(merger: Merger, project: Project, path: Path) -> Carried:
    if path.exists() and path.samefile(project.path):
        raise KodingError(
            _("{file} is the study that is merged into.").format(file=path), _("Name its copies, not itself.")
        )
    with open_copy(path) as other:
        if study_guid(other) != study_guid(project.connection):
            raise KodingError(
                _("{file} is not a copy of {study}: they were made by different koding init.").format(
                    file=path, study=project.path.name
                ),
                _("Bring codings of another study in with: koding codings export, and koding codings import."),
            )
        try:
            return merger.carry(other)
        except Unsound as fault:
            raise StudyDamaged(
                _("{file} does not hold together: its journal does not tell {entity} {guid}.").format(
                    file=path, entity=fault.args[0], guid=fault.args[1]
                ),
                _("See koding check {file}. Nothing was changed.").format(file=path),
            ) from fault
