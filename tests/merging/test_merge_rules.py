"""What becomes of a study when copies of it that went separate ways are merged, case by case."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from koding.errors import Conflict, KodingError
from koding.model.coding import MemoTarget
from koding.model.resolution import Certainty, Decision
from koding.readers.choices_csv import ChoiceRow
from koding.session.codebook_changes import CodebookChanges, NewCode
from koding.session.merging import apply_choices, conflicts, merge
from koding.session.opening import journal_events
from koding.session.resolving import Resolver
from koding.session.workbench import Workbench
from koding.store.project import Project
from tests.merging.histories import copy_of, merged, sound
from tests.studies import bring_in, code_words, guid_of, state_of


class Desk:
    """A coder at one copy."""

    def __init__(self, path: Path, coder: str) -> None:
        self.path, self.coder = path, coder

    def __enter__(self) -> Workbench:
        self.bench = Workbench.open(self.path, self.coder)
        return self.bench

    def __exit__(self, *_error: object) -> None:
        self.bench.close()


@pytest.fixture
def pair(study: Path) -> tuple[Path, Path]:
    """Give a study with one coding of Kari's (telefonen, ensomhet.isolasjon), and a copy of it."""
    with Desk(study, "Kari") as bench:
        code_words(bench, "samira", "Telefonen ringte aldri", "ensomhet.isolasjon")
    return study, copy_of(study, "copy")


def codings(path: Path) -> list[tuple[str, str, str, dict[str, str]]]:
    with Project.open(path) as project:
        from koding.session.exchange import exported

        return [(row.coding.coder, row.coding.code, row.text, dict(row.coding.facets)) for row in exported(project)]


def only_coding(bench: Workbench):
    (coding,) = bench.codings(guid_of(bench, "samira"))
    return coding


def open_conflicts(path: Path):
    with Project.open(path) as project:
        return conflicts(project)


def choose(path: Path, *rows: tuple[str, str]) -> None:
    with Project.open(path) as project:
        asked = [ChoiceRow(number, one, choice, "agreed") for number, (one, choice) in enumerate(rows, start=1)]
        apply_choices(project, asked, coder="Lead")


def edit_codebook(path: Path, act) -> None:
    with Project.open(path) as project:
        act(CodebookChanges(project, "Lead", "because"))


# Different coders in different copies


def test_the_codings_of_coders_in_their_own_copies_come_together(pair) -> None:
    mine, theirs = pair
    with Desk(mine, "Kari") as bench:
        code_words(bench, "samira", "fin", "hverdag.bolig")
    with Desk(theirs, "Ola") as bench:
        coding = code_words(bench, "samira", "fin", "hverdag.bolig", retning="fra")
        bench.set_memo(MemoTarget.CODING, coding.guid, "Er den det?")
        bench.set_memo(MemoTarget.SOURCE, coding.source, "Kort intervju.")
    done = merged(mine, theirs)
    ((_path, carried),) = done.files
    assert (carried.new["coding"], carried.new["memo"], carried.changed.total(), carried.gone.total()) == (1, 2, 0, 0)
    assert (done.settled, done.disputes) == ((), ())
    assert codings(mine) == [
        ("Kari", "ensomhet.isolasjon", "Telefonen ringte aldri", {}),
        ("Kari", "hverdag.bolig", "fin", {}),
        ("Ola", "hverdag.bolig", "fin", {"retning": "fra"}),
    ]
    assert sound(mine) == []


def test_a_source_imported_in_both_copies_is_one_source(pair) -> None:
    for path in pair:
        bring_in(path, {"brev": "Kjære alle sammen.\n"})
    with Desk(pair[1], "Ola") as bench:
        code_words(bench, "brev", "alle", "arbeid")
    merged(*pair)
    names = [row["name"] for row in state_of(pair[0])["source"].values()]
    assert sorted(names) == ["brev", "essay", "meeting", "samira"]
    assert ("Ola", "arbeid", "alle", {}) in codings(pair[0])
    assert sound(pair[0]) == []


