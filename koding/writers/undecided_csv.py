"""Codings that wait for a decision, as a table that people fill in."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Protocol

from koding.model.cells import guarded


class UndecidedLike(Protocol):
    """A coding whose code was split, with the codes it may get."""

    @property
    def id(self) -> str: ...  # noqa: D102
    @property
    def source(self) -> str: ...  # noqa: D102
    @property
    def start(self) -> int: ...  # noqa: D102
    @property
    def end(self) -> int: ...  # noqa: D102
    @property
    def code(self) -> str: ...  # noqa: D102
    @property
    def coder(self) -> str: ...  # noqa: D102
    @property
    def options(self) -> Sequence[str]: ...  # noqa: D102
    @property
    def text(self) -> str: ...  # noqa: D102


def undecided_csv(rows: Iterable[UndecidedLike]) -> str:
    """Give the codings as CSV with an empty column `choice` to fill in."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(["id", "choice", "options", "source", "start", "end", "code", "coder", "text"])
    for row in rows:
        writer.writerow(
            [
                row.id,
                "",
                " ".join(row.options),
                guarded(row.source),
                row.start,
                row.end,
                row.code,
                guarded(row.coder),
                guarded(row.text),
            ]
        )
    return stream.getvalue()
