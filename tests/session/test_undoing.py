"""Taking back any change of a study, imports too, and bringing it again: by `koding undo` and `koding redo`."""

from __future__ import annotations

import csv
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from koding.errors import Conflict, UsageFault
from koding.model.coding import MemoTarget
from koding.readers.codings_csv import read_codings
from koding.session import undoing
from koding.session.exchange import CodingsImporter
from koding.session.opening import check_study
from koding.session.reanchoring import write_lost
from koding.session.workbench import Workbench
from koding.store.entities import ENTITIES
from koding.store.project import Project
from tests.studies import INFORMANTS, TEXTS, bring_in, code_words, copied, guid_of, json_lines, state_of

ROWS = "source,start,end,code,coder,memo\nessay,0,4,arbeid,Ola,Første.\nessay,5,12,ensomhet,Ola,\n"


def import_rows(path: Path, rows: str = ROWS) -> int:
    with Project.open(path) as project:
        return CodingsImporter(project, "").run(read_codings(rows.encode(), "rows.csv")).imported


def undo(path: Path, coder: str | None = None) -> undoing.Reverted:
    with Project.open(path) as project:
        return undoing.undo(project, actor="tester", coder=coder)


def redo(path: Path, coder: str | None = None) -> undoing.Reverted:
    with Project.open(path) as project:
        return undoing.redo(project, actor="tester", coder=coder)


def sound(path: Path) -> bool:
    with Project.open(path) as project:
        return check_study(project) == []


def state_but_coders(path: Path) -> dict[str, object]:
    """Give the state without the coders' names, which stay once they are known."""
    return {entity: rows for entity, rows in state_of(path).items() if entity != "coder"}


def test_an_import_of_codings_is_taken_back_and_brought_again(study: Path) -> None:
    before = state_but_coders(study)
    assert import_rows(study) == 2
    after = state_of(study)
    undone = undo(study)
    assert (undone.event.action, undone.codings()) == ("import codings", (0, 2))
    assert state_but_coders(study) == before
    assert redo(study).codings() == (2, 0)
    assert state_of(study) == after
    assert sound(study)


def test_codings_lost_by_a_new_text_come_back_with_the_old_one(study: Path) -> None:
    bench = Workbench.open(study, "Kari")
    lost = code_words(bench, "samira", "Telefonen ringte aldri", "ensomhet", retning="fra")
    bench.set_memo(MemoTarget.CODING, lost.guid, "Stille.")
    kept = code_words(bench, "samira", "dyr", "arbeid")
    bench.close()
    before = state_of(study)
    bring_in(study, {"samira": "Nytt.\n" + TEXTS["samira"].replace("ringte", "kimte")}, INFORMANTS, carry_over=True)
    assert lost.guid not in state_of(study)["coding"]
    assert undo(study).codings() == (1, 0)
    assert state_of(study) == before
    assert state_of(study)["coding"][kept.guid]["start"] == kept.start
    assert sound(study)
    redo(study)
    assert sound(study)
    undo(study)
    bench = Workbench.open(study, "Kari")
    bench.undo()
    assert bench.codings(guid_of(bench, "samira")) != []
    bench.close()


def test_a_coders_own_undo_goes_on_once_the_old_text_is_back(study: Path) -> None:
    bench = Workbench.open(study, "Kari")
    coding = code_words(bench, "samira", "dyr", "arbeid")
    bring_in(study, {"samira": "Nytt.\n" + TEXTS["samira"]}, carry_over=True)
    with pytest.raises(Conflict, match="replaced"):
        bench.undo()
    undo(study)
    assert bench.undo().text.startswith("coding with Arbeid")
    bench.redo()
    assert [standing.guid for standing in bench.codings(coding.source)] == [coding.guid]
    bench.close()


def test_a_new_text_is_not_taken_from_under_what_was_coded_in_it(study: Path) -> None:
    bring_in(study, {"samira": "Nytt.\n" + TEXTS["samira"]}, carry_over=True)
    bench = Workbench.open(study, "Kari")
    code_words(bench, "samira", "Nytt", "arbeid")
    before = state_of(study)
    with pytest.raises(Conflict, match="coded in its new text"):
        undo(study, "tester")
    assert state_of(study) == before
    bench.undo()
    undo(study, "tester")
    assert sound(study)
    bench.close()


