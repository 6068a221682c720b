"""Rows that cannot stand beside each other: one thing put in twice, or two things of one name.

Two codings of one passage with one code by one coder, or two memos of one coder on one thing, are one thing put in
twice: the one made first stays, what hung on the other goes over to it, and what the other said differently is listed
for people to choose. Two things of one name are both kept: the one made first keeps the name, the other's gets a mark
from its GUID.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from koding.store.entities import ENTITIES, quoted, row_json
from koding.store.journal import Row
from koding.store.lineage import MERGE, SETTLE, Lineage

if TYPE_CHECKING:
    from koding.store.merging import Merger

TWIN = "twin"
NAME = "name"
#: Columns that name a thing to people.
NAMING = ("name", "key")
#: How much of the GUID tells apart two things of one name.
MARK = 6
_INDEX = re.compile(r"\((.*)\)\s*$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Step:
    """One row that gave way: `rule`, and the entries (entity, GUID, before, after) that tell it."""

    rule: str
    entries: tuple[tuple[str, str, str | None, str | None], ...]


def unique_terms(connection: sqlite3.Connection, entity: str) -> Iterator[tuple[str, ...]]:
    """Give the terms (columns or expressions, as SQL) of each unique index of a table."""
    for name, unique, origin in connection.execute(
        'SELECT name, "unique", origin FROM pragma_index_list(?) ORDER BY name', (entity,)
    ):
        if unique and origin == "c":
            (sql,) = connection.execute("SELECT sql FROM sqlite_master WHERE name = ?", (name,)).fetchone()
            yield split_terms(sql)


@lru_cache(maxsize=64)
def split_terms(sql: str) -> tuple[str, ...]:
    """Split the terms of a CREATE INDEX statement at the commas that are not within parentheses."""
    found = _INDEX.search(sql[sql.index("(") :])
    terms, depth, current = [], 0, ""
    for character in found[1] if found else "":
        depth += (character == "(") - (character == ")")
        if character == "," and not depth:
            terms.append(current.strip())
            current = ""
        else:
            current += character
    return (*terms, current.strip())


def _as_table(entity: str) -> str:
    return "(SELECT " + ", ".join(f"? AS {quoted(column)}" for column in ENTITIES[entity]) + ")"


def in_the_way(connection: sqlite3.Connection, entity: str, row: Row) -> tuple[str, str] | None:
    """Give (GUID, naming column or "") of the row that keeps `row` from being put in."""
    for terms in unique_terms(connection, entity):
        values = connection.execute(f"SELECT {', '.join(terms)} FROM {_as_table(entity)}", row).fetchone()
        where = " AND ".join(f"{term} = ?" for term in terms)
        found = connection.execute(f"SELECT guid FROM {quoted(entity)} WHERE {where}", values).fetchone()
        if found is not None:
            bare = [term.strip('"[]`') for term in terms]
            return found[0], next((column for column in bare if column in NAMING), "")
    return None


def as_json(connection: sqlite3.Connection, entity: str, row: Row) -> str:
    """Give a row as the journal writes it."""
    return str(connection.execute(f"SELECT {row_json(entity)} FROM {_as_table(entity)}", row).fetchone()[0])


def birth(connection: sqlite3.Connection, entity: str, guid: str) -> tuple[str, str]:
    """Give when somebody first made a row, and its GUID: what decides which of two stays."""
    found = connection.execute(
        "SELECT min(c.at) FROM entry e JOIN change c ON c.id = e.change "
        "WHERE e.guid = ? AND e.entity = ? AND e.before IS NULL AND c.kind NOT IN (?, ?)",
        (guid, entity, MERGE, SETTLE),
    ).fetchone()
    return found[0] or "", guid


def give_way(merger: Merger, entity: str, row: Row) -> tuple[Step, Row | None]:
    """Let a row give way to one made earlier; give what was done, and the row under its new name (None: it is gone)."""
    connection = merger.connection
    found = in_the_way(connection, entity, row)
    if found is None:
        message = f"{entity} {row[0]}"
        raise sqlite3.IntegrityError(message)
    other, naming = found
    mine = as_json(connection, entity, row)
    if naming:
        step, content = _renamed(connection, entity, row[0], naming, mine)
        return step, tuple(content[column] for column in ENTITIES[entity])
    theirs = merger.row(entity, other)
    return Step(TWIN, ((entity, other, theirs, theirs), (entity, row[0], mine, None))), None


def _renamed(
    connection: sqlite3.Connection, entity: str, guid: str, naming: str, told: str
) -> tuple[Step, dict[str, Any]]:
    renamed: dict[str, Any] = json.loads(told)
    renamed[naming] = f"{renamed[naming]}-{guid[:MARK]}"
    after = as_json(connection, entity, tuple(renamed[column] for column in ENTITIES[entity]))
    return Step(NAME, ((entity, guid, told, after),)), renamed


def write(merger: Merger, steps: Sequence[Step]) -> None:
    """Write what gave way as settlements."""
    for rule in (NAME, TWIN):
        entries = [entry for step in sorted(steps, key=lambda step: step.entries) if step.rule == rule
                   for entry in step.entries]  # fmt: skip
        merger.settle(rule, entries)


def taken_in_by(connection: sqlite3.Connection, lineage: Lineage, entity: str, guid: str) -> str | None:
    """Give the row that took in another as its twin, None where none did."""
    found = connection.execute(
        # The entry before the one that removes a twin names the row that stayed.
        "SELECT e.change, k.guid FROM entry e JOIN change c ON c.id = e.change JOIN entry k ON k.id = e.id - 1 "
        "WHERE e.entity = ? AND e.guid = ? AND e.after IS NULL AND c.kind = ? AND c.detail = ?",
        (entity, guid, SETTLE, TWIN),
    ).fetchall()
    kept = {change: str(other) for change, other in found if change not in lineage.void}
    return min((kept[head] for head in lineage.heads(kept)), default=None)
