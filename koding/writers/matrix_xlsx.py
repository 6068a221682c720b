"""The theme matrix as an Excel workbook: one sheet with the table, one with the method note."""

from __future__ import annotations

import io
from datetime import UTC, datetime

from koding.i18n import _
from koding.writers.matrix import HIDDEN, MatrixTable

#: A fixed date, so that the same study gives the same bytes.
CREATED = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)

#: Cells are numbers or plain text, whatever they look like.
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def matrix_xlsx(table: MatrixTable) -> bytes:
    """Give the matrix as an .xlsx file. Cells are numbers or plain text: nothing is ever a formula or a link."""
    import xlsxwriter

    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, OPTIONS) as book:
        book.set_properties({"title": table.heading(), "created": CREATED})
        head = book.add_format({"bold": True, "text_wrap": True, "align": "right", "valign": "bottom", "bottom": 2})
        first = book.add_format({"bold": True, "bottom": 2, "valign": "bottom"})
        shape = "0" if table.counts else "0.0"
        number = book.add_format({"num_format": shape, "align": "right"})
        family = book.add_format({"num_format": shape, "align": "right", "bold": True, "bg_color": "#F3F5F7"})
        family_label = book.add_format({"bold": True, "bg_color": "#F3F5F7"})
        sheet = book.add_worksheet(_("Matrix"))
        sheet.write_string(0, 0, _("Code"), first)
        for column, label in enumerate([*table.columns(), _("Total")], start=1):
            sheet.write_string(0, column, label, head)
        sheet.write_string(1, 0, _("Informants (N)"), first)
        for column, size in enumerate((*table.matrix.columns, table.matrix.total), start=1):
            sheet.write_number(1, column, size.informants, head)
        for line, row in enumerate(table.matrix.rows, start=2):
            label_format = family_label if row.depth == 0 else book.add_format({"indent": row.depth})
            sheet.write_string(line, 0, row.label, label_format)
            cell_format = family if row.depth == 0 else number
            for column, value in enumerate((*row.values, row.total), start=1):
                if value is None:
                    sheet.write_string(line, column, HIDDEN, cell_format)
                else:
                    sheet.write_number(line, column, value, cell_format)
        sheet.set_column(0, 0, 44)
        sheet.set_column(1, len(table.matrix.columns) + 1, 16)
        sheet.freeze_panes(2, 1)
        note = book.add_worksheet(_("Method"))
        note.set_column(0, 0, 100, book.add_format({"text_wrap": True, "valign": "top"}))
        note.write_string(0, 0, table.heading())
        note.write_string(1, 0, table.note)
    return stream.getvalue()
