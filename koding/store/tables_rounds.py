"""The tables of teamwork: rounds with what belongs to them, and what was decided about disagreements."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database


def create_rounds(db: Database) -> None:
    """Create rounds and resolutions; a coding names the round it was made in, one from before rounds names none."""
    db.table("round").create(
        {
            "guid": str,
            "name": str,
            "mode": str,
            "unit": str,
            "seed": int,
            "plan": str,
            "coders": str,
            "closed": int,
        },
        pk="guid",
        not_null={"name", "mode", "unit", "plan", "coders", "closed"},
    )
    # A whole source has neither start nor end.
    db.table("round_part").create(
        {"guid": str, "round": str, "source": str, "start": int, "end": int},
        pk="guid",
        not_null={"round", "source"},
        foreign_keys=[("round", "round", "guid"), ("source", "source", "guid")],
    )
    db.table("round_part").create_index(["round"])
    db.table("round_part").create_index(["source"])
    db.table("resolution").create(
        {
            "guid": str,
            "source": str,
            "round": str,
            "codings": str,
            "fingerprint": str,
            "verdict": str,
            "outcome": str,
            "coder": str,
            "why": str,
            "certainty": str,
            "keywords": str,
            "created": str,
            "modified": str,
        },
        pk="guid",
        not_null={"source", "codings", "fingerprint", "verdict", "outcome", "coder", "why", "certainty", "keywords"},
        foreign_keys=[("source", "source", "guid"), ("round", "round", "guid"), ("coder", "coder", "guid")],
    )
    db.table("resolution").create_index(["source"])
    db.execute("ALTER TABLE coding ADD COLUMN round TEXT REFERENCES round(guid)")
    # One coder says one code of one span once in a round, and may say it again in another.
    db.execute("DROP INDEX idx_coding_source_coder_start_end_code")
    db.execute(
        "CREATE UNIQUE INDEX idx_coding_source_coder_start_end_code_round ON coding "
        "(source, coder, start, \"end\", code, coalesce(round, ''))"
    )
    db.execute("CREATE INDEX idx_coding_round ON coding (round)")
