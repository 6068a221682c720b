"""Tables as spreadsheets save them: comma, semicolon or tab, any encoding, a header line with the columns' names."""

from __future__ import annotations

import csv
import difflib
import io
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from koding.errors import KodingError
from koding.i18n import _, ngettext
from koding.readers.faults import NotText
from koding.readers.text import Decoded, read_text

_DELIMITERS = (",", ";", "\t")
# A cell may hold a whole turn or memo; Python's own limit is 128 kB.
_LARGEST_CELL = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that is no row of the table, with the reason."""

    line: int
    reason: str


class Table:
    """A table with a header; iterating gives (line, cells), or a BadLine where the quoting is broken.

    `line` is the line of the file, counted from 1, on which the row begins. Cells are stripped of the white space that
    people leave around them, but for those of the columns in `verbatim`; a row is filled up to the header's width.
    Lines without any value are left out.
    """

    def __init__(self, data: bytes, where: str, verbatim: Collection[str] = ()) -> None:
        decoded = _decoded(data, where)
        self.where = where
        self.note = decoded.note
        stream = io.StringIO(decoded.text, newline="\n")
        self._first_line = 1
        delimiter = _announced_delimiter(decoded.text)
        if delimiter:
            stream.readline()
            self._first_line = 2
        else:
            delimiter = _delimiter_of(decoded.text)
        csv.field_size_limit(_LARGEST_CELL)
        self._reader = csv.reader(stream, delimiter=delimiter, strict=True)
        self.header = self._read_header()
        self._verbatim = {self.column(name) for name in verbatim}

    def _read_header(self) -> tuple[str, ...]:
        header: tuple[str, ...] = ()
        try:
            header = tuple(name.strip() for name in next(self._reader, []))
        except csv.Error as fault:
            raise KodingError(
                _("{where}, line {line}: the header's quotes are not closed.").format(
                    where=self.where, line=self._first_line
                ),
                _("Save the table again as CSV from the spreadsheet."),
            ) from fault
        while header and not header[-1]:
            header = header[:-1]
        if not header:
            raise KodingError(
                _("{where} has no header line.").format(where=self.where),
                _("The first line names the columns, set apart by comma, semicolon or tab."),
            )
        seen: set[str] = set()
        for name in header:
            if name.casefold() in seen:
                raise KodingError(
                    _("{where}, line {line}: two columns are called {name}.").format(
                        where=self.where, line=self._first_line, name=name or _("(nothing)")
                    ),
                    _("Give every column a name of its own."),
                )
            seen.add(name.casefold())
        return header

    @property
    def header_line(self) -> int:
        """The line of the file that holds the header, counted from 1."""
        return self._first_line

    def column(self, name: str) -> int | None:
        """Give the index of a column by its name, case aside."""
        return next((index for index, own in enumerate(self.header) if own.casefold() == name), None)

    def require(self, names: Collection[str]) -> dict[str, int]:
        """Give the index of each required column; raises KodingError where one is missing."""
        found = {name: self.column(name) for name in names}
        missing = [name for name, index in found.items() if index is None]
        if missing:
            near = difflib.get_close_matches(
                missing[0], [name.casefold() for name in self.header if name.casefold() not in names], 1
            )
            hint = _("Is it the column {name}? Rename it.").format(name=near[0]) if near else ""
            raise KodingError(
                ngettext(
                    "{where}, line {line}: the column {name} is missing.",
                    "{where}, line {line}: the columns {name} are missing.",
                    len(missing),
                ).format(where=self.where, line=self._first_line, name=", ".join(missing)),
                hint or _("The header needs {names}.").format(names=", ".join(names)),
            )
        return {name: index for name, index in found.items() if index is not None}

    def __iter__(self) -> Iterator[tuple[int, list[str]] | BadLine]:
        """Give every row after the header with the line on which it begins."""
        reader, width = self._reader, len(self.header)
        offset = self._first_line
        while True:
            line = reader.line_num + offset
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error:
                yield BadLine(line, _("a quotation mark is not closed, or stands in the middle of a cell"))
                continue
            if len(cells) != width:
                if not any(cells):
                    continue
                if len(cells) > width and any(cells[width:]):
                    yield BadLine(line, _("{count} cells for {width} columns").format(count=len(cells), width=width))
                    continue
                cells = (cells + [""] * width)[:width]
            if any(cell.strip() for cell in cells):
                cells = [cell if index in self._verbatim else cell.strip() for index, cell in enumerate(cells)]
                yield line, cells


def sheet(data: bytes, where: str) -> tuple[list[tuple[int, list[str]]], str]:
    """Give every row of a table with the line on which it begins, the header among them, and the decoder's note.

    Nothing is stripped and no header is asked for. Raises KodingError where the quoting is broken.
    """
    decoded = _decoded(data, where)
    stream = io.StringIO(decoded.text, newline="\n")
    delimiter, first = _announced_delimiter(decoded.text), 1
    if delimiter:
        stream.readline()
        first = 2
    csv.field_size_limit(_LARGEST_CELL)
    reader = csv.reader(stream, delimiter=delimiter or _delimiter_of(decoded.text), strict=True)
    rows: list[tuple[int, list[str]]] = []
    line = first
    try:
        for cells in reader:
            rows.append((line, cells))
            line = reader.line_num + first
    except csv.Error as fault:
        raise KodingError(
            _("{where}, line {line}: a quotation mark is not closed, or stands in the middle of a cell.").format(
                where=where, line=line
            ),
            _("Save the table again as CSV from the spreadsheet."),
        ) from fault
    return rows, decoded.note


def _decoded(data: bytes, where: str) -> Decoded:
    try:
        return read_text(data, where)
    except NotText as fault:
        raise KodingError(
            _("{where} is not a table of text.").format(where=where),
            _("Save the table as CSV from the spreadsheet."),
        ) from fault


def _announced_delimiter(text: str) -> str:
    """Give the delimiter that Excel's `sep=;` line announces, "" where there is no such line."""
    first = text[: text.find("\n")] if "\n" in text else text
    announced = first.strip().strip('"').lower()
    if announced.startswith("sep=") and announced[4:] in _DELIMITERS:
        return announced[4:]
    return "\t" if first.lower().startswith("sep=\t") else ""


def _delimiter_of(text: str) -> str:
    """Give the delimiter that the header line has most of, outside its quotation marks and brackets."""
    header = text.split("\n", 1)[0]
    counts = dict.fromkeys(_DELIMITERS, 0)
    quoted = False
    depth = 0
    for letter in header:
        if letter == '"':
            quoted = not quoted
        elif letter in "[]":
            depth += 1 if letter == "[" else -1
        elif letter in counts and not quoted and depth <= 0:
            counts[letter] += 1
    return max(_DELIMITERS, key=counts.__getitem__)
