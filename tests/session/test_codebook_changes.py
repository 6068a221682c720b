"""Changing a codebook in use: what becomes of codes, of their codings, and what the history says."""

from __future__ import annotations

from pathlib import Path

import pytest

from koding.errors import Conflict, KodingError, UsageFault
from koding.model.codebook_diff import differences
from koding.model.coding import MemoTarget
from koding.readers.codebook_yaml import check_codebook, read_codebook
from koding.readers.codings_csv import read_codings
from koding.session.codebook_changes import CodebookChanges, NewCode, decide, undecided
from koding.session.exchange import CodingsImporter
from koding.session.opening import check_study
from koding.session.reporting import matrix_report
from koding.session.workbench import Workbench
from koding.store.project import Project
from koding.writers.codebook_yaml import codebook_yaml
from tests.studies import TEXTS, code_words, codebook, guid_of


@pytest.fixture
def coded(study: Path) -> Path:
    """Give the small study with three codings of Kari's."""
    bench = Workbench.open(study, "Kari")
    code_words(bench, "samira", "Telefonen ringte aldri", "ensomhet.isolasjon")
    coding = code_words(bench, "samira", "fin", "hverdag.bolig")
    bench.set_memo(MemoTarget.CODING, coding.guid, "Fin, men dyr.")
    code_words(bench, "samira", "dyr", "hverdag.bolig.leie")
    bench.close()
    return study


def change(path: Path, act, reason: str = "because"):
    with Project.open(path) as project:
        found = act(CodebookChanges(project, "Lead", reason))
        assert check_study(project) == []
    return found


def book(path: Path):
    with Project.open(path) as project:
        return project.codebook()


def codes(path: Path) -> list[tuple[str, str]]:
    bench = Workbench.open(path, "Kari")
    source = guid_of(bench, "samira")
    found = [(coding.code, TEXTS["samira"][coding.start : coding.end]) for coding in bench.codings(source)]
    bench.close()
    return found


def test_a_new_code_stands_below_the_code_its_key_begins_with(coded: Path) -> None:
    change(coded, lambda changes: changes.add(NewCode("arbeid.sesong", "Sesong", {"short": "En del av året."})))
    code = book(coded).by_key["arbeid.sesong"]
    assert (code.parent, code.label, code.short, code.offered) == ("arbeid", "Sesong", "En del av året.", True)
    assert [one.key for one in book(coded).children("arbeid")] == [
        "arbeid.relevant",
        "arbeid.inntekt",
        "arbeid.sesong",
    ]


def test_a_new_name_changes_neither_key_nor_codings(coded: Path) -> None:
    before = codes(coded)
    change(coded, lambda changes: changes.rename("hverdag.bolig", "Hjem"))
    assert book(coded).by_key["hverdag.bolig"].label == "Hjem"
    assert codes(coded) == before


def test_a_moved_code_keeps_its_key_and_takes_what_is_below_it_along(coded: Path) -> None:
    before = codes(coded)
    change(coded, lambda changes: changes.move("hverdag.bolig", "arbeid"))
    found = book(coded)
    assert found.family("hverdag.bolig.leie").key == "arbeid"
    assert [code.key for code in found.codes].index("hverdag.bolig") > [code.key for code in found.codes].index(
        "arbeid"
    )
    assert codes(coded) == before
    change(coded, lambda changes: changes.move("hverdag.bolig", None))
    assert book(coded).by_key["hverdag.bolig"].parent is None


def test_merged_codes_give_their_codings_to_the_one_that_takes_their_place(coded: Path) -> None:
    count = change(coded, lambda changes: changes.merge(["hverdag.bolig.leie", "ensomhet.isolasjon"], "hverdag.bolig"))
    assert count == 2
    assert {code for code, _text in codes(coded)} == {"hverdag.bolig"}
    code = book(coded).by_key["hverdag.bolig.leie"]
    assert (code.retired, code.offered, book(coded).heir(code.key).key) == (True, False, "hverdag.bolig")


