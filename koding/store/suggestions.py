"""What the suggester remembers in a study, and the study's mode of suggesting.

The memory is derived: it can be thrown away at any time, is not journaled, and no other table points to it. A source
has one analysis with its concordance, and one sheet of suggestions for each group of the suggester's parts and language
of the interface; whatever has another fingerprint than the one asked for is stale, and the next to be kept takes its
place. What the families of the codebook consisted of when they were matched tells what an edit has changed.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Collection, Mapping

from koding.model.modes import SuggestionMode
from koding.store.journal import Change

#: Versions of a family that are remembered.
_VERSIONS = 8


def analysis(connection: sqlite3.Connection, source: str, fingerprint: str) -> bytes | None:
    """Give the kept analysis of a source, None where there is none of this fingerprint."""
    row = connection.execute(
        "SELECT data FROM analysis WHERE source = ? AND fingerprint = ?", (source, fingerprint)
    ).fetchone()
    return None if row is None else bytes(row[0])


def concordance(connection: sqlite3.Connection, source: str, fingerprint: str) -> bytes | None:
    """Give the kept concordance of a source, None where there is none of this fingerprint."""
    row = connection.execute(
        "SELECT data FROM concordance WHERE source = ? AND fingerprint = ?", (source, fingerprint)
    ).fetchone()
    return None if row is None else bytes(row[0])


def keep_analysis(
    connection: sqlite3.Connection, source: str, fingerprint: str, data: bytes, concordance: bytes
) -> None:
    """Keep the analysis and the concordance of a source in the place of any other."""
    connection.execute("INSERT OR REPLACE INTO analysis VALUES (?, ?, ?)", (source, fingerprint, data))
    connection.execute("INSERT OR REPLACE INTO concordance VALUES (?, ?, ?)", (source, fingerprint, concordance))


def results(connection: sqlite3.Connection, source: str, language: str) -> dict[str, tuple[str, bytes]]:
    """Give the kept suggestions of a source: group to (fingerprint, data)."""
    rows = connection.execute(
        "SELECT part, fingerprint, data FROM suggested WHERE source = ? AND language = ?", (source, language)
    )
    return {group: (fingerprint, bytes(data)) for group, fingerprint, data in rows}


def keep_results(
    connection: sqlite3.Connection, source: str, language: str, found: Mapping[str, tuple[str, bytes]]
) -> None:
    """Keep suggestions of a source, each group's in the place of what that group had before."""
    connection.executemany(
        "INSERT OR REPLACE INTO suggested VALUES (?, ?, ?, ?, ?)",
        [(source, group, language, fingerprint, data) for group, (fingerprint, data) in found.items()],
    )


def definition(connection: sqlite3.Connection, fingerprint: str) -> bytes | None:
    """Give what a family with this fingerprint consisted of, None where that is not known."""
    row = connection.execute("SELECT data FROM family_version WHERE fingerprint = ?", (fingerprint,)).fetchone()
    return None if row is None else bytes(row[0])


def keep_definitions(connection: sqlite3.Connection, definitions: Mapping[str, tuple[str, bytes]]) -> None:
    """Keep what families consist of, by fingerprint with the part; of each the last few versions stay."""
    for fingerprint, (part, data) in definitions.items():
        # A version that comes back is the newest again.
        connection.execute("INSERT OR REPLACE INTO family_version VALUES (?, ?, ?)", (fingerprint, part, data))
        connection.execute(
            "DELETE FROM family_version WHERE part = ? AND rowid NOT IN "
            "(SELECT rowid FROM family_version WHERE part = ? ORDER BY rowid DESC LIMIT ?)",
            (part, part, _VERSIONS),
        )


def lexicon(connection: sqlite3.Connection, pipeline: str) -> bytes:
    """Give what is remembered of words under this version of the pipeline, empty where nothing is."""
    row = connection.execute("SELECT data FROM lexicon WHERE pipeline = ?", (pipeline,)).fetchone()
    return b"" if row is None else bytes(row[0])


def keep_lexicon(connection: sqlite3.Connection, pipeline: str, data: bytes) -> None:
    """Keep what is remembered of words; what an earlier version of the pipeline knew goes."""
    connection.execute("DELETE FROM lexicon WHERE pipeline <> ?", (pipeline,))
    connection.execute("INSERT OR REPLACE INTO lexicon VALUES (?, ?)", (pipeline, data))


def drop_stale(connection: sqlite3.Connection, groups: Collection[str]) -> None:
    """Drop what is kept of sources that are gone and of groups that are not among `groups`."""
    for table in ("analysis", "concordance", "suggested"):
        connection.execute(f"DELETE FROM {table} WHERE source NOT IN (SELECT guid FROM source)")
    places = ", ".join("?" * len(groups))
    connection.execute(f"DELETE FROM suggested WHERE part NOT IN ({places})", tuple(groups))


def contents(connection: sqlite3.Connection, source: str = "") -> dict[str, str]:
    """Give a fingerprint of every source's text and turns, or of this one's, by the source's GUID."""
    rows = connection.execute(
        "SELECT s.guid, s.text_sha256, g.labels, g.turns FROM source s JOIN segmentation g ON g.guid = s.guid "
        "WHERE ? IN ('', s.guid)",
        (source,),
    )
    return {
        guid: hashlib.sha256(f"{text}\n{labels}\n{turns}".encode("utf-8", "surrogatepass")).hexdigest()
        for guid, text, labels, turns in rows
    }


def mode(connection: sqlite3.Connection) -> SuggestionMode:
    """Give the study's mode of suggesting; a study from before modes is open."""
    (found,) = connection.execute("SELECT suggesting FROM study").fetchone()
    return SuggestionMode(found or SuggestionMode.OPEN)


def write_mode(change: Change, connection: sqlite3.Connection, wanted: SuggestionMode) -> None:
    """Set the study's mode of suggesting as part of a change."""
    (guid,) = connection.execute("SELECT guid FROM study").fetchone()
    change.update("study", guid, {"suggesting": wanted.value})
