"""The tables of what the coding screen remembers of a coder."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database


def create_desk(db: Database) -> None:
    """Create the digits of each coder's recent codes; bookmarks hold for a coder who has not coded anything yet too."""
    db.execute("ALTER TABLE bookmark RENAME TO old_bookmark")
    db.table("bookmark").create(
        {"coder": str, "source": str, "position": int},
        pk=("coder", "source"),
        not_null={"position"},
        foreign_keys=[("source", "source", "guid")],
    )
    # In the order they were set: the newest row is the source that was open last.
    db.execute("INSERT INTO bookmark SELECT coder, source, position FROM old_bookmark ORDER BY rowid")
    db.execute("DROP TABLE old_bookmark")
    db.table("desk").create({"coder": str, "digits": str, "used": str}, pk="coder", not_null={"digits", "used"})


def part_bookmarks_by_round(db: Database) -> None:
    """Give a coder a place of their own in each round ("" outside of rounds): who codes a text again begins it anew."""
    db.execute("ALTER TABLE bookmark RENAME TO old_bookmark")
    db.table("bookmark").create(
        {"coder": str, "source": str, "round": str, "position": int},
        pk=("coder", "source", "round"),
        not_null={"position"},
        foreign_keys=[("source", "source", "guid")],
    )
    db.execute("INSERT INTO bookmark SELECT coder, source, '', position FROM old_bookmark ORDER BY rowid")
    db.execute("DROP TABLE old_bookmark")