def test_a_passage_that_has_both_codes_keeps_one_coding_with_both_memos(coded: Path) -> None:
    bench = Workbench.open(coded, "Kari")
    coding = code_words(bench, "samira", "fin", "arbeid")
    bench.set_memo(MemoTarget.CODING, coding.guid, "Og dette.")
    bench.close()
    change(coded, lambda changes: changes.merge(["hverdag.bolig.leie"], "arbeid"))
    with pytest.raises(Conflict, match="codes below"):
        change(coded, lambda changes: changes.merge(["hverdag.bolig"], "arbeid"))
    change(coded, lambda changes: changes.move("hverdag.bolig.leie", "arbeid"))
    change(coded, lambda changes: changes.merge(["hverdag.bolig"], "arbeid"))
    bench = Workbench.open(coded, "Kari")
    (fine,) = [one for one in bench.codings(guid_of(bench, "samira")) if one.start == coding.start]
    bench.close()
    assert (fine.code, fine.memo) == ("arbeid", "Og dette.\n\nFin, men dyr.")


def test_a_split_lists_the_codings_to_decide_and_takes_the_decisions(coded: Path) -> None:
    parts = [NewCode("hverdag.eie", "Eie"), NewCode("hverdag.standard", "Standard")]
    assert change(coded, lambda changes: changes.split("hverdag.bolig", parts)) == 1
    with Project.open(coded) as project:
        (waiting,) = undecided(project)
        assert (waiting.code, waiting.text, waiting.options) == (
            "hverdag.bolig",
            "fin",
            ("hverdag.eie", "hverdag.standard"),
        )
        with pytest.raises(KodingError, match="is no code"):
            decide(project, [(2, waiting.id, "hverdag.bolig")], coder="Lead", where="u.csv")
        assert decide(project, [(2, waiting.id, "hverdag.standard hverdag.eie")], coder="Lead", where="u.csv") == 1
        assert list(undecided(project)) == []
        assert check_study(project) == []
    assert sorted(code for code, text in codes(coded) if text == "fin") == ["hverdag.eie", "hverdag.standard"]


def test_codings_of_a_retired_code_stay_and_count_and_it_is_offered_no_more(coded: Path) -> None:
    assert change(coded, lambda changes: changes.retire("ensomhet.isolasjon")) == 1
    assert ("ensomhet.isolasjon", "Telefonen ringte aldri") in codes(coded)
    with Project.open(coded) as project:
        report = matrix_report(project, ["gruppe"])
    counted = {row.code: row for row in report.matrix.rows}
    assert "ensomhet.isolasjon" in counted
    bench = Workbench.open(coded, "Kari")
    with pytest.raises(KodingError, match="retired"):
        code_words(bench, "samira", "ringte", "ensomhet.isolasjon")
    (standing,) = [one for one in bench.codings(guid_of(bench, "samira")) if one.code == "ensomhet.isolasjon"]
    bench.resize(standing, standing.start, standing.start + 5)
    bench.close()
    change(coded, lambda changes: changes.restore("ensomhet.isolasjon"))
    bench = Workbench.open(coded, "Kari")
    code_words(bench, "samira", "ringte", "ensomhet.isolasjon")
    bench.close()


def test_old_codings_that_are_imported_are_mapped_forward(coded: Path) -> None:
    change(coded, lambda changes: changes.merge(["hverdag.bolig.leie"], "hverdag.bolig"))
    change(coded, lambda changes: changes.retire("ensomhet"))
    start = TEXTS["samira"].index("jobben")
    table = "source,start,end,code,coder\n" + f"samira,{start},{start + 6},%s,Kari\n"
    with Project.open(coded) as project:
        importer = CodingsImporter(project, "")
        assert importer.run(read_codings((table % "hverdag.bolig.leie").encode(), "old.csv")).imported == 1
        (bad,) = importer.run(read_codings((table % "ensomhet").encode(), "old.csv")).bad
    assert "retired" in bad.reason
    assert ("hverdag.bolig", "jobben") in codes(coded)


