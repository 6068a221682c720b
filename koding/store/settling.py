"""The rules that follow a merge: codings go with their code, and nothing is left pointing to nothing.

Each looks at rows that two copies together have made inconsistent, though each copy was sound. What they do depends on
the changes alone, so that every copy settles it alike.
"""

from __future__ import annotations

import sqlite3

from koding.store.clashes import taken_in_by
from koding.store.entities import ENTITIES, REFERENCES, quoted
from koding.store.lineage import SETTLE
from koding.store.merging import Merger
from koding.store.standing import Act, newest, removed_in, weigh

#: A rule may make work for another; each round settles something for good, so that few are needed.
_ROUNDS = 20
#: What is a part of a row, and comes back with it: entity to (entity, column that points to it).
OWNED = {
    "source": (("segmentation", "guid"), ("speaker", "source")),
    "informant": (("value", "informant"),),
    "round": (("round_part", "round"),),
    "coding": (("memo", "target"),),
}
#: What goes with the text that stands, whatever was known where it was removed.
_OF_THE_TEXT = ("source", "segmentation")


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

    A row that was taken in by its twin is pointed to there. What was taken back in one copy (an import, a round, a
    code) and used in another comes back. About a memo on a removed coding the newer act holds: what was written later
    than the removal brings the coding back, what was written earlier goes with it.
    """
    hand_over(merger)
    for _round in range(_ROUNDS):
        if not _bring_back_some(merger):
            break
        hand_over(merger)
    for child, guid, parent, target in _dangling(merger.connection):
        removed = any(act.after is None for act in merger.acts(parent, target))
        # Where nobody removed what it was on, that has no place in the text of today.
        merger.hide("dropped" if removed else "lost", child, guid)


def hand_over(merger: Merger) -> None:
    """Let what points to a row that was taken in by its twin point to the one that stayed."""
    wanted: dict[str, dict[str, dict[str, str]]] = {}
    for child, guid, parent, target in _dangling(merger.connection):
        kept, passed = target, {target}
        while merger.row(parent, kept) is None:
            twin = taken_in_by(merger.connection, merger.lineage, parent, kept)
            if twin is None or twin in passed:
                break
            passed.add(twin)
            kept = twin
        if merger.row(parent, kept) is not None:
            column = next(column for (entity, column), to in REFERENCES.items() if (entity, to) == (child, parent))
            wanted.setdefault(child, {})[guid] = {column: kept}
    for child, rows in wanted.items():
        merger.rewrite("moved", child, rows)


def _bring_back_some(merger: Merger) -> bool:
    """Bring back what was used elsewhere although it was removed; say whether there was any."""
    removals: dict[tuple[str, str], Act] = {}
    for child, guid, parent, target in _dangling(merger.connection):
        removed = [act for act in merger.acts(parent, target) if act.after is None]
        if not removed or (parent, target) in merger.hidden_now:
            continue
        written = [act for act in merger.acts(child, guid) if act.after is not None and not act.part]
        last, removal = newest(merger.lineage, written)[0], newest(merger.lineage, removed)[0]
        used = parent != "coding" or last.kind == SETTLE or last.weight > removal.weight
        if used and removal.before is not None:
            removals[parent, target] = removal
    for (parent, target), removal in sorted(removals.items(), key=lambda one: one[0]):
        if merger.row(parent, target) is None:
            bring_back(merger, parent, removal)
    return bool(removals)


def bring_back(merger: Merger, entity: str, removal: Act) -> None:
    """Bring a removed row back, with what is a part of it and was removed in the same change.

    A source comes back with the text and the turns that were written last, in whatever copy: the one that removed it
    may have known an older text.
    """
    row = dict(removal.before or {})
    if entity in _OF_THE_TEXT:
        written = [act for act in merger.acts(entity, row["guid"]) if act.after is not None]
        row = dict(weigh(merger.lineage, entity, row["guid"], written).row or row)
    merger.rewrite("brought back", entity, {row["guid"]: row})
    for child, column in OWNED.get(entity, ()):
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


def _dangling(connection: sqlite3.Connection) -> list[tuple[str, str, str, str]]:
    """Give (entity, GUID, entity pointed to, GUID pointed to) of rows that point to nothing, in order."""
    found: list[tuple[str, str, str, str]] = []
    for (child, column), parent in pointers(connection).items():
        if not connection.execute(
            "SELECT 1 FROM entry WHERE entity = ? AND after IS NULL LIMIT 1", (parent,)
        ).fetchone():
            continue
        kind = " AND kind = 'coding'" if child == "memo" and column == "target" else ""
        found += [
            (child, guid, parent, target)
            for guid, target in connection.execute(
                f"SELECT guid, {quoted(column)} FROM {quoted(child)} WHERE {quoted(column)} IS NOT NULL{kind} "
                f"AND {quoted(column)} NOT IN (SELECT guid FROM {quoted(parent)})"
            )
        ]
    return sorted(found)


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