def test_what_was_made_and_taken_back_in_the_new_text_is_no_hindrance(study: Path) -> None:
    bench = Workbench.open(study, "Kari")
    coding = code_words(bench, "samira", "dyr", "arbeid")
    bring_in(study, {"samira": TEXTS["samira"] + "\nTakk.\n"}, carry_over=True)
    bench.transcript(coding.source)
    bench.set_facets(coding, {"retning": "fra"})
    bench.undo()
    bench.close()
    undo(study, "tester")
    assert state_of(study)["coding"][coding.guid]["start"] == coding.start
    assert sound(study)


def test_transcripts_that_others_have_coded_stay(study: Path) -> None:
    bring_in(study, {"ny": "R: Hei.\nI: Hei?\nR: Ja.\n"})
    bench = Workbench.open(study, "Kari")
    code_words(bench, "ny", "Ja", "arbeid")
    before = state_of(study)
    with pytest.raises(Conflict, match="later changes build on it"):
        undo(study, "tester")
    assert state_of(study) == before
    bench.undo()
    bench.set_bookmark(guid_of(bench, "ny"), 3)
    bench.close()
    undo(study, "tester")
    assert "ny" not in {row["name"] for row in state_of(study)["source"].values()}
    redo(study, "tester")
    assert "ny" in {row["name"] for row in state_of(study)["source"].values()}
    assert sound(study)


def test_no_memo_is_left_without_what_it_is_about(study: Path) -> None:
    bring_in(study, {"ny": "R: Hei.\nI: Hei?\nR: Ja.\n"})
    import_rows(study)
    bench = Workbench.open(study, "Kari")
    bench.set_memo(MemoTarget.SOURCE, guid_of(bench, "ny"), "Kort.")
    bench.set_memo(MemoTarget.CODING, bench.others(guid_of(bench, "essay"))[0].guid, "Enig.")
    with pytest.raises(Conflict, match="memo"):
        undo(study, "Ola")
    with pytest.raises(Conflict, match="memo"):
        undo(study, "tester")
    bench.close()


def test_whoever_takes_it_back_the_journal_says_so_and_its_coder_can_bring_it_again(study: Path) -> None:
    bench = Workbench.open(study, "Kari")
    coding = code_words(bench, "samira", "dyr", "arbeid")
    undone = undo(study)
    assert undone.event.coder == "Kari"
    assert bench.redo().sources == {coding.source}
    bench.close()


