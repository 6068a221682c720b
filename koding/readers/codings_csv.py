"""Codings as a table: `source,start,end,code,coder`, a column for each facet, `memo`, and `text` on the way out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from koding.i18n import _
from koding.readers.tables import BadLine, Table

CODER = "coder"
REQUIRED = ("source", "start", "end", "code")
#: Columns that an export may have and that say nothing on the way in.
IGNORED = frozenset({"origin", "guid", "created", "modified", "suggester", "old_text"})
OPTIONAL = frozenset({"memo", "text"})
_LONGEST_NUMBER = 12


@dataclass(frozen=True, slots=True)
class CodingRow:
    """A coding as a line of the table gives it; nothing of it is checked against a study yet.

    `source` is the source's name (the file's stem), the span is half-open in code points, `coder` is "" where the row
    names none, `facets` holds the columns with a value, `text` what the span should read (None without the column).
    """

    line: int
    source: str
    start: int
    end: int
    code: str
    coder: str
    facets: Mapping[str, str]
    memo: str
    text: str | None = None


@dataclass(frozen=True, slots=True)
class BadRow:
    """A line that is no coding, with the reason for a person."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class CodingTable:
    """The rows of a table of codings; `facet_columns` are its further columns, in the order of the header.

    `bad` are the lines that could not be read; `note` says how the file was decoded where that is worth saying.
    """

    rows: tuple[CodingRow, ...]
    facet_columns: tuple[str, ...]
    bad: tuple[BadRow, ...] = ()
    note: str = ""


def read_codings(data: bytes, where: str) -> CodingTable:
    """Read a table of codings; `where` names it in errors.

    Raises KodingError for a table without a required column. A row that cannot be read is collected in `bad`.
    """
    table = Table(data, where, verbatim=OPTIONAL)
    columns = table.require(REQUIRED)
    known = {*REQUIRED, CODER, *OPTIONAL, *IGNORED}
    facets = [(name, index) for index, name in enumerate(table.header) if name and name.casefold() not in known]
    coder, memo, text = table.column(CODER), table.column("memo"), table.column("text")
    source, start, end, code = (columns[name] for name in REQUIRED)
    rows: list[CodingRow] = []
    bad: list[BadRow] = []
    for item in table:
        if isinstance(item, BadLine):
            bad.append(BadRow(item.line, item.reason))
            continue
        line, cells = item
        reason = _fault(cells, columns)
        if reason:
            bad.append(BadRow(line, reason))
            continue
        rows.append(
            CodingRow(
                line,
                cells[source],
                int(cells[start]),
                int(cells[end]),
                cells[code],
                cells[coder] if coder is not None else "",
                {name: cells[index] for name, index in facets if cells[index]},
                cells[memo] if memo is not None else "",
                cells[text] if text is not None else None,
            )
        )
    return CodingTable(tuple(rows), tuple(name for name, _index in facets), tuple(bad), table.note)


def _fault(cells: list[str], columns: Mapping[str, int]) -> str:
    """Say what is wrong with a row, "" where nothing is."""
    start, end = cells[columns["start"]], cells[columns["end"]]
    if (
        start.isdigit()
        and end.isdigit()
        and start.isascii()
        and end.isascii()
        and len(start) <= _LONGEST_NUMBER >= len(end)
        and cells[columns["source"]]
        and cells[columns["code"]]
        and int(start) < int(end)
    ):
        return ""
    for name in ("source", "code", "start", "end"):
        if not cells[columns[name]]:
            return _("{column} is empty").format(column=name)
    for name, value in (("start", start), ("end", end)):
        if not (value.isascii() and value.isdigit() and len(value) <= _LONGEST_NUMBER):
            return _("{column} is “{value}”, which is no position in a text").format(column=name, value=value[:40])
    return _("end ({end}) is not after start ({start})").format(start=start, end=end)