def test_the_journal_tells_of_both_by_time_and_names_the_merge(pair) -> None:
    mine, theirs = pair
    with Desk(theirs, "Ola") as bench:
        code_words(bench, "samira", "fin", "arbeid")
    with Desk(mine, "Kari") as bench:
        code_words(bench, "samira", "dyr", "arbeid")
    merged(mine, theirs)
    with Project.open(mine) as project:
        told = [(event.coder, event.action, event.kind) for event in journal_events(project, 3)]
    assert told == [("Ola", "code", "do"), ("Kari", "code", "do"), ("Lead", "merge", "merge")]


def test_a_dry_run_tells_the_same_and_changes_nothing(pair) -> None:
    mine, theirs = pair
    with Desk(theirs, "Ola") as bench:
        code_words(bench, "samira", "fin", "arbeid")
    before = mine.read_bytes()
    dry = merged(mine, theirs, dry_run=True)
    assert mine.read_bytes() == before
    assert dry == merged(mine, theirs)


def test_the_copies_that_are_merged_in_are_only_read(pair) -> None:
    mine, theirs = pair
    with Desk(theirs, "Ola") as bench:
        code_words(bench, "samira", "fin", "arbeid")
    before = theirs.read_bytes()
    merged(mine, theirs)
    assert theirs.read_bytes() == before
    assert [path.name for path in mine.parent.glob("copy*")] == ["copy.koding"]


def test_the_study_as_it_was_is_kept_beside_where_a_merge_brings_something(pair) -> None:
    mine, theirs = pair
    with Desk(theirs, "Ola") as bench:
        code_words(bench, "samira", "fin", "arbeid")
    before = state_of(mine)
    with Project.open(mine) as project:
        saved = merge(project, [theirs], coder="Lead").backup
        again = merge(project, [theirs], coder="Lead").backup
    assert saved is not None
    assert state_of(saved) == before
    assert again is None
    assert [path.name for path in mine.parent.glob("*.backup")] == [saved.name]


# The same thing changed in both


def test_one_coding_recoded_in_two_ways_waits_for_a_choice(pair) -> None:
    mine, theirs = pair
    for path, code in ((mine, "arbeid"), (theirs, "hverdag.bolig")):
        with Desk(path, "Kari") as bench:
            bench.recode(only_coding(bench), code)
    merged(mine, theirs)
    (conflict,) = open_conflicts(mine)
    assert [(option.letter, option.value) for option in conflict.options] == [("A", "hverdag.bolig"), ("B", "arbeid")]
    assert [code for _coder, code, *_rest in codings(mine)] == ["hverdag.bolig"]
    choose(mine, (conflict.id, "theirs"))
    assert [code for _coder, code, *_rest in codings(mine)] == ["arbeid"]
    assert open_conflicts(mine) == ()
    merged(theirs, mine)
    assert open_conflicts(theirs) == ()
    assert state_of(theirs) == state_of(mine)
    assert sound(mine) == sound(theirs) == []


@pytest.mark.parametrize("choice", ["ours", "theirs"])
def test_a_choice_that_is_undone_leaves_the_conflict_open(pair, choice: str) -> None:
    mine, theirs = pair
    for path, code in ((mine, "arbeid"), (theirs, "hverdag.bolig")):
        with Desk(path, "Kari") as bench:
            bench.recode(only_coding(bench), code)
    merged(mine, theirs)
    before, disputed = state_of(mine), open_conflicts(mine)
    choose(mine, (disputed[0].id, choice))
    with Project.open(mine) as project:
        (last,) = journal_events(project, 1)
        assert last.action == "choose"
        project.revert(last.id, coder="Lead", kind="undo")
    assert open_conflicts(mine) == disputed
    assert {**state_of(mine), "coder": {}} == {**before, "coder": {}}
    merged(theirs, mine)
    assert open_conflicts(theirs) == disputed
    with Project.open(mine) as project:
        project.revert(last.id, coder="Lead", kind="redo")
    assert open_conflicts(mine) == ()
    assert sound(mine) == []


