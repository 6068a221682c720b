"""Codings in from a table and out to one: what goes out comes back the same, and a bad row lets nothing in."""

from __future__ import annotations

import csv
import io
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from koding.errors import KodingError
from koding.model.coding import MemoTarget, Origin
from koding.readers.codings_csv import read_codings
from koding.session.exchange import CodingsImporter, CodingsReport, exported
from koding.session.opening import check_study
from koding.session.workbench import Workbench
from koding.store.project import Project
from koding.writers.codings_csv import codings_csv
from tests.studies import TEXTS, bring_in, code_words, codebook, copied, guid_of, new_study, state_of

FACETS = [facet.key for facet in codebook().facets]
HEADER = "source,start,end,code,coder,retning,status,memo\n"


def taken_in(path: Path, table: str, *, coder: str = "", skip_bad: bool = False) -> CodingsReport:
    with Project.open(path) as project:
        return CodingsImporter(project, coder).run(read_codings(table.encode(), "codings.csv"), skip_bad=skip_bad)


def taken_out(path: Path) -> str:
    with Project.open(path) as project:
        return codings_csv([(row.source, row.coding, row.text) for row in exported(project)], FACETS)


def rows_of(table: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(table, newline="")))


# Without control characters, which no text field of a screen lets through; the first letters are the dangerous ones.
NASTY = st.text(
    st.one_of(
        st.sampled_from("=+-@'\"\t\n,; |«»æøåÅ🙂\u00a0\u2028é"),
        st.characters(exclude_categories=["Cs", "Cc", "Cn", "Co"]),
    ),
    max_size=25,
)


