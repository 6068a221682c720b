"""What the suggester remembers in a study, and the study's mode of suggesting.

The memory is derived: it can be thrown away at any time, is not journaled, and no other table points to it. A source
has one analysis, and one set of suggestions for each part of the suggester and language of the interface; whatever has
another fingerprint than the one asked for is stale, and the next to be kept takes its place.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Mapping

from koding.model.modes import SuggestionMode
from koding.store.journal import Change


def analysis(connection: sqlite3.Connection, source: str, fingerprint: str) -> bytes | None:
    """Give the kept analysis of a source, None where there is none of this fingerprint."""
    row = connection.execute(
        "SELECT data FROM analysis WHERE source = ? AND fingerprint = ?", (source, fingerprint)
    ).fetchone()
    return None if row is None else bytes(row[0])


def keep_analysis(connection: sqlite3.Connection, source: str, fingerprint: str, data: bytes) -> None:
    """Keep the analysis of a source in the place of any other."""
    connection.execute("INSERT OR REPLACE INTO analysis VALUES (?, ?, ?)", (source, fingerprint, data))


def results(connection: sqlite3.Connection, source: str, language: str) -> dict[str, tuple[str, bytes]]:
    """Give the kept suggestions of a source: part to (fingerprint, data)."""
    rows = connection.execute(
        "SELECT part, fingerprint, data FROM suggested WHERE source = ? AND language = ?", (source, language)
    )
    return {part: (fingerprint, bytes(data)) for part, fingerprint, data in rows}


def keep_results(
    connection: sqlite3.Connection, source: str, language: str, found: Mapping[str, tuple[str, bytes]]
) -> None:
    """Keep suggestions of a source, each part's in the place of what that part had before."""
    connection.executemany(
        "INSERT OR REPLACE INTO suggested VALUES (?, ?, ?, ?, ?)",
        [(source, part, language, fingerprint, data) for part, (fingerprint, data) in found.items()],
    )


def lexicon(connection: sqlite3.Connection, pipeline: str) -> bytes:
    """Give what is remembered of words under this version of the pipeline, empty where nothing is."""
    row = connection.execute("SELECT data FROM lexicon WHERE pipeline = ?", (pipeline,)).fetchone()
    return b"" if row is None else bytes(row[0])


def keep_lexicon(connection: sqlite3.Connection, pipeline: str, data: bytes) -> None:
    """Keep what is remembered of words; what an earlier version of the pipeline knew goes."""
    connection.execute("DELETE FROM lexicon WHERE pipeline <> ?", (pipeline,))
    connection.execute("INSERT OR REPLACE INTO lexicon VALUES (?, ?)", (pipeline, data))


def drop_stale(connection: sqlite3.Connection, parts: Collection[str]) -> None:
    """Drop what is kept of sources that are gone and of parts that are not among `parts`."""
    connection.execute("DELETE FROM analysis WHERE source NOT IN (SELECT guid FROM source)")
    connection.execute("DELETE FROM suggested WHERE source NOT IN (SELECT guid FROM source)")
    places = ", ".join("?" * len(parts))
    connection.execute(f"DELETE FROM suggested WHERE part NOT IN ({places})", tuple(parts))


def mode(connection: sqlite3.Connection) -> SuggestionMode:
    """Give the study's mode of suggesting; a study from before modes is open."""
    (found,) = connection.execute("SELECT suggesting FROM study").fetchone()
    return SuggestionMode(found or SuggestionMode.OPEN)


def write_mode(change: Change, connection: sqlite3.Connection, wanted: SuggestionMode) -> None:
    """Set the study's mode of suggesting as part of a change."""
    (guid,) = connection.execute("SELECT guid FROM study").fetchone()
    change.update("study", guid, {"suggesting": wanted.value})
