"""What stands of a row that was changed in several copies, and what is disputed about it.

Everything here follows from the journal alone: the changes of a row, and which of them knew of which others. So every
copy that holds the same changes comes to the same answer, in whatever order it got them.

A row is made of *parts*: columns that are one statement together (a coding's place; its code with its facets). Of the
changes to a part, those count that no other of them knew. Where they agree there is no dispute. Where they differ, the
part is disputed until somebody chooses; meanwhile the newest value stands. Whether the row is there at all is a part
of its own: a removal holds against a change elsewhere only if it was made later.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from koding.store.entities import ENTITIES
from koding.store.lineage import MERGE, SETTLE, Lineage

#: What the journal calls a choice.
CHOOSE = "choose"
#: The part that says whether the row is there.
ROW = "row"
#: The part of a row that is one statement as a whole.
CONTENT = "content"
#: Where something stands whose words are not in the text that its source has now.
LOST: Mapping[str, Any] = {"lost": True}
#: Columns nobody disputes: the newest value stands without a word.
QUIET = frozenset({"created", "modified", "position", "origin", "suggester"})
#: Entities whose rows have several parts, and the parts that are more than one column.
PARTS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "study": {},
    "codebook": {},
    "code": {},
    "source": {"text": ("file_name", "file_sha256", "text_sha256", "encoding", "format", "characters", "words")},
    "coding": {"place": ("source", "start", "end"), "code": ("code", "facets")},
    "round_part": {"place": ("source", "start", "end")},
    "decision": {"place": ("source", "start", "end"), "verdict": ("code", "coder", "verdict", "facets")},
}
#: Parts that name positions in a text.
PLACES = frozenset({"place"})


@dataclass(frozen=True, slots=True)
class Act:
    """What one change did to a row; `part` names the only part that a choice is about, "" for a change of the row."""

    change: int
    guid: str
    at: str
    coder: str
    kind: str
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None
    part: str = ""
    #: What the row became, in the text that its source has now; `LOST` where its words are not there.
    today: Mapping[str, Any] | None = None

    @property
    def weight(self) -> tuple[int, str, str]:
        """Give what decides which of several values stands: people before rules, then the time, then the GUID.

        What rules settle depends on nothing but its outcome, so that every copy ranks it alike.
        """
        if self.kind == SETTLE:
            return (0, str(self.after is not None), json.dumps(self.after, sort_keys=True))
        return (1, self.at, self.guid)


@dataclass(frozen=True, slots=True)
class Dispute:
    """A part of a row that stands in several ways; `acts` are the newest of each, the one that stands first."""

    entity: str
    guid: str
    part: str
    acts: tuple[Act, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """Give the columns of the part; none where it is about whether the row is there."""
        return () if self.part == ROW else parts_of(self.entity)[self.part]


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands of a row (None where it is gone), and what is disputed about it.

    It is `lost` where nobody removed it, and its words are not in the text that its source has now.
    """

    row: Mapping[str, Any] | None
    disputes: tuple[Dispute, ...]
    lost: bool = False


@lru_cache(maxsize=64)
def parts_of(entity: str) -> Mapping[str, tuple[str, ...]]:
    """Give the parts of an entity's rows with their columns; quiet columns are parts of their own."""
    columns = [column for column in ENTITIES[entity] if column != "guid"]
    if entity not in PARTS:
        loud = tuple(column for column in columns if column not in QUIET)
        return {CONTENT: loud, **{column: (column,) for column in columns if column in QUIET}}
    joined = PARTS[entity]
    taken = {column for group in joined.values() for column in group}
    return {**joined, **{column: (column,) for column in columns if column not in taken}}


def quiet(part: str) -> bool:
    """Say whether nobody disputes this part."""
    return part in QUIET


def said(act: Act) -> Mapping[str, Any] | None:
    """Give what an act made of the row, in the text that its source has now."""
    return act.after if act.today is None else act.today


def value_of(row: Mapping[str, Any] | None, entity: str, part: str) -> tuple[Any, ...] | None:
    """Give what a row says in a part, None for a row that is gone; for `ROW` whether it is there."""
    if part == ROW:
        return None if row is None else ()
    return None if row is None else tuple(row.get(column) for column in parts_of(entity)[part])


