"""Merges that follow upon others: what was taken back or has no place can come to stand again."""

from __future__ import annotations

from contextlib import closing

import pytest

from koding.errors import Conflict
from koding.model.rounds import RoundMode
from koding.readers.choices_csv import ChoiceRow
from koding.session.merging import apply_choices, conflicts
from koding.session.rounds import new_round, rounds
from koding.session.workbench import Workbench
from koding.store import journal
from koding.store.project import Project
from tests.merging.histories import copy_of, disputed, merged, sound
from tests.studies import TEXTS, bring_in, code_words, state_of

WITHOUT_WORK = "Folk flytter dit de vil. Slik har det alltid vært i Steinli.\n"
LETTER = "Kjære dere, her er det kaldt og stille om vinteren.\n"


def code(path, source: str, words: str, round_name: str = "none") -> str:
    with closing(Workbench.open(path, "Ola", round_name=round_name)) as bench:
        return code_words(bench, source, words, "arbeid").guid


def take_back_last(path) -> None:
    with Project.open(path) as project:
        last = journal.undoable(project.connection, None)
        assert last is not None
        project.revert(last, coder="Kari", kind="undo")


def assert_same(*paths) -> None:
    first, *others = paths
    assert sound(first) == []
    for other in others:
        assert state_of(other) == state_of(first)
        assert disputed(other) == disputed(first)
        assert sound(other) == []


def test_an_import_taken_back_comes_back_where_another_copy_coded_in_it(study) -> None:
    bring_in(study, {"brev": LETTER})
    a, b = copy_of(study, "a"), copy_of(study, "b")
    coding = code(b, "brev", "kaldt og stille")
    take_back_last(a)
    before = state_of(b)
    merged(a, b)
    merged(b, a)
    assert_same(a, b)
    assert coding in state_of(a)["coding"]
    assert state_of(a)["source"] == before["source"]
    assert state_of(a)["segmentation"] == before["segmentation"]
    assert state_of(a)["speaker"] == before["speaker"]


def test_an_import_taken_back_stays_so_where_nobody_used_it(study) -> None:
    bring_in(study, {"brev": LETTER})
    a, b = copy_of(study, "a"), copy_of(study, "b")
    take_back_last(a)
    code(b, "essay", "arbeid")
    merged(a, b)
    merged(b, a)
    assert_same(a, b)
    assert "brev" not in {row["name"] for row in state_of(a)["source"].values()}


def test_a_removal_cannot_be_taken_back_where_another_copy_took_the_source_back(study) -> None:
    bring_in(study, {"brev": LETTER})
    a, b = copy_of(study, "a"), copy_of(study, "b")
    take_back_last(a)
    with closing(Workbench.open(b, "Ola")) as bench:
        bench.remove(code_words(bench, "brev", "kaldt", "arbeid"))
    merged(b, a)
    before = state_of(b)
    with closing(Workbench.open(b, "Ola")) as bench, pytest.raises(Conflict, match="no longer in the study"):
        bench.undo()
    assert state_of(b) == before


def test_a_round_taken_back_comes_back_where_another_copy_coded_in_it(study) -> None:
    with Project.open(study) as project:
        new_round(project, "Første", by="Kari")
    a, b = copy_of(study, "a"), copy_of(study, "b")
    coding = code(b, "essay", "arbeid", "Første")
    take_back_last(a)
    merged(a, b)
    merged(b, a)
    assert_same(a, b)
    with Project.open(a) as project:
        (one,) = rounds(project)
    assert state_of(a)["coding"][coding]["round"] == one.guid
    assert len(one.parts) == len(TEXTS)


def test_rounds_of_one_name_and_two_modes_are_two_rounds(study) -> None:
    a, b = copy_of(study, "a"), copy_of(study, "b")
    for copy, mode in ((a, RoundMode.AFTER), (b, RoundMode.OPEN)):
        with Project.open(copy) as project:
            new_round(project, "Første", mode=mode, by="Kari")
            new_round(project, "Andre", mode=RoundMode.AFTER, by="Kari")
    merged(a, b)
    merged(b, a)
    assert_same(a, b)
    with Project.open(a) as project:
        found = sorted((one.name, one.mode.value) for one in rounds(project))
    assert found == [("Andre", "after"), ("Første", "after"), ("Første", "open")]


