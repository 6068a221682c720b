"""The journal: every change is one transaction that writes the state and says who, when, what, before and after.

A change has any number of entries, one for each row it touched. The journal is append-only (triggers in the schema
refuse anything else); undo and redo are changes of their own that point at the change they take back or bring again.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from koding import __version__
from koding.errors import Conflict
from koding.i18n import N_, _
from koding.model.identity import fresh_guid
from koding.store.entities import ENTITIES, column_list, quoted, row_json

Row = tuple[Any, ...]

#: What the journal calls a change, and how it is said to people.
ACTIONS = {
    "init": N_("new study"),
    "import": N_("import"),
    "import codings": N_("import codings"),
    "new coder": N_("new coder"),
    "code": N_("code"),
    "recode": N_("change of code"),
    "facets": N_("facets"),
    "resize": N_("new edges"),
    "remove": N_("remove coding"),
    "memo": N_("memo"),
    "accept": N_("accept suggestion"),
    "reject": N_("reject suggestion"),
    "suggestion mode": N_("mode of suggestions"),
    "import project": N_("import project"),
    "merge": N_("merge of copies"),
    "settle": N_("settled by a rule of merging"),
    "choose": N_("choice between copies"),
    "round": N_("new round"),
    "close round": N_("close round"),
    "open round": N_("open round again"),
    "resolve": N_("resolve"),
    "open package": N_("open a replication package"),
    "codebook": N_("change of the codebook"),
    "decide": N_("decide after a split"),
}

#: What no undo takes back: the beginnings of a study and of a coder.
NEVER_UNDONE = ("init", "new coder")
#: Rows that stay when the change that made them is undone: a name that is known harms nobody, and others may use it.
LASTING = frozenset({"coder"})


def now() -> str:
    """Give the time as ISO 8601 in UTC, to the millisecond."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


@dataclass(frozen=True, slots=True)
class Entry:
    """What one change did to one row; `before` is None for a new row, `after` None for one that went."""

    entity: str
    guid: str
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class Event:
    """One change as the journal tells it; `kind` is do, undo or redo, `target` the change an undo or redo is about."""

    id: int
    guid: str
    at: str
    coder: str
    action: str
    detail: str
    kind: str
    target: int | None
    entries: int


class Change:
    """A transaction that is under way: writes rows and journals each of them."""

    def __init__(self, connection: sqlite3.Connection, identifier: int, at: str) -> None:
        self._connection = connection
        self.id = identifier
        self.at = at
        self.entries = 0

    def insert(self, entity: str, rows: Iterable[Row]) -> int:
        """Insert rows, each a tuple of the entity's columns in order, and give how many."""
        execute = self._connection.execute
        last = execute(f"SELECT coalesce(max(rowid), 0) FROM {quoted(entity)}").fetchone()[0]
        places = ", ".join("?" * len(ENTITIES[entity]))
        self._connection.executemany(f"INSERT INTO {quoted(entity)} ({column_list(entity)}) VALUES ({places})", rows)
        written = execute(
            f"INSERT INTO entry (change, entity, guid, after) SELECT ?, ?, guid, {row_json(entity)} "
            f"FROM {quoted(entity)} WHERE rowid > ? ORDER BY rowid",
            (self.id, entity, last),
        ).rowcount
        self.entries += written
        return written

    def update(self, entity: str, guid: str, columns: Mapping[str, Any]) -> None:
        """Set columns of one row. Raises Conflict where the row is gone."""
        before = self._row(entity, guid)
        if before is None:
            raise gone()
        assignments = ", ".join(f"{quoted(column)} = ?" for column in columns)
        self._connection.execute(f"UPDATE {quoted(entity)} SET {assignments} WHERE guid = ?", (*columns.values(), guid))
        after = self._row(entity, guid)
        if after != before:
            self._record(entity, guid, before, after)

    def delete(self, entity: str, guid: str) -> None:
        """Delete one row. Raises Conflict where it is gone already."""
        before = self._row(entity, guid)
        if before is None:
            raise gone()
        self._connection.execute(f"DELETE FROM {quoted(entity)} WHERE guid = ?", (guid,))
        self._record(entity, guid, before, None)

    def put(self, entity: str, row: Mapping[str, Any]) -> None:
        """Write a whole row as an entry of the journal holds it, whether it stands already or not."""
        before = self._row(entity, row["guid"])
        columns = tuple(row.get(column) for column in ENTITIES[entity])
        if before is None:
            self.insert(entity, [columns])
        else:
            self.update(entity, row["guid"], {column: row.get(column) for column in ENTITIES[entity]})

    def _row(self, entity: str, guid: str) -> str | None:
        found = self._connection.execute(
            f"SELECT {row_json(entity)} FROM {quoted(entity)} WHERE guid = ?", (guid,)
        ).fetchone()
        return None if found is None else str(found[0])

    def current(self, entity: str, guid: str) -> Mapping[str, Any] | None:
        """Give the row as it stands within this change, None where there is none."""
        found = self._row(entity, guid)
        return None if found is None else json.loads(found)

    def _record(self, entity: str, guid: str, before: str | None, after: str | None) -> None:
        self._connection.execute(
            "INSERT INTO entry (change, entity, guid, before, after) VALUES (?, ?, ?, ?, ?)",
            (self.id, entity, guid, before, after),
        )
        self.entries += 1