def acts_of(connection: sqlite3.Connection, lineage: Lineage, entity: str, guid: str) -> list[Act]:
    """Give everything that was done to a row, choices about it included, merges and void settlements left out."""
    rows = connection.execute(
        "SELECT e.change, c.guid, c.at, c.coder, c.kind, e.before, e.after, c.action, c.target FROM entry e "
        "JOIN change c ON c.id = e.change WHERE e.guid = ? AND e.entity = ? AND c.kind <> ? ORDER BY e.id",
        (guid, entity, MERGE),
    ).fetchall()
    # A choice that was undone leaves the row disputed as it was before: neither it nor its undo counts.
    undone: Counter[int] = Counter()
    for *_told, kind, _before, _after, action, target in rows:
        if action == CHOOSE and target is not None:
            undone[target] += {"undo": 1, "redo": -1}.get(kind, 0)
    acts = [
        Act(change, event, at, coder, kind, _read(before), _read(after))
        for change, event, at, coder, kind, before, after, _action, target in rows
        if undone[change if target is None else target] <= 0 and change not in lineage.void
    ]
    for change, event, at, coder, kind, part, value in connection.execute(
        "SELECT e.change, c.guid, c.at, c.coder, c.kind, x.part, x.value FROM choice x "
        "JOIN entry e ON e.guid = x.guid AND e.entity = 'choice' AND e.before IS NULL "
        "JOIN change c ON c.id = e.change WHERE x.target = ? AND x.entity = ?",
        (guid, entity),
    ):
        acts.append(Act(change, event, at, coder, kind, None, _read(value), part))
    return acts


def removed_in(connection: sqlite3.Connection, change: int, entity: str) -> list[Act]:
    """Give what one change removed of an entity."""
    return [
        Act(change, event, at, coder, kind, _read(before), None)
        for event, at, coder, kind, before in connection.execute(
            "SELECT c.guid, c.at, c.coder, c.kind, e.before FROM entry e JOIN change c ON c.id = e.change "
            "WHERE e.change = ? AND e.entity = ? AND e.after IS NULL ORDER BY e.id",
            (change, entity),
        )
    ]


def _read(text: str | None) -> Mapping[str, Any] | None:
    return None if text is None else json.loads(text)


def touches(act: Act, entity: str, part: str) -> bool:
    """Say whether an act says anything about a part of its row."""
    if act.part:
        return act.part == part
    if part != ROW and act.after is None:
        return False
    if act.before is None or act.after is None:
        return True
    if part == ROW:
        return any(touches(act, entity, other) for other in parts_of(entity) if not quiet(other))
    return value_of(act.before, entity, part) != value_of(act.after, entity, part)


def newest(lineage: Lineage, acts: Sequence[Act]) -> list[Act]:
    """Give the acts that no other of them knew, the one that stands first."""
    last: dict[int, Act] = {}
    for act in acts:
        last[act.change] = act
    heads = lineage.heads(last)
    return sorted((last[head] for head in heads), key=lambda act: act.weight, reverse=True)


def weigh(lineage: Lineage, entity: str, guid: str, acts: Sequence[Act]) -> Standing:
    """Give what stands of a row, and its disputes, by what was done to it."""
    lives = newest(lineage, [act for act in acts if touches(act, entity, ROW)])
    if not lives:
        return Standing(None, ())
    disputes = [*_disputed(entity, guid, ROW, lives)]
    if lives[0].after is None:
        return Standing(None, tuple(disputes))
    row: dict[str, Any] = {"guid": guid}
    for part, columns in parts_of(entity).items():
        heads = newest(lineage, [act for act in acts if touches(act, entity, part)])
        heads = [act for act in heads if act.today is not LOST or part not in PLACES] or heads
        told = said(heads[0]) or {}
        if told is LOST and part in PLACES:
            return Standing(None, tuple(disputes), lost=True)
        told = told if part in PLACES else heads[0].after or {}
        row.update({column: told.get(column) for column in columns})
        if not quiet(part):
            disputes.extend(_disputed(entity, guid, part, heads))
    return Standing(row, tuple(disputes))


def _disputed(entity: str, guid: str, part: str, heads: Sequence[Act]) -> Iterable[Dispute]:
    values: dict[tuple[Any, ...] | None, Act] = {}
    for act in heads:
        values.setdefault(value_of(said(act) if part in PLACES else act.after, entity, part), act)
    if len(values) > 1:
        yield Dispute(entity, guid, part, tuple(values.values()))
