"""A table that people fill in to decide something row by row: what each row is about, and what was chosen."""

from __future__ import annotations

from dataclasses import dataclass

from koding.errors import KodingError
from koding.i18n import _
from koding.model.cells import unguarded
from koding.readers.tables import BadLine, Table


@dataclass(frozen=True, slots=True)
class ChoiceRow:
    """One decision: the line of the file, what it is about, what was chosen, and why."""

    line: int
    id: str
    choice: str
    reason: str


def read_choices(data: bytes, where: str, about: str = "id", chosen: str = "choice") -> list[ChoiceRow]:
    """Read the rows of a table where something was chosen; rows with an empty choice are left out.

    `about` and `chosen` name the two columns that must be there; `reason` may be. Raises KodingError for a table
    without them, and for a row that cannot be read.
    """
    table = Table(data, where)
    columns = table.require((about, chosen))
    reason = table.column("reason")
    rows = []
    for item in table:
        if isinstance(item, BadLine):
            raise KodingError(
                _("{file} line {line}: {reason}").format(file=where, line=item.line, reason=item.reason),
                _("Mend the row; nothing was changed."),
            )
        line, cells = item
        if cells[columns[chosen]]:
            why = unguarded(cells[reason]) if reason is not None else ""
            rows.append(ChoiceRow(line, cells[columns[about]], unguarded(cells[columns[chosen]]), why))
    return rows
