"""The theme matrix in every form, against golden files: the same matrix gives the same bytes, and no cell is a formula.

Looked at and found right, they are written anew with KODING_WRITE_GOLDEN=1.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
import zipfile
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import openpyxl
import pytest

from koding.cli.matrix import _plain, rendered
from koding.model.matrix import Column, Matrix, Measure, Row
from koding.writers.matrix import MatrixTable, column_label, matrix_lines
from tests.studies import CHECKOUT

GOLDEN = CHECKOUT / "tests" / "golden" / "matrix"
NASTY = '=cmd|" /C calc"!A1'


def table(measure: Measure, *, nasty: bool = False) -> MatrixTable:
    """Give a matrix of two variables with a hidden row, an unknown group and letters that forms must escape."""
    share = measure in {Measure.WORDS, Measure.RATE}
    rows = (
        ("arbeid", "Arbeid & <inntekt>", 0, (4.0, 2.0, 0.0), 6.0),
        ("arbeid.relevant", "Relevant | arbeid", 1, (3.0, 0.0, 0.0), 3.0),
        ("arbeid.relevant.fagbrev", "Fagbrev\\", 2, (0.0, 0.0, 0.0), 0.0),
        ("ensomhet", NASTY if nasty else "Ensomhet «[ler]»", 0, (None, 5.0, 0.0), None),
    )
    return MatrixTable(
        study=NASTY if nasty else "Flyttegrunner",
        matrix=Matrix(
            measure=measure,
            by=("gruppe", "sentralitet"),
            columns=(
                Column(("flyktning", "+1" if nasty else "6"), 5, 1200),
                Column(("@ansatt" if nasty else "ansatt", ""), 7, 900),
                Column(("-ukjent" if nasty else "", ""), 1, 10),
            ),
            rows=tuple(
                Row(
                    code,
                    label,
                    "family" if depth == 0 else "code",
                    depth,
                    tuple(value if value is None or not share else value * 1.23456 for value in values),
                    total if total is None or not share else total * 1.23456,
                )
                for code, label, depth, values, total in rows
            ),
            total=Column((), 13, 2110),
            people=((4, 2, 0), (3, 0, 0), (0, 0, 0), (1, 5, 0)),
            people_total=(6, 3, 0, 6),
        ),
        note="Cells are informants. No tests of significance.",
    )


def content(form: str, found: MatrixTable) -> bytes:
    name, _point, dialect = form.partition(".")
    if name == "table":
        return _plain(found).encode()
    made = rendered(found, name, dialect or "plain")
    return made if isinstance(made, bytes) else made.encode()


FORMS = {
    "csv": "plain.csv",
    "csv.norwegian": "norwegian.csv",
    "md": "md",
    "html": "html",
    "json": "json",
    "table": "txt",
}


@pytest.mark.parametrize("measure", [Measure.INFORMANTS, Measure.RATE])
@pytest.mark.parametrize("form", list(FORMS))
def test_a_matrix_is_written_as_its_golden_file(form: str, measure: Measure) -> None:
    file = GOLDEN / f"{measure.value}.{FORMS[form]}"
    made = content(form, table(measure))
    if os.environ.get("KODING_WRITE_GOLDEN"):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(made)
    assert made == file.read_bytes()


@pytest.mark.parametrize("form", [*FORMS, "xlsx"])
def test_the_same_matrix_gives_the_same_bytes(form: str) -> None:
    assert content(form, table(Measure.RATE)) == content(form, table(Measure.RATE))


def test_a_workbook_knows_no_clock() -> None:
    with zipfile.ZipFile(io.BytesIO(content("xlsx", table(Measure.RATE)))) as book:
        assert {entry.date_time for entry in book.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        dates = re.findall(r"\d{4}-\d\d-\d\dT[^<]*", book.read("docProps/core.xml").decode())
    assert set(dates) == {"2000-01-01T00:00:00Z"}


@pytest.mark.parametrize(("dialect", "delimiter"), [("plain", ","), ("norwegian", ";")])
def test_no_cell_of_a_csv_starts_a_formula(dialect: str, delimiter: str) -> None:
    text = content(f"csv.{dialect}", table(Measure.INFORMANTS, nasty=True)).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    assert "'" + NASTY in [row[1] for row in rows]
    assert rows[0][3:6] == ["flyktning / +1", "'@ansatt / (not stated)", "'-ukjent / (not stated)"]
    assert not [cell for row in rows for cell in row if cell[:1] in set("=+-@") and cell]


def test_the_norwegian_csv_is_what_norwegian_excel_opens() -> None:
    made = content("csv.norwegian", table(Measure.RATE))
    assert made.startswith(b"\xef\xbb\xbf")
    lines = made.decode("utf-8-sig").split("\r\n")
    assert lines[2] == "arbeid;Arbeid & <inntekt>;family;4,9382;2,4691;0,0000;7,4074"


def test_n_is_the_first_row_of_a_csv_and_a_hidden_cell_is_empty() -> None:
    rows = list(csv.DictReader(io.StringIO(content("csv", table(Measure.INFORMANTS)).decode())))
    assert rows[0]["code"] == "N"
    assert [rows[0][name] for name in ("flyktning / 6", "ansatt / (not stated)", "total")] == ["5", "7", "13"]
    assert (rows[4]["flyktning / 6"], rows[4]["total"]) == ("", "")


def test_the_json_keeps_to_its_contract() -> None:
    made = json.loads(content("json", table(Measure.INFORMANTS)))
    assert made.keys() >= {"measure", "by", "columns", "rows", "note"}
    assert made["measure"] == "informants"
    assert made["by"] == ["gruppe", "sentralitet"]
    assert [column["informants"] for column in made["columns"]] == [5, 7, 1]
    assert made["columns"][0]["value"] == "flyktning / 6"
    assert made["rows"][0] == {
        "code": "arbeid",
        "label": "Arbeid & <inntekt>",
        "level": "family",
        "values": [4, 2, 0],
        "total": 6,
    }
    assert made["rows"][3]["values"] == [None, 5, 0]
    assert made["rows"][3]["total"] is None


class Cells(HTMLParser):
    """Gathers the text of a page's cells, row by row, and whatever a page would fetch."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.fetched: list[str] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.fetched += [value or "" for name, value in attrs if name in {"src", "href"}]
        if tag == "tr":
            self.rows.append([])
        if tag in {"td", "th"}:
            self.rows[-1].append("")
            self._inside = True

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag not in {"td", "th"}

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.rows[-1][-1] += data


