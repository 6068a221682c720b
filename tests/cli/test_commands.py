"""Every command from the outside: what it prints where, and the exit code it ends in."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from koding import __version__
from koding.cli.main import koding as root
from tests.studies import CHECKOUT, CODEBOOK, INFORMANTS, TEXTS, json_lines, state_of


def commands(
    group: click.Command = root, path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Give every command with the words that call it."""
    yield path, group
    if isinstance(group, click.Group):
        for name, command in group.commands.items():
            yield from commands(command, (*path, name))


ALL = dict(commands())
LEAVES = [path for path, command in ALL.items() if not isinstance(command, click.Group)]


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """Give a folder with a codebook, transcripts and an informants file."""
    (tmp_path / "mini.yaml").write_text(CODEBOOK, encoding="utf-8")
    (tmp_path / "informants.csv").write_text(INFORMANTS, encoding="utf-8")
    (tmp_path / "texts").mkdir()
    for name, text in TEXTS.items():
        (tmp_path / "texts" / f"{name}.txt").write_text(text, encoding="utf-8")
    return tmp_path


CODINGS = """\
source,start,end,code,coder,status
samira,54,76,ensomhet.isolasjon,Kari,
meeting,40,60,hverdag.bolig,Kari,
meeting,101,120,arbeid,Ola,avvist
essay,0,31,arbeid,,
"""


@pytest.fixture
def coded(study: Path, koding, tmp_path: Path) -> Path:
    """Give a study with codings by two coders."""
    table = tmp_path / "codings.csv"
    table.write_text(CODINGS, encoding="utf-8")
    assert koding("codings", "import", study, table, "--coder", "Kari").code == 0
    return study


