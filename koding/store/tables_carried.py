"""The tables of what a study carries for other tools: elements of their projects, and files of their packages."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database


def create_carried(db: Database) -> None:
    """Create what is carried through: one row an element, journaled; files by hash, append-only as texts are."""
    db.table("carried").create(
        {"guid": str, "kind": str, "owner": str, "position": int, "content": str},
        pk="guid",
        not_null={"kind", "owner", "position", "content"},
    )
    db.table("carried").create_index(["kind", "owner"])
    db.table("part").create({"sha256": str, "data": bytes}, pk="sha256", not_null={"data"})
    for verb in ("UPDATE", "DELETE"):
        db.execute(
            f"CREATE TRIGGER part_no_{verb.lower()} BEFORE {verb} ON part "
            "BEGIN SELECT RAISE(ABORT, 'part is append-only'); END"
        )
