"""What copies say differently, as a table that people fill in and as records of a report."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any, Protocol

from koding.model.cells import guarded


class OptionLike(Protocol):
    """One of the values a disputed part stands in."""

    @property
    def letter(self) -> str: ...  # noqa: D102
    @property
    def value(self) -> str: ...  # noqa: D102
    @property
    def coder(self) -> str: ...  # noqa: D102
    @property
    def at(self) -> str: ...  # noqa: D102


class ConflictLike(Protocol):
    """A dispute as people read it."""

    @property
    def id(self) -> str: ...  # noqa: D102
    @property
    def entity(self) -> str: ...  # noqa: D102
    @property
    def part(self) -> str: ...  # noqa: D102
    @property
    def what(self) -> str: ...  # noqa: D102
    @property
    def options(self) -> Sequence[OptionLike]: ...  # noqa: D102


def option_text(option: OptionLike) -> str:
    """Give an option as one line: its letter, the value, and who said so when."""
    return f"{option.letter}: {option.value} ({option.coder}, {option.at[:16].replace('T', ' ')})"


def conflicts_csv(conflicts: Iterable[ConflictLike]) -> str:
    """Give the conflicts as CSV with an empty column `choice` to fill in; the first option is what stands."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(["id", "choice", "reason", "what", "part", "options"])
    for one in conflicts:
        options = " | ".join(option_text(option) for option in one.options)
        writer.writerow([one.id, "", "", guarded(one.what), one.part, guarded(options)])
    return stream.getvalue()


def conflict_record(one: ConflictLike) -> dict[str, Any]:
    """Give a conflict as a record of JSON; the first option is what stands."""
    return {
        "id": one.id,
        "entity": one.entity,
        "part": one.part,
        "what": one.what,
        "options": [
            {"letter": option.letter, "value": option.value, "coder": option.coder, "at": option.at}
            for option in one.options
        ],
    }