def tree(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


@pytest.mark.parametrize("path", list(ALL), ids=lambda path: " ".join(path) or "koding")
@pytest.mark.parametrize("flag", ["--help", "-h"])
def test_every_command_has_help(koding, path: tuple[str, ...], flag: str) -> None:
    ran = koding(*path, flag)
    assert (ran.code, ran.err) == (0, "")
    assert "Usage:" in ran.out
    assert ALL[path].help


@pytest.mark.parametrize("path", LEAVES, ids=" ".join)
def test_every_option_says_what_it_does(path: tuple[str, ...]) -> None:
    for option in ALL[path].params:
        if isinstance(option, click.Option) and "--format" not in option.opts and "--level" not in option.opts:
            assert option.help, option.opts


@pytest.mark.parametrize("path", LEAVES, ids=" ".join)
def test_every_command_is_in_the_docs(path: tuple[str, ...]) -> None:
    pages = [CHECKOUT / "README.md", *(CHECKOUT / "docs").glob("*.md")]
    assert any(f"koding {' '.join(path)}" in page.read_text(encoding="utf-8") for page in pages)


def test_the_version_is_told(koding) -> None:
    ran = koding("--version")
    assert (ran.code, ran.out.split()) == (0, ["koding,", "version", __version__])


def test_from_transcripts_to_matrix(koding, files: Path) -> None:
    study = files / "moving"
    made = koding("init", study, "--codebook", files / "mini.yaml")
    assert (made.code, made.out) == (0, "")
    assert "moving.koding" in made.err
    imported = koding("import", study, files / "texts", "--informants", files / "informants.csv")
    assert (imported.code, imported.out) == (0, "")
    assert imported.err.splitlines()[1:] == [
        "meeting (text): 5 turns, 35 words.",
        "samira (text): 4 turns, 27 words.",
        "Imported 3 sources.",
    ]
    (files / "codings.csv").write_text(CODINGS, encoding="utf-8")
    assert koding("codings", "import", study, files / "codings.csv", "--coder", "Kari").code == 0
    matrix = koding("matrix", study, "--by", "gruppe", "--format", "json")
    rows = {row["code"]: (row["values"], row["total"]) for row in json.loads(matrix.out)["rows"]}
    assert rows["ensomhet"] == ([0, 1, 0], 1)
    assert rows["arbeid"] == ([0, 0, 1], 1)
    sound = koding("check", study)
    assert (sound.code, sound.out) == (0, "")
    assert "is sound" in sound.err


MACHINE = {
    "sources": (["sources"], ["--format", "jsonl"]),
    "turns": (["turns"], ["meeting", "--format", "jsonl"]),
    "log": (["log"], ["--format", "jsonl"]),
    "codebook": (["codebook", "show"], ["--format", "json"]),
    "codings": (["codings", "export"], []),
    **{form: (["matrix"], ["--by", "gruppe", "--format", form]) for form in ("csv", "json", "html", "md")},
}


@pytest.mark.parametrize("name", list(MACHINE))
def test_what_machines_read_stands_alone_on_standard_output(koding, coded: Path, name: str) -> None:
    before, after = MACHINE[name]
    ran = koding(*before, coded, *after)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out
    if name in {"sources", "turns", "log"}:
        assert json_lines(ran.out)
    elif name in {"codebook", "json"}:
        assert json.loads(ran.out)
    elif name in {"codings", "csv"}:
        assert len({len(row) for row in csv.reader(io.StringIO(ran.out))}) == 1
    assert koding(*before, coded, *after).out == ran.out, "the same study gives the same bytes"


def test_turns_tell_who_speaks_from_where_to_where(koding, study: Path) -> None:
    rows = json_lines(koding("turns", study, "meeting", "--format", "jsonl").out)
    assert [list(row) for row in rows] == [
        ["start", "end", "speaker", "informant", "role", "variables", "time", "page", "text"]
    ] * 5
    assert [TEXTS["meeting"][row["start"] : row["end"]] for row in rows] == [row["text"] for row in rows]
    interpreter = next(row for row in rows if row["speaker"] == "Tolk")
    assert (interpreter["informant"], interpreter["role"]) == ("F03", "interpreter")
    assert interpreter["variables"] == {"gruppe": "flyktning", "botid": "2", "bosted": "tettsted"}
    asked = rows[0]
    assert (asked["informant"], asked["role"], asked["variables"]) == (None, "interviewer", {})


def test_the_codebook_is_shown_with_its_indicators(koding, study: Path) -> None:
    codes = {
        code["key"]: code for code in json.loads(koding("codebook", "show", study, "--format", "json").out)["codes"]
    }
    assert codes["arbeid"]["indicators"] == ["jobb"]
    assert (codes["arbeid"]["parent"], codes["arbeid.relevant"]["parent"]) == (None, "arbeid")
    assert [key for key, code in codes.items() if not code["codable"]] == ["hverdag"]


def test_a_study_and_its_codebook_file_show_the_same(koding, study: Path, files: Path) -> None:
    of_study = koding("codebook", "show", study, "--format", "json").out
    assert koding("codebook", "show", files / "mini.yaml", "--format", "json").out == of_study


def test_a_codebook_is_checked_with_lines_keys_and_remedies(koding, files: Path) -> None:
    good = koding("codebook", "check", files / "mini.yaml")
    assert (good.code, good.out) == (0, "")
    assert "8 codes in 3 families" in good.err
    (files / "bad.yaml").write_text(CODEBOOK.replace("arbeid.inntekt", "inntekt"), encoding="utf-8")
    bad = koding("codebook", "check", files / "bad.yaml")
    line = next(n for n, text in enumerate(CODEBOOK.splitlines(), start=1) if "arbeid.inntekt" in text)
    assert (bad.code, bad.out) == (1, "")
    assert f"bad.yaml line {line}:" in bad.err
    assert "Call it arbeid.inntekt." in bad.err
    made = koding("init", files / "s", "--codebook", files / "bad.yaml")
    assert made.code == 1
    assert not (files / "s.koding").exists()


@pytest.mark.parametrize("form", ["csv", "xlsx", "html", "md", "json", "txt"])
def test_a_matrix_goes_to_a_file_in_the_form_its_ending_names(koding, coded: Path, tmp_path: Path, form: str) -> None:
    file = tmp_path / f"matrix.{form}"
    extra = ["--format", "table"] if form == "txt" else []
    ran = koding("matrix", coded, "--by", "gruppe", "-o", file, *extra)
    assert (ran.code, ran.out) == (0, "")
    assert str(file) in ran.err
    content = file.read_bytes()
    assert b"Minikodebok" in content or b"Ensomhet" in content or content.startswith(b"PK")
    koding("matrix", coded, "--by", "gruppe", "-o", file, *extra)
    assert file.read_bytes() == content


def test_a_table_holds_the_numbers_and_the_note_stands_apart(koding, coded: Path) -> None:
    ran = koding("matrix", coded, "--by", "gruppe", "--level", "family")
    lines = [line.split() for line in ran.out.splitlines()]
    assert ["Ensomhet", "0", "1", "0", "1"] in lines
    assert not any("Relevant" in line for line in lines)
    assert "No tests of significance" in ran.err


def test_the_norwegian_dialect_opens_in_norwegian_excel(koding, coded: Path) -> None:
    ran = koding("matrix", coded, "--by", "gruppe", "--measure", "rate", "--format", "csv", "--dialect", "norwegian")
    assert ran.out.startswith("\ufeffcode;label;level;ansatt;flyktning;skribent;total")
    assert ",0000" in ran.out


def test_filters_and_small_cells_are_asked_for_by_flags(koding, coded: Path) -> None:
    def total(code: str, *flags: str) -> object:
        out = koding("matrix", coded, "--by", "gruppe", "--format", "json", *flags).out
        return next(row["total"] for row in json.loads(out)["rows"] if row["code"] == code)

    assert total("arbeid") == 1
    assert total("arbeid", "--facet", "status=avvist") == 1
    assert total("arbeid", "--facet", "status=avvist,planlagt", "--coder", "Kari") == 0
    assert total("arbeid", "--facet", "stemme=tilskrevet", "--facet", "status=avvist") == 1
    assert total("arbeid", "--min-cell", "5") is None


def test_the_journal_is_read_and_a_change_taken_back_and_brought_again(koding, coded: Path) -> None:
    from koding.session.workbench import Workbench

    bench = Workbench.open(coded, "Kari")
    source = bench.sources()[0].guid
    coding = bench.code(source, 0, 4, "arbeid")
    bench.close()
    undone = koding("undo", coded, "--coder", "Kari")
    assert (undone.code, undone.out) == (0, "")
    assert "coding with Arbeid: «" in undone.err
    assert coding.guid not in state_of(coded)["coding"]
    assert koding("undo", coded, "--coder", "Kari", "--redo").code == 0
    assert coding.guid in state_of(coded)["coding"]
    events = json_lines(koding("log", coded, "--last", "3", "--format", "jsonl").out)
    assert [(event["action"], event["kind"]) for event in events] == [
        ("code", "do"),
        ("code", "undo"),
        ("code", "redo"),
    ]
    assert events[1]["target"] == events[2]["target"] == events[0]["id"]
    assert "redid: code" in koding("log", coded).out
    nothing = koding("undo", coded, "--coder", "Ola")
    assert (nothing.code, nothing.out) == (1, "")
    assert "nothing to undo" in nothing.err


def test_bad_rows_are_told_by_line_and_keep_the_rest_out(koding, study: Path, tmp_path: Path) -> None:
    table = tmp_path / "bad.csv"
    table.write_text(CODINGS + "samira,0,5,fritid,Kari,\n", encoding="utf-8")
    ran = koding("codings", "import", study, table, "--coder", "Kari")
    assert (ran.code, ran.out) == (1, "")
    assert "bad.csv line 6: the codebook has no code fritid" in ran.err
    assert state_of(study)["coding"] == {}
    ran = koding("codings", "import", study, table, "--coder", "Kari", "--skip-bad")
    assert ran.code == 0
    assert "Imported 4 codings." in ran.err


def test_of_very_many_bad_rows_the_first_are_told_and_the_rest_counted(koding, study: Path, tmp_path: Path) -> None:
    table = tmp_path / "bad.csv"
    table.write_text(CODINGS + "samira,0,5,fritid,Kari,\n" * 1000, encoding="utf-8")
    ran = koding("codings", "import", study, table, "--coder", "Kari")
    assert ran.code == 1
    assert ran.err.count("the codebook has no code fritid") == 30
    assert "970 more bad rows\nNothing was imported: 1000 bad rows." in ran.err


def test_codings_go_out_and_come_in_again_the_same(koding, coded: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    assert koding("codings", "export", coded, "-o", out).out == ""
    again = koding("codings", "import", coded, out)
    assert again.err == "Imported 0 codings.\n4 were in the study already.\n"
    assert koding("codings", "export", coded).out == out.read_text(encoding="utf-8")
    assert len(koding("codings", "export", coded, "--coder", "Ola").out.splitlines()) == 2


def test_a_bad_file_keeps_the_others_out_unless_it_is_skipped(koding, study: Path, files: Path) -> None:
    (files / "texts" / "new.txt").write_text("R: Hei.\nI: Hei?\nR: Ja.\n", encoding="utf-8")
    (files / "texts" / "void.txt").write_bytes(b"")
    ran = koding("import", study, files / "texts")
    assert (ran.code, ran.out) == (1, "")
    assert "void.txt was left out" in ran.err
    assert len(state_of(study)["source"]) == 3
    ran = koding("import", study, files / "texts", "--skip-bad")
    assert ran.code == 0
    assert "Guessed: «R» informant, «I» interviewer." in ran.err
    assert len(state_of(study)["source"]) == 4


def test_a_changed_transcript_is_refused_until_it_is_to_be_carried_over(koding, coded: Path, files: Path) -> None:
    file = files / "texts" / "samira.txt"
    file.write_text(TEXTS["samira"].replace("Hvorfor", "Men hvorfor"), encoding="utf-8")
    refused = koding("import", coded, file)
    assert refused.code == 1
    assert "of 1 coding 1 would move" in refused.err
    taken = koding("import", coded, file, "--reanchor", "--informants", files / "informants.csv")
    assert taken.code == 0
    assert "samira: 1 coding carried over, 0 not." in taken.err


@pytest.mark.parametrize("name", ["informants.csv", "codings.csv"])
def test_a_table_that_is_not_utf8_is_said(koding, study: Path, tmp_path: Path, name: str) -> None:
    table = tmp_path / name
    if name == "informants.csv":
        table.write_bytes("source,speaker,informant,role,bosted\nsamira,Samira,F01,informant,Røros\n".encode("cp1252"))
        ran = koding("import", study, "--informants", table)
    else:
        table.write_bytes("source,start,end,code,coder,memo\nsamira,0,5,arbeid,Kari,Så\n".encode("cp1252"))
        ran = koding("codings", "import", study, table)
    assert ran.code == 0
    assert "Windows-1252" in ran.err


CALLED_WRONGLY = {
    "no such command": ["kode"],
    "no such flag": ["sources", "{study}", "--fast"],
    "no study named": ["sources"],
    "no columns named": ["matrix", "{study}"],
    "only commas": ["matrix", "{study}", "--by", ","],
    "unknown variable": ["matrix", "{study}", "--by", "grupe"],
    "unknown measure": ["matrix", "{study}", "--by", "gruppe", "--measure", "people"],
    "unknown coder": ["matrix", "{study}", "--by", "gruppe", "--coder", "Nobody"],
    "unknown coder to export": ["codings", "export", "{study}", "--coder", "Nobody"],
    "unknown coder to undo": ["undo", "{study}", "--coder", "Nobody"],
    "facet without value": ["matrix", "{study}", "--by", "gruppe", "--facet", "status"],
    "unknown ending": ["matrix", "{study}", "--by", "gruppe", "-o", "{folder}/matrix.pdf"],
    "unknown source": ["turns", "{study}", "samirah"],
    "nothing to import": ["import", "{study}"],
    "file to import not there": ["import", "{study}", "{folder}/nowhere.txt"],
    "no terminal to code in": ["code", "{study}", "--coder", "Kari"],
    "no last event": ["log", "{study}", "--last", "0"],
}
FAILED = {
    "no such study": ["sources", "{folder}/nothing.koding"],
    "not a study": ["matrix", "{folder}/notes.koding", "--by", "gruppe"],
    "a folder": ["check", "{folder}"],
    "study is there already": ["init", "{study}", "--codebook", "{folder}/mini.yaml"],
    "codebook not there": ["init", "{folder}/new.koding", "--codebook", "{folder}/nothing.yaml"],
    "informants not there": ["import", "{study}", "--informants", "{folder}/nothing.csv"],
    "not an informants file": ["import", "{study}", "--informants", "{folder}/mini.yaml"],
    "no folder to write to": ["matrix", "{study}", "--by", "gruppe", "-o", "{folder}/nowhere/matrix.csv"],
    "not a table of codings": ["codings", "import", "{study}", "{folder}/mini.yaml"],
}


@pytest.mark.parametrize(
    ("arguments", "code"),
    [*((arguments, 2) for arguments in CALLED_WRONGLY.values()), *((arguments, 1) for arguments in FAILED.values())],
    ids=[*CALLED_WRONGLY, *FAILED],
)
def test_a_fault_is_told_on_standard_error_and_changes_nothing(
    koding, study: Path, files: Path, arguments: list[str], code: int
) -> None:
    (files / "notes.koding").write_text("not a study", encoding="utf-8")
    before = tree(files)
    ran = koding(*(argument.format(study=study, folder=files) for argument in arguments))
    assert (ran.code, ran.out) == (code, ""), ran.err
    assert "Error" in ran.err
    assert "Traceback" not in ran.err
    assert "inside koding" not in ran.err
    assert len(ran.err.splitlines()) <= 4
    assert tree(files) == before


def test_a_damaged_study_fails_its_check(koding, coded: Path) -> None:
    import sqlite3

    connection = sqlite3.connect(coded)
    connection.execute("UPDATE coding SET start = start + 1")
    connection.commit()
    connection.close()
    ran = koding("check", coded)
    assert (ran.code, ran.out) == (1, "")
    assert "does not hold together: 4 findings" in ran.err


def test_a_fault_inside_koding_is_one_line_and_a_traceback_only_on_request(
    koding, study: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_project: object) -> list[object]:
        raise ZeroDivisionError("nobody thought of this")

    monkeypatch.setattr("koding.session.opening.source_summaries", broken)
    ran = koding("sources", study)
    assert ran.code == 1
    assert "ZeroDivisionError: nobody thought of this" in ran.err
    assert "Traceback" not in ran.err
    monkeypatch.setenv("KODING_DEBUG", "1")
    assert "Traceback" in koding("sources", study).err


def test_a_study_may_be_named_without_its_ending(koding, study: Path) -> None:
    assert koding("sources", study.with_suffix("")).code == 0


def test_the_person_in_the_journal_is_who_the_machine_says(
    koding, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KODING_CODER", "Åse")
    koding("init", files / "s", "--codebook", files / "mini.yaml")
    (event,) = json_lines(koding("log", files / "s", "--format", "jsonl").out)
    assert (event["coder"], event["action"]) == ("Åse", "init")


def test_memos_are_exported_in_the_form_that_was_asked_for(koding, coded: Path, tmp_path: Path) -> None:
    from koding.model.coding import MemoTarget
    from koding.session.workbench import Workbench

    bench = Workbench.open(coded, "Kari")
    bench.set_memo(MemoTarget.SOURCE, bench.outline()[0].guid, "God start")
    bench.close()
    plain = koding("memos", "export", coded)
    assert [row["text"] for row in csv.DictReader(io.StringIO(plain.out))] == ["God start"]
    target = tmp_path / "memos.json"
    assert koding("memos", "export", coded, "-o", target).out == ""
    assert json.loads(target.read_text(encoding="utf-8"))[0]["target"] == "samira"
    assert json.loads(koding("memos", "export", coded, "--format", "json").out)[0]["coder"] == "Kari"
    assert koding("memos", "export", coded, "--coder", "Nobody").code == 2
    assert "source samira" in koding("log", coded).out


def test_an_informants_file_alone_says_what_it_told(koding, study: Path, files: Path) -> None:
    known = koding("import", study, "--informants", files / "informants.csv")
    assert (known.code, known.out) == (0, "")
    assert known.err == ("Read 5 informants, 3 variables, 8 speakers in 3 sources. The study knew it all already.\n")
    (files / "informants.csv").write_text(INFORMANTS.replace(",by\nmeeting", ",land\nmeeting"), encoding="utf-8")
    new = koding("import", study, "--informants", files / "informants.csv")
    assert new.err == "Read 5 informants, 3 variables, 8 speakers in 3 sources.\n"


def test_guessed_speakers_are_told_one_line_a_file_and_each_by_itself_on_request(
    koding, study: Path, tmp_path: Path
) -> None:
    (tmp_path / "ny.txt").write_text("R: Hei.\nI: Hei?\nR: Ja.\n", encoding="utf-8")
    short = koding("import", study, tmp_path / "ny.txt").err
    assert [line for line in short.splitlines() if "R" in line] == [
        "ny (text): 3 turns, 3 words. Guessed: «R» informant, «I» interviewer."
    ]
    koding("undo", study)
    long = koding("import", study, tmp_path / "ny.txt", "-v").err
    assert "ny: «R» is guessed to be informant (ny/R)" in long.splitlines()
    assert "ny: «I» is guessed to be interviewer" in long.splitlines()


@pytest.mark.parametrize("by", [[], ["--by", " , "]])
def test_a_matrix_of_nothing_names_what_there_is(koding, study: Path, by: list[str]) -> None:
    ran = koding("matrix", study, *by)
    assert (ran.code, ran.out) == (2, "")
    assert "The study has the variables gruppe, botid, bosted and the facets retning, stemme, status." in ran.err
