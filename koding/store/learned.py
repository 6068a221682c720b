"""What the suggester has learned of coders, as the study keeps it: derived, not journaled, free to be thrown away."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LearnedRecord:
    """What was learned of a coder ("" for all together), from how many codings, and with which method (`version`).

    `fingerprint` tells whether it is up to date with what it was learned from. `data` is empty where there was too
    little to learn from. `trained_at` is ISO 8601 in UTC.
    """

    coder: str
    version: str
    trained_at: str
    fingerprint: str
    codings: int
    data: bytes


def learned(connection: sqlite3.Connection, coder: str) -> LearnedRecord | None:
    """Give what was learned of a coder (a name, "" for all), None where nothing was yet."""
    row = connection.execute(
        "SELECT coder, version, trained_at, fingerprint, codings, data FROM learned WHERE coder = ?", (coder,)
    ).fetchone()
    return None if row is None else LearnedRecord(*row)


def keep_learned(connection: sqlite3.Connection, record: LearnedRecord) -> None:
    """Keep what was learned of a coder in the place of what was learned before."""
    connection.execute(
        "INSERT OR REPLACE INTO learned (coder, version, trained_at, fingerprint, codings, data) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        (record.coder, record.version, record.trained_at, record.fingerprint, record.codings, record.data),
    )