def test_choosing_what_stands_settles_it_too(pair) -> None:
    mine, theirs = pair
    for path, code in ((mine, "arbeid"), (theirs, "hverdag.bolig")):
        with Desk(path, "Kari") as bench:
            bench.recode(only_coding(bench), code)
    merged(mine, theirs)
    before = state_of(mine)["coding"]
    choose(mine, (open_conflicts(mine)[0].id, "ours"))
    assert open_conflicts(mine) == ()
    assert state_of(mine)["coding"] == before
    assert sound(mine) == []


def test_the_same_change_in_both_is_no_conflict(pair) -> None:
    for path in pair:
        with Desk(path, "Kari") as bench:
            bench.recode(only_coding(bench), "arbeid")
    merged(*pair)
    assert open_conflicts(pair[0]) == ()


def test_changes_of_different_parts_of_a_coding_both_hold(pair) -> None:
    mine, theirs = pair
    with Desk(mine, "Kari") as bench:
        bench.set_facets(only_coding(bench), {"retning": "fra"})
    with Desk(theirs, "Kari") as bench:
        coding = only_coding(bench)
        bench.resize(coding, coding.start, coding.start + len("Telefonen"))
    merged(mine, theirs)
    assert codings(mine) == [("Kari", "ensomhet.isolasjon", "Telefonen", {"retning": "fra"})]
    assert open_conflicts(mine) == ()


def test_a_later_change_by_somebody_who_knew_both_settles_it(pair) -> None:
    mine, theirs = pair
    for path, code in ((mine, "arbeid"), (theirs, "hverdag.bolig")):
        with Desk(path, "Kari") as bench:
            bench.recode(only_coding(bench), code)
    merged(mine, theirs)
    with Desk(mine, "Kari") as bench:
        bench.recode(only_coding(bench), "ensomhet")
    assert open_conflicts(mine) == ()


def test_a_code_with_two_new_labels_can_get_a_third(pair) -> None:
    mine, theirs = pair
    edit_codebook(mine, lambda changes: changes.rename("arbeid", "Jobb"))
    edit_codebook(theirs, lambda changes: changes.rename("arbeid", "Yrke"))
    edit_codebook(theirs, lambda changes: changes.edit("arbeid", {"definition": "Lønnet arbeid."}))
    merged(mine, theirs)
    (conflict,) = open_conflicts(mine)
    assert (conflict.entity, conflict.part) == ("code", "label")
    choose(mine, (conflict.id, "=Arbeid og yrke"))
    with Project.open(mine) as project:
        code = project.codebook().by_key["arbeid"]
    assert (code.label, code.definition) == ("Arbeid og yrke", "Lønnet arbeid.")
    assert sound(mine) == []


def test_a_wrong_choice_changes_nothing(pair) -> None:
    mine, theirs = pair
    for path, code in ((mine, "arbeid"), (theirs, "hverdag.bolig")):
        with Desk(path, "Kari") as bench:
            bench.recode(only_coding(bench), code)
    merged(mine, theirs)
    one = open_conflicts(mine)[0].id
    before = state_of(mine)
    for rows in ([(one, "C")], [(one, "A"), ("ffffffff", "A")], [(one, "=text")]):
        with pytest.raises(KodingError):
            choose(mine, *rows)
    assert state_of(mine) == before


# Removed in one, changed in the other


def test_what_was_removed_stays_removed(pair) -> None:
    mine, theirs = pair
    with Desk(theirs, "Kari") as bench:
        bench.remove(only_coding(bench))
    merged(mine, theirs)
    assert codings(mine) == []
    merged(theirs, mine)
    assert codings(theirs) == []