def test_the_history_says_who_did_what_when_and_why(coded: Path) -> None:
    change(coded, lambda changes: changes.rename("arbeid", "Jobb"), "Kortere")
    change(coded, lambda changes: changes.merge(["arbeid.inntekt"], "arbeid.relevant"), "Aldri alene")
    change(coded, lambda changes: changes.version("2.0"), "")
    found = [(one.action, one.key, one.coder, one.reason, dict(one.detail)) for one in book(coded).history]
    assert found == [
        ("rename", "arbeid", "Lead", "Kortere", {"before": "Arbeid", "after": "Jobb"}),
        ("merge", "arbeid.inntekt", "Lead", "Aldri alene", {"into": "arbeid.relevant"}),
        ("version", "mini", "Lead", "", {"before": "1.0", "after": "2.0"}),
    ]
    assert book(coded).version == "2.0"


def test_a_codebook_with_history_comes_through_its_file(coded: Path) -> None:
    change(coded, lambda changes: changes.move("hverdag.bolig", None))
    change(coded, lambda changes: changes.merge(["arbeid.inntekt"], "arbeid.relevant"))
    change(coded, lambda changes: changes.retire("ensomhet"))
    before = book(coded)
    again = read_codebook(codebook_yaml(before), "again.yaml")
    assert differences(before, again) == []
    assert [code.key for code in again.codes] == [code.key for code in before.codes]
    assert [(one.action, one.key, dict(one.detail)) for one in again.history] == [
        (one.action, one.key, dict(one.detail)) for one in before.history
    ]


def test_faults_in_a_files_history_are_named_with_their_line() -> None:
    text = (
        "codebook: {id: a, title: A}\ncodes:\n  - {key: b, label: B, successor: nope}\n"
        "history:\n  - {at: 2026, coder: Kari, action: burn, key: b}\n  - {coder: Kari, action: move, key: b}\n"
    )
    found = {(problem.line, problem.key) for problem in check_codebook(text.encode(), "a.yaml")}
    assert found == {(3, "b: successor"), (5, "b: action"), (6, "b: at")}


@pytest.mark.parametrize(
    ("act", "error"),
    [
        (lambda changes: changes.add(NewCode("arbeid")), Conflict),
        (lambda changes: changes.add(NewCode("nowhere.code")), UsageFault),
        (lambda changes: changes.add(NewCode("to ord")), UsageFault),
        (lambda changes: changes.add(NewCode("ny", texts={"colour": "red"})), UsageFault),
        (lambda changes: changes.rename("arbied", "Jobb"), UsageFault),
        (lambda changes: changes.rename("arbeid", "Arbeid"), Conflict),
        (lambda changes: changes.rename("arbeid", " "), UsageFault),
        (lambda changes: changes.edit("arbeid", {"short": "Arbeid som grunn."}), Conflict),
        (lambda changes: changes.move("arbeid", "arbeid.relevant"), Conflict),
        (lambda changes: changes.move("arbeid", None), Conflict),
        (lambda changes: changes.merge(["arbeid.relevant"], "hverdag"), Conflict),
        (lambda changes: changes.merge(["ensomhet.isolasjon"], "ensomhet.isolasjon"), Conflict),
        (lambda changes: changes.split("arbeid", [NewCode("en")]), UsageFault),
        (lambda changes: changes.split("arbeid", [NewCode("arbeid"), NewCode("en")]), Conflict),
        (lambda changes: changes.restore("arbeid"), Conflict),
        (lambda changes: changes.version("1.0"), Conflict),
    ],
)
def test_what_cannot_be_done_changes_nothing(coded: Path, act, error: type[KodingError]) -> None:
    before = book(coded)
    with pytest.raises(error):
        change(coded, act)
    assert book(coded) == before == codebook()