def test_the_html_page_shows_every_cell_and_needs_nothing_from_the_net() -> None:
    page = content("html", table(Measure.INFORMANTS, nasty=True)).decode()
    cells = Cells()
    cells.feed(page)
    assert cells.fetched == []
    assert cells.rows[0] == [
        "Code",
        "flyktning / +1N = 5",
        "@ansatt / (not stated)N = 7",
        "-ukjent / (not stated)N = 1",
        "TotalN = 13",
    ]
    assert cells.rows[1] == ["Arbeid & <inntekt>", "4", "2", "0", "6"]
    assert cells.rows[4] == [NASTY, "·", "5", "0", "·"]
    assert "url(" not in page
    assert "@import" not in page


def test_a_markdown_table_keeps_its_columns_whatever_the_labels_hold() -> None:
    made = content("md", table(Measure.INFORMANTS)).decode()
    lines = [line for line in made.splitlines() if line.startswith("|")]
    bare = [line.replace("\\\\", "").replace("\\|", "") for line in lines]
    assert {line.count("|") for line in bare} == {6}
    assert "**Arbeid & \\<inntekt>**" in made


@pytest.fixture
def workbook(tmp_path: Path, request: pytest.FixtureRequest) -> openpyxl.Workbook:
    file = tmp_path / "matrix.xlsx"
    file.write_bytes(content("xlsx", table(request.param, nasty=True)))
    return openpyxl.load_workbook(file)


@pytest.mark.parametrize("workbook", [Measure.INFORMANTS], indirect=True)
def test_a_workbook_holds_the_numbers_as_numbers_and_never_a_formula(workbook: openpyxl.Workbook) -> None:
    sheet, note = workbook.worksheets
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows == [
        ["Code", "flyktning / +1", "@ansatt / (not stated)", "-ukjent / (not stated)", "Total", "Key"],
        ["Informants (N)", 5, 7, 1, 13, "N"],
        ["Arbeid & <inntekt>", 4, 2, 0, 6, "arbeid"],
        ["Relevant | arbeid", 3, 0, 0, 3, "arbeid.relevant"],
        ["Fagbrev\\", 0, 0, 0, 0, "arbeid.relevant.fagbrev"],
        [NASTY, "·", 5, 0, "·", "ensomhet"],
    ]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} == {"s", "n"}
    assert {cell.data_type for row in note.iter_rows() for cell in row} == {"s"}
    assert not any(cell.hyperlink for row in sheet.iter_rows() for cell in row)
    assert note["A2"].value == "Cells are informants. No tests of significance."


@pytest.mark.parametrize("workbook", [Measure.INFORMANTS], indirect=True)
def test_a_workbook_is_ready_for_paper_and_for_scrolling(workbook: openpyxl.Workbook) -> None:
    sheet, note = workbook.worksheets
    assert (sheet.freeze_panes, sheet.print_title_rows, sheet.print_title_cols) == ("B3", "$1:$2", "$A:$A")
    for each in (sheet, note):
        assert (each.page_setup.orientation, each.page_setup.paperSize) == ("landscape", 9)
        assert each.sheet_properties.pageSetUpPr.fitToPage
        assert (each.page_setup.fitToWidth, each.page_setup.fitToHeight) == (None, 0), "one page wide, as many long"
        assert "informants who mention it" in each.oddHeader.left.text


@pytest.mark.parametrize("workbook", [Measure.RATE], indirect=True)
def test_a_workbook_keeps_all_decimals_and_shows_one(workbook: openpyxl.Workbook) -> None:
    cell = workbook.worksheets[0]["B3"]
    assert cell.value == pytest.approx(4 * 1.23456)
    assert cell.number_format == "0.0"


def test_lines_for_the_terminal_indent_codes_under_their_family() -> None:
    lines = matrix_lines(table(Measure.INFORMANTS))
    assert [line[0] for line in lines[1:]] == [
        "Arbeid & <inntekt>",
        "  Relevant | arbeid",
        "    Fagbrev\\",
        "Ensomhet «[ler]»",
    ]
    assert lines[0][1] == "flyktning / 6 (N = 5)"


def test_a_value_that_is_not_known_is_said_in_the_label() -> None:
    assert column_label(Column(("", "by"), 1)) == "(not stated) / by"


def test_an_empty_matrix_can_be_written_in_every_form() -> None:
    whole = table(Measure.INFORMANTS)
    rows = tuple(replace(row, values=(), total=0.0) for row in whole.matrix.rows)
    empty = replace(whole, matrix=replace(whole.matrix, columns=(), rows=rows))
    for form in (*FORMS, "xlsx"):
        assert content(form, empty)