def test_a_removal_holds_against_an_earlier_change_and_can_be_chosen_away(pair) -> None:
    mine, theirs = pair
    with Desk(theirs, "Kari") as bench:
        bench.recode(only_coding(bench), "arbeid")
    with Desk(mine, "Kari") as bench:
        bench.remove(only_coding(bench))
    merged(mine, theirs)
    assert codings(mine) == []
    (conflict,) = open_conflicts(mine)
    assert [option.value for option in conflict.options] == ["removed", "kept"]
    choose(mine, (conflict.id, "B"))
    assert [code for _coder, code, *_rest in codings(mine)] == ["arbeid"]
    assert sound(mine) == []


def test_a_later_change_brings_back_what_was_removed(pair) -> None:
    mine, theirs = pair
    with Desk(mine, "Kari") as bench:
        bench.remove(only_coding(bench))
    with Desk(theirs, "Kari") as bench:
        bench.recode(only_coding(bench), "arbeid")
    merged(mine, theirs)
    assert [code for _coder, code, *_rest in codings(mine)] == ["arbeid"]
    assert len(open_conflicts(mine)) == 1
    choose(mine, (open_conflicts(mine)[0].id, "B"))
    assert codings(mine) == []
    assert sound(mine) == []


@pytest.mark.parametrize("memo_later", [True, False])
def test_a_memo_on_a_removed_coding_goes_by_which_was_later(pair, memo_later: bool) -> None:
    mine, theirs = pair

    def write() -> None:
        with Desk(theirs, "Ola") as bench:
            (coding,) = bench.others(guid_of(bench, "samira"))
            bench.set_memo(MemoTarget.CODING, coding.guid, "Enig.")

    def remove() -> None:
        with Desk(mine, "Kari") as bench:
            bench.remove(only_coding(bench))

    for act in (remove, write) if memo_later else (write, remove):
        act()
    merged(mine, theirs)
    assert len(codings(mine)) == len(state_of(mine)["memo"]) == int(memo_later)
    assert sound(mine) == []


# One thing put in twice, and two things of one name


def test_one_passage_coded_in_both_copies_by_the_same_coder_is_one_coding(pair) -> None:
    mine, theirs = pair
    for path, facet in ((mine, "fra"), (theirs, "til")):
        with Desk(path, "Kari") as bench:
            coding = code_words(bench, "samira", "fin", "hverdag.bolig", retning=facet)
            bench.set_memo(MemoTarget.CODING, coding.guid, f"Memo {facet}")
    merged(mine, theirs)
    fine = [row for row in codings(mine) if row[2] == "fin"]
    assert fine == [("Kari", "hverdag.bolig", "fin", {"retning": "fra"})]
    found = {conflict.entity: conflict for conflict in open_conflicts(mine)}
    assert sorted(found) == ["coding", "memo"]
    choose(mine, (found["coding"].id, "B"), (found["memo"].id, "=Memo fra og til"))
    assert [row for row in codings(mine) if row[2] == "fin"] == [("Kari", "hverdag.bolig", "fin", {"retning": "til"})]
    assert [memo["text"] for memo in state_of(mine)["memo"].values()] == ["Memo fra og til"]
    assert open_conflicts(mine) == ()
    merged(theirs, mine)
    assert state_of(theirs) == state_of(mine)
    assert sound(mine) == sound(theirs) == []


def test_two_texts_of_one_name_are_both_kept(pair) -> None:
    mine, theirs = pair
    bring_in(mine, {"brev": "Det første.\n"})
    bring_in(theirs, {"brev": "Det andre.\n"})
    merged(mine, theirs)
    names = sorted(row["name"] for row in state_of(mine)["source"].values() if row["name"].startswith("brev"))
    assert names[0] == "brev"
    assert len(names) == 2
    (conflict,) = open_conflicts(mine)
    with pytest.raises(Conflict):
        choose(mine, (conflict.id, "=brev"))
    choose(mine, (conflict.id, "=brev_to"))
    assert sorted(row["name"] for row in state_of(mine)["source"].values())[:2] == ["brev", "brev_to"]
    assert sound(mine) == []


