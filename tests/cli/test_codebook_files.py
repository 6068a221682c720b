"""Codebooks in and out of files, from the outside."""

from __future__ import annotations

import json
from pathlib import Path

from tests.studies import CHECKOUT, CODEBOOK


def test_a_codebook_goes_from_a_study_to_a_table_and_back(koding, study: Path, tmp_path: Path) -> None:
    out = tmp_path / "mini.csv"
    ran = koding("codebook", "export", study, out)
    assert (ran.code, ran.out) == (0, "")
    assert ran.err.splitlines()[0] == "A table has no place for: 3 facets. The YAML file keeps them."
    back = tmp_path / "mini.yaml"
    report = tmp_path / "report.json"
    assert koding("codebook", "import", out, back, "--report", report).code == 0
    assert json.loads(report.read_text(encoding="utf-8")) == {
        "outcome": "import",
        "codes": 8,
        "sources": 0,
        "codings": 0,
        "codings_lost": 0,
        "warnings": [],
    }
    shown = [
        json.loads(koding("codebook", "show", book, "--format", "json").out)["codes"] for book in (study, back, out)
    ]
    assert shown[0] == shown[1] == shown[2]
    assert koding("codebook", "check", back).code == koding("codebook", "check", out).code == 0


def test_yaml_out_of_a_study_is_the_codebook_it_was_made_with(koding, study: Path, tmp_path: Path) -> None:
    given, out = tmp_path / "given.yaml", tmp_path / "out.yaml"
    given.write_text(CODEBOOK, encoding="utf-8")
    assert koding("codebook", "export", study, out).code == 0
    shown = [koding("codebook", "show", book, "--format", "json").out for book in (given, out)]
    assert shown[0] == shown[1]


def test_a_study_is_made_with_a_table_whatever_it_is_called(koding, tmp_path: Path) -> None:
    table = tmp_path / "koder.txt"
    table.write_text("tag,description,number of highlights\nhousing,,3\nhousing.rent,,1\n", encoding="utf-8")
    ran = koding("init", tmp_path / "s", "--codebook", table)
    assert ran.code == 0
    assert ran.err.splitlines()[:2] == [
        "1 code was put below another by the dot in its name.",
        "Columns left out: number of highlights.",
    ]
    assert "with 2 codes" in ran.err


def test_an_import_never_writes_over_a_codebook(koding, tmp_path: Path) -> None:
    table, out = tmp_path / "a.csv", tmp_path / "a.yaml"
    table.write_text("key,label\na,A\n", encoding="utf-8")
    out.write_text(CODEBOOK, encoding="utf-8")
    ran = koding("codebook", "import", table, out)
    assert ran.code == 2
    assert "is there already" in ran.err
    assert out.read_text(encoding="utf-8") == CODEBOOK


def test_an_ending_that_says_no_format_is_refused(koding, study: Path, tmp_path: Path) -> None:
    ran = koding("codebook", "export", study, tmp_path / "book.docx")
    assert ran.code == 2
    assert ".csv" in ran.err
    assert not (tmp_path / "book.docx").exists()


def test_a_faulty_table_is_named_with_its_line_and_makes_no_study(koding, tmp_path: Path) -> None:
    table = tmp_path / "a.csv"
    table.write_text("key,label\na.b,B\n", encoding="utf-8")
    for command in (("codebook", "check", table), ("init", tmp_path / "s", "--codebook", table)):
        ran = koding(*command)
        assert ran.code == 1
        assert "a.csv, line 2: a.b: its parent a is missing. Give it a row of its own." in ran.err
    assert not (tmp_path / "s.koding").exists()


def test_a_qdc_comes_into_a_study_and_twice_changes_nothing(koding, tmp_path: Path) -> None:
    qdc, study, report = tmp_path / "bok.qdc", tmp_path / "ny.koding", tmp_path / "report.json"
    source = CHECKOUT / "codebooks" / "flyttegrunner.yaml"
    assert koding("codebook", "export", source, qdc).code == 0
    assert koding("codebook", "import", qdc, study, "--report", report).code == 0
    told = json.loads(report.read_text(encoding="utf-8"))
    codes = json.loads(koding("codebook", "show", study, "--format", "json").out)["codes"]
    assert (told["outcome"], told["codes"], told["sources"], told["codings"]) == ("import", len(codes), 0, 0)
    assert [code["label"] for code in codes] == [
        code["label"] for code in json.loads(koding("codebook", "show", source, "--format", "json").out)["codes"]
    ]
    assert koding("codebook", "import", qdc, study, "--report", report).code == 0
    assert json.loads(report.read_text(encoding="utf-8"))["codes"] == 0
    assert koding("check", study).code == 0


def test_only_a_qdc_comes_into_a_study(koding, tmp_path: Path) -> None:
    told = koding("codebook", "import", CHECKOUT / "codebooks" / "flyttegrunner.yaml", tmp_path / "ny")
    assert (told.code, "koding init" in told.err) == (2, True)
    assert not (tmp_path / "ny.koding").exists()
