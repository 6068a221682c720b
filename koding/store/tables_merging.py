"""The tables of merging copies: what each change knew, rows changed in two copies at once, and what was chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database


def create_merging(db: Database) -> None:
    """Let the journal hold changes of several copies, and keep what people choose where two copies disagree.

    `change.parents` is a JSON list of the ids of the changes that one followed upon; NULL is the change before it.
    """
    db.table("change").add_column("parents", str)
    db.table("change").create_index(["guid"], unique=True)
    db.execute("CREATE INDEX idx_change_parents ON change (id) WHERE parents IS NOT NULL")
    db.table("entry").create_index(["guid"])
    db.execute("CREATE INDEX idx_entry_gone ON entry (entity, guid) WHERE after IS NULL")
    # Derived from the journal at every merge: which rows were changed in two copies that knew nothing of each other.
    db.table("contested").create({"entity": str, "guid": str}, pk=("entity", "guid"))
    db.table("choice").create(
        {
            "guid": str,
            "entity": str,
            "target": str,
            "part": str,
            "value": str,
            "reason": str,
            "coder": str,
            "created": str,
        },
        pk="guid",
        not_null={"entity", "target", "part", "value", "reason", "coder", "created"},
    )
    db.table("choice").create_index(["target"])
