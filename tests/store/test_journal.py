"""The journal: every change is told, can be taken back, and alone rebuilds the state."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from koding.errors import Conflict, KodingError
from koding.model.coding import Evidence, MemoTarget, Suggestion
from koding.readers.codings_csv import read_codings
from koding.session.exchange import CodingsImporter
from koding.session.opening import check_study, journal_events
from koding.session.workbench import Workbench
from koding.store.project import Project
from tests.studies import code_words, codebook, copied, guid_of, introduced, state_of

CODES = [code.key for code in codebook().codes]
FACETS = st.fixed_dictionaries(
    {},
    optional={
        "retning": st.sampled_from(["fra", "til", ""]),
        "status": st.sampled_from(["planlagt", "avvist"]),
    },
)
MEMOS = st.sampled_from(["", "Se på denne.", "=1+1", 'to\nlinjer "her"', "🙂"])


class Script:
    """Does what a coder might do, one step at a time; a step that the study refuses changes nothing."""

    def __init__(self, bench: Workbench, draw: Callable[[st.SearchStrategy], object]) -> None:
        self.bench = bench
        self.draw = draw

    def step(self, name: str) -> None:
        try:
            getattr(self, name)()
        except KodingError:
            return

    def _source(self) -> str:
        return self.draw(st.sampled_from([state.guid for state in self.bench.sources()]))

    def _span(self, source: str) -> tuple[int, int]:
        # Few places, so that spans meet and steps undo each other's work.
        length = len(self.bench.transcript(source).text)
        start = self.draw(st.integers(0, 5)) * 7 % length
        return start, min(length, start + self.draw(st.integers(1, 3)))

    def _coding(self):
        codings = [coding for state in self.bench.sources() for coding in self.bench.codings(state.guid)]
        if not codings:
            raise Conflict("there is no coding yet")
        return codings[self.draw(st.integers(0, len(codings) - 1))]

    def _suggestion(self) -> Suggestion:
        source = self._source()
        start, end = self._span(source)
        code = self.draw(st.sampled_from(CODES))
        return Suggestion(source, start, end, code, 0.5, "rules", "because", self.draw(FACETS), (Evidence(start, end),))

    def code(self) -> None:
        source = self._source()
        self.bench.code(source, *self._span(source), self.draw(st.sampled_from(CODES)), self.draw(FACETS))

    def recode(self) -> None:
        self.bench.recode(self._coding(), self.draw(st.sampled_from(CODES)))

    def facets(self) -> None:
        self.bench.set_facets(self._coding(), self.draw(FACETS))

    def resize(self) -> None:
        coding = self._coding()
        self.bench.resize(coding, *self._span(coding.source))

    def remove(self) -> None:
        self.bench.remove(self._coding())

    def memo_coding(self) -> None:
        self.bench.set_memo(MemoTarget.CODING, self._coding().guid, self.draw(MEMOS))

    def memo_source(self) -> None:
        self.bench.set_memo(MemoTarget.SOURCE, self._source(), self.draw(MEMOS))

    def accept(self) -> None:
        self.bench.accept(self._suggestion())

    def accept_as(self) -> None:
        self.bench.accept(self._suggestion(), code=self.draw(st.sampled_from(CODES)), suggester="rules 1")

    def reject(self) -> None:
        self.bench.reject(self._suggestion())

    def undo(self) -> None:
        self.bench.undo()

    def redo(self) -> None:
        self.bench.redo()


STEPS = [name for name in vars(Script) if not name.startswith("_") and name != "step"]


def repeat(act: Callable[[], object]) -> int:
    """Do it until the study says that there is nothing more, and give how often it went."""
    times = 0
    while True:
        try:
            act()
        except Conflict:
            return times
        times += 1


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data(), steps=st.lists(st.sampled_from(STEPS), min_size=1, max_size=14))
def test_undo_takes_everything_back_and_redo_brings_it_again_also_after_reopening(
    template: Path, data: st.DataObject, steps: list[str]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = copied(template, Path(folder))
        bench = introduced(Workbench.open(path, "Kari"))
        before = state_of(path)
        script = Script(bench, data.draw)
        for name in steps:
            script.step(name)
        after = state_of(path)
        counts = {key: count for key, count in bench.code_counts().items() if count}
        bench.close()

        bench = Workbench.open(path, "Kari")
        assert {key: count for key, count in bench.code_counts().items() if count} == counts
        undone = repeat(bench.undo)
        assert state_of(path) == before
        assert not any(bench.code_counts().values())
        bench.close()

        bench = Workbench.open(path, "Kari")
        for _time in range(undone):
            bench.redo()
        assert state_of(path) == after
        assert {key: count for key, count in bench.code_counts().items() if count} == counts
        bench.close()
        with Project.open(path) as project:
            assert check_study(project) == []


def test_a_change_tells_who_when_and_what(study: Path) -> None:
    bench = Workbench.open(study, "Kari")
    coding = code_words(bench, "samira", "Telefonen ringte aldri", "ensomhet.isolasjon")
    bench.close()
    with Project.open(study) as project:
        event = list(journal_events(project))[-1]
    assert (event.coder, event.action, event.kind, event.entries) == ("Kari", "code", "do", 1)
    assert event.detail == f"ensomhet.isolasjon samira:{coding.start}-{coding.end}"
    assert event.at.endswith("Z")
    assert event.at == coding.created


def test_the_last_events_are_given_oldest_first(study: Path) -> None:
    bench = Workbench.open(study, "Kari")
    coding = code_words(bench, "samira", "ringte", "arbeid")
    bench.recode(coding, "ensomhet")
    bench.undo()
    bench.close()
    with Project.open(study) as project:
        told = list(journal_events(project))
        last = list(journal_events(project, 2))
    assert last == told[-2:]
    assert [(event.action, event.kind) for event in last] == [("recode", "do"), ("recode", "undo")]
    assert last[1].target == last[0].id


def test_a_change_that_changes_nothing_leaves_no_event(study: Path) -> None:
    bench = Workbench.open(study, "Kari")
    with Project.open(study) as project:
        before = list(journal_events(project))
        bench.set_memo(MemoTarget.SOURCE, guid_of(bench, "essay"), "")
        assert list(journal_events(project)) == before
    bench.close()


def test_a_new_change_ends_what_can_be_redone(study: Path) -> None:
    bench = Workbench.open(study, "Kari")
    code_words(bench, "samira", "ringte", "arbeid")
    bench.undo()
    code_words(bench, "samira", "dyr", "arbeid")
    with pytest.raises(Conflict):
        bench.redo()
    bench.close()


def test_redo_follows_the_order_of_the_undos(study: Path) -> None:
    bench = Workbench.open(study, "Kari")
    source = guid_of(bench, "samira")
    code_words(bench, "samira", "ringte", "arbeid")
    code_words(bench, "samira", "dyr", "ensomhet")
    bench.undo()
    bench.undo()
    bench.redo()
    assert [coding.code for coding in bench.codings(source)] == ["arbeid"]
    bench.redo()
    assert [coding.code for coding in bench.codings(source)] == ["arbeid", "ensomhet"]
    bench.undo()
    assert [coding.code for coding in bench.codings(source)] == ["arbeid"]
    bench.close()


def test_a_coder_undoes_nothing_of_another_coder_and_nothing_of_an_import(study: Path) -> None:
    kari, ola = Workbench.open(study, "Kari"), Workbench.open(study, "Ola")
    code_words(kari, "samira", "ringte", "arbeid")
    before = state_of(study)
    with pytest.raises(Conflict, match="nothing to undo"):
        ola.undo()
    with pytest.raises(Conflict, match="nothing to redo"):
        ola.redo()
    importer = Workbench.open(study, "tester")
    with pytest.raises(Conflict, match="nothing to undo"):
        importer.undo()
    importer.close()
    assert {**state_of(study), "coder": {}} == {**before, "coder": {}}
    kari.close()
    ola.close()


def test_undo_is_refused_where_the_row_was_changed_since(study: Path) -> None:
    kari, ola = Workbench.open(study, "Kari"), Workbench.open(study, "Ola")
    coding = code_words(kari, "samira", "ringte", "arbeid")
    ola.set_facets(coding, {"retning": "til"})
    before = state_of(study)
    with pytest.raises(Conflict, match="changed since"):
        kari.undo()
    assert state_of(study) == before
    ola.undo()
    assert kari.undo().text == "coding with Arbeid: «ringte»"
    kari.close()
    ola.close()


def test_undo_of_a_removal_is_refused_where_an_import_has_taken_the_place(study: Path) -> None:
    bench = Workbench.open(study, "Kari")
    coding = code_words(bench, "samira", "ringte", "arbeid")
    bench.remove(coding)
    table = read_codings(f"source,start,end,code,coder\nsamira,{coding.start},{coding.end},arbeid,Kari\n".encode(), "k")
    with Project.open(study) as project:
        assert CodingsImporter(project, "").run(table).imported == 1
    before = state_of(study)
    with pytest.raises(Conflict):
        bench.undo()
    assert state_of(study) == before
    bench.close()


def test_a_coding_that_another_window_removed_can_not_be_changed(study: Path) -> None:
    here, there = Workbench.open(study, "Kari"), Workbench.open(study, "Kari")
    coding = code_words(here, "samira", "ringte", "arbeid")
    there.remove(coding)
    for change in (
        lambda: here.recode(coding, "ensomhet"),
        lambda: here.set_facets(coding, {"retning": "fra"}),
        lambda: here.remove(coding),
    ):
        with pytest.raises(Conflict, match="no longer there"):
            change()
    assert here.changed_elsewhere()
    assert not here.changed_elsewhere()
    assert not any(here.code_counts().values())
    here.close()
    there.close()


def test_a_removed_coding_comes_back_with_its_memo(study: Path) -> None:
    bench = Workbench.open(study, "Kari")
    coding = code_words(bench, "samira", "ringte", "arbeid")
    bench.set_memo(MemoTarget.CODING, coding.guid, "Telefonen.")
    before = state_of(study)
    bench.remove(coding)
    assert state_of(study)["memo"] == {}
    bench.undo()
    assert state_of(study) == before
    assert bench.codings(coding.source)[0].memo == "Telefonen."
    bench.close()


def test_a_change_that_an_older_koding_journaled_without_todays_columns_is_undone_too(study: Path) -> None:
    bench = Workbench.open(study, "Kari")
    coding = code_words(bench, "samira", "ringte", "arbeid")
    bench.close()
    connection = sqlite3.connect(study)
    connection.execute("DROP TRIGGER entry_no_update")
    connection.execute("UPDATE entry SET after = json_remove(after, '$.suggester') WHERE entity = 'coding'")
    connection.commit()
    connection.close()
    bench = Workbench.open(study, "Kari")
    bench.undo()
    assert bench.codings(coding.source) == []
    bench.close()


def test_a_failure_in_the_middle_of_a_change_leaves_nothing_of_it(study: Path) -> None:
    before = state_of(study)
    with Project.open(study) as project:
        told = list(journal_events(project))

        def half_done() -> None:
            with project.change(coder="Kari", action="code") as change:
                change.insert("informant", [("some-guid", "F99")])
                raise RuntimeError

        with pytest.raises(RuntimeError):
            half_done()
        assert list(journal_events(project)) == told
        assert check_study(project) == []
    assert state_of(study) == before


@pytest.mark.parametrize("table", ["change", "entry", "text"])
@pytest.mark.parametrize("verb", ["DELETE FROM {}", "UPDATE {} SET id = id + 1"])
def test_journal_and_texts_can_only_be_added_to(study: Path, table: str, verb: str) -> None:
    connection = sqlite3.connect(study)
    rows = connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
    assert rows
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        connection.execute(verb.format(table))
    assert connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] == rows
    connection.close()
