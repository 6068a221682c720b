"""The rules that follow a merge: codings go with their code, and nothing is left pointing to nothing.

Each looks at rows that two copies together have made inconsistent, though each copy was sound. What they do depends on
the changes alone, so that every copy settles it alike.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from koding.store.clashes import hand_over, taken_in_by
from koding.store.entities import ENTITIES, REFERENCES, quoted
from koding.store.lineage import SETTLE
from koding.store.merging import Merger
from koding.store.standing import Act, acts_of, newest, removed_in

#: A rule may make work for another; each round settles something for good, so that few are needed.
_ROUNDS = 20


def settle_all(merger: Merger) -> None:
    """Settle whatever the merged changes left inconsistent."""
    for _round in range(_ROUNDS):
        before = merger.steps
        follow_heirs(merger)
        mend_references(merger)
        break_circles(merger)
        if merger.steps == before:
            return


def follow_heirs(merger: Merger) -> None:
    """Give codings that were made with a code elsewhere, while here it was merged into another, that other code."""
    heirs = dict(merger.connection.execute("SELECT guid, successor FROM code WHERE successor IS NOT NULL"))
    for code in sorted(heirs):
        heir, passed = code, [code]
        while heirs.get(heir) and heirs[heir] not in passed:
            heir = heirs[heir]
            passed.append(heir)
        codings = merger.connection.execute("SELECT guid FROM coding WHERE code = ?", (code,)).fetchall()
        because = [("code", one) for one in passed]
        merger.rewrite("heir", "coding", {guid: {"code": heir} for (guid,) in codings}, because)


def mend_references(merger: Merger) -> None:
    """See to rows that point to one that is gone.

    A row that was taken in by its twin is pointed to there. Else the newer act holds: what was written later than the
    removal brings the removed row back, what was written earlier goes with it.
    """
    for child, guid, parent, target in list(_dangling(merger.connection)):
        kept = taken_in_by(merger.connection, parent, target)
        if kept is not None and merger.row(parent, kept) is not None:
            hand_over(merger, parent, target, kept)
            continue
        if merger.row(child, guid) is None or merger.row(parent, target) is not None:
            continue
        written = [act for act in acts_of(merger.connection, child, guid) if act.after is not None and not act.part]
        removed = [act for act in acts_of(merger.connection, parent, target) if act.after is None]
        if not removed:
            # What it was on has no place in the text of today; nobody removed it.
            merger.hide("lost", child, guid)
            continue
        last = newest(merger.lineage, written)[0]
        removal = newest(merger.lineage, removed)[0]
        if (last.kind == SETTLE or last.weight > removal.weight) and removal.before is not None:
            bring_back(merger, parent, removal)
        else:
            merger.hide("dropped", child, guid)


def bring_back(merger: Merger, entity: str, removal: Act) -> None:
    """Bring a removed row back, with what hung on it and was removed in the same change."""
    row = dict(removal.before or {})
    merger.rewrite("brought back", entity, {row["guid"]: row})
    for (child, column), parent in pointers(merger.connection).items():
        if parent != entity:
            continue
        for act in removed_in(merger.connection, removal.change, child):
            before = act.before or {}
            if before.get(column) == row["guid"] and merger.row(child, str(before["guid"])) is None:
                bring_back(merger, child, act)


def pointers(connection: sqlite3.Connection) -> dict[tuple[str, str], str]:
    """Map (entity, column) of everything that points to a row to the entity pointed to."""
    found = dict(REFERENCES)
    for entity in ENTITIES:
        for parent, column in connection.execute('SELECT "table", "from" FROM pragma_foreign_key_list(?)', (entity,)):
            if parent in ENTITIES:
                found[entity, column] = parent
    return found


def _dangling(connection: sqlite3.Connection) -> Iterator[tuple[str, str, str, str]]:
    """Give (entity, GUID, entity pointed to, GUID pointed to) of rows that point to nothing."""
    for (child, column), parent in pointers(connection).items():
        if not connection.execute(
            "SELECT 1 FROM entry WHERE entity = ? AND after IS NULL LIMIT 1", (parent,)
        ).fetchone():
            continue
        kind = " AND kind = 'coding'" if child == "memo" and column == "target" else ""
        for guid, target in connection.execute(
            f"SELECT guid, {quoted(column)} FROM {quoted(child)} WHERE {quoted(column)} IS NOT NULL{kind} "
            f"AND {quoted(column)} NOT IN (SELECT guid FROM {quoted(parent)})"
        ).fetchall():
            yield child, guid, parent, target


def break_circles(merger: Merger) -> None:
    """Put a code at the top where two copies have moved codes each below the other."""
    above = dict(merger.connection.execute("SELECT guid, parent FROM code"))
    circles: set[frozenset[str]] = set()
    for guid in above:
        seen: list[str] = []
        code: str | None = guid
        while code is not None and code not in seen:
            seen.append(code)
            code = above.get(code)
        if code is not None:
            circles.add(frozenset(seen[seen.index(code) :]))
    merger.rewrite("top", "code", {min(circle): {"parent": None} for circle in circles})
