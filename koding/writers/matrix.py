"""The theme matrix as CSV, Markdown, HTML, JSON and for the terminal: the same grid in every form."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from koding.i18n import _
from koding.model.cells import guarded
from koding.model.matrix import Column, Matrix, Measure, Row

#: What stands in a cell that is hidden because too few informants are behind it.
HIDDEN = "·"
_INDENT = "  "
#: What Markdown would take for a sign of its own: a column's edge, a tag, emphasis, code.
_MARKDOWN = re.compile(r"([\\|<*`])")


class Dialect(StrEnum):
    """How a CSV is written: for Norwegian Excel, or for R, Stata, SPSS and pandas."""

    NORWEGIAN = "norwegian"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class MatrixTable:
    """A matrix on its way out: its study's name and the note that says how it was counted."""

    study: str
    matrix: Matrix
    note: str

    @property
    def counts(self) -> bool:
        """Whether cells are whole numbers."""
        return self.matrix.measure in {Measure.INFORMANTS, Measure.SEGMENTS}

    def heading(self) -> str:
        """Give the title of the table."""
        by = _(" and ").join(self.matrix.by)
        return _("{study}: {measure} by {by}").format(study=self.study, measure=measure_label(self.matrix), by=by)

    def columns(self) -> list[str]:
        """Give the columns' labels."""
        return [column_label(column) for column in self.matrix.columns]

    def number(self, value: float | None, decimals: int = 1) -> str:
        """Give a cell as people read it."""
        if value is None:
            return HIDDEN
        return str(int(value)) if self.counts else f"{value:.{decimals}f}"


def measure_label(matrix: Matrix) -> str:
    """Give what the cells count, in words."""
    labels = {
        Measure.INFORMANTS: _("informants who mention it"),
        Measure.SEGMENTS: _("coded passages") if matrix.pooled else _("codings"),
        Measure.WORDS: _("share of words (%)"),
        Measure.RATE: _("coded passages per 1,000 words") if matrix.pooled else _("codings per 1,000 words"),
    }
    return labels[matrix.measure]


def column_label(column: Column) -> str:
    """Give a column's values as one label; a value that is not known is said."""
    return " / ".join(value or _("(not stated)") for value in column.values)


def matrix_csv(table: MatrixTable, dialect: Dialect) -> bytes:
    """Give the matrix as CSV with `N` as the first row; a hidden cell is empty.

    `norwegian`: BOM, semicolon, decimal comma, CRLF, as Norwegian Excel opens it. `plain`: comma, point, LF.
    """
    norwegian = dialect is Dialect.NORWEGIAN
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=";" if norwegian else ",", lineterminator="\r\n" if norwegian else "\n")

    def cell(value: float | None) -> str:
        if value is None:
            return ""
        text = str(int(value)) if table.counts else f"{value:.4f}"
        return text.replace(".", ",") if norwegian else text

    matrix = table.matrix
    columns = [guarded(label) for label in table.columns()]
    writer.writerow(["code", "label", "level", *columns, "total"])
    sizes = [column.informants for column in matrix.columns]
    writer.writerow(["N", _("Informants (N)"), "n", *sizes, matrix.total.informants])
    for row in matrix.rows:
        cells = [cell(value) for value in (*row.values, row.total)]
        writer.writerow([guarded(row.code), guarded(row.label), row.level, *cells])
    return stream.getvalue().encode("utf-8-sig" if norwegian else "utf-8")


