"""Who coded what, when, and from which suggestion; and what the study can say of its method."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import pytest

from koding.model.coding import MemoTarget, Suggestion
from koding.model.coreq import ITEMS
from koding.model.resolution import Decision
from koding.session.methods import methods
from koding.session.resolving import Resolver
from koding.session.study_file import open_study
from koding.session.workbench import Workbench
from tests.studies import code_words, guid_of, json_lines


@pytest.fixture
def worked(study: Path) -> Path:
    """Give a study where Kari took one suggestion as it was and one as another code, and Ola coded by hand."""
    with closing(Workbench.open(study, "Kari")) as bench:
        source = guid_of(bench, "samira")
        start = bench.transcript(source).text.index("jobb")
        bench.accept(Suggestion(source, start, start + 4, "arbeid", 0.9, "rules", ""), suggester="rules/7")
        edited = Suggestion(source, start + 6, start + 10, "arbeid", 0.9, "rules", "")
        bench.accept(edited, "ensomhet", suggester="rules/7")
        bench.reject(Suggestion(source, start, start + 9, "arbeid", 0.9, "rules", ""), suggester="rules/7")
    with closing(Workbench.open(study, "Ola")) as bench:
        coding = code_words(bench, "essay", "arbeid", "arbeid.inntekt")
        bench.set_memo(MemoTarget.CODING, coding.guid, "Ikke hans egen.")
        code_words(bench, "samira", "Telefonen", "ensomhet")
    return study


def actions(koding, study: Path, *options: str) -> list[object]:
    return [line["action"] for line in json_lines(koding("log", study, *options, "--format", "jsonl").out)]


def test_the_suggestion_that_a_coding_was_is_told(koding, worked: Path) -> None:
    lines = koding("log", worked, "--coder", "Kari").out.splitlines()
    assert [line for line in lines if "  suggestion of rules/7" in line and "arbeid samira" in line]
    assert [line for line in lines if "edited suggestion of rules/7" in line and "ensomhet samira" in line]
    (first, *_rest) = [
        line for line in json_lines(koding("log", worked, "--format", "jsonl").out) if line["action"] == "accept"
    ]
    touched = [(one["code"], one["origin"], one["verdict"], one["suggester"]) for one in first["codings"]]  # type: ignore[attr-defined]
    assert touched == [("arbeid", "accepted", "", "rules/7"), ("arbeid", "", "accepted", "rules/7")]


def test_changes_are_asked_by_person_code_and_source(koding, worked: Path) -> None:
    assert actions(koding, worked, "--coder", "Ola") == ["new coder", "code", "memo", "code"]
    assert actions(koding, worked, "--coder", "Ola", "--last", "2") == ["memo", "code"]
    assert actions(koding, worked, "--code", "arbeid.inntekt") == ["init", "code", "memo"]
    assert actions(koding, worked, "--source", "essay") == ["import", "code", "memo"]
    assert actions(koding, worked, "--source", "samira", "--coder", "Kari") == ["accept", "accept", "reject"]
    assert actions(koding, worked, "--source", "samira", "--code", "ensomhet") == ["accept", "code"]


@pytest.mark.parametrize("options", [["--coder", "Per"], ["--code", "arbied"], ["--source", "samria"]])
def test_names_that_are_not_there_are_told(koding, worked: Path, options: list[str]) -> None:
    assert koding("log", worked, *options).code == 2


def test_an_undo_is_found_with_what_it_took_back(koding, worked: Path) -> None:
    with closing(Workbench.open(worked, "Ola")) as bench:
        bench.undo()
    kinds = [line["kind"] for line in json_lines(koding("log", worked, "--code", "ensomhet", "--format", "jsonl").out)]
    assert kinds == ["do", "do", "do", "undo"]


def test_the_items_of_coreq_are_filled_from_the_study(worked: Path) -> None:
    with closing(Resolver.open(worked, "Lead")) as resolver:
        resolver.decide(resolver.differences[0], Decision("neither"))
    with open_study(worked) as project:
        found = {item.number: " ".join(item.lines) for item in methods(project)}
    assert list(found) == list(ITEMS) == list(range(1, 33))
    assert "5 informants who speak in 3 sources" in found[12]
    assert "gruppe: ansatt 1, flyktning 3, skribent 1" in found[16]
    assert "2 coders: Kari (2), Ola (2)" in found[24]
    assert "1 disagreement was decided by Lead" in found[24]
    assert "Minikodebok" in found[25]
    assert "2 by hand, 1 from accepted suggestions, 1 from suggestions that were changed" in found[26]
    assert "1 suggestion was turned down" in found[26]
    assert "rules/7" in found[27]
    assert "Ensomhet 1" in found[31]
    assert not found[21]
    assert [number for number, text in found.items() if text] == [12, 16, 22, 24, 25, 26, 27, 31, 32]


def test_an_empty_study_has_a_report_too(koding, tmp_path: Path) -> None:
    from tests.studies import new_study

    made = koding("report", "methods", new_study(tmp_path / "empty.koding"), "--format", "json")
    items = json.loads(made.out)["items"]
    assert [item["item"] for item in items if item["filled"]] == [25, 26, 27]
    assert "Items that only you can fill" in koding("report", "methods", tmp_path / "empty.koding").out
