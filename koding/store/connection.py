"""Opening the file of a study: WAL where the file system carries it, locks with a wait, upgrades with a backup."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from koding.errors import KodingError, StudyDamaged, StudyLocked, StudyTooNew
from koding.i18n import _
from koding.store.schema import APPLICATION_ID, CURRENT_VERSION, migrate

#: Seconds to wait for another process to finish its write before we say so.
LOCK_WAIT = float(os.environ.get("KODING_LOCK_WAIT", "5"))
_SQLITE_HEADER = b"SQLite format 3\x00"
# On these WAL's shared memory does not work between machines, and SQLite cannot always tell.
_NETWORK_FILE_SYSTEMS = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "fuse.sshfs", "fuse.glusterfs", "lustre", "beegfs", "gpfs"}
)


_DISK_FAULT = "disk i/o error"
#: Bytes that a disk must have left for SQLite to open a study for writing.
_LEAST_ROOM = 64 * 1024


def has_room(path: Path) -> bool:
    """Say whether the disk that holds `path` has room for the small files SQLite keeps beside a study."""
    try:
        return shutil.disk_usage(path.parent).free >= _LEAST_ROOM
    except OSError:
        return True


def is_locked(error: sqlite3.OperationalError) -> bool:
    """Whether SQLite gave up because another process holds the file."""
    text = str(error).lower()
    return "locked" in text or "busy" in text


def locked(path: Path) -> StudyLocked:
    """Give the fault for a study another process keeps busy."""
    return StudyLocked(
        _("{file} is busy: another program is writing to it.").format(file=path.name),
        _("Nothing was changed. Try again in a moment."),
    )


@contextlib.contextmanager
def faults(path: Path) -> Iterator[None]:
    """Turn what SQLite raises about the file into a fault a person can read."""
    try:
        yield
    except sqlite3.OperationalError as error:
        if is_locked(error):
            raise locked(path) from error
        text = str(error).lower()
        if "full" in text or (("readonly" in text or _DISK_FAULT in text) and not has_room(path)):
            raise KodingError(
                _("The disk is full; nothing was changed in {file}.").format(file=path.name),
                _("Make room and try again."),
            ) from error
        if "readonly" in text:
            raise KodingError(
                _("{file} cannot be written to.").format(file=path.name),
                _("Copy the study to a folder where you may write."),
            ) from error
        if _DISK_FAULT in text:
            raise KodingError(
                _("The drive with {file} does not answer as it should ({reason}).").format(
                    file=path.name, reason=error
                ),
                _("Check that the drive is connected and whole; nothing was changed."),
            ) from error
        raise StudyDamaged(
            _("{file} cannot be used: {reason}.").format(file=path.name, reason=error),
            _("Take the newest copy or backup of the study."),
        ) from error
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.IntegrityError):
            raise
        raise StudyDamaged(
            _("{file} is damaged: {reason}.").format(file=path.name, reason=error),
            _("Take the newest copy or backup of the study."),
        ) from error


def file_system(path: Path) -> str:
    """Give the type of the file system that holds `path`, "" where the machine does not tell."""
    try:
        lines = Path("/proc/self/mountinfo").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    resolved = str(path.resolve())
    best, found = "", ""
    for line in lines:
        left, _separator, right = line.partition(" - ")
        mount = left.split(" ")[4].replace("\\040", " ")
        inside = mount in {"/", resolved} or resolved.startswith(mount + "/")
        if inside and len(mount) >= len(best):
            best, found = mount, right.split(" ")[0]
    return found


def _choose_journal_mode(connection: sqlite3.Connection, path: Path) -> str:
    """Take WAL where it is safe, else the rollback journal, which every file system carries."""
    wanted = os.environ.get("KODING_JOURNAL_MODE", "").lower()
    if not wanted:
        wanted = "delete" if file_system(path.parent) in _NETWORK_FILE_SYSTEMS else "wal"
    if wanted == "wal":
        with contextlib.suppress(sqlite3.OperationalError):
            mode = str(connection.execute("PRAGMA journal_mode = WAL").fetchone()[0])
            if mode == "wal":
                # The first read maps the shared memory: this is where a file system without it fails.
                connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
                return mode
    return str(connection.execute("PRAGMA journal_mode = DELETE").fetchone()[0])


def _connect(path: Path, how: str) -> sqlite3.Connection:
    address = f"{path.resolve().as_uri()}?{how}"
    connection = sqlite3.connect(address, uri=True, timeout=LOCK_WAIT, isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


def _connect_for_reading(path: Path) -> sqlite3.Connection:
    """Open a study we may not write to, seeing what another program writes to it meanwhile where that can be."""
    connection = _connect(path, "mode=ro")
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.OperationalError as error:
        connection.close()
        log = path.with_name(path.name + "-wal")
        if is_locked(error) or (log.exists() and log.stat().st_size):
            # Its last changes are in the log, and an immutable file would be read without it.
            raise
        # A read-only disk has no place for the -shm file that WAL wants; nobody else writes there either.
        return _connect(path, "immutable=1")
    return connection


def create(path: Path) -> sqlite3.Connection:
    """Create the file of a new study with all its tables.

    Raises KodingError where the path is taken or cannot be written; a half-made file is taken away again.
    """
    if path.is_dir():
        raise _folder(path)
    if path.exists():
        raise _taken(path)
    if not path.parent.is_dir():
        raise KodingError(_("There is no folder {folder}.").format(folder=path.parent), _("Make it first."))
    if not os.access(path.parent, os.W_OK):
        raise KodingError(_("The folder {folder} cannot be written to.").format(folder=path.parent))
    try:
        # Made by us or not at all: where two programs make the same study, one of them is told so.
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o666))
    except FileExistsError as error:
        raise _taken(path) from error
    except OSError as error:
        raise KodingError(_("{file} cannot be made: {reason}.").format(file=path, reason=error.strerror)) from error
    with faults(path):
        connection = _connect(path, "mode=rw")
        try:
            _choose_journal_mode(connection, path)
            connection.execute("PRAGMA synchronous = FULL")
            migrate(connection)
        except BaseException:
            connection.close()
            remove(path)
            raise
    return connection


def _taken(path: Path) -> KodingError:
    return KodingError(
        _("{file} exists already.").format(file=path), _("Choose another name, or go on with the study as it is.")
    )


def _folder(path: Path) -> KodingError:
    studies = sorted(str(file) for file in path.glob("*.koding"))
    hint = _("Name the file of a study.")
    if studies:
        hint = _("Name the file of a study; in the folder there are: {names}.").format(names=", ".join(studies))
    return KodingError(_("{file} is a folder, not a study.").format(file=path), hint)


def _refuse_what_is_no_study(path: Path) -> None:
    if not path.exists():
        raise KodingError(
            _("There is no study {file}.").format(file=path),
            _("Make one with: koding init {file} --codebook FILE").format(file=path),
        )
    if path.is_dir():
        raise _folder(path)
    try:
        with path.open("rb") as file:
            header = file.read(len(_SQLITE_HEADER))
    except OSError as error:
        raise KodingError(_("{file} cannot be read: {reason}.").format(file=path, reason=error.strerror)) from error
    if header != _SQLITE_HEADER:
        raise StudyDamaged(
            _("{file} is not a koding study.").format(file=path),
            _("A study is a file made by koding init."),
        )


def open_file(path: Path) -> sqlite3.Connection:
    """Open the file of a study, upgrading an older one after writing a backup beside it.

    Raises StudyTooNew for a study of a newer koding, StudyDamaged for a file that is none, StudyLocked where another
    process holds it too long. A file we may not write to opens for reading.
    """
    _refuse_what_is_no_study(path)
    writable = os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)
    with faults(path):
        if not writable:
            return _open_for_reading(path)
        try:
            return _open_for_writing(path)
        except sqlite3.OperationalError:
            if has_room(path):
                raise
            # A full disk has no place for what SQLite keeps beside a study; it can be read all the same.
            return _open_for_reading(path)


def _open_for_writing(path: Path) -> sqlite3.Connection:
    connection = _connect(path, "mode=rw")
    try:
        _upgrade_or_refuse(connection, path, writable=True)
        _choose_journal_mode(connection, path)
        # FULL also in WAL: a commit has reached the disk before the key that made it is answered.
        connection.execute("PRAGMA synchronous = FULL")
    except BaseException:
        connection.close()
        raise
    return connection


def _open_for_reading(path: Path) -> sqlite3.Connection:
    connection = _connect_for_reading(path)
    try:
        _upgrade_or_refuse(connection, path, writable=False)
    except BaseException:
        connection.close()
        raise
    return connection


def open_to_read(path: Path) -> sqlite3.Connection:
    """Open the file of a study only to read it, in whatever format up to ours; raises as `open_file`."""
    _refuse_what_is_no_study(path)
    writable = os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)
    with faults(path):
        # One that may be written to is opened so that what WAL keeps beside it goes again when we close it.
        connection = _connect(path, "mode=rw") if writable else _connect_for_reading(path)
        try:
            connection.execute("PRAGMA query_only = ON")
            _version(connection, path)
        except BaseException:
            connection.close()
            raise
    return connection


def _upgrade_or_refuse(connection: sqlite3.Connection, path: Path, *, writable: bool) -> None:
    version = _version(connection, path)
    if version < CURRENT_VERSION and not writable:
        raise KodingError(
            _("{file} is of an older format and cannot be upgraded where it lies.").format(file=path.name),
            _("Copy the study to a folder where you may write."),
        )
    if version < CURRENT_VERSION:
        back_up(connection, path, f"format{version}")
        migrate(connection)


def _version(connection: sqlite3.Connection, path: Path) -> int:
    """Give the format of a study. Raises StudyDamaged for what is none, StudyTooNew for a newer koding's."""
    application = int(connection.execute("PRAGMA application_id").fetchone()[0])
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if application == APPLICATION_ID and version == 0:
        raise StudyDamaged(
            _("{file} is a study that was never finished: it holds nothing.").format(file=path),
            _("Make it anew with koding init, or take a copy or backup of the study."),
        )
    if application != APPLICATION_ID:
        raise StudyDamaged(
            _("{file} is a database, but not a koding study.").format(file=path),
            _("A study is a file made by koding init."),
        )
    if version > CURRENT_VERSION:
        raise StudyTooNew(
            _("{file} was written by a newer koding (format {found}, this one reads up to {known}).").format(
                file=path.name, found=version, known=CURRENT_VERSION
            ),
            _("Update koding. Nothing was changed."),
        )
    return version


