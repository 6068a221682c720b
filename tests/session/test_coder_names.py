"""What a coder may be called, and when a coder enters the journal."""

from __future__ import annotations

from pathlib import Path

import pytest

from koding.errors import UsageFault
from koding.session.coder_names import LONGEST, checked
from koding.session.workbench import Workbench
from koding.store import codings as codings_store
from koding.store import journal
from tests.studies import code_words


def test_the_space_around_a_name_is_no_part_of_it() -> None:
    assert checked("  Kari Nordmann \n", []) == "Kari Nordmann"


@pytest.mark.parametrize(
    "name", ["", "   ", "Ka\nri", "Ka\tri", "Kari\x1b[31m", "Ka\u200bri", "Ka\u202eri", "x" * (LONGEST + 1)]
)
def test_a_name_that_cannot_be_read_on_one_line_is_refused(name: str) -> None:
    with pytest.raises(UsageFault) as told:
        checked(name, ["Ola"])
    assert told.value.hint


@pytest.mark.parametrize("name", ["kari", "KARI", "Ｋari"])
def test_a_name_that_looks_like_anothers_is_refused_with_that_name(name: str) -> None:
    with pytest.raises(UsageFault, match="«Kari»") as told:
        checked(name, ["Kari", "Ola"])
    assert "--coder Kari" in told.value.hint


def test_the_letters_of_a_name_may_be_encoded_in_either_way_but_not_in_both() -> None:
    with pytest.raises(UsageFault):
        checked("A\u030ase", ["\u00c5se"])
    assert checked("\u00c5se", ["\u00c5se"]) == "\u00c5se"


def test_two_who_are_in_the_study_already_both_go_on() -> None:
    assert checked("kari", ["Kari", "kari"]) == "kari"


def test_a_coder_enters_the_study_with_the_first_thing_written_not_by_looking(study: Path) -> None:
    bench = Workbench.open(study, "Nina")
    with bench._project.reading() as connection:
        before = len(list(journal.events(connection)))
        bench.bookmark(bench.outline()[0].guid)
        assert "Nina" not in codings_store.coders(connection)
        code_words(bench, "samira", "dyr", "arbeid")
        assert [event.action for event in journal.events(connection)][before:] == ["new coder", "code"]
        assert "Nina" in codings_store.coders(connection)
    assert bench.undo().text == "coding with Arbeid: «dyr»"
    bench.close()
