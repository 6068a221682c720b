"""Tables of codings: every good row is read, every bad one is named."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from koding.errors import KodingError
from koding.readers.codings_csv import CodingRow, CodingTable, read_codings

HEADER = "source,start,end,code,coder"


def read(text: str) -> CodingTable:
    return read_codings(text.encode(), "kodinger.csv")


def test_rows_with_facets_memo_and_text() -> None:
    table = read(
        f"{HEADER},retning,status,memo,text,origin,guid,created\n"
        'int01,10,42,arbeid.relevant,Kari,fra,,"sjekk, ""igjen""",Sjefen ringte,manual,x,2024\n'
    )
    assert table.facet_columns == ("retning", "status")
    assert table.rows == (
        CodingRow(2, "int01", 10, 42, "arbeid.relevant", "Kari", {"retning": "fra"}, 'sjekk, "igjen"', "Sjefen ringte"),
    )
    assert table.bad == ()


def test_optional_columns_may_be_missing_and_a_coder_empty() -> None:
    (row,) = read(f"{HEADER}\nint01,0,5,bolig,\n").rows
    assert (row.coder, row.memo, row.text, row.facets) == ("", "", None, {})


def test_columns_stand_in_any_order_and_case() -> None:
    (row,) = read("Coder;CODE;End;Start;Source\nKari;bolig;5;0;int01\n").rows
    assert (row.source, row.start, row.end, row.code, row.coder) == ("int01", 0, 5, "bolig", "Kari")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("int01,ti,20,bolig,Kari", "start"),
        ("int01,1,2.0,bolig,Kari", "end"),
        ("int01,-1,20,bolig,Kari", "start"),
        ("int01,1_0,20,bolig,Kari", "start"),
        ("int01,٣,20,bolig,Kari", "start"),
        ("int01,,20,bolig,Kari", "start is empty"),
        ("int01,5,5,bolig,Kari", "not after"),
        ("int01,9,5,bolig,Kari", "not after"),
        ("int01,1," + "9" * 5000 + ",bolig,Kari", "end"),
        (",1,5,bolig,Kari", "source is empty"),
        ("int01,1,5,,Kari", "code is empty"),
        ("int01", "code is empty"),
        ("int01,1,5,bolig,Kari,mer", "6 cells"),
        ('int01,1,5,"bolig"x,Kari', "quotation"),
    ],
)
def test_a_bad_row_is_named_and_the_others_are_read(line: str, reason: str) -> None:
    table = read(f"{HEADER}\nint01,0,5,bolig,Kari\n{line}\nint02,0,5,bolig,Kari\n")
    assert [row.source for row in table.rows] == ["int01", "int02"]
    (bad,) = table.bad
    assert bad.line == 3
    assert reason in bad.reason


def test_lines_are_those_of_the_file_also_after_a_memo_of_several_lines() -> None:
    table = read(f'{HEADER},memo\nint01,0,5,bolig,Kari,"en\nto\ntre"\n\nint01,6,9,bolig,Kari,\nint01,x,9,bolig,Kari,\n')
    assert [row.line for row in table.rows] == [2, 6]
    assert [row.line for row in table.bad] == [7]
    assert table.rows[0].memo == "en\nto\ntre"


def test_a_quotation_mark_that_never_closes_takes_no_row_silently() -> None:
    table = read(f'{HEADER},memo\nint01,0,5,bolig,Kari,ja\nint01,0,5,bolig,Kari,"nei\nint01,0,5,bolig,Kari,\n')
    assert len(table.rows) == 1
    assert [row.line for row in table.bad] == [3]


def test_a_missing_column_is_refused_with_its_name() -> None:
    with pytest.raises(KodingError, match=r"kodinger\.csv.*code") as caught:
        read("source,start,end\nint01,0,5\n")
    assert "source, start, end, code" in caught.value.hint


def test_the_coder_column_may_be_left_out() -> None:
    assert read("source,start,end,code\nint01,0,5,bolig\n").rows[0].coder == ""


def test_a_large_cell_is_read() -> None:
    memo = "lang " * 60_000
    assert read(f"{HEADER},memo\nint01,0,5,bolig,Kari,{memo}x\n").rows[0].memo == f"{memo}x"


CELL = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n"), max_size=20).map(str.strip)
ROWS = st.lists(st.tuples(CELL.filter(bool), st.integers(0, 10**9), st.integers(1, 1000), CELL), max_size=8)


@given(ROWS, st.sampled_from([",", ";", "\t"]))
def test_what_a_spreadsheet_writes_comes_back(rows: list[tuple[str, int, int, str]], delimiter: str) -> None:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=delimiter)
    writer.writerow([*HEADER.split(","), "memo"])
    writer.writerows([name, start, start + length, "bolig", "Kari", memo] for name, start, length, memo in rows)
    table = read(stream.getvalue())
    assert [(row.source, row.start, row.end - row.start, row.memo) for row in table.rows] == rows
    assert table.bad == ()
