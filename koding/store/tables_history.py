"""The tables of the codebook's history: what was done to codes, why and by whom, and where old codings belong now."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database


def create_history(db: Database) -> None:
    """Create the history of the codebook; a code may be retired, and have one that took its place."""
    db.table("code").add_column("retired", int)
    db.table("code").add_column("successor", str)
    db.table("revision").create(
        {
            "guid": str,
            "codebook": str,
            "at": str,
            "coder": str,
            "action": str,
            "code": str,
            "key": str,
            "detail": str,
            "reason": str,
            "version": str,
        },
        pk="guid",
        not_null={"codebook", "at", "coder", "action", "key", "detail", "reason"},
        foreign_keys=[("codebook", "codebook", "guid")],
    )
    db.table("revision").create_index(["code"])
