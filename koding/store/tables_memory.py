"""Tables of what the suggester remembers for the next time a codebook is edited: derived, never journaled."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database


def create_concordances(db: Database) -> None:
    """Create the concordances of the sources, and the versions of families that results were found with."""
    db.table("concordance").create(
        {"source": str, "fingerprint": str, "data": bytes}, pk="source", not_null={"fingerprint", "data"}
    )
    # Without a key of its own: the newest version has the highest rowid.
    db.table("family_version").create(
        {"fingerprint": str, "part": str, "data": bytes}, not_null={"fingerprint", "part", "data"}
    )
    db.table("family_version").create_index(["fingerprint"], unique=True)
