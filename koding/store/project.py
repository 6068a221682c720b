"""A study that is open: its file, its connection, and the one way to change it."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from koding.errors import Conflict, StudyDamaged
from koding.i18n import _
from koding.model.codebook import Codebook
from koding.model.identity import fresh_guid
from koding.model.modes import SuggestionMode
from koding.store import connection as files
from koding.store import journal
from koding.store.codebooks import read_codebook, write_codebook

#: What the functions of the store read from: other layers name it, only the store speaks SQL to it.
Connection = sqlite3.Connection


@dataclass
class Transaction:
    """A transaction under way; with `keep` false it is worked out and given up in the end."""

    keep: bool = True


class Project:
    """An open study. Every read and write of it goes through `connection`, every write through `change`."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self.connection = connection

    @classmethod
    def create(cls, path: Path, codebook: Codebook, *, coder: str, guid: str = "", name: str = "") -> Self:
        """Make the file of a new study with its codebook. Raises KodingError; a half-made file is taken away.

        A study that comes from elsewhere keeps its `guid` and `name`.
        """
        project = cls(path, files.create(path))
        try:
            with project.change(coder=coder, action="init", detail=codebook.id) as change:
                row = (guid or fresh_guid(), name or path.stem, change.at, SuggestionMode.OPEN.value)
                change.insert("study", [row])
                write_codebook(change, codebook)
        except BaseException:
            project.close()
            files.remove(path)
            raise
        return project

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open a study. Raises StudyDamaged, StudyTooNew, StudyLocked or KodingError as `open_file` does."""
        return cls(path, files.open_file(path))

    @contextlib.contextmanager
    def change(self, *, coder: str, action: str, detail: str = "") -> Iterator[journal.Change]:
        """Run one change of the study, journaled, all or nothing.

        Raises StudyLocked after the wait, Conflict where the rows no longer allow it.
        """
        with self._faults(), journal.change(self.connection, coder=coder, action=action, detail=detail) as current:
            yield current

    @contextlib.contextmanager
    def writing(self) -> Iterator[Transaction]:
        """Write to the study and its journal in one transaction of the caller's own making.

        Raises StudyLocked after the wait, Conflict where the rows do not fit.
        """
        with self._faults():
            self.connection.execute("BEGIN IMMEDIATE")
            transaction = Transaction()
            try:
                yield transaction
                self.connection.execute("COMMIT" if transaction.keep else "ROLLBACK")
            except BaseException:
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")
                raise

    def revert(self, identifier: int, *, coder: str, kind: str) -> list[journal.Entry]:
        """Undo or redo a change, as `journal.revert`. Raises Conflict also where later changes build on it."""
        try:
            with files.faults(self.path):
                return journal.revert(self.connection, identifier, coder=coder, kind=kind)
        except sqlite3.IntegrityError as error:
            raise Conflict(
                _("This cannot be taken back: later changes build on it."),
                _("Take those back first; koding log tells which they are."),
            ) from error

    @contextlib.contextmanager
    def _faults(self) -> Iterator[None]:
        try:
            with files.faults(self.path):
                yield
        except sqlite3.IntegrityError as error:
            raise Conflict(
                _("The change does not fit the study as it now stands ({reason}).").format(reason=error),
                _("Another program changed it; the view is up to date now."),
            ) from error

    @contextlib.contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Read with a person's words for what can go wrong."""
        with files.faults(self.path):
            yield self.connection

    @contextlib.contextmanager
    def deriving(self) -> Iterator[sqlite3.Connection]:
        """Write what is derived from the study and can be made again, in one transaction and without the journal.

        Raises StudyLocked, StudyDamaged or KodingError where it cannot be written.
        """
        with files.faults(self.path):
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                yield self.connection
                self.connection.execute("COMMIT")
            except BaseException:
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")
                raise

    def be_patient(self, seconds: float) -> None:
        """Wait so long for another program's write, and no longer, before saying that the study is busy."""
        self.connection.execute(f"PRAGMA busy_timeout = {round(min(seconds, files.LOCK_WAIT) * 1000)}")

    @contextlib.contextmanager
    def at_once(self) -> Iterator[sqlite3.Connection]:
        """Read or write something of no weight without waiting for anybody, and without the journal.

        Raises StudyLocked at once where another program holds the study, KodingError for other faults.
        """
        before = int(self.connection.execute("PRAGMA busy_timeout").fetchone()[0])
        self.connection.execute("PRAGMA busy_timeout = 0")
        try:
            with files.faults(self.path):
                yield self.connection
        finally:
            self.connection.execute(f"PRAGMA busy_timeout = {before}")

    def codebook(self) -> Codebook:
        """Read the study's codebook. Raises StudyDamaged where it is not whole."""
        try:
            with self.reading() as connection:
                return read_codebook(connection)
        except (ValueError, TypeError, LookupError) as fault:
            raise StudyDamaged(
                _("The codebook in {file} is damaged ({reason}).").format(file=self.path.name, reason=fault),
                _("Take the newest copy or backup of the study."),
            ) from fault

    def name(self) -> str:
        """Give the study's name; its file's where a damaged study has none."""
        with self.reading() as connection:
            found = connection.execute("SELECT name FROM study").fetchone()
            return self.path.stem if found is None else str(found[0])

    def data_version(self) -> int:
        """Give a number that changes when another connection has written (PRAGMA data_version). Raises KodingError."""
        with self.at_once() as connection:
            return int(connection.execute("PRAGMA data_version").fetchone()[0])

    def close(self) -> None:
        """Close the file."""
        self.connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
