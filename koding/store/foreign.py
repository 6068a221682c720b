"""Databases of other tools: their tables as rows, read within bounds and never written.

A foreign file is data and nothing else: only real tables are read (a view or a virtual table could run anything), by
name and column, without a condition or a join; what the rows mean is for the readers of projects to say.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from koding.errors import KodingError
from koding.i18n import _

#: What an SQLite file begins with.
MAGIC = b"SQLite format 3\0"
#: A row by the names of its columns.
ForeignRow = dict[str, object]
_LARGEST = 2 * 1024**3
_LARGEST_CELL = 64 * 1024**2
_MOST_BYTES = 192 * 1024**2
_MOST_ROWS = 1_000_000
_MOST_SECONDS = 120
_STEPS = 100_000


def is_database(path: Path) -> bool:
    """Whether a file is an SQLite database, by its first bytes."""
    try:
        with path.open("rb") as stream:
            return stream.read(len(MAGIC)) == MAGIC
    except OSError:
        return False


def table_columns(path: Path) -> dict[str, frozenset[str]]:
    """Give the columns of every real table of a database. Raises KodingError for a file that is broken or in use."""
    with _opened(path) as connection:
        return _columns(connection)


def read_tables(path: Path, wanted: Mapping[str, Sequence[str]]) -> dict[str, list[ForeignRow]]:
    """Give the rows of the wanted tables, in the order they lie in, with the wanted columns.

    A table that is not there has no rows, a column that is not there no value (None). Raises KodingError for a file
    that is broken, in use, or beyond reason.
    """
    with _opened(path) as connection:
        there = _columns(connection)
        budget = _Budget(path)
        return {
            table: list(budget.spend(_rows(connection, table, [name for name in names if name in there[table]], names)))
            if table in there
            else []
            for table, names in wanted.items()
        }


class _Budget:
    """Counts rows and bytes over all tables of a file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._rows = 0
        self._bytes = 0

    def spend(self, rows: Iterator[ForeignRow]) -> Iterator[ForeignRow]:
        for row in rows:
            self._rows += 1
            self._bytes += sum(len(value) for value in row.values() if isinstance(value, (str, bytes)))
            if self._rows > _MOST_ROWS or self._bytes > _MOST_BYTES:
                raise _too_much(self._path)
            yield row


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    if path.stat().st_size > _LARGEST:
        raise _too_much(path)
    beside = path.with_name(path.name + "-wal")
    if beside.exists() and beside.stat().st_size:
        raise KodingError(
            _("{file} is open in the program it belongs to.").format(file=path),
            _("Close it there, and import again."),
        )
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True, isolation_level=None)
    stop = time.monotonic() + _MOST_SECONDS
    try:
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LARGEST_CELL)
        connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
        connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
        connection.set_progress_handler(lambda: int(time.monotonic() > stop), _STEPS)
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA query_only = ON")
        connection.execute("PRAGMA cell_size_check = ON")
        yield connection
    except (sqlite3.Error, UnicodeDecodeError) as fault:
        # A name or message that is no UTF-8 is met as the latter.
        raise KodingError(
            _("{file} is no whole database.").format(file=path),
            _("Open it in the program that made it, and save or export it again."),
        ) from fault
    finally:
        connection.close()


def _columns(connection: sqlite3.Connection) -> dict[str, frozenset[str]]:
    tables = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND rootpage > 0 AND sql NOT LIKE 'CREATE VIRTUAL%'"
    ).fetchall()
    return {
        name: frozenset(
            # Columns that are worked out (hidden, generated) are not read.
            row[1]
            for row in connection.execute(f"PRAGMA table_xinfo({_quoted(name)})")
            if row[6] == 0
        )
        for (name,) in tables
        if isinstance(name, str)
    }


def _rows(
    connection: sqlite3.Connection, table: str, there: Sequence[str], names: Sequence[str]
) -> Iterator[ForeignRow]:
    missing = dict.fromkeys(name for name in names if name not in there)
    if not there:
        return
    columns = ", ".join(map(_quoted, there))
    for row in connection.execute(f"SELECT {columns} FROM {_quoted(table)}"):
        yield {**dict(zip(there, row, strict=True)), **missing}


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _too_much(path: Path) -> KodingError:
    return KodingError(
        _("{file} holds far more than a project of interviews; it was not read.").format(file=path.name),
        _("Export the part you need from the program that made it."),
    )
