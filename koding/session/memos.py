"""Memos out of a study: everything its coders have written on codings, sources and codes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from koding.store import memos as store
from koding.store import sources as sources_store
from koding.store.memos import MemoRecord
from koding.store.project import Project


@dataclass(frozen=True, slots=True)
class ExportedMemo:
    """A memo with the words of the coding it is on ("" for a memo on a source or a code)."""

    memo: MemoRecord
    passage: str


def exported_memos(project: Project, coder: str | None = None) -> Iterator[ExportedMemo]:
    """Give the study's memos (or one coder's): on codes, then on sources, then on codings by place."""
    texts: dict[str, str] = {}
    with project.reading() as connection:
        for memo in store.memos(connection, coder):
            passage = ""
            if memo.start is not None:
                if memo.source_guid not in texts:
                    # By source: one text is held at a time.
                    texts = {memo.source_guid: sources_store.read_text(connection, memo.source_guid)}
                passage = texts[memo.source_guid][memo.start : memo.end]
            yield ExportedMemo(memo, passage)
