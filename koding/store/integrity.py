"""Whether a study holds together: hashes, spans, references, and the journal against the state."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator

from koding.errors import StudyDamaged
from koding.i18n import _
from koding.store.entities import ENTITIES, quoted, row_json
from koding.store.journal import same_row
from koding.store.sources import read_segmentation, sha256


def findings(connection: sqlite3.Connection) -> Iterator[str]:
    """Give one line for everything that is wrong with the study; nothing for a sound one.

    Reads within one transaction, so that another program's writes do not show as faults.
    """
    connection.execute("BEGIN")
    try:
        yield from _file(connection)
        yield from _texts(connection)
        yield from _spans(connection)
        yield from _journal(connection)
    finally:
        connection.execute("ROLLBACK")


def _file(connection: sqlite3.Connection) -> Iterator[str]:
    for (line,) in connection.execute("PRAGMA integrity_check"):
        if line != "ok":
            yield _("The file is damaged: {what}.").format(what=line)
    for table, rowid, parent, _number in connection.execute("PRAGMA foreign_key_check"):
        yield _("Row {row} of {table} points to nothing in {parent}.").format(row=rowid, table=table, parent=parent)


def _texts(connection: sqlite3.Connection) -> Iterator[str]:
    for digest, text in connection.execute("SELECT sha256, text FROM text"):
        if not isinstance(text, str) or sha256(text.encode("utf-8", "surrogatepass")) != digest:
            yield _("The text with hash {digest} has been changed.").format(digest=digest[:12])
    for name, characters, actual, labels, turns in connection.execute(
        "SELECT s.name, s.characters, length(CAST(t.text AS TEXT)), g.labels, g.turns FROM source s "
        "JOIN text t ON t.sha256 = s.text_sha256 LEFT JOIN segmentation g ON g.guid = s.guid"
    ):
        if characters != actual:
            yield _("{source} should have {wanted} characters and has {found}.").format(
                source=name, wanted=characters, found=actual
            )
        if labels is None:
            yield _("{source} has no turns.").format(source=name)
            continue
        previous = 0
        try:
            segmentation = read_segmentation(labels, turns)
        except StudyDamaged:
            yield _("The turns of {source} cannot be read.").format(source=name)
            continue
        for number, turn in enumerate(segmentation.turns, start=1):
            if not previous <= turn.mark <= turn.start <= turn.end <= characters:
                yield _("Turn {number} of {source} is out of place.").format(number=number, source=name)
            previous = turn.end


def _spans(connection: sqlite3.Connection) -> Iterator[str]:
    for guid, target in connection.execute(
        "SELECT guid, target FROM memo WHERE kind = 'coding' AND target NOT IN (SELECT guid FROM coding)"
    ):
        yield _("Memo {guid} is on a coding {target} that is not there.").format(guid=guid, target=target)
    for table, what in (
        ("coding", _("Coding")),
        ("decision", _("Decision")),
        ("round_part", _("Drawn turn")),
    ):
        for guid, name, start, end in connection.execute(
            f'SELECT x.guid, s.name, x.start, x."end" FROM {table} x JOIN source s ON s.guid = x.source '
            'WHERE x.start < 0 OR x."end" <= x.start OR x."end" > s.characters'
        ):
            yield _("{what} {guid} in {source} has an impossible span {start}-{end}.").format(
                what=what, guid=guid, source=name, start=start, end=end
            )


def _journal(connection: sqlite3.Connection) -> Iterator[str]:
    for entity, rows in replay(connection).items():
        for guid, standing in connection.execute(f"SELECT guid, {row_json(entity)} FROM {quoted(entity)}"):
            told = rows.pop(guid, None)
            if told is None:
                yield _("{entity} {guid} stands in the study but not in the journal.").format(entity=entity, guid=guid)
            elif told != standing and not _same(standing, told):
                yield _("{entity} {guid} is not what the journal says.").format(entity=entity, guid=guid)
        for guid in rows:
            yield _("{entity} {guid} is in the journal but gone from the study.").format(entity=entity, guid=guid)


def _same(standing: str, told: str) -> bool:
    try:
        return same_row(json.loads(standing), json.loads(told))
    except (ValueError, AttributeError):
        return False


def replay(connection: sqlite3.Connection) -> dict[str, dict[str, str]]:
    """Rebuild the state from the journal alone: entity to GUID to the row as JSON."""
    state: dict[str, dict[str, str]] = {entity: {} for entity in ENTITIES}
    for entity, guid, after in connection.execute("SELECT entity, guid, after FROM entry ORDER BY id"):
        if after is None:
            state[entity].pop(guid, None)
        else:
            state[entity][guid] = after
    return state