#: Names that a coder may have.
NAMES = st.text(
    st.one_of(
        st.sampled_from("=+-@'\",; |«»æøåÅ🙂\u00a0é"),
        st.characters(exclude_categories=["Cs", "Cc", "Cf", "Cn", "Co", "Zl", "Zp"]),
    ),
    max_size=25,
)


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    text=NASTY.filter(str.strip),
    memos=st.lists(NASTY, min_size=1, max_size=4),
    coder=NAMES.map(str.split).map(" ".join).filter(bool),
    data=st.data(),
)
def test_what_goes_out_comes_back_the_same(
    template: Path, text: str, memos: list[str], coder: str, data: st.DataObject
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        original, copy = copied(template, Path(folder)), Path(folder) / "copy.koding"
        texts = {"nasty": "Skribent skriver. " + text + " Slutt."}
        bring_in(original, texts)
        bring_in(new_study(copy), {**TEXTS, **texts})
        bench = Workbench.open(original, coder)
        source = guid_of(bench, "nasty")
        stored = bench.transcript(source).text
        for number, memo in enumerate(memos):
            start = data.draw(st.integers(0, len(stored) - 1))
            end = data.draw(st.integers(start + 1, len(stored)))
            coding = bench.code(source, start, end, codebook().codes[number].key, {"retning": "til"} if number else {})
            bench.set_memo(MemoTarget.CODING, coding.guid, memo)
        bench.close()
        table = taken_out(original)
        report = taken_in(copy, table)
        assert (report.bad, report.imported) == ([], len(memos))
        assert taken_out(copy) == table
        bench = Workbench.open(copy, coder)
        assert {coding.memo for coding in bench.codings(source)} == set(memos)
        bench.close()
        with Project.open(copy) as project:
            assert check_study(project) == []


def test_a_row_says_source_span_code_coder_facets_memo_and_text(study: Path) -> None:
    bench = Workbench.open(study, "Kari")
    coding = code_words(bench, "samira", "fin 🙂, men dyr", "hverdag.bolig", retning="fra")
    bench.set_memo(MemoTarget.CODING, coding.guid, "=SUM(A1)")
    bench.close()
    assert rows_of(taken_out(study)) == [
        {
            "source": "samira",
            "start": str(coding.start),
            "end": str(coding.end),
            "code": "hverdag.bolig",
            "coder": "Kari",
            "retning": "fra",
            "stemme": "",
            "status": "",
            "memo": "'=SUM(A1)",
            "text": "fin 🙂, men dyr",
        }
    ]
    assert TEXTS["samira"][coding.start : coding.end] == "fin 🙂, men dyr"


@pytest.mark.parametrize("memo", ["=1+1", "'=1+1", "-ja", "@Ola", " se også ", "to\nlinjer", '"sitat", sa hun', "; 🙂"])
def test_a_memo_comes_back_as_it_was_written(study: Path, tmp_path: Path, memo: str) -> None:
    bench = Workbench.open(study, "Kari")
    coding = code_words(bench, "samira", "dyr", "hverdag.bolig")
    bench.set_memo(MemoTarget.CODING, coding.guid, memo)
    bench.close()
    copy = new_study(tmp_path / "copy.koding")
    bring_in(copy, TEXTS)
    taken_in(copy, taken_out(study))
    assert [row["text"] for row in state_of(copy)["memo"].values()] == [memo]


def test_no_exported_cell_starts_a_formula(study: Path) -> None:
    bring_in(study, {"=cmd": "+47 22 22 22 22 er nummeret. -ikke nå, @meg =1+1"})
    bench = Workbench.open(study, "@Kari")
    for words in ("+47", "-ikke", "@meg", "=1+1"):
        coding = code_words(bench, "=cmd", words, "arbeid")
        bench.set_memo(MemoTarget.CODING, coding.guid, words)
    bench.close()
    table = taken_out(study)
    cells = [cell for row in rows_of(table) for cell in row.values()]
    assert len(cells) == 40
    assert not [cell for cell in cells if cell[:1] in set("=+-@\t\r") and cell]


def test_importing_the_same_table_again_changes_nothing(study: Path) -> None:
    table = HEADER + "samira,0,5,arbeid,Kari,fra,,Et memo\nmeeting,3,9,ensomhet,Ola,,avvist,\n"
    assert taken_in(study, table).imported == 2
    before = state_of(study)
    with Project.open(study) as project:
        events = project.connection.execute("SELECT count(*) FROM change").fetchone()
    report = taken_in(study, table)
    assert (report.imported, report.standing) == (0, 2)
    assert state_of(study) == before
    with Project.open(study) as project:
        assert project.connection.execute("SELECT count(*) FROM change").fetchone() == events


def test_an_imported_coding_that_was_edited_is_not_taken_in_again(study: Path) -> None:
    table = HEADER + "samira,0,5,arbeid,Kari,,,\n"
    taken_in(study, table)
    bench = Workbench.open(study, "Kari")
    (coding,) = bench.codings(guid_of(bench, "samira"))
    assert coding.origin is Origin.IMPORTED
    bench.resize(coding, 0, 9)
    bench.close()
    assert taken_in(study, table).imported == 0


def test_the_same_row_in_two_studies_is_the_same_coding(study: Path, tmp_path: Path) -> None:
    other = new_study(tmp_path / "other.koding")
    bring_in(other, TEXTS)
    table = HEADER + "samira,0,5,arbeid,Kari,,,memo\n"
    taken_in(study, table)
    taken_in(other, table)
    for entity in ("coding", "memo", "coder"):
        kari = state_of(other)[entity].keys()
        assert kari
        assert kari <= state_of(study)[entity].keys()


def test_a_row_repeated_in_a_table_is_one_coding(study: Path) -> None:
    report = taken_in(study, HEADER + "samira,0,5,arbeid,Kari,,,\n" * 3)
    assert (report.imported, report.repeated, report.standing) == (1, 2, 0)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("nobody,0,5,arbeid,Kari,,,", "no source is called nobody"),
        ("samira,0,5,fritid,Kari,,,", "no code fritid"),
        ("samira,0,5,hverdag,Kari,,,", "hverdag is a folder"),
        ("samira,0,5,arbeid,,,,", "no coder is named"),
        ("samira,5,5,arbeid,Kari,,,", "is not after start"),
        ("samira,0,5000,arbeid,Kari,,,", "not within the text"),
        ("samira,-1,5,arbeid,Kari,,,", "no position in a text"),
        ("samira,0,5,arbeid,Kari,bort,,", "bort is no value"),
        ("samira,0,5,arbeid,Kari,,,,,too,many", "cells for"),
    ],
)
def test_a_bad_row_is_told_with_its_line_and_nothing_is_written(study: Path, row: str, reason: str) -> None:
    before = state_of(study)
    table = HEADER + f'samira,0,5,arbeid,Kari,fra,,"et memo\npå to linjer"\n{row}\nsamira,2,9,ensomhet,Kari,,,\n'
    report = taken_in(study, table)
    assert [(bad.line, reason in bad.reason) for bad in report.bad] == [(4, True)], report.bad
    assert report.imported == 0
    assert state_of(study) == before
    assert taken_in(study, table, skip_bad=True).imported == 2
    assert len(state_of(study)["coding"]) == 2


