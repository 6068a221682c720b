"""Values of foreign rows, which may be anything: as the number, text or time that is asked for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

#: The rows of a foreign database, by table.
Tables = Mapping[str, Sequence[Mapping[str, object]]]

_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(?:\.\d+)?Z?")
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


@dataclass(frozen=True, slots=True)
class Wanted:
    """The tables of a tool with the columns that are read; a database with all of `marks` is that tool's."""

    tables: Mapping[str, Sequence[str]]
    marks: Mapping[str, frozenset[str]]

    def fits(self, there: Mapping[str, frozenset[str]]) -> bool:
        """Whether a database with these tables and columns is the tool's."""
        return all(columns <= there.get(table, frozenset()) for table, columns in self.marks.items())


def text(value: object) -> str:
    """Give a text, "" for what is none; no zero signs, which no text of ours holds."""
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value)
    return value.replace("\0", "\N{REPLACEMENT CHARACTER}") if isinstance(value, str) else ""


def given(value: object) -> str | None:
    """Give a text, None for an empty one."""
    return text(value) or None


def number(value: object) -> int | None:
    """Give a whole number, None for what is none."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value
    return int(value) if isinstance(value, str) and re.fullmatch(r"-?\d{1,18}", value) else None


def moment(value: object) -> str:
    """Give "2026-11-22 15:15:45.37" as "2026-11-22T15:15:45Z", "" for what is no time."""
    found = _MOMENT.fullmatch(text(value))
    return f"{found[1]}T{found[2]}Z" if found else ""


def colour(value: object) -> str:
    """Give a colour as "#rrggbb" in lower case, "" for what is none."""
    found = _COLOUR.fullmatch(text(value).strip())
    return found[0].lower() if found else ""


def by_number(rows: Iterable[Mapping[str, object]], column: str) -> dict[int, Mapping[str, object]]:
    """Map the rows by a column of whole numbers, in their order; the first of two with the same number counts."""
    found: dict[int, Mapping[str, object]] = {}
    for row in rows:
        key = number(row.get(column))
        if key is not None:
            found.setdefault(key, row)
    return found
