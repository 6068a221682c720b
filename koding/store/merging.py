"""Bringing the changes of a copy into a study: its journal carried over, its rows put in, clashes settled by rule.

Everything happens in one transaction of the study that is merged into; the copy is only read. Rows that only one side
has touched are taken as they stand there. Rows that both have touched are weighed (`koding.store.standing`). What the
rules settle by themselves (two rows for the same thing, a name that two things have) is written as a *settlement*: a
change whose GUID follows from its content, so that every copy that merges the same changes writes the very same one.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from koding import __version__
from koding.model.identity import content_guid, fresh_guid
from koding.store import clashes
from koding.store.copied_rows import rows_there
from koding.store.entities import ENTITIES, column_list, quoted, row_json
from koding.store.journal import Row, now, same_row
from koding.store.lineage import MERGE, SETTLE, Lineage, followed, front
from koding.store.sources import store_text
from koding.store.standing import acts_of
from koding.store.texts import Weighing, on_source

#: Who the journal names for what the rules settle.
RULES = "koding"

Place = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Settled:
    """Something the rules settled: `rule` is twin, name, moved, lost, heir, brought back, dropped or top."""

    rule: str
    entity: str
    guid: str
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None


@dataclass
class Carried:
    """What one copy brought: how many changes, and rows that are new, changed and gone, by entity."""

    changes: int = 0
    new: Counter[str] = field(default_factory=Counter)
    changed: Counter[str] = field(default_factory=Counter)
    gone: Counter[str] = field(default_factory=Counter)


class Merger:
    """One merge into a study, within a transaction that the caller has begun and will end."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        connection.execute("PRAGMA defer_foreign_keys = ON")
        self._known: dict[str, int] = dict(connection.execute("SELECT guid, id FROM change"))
        self._last = max(self._known.values(), default=0)
        self._fronts = set(front(connection))
        self._entries = int(connection.execute("SELECT coalesce(max(id), 0) FROM entry").fetchone()[0])
        self.lineage = Lineage(connection)
        #: Rows that more than one side has touched, now or before.
        self.contested: set[Place] = set(connection.execute("SELECT entity, guid FROM contested"))
        self._weighed: set[Place] = set()
        #: Contested rows that do not stand: what they were on may have come back.
        self._hidden = {place for place in self.contested if self.row(*place) is None}
        self.settled: list[Settled] = []
        #: How often the rules have done something.
        self.steps = 0

    # Carrying over

    def carry(self, other: sqlite3.Connection) -> Carried:
        """Bring in what a copy has and this study has not. Raises Unsound."""
        there = followed(other)
        new = [change for change in there if change[1] not in self._known]
        carried = Carried(len(new))
        if not new:
            return carried
        theirs = {self._known[guid] for _id, guid, _kind, _upon in there if guid in self._known}
        ids = {identifier: self._known[guid] for identifier, guid, _kind, _upon in there if guid in self._known}
        before = self._last
        self._carry_changes(other, new, ids)
        self._fronts.update(ids[identifier] for identifier in front(other))
        touched = self._carry_entries(other, new, ids)
        self.lineage = Lineage(self.connection)
        self._carry_content(other)
        self._take_rows(other, touched, theirs, before, carried)
        return carried

    def _carry_changes(
        self, other: sqlite3.Connection, new: Sequence[tuple[int, str, str, list[int]]], ids: dict[int, int]
    ) -> None:
        upon = {identifier: parents for identifier, _guid, _kind, parents in new}
        before = None
        rows: list[Row] = []
        for row in other.execute(
            "SELECT id, guid, at, coder, action, detail, kind, target, version FROM change WHERE id >= ? ORDER BY id",
            (min(upon),),
        ):
            identifier, guid, *told, target, version = row
            if identifier not in upon:
                continue
            self._last += 1
            ids[identifier] = self._known[guid] = self._last
            parents = [ids[parent] for parent in upon[identifier]]
            # The change right before it in this journal too: then nothing needs to be said.
            said = None if before is not None and parents == [before] else json.dumps(parents)
            target = None if target is None else ids[target]
            rows.append((self._last, guid, *told, target, version, said))
            before = self._last
        self.connection.executemany(
            "INSERT INTO change (id, guid, at, coder, action, detail, kind, target, version, parents) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            rows,
        )

    def _carry_entries(
        self, other: sqlite3.Connection, new: Sequence[tuple[int, str, str, list[int]]], ids: Mapping[int, int]
    ) -> dict[str, dict[str, str | None]]:
        """Carry the entries of new changes, and give the rows they touch with what was last said of each."""
        wanted = {identifier: ids[identifier] for identifier, _guid, _kind, _upon in new}
        touched: dict[str, dict[str, str | None]] = {entity: {} for entity in ENTITIES}
        rows: list[Row] = []
        for change, entity, guid, before, after in other.execute(
            "SELECT change, entity, guid, before, after FROM entry WHERE change >= ? ORDER BY id", (min(wanted),)
        ):
            own = wanted.get(change)
            if own is not None:
                rows.append((own, entity, guid, before, after))
                touched[entity][guid] = after
        self.connection.executemany(
            "INSERT INTO entry (change, entity, guid, before, after) VALUES (?, ?, ?, ?, ?)", rows
        )
        return touched

    def _carry_content(self, other: sqlite3.Connection) -> None:
        own = {digest for (digest,) in self.connection.execute("SELECT sha256 FROM text")}
        for (digest,) in other.execute("SELECT sha256 FROM text ORDER BY id").fetchall():
            if digest not in own:
                (text,) = other.execute("SELECT text FROM text WHERE sha256 = ?", (digest,)).fetchone()
                store_text(self.connection, text, digest)
        own = {digest for (digest,) in self.connection.execute("SELECT sha256 FROM part")}
        for (digest,) in other.execute("SELECT sha256 FROM part ORDER BY sha256").fetchall():
            if digest not in own:
                part = other.execute("SELECT sha256, data FROM part WHERE sha256 = ?", (digest,)).fetchone()
                self.connection.execute("INSERT INTO part (sha256, data) VALUES (?, ?)", part)

    # Rows

    def _take_rows(
        self,
        other: sqlite3.Connection,
        touched: Mapping[str, Mapping[str, str | None]],
        theirs: set[int],
        before: int,
        carried: Carried,
    ) -> None:
        standing_here = self._touched_here(touched, theirs, before)
        others = set(other.execute("SELECT entity, guid FROM contested"))
        self.contested |= {place for place in others if place[1] in touched[place[0]]}
        choices = [json.loads(after) for after in touched["choice"].values() if after is not None]
        weighed = {
            (entity, guid) for entity, guids in touched.items() for guid in guids if (entity, guid) in self.contested
        } | {(choice["entity"], choice["target"]) for choice in choices}
        weighing = Weighing(self.connection, self.lineage)
        weighed |= self._on_new_texts(weighing) | self._hidden
        clean = {
            entity: {guid: after for guid, after in guids.items() if (entity, guid) not in weighed}
            for entity, guids in touched.items()
        }
        was = {place for place in standing_here | weighed if self._delete(*place)}
        rows = {entity: rows_there(other, entity, guids) for entity, guids in clean.items()}
        self.place("choice", rows["choice"])
        for place in weighed:
            found = weighing.standing(*place)
            if found.row is not None:
                rows[place[0]].append(tuple(found.row[column] for column in ENTITIES[place[0]]))
            elif found.lost and place in was:
                self.settled.append(
                    Settled("lost", place[0], place[1], acts_of(self.connection, *place)[-1].after, None)
                )
        for entity in ENTITIES:
            if entity != "choice":
                self.place(entity, rows[entity])
        self._weighed |= weighed
        self._count(carried, touched, was, rows)

    def _on_new_texts(self, weighing: Weighing) -> set[Place]:
        """Give what has its place in a text that was replaced: where it stands now has to be worked out."""
        found: set[Place] = set()
        for (source,) in self.connection.execute(
            "SELECT DISTINCT guid FROM source s WHERE EXISTS "
            "(SELECT 1 FROM entry e WHERE e.guid = s.guid AND e.entity = 'source' AND e.before IS NOT NULL)"
        ).fetchall():
            if len(weighing.text_acts(source)) > 1:
                found |= on_source(self.connection, source)
        self.contested |= found
        return found

    def _touched_here(
        self, touched: Mapping[str, Mapping[str, str | None]], theirs: set[int], before: int
    ) -> set[Place]:
        """Give the rows that this study had a say in, and note those that the copy knows only in part."""
        self.connection.execute("CREATE TEMP TABLE IF NOT EXISTS touched (entity TEXT, guid TEXT)")
        self.connection.execute("DELETE FROM temp.touched")
        self.connection.executemany(
            "INSERT INTO temp.touched VALUES (?, ?)",
            ((entity, guid) for entity, guids in touched.items() for guid in guids),
        )
        found: set[Place] = set()
        for entity, guid, change in self.connection.execute(
            "SELECT t.entity, t.guid, e.change FROM temp.touched t "
            "CROSS JOIN entry e ON e.guid = t.guid AND e.entity = t.entity WHERE e.change <= ?",
            (before,),
        ):
            found.add((entity, guid))
            if change not in theirs:
                self.contested.add((entity, guid))
        return found

    def _delete(self, entity: str, guid: str) -> bool:
        return self.connection.execute(f"DELETE FROM {quoted(entity)} WHERE guid = ?", (guid,)).rowcount > 0

    def _count(
        self,
        carried: Carried,
        touched: Mapping[str, Mapping[str, str | None]],
        was: set[Place],
        put: Mapping[str, Sequence[Row]],
    ) -> None:
        for entity, guids in touched.items():
            rows = {row[0] for row in put.get(entity, ())}
            for guid in guids:
                # What the rules had a hand in is looked up; nearly all rows stand as they were put in.
                stands = self.row(entity, guid) is not None if (entity, guid) in self.contested else guid in rows
                stood = (entity, guid) in was
                if not stands:
                    carried.gone[entity] += stood
                elif stood:
                    carried.changed[entity] += 1
                else:
                    carried.new[entity] += 1

    def place(self, entity: str, rows: Sequence[Row]) -> None:
        """Put rows in that are not there; where one cannot stand beside another, the rules say which gives way."""
        places = ", ".join("?" * len(ENTITIES[entity]))
        insert = f"INSERT OR IGNORE INTO {quoted(entity)} ({column_list(entity)}) VALUES ({places})"
        if self.connection.executemany(insert, rows).rowcount == len(rows):
            return
        waiting = [row for row in rows if self.row(entity, row[0]) is None]
        steps: list[clashes.Step] = []
        while waiting:
            row = waiting.pop()
            if self.connection.execute(insert, row).rowcount:
                continue
            step, again = clashes.give_way(self, entity, row)
            steps.append(step)
            if again is not None:
                waiting.append(again)
        clashes.write(self, steps)

    def hide(self, rule: str, entity: str, guid: str) -> None:
        """Take out a row that was on something which does not stand now; it is looked at again in every merge."""
        if (entity, guid) not in self._hidden:
            self.settled.append(Settled(rule, entity, guid, json.loads(self.row(entity, guid) or "null"), None))
        self.steps += 1
        self._delete(entity, guid)
        self.contested.add((entity, guid))
        self._weighed.add((entity, guid))

    # Settling

    def row(self, entity: str, guid: str) -> str | None:
        """Give a row as it stands in this merge, as JSON."""
        found = self.connection.execute(
            f"SELECT {row_json(entity)} FROM {quoted(entity)} WHERE guid = ?", (guid,)
        ).fetchone()
        return None if found is None else str(found[0])

    def latest(self, places: Iterable[Place]) -> list[int]:
        """Give the changes that a settlement about these rows follows upon."""
        changes = {act.change for place in places for act in acts_of(self.connection, *place)}
        return self.lineage.heads(changes)

    def settle(
        self,
        rule: str,
        entries: Sequence[tuple[str, str, str | None, str | None]],
        because: Iterable[Place] = (),
    ) -> None:
        """Write a settlement: (entity, GUID, before, after) as JSON; the rows themselves are changed by the caller.

        `because` are other rows that it follows from.
        """
        if not entries:
            return
        self.steps += 1
        places = {(entity, guid) for entity, guid, _before, _after in entries}
        upon = self.latest({*places, *because})
        marks = ", ".join("?" * len(upon))
        known = self.connection.execute(f"SELECT guid, at FROM change WHERE id IN ({marks})", upon).fetchall()
        guid = content_guid("settlement", rule, *sorted(one for one, _at in known), json.dumps(entries))
        self._last += 1
        self._known[guid] = self._last
        self.connection.execute(
            "INSERT INTO change (id, guid, at, coder, action, detail, kind, version, parents) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (self._last, guid, max(at for _one, at in known), RULES, "settle", rule, SETTLE, __version__,
             json.dumps(upon)),
        )  # fmt: skip
        self.connection.executemany(
            "INSERT INTO entry (change, entity, guid, before, after) VALUES (?, ?, ?, ?, ?)",
            [(self._last, *entry) for entry in entries],
        )
        self.lineage.add(self._last, upon)
        self._fronts.add(self._last)
        self.contested |= places
        for entity, row, before, after in entries:
            if before != after:
                self.settled.append(
                    Settled(
                        rule, entity, row, json.loads(before) if before else None, json.loads(after) if after else None
                    )
                )

    def rewrite(
        self,
        rule: str,
        entity: str,
        wanted: Mapping[str, Mapping[str, Any] | None],
        because: Iterable[Place] = (),
    ) -> None:
        """Settle that rows get these columns, or go (None); rows whose GUID is new are put in whole."""
        entries: list[tuple[str, str, str | None, str | None]] = []
        rows: list[Row] = []
        for guid, columns in sorted(wanted.items()):
            before = self.row(entity, guid)
            after = None
            if columns is not None:
                content = {**(json.loads(before) if before else {}), **columns}
                rows.append(tuple(content.get(column) for column in ENTITIES[entity]))
                after = clashes.as_json(self.connection, entity, rows[-1])
            if before != after:
                entries.append((entity, guid, before, after))
        self.settle(rule, entries, because)
        for guid in wanted:
            self._delete(entity, guid)
        self.place(entity, rows)

    # The end

    def finish(self, coder: str, detail: str) -> None:
        """Write the merge itself into the journal, with what the journal read in order would tell otherwise."""
        self._last += 1
        parents = self.lineage.heads(self._fronts)
        self.connection.execute(
            "INSERT INTO change (id, guid, at, coder, action, detail, kind, version, parents) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (self._last, fresh_guid(), now(), coder, MERGE, detail, MERGE, __version__, json.dumps(parents)),
        )
        entries: list[Row] = []
        for entity, guid in sorted(self._weighed):
            found = self.connection.execute(
                "SELECT after FROM entry WHERE guid = ? AND entity = ? ORDER BY id DESC LIMIT 1", (guid, entity)
            ).fetchone()
            told, stands = (found[0] if found else None), self.row(entity, guid)
            if told == stands or (told and stands and same_row(json.loads(stands), json.loads(told))):
                continue
            entries.append((self._last, entity, guid, told, stands))
        self.connection.executemany(
            "INSERT INTO entry (change, entity, guid, before, after) VALUES (?, ?, ?, ?, ?)", entries
        )
        self.connection.executemany("INSERT OR IGNORE INTO contested VALUES (?, ?)", sorted(self.contested))