def test_a_code_added_in_both_copies_is_one_code(pair) -> None:
    mine, theirs = pair
    edit_codebook(mine, lambda changes: changes.add(NewCode("arbeid.sesong", "Sesong")))
    edit_codebook(theirs, lambda changes: changes.add(NewCode("arbeid.sesong", "Sesongarbeid")))
    with Desk(theirs, "Ola") as bench:
        code_words(bench, "samira", "jobben", "arbeid.sesong")
    merged(mine, theirs)
    assert ("Ola", "arbeid.sesong", "jobben", {}) in codings(mine)
    assert [conflict.part for conflict in open_conflicts(mine)] == ["label"]


# The codebook and the texts move on in one copy


def test_codings_made_with_a_code_that_was_merged_elsewhere_go_with_it(pair) -> None:
    mine, theirs = pair
    edit_codebook(mine, lambda changes: changes.merge(["ensomhet.isolasjon"], "ensomhet"))
    with Desk(theirs, "Ola") as bench:
        code_words(bench, "samira", "fin", "ensomhet.isolasjon")
    merged(mine, theirs)
    assert {code for _coder, code, *_rest in codings(mine)} == {"ensomhet"}
    merged(theirs, mine)
    assert state_of(theirs) == state_of(mine)
    assert sound(mine) == []


def test_codes_moved_below_each_other_end_at_the_top(pair) -> None:
    mine, theirs = pair
    edit_codebook(mine, lambda changes: changes.move("arbeid", "ensomhet"))
    edit_codebook(theirs, lambda changes: changes.move("ensomhet", "arbeid"))
    merged(mine, theirs)
    merged(theirs, mine)
    with Project.open(mine) as project:
        assert len(project.codebook().codes) == 8
    assert state_of(theirs) == state_of(mine)
    assert sound(mine) == []


def test_codings_made_on_an_old_text_stand_on_their_words_in_the_new_one(pair) -> None:
    mine, theirs = pair
    bring_in(mine, {"essay": "Et tillegg.\nFolk flytter dit det er arbeid. Slik er det i Granås.\n"}, carry_over=True)
    with Desk(theirs, "Ola") as bench:
        code_words(bench, "essay", "arbeid", "arbeid")
        code_words(bench, "essay", "Steinli", "hverdag.bolig")
    done = merged(mine, theirs)
    assert ("Ola", "arbeid", "arbeid", {}) in codings(mine)
    assert all(code != "hverdag.bolig" for _coder, code, *_rest in codings(mine))
    assert done.disputes == ()
    merged(theirs, mine)
    assert state_of(theirs) == state_of(mine)
    assert sound(mine) == sound(theirs) == []


# Undo after a merge


def test_what_was_merged_in_can_be_undone_by_its_coder_as_long_as_it_stands(pair) -> None:
    mine, theirs = pair
    with Desk(theirs, "Ola") as bench:
        code_words(bench, "samira", "fin", "arbeid")
    merged(mine, theirs)
    with Desk(mine, "Ola") as bench:
        bench.undo()
        assert bench.codings(guid_of(bench, "samira")) == []
        with pytest.raises(Conflict):
            bench.undo()
        bench.redo()
        assert len(bench.codings(guid_of(bench, "samira"))) == 1
    assert sound(mine) == []
    merged(theirs, mine)
    assert state_of(theirs) == state_of(mine)


