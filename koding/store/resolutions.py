"""What was decided about disagreements, as the study keeps it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import replace

from koding.model.coding import RESOLVED, Coding
from koding.model.resolution import Certainty, Resolution, resolved_guid
from koding.store.codings import coder_guid, coding_row, codings, facets_text, write_coder
from koding.store.journal import Change


def resolutions(connection: sqlite3.Connection, source: str | None = None) -> list[Resolution]:
    """Give all that was decided (about one source, by GUID), oldest first."""
    condition, parameters = ("WHERE r.source = ?", (source,)) if source is not None else ("", ())
    return [
        Resolution(
            guid=row[0],
            source=row[1],
            round=row[2] or "",
            codings=tuple(json.loads(row[3])),
            fingerprint=row[4],
            verdict=row[5],
            outcome=tuple(json.loads(row[6])),
            coder=row[7],
            why=row[8],
            certainty=Certainty(row[9]) if row[9] else None,
            keywords=tuple(json.loads(row[10])),
            created=row[11] or "",
            modified=row[12] or "",
        )
        for row in connection.execute(
            "SELECT r.guid, r.source, r.round, r.codings, r.fingerprint, r.verdict, r.outcome, w.name, r.why, "
            "r.certainty, r.keywords, r.created, r.modified FROM resolution r JOIN coder w ON w.guid = r.coder "
            f"{condition} ORDER BY r.created, r.guid",
            parameters,
        )
    ]


def outcomes(connection: sqlite3.Connection) -> dict[str, Coding]:
    """Give the resolved codings by GUID."""
    return {coding.guid: coding for coding in codings(connection, coder=RESOLVED)}


def write_resolution(
    change: Change,
    connection: sqlite3.Connection,
    wanted: Resolution,
    resolved: Sequence[tuple[Coding, str]],
) -> Resolution:
    """Write what was decided with its resolved codings, in the place of what was decided before, if anything was.

    `resolved` are codings with the GUIDs of their codes; theirs and the outcome's GUIDs are given here.
    """
    write_coder(change, connection, RESOLVED)
    write_coder(change, connection, wanted.coder)
    standing = change.current("resolution", wanted.guid)
    outcome = []
    for coding, code in resolved:
        guid = resolved_guid(coding.source, coding.start, coding.end, code, wanted.round)
        outcome.append(guid)
        row = replace(coding, guid=guid, coder=RESOLVED, round=wanted.round, created=change.at, modified=change.at)
        if change.current("coding", guid) is None:
            change.insert("coding", [coding_row(row, code)])
        else:
            change.update("coding", guid, {"facets": facets_text(row.facets), "modified": change.at})
    before: list[str] = json.loads(standing["outcome"]) if standing is not None else []
    created = standing["created"] if standing is not None else change.at
    change.put(
        "resolution",
        {
            "guid": wanted.guid,
            "source": wanted.source,
            "round": wanted.round or None,
            "codings": json.dumps(wanted.codings),
            "fingerprint": wanted.fingerprint,
            "verdict": wanted.verdict,
            "outcome": json.dumps(outcome),
            "coder": coder_guid(wanted.coder),
            "why": wanted.why,
            "certainty": wanted.certainty.value if wanted.certainty else "",
            "keywords": json.dumps(wanted.keywords, ensure_ascii=False),
            "created": created,
            "modified": change.at,
        },
    )
    _drop(change, connection, [guid for guid in before if guid not in outcome])
    return replace(wanted, outcome=tuple(outcome), created=created, modified=change.at)


def annotate_resolution(change: Change, noted: Resolution) -> Resolution:
    """Write why, certainty and keywords of a decision that stands."""
    columns = {
        "why": noted.why,
        "certainty": noted.certainty.value if noted.certainty else "",
        "keywords": json.dumps(noted.keywords, ensure_ascii=False),
        "modified": change.at,
    }
    change.update("resolution", noted.guid, columns)
    return replace(noted, modified=change.at)


def remove_resolution(change: Change, connection: sqlite3.Connection, guid: str) -> None:
    """Take back what was decided, with the resolved codings that no other decision rests on."""
    standing = change.current("resolution", guid)
    if standing is not None:
        change.delete("resolution", guid)
        _drop(change, connection, json.loads(standing["outcome"]))


def _drop(change: Change, connection: sqlite3.Connection, guids: Sequence[str]) -> None:
    """Remove resolved codings that no decision rests on any more."""
    kept = {guid for (outcome,) in connection.execute("SELECT outcome FROM resolution") for guid in json.loads(outcome)}
    for guid in guids:
        if guid not in kept and change.current("coding", guid) is not None:
            change.delete("coding", guid)