def gone() -> Conflict:
    """Give the fault for a row that another program has removed."""
    return Conflict(
        _("What you would change is no longer there."), _("Another program removed it; the view is up to date now.")
    )


def same_row(standing: Mapping[str, Any] | None, told: Mapping[str, Any] | None) -> bool:
    """Say whether a row stands as the journal tells it.

    A later format may have added columns that an older entry does not name: there they are empty.
    """
    if standing is None or told is None:
        return standing is told
    return all(told.get(column) == value for column, value in standing.items())


@contextlib.contextmanager
def change(  # noqa: PLR0913 - each is a part of the event and named at every call
    connection: sqlite3.Connection,
    *,
    coder: str,
    action: str,
    detail: str = "",
    kind: str = "do",
    target: int | None = None,
) -> Iterator[Change]:
    """Run one change: all of it reaches the disk with its journal entries, or none of it does.

    `coder` is the name of who does it, `action` a short verb phrase ("code", "import source"), `detail` what it was
    done to. A change that turned out to touch nothing leaves no event. The write lock is taken at the start, so that
    what is read inside is what is written upon.
    """
    connection.execute("BEGIN IMMEDIATE")
    try:
        at = now()
        cursor = connection.execute(
            "INSERT INTO change (guid, at, coder, action, detail, kind, target, version) VALUES (?,?,?,?,?,?,?,?)",
            (fresh_guid(), at, coder, action, detail, kind, target, __version__),
        )
        current = Change(connection, int(cursor.lastrowid or 0), at)
        yield current
        connection.execute("COMMIT" if current.entries else "ROLLBACK")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def entries_of(connection: sqlite3.Connection, identifier: int) -> list[Entry]:
    """Give what a change did, row by row, in order."""
    rows = connection.execute(
        "SELECT entity, guid, before, after FROM entry WHERE change = ? ORDER BY id", (identifier,)
    )
    return [
        Entry(entity, guid, json.loads(before) if before else None, json.loads(after) if after else None)
        for entity, guid, before, after in rows
    ]


def events(connection: sqlite3.Connection, limit: int | None = None) -> Iterator[Event]:
    """Give the changes by time, oldest first; with `limit`, the last so many.

    What was merged in from copies stands among the rest, where its time puts it.
    """
    for row in connection.execute(
        "SELECT id, guid, at, coder, action, detail, kind, target, "
        "(SELECT count(*) FROM entry WHERE entry.change = change.id) FROM change "
        "WHERE id IN (SELECT id FROM change ORDER BY at DESC, id DESC LIMIT ?) ORDER BY at, id",
        (-1 if limit is None else limit,),
    ):
        yield Event(*row)


def codebook_events(connection: sqlite3.Connection) -> Iterator[tuple[Event, list[str]]]:
    """Give the changes that touched the codebook, oldest first, each with the keys of the codes it touched, sorted."""
    keys: dict[int, list[str]] = {}
    for number, key in connection.execute(
        "SELECT change, coalesce(json_extract(after, '$.key'), json_extract(before, '$.key')) FROM entry "
        "WHERE entity IN ('code', 'codebook') ORDER BY id"
    ):
        of_change = keys.setdefault(number, [])
        if key is not None:
            of_change.append(key)
    for number, touched in keys.items():
        yield event(connection, number), sorted(set(touched))


def event(connection: sqlite3.Connection, identifier: int) -> Event:
    """Give one change as the journal tells it."""
    row = connection.execute(
        "SELECT id, guid, at, coder, action, detail, kind, target, "
        "(SELECT count(*) FROM entry WHERE entry.change = change.id) FROM change WHERE id = ?",
        (identifier,),
    ).fetchone()
    return Event(*row)


def action_label(action: str) -> str:
    """Give an action in the language of the interface; one we do not know (a newer koding's) as it stands."""
    label = ACTIONS.get(action)
    return _(label) if label else action


def undoable(connection: sqlite3.Connection, coder: str | None, actions: Sequence[str] | None = None) -> int | None:
    """Give the last change that stands, None where there is none.

    `coder` restricts to that person's changes, `actions` to these; without `actions` it is any but those that begin
    a study.
    """
    whose, parameters = _scope("c", coder, actions)
    found = connection.execute(
        f"""
        SELECT id FROM change c WHERE kind = 'do' AND {whose}
        AND (SELECT count(*) FROM change WHERE target = c.id AND kind = 'undo')
          = (SELECT count(*) FROM change WHERE target = c.id AND kind = 'redo')
        ORDER BY id DESC LIMIT 1
        """,
        parameters,
    ).fetchone()
    return None if found is None else int(found[0])