def matrix_json(table: MatrixTable) -> str:
    """Give the matrix as JSON: measure, by, columns with N, rows, note; a hidden cell is null."""

    def cell(value: float | None) -> float | int | None:
        if value is None:
            return None
        return int(value) if table.counts else round(value, 6)

    matrix = table.matrix
    content = {
        "measure": matrix.measure.value,
        "by": list(matrix.by),
        "columns": [
            {"value": " / ".join(column.values), "values": list(column.values), "informants": column.informants}
            for column in matrix.columns
        ],
        "rows": [
            {
                "code": row.code,
                "label": row.label,
                "level": row.level,
                "values": [cell(value) for value in row.values],
                "total": cell(row.total),
            }
            for row in matrix.rows
        ],
        "informants": matrix.total.informants,
        "note": table.note,
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _head(table: MatrixTable) -> list[str]:
    sizes = [column.informants for column in (*table.matrix.columns, table.matrix.total)]
    labels = [*table.columns(), _("Total")]
    return [_("Code"), *(f"{label} (N = {size})" for label, size in zip(labels, sizes, strict=True))]


def _cells(table: MatrixTable, row: Row) -> list[str]:
    return [table.number(value) for value in (*row.values, row.total)]


def matrix_markdown(table: MatrixTable) -> str:
    """Give the matrix as a Markdown table under its heading, with the note below."""

    def escaped(text: str) -> str:
        return _MARKDOWN.sub(r"\\\1", text).replace("\n", " ")

    def line(cells: Sequence[str]) -> str:
        return "| " + " | ".join(cells) + " |"

    head = [escaped(cell) for cell in _head(table)]
    rows = [line(head), "|:---|" + "---:|" * (len(head) - 1)]
    for row in table.matrix.rows:
        label = f"**{escaped(row.label)}**" if row.depth == 0 else "\u2003" * row.depth + escaped(row.label)
        rows.append(line([label, *_cells(table, row)]))
    return f"## {table.heading()}\n\n" + "\n".join(rows) + f"\n\n{table.note}\n"


PAGE_STYLE = """
body { font: 15px/1.45 system-ui, sans-serif; color: #1c2733; margin: 2rem auto; max-width: 72rem; padding: 0 1rem; }
h1 { font-size: 1.3rem; }
table { border-collapse: collapse; }
th, td { padding: .28rem .8rem; border-bottom: 1px solid #d9dee4; }
thead th { text-align: right; vertical-align: bottom; border-bottom: 2px solid #1c2733; font-weight: 600; }
thead th:first-child, tbody th { text-align: left; font-weight: 400; }
tbody tr.family th, tbody tr.family td { font-weight: 600; background: #f3f5f7; }
td { text-align: right; font-variant-numeric: tabular-nums; }
td.zero { color: #9aa5b1; }
small { font-weight: 400; color: #56616d; white-space: nowrap; }
tbody th { min-width: 15rem; }
p { max-width: 60rem; color: #3b4753; }
"""


def matrix_html(table: MatrixTable) -> str:
    """Give the matrix as one HTML page that needs nothing from the net."""
    sizes = [column.informants for column in (*table.matrix.columns, table.matrix.total)]
    labels = [*table.columns(), _("Total")]
    head = "".join(
        f'<th scope="col">{html.escape(label)}<br><small>N = {size}</small></th>'
        for label, size in zip(labels, sizes, strict=True)
    )
    body = []
    for row in table.matrix.rows:
        cells = "".join(
            f'<td class="zero">{cell}</td>' if value == 0 else f"<td>{cell}</td>"
            for value, cell in zip((*row.values, row.total), _cells(table, row), strict=True)
        )
        indent = f' style="padding-left: {0.8 + 1.2 * row.depth:.1f}rem"'
        body.append(f'<tr class="{row.level}"><th scope="row"{indent}>{html.escape(row.label)}</th>{cells}</tr>')
    title = html.escape(table.heading())
    return (
        f'<!doctype html>\n<html lang="{_("en")}">\n<head>\n<meta charset="utf-8">\n<title>{title}</title>\n'
        f"<style>{PAGE_STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n<table>\n"
        f'<thead><tr><th scope="col">{html.escape(_("Code"))}</th>{head}</tr></thead>\n<tbody>\n'
        + "\n".join(body)
        + f"\n</tbody>\n</table>\n<p>{html.escape(table.note)}</p>\n</body>\n</html>\n"
    )


def matrix_lines(table: MatrixTable) -> list[list[str]]:
    """Give the matrix as rows of text for the terminal: head first, code labels indented by their depth."""
    lines = [_head(table)]
    lines.extend([_INDENT * row.depth + row.label, *_cells(table, row)] for row in table.matrix.rows)
    return lines