def test_all_bad_rows_are_told_in_the_order_of_their_lines(study: Path) -> None:
    report = taken_in(
        study, HEADER + "samira,x,5,arbeid,Kari,,,\nnobody,0,5,arbeid,Kari,,,\nsamira,9,5,arbeid,Kari,,,\n"
    )
    assert [bad.line for bad in report.bad] == [2, 3, 4]


def test_a_text_that_is_not_the_sources_is_refused_and_the_right_one_shown(study: Path) -> None:
    report = taken_in(study, "source,start,end,code,coder,text\nmeeting,0,9,arbeid,Kari,Ordstyrer\n")
    assert "«Møteleder»" in report.bad[0].reason
    report = taken_in(study, "source,start,end,code,coder,text\nmeeting,0,9,arbeid,Kari,Møteleder\n")
    assert report.bad == []


def test_white_space_around_a_quoted_text_does_not_matter(study: Path) -> None:
    start = TEXTS["meeting"].index(" Takk.")
    table = f"source,start,end,code,coder,text\nmeeting,{start},{start + 6},arbeid,Kari,{{}}\n"
    for text in (" Takk.", "Takk."):
        assert taken_in(study, table.format(text)).bad == []


def test_a_coder_for_rows_that_name_none_does_not_touch_those_that_do(study: Path) -> None:
    taken_in(study, HEADER + "samira,0,5,arbeid,,,,\nsamira,2,9,arbeid,Ola,,,\n", coder="Kari")
    assert [row["coder"] for row in rows_of(taken_out(study))] == ["Kari", "Ola"]


def test_a_column_that_is_no_facet_of_the_codebook_is_refused_by_name(study: Path) -> None:
    with pytest.raises(KodingError, match="stemning") as refused:
        taken_in(study, "source,start,end,code,coder,stemning\nsamira,0,5,arbeid,Kari,glad\n")
    assert "retning, stemme, status" in refused.value.hint


def test_one_coders_codings_can_go_out_alone(study: Path) -> None:
    taken_in(study, HEADER + "samira,0,5,arbeid,Kari,,,\nsamira,2,9,arbeid,Ola,,,\n")
    with Project.open(study) as project:
        assert [row.coding.coder for row in exported(project, "Ola")] == ["Ola"]


def test_rows_go_out_by_source_place_code_and_coder_whatever_order_they_came_in(study: Path) -> None:
    rows = [
        "samira,0,5,arbeid,Kari,,,",
        "samira,0,5,arbeid,Ola,,,",
        "samira,0,5,ensomhet,Kari,,,",
        "samira,3,4,arbeid,Kari,,,",
        "meeting,0,5,arbeid,Kari,,,",
    ]
    for row in reversed(rows):
        taken_in(study, HEADER + row + "\n")
    told = [f"{r['source']},{r['start']},{r['end']},{r['code']},{r['coder']},,," for r in rows_of(taken_out(study))]
    assert told == rows
    assert taken_out(study) == taken_out(study)


def test_a_value_that_a_facet_does_not_have_is_told_with_those_it_has(study: Path) -> None:
    report = taken_in(study, HEADER + "essay,0,4,arbeid,Kari,nope,nei,\n")
    assert [bad.reason for bad in report.bad] == [
        "nope is no value of retning (it has fra, til); nei is no value of status (it has planlagt, avvist)"
    ]


def test_the_same_coding_twice_in_a_table_is_one_or_a_fault(study: Path) -> None:
    row = "essay,0,4,arbeid,Kari,fra,,Memo.\n"
    report = taken_in(study, HEADER + row + row)
    assert (report.imported, report.repeated, report.standing, report.bad) == (1, 1, 0, [])
    report = taken_in(study, HEADER + row + row.replace("fra", "til"), skip_bad=True)
    assert [(bad.line, bad.reason) for bad in report.bad] == [
        (3, "the coding stands on line 2 already, with other facets or memo")
    ]
    assert (report.imported, report.repeated, report.standing) == (0, 0, 1)