def redoable(connection: sqlite3.Connection, coder: str | None, actions: Sequence[str] | None = None) -> int | None:
    """Give the change undone last and not brought back, None after a new change or where there is none.

    `coder` and `actions` are as for `undoable`: whose change it was, whoever undid it.
    """
    whose, parameters = _scope("c", coder, actions)
    last = connection.execute(
        f"SELECT coalesce(max(id), 0) FROM change c WHERE kind = 'do' AND {whose}", parameters
    ).fetchone()[0]
    found = connection.execute(
        f"""
        SELECT u.target FROM change u JOIN change c ON c.id = u.target WHERE u.kind = 'undo' AND u.id > ? AND {whose}
        AND (SELECT count(*) FROM change WHERE target = u.target AND kind = 'undo')
          > (SELECT count(*) FROM change WHERE target = u.target AND kind = 'redo')
        AND u.id = (SELECT max(id) FROM change WHERE target = u.target AND kind = 'undo')
        ORDER BY u.id DESC LIMIT 1
        """,
        (last, *parameters),
    ).fetchone()
    return None if found is None else int(found[0])


def _scope(table: str, coder: str | None, actions: Sequence[str] | None) -> tuple[str, list[str]]:
    """Give the condition on whose changes, and which, with its parameters."""
    chosen = NEVER_UNDONE if actions is None else actions
    condition = f"{table}.action {'NOT ' if actions is None else ''}IN ({', '.join('?' * len(chosen))})"
    if coder is None:
        return condition, [*chosen]
    return f"{table}.coder = ? AND {condition}", [coder, *chosen]


def actors(connection: sqlite3.Connection) -> list[str]:
    """Give the names of all who have changed the study."""
    return [name for (name,) in connection.execute("SELECT DISTINCT coder FROM change ORDER BY coder")]


def text_replaced_since(connection: sqlite3.Connection, source: str, identifier: int) -> bool:
    """Say whether a source (a GUID) has another text than after the change with this id.

    What has been replaced and put back again since does not matter, nor does a source that was not there then.
    """
    then = _row_then(connection, "source", source, identifier)
    if then is None or then[0] is None:
        return False
    now = connection.execute("SELECT text_sha256 FROM source WHERE guid = ?", (source,)).fetchone()
    return now is None or now[0] != json.loads(then[0])["text_sha256"]


def _row_then(connection: sqlite3.Connection, entity: str, guid: str, identifier: int) -> tuple[str | None] | None:
    """Give the row as it was after the change with this id; None where nothing has touched it since."""
    found: tuple[str | None] | None = connection.execute(
        "SELECT before FROM entry WHERE change > ? AND entity = ? AND guid = ? ORDER BY id LIMIT 1",
        (identifier, entity, guid),
    ).fetchone()
    return found


def last_turn(connection: sqlite3.Connection, identifier: int) -> int:
    """Give the id of the last event about a change: the change itself, or its last undo or redo."""
    return int(
        connection.execute(
            "SELECT max(id) FROM change WHERE id = ? OR target = ?", (identifier, identifier)
        ).fetchone()[0]
    )


def changed_since(connection: sqlite3.Connection, entity: str, guid: str, identifier: int) -> bool:
    """Say whether a row that stands is another than the one after the change with this id, or was not there then."""
    then = _row_then(connection, entity, guid, identifier)
    if then is None:
        return False
    now = connection.execute(f"SELECT {row_json(entity)} FROM {quoted(entity)} WHERE guid = ?", (guid,)).fetchone()
    return then[0] is None or now is None or not same_row(json.loads(now[0]), json.loads(then[0]))


def revert(connection: sqlite3.Connection, identifier: int, *, coder: str, kind: str) -> list[Entry]:
    """Undo (`kind` "undo") or redo ("redo") a change as a new change, and give the entries that were touched.

    Raises Conflict, changing nothing, where a row no longer stands as the change left it.
    """
    action, detail = connection.execute("SELECT action, detail FROM change WHERE id = ?", (identifier,)).fetchone()
    touched = entries_of(connection, identifier)
    undo = kind == "undo"
    with change(connection, coder=coder, action=action, detail=detail, kind=kind, target=identifier) as current:
        for entry in reversed(touched) if undo else touched:
            if entry.entity in LASTING:
                continue
            expected, wanted = (entry.after, entry.before) if undo else (entry.before, entry.after)
            if not same_row(current.current(entry.entity, entry.guid), expected):
                raise Conflict(
                    _("This cannot be taken back: it has been changed since, by another coder or program."),
                    _("See koding log for who changed it."),
                )
            if wanted is None:
                if entry.entity == "source":
                    # Where coders stopped reading is no part of the journal, and goes with what they read.
                    connection.execute("DELETE FROM bookmark WHERE source = ?", (entry.guid,))
                current.delete(entry.entity, entry.guid)
            else:
                current.put(entry.entity, wanted)
    return touched
