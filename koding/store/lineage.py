"""Which changes knew of which others: the journals of copies that went separate ways, read as one history.

A change follows upon the one before it in the journal, unless `parents` says otherwise: what was carried over from a
copy followed upon changes of that copy, and a merge follows upon the last changes of all copies. A run of changes that
each follow upon the one before is a *segment*; all of a segment know the same of other segments, so that "did this
change know that one?" is one look-up however long the journals are.
"""

from __future__ import annotations

import json
import sqlite3
from bisect import bisect_right
from collections.abc import Iterable, Sequence

#: What follows from a merge alone: it says nothing of its own and is not carried to other copies.
MERGE = "merge"
#: What the rules of merging settle by themselves; the same in every copy that merges the same changes.
SETTLE = "settle"


class Lineage:
    """The order of knowing among the changes (ids) of one journal, as it stood when this was made."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        #: Settlements (ids) that do not count: see `loose`.
        self.void = void_settlements(connection)
        self._starts = [0]
        self._known: list[dict[int, int]] = [{}]
        for identifier, parents in connection.execute(
            "SELECT id, parents FROM change WHERE parents IS NOT NULL ORDER BY id"
        ):
            self.add(identifier, json.loads(parents))

    def add(self, identifier: int, parents: Iterable[int]) -> None:
        """Take in a change at the end of the journal that followed upon `parents`."""
        known: dict[int, int] = {}
        for parent in parents:
            segment = self._segment(parent)
            for other, last in (*self._known[segment].items(), (segment, parent)):
                known[other] = max(known.get(other, -1), last)
        self._starts.append(identifier)
        self._known.append(known)

    def _segment(self, identifier: int) -> int:
        return bisect_right(self._starts, identifier) - 1

    def knows(self, later: int, earlier: int) -> bool:
        """Say whether the change `later` was made where `earlier` was known, or is it."""
        here, there = self._segment(later), self._segment(earlier)
        return earlier <= later if here == there else self._known[here].get(there, -1) >= earlier

    def heads(self, identifiers: Iterable[int]) -> list[int]:
        """Give those of the changes that no other of them knows, in order."""
        found = sorted(set(identifiers))
        return [one for one in found if not any(other != one and self.knows(other, one) for other in found)]


def followed(connection: sqlite3.Connection) -> list[tuple[int, str, str, list[int]]]:
    """Give (id, guid, kind, ids of the changes it followed upon) of every change but merges, in order.

    A merge is no change of its own: what follows upon one followed upon the changes that it brought together.
    """
    found: list[tuple[int, str, str, list[int]]] = []
    before: list[int] = []
    for identifier, guid, kind, parents in connection.execute("SELECT id, guid, kind, parents FROM change ORDER BY id"):
        upon = before if parents is None else json.loads(parents)
        if kind == MERGE:
            before = upon
            continue
        found.append((identifier, guid, kind, upon))
        before = [identifier]
    return found


def loose(changes: Sequence[tuple[int, str, str, list[int]]]) -> set[int]:
    """Give the settlements among `followed` changes that nobody has built upon.

    They are worked out anew in every merge, from the changes of people and the settlements those knew of; so what
    stands after a merge does not depend on which copies were merged before.
    """
    found: set[int] = set()
    built_upon: set[int] = set()
    for identifier, _guid, kind, upon in reversed(changes):
        if kind == SETTLE and identifier not in built_upon:
            found.add(identifier)
        else:
            built_upon.update(upon)
    return found


def told_front(changes: Sequence[tuple[int, str, str, list[int]]], ends: Iterable[int]) -> set[int]:
    """Give what the ends of a journal follow upon when loose settlements are left out."""
    left_out = loose(changes)
    upon = {identifier: parents for identifier, _guid, _kind, parents in changes if identifier in left_out}
    found: set[int] = set()
    waiting = list(ends)
    while waiting:
        one = waiting.pop()
        if one in upon:
            waiting.extend(upon[one])
        else:
            found.add(one)
    return found


def void_settlements(connection: sqlite3.Connection) -> set[int]:
    """Give the settlements that the last merge did not come to again, and that nobody has built upon."""
    if connection.execute("SELECT 1 FROM change WHERE kind = ? LIMIT 1", (SETTLE,)).fetchone() is None:
        return set()
    changes = followed(connection)
    upon = {identifier: parents for identifier, _guid, _kind, parents in changes}
    counted: set[int] = set()
    waiting = front(connection)
    while waiting:
        one = waiting.pop()
        if one not in counted:
            counted.add(one)
            waiting.extend(upon[one])
    return {identifier for identifier, _guid, kind, _upon in changes if kind == SETTLE and identifier not in counted}


def front(connection: sqlite3.Connection) -> list[int]:
    """Give the ids of the last changes of a journal: what the next one will follow upon."""
    found = connection.execute("SELECT id, kind, parents FROM change ORDER BY id DESC LIMIT 1").fetchone()
    if found is None:
        return []
    identifier, kind, parents = found
    return json.loads(parents) if kind == MERGE else [identifier]
