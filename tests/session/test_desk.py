"""What the coding screen remembers of a coder: places, digits; and how long it waits for another program."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest

from koding.errors import StudyLocked
from koding.model.rounds import RoundMode
from koding.session.rounds import new_round
from koding.session.study_file import open_study
from koding.session.workbench import PATIENCE, Workbench
from tests.studies import code_words, guid_of


@pytest.fixture
def opened(study: Path):
    benches = []

    def open_bench(coder: str = "Kari") -> Workbench:
        benches.append(Workbench.open(study, coder))
        return benches[-1]

    yield open_bench
    for bench in benches:
        bench.close()


def test_without_digits_the_codes_of_the_newest_codings_come_first(opened) -> None:
    bench = opened()
    for words, code in (("dyr", "arbeid"), ("fin", "ensomhet"), ("men", "arbeid")):
        code_words(bench, "samira", words, code)
    assert bench.recent_codes(9) == (["arbeid", "ensomhet"], ["ensomhet", "arbeid"])
    assert bench.recent_codes(1) == (["arbeid"], ["arbeid"])


def test_digits_are_as_they_were_after_a_restart(opened) -> None:
    opened().keep_recent_codes(["ensomhet", "arbeid"], ["arbeid", "ensomhet"])
    assert opened().recent_codes(9) == (["ensomhet", "arbeid"], ["arbeid", "ensomhet"])
    assert opened("Ola").recent_codes(9) == ([], [])


def test_the_place_of_somebody_who_has_only_read_is_remembered(opened) -> None:
    bench = opened("Leser")
    source = guid_of(bench, "meeting")
    bench.set_bookmark(source, 12)
    again = opened("Leser")
    assert (again.last_source(), again.bookmark(source)) == (source, 12)


def test_every_round_has_places_of_its_own(study: Path) -> None:
    with open_study(study) as project:
        new_round(project, "r", mode=RoundMode.AFTER, by="Lead")
    with closing(Workbench.open(study, "Kari", "none")) as bench:
        source = guid_of(bench, "meeting")
        bench.set_bookmark(source, 12)
    with closing(Workbench.open(study, "Kari", "r")) as bench:
        assert (bench.last_source(), bench.bookmark(source)) == (None, 0)
        bench.set_bookmark(source, 40)
    for name, place in (("r", 40), ("none", 12)):
        with closing(Workbench.open(study, "Kari", name)) as bench:
            assert (bench.last_source(), bench.bookmark(source)) == (source, place)


def test_a_key_waits_for_another_program_once_and_not_long_and_what_has_no_weight_not_at_all(
    study: Path, opened
) -> None:
    bench = opened()
    source = guid_of(bench, "samira")
    holder = sqlite3.connect(study, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    start = time.monotonic()
    with pytest.raises(StudyLocked):
        bench.set_bookmark(source, 3)
    with pytest.raises(StudyLocked):
        bench.keep_recent_codes(["arbeid"], ["arbeid"])
    with pytest.raises(StudyLocked):
        code_words(bench, "samira", "dyr", "arbeid")
    waited = time.monotonic() - start
    holder.execute("ROLLBACK")
    holder.close()
    # SQLite may add its own rounding; a second wait would take twice as long.
    assert waited < 2 * PATIENCE
    assert code_words(bench, "samira", "dyr", "arbeid") in bench.codings(source)


def test_looking_round_neither_waits_nor_fails_while_another_program_writes_without_write_ahead_mode(
    study: Path, opened, monkeypatch
) -> None:
    monkeypatch.setenv("KODING_JOURNAL_MODE", "delete")
    bench = opened()
    holder = sqlite3.connect(study, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    start = time.monotonic()
    assert not bench.changed_elsewhere()
    assert time.monotonic() - start < PATIENCE
    holder.execute("UPDATE study SET name = 'annet'")
    holder.execute("COMMIT")
    holder.close()
    assert bench.changed_elsewhere()
