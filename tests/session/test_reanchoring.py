"""Taking a changed transcript in: codings follow their text, and those that cannot are listed, never lost silently."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from koding.model.coding import MemoTarget, Suggestion, Verdict
from koding.session.opening import check_study
from koding.session.workbench import Workbench
from koding.store.project import Project
from tests.studies import INFORMANTS, TEXTS, bring_in, code_words, copied, guid_of, state_of


def test_codings_are_carried_over_where_their_text_stands(study: Path) -> None:
    bench = Workbench.open(study, "Kari")
    kept = [
        code_words(bench, "samira", "Hvorfor", "arbeid"),
        code_words(bench, "samira", "🙂, men dyr", "hverdag.bolig", retning="fra"),
    ]
    bench.set_memo(MemoTarget.CODING, kept[1].guid, "Dyrt.")
    lost = code_words(bench, "samira", "Telefonen ringte aldri", "ensomhet")
    bench.close()
    changed = TEXTS["samira"].replace("ringte", "kimte").replace("Konstruert: Ja.", "Konstruert: Ja, oppdiktet.")
    report = bring_in(study, {"samira": changed}, INFORMANTS, carry_over=True)
    (moved,) = report.reanchored
    assert (moved.source, moved.kept) == ("samira", 2)
    assert [(gone.coding.guid, gone.words) for gone in moved.lost] == [(lost.guid, "«Telefonen ringte aldri»")]
    bench = Workbench.open(study, "Kari")
    source = guid_of(bench, "samira")
    text = bench.transcript(source).text
    assert text == changed
    standing = bench.codings(source)
    assert [coding.guid for coding in standing] == [coding.guid for coding in kept]
    assert [text[coding.start : coding.end] for coding in standing] == ["Hvorfor", "🙂, men dyr"]
    assert (standing[1].memo, dict(standing[1].facets)) == ("Dyrt.", {"retning": "fra"})
    bench.close()
    with Project.open(study) as project:
        assert check_study(project) == []


def test_decisions_about_suggestions_follow_too(study: Path) -> None:
    bench = Workbench.open(study, "Kari")
    source = guid_of(bench, "essay")
    bench.reject(Suggestion(source, 0, 31, "arbeid", 0.5, "rules", "why"))
    bench.close()
    bring_in(study, {"essay": "Innledning.\n\n" + TEXTS["essay"]}, carry_over=True)
    bench = Workbench.open(study, "Kari")
    assert bench.verdicts(source) == {(13, 44, "arbeid"): Verdict.REJECTED}
    bench.close()


def test_codings_side_by_side_do_not_step_on_each_other(study: Path) -> None:
    bench = Workbench.open(study, "Kari")
    source = guid_of(bench, "essay")
    for start in range(8, 40, 2):
        bench.code(source, start, start + 2, "arbeid")
    before = [TEXTS["essay"][coding.start : coding.end] for coding in bench.codings(source)]
    for text in ("XX" + TEXTS["essay"], TEXTS["essay"][2:], "Et " + TEXTS["essay"]):
        bring_in(study, {"essay": text.replace("Folk ", "Folk  ") if text.startswith("Et") else text}, carry_over=True)
        now = bench.transcript(source).text
        assert [now[coding.start : coding.end] for coding in bench.codings(source)] == before
    bench.close()


def test_a_source_that_was_changed_can_be_changed_back(study: Path) -> None:
    before = state_of(study)
    bring_in(study, {"essay": "Ny. " + TEXTS["essay"]}, INFORMANTS, carry_over=True)
    bring_in(study, {"essay": TEXTS["essay"]}, INFORMANTS, carry_over=True)
    assert state_of(study)["source"] == before["source"]
    assert state_of(study)["segmentation"] == before["segmentation"]


def test_the_old_text_may_come_in_again_as_a_source_of_its_own(study: Path) -> None:
    bring_in(study, {"essay": "Ny. " + TEXTS["essay"]}, INFORMANTS, carry_over=True)
    report = bring_in(study, {"essay_first": TEXTS["essay"]})
    assert report.imported == ["essay_first"]
    bench = Workbench.open(study, "Kari")
    assert len({state.guid for state in bench.sources()}) == 4
    assert bench.transcript(guid_of(bench, "essay_first")).text == TEXTS["essay"]
    bench.close()


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    cuts=st.lists(
        st.tuples(st.integers(0, 60), st.integers(0, 6), st.sampled_from(["", "x", " og ", "\n"])), max_size=3
    ),
    spans=st.sets(st.tuples(st.integers(0, 60), st.integers(1, 6)), min_size=1, max_size=8),
)
def test_whatever_changes_every_coding_stands_on_its_old_text_or_is_listed(
    template: Path, cuts: list[tuple[int, int, str]], spans: set[tuple[int, int]]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = copied(template, Path(folder))
        old = TEXTS["essay"]
        bench = Workbench.open(path, "Kari")
        source = guid_of(bench, "essay")
        words = {}
        for start, width in spans:
            coding = bench.code(source, start, min(len(old), start + width), "arbeid")
            words[coding.guid] = old[coding.start : coding.end]
        bench.close()
        new = old
        for place, width, put in cuts:
            new = new[:place] + put + new[place + width :]
        report = bring_in(path, {"essay": new}, INFORMANTS, carry_over=True)
        lost = {gone.coding.guid for moved in report.reanchored for gone in moved.lost}
        bench = Workbench.open(path, "Kari")
        text = bench.transcript(source).text
        standing = {coding.guid: text[coding.start : coding.end] for coding in bench.codings(source)}
        bench.close()
        assert text == new
        assert standing.keys() | lost == words.keys()
        assert not standing.keys() & lost
        assert all(words[guid] == found for guid, found in standing.items())
        with Project.open(path) as project:
            assert check_study(project) == []


class TestWhatAnotherTextMeans:
    """A text that was replaced: positions of before are never used in it, and who speaks is not forgotten."""

    TEXT = "I: Hvorfor flyttet du?\n\nAmina: Jeg fikk jobb i byen.\n"
    LONGER = "I: Velkommen hit, dette er nytt.\n\n" + TEXT

    def imported(self, tmp_path, text, **options):
        from koding.readers.informants import read_informants
        from koding.session.importing import Importer
        from koding.session.study_file import open_study
        from tests.studies import new_study

        path = tmp_path / "study.koding"
        table = None
        if not path.exists():
            new_study(path)
            rows = b"source,speaker,informant,role,gruppe\nra,Amina,F01,informant,flyktning\nra,I,,interviewer,\n"
            table = read_informants(rows, "informants.csv")
        (tmp_path / "ra.txt").write_text(text, encoding="utf-8")
        with open_study(path) as project:
            report = Importer(project, "tester", table).run([tmp_path / "ra.txt"], **options)
        assert report.faults == []
        return path

    def test_who_speaks_is_kept(self, tmp_path):
        from koding.session.opening import spoken_turns
        from koding.session.study_file import open_study

        self.imported(tmp_path, self.TEXT)
        path = self.imported(tmp_path, self.LONGER, carry_over=True)
        with open_study(path) as project:
            last = list(spoken_turns(project, "ra"))[-1]
        assert (last.speaker.informant.name, last.speaker.guessed) == ("F01", False)
        assert last.speaker.informant.variables["gruppe"] == "flyktning"

    def test_an_open_bench_codes_nothing_in_a_text_it_has_not_read(self, tmp_path):
        import pytest

        from koding.errors import Conflict
        from koding.session.workbench import Workbench

        bench = Workbench.open(self.imported(tmp_path, self.TEXT), "Per")
        source = bench.sources()[0].guid
        start = bench.transcript(source).text.index("Jeg fikk")
        code = next(code.key for code in bench.codebook.codes if code.codable)
        self.imported(tmp_path, self.LONGER, carry_over=True)
        with pytest.raises(Conflict, match="another text"):
            bench.code(source, start, start + 8, code)
        start = bench.transcript(source).text.index("Jeg fikk")
        assert bench.code(source, start, start + 8, code).start == start
        bench.close()

    def test_nothing_is_undone_across_the_new_text(self, tmp_path):
        import pytest

        from koding.errors import Conflict
        from koding.session.opening import check_study
        from koding.session.study_file import open_study
        from koding.session.workbench import Workbench

        path = self.imported(tmp_path, self.TEXT)
        bench = Workbench.open(path, "Per")
        source = bench.sources()[0].guid
        start = bench.transcript(source).text.index("Jeg fikk")
        code = next(code.key for code in bench.codebook.codes if code.codable)
        bench.remove(bench.code(source, start, start + 8, code))
        self.imported(tmp_path, "I: Kort.\n", carry_over=True)
        with pytest.raises(Conflict, match="replaced"):
            bench.undo()
        bench.close()
        with open_study(path) as project:
            assert check_study(project) == []
