"""A short sample of the fuzz run (`python -m benchmarks.fuzz` is the whole): damaged files of every kind."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.interchange.mutations import Case, case, seeds
from tests.interchange.trials import FAULT, GOOD, REFUSED, Bench


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    return Bench(tmp_path_factory.mktemp("bench"))


@pytest.mark.parametrize("name", seeds())
def test_the_files_that_are_damaged_are_good_before(bench: Bench, name: str) -> None:
    seed = seeds()[name]
    assert bench.run(Case(name, seed.door, dict(seed.files))).ended == GOOD


def test_damaged_files_end_in_one_clear_line_or_a_good_import(bench: Bench) -> None:
    count = 5 * len(seeds())
    outcomes = {number: bench.run(case(number)) for number in range(count)}
    faults = {number: outcome.detail for number, outcome in outcomes.items() if outcome.ended == FAULT}
    assert faults == {}
    assert {outcome.ended for outcome in outcomes.values()} == {GOOD, REFUSED}


def test_a_case_is_the_same_every_time() -> None:
    assert [case(number) for number in range(60)] == [case(number) for number in range(60)]


def test_the_bench_sees_a_traceback_and_an_unclear_refusal(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    from koding.errors import KodingError
    from tests.interchange import trials

    def fails(fault: Exception):
        def door(_study: Path, _path: Path) -> None:
            raise fault

        return door

    def changes(study: Path, _path: Path) -> None:
        study.write_bytes(b"x")
        raise KodingError("Nei.")

    for door, detail in (
        (fails(ZeroDivisionError("x")), "ZeroDivisionError: x"),
        (fails(KodingError(" ")), "no clear line"),
        (changes, "the study was changed by a refusal"),
    ):
        monkeypatch.setitem(trials._DOORS, "import", door)
        outcome = bench.run(Case("x", "import", {"x.txt": b"x"}))
        assert (outcome.ended, outcome.detail[: len(detail)]) == (FAULT, detail)
        assert bench.study.read_bytes() == bench.bytes