def test_undo_is_refused_where_the_merge_let_another_value_stand(pair) -> None:
    mine, theirs = pair
    for path, code in ((mine, "arbeid"), (theirs, "hverdag.bolig")):
        with Desk(path, "Kari") as bench:
            bench.recode(only_coding(bench), code)
    with Desk(mine, "Kari") as bench:
        code_words(bench, "samira", "fin", "arbeid")
        bench.undo()
    merged(mine, theirs)
    before = state_of(mine)
    with closing(sqlite3.connect(mine)) as connection:
        (own,) = connection.execute("SELECT min(id) FROM change WHERE action = 'recode'").fetchone()
    with Project.open(mine) as project, pytest.raises(Conflict, match="changed since"):
        project.revert(own, coder="Kari", kind="undo")
    assert state_of(mine) == before


# What cannot be merged


def test_another_study_is_refused(pair, tmp_path: Path) -> None:
    from tests.studies import new_study

    (tmp_path / "other").mkdir()
    other = new_study(tmp_path / "other" / "other.koding")
    before = state_of(pair[0])
    with pytest.raises(KodingError, match="is not a copy of"):
        merged(pair[0], pair[1], other)
    assert state_of(pair[0]) == before


def test_the_study_itself_and_what_is_no_study_are_refused(pair, tmp_path: Path) -> None:
    with pytest.raises(KodingError, match="merged into"):
        merged(pair[0], pair[0])
    text = tmp_path / "text.koding"
    text.write_text("no study")
    with pytest.raises(KodingError, match="not a koding study"):
        merged(pair[0], text)


def test_a_copy_of_a_newer_koding_is_refused(pair) -> None:
    with closing(sqlite3.connect(pair[1])) as connection:
        connection.execute("PRAGMA user_version = 9999")
    with pytest.raises(KodingError, match="newer koding"):
        merged(*pair)


def test_a_copy_whose_journal_does_not_tell_its_rows_is_refused_whole(pair) -> None:
    mine, theirs = pair
    with Desk(theirs, "Ola") as bench:
        code_words(bench, "samira", "fin", "arbeid")
    with closing(sqlite3.connect(theirs)) as connection:
        connection.execute("UPDATE coding SET start = start + 1 WHERE coder <> (SELECT coder FROM coding LIMIT 1)")
        connection.commit()
    before = state_of(mine)
    with pytest.raises(KodingError, match="does not hold together"):
        merged(mine, theirs)
    assert state_of(mine) == before


def test_a_busy_study_is_told_of(pair, monkeypatch) -> None:
    monkeypatch.setattr("koding.store.connection.LOCK_WAIT", 0.05)
    holder = sqlite3.connect(pair[0], isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with pytest.raises(KodingError, match="busy"):
        merged(*pair)
    holder.execute("ROLLBACK")
    holder.close()


def test_a_copy_of_an_older_format_is_merged_and_stays_as_it_is(study: Path) -> None:
    from tests.store.test_word_field_column import take_back

    old = take_back(copy_of(study, "old"))
    before = old.read_bytes()
    with Desk(study, "Kari") as bench:
        code_words(bench, "samira", "fin", "arbeid")
    done = merged(study, old)
    assert done.changes == 0
    assert old.read_bytes() == before
    assert sound(study) == []


def test_a_disagreement_decided_in_two_ways_is_told_in_words(pair: tuple[Path, Path]) -> None:
    mine, theirs = pair
    with Desk(mine, "Ola") as bench:
        code_words(bench, "samira", "jobb hadde jeg", "arbeid")
    merged(theirs, mine)
    for path, coder, decision in (
        (mine, "Kari", Decision("Kari", why="Hun sier det", certainty=Certainty.SURE, keywords=("telefon",))),
        (theirs, "Ola", Decision("other", "arbeid.relevant")),
    ):
        with closing(Resolver.open(path, coder)) as resolver:
            resolver.decide(resolver.differences[0], decision)
    merged(mine, theirs)
    (found,) = open_conflicts(mine)
    assert found.what.startswith("decision about a disagreement ensomhet.isolasjon samira:")
    assert {option.value for option in found.options} == {"Kari, «Hun sier det», sure, telefon", "arbeid.relevant"}
    assert sound(mine) == sound(theirs) == []