def copy_to(connection: sqlite3.Connection, path: Path) -> None:
    """Write what the study holds now to another file."""
    copy = sqlite3.connect(path)
    try:
        connection.backup(copy)
    finally:
        copy.close()


def back_up(connection: sqlite3.Connection, path: Path, what: str) -> Path:
    """Write a copy of the study beside it, as `NAME.koding.WHAT.backup`; an older backup is never overwritten."""
    target = path.with_name(f"{path.name}.{what}.backup")
    number = 1
    while target.exists():
        number += 1
        target = path.with_name(f"{path.name}.{what}.{number}.backup")
    partial = target.with_name(target.name + ".partial")
    try:
        copy_to(connection, partial)
        partial.replace(target)
    except BaseException as error:
        partial.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise KodingError(
                _("No backup can be written beside {file}: {reason}.").format(file=path.name, reason=error.strerror),
                _("Nothing was changed. Make room, or copy the study to another folder."),
            ) from error
        raise
    return target


class Backup:
    """A copy of a study as it now stands on disk, beside it, which is kept only if asked for."""

    def __init__(self, path: Path, what: str) -> None:
        self._kept = False
        with faults(path):
            reader = _connect(path, "mode=ro")
            try:
                self._path = back_up(reader, path, what)
            finally:
                reader.close()

    def keep(self) -> Path:
        """Keep the copy and give its file."""
        self._kept = True
        return self._path

    def drop(self) -> None:
        """Take the copy away unless it is to be kept."""
        if not self._kept:
            self._path.unlink(missing_ok=True)


def remove(path: Path) -> None:
    """Take away the file of a study that was never finished, with what SQLite keeps beside it."""
    for suffix in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
