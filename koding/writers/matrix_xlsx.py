"""The theme matrix as an Excel workbook: one sheet with the table, one with the method note."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from koding.i18n import _
from koding.writers.matrix import HIDDEN, MatrixTable

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

#: A fixed date, so that the same study gives the same bytes.
CREATED = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)

_FAMILY = {"bold": True, "bg_color": "#F3F5F7"}
_GREY = "#5B6673"
_A4 = 9
_COLUMN = 16
_WIDEST_LABEL = 60
_LONGEST_HEAD = 240
_NOTE_WIDTH, _LINE_HEIGHT = 100, 15

#: Cells are numbers or plain text, whatever they look like.
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def matrix_xlsx(table: MatrixTable) -> bytes:
    """Give the matrix as an .xlsx file. Cells are numbers or plain text: nothing is ever a formula or a link.

    The last column holds the codes' keys. On paper the sheet lies on its side, is as wide as the page, and repeats its
    head and its first column.
    """
    import xlsxwriter

    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, OPTIONS) as book:
        book.set_properties({"title": table.heading(), "created": CREATED})
        _matrix_sheet(book, table)
        _method_sheet(book, table)
    return stream.getvalue()


def _matrix_sheet(book: Workbook, table: MatrixTable) -> None:
    head = book.add_format({"bold": True, "text_wrap": True, "align": "right", "valign": "bottom"})
    first = book.add_format({"bold": True, "valign": "bottom"})
    size = book.add_format({"bold": True, "align": "right", "bottom": 2})
    size_label = book.add_format({"bold": True, "bottom": 2})
    shape = "0" if table.counts else "0.0"
    numbers = [book.add_format({"num_format": shape, "align": "right", **look}) for look in (_FAMILY, {})]
    keys = [book.add_format({"font_color": _GREY, "indent": 1, **look}) for look in ({**_FAMILY, "bold": False}, {})]
    labels = {row.depth: book.add_format({"indent": row.depth} if row.depth else _FAMILY) for row in table.matrix.rows}
    sheet = book.add_worksheet(_("Matrix"))
    columns = [*table.matrix.columns, table.matrix.total]
    last = len(columns) + 1
    sheet.write_string(0, 0, _("Code"), first)
    sheet.write_string(1, 0, _("Informants (N)"), size_label)
    for column, (label, group) in enumerate(zip([*table.columns(), _("Total")], columns, strict=True), start=1):
        sheet.write_string(0, column, label, head)
        sheet.write_number(1, column, group.informants, size)
    sheet.write_string(0, last, _("Key"), book.add_format({"font_color": _GREY, "indent": 1, "valign": "bottom"}))
    sheet.write_string(1, last, "N", book.add_format({"font_color": _GREY, "indent": 1, "bottom": 2}))
    for line, row in enumerate(table.matrix.rows, start=2):
        below = int(row.depth > 0)
        sheet.write_string(line, 0, row.label, labels[row.depth])
        for column, value in enumerate((*row.values, row.total), start=1):
            if value is None:
                sheet.write_string(line, column, HIDDEN, numbers[below])
            else:
                sheet.write_number(line, column, value, numbers[below])
        sheet.write_string(line, last, row.code, keys[below])
    sheet.set_column(0, 0, _label_width(table))
    sheet.set_column(1, last - 1, _COLUMN)
    sheet.set_column(last, last, max([len(row.code) for row in table.matrix.rows], default=0) + 3)
    sheet.freeze_panes(2, 1)
    _for_paper(sheet, table)
    sheet.repeat_rows(0, 1)
    sheet.repeat_columns(0)


def _method_sheet(book: Workbook, table: MatrixTable) -> None:
    sheet = book.add_worksheet(_("Method"))
    sheet.set_column(0, 0, _NOTE_WIDTH, book.add_format({"text_wrap": True, "valign": "top"}))
    sheet.write_string(0, 0, table.heading(), book.add_format({"bold": True, "text_wrap": True}))
    sheet.write_string(1, 0, table.note)
    # Programs do not agree on the height of a cell that wraps: it is given, with a line to spare.
    sheet.set_row(1, _LINE_HEIGHT * (len(table.note) // _NOTE_WIDTH + 2))
    _for_paper(sheet, table)


def _for_paper(sheet: Worksheet, table: MatrixTable) -> None:
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.set_margins(left=0.5, right=0.5, top=0.8, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    # In a page's head & is a sign of its own, and Excel takes 255 characters.
    sheet.set_header("&L" + table.heading().replace("&", "&&")[:_LONGEST_HEAD])
    sheet.set_footer("&R&P / &N")


def _label_width(table: MatrixTable) -> float:
    widest = max([len(row.label) + 2 * row.depth for row in table.matrix.rows], default=0)
    return min(max(widest, len(_("Informants (N)"))) + 2, _WIDEST_LABEL)
