"""Rounds in a study: what they draw, what their coders see, what counts in them."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from koding.errors import Conflict, UsageFault
from koding.model.agreement.units import Unit
from koding.model.coding import Suggestion
from koding.model.modes import SuggestionMode
from koding.model.rounds import RoundMode
from koding.session.agreeing import agreement_report
from koding.session.exchange import exported
from koding.session.methods import methods
from koding.session.opening import check_study, journal_events
from koding.session.reporting import matrix_report
from koding.session.rounds import close_round, find_round, new_round, refuse_blind, rounds
from koding.session.study_file import open_study
from koding.session.suggesting import set_suggestion_mode
from koding.session.workbench import Workbench
from tests.studies import TEXTS, bring_in, code_words, copied, guid_of


def make_round(study: Path, name: str = "r", **wanted):
    with open_study(study) as project:
        return new_round(project, name, by="Lead", **wanted)


def test_a_round_of_named_sources(study: Path) -> None:
    made = make_round(study, sources=["samira", "essay"], coders=["Ola", "Kari"], unit=Unit.SENTENCE)
    with open_study(study) as project:
        (kept,) = rounds(project)
        assert kept == made == find_round(project, "r")
        assert check_study(project) == []
    assert set(kept.parts.values()) == {None}
    assert (len(kept.parts), kept.coders, kept.unit, kept.seed) == (2, ("Kari", "Ola"), Unit.SENTENCE, None)


def test_a_sample_is_the_same_in_every_copy(study: Path, template: Path, tmp_path: Path) -> None:
    (tmp_path / "copy").mkdir()
    copy = copied(template, tmp_path / "copy")
    assert make_round(study, sample=2, seed=5) == make_round(copy, sample=2, seed=5)


def test_a_seed_is_picked_and_kept(study: Path) -> None:
    picked = make_round(study, sample=2)
    assert picked.seed is not None
    assert picked.parts == make_round(study, "again", sample=2, seed=picked.seed).parts


def test_turns_are_drawn_among_those_of_informants(study: Path) -> None:
    made = make_round(study, turns=99, seed=1)
    with closing(Workbench.open(study, "Kari", "r")) as bench:
        for source, part in made.parts.items():
            transcript = bench.transcript(source)
            counted = {(turn.start, turn.end) for turn in map(transcript.turns.__getitem__, transcript.counted_turns())}
            assert set(part or ()) == {span for span in counted if span[0] < span[1]}
    assert sum(len(part or ()) for part in make_round(study, "two", turns=2, seed=1).parts.values()) == 2


@pytest.mark.parametrize(
    ("name", "wanted", "words"),
    [("r", {"sources": ["samria"]}, "samira"), ("", {}, "called"), ("none", {}, "called"),
     ("r", {"seed": 4}, "draws nothing"), ("r", {"coders": ["resolved"]}, "resolved")],
)  # fmt: skip
def test_what_cannot_be_a_round_is_refused(study: Path, name: str, wanted: dict[str, object], words: str) -> None:
    with pytest.raises(UsageFault, match=words):
        make_round(study, name, **wanted)


def test_a_name_is_taken_once(study: Path) -> None:
    make_round(study)
    with pytest.raises(UsageFault, match="already"):
        make_round(study, "R")


def test_a_coder_works_in_the_round_that_is_running(study: Path) -> None:
    made = make_round(study, sources=["samira"], coders=["Kari"])
    with closing(Workbench.open(study, "Kari")) as bench:
        assert [state.name for state in bench.sources()] == ["samira"]
        assert bench.round_name == "r"
        coding = code_words(bench, "samira", "jobb", "arbeid")
        assert coding.round == made.guid
        assert bench.codings(coding.source) == [coding]
    with closing(Workbench.open(study, "Ola")) as bench:
        assert (bench.round_name, len(bench.sources())) == ("", 3)
    with closing(Workbench.open(study, "Kari", "none")) as bench:
        assert (bench.round_name, len(bench.sources())) == ("", 3)
        assert bench.codings(coding.source) == [coding]
    with pytest.raises(UsageFault, match="no part"):
        Workbench.open(study, "Ola", "r")


def test_one_of_several_rounds_must_be_named(study: Path) -> None:
    make_round(study, "a")
    make_round(study, "b")
    with pytest.raises(UsageFault, match="Several"):
        Workbench.open(study, "Kari")
    Workbench.open(study, "Kari", "b").close()


def test_in_a_blind_round_nothing_of_others_is_seen_until_it_is_closed(study: Path) -> None:
    with closing(Workbench.open(study, "Ola")) as bench:
        coding = code_words(bench, "samira", "jobb", "arbeid")
    make_round(study, coders=["Kari"])
    with closing(Workbench.open(study, "Kari", "none")) as bench:
        assert bench.blind
        assert bench.others(coding.source) == []
        assert bench.suggestion_mode is SuggestionMode.BLIND
        with pytest.raises(Conflict, match="blind"):
            bench.accept(Suggestion(coding.source, coding.start, coding.end, "arbeid", 0.9, "rules/1", ""))
        with open_study(study) as project:
            close_round(project, "r", by="Lead")
        assert bench.changed_elsewhere()
        assert bench.others(coding.source) == [coding]
        assert bench.suggestion_mode is SuggestionMode.OPEN


def test_an_open_round_shows_what_others_code_in_it(study: Path) -> None:
    with closing(Workbench.open(study, "Ola")) as bench:
        code_words(bench, "samira", "leiligheten", "ensomhet")
    make_round(study, mode=RoundMode.OPEN)
    with closing(Workbench.open(study, "Ola")) as bench:
        inside = code_words(bench, "samira", "jobb", "arbeid")
    with closing(Workbench.open(study, "Kari")) as bench:
        assert bench.others(inside.source) == [inside]


def test_in_a_round_of_mode_after_suggestions_come_after_and_others_are_seen(study: Path) -> None:
    made = make_round(study, "r", mode=RoundMode.AFTER)
    make_round(study, "s", mode=RoundMode.OPEN)
    with open_study(study) as project:
        assert find_round(project, "r") == made
        event = list(journal_events(project))[-2]
        assert (event.coder, event.action, event.detail) == ("Lead", "round", "r (after)")
        assert check_study(project) == []
    with closing(Workbench.open(study, "Ola", "r")) as bench:
        inside = code_words(bench, "samira", "jobb", "arbeid")
    with open_study(study) as project:
        (line,) = [line for item in methods(project) for line in item.lines if "Round r" in line]
        assert "after the coder's own judgement" in line
    with closing(Workbench.open(study, "Kari", "r")) as bench:
        assert bench.suggestion_mode is SuggestionMode.AFTER
        assert bench.others(inside.source) == [inside]
    for elsewhere in ("s", "none"):
        with closing(Workbench.open(study, "Kari", elsewhere)) as bench:
            assert bench.suggestion_mode is SuggestionMode.OPEN


@pytest.mark.parametrize(
    ("of_study", "of_round", "seen"),
    [("open", "after", "after"), ("blind", "after", "after"), ("after", "after", "after"), ("after", "open", "after"),
     ("blind", "open", "blind"), ("open", "open", "open"), ("open", "blind", "blind"), ("after", "blind", "blind")],
)  # fmt: skip
def test_a_round_of_mode_after_or_blind_decides_over_the_study(
    study: Path, of_study: str, of_round: str, seen: str
) -> None:
    make_round(study, mode=RoundMode(of_round))
    with open_study(study) as project:
        set_suggestion_mode(project, SuggestionMode(of_study), "Lead")
    with closing(Workbench.open(study, "Kari")) as bench:
        assert bench.suggestion_mode == seen
        with open_study(study) as project:
            close_round(project, "r", by="Lead")
        assert bench.changed_elsewhere()
        assert bench.suggestion_mode == of_study


def test_who_is_in_a_blind_round_sees_no_suggestions_in_one_of_mode_after(study: Path) -> None:
    make_round(study, "hidden", sources=["essay"], coders=["Kari"])
    make_round(study, "r", mode=RoundMode.AFTER)
    with closing(Workbench.open(study, "Kari", "r")) as bench:
        assert bench.suggestion_mode is SuggestionMode.BLIND
    with closing(Workbench.open(study, "Ola", "r")) as bench:
        assert bench.suggestion_mode is SuggestionMode.AFTER


def test_beside_the_sample_nothing_is_coded(study: Path) -> None:
    made = make_round(study, sources=["samira"], turns=1, seed=2)
    ((source, part),) = made.parts.items()
    (start, end), *_rest = part or ()
    with closing(Workbench.open(study, "Kari")) as bench:
        assert bench.source_state(source).counted_turns == 1
        bench.code(source, start, end, "arbeid")
        assert bench.source_state(source).coded_turns == 1
        other = next(turn for turn in bench.transcript(source).turns if turn.start != start and turn.mark)
        with pytest.raises(Conflict, match="not in the round"):
            bench.code(source, other.start, other.end, "arbeid")


def test_the_same_words_are_coded_again_in_another_round(study: Path) -> None:
    with closing(Workbench.open(study, "Kari")) as bench:
        before = code_words(bench, "samira", "jobb", "arbeid")
    make_round(study)
    with closing(Workbench.open(study, "Kari")) as bench:
        again = bench.code(before.source, before.start, before.end, "arbeid")
        with pytest.raises(Conflict, match="already"):
            bench.code(before.source, before.start, before.end, "arbeid")
        bench.undo()
        assert bench.codings(before.source) == []
        bench.redo()
        assert [one.guid for one in bench.codings(before.source)] == [again.guid]
    with open_study(study) as project:
        assert check_study(project) == []


def test_matrix_and_export_count_a_round_alone(study: Path) -> None:
    with closing(Workbench.open(study, "Kari")) as bench:
        code_words(bench, "samira", "jobb", "arbeid")
    make_round(study)
    with closing(Workbench.open(study, "Kari")) as bench:
        code_words(bench, "samira", "Telefonen", "ensomhet")
    with open_study(study) as project:
        one = find_round(project, "r")
        matrix = matrix_report(project, ["gruppe"], in_round=one)
        assert {row.code for row in matrix.matrix.rows if row.total} == {"ensomhet"}
        assert "round r" in matrix.note
        assert [row.coding.code for row in exported(project, in_round=one)] == ["ensomhet"]
        assert len(list(exported(project))) == 2


def test_the_denominators_of_a_round_are_the_people_in_it(study: Path) -> None:
    make_round(study, sources=["samira"])
    made = make_round(study, "turns", turns=1, seed=1, sources=["samira", "essay"])
    with open_study(study) as project:
        whole = matrix_report(project, ["gruppe"]).matrix
        one = matrix_report(project, ["gruppe"], in_round=find_round(project, "r"))
        drawn = matrix_report(project, ["gruppe"], in_round=made)
    assert (whole.total.informants, one.matrix.total.informants, drawn.matrix.total.informants) == (5, 1, 1)
    assert sum(column.informants for column in one.matrix.columns) == 1
    assert 0 < drawn.matrix.total.words <= one.matrix.total.words < whole.total.words
    assert "N = 1 informant who speaks in what was to be coded: 1 source." in one.note
    assert "1 turn of 1 source" in drawn.note


def test_who_is_kept_blind_is_told_by_which_round(study: Path) -> None:
    make_round(study, "first", coders=["Kari"])
    make_round(study, "second", coders=["Kari"])
    make_round(study, "third", mode=RoundMode.OPEN)
    with open_study(study) as project:
        refuse_blind(project, "Ola")
        with pytest.raises(Conflict, match="first, second"):
            refuse_blind(project, "Kari")
        for name in ("first", "second"):
            close_round(project, name, by="Lead")
        refuse_blind(project, "Kari")


def test_the_journal_tells_opening_from_closing(study: Path) -> None:
    make_round(study)
    with open_study(study) as project:
        close_round(project, "r", by="Lead")
        close_round(project, "r", by="Lead", again=True)
        assert [event.action for event in journal_events(project)][-2:] == ["close round", "open round"]


def test_silence_counts_in_a_closed_round(study: Path) -> None:
    make_round(study, coders=["Kari", "Ola"])
    with closing(Workbench.open(study, "Kari")) as bench:
        code_words(bench, "samira", "jobb", "arbeid")
        code_words(bench, "essay", "arbeid", "arbeid")
    with closing(Workbench.open(study, "Ola")) as bench:
        code_words(bench, "samira", "jobb", "arbeid")
    with open_study(study) as project:
        running = agreement_report(project, in_round=find_round(project, "r"))
        assert running.sources == ("samira",)
        close_round(project, "r", by="Lead")
        closed = agreement_report(project, in_round=find_round(project, "r"))
        assert closed.sources == ("samira", "meeting", "essay")
        (arbeid,) = [found for code, found in closed.codes if code.key == "arbeid"]
        assert arbeid.given == (2, 1)


def test_in_a_sample_of_turns_they_alone_are_units(study: Path) -> None:
    made = make_round(study, turns=3, seed=3)
    for coder in ("Kari", "Ola"):
        with closing(Workbench.open(study, coder)) as bench:
            for source, part in made.parts.items():
                for start, end in part or ():
                    bench.code(source, start, end, "arbeid")
    with open_study(study) as project:
        report = agreement_report(project, in_round=find_round(project, "r"))
    assert report.overall.units == 3
    assert report.round == "r"


def test_drawn_turns_move_with_a_text_that_changes(study: Path) -> None:
    before = make_round(study, sources=["samira"], turns=9, seed=1)
    bring_in(study, {"samira": "Nytt hode.\n" + TEXTS["samira"]}, carry_over=True)
    with open_study(study) as project:
        after = find_round(project, "r")
        assert check_study(project) == []
    (old,), (new,) = before.parts.values(), after.parts.values()
    assert [(start + 11, end + 11) for start, end in old or ()] == list(new or ())


def test_a_round_that_is_closed_is_not_coded_in(study: Path) -> None:
    make_round(study)
    with open_study(study) as project:
        close_round(project, "r", by="Lead")
        with pytest.raises(Conflict, match="closed already"):
            close_round(project, "r", by="Lead")
        with pytest.raises(UsageFault, match="is closed"):
            Workbench.open(study, "Kari", "r")
        close_round(project, "r", by="Lead", again=True)
    with closing(Workbench.open(study, "Kari")) as bench:
        assert bench.round_name == "r"
        assert guid_of(bench, "samira")


def test_a_drawn_turn_out_of_range_is_found(study: Path) -> None:
    make_round(study, turns=1, seed=1)
    with closing(sqlite3.connect(study)) as connection:
        connection.execute('UPDATE round_part SET "end" = 1000000')
        connection.commit()
    with open_study(study) as project:
        assert any("Drawn turn" in line and "impossible span" in line for line in check_study(project))