def test_the_beginnings_are_never_taken_back(study: Path) -> None:
    Workbench.open(study, "Kari").close()
    undo(study)
    with pytest.raises(Conflict, match="nothing to undo"):
        undo(study)
    assert sound(study)
    with Project.open(study) as project, pytest.raises(UsageFault, match="Nobody"):
        undoing.require_actor(project, "Nobody")


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("code"), st.integers(0, 60), st.integers(1, 8)),
        st.tuples(st.just("import"), st.integers(0, 60), st.integers(1, 8)),
        st.tuples(st.just("text"), st.integers(0, 60), st.integers(0, 8)),
        st.tuples(st.just("remove"), st.integers(0, 3), st.just(0)),
        st.tuples(st.sampled_from(["undo", "redo"]), st.just(0), st.just(0)),
    ),
    min_size=2,
    max_size=8,
)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=STEPS)
def test_all_of_it_can_be_taken_back_and_brought_again_whatever_was_done(
    template: Path, steps: list[tuple[str, int, int]]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = copied(template, Path(folder))
        Workbench.open(path, "Kari").close()
        first = state_but_coders(path)
        for step in steps:
            take(path, *step)
        last = state_of(path)
        undone = 0
        with Project.open(path) as project:
            while undoable(project):
                undone += 1
            assert check_study(project) == []
        without_first_import = {"study", "codebook", "code", "coding", "memo", "decision"}
        assert {entity: state_of(path)[entity] for entity in without_first_import} == {
            entity: first[entity] for entity in without_first_import
        }
        with Project.open(path) as project:
            for _time in range(undone):
                undoing.redo(project, actor="tester")
            assert check_study(project) == []
        assert state_of(path) == last
        assert set(last) == set(ENTITIES)


def undoable(project: Project) -> bool:
    try:
        undoing.undo(project, actor="tester")
    except Conflict as nothing:
        assert "nothing to undo" in nothing.message  # noqa: PT017 - the one refusal that ends the loop
        return False
    return True


def take(path: Path, step: str, place: int, width: int) -> None:
    bench = Workbench.open(path, "Kari")
    try:
        names = {state.name for state in bench.sources()}
        source = guid_of(bench, "essay") if "essay" in names else ""
        text = bench.transcript(source).text if source else ""
        standing = bench.codings(source) if source else []
    finally:
        bench.close()
    start = min(place, max(len(text) - 1, 0))
    end = min(len(text), start + width)
    if step == "code" and source and not any((c.start, c.end) == (start, end) for c in standing):
        bench = Workbench.open(path, "Kari")
        bench.code(source, start, end, "arbeid")
        bench.close()
    elif step == "import" and source:
        import_rows(path, f"source,start,end,code,coder\nessay,{start},{end},ensomhet,Ola\n")
    elif step == "text" and source:
        bring_in(path, {"essay": text[:start] + "X" + text[end:]}, INFORMANTS, carry_over=True)
    elif step == "remove" and standing:
        bench = Workbench.open(path, "Kari")
        bench.remove(standing[place % len(standing)])
        bench.close()
    elif step in {"undo", "redo"}:
        with Project.open(path) as project:
            try:
                (undoing.undo if step == "undo" else undoing.redo)(project, actor="tester")
            except Conflict as nothing:
                assert "nothing to" in nothing.message  # noqa: PT017 - nothing else is refused in this order


def test_the_table_of_lost_codings_is_read_back(koding, study: Path, tmp_path: Path) -> None:
    bench = Workbench.open(study, "Kari")
    lost = code_words(bench, "samira", "Telefonen ringte aldri", "ensomhet", retning="fra")
    bench.set_memo(MemoTarget.CODING, lost.guid, "=Stille.")
    gone = code_words(bench, "samira", " [ler]", "arbeid")
    bench.close()
    file = tmp_path / "samira.txt"
    changed = TEXTS["samira"].replace("ringte aldri", "kimte ikke ofte").replace(" [ler]", "")
    file.write_text(changed, encoding="utf-8")
    ran = koding("import", study, file, "--reanchor")
    table = study.with_suffix(".lost.csv")
    assert (ran.code, ran.out) == (0, "")
    assert str(table) in ran.err
    rows = list(csv.DictReader(table.read_text(encoding="utf-8").splitlines()))
    assert [(row["text"], row["old_text"], row["retning"]) for row in rows] == [
        ("Telefonen kimte ikke ofte", "Telefonen ringte aldri", "fra"),
        ("", " [ler]", ""),
    ]
    refused = koding("codings", "import", study, table)
    assert refused.code == 1
    assert "line 3: start is empty" in refused.err
    assert koding("codings", "import", study, table, "--skip-bad").code == 0
    bench = Workbench.open(study, "Kari")
    (back,) = bench.codings(guid_of(bench, "samira"))
    assert changed[back.start : back.end] == "Telefonen kimte ikke ofte"
    assert (back.code, dict(back.facets), back.memo) == ("ensomhet", {"retning": "fra"}, "=Stille.")
    bench.close()
    assert gone.guid not in state_of(study)["coding"]

    taken = koding("undo", study, "-n", "2")
    assert (taken.code, taken.out) == (0, "")
    assert taken.err.count("Undid: ") == 2
    assert lost.guid in state_of(study)["coding"]
    assert koding("redo", study).err.startswith("Redid: import samira")
    assert [event["kind"] for event in json_lines(koding("log", study, "--last", "3", "--format", "jsonl").out)] == [
        "undo",
        "undo",
        "redo",
    ]


def test_an_earlier_table_of_lost_codings_is_never_overwritten(study: Path) -> None:
    for number, (old, new) in enumerate([("ringte", "kimte"), ("aldri", "ikke")], start=1):
        bench = Workbench.open(study, "Kari")
        text = bench.transcript(guid_of(bench, "samira")).text
        code_words(bench, "samira", old, "arbeid")
        bench.close()
        report = bring_in(study, {"samira": text.replace(old, new)}, INFORMANTS, carry_over=True)
        path = write_lost(study, report.reanchored, ["retning"])
        assert path == study.with_suffix(".lost.csv" if number == 1 else ".lost2.csv")
    assert write_lost(study, [], []) is None


def test_more_steps_than_there_are_end_with_what_was_done(koding, study: Path) -> None:
    ran = koding("undo", study, "-n", "5")
    assert ran.code == 1
    assert "Stopped after 1 change." in ran.err
    assert "nothing to undo" in ran.err
    assert koding("redo", study, "--coder", "tester").code == 0