def test_drawn_turns_stand_on_their_words_where_another_copy_replaced_the_text(study) -> None:
    a, b = copy_of(study, "a"), copy_of(study, "b")
    with Project.open(b) as project:
        new_round(project, "Første", sources=["essay"], turns=1, seed=1, by="Ola")
    added = "Et tillegg foran her. "
    bring_in(a, {"essay": added + TEXTS["essay"]}, carry_over=True)
    (before,) = state_of(b)["round_part"].values()
    merged(a, b)
    merged(b, a)
    assert_same(a, b)
    (part,) = state_of(a)["round_part"].values()
    assert (part["start"], part["end"]) == (before["start"] + len(added), before["end"] + len(added))


def test_a_coding_of_one_copy_stands_on_its_words_where_both_replaced_the_text(study) -> None:
    a, b = copy_of(study, "a"), copy_of(study, "b")
    coding = code(a, "essay", "det er arbeid")
    bring_in(a, {"essay": TEXTS["essay"] + "Et tillegg bak.\n"}, carry_over=True)
    (before,) = state_of(a)["coding"].values()
    added = "Et tillegg foran. "
    bring_in(b, {"essay": added + TEXTS["essay"]}, carry_over=True)
    merged(a, copy_of(b, "theirs"))
    merged(b, a)
    assert_same(a, b)
    after = state_of(a)["coding"][coding]
    assert (after["start"], after["end"]) == (before["start"] + len(added), before["end"] + len(added))


def test_a_coding_without_a_place_has_one_again_when_its_words_come_back(study) -> None:
    a, b = copy_of(study, "a"), copy_of(study, "b")
    coding = code(b, "essay", "det er arbeid")
    bring_in(a, {"essay": WITHOUT_WORK}, carry_over=True)
    merged(a, b)
    merged(b, a)
    assert_same(a, b)
    assert coding not in state_of(a)["coding"]
    bring_in(a, {"essay": TEXTS["essay"]}, carry_over=True)
    merged(b, a)
    merged(a, b)
    assert_same(a, b)
    assert coding in state_of(a)["coding"]


def test_a_name_given_up_comes_back_when_its_other_bearer_is_gone(study) -> None:
    a, b, c = (copy_of(study, name) for name in "abc")
    bring_in(a, {"brev": LETTER})
    bring_in(b, {"brev": LETTER.replace("kaldt", "varmt")})
    merged(c, a, b)
    assert len({row["name"] for row in state_of(c)["source"].values()} - set(TEXTS)) == len("ab")
    take_back_last(a)
    merged(c, a)
    merged(a, b)
    merged(b, c)
    assert_same(a, b, c)
    assert {row["name"] for row in state_of(c)["source"].values()} == {*TEXTS, "brev"}


def test_three_letters_of_one_name_are_listed_alike_in_every_order(study) -> None:
    copies = [copy_of(study, name) for name in "abc"]
    for path, word in zip(copies, ("kaldt", "varmt", "vått"), strict=True):
        bring_in(path, {"brev": LETTER.replace("kaldt", word)})
    a, b, c = copies
    one, other, at_once = copy_of(a, "one"), copy_of(c, "other"), copy_of(b, "once")
    merged(one, b)
    merged(one, c)
    merged(other, b)
    merged(other, a)
    merged(at_once, c, a)
    assert_same(one, other, at_once)
    names = {row["name"] for row in state_of(one)["source"].values()} - set(TEXTS)
    assert len(names) == len(copies)
    assert "brev" in names


@pytest.mark.parametrize("letter", ["A", "B"])
def test_with_the_text_that_is_chosen_come_its_turns_and_nothing_else_is_to_choose(study, letter: str) -> None:
    a, b = copy_of(study, "a"), copy_of(study, "b")
    for path, text in ((a, WITHOUT_WORK), (b, "Et tillegg foran.\n" + TEXTS["essay"])):
        bring_in(path, {"essay": text}, carry_over=True)
    merged(b, a)
    with Project.open(b) as project:
        (one,) = conflicts(project)
        apply_choices(project, [ChoiceRow(1, one.id, letter, "avtalt")], coder="Kari")
    with Project.open(b) as project:
        assert not conflicts(project)
    assert sound(b) == []
