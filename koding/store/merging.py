"""Bringing the changes of a copy into a study: its journal carried over, its rows put in, clashes settled by rule.

Everything happens in one transaction of the study that is merged into; the copy is only read. Rows that only one side
has touched are taken as they stand there. Rows that both have touched are weighed (`koding.store.standing`). What the
rules settle by themselves (two rows for the same thing, a name that two things have) is written as a *settlement*: a
change whose GUID follows from its content, so that every copy that merges the same changes writes the very same one.
It counts once people have built upon it; till then each merge comes to it anew, or to another (`lineage.loose`).
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from koding import __version__
from koding.model.identity import content_guid, fresh_guid
from koding.store import clashes
from koding.store.copied_rows import Carried, carry_content, rows_there
from koding.store.entities import ENTITIES, column_list, quoted, row_json
from koding.store.journal import Row, now, same_row
from koding.store.lineage import MERGE, SETTLE, Lineage, followed, front, loose, told_front
from koding.store.standing import Act, acts_of
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


class Merger:
    """One merge into a study, within a transaction that the caller has begun and will end."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        connection.execute("PRAGMA defer_foreign_keys = ON")
        self._known: dict[str, int] = dict(connection.execute("SELECT guid, id FROM change"))
        self._last = max(self._known.values(), default=0)
        self._fronts = told_front(followed(connection), front(connection))
        self.lineage = Lineage(connection)
        #: Rows that more than one side has touched, now or before.
        self.contested: set[Place] = set(connection.execute("SELECT entity, guid FROM contested"))
        self._weighed: set[Place] = set()
        #: Contested rows that did not stand before.
        self._hidden = {place for place in self.contested if self.row(*place) is None}
        #: Rows that this merge has taken out for want of what they were on.
        self.hidden_now: set[Place] = set()
        self._stood: set[Place] = set()
        self._brought: list[tuple[Carried, Mapping[str, Mapping[str, str | None]], set[Place]]] = []
        self.settled: list[Settled] = []
        #: How often the rules have done something.
        self.steps = 0
        #: Whether anything was settled that had not been before, or a row stands otherwise than the journal tells.
        self.wrote = False

    # Carrying over

    def carry(self, other: sqlite3.Connection) -> Carried:
        """Bring in what a copy has and this study has not. Raises Unsound."""
        there = followed(other)
        left_out = loose(there)
        new = [change for change in there if change[1] not in self._known and change[0] not in left_out]
        carried = Carried(len(new))
        if not new:
            return carried
        theirs = {self._known[guid] for one, guid, _kind, _upon in there if guid in self._known and one not in left_out}
        ids = {identifier: self._known[guid] for identifier, guid, _kind, _upon in there if guid in self._known}
        before = self._last
        self._carry_changes(other, new, ids)
        self._fronts.update(ids[identifier] for identifier in told_front(there, front(other)))
        touched = self._carry_entries(other, new, ids)
        carry_content(self.connection, other)
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
        self.contested |= set(other.execute("SELECT entity, guid FROM contested"))
        clean = {
            entity: {guid: after for guid, after in guids.items() if (entity, guid) not in self.contested}
            for entity, guids in touched.items()
        }
        was = {place for place in standing_here if self._delete(*place)}
        self._stood |= was
        for entity, guids in clean.items():
            self._put(entity, rows_there(other, entity, guids))
        self._brought.append((carried, touched, was))

    def _put(self, entity: str, rows: Sequence[Row]) -> list[Row]:
        """Put rows in, and give those that cannot stand, with what keeps them out taken out again."""
        places = ", ".join("?" * len(ENTITIES[entity]))
        insert = f"INSERT OR IGNORE INTO {quoted(entity)} ({column_list(entity)}) VALUES ({places})"
        if self.connection.executemany(insert, rows).rowcount == len(rows):
            return []
        out = {row[0]: row for row in rows if self.row(entity, row[0]) is None}
        for row in list(out.values()):
            while (found := clashes.in_the_way(self.connection, entity, row)) is not None:
                out[found[0]] = self.connection.execute(
                    f"SELECT {column_list(entity)} FROM {quoted(entity)} WHERE guid = ?", (found[0],)
                ).fetchone()
                self._delete(entity, found[0])
        self.contested |= {(entity, guid) for guid in out}
        return list(out.values())

    def weigh_all(self) -> None:
        """Work out what stands of all that more than one side has touched, from the changes alone.

        Settlements that nobody has built upon do not count: the rules come to them again, or to others.
        """
        self.lineage = Lineage(self.connection)
        self.lineage.void = loose(followed(self.connection))
        weighing = Weighing(self.connection, self.lineage)
        self._weighed = self.contested | self._on_new_texts(weighing)
        self.contested |= self._weighed
        choices = sorted(place for place in self._weighed if place[0] == "choice")
        standing = sorted(place for place in self._weighed if place[0] != "choice")
        self._stood |= {place for place in self._weighed if self._delete(*place)}
        for places in (choices, standing):
            rows: dict[str, list[Row]] = {entity: [] for entity in ENTITIES}
            for place in places:
                found = weighing.standing(*place)
                if found.row is not None:
                    rows[place[0]].append(tuple(found.row[column] for column in ENTITIES[place[0]]))
                elif found.lost and place in self._stood:
                    self.settled.append(Settled("lost", *place, self.acts(*place)[-1].after, None))
            for entity in ENTITIES:
                self.place(entity, rows[entity])

    def acts(self, entity: str, guid: str) -> list[Act]:
        """Give everything that counts of what was done to a row."""
        return acts_of(self.connection, self.lineage, entity, guid)

    def _on_new_texts(self, weighing: Weighing) -> set[Place]:
        """Give what has its place in a text that was replaced: where it stands now has to be worked out."""
        found: set[Place] = set()
        for (source,) in self.connection.execute(
            # Not by the sources that stand: one that was removed may come back, and one that more than one copy
            # changed is out of its table till it is weighed.
            "SELECT DISTINCT guid FROM entry WHERE entity = 'source' AND before IS NOT NULL"
        ).fetchall():
            if len(weighing.text_acts(source)) > 1:
                found |= on_source(self.connection, source)
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
    ) -> None:
        for entity, guids in touched.items():
            for guid, after in guids.items():
                # What more than one side touched is looked up; nearly all rows stand as the copy says.
                contested = (entity, guid) in self.contested
                stands = self.row(entity, guid) is not None if contested else after is not None
                stood = (entity, guid) in was
                if not stands:
                    carried.gone[entity] += stood
                elif stood:
                    carried.changed[entity] += 1
                else:
                    carried.new[entity] += 1

    def place(self, entity: str, rows: Sequence[Row]) -> None:
        """Put rows in that are not there; where one cannot stand beside another, the rules say which gives way."""
        waiting = sorted(self._put(entity, rows), key=lambda row: clashes.birth(self.connection, entity, row[0]))
        self._weighed |= {(entity, row[0]) for row in waiting}
        places = ", ".join("?" * len(ENTITIES[entity]))
        insert = f"INSERT OR IGNORE INTO {quoted(entity)} ({column_list(entity)}) VALUES ({places})"
        steps: list[clashes.Step] = []
        while waiting:
            row = waiting.pop(0)
            if self.connection.execute(insert, row).rowcount:
                continue
            step, again = clashes.give_way(self, entity, row)
            steps.append(step)
            if again is not None:
                waiting.insert(0, again)
        clashes.write(self, steps)

    def hide(self, rule: str, entity: str, guid: str) -> None:
        """Take out a row that was on something which does not stand now; it is looked at again in every merge."""
        if (entity, guid) not in self._hidden:
            self.settled.append(Settled(rule, entity, guid, json.loads(self.row(entity, guid) or "null"), None))
        self.steps += 1
        self._delete(entity, guid)
        self.hidden_now.add((entity, guid))
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
        changes = {act.change for place in places for act in self.acts(*place)}
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
        self.contested |= places
        self._weighed |= places
        if guid in self._known:
            # The rules came to it before, here or in a copy.
            self.lineage.void.discard(self._known[guid])
            self._fronts.add(self._known[guid])
            return
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
        self.wrote = True
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
        for carried, touched, was in self._brought:
            self._count(carried, touched, was)
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
        self.wrote = self.wrote or bool(entries)
        self.connection.executemany(
            "INSERT INTO entry (change, entity, guid, before, after) VALUES (?, ?, ?, ?, ?)", entries
        )
        self.connection.executemany("INSERT OR IGNORE INTO contested VALUES (?, ?)", sorted(self.contested))
