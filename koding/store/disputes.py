"""What copies say differently and nobody has chosen yet, and choosing."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from koding.errors import Conflict
from koding.i18n import _
from koding.model.identity import content_guid, fresh_guid
from koding.store.clashes import NAME, NAMING, TWIN
from koding.store.codings import coder_guid, remove_coding, write_coder
from koding.store.entities import ENTITIES
from koding.store.journal import Change
from koding.store.lineage import SETTLE, Lineage
from koding.store.standing import (
    CONTENT,
    Act,
    Dispute,
    Standing,
    acts_of,
    newest,
    parts_of,
    quiet,
    said,
    touches,
    value_of,
)
from koding.store.texts import Weighing, on_source

#: Characters of a dispute's GUID that people write.
_SHORT = 8
#: Columns of text that are lists or name another row: nobody can write them in a line.
_NO_TEXTS = frozenset(
    {"examples", "counterexamples", "indicators", "rules", "facets", "fields", "parent", "successor", "coder", "round"}
)


@dataclass(frozen=True, slots=True)
class OpenDispute:
    """A dispute with the short name (`id`) that people use for it, and the row as it stands (None where it is gone)."""

    id: str
    dispute: Dispute
    row: Mapping[str, Any] | None


def disputes(connection: sqlite3.Connection) -> Iterator[OpenDispute]:
    """Give what is disputed, in an order that depends on the changes alone."""
    lineage = Lineage(connection)
    weighing = Weighing(connection, lineage)
    for entity, guid in connection.execute("SELECT entity, guid FROM contested ORDER BY entity, guid").fetchall():
        found = weighing.standing(entity, guid)
        for dispute in (
            *found.disputes,
            *_twins(connection, lineage, entity, guid, found),
            *_names(connection, lineage, entity, guid, found),
        ):
            short = content_guid("dispute", entity, guid, dispute.part)[:_SHORT]
            yield OpenDispute(short, dispute, found.row)


def _twins(
    connection: sqlite3.Connection, lineage: Lineage, entity: str, guid: str, found: Standing
) -> Iterator[Dispute]:
    """Give what a row that was taken in as a twin said otherwise than the row that stayed."""
    if found.row is None:
        return
    taken = connection.execute(
        "SELECT e.change, n.guid, n.before FROM entry e JOIN change c ON c.id = e.change "
        "JOIN entry n ON n.id = e.id + 1 AND n.change = e.change "
        "WHERE e.guid = ? AND e.entity = ? AND c.kind = ? AND c.detail = ? AND e.before = e.after ORDER BY n.guid",
        (guid, entity, SETTLE, TWIN),
    ).fetchall()
    taken = [told for told in taken if told[0] not in lineage.void]
    if not taken:
        return
    acts = acts_of(connection, lineage, entity, guid)
    for part in parts_of(entity):
        if quiet(part):
            continue
        said = {value_of(found.row, entity, part)}
        others: list[Act] = []
        touching = [act for act in acts if touches(act, entity, part)]
        for change, twin, before in taken:
            row = json.loads(before)
            decided = any(act.change != change and lineage.knows(act.change, change) for act in touching)
            if decided or value_of(row, entity, part) in said:
                continue
            said.add(value_of(row, entity, part))
            last = newest(
                lineage, [act for act in acts_of(connection, lineage, entity, twin) if act.after is not None]
            )[0]
            others.append(replace(last, after=row, part=""))
        if others:
            yield Dispute(entity, guid, part, (newest(lineage, touching)[0], *others))


def _names(
    connection: sqlite3.Connection, lineage: Lineage, entity: str, guid: str, found: Standing
) -> Iterator[Dispute]:
    """Give the names that rules have marked, since another thing has the name too."""
    if found.row is None:
        return
    for part in NAMING:
        if part not in parts_of(entity):
            continue
        acts = [act for act in acts_of(connection, lineage, entity, guid) if touches(act, entity, part)]
        last = newest(lineage, acts)[0]
        if last.kind == SETTLE and last.before is not None and _rule(connection, last.change) == NAME:
            yield Dispute(entity, guid, part, (last, replace(last, after=last.before)))


def _rule(connection: sqlite3.Connection, change: int) -> str:
    return str(connection.execute("SELECT detail FROM change WHERE id = ?", (change,)).fetchone()[0])


def choose(  # noqa: PLR0913 - the parts of a choice
    change: Change,
    connection: sqlite3.Connection,
    one: OpenDispute,
    value: Mapping[str, Any] | None,
    *,
    coder: str,
    reason: str,
) -> None:
    """Let a disputed part be `value`: its columns, None for a row that shall be gone.

    Where the dispute is whether the row stays, any value but None keeps it. Raises Conflict where it cannot stay.
    """
    dispute = one.dispute
    entity, guid, part = dispute.entity, dispute.guid, dispute.part
    told = None if value is None else json.dumps({c: value.get(c) for c in dispute.columns}, ensure_ascii=False)
    write_coder(change, connection, coder)
    change.insert("choice", [(fresh_guid(), entity, guid, part, told or "null", reason, coder_guid(coder), change.at)])
    weighing = Weighing(connection, Lineage(connection))
    places = [(entity, guid)]
    if (entity, part) == ("source", "text"):
        # What stands in the source stands where its words are in the text that was chosen.
        places += [("segmentation", guid), *sorted(on_source(connection, guid))]
    wanted = {place: weighing.standing(*place).row for place in places}
    row = wanted[places[0]]
    if (
        row is not None
        and (entity, row.get("kind")) == ("memo", "coding")
        and change.current("coding", str(row["target"])) is None
    ):
        raise Conflict(_("The coding that this memo was on is gone."), _("Choose first that the coding stays."))
    for place in places:
        if wanted[place] is None and change.current(*place) is not None:
            _remove(change, connection, *place)
    for place in places:
        row = wanted[place]
        if row is not None:
            change.put(place[0], {column: row.get(column) for column in ENTITIES[place[0]]})


def _remove(change: Change, connection: sqlite3.Connection, entity: str, guid: str) -> None:
    if entity == "coding":
        remove_coding(change, connection, guid)
    else:
        change.delete(entity, guid)


def written(dispute: Dispute, text: str) -> Mapping[str, Any] | None:
    """Give a disputed part with a text somebody wrote in place of the values there are, None where it is no text."""
    columns = dispute.columns
    told = said(dispute.acts[0]) or {}
    if dispute.entity == "memo" and dispute.part == CONTENT:
        return {**told, "text": text}
    if len(columns) == 1 and columns[0] not in _NO_TEXTS and isinstance(told.get(columns[0]), str):
        return {columns[0]: text}
    return None
