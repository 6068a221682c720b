"""Memos as CSV or JSON: one row a memo, what it is about first, then who wrote what and when."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from typing import Protocol

from koding.model.cells import guarded
from koding.model.coding import MemoTarget

COLUMNS = (
    "kind", "target", "source", "start", "end", "code", "coder", "text", "passage", "created", "modified",
)  # fmt: skip


class Memo(Protocol):
    """What is written of a memo."""

    @property
    def kind(self) -> MemoTarget:
        """What kind of thing it is on."""
        ...

    @property
    def source(self) -> str:
        """The name of the source, "" for none."""
        ...

    @property
    def start(self) -> int | None:
        """Where the coding begins, in code points."""
        ...

    @property
    def end(self) -> int | None:
        """Where the coding ends."""
        ...

    @property
    def code(self) -> str:
        """The key of the code, "" for none."""
        ...

    @property
    def coder(self) -> str:
        """Who wrote it."""
        ...

    @property
    def text(self) -> str:
        """What was written."""
        ...

    @property
    def created(self) -> str:
        """When, ISO 8601 in UTC."""
        ...

    @property
    def modified(self) -> str:
        """When it was last changed."""
        ...


def target_name(memo: Memo) -> str:
    """Name what a memo is on: a code by its key, a source by its name, a coding by both and its place."""
    if memo.kind is MemoTarget.CODING:
        return f"{memo.code} {memo.source}:{memo.start}-{memo.end}"
    return memo.source or memo.code


def _cells(memo: Memo, passage: str) -> tuple[object, ...]:
    return (
        memo.kind.value, target_name(memo), memo.source, memo.start, memo.end, memo.code, memo.coder, memo.text,
        passage, memo.created, memo.modified,
    )  # fmt: skip


def memos_csv(memos: Iterable[tuple[Memo, str]]) -> str:
    """Give the CSV of (memo, passage) pairs, with LF line ends; no cell starts a formula."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    for memo, passage in memos:
        writer.writerow([guarded(cell) if isinstance(cell, str) else cell for cell in _cells(memo, passage)])
    return stream.getvalue()


def memos_json(memos: Iterable[tuple[Memo, str]]) -> str:
    """Give a JSON array with an object per memo; `start` and `end` are null where it is on no coding."""
    rows = [dict(zip(COLUMNS, _cells(memo, passage), strict=True)) for memo, passage in memos]
    return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"
