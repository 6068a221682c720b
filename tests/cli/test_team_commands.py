"""Rounds and disagreements through the commands."""

from __future__ import annotations

import csv
import io
import json
from contextlib import closing
from pathlib import Path

import pytest

from koding.session.workbench import Workbench
from tests.studies import code_words, json_lines


@pytest.fixture
def coded(study: Path) -> Path:
    with closing(Workbench.open(study, "Kari")) as bench:
        code_words(bench, "samira", "Telefonen ringte aldri", "ensomhet", retning="fra")
        code_words(bench, "samira", "jobb", "arbeid")
    with closing(Workbench.open(study, "Ola")) as bench:
        code_words(bench, "samira", "ringte aldri", "ensomhet")
        code_words(bench, "samira", "jobb", "arbeid")
    return study


def test_a_round_is_made_listed_shown_closed_and_opened(koding, study: Path) -> None:
    made = koding("round", "new", study, "pilot", "--sample", "2", "--seed", "3", "--coders", "Kari, Ola")
    assert (made.code, made.out) == (0, "")
    assert "2 sources" in made.err
    assert "seed 3" in made.err
    (listed,) = json_lines(koding("round", "list", study, "--format", "jsonl").out)
    assert (listed["round"], listed["mode"], listed["seed"], listed["closed"]) == ("pilot", "blind", 3, False)
    assert listed["coders"] == ["Kari", "Ola"]
    assert "pilot" in koding("round", "list", study).out
    shown = json_lines(koding("round", "show", study, "pilot", "--format", "jsonl").out)
    assert len(shown) == 3
    assert koding("round", "show", study, "pilot").code == 0
    assert koding("round", "close", study, "pilot").code == 0
    assert "closed" in koding("round", "list", study).out
    assert koding("round", "close", study, "pilot").code == 1
    assert koding("round", "open", study, "pilot").code == 0
    unknown = koding("round", "show", study, "pilto")
    assert unknown.code == 2
    assert "pilot" in unknown.err


def test_a_round_may_show_suggestions_after_the_coders_own_judgement(koding, study: Path) -> None:
    assert koding("round", "new", study, "etter", "--mode", "after").code == 0
    (listed,) = json_lines(koding("round", "list", study, "--format", "jsonl").out)
    assert listed["mode"] == "after"
    assert "after" in koding("round", "list", study).out
    assert koding("round", "show", study, "etter").out.startswith("etter: after, running, 3 sources\n")
    (event,) = json_lines(koding("log", study, "--last", "1", "--format", "jsonl").out)
    assert event["detail"] == "etter (after)"
    refused = koding("round", "new", study, "other", "--mode", "later")
    assert (refused.code, refused.out) == (2, "")
    assert refused.err.splitlines()[-1].endswith("'later' is not one of 'blind', 'open', 'after'.")
    assert "other" not in koding("round", "list", study).out


def test_codings_come_in_and_go_out_with_their_round(koding, coded: Path, tmp_path: Path) -> None:
    kari = tmp_path / "kari.csv"
    koding("codings", "export", coded, "--coder", "Kari", "-o", kari)
    koding("round", "new", coded, "r", "--sources", "samira", "--coders", "Kari,Ola")
    assert koding("codings", "import", coded, kari, "--round", "r").code == 0
    again = koding("codings", "import", coded, kari, "--round", "r")
    assert "2 were in the study already" in again.err
    rows = list(csv.DictReader(io.StringIO(koding("codings", "export", coded, "--round", "r").out)))
    assert [row["coder"] for row in rows] == ["Kari", "Kari"]
    koding("round", "new", coded, "other", "--sources", "essay")
    refused = koding("codings", "import", coded, kari, "--round", "other")
    assert refused.code == 1
    assert "not in the round" in refused.err
    kari.write_text(kari.read_text(encoding="utf-8").replace(",Kari,", ",Per,"), encoding="utf-8")
    assert "Per has no part" in koding("codings", "import", coded, kari, "--round", "r").err
    assert koding("check", coded).code == 0


def test_suggestions_pass_by_what_is_coded_blind(koding, study: Path) -> None:
    koding("round", "new", study, "r", "--sources", "samira")
    assert "Without the sources of the round r" in koding("suggest", study, "--no-learn").err
    refused = koding("suggest", study, "--source", "samira", "--no-learn")
    assert refused.code == 1
    assert "blind" in refused.err
    koding("round", "close", study, "r")
    assert koding("suggest", study, "--source", "samira", "--no-learn").code == 0


def test_disagreements_are_listed_in_every_form(koding, coded: Path, tmp_path: Path) -> None:
    table = koding("disagreements", coded)
    assert "different spans" in table.out
    assert "1 disagreement, 0 decided." in table.err
    rows = json_lines(koding("disagreements", coded, "--format", "jsonl").out)
    assert [(row["coder"], row["text"]) for row in rows] == [
        ("Kari", "Telefonen ringte aldri"), ("Ola", "ringte aldri"),
    ]  # fmt: skip
    assert rows[0]["facets"] == {"retning": "fra"}
    out = tmp_path / "d.csv"
    koding("disagreements", coded, "--format", "csv", "-o", out)
    assert [row["kind"] for row in csv.DictReader(out.open(encoding="utf-8"))] == ["span", "span"]
    assert json_lines(koding("disagreements", coded, "--kind", "code", "--format", "jsonl").out) == []
    assert koding("disagreements", coded, "--coders", "Kari,Per").code == 2
    assert koding("disagreements", coded, "--coders", "Kari").code == 2


def test_a_disagreement_is_decided_and_counted(koding, coded: Path) -> None:
    identity = json_lines(koding("disagreements", coded, "--format", "jsonl").out)[0]["id"]
    decided = koding(
        "resolve", coded, identity, "--coder", "Lead", "--take", "Kari", "--why", "Hele setningen.",
        "--certainty", "sure", "--keyword", "telefon", "--keyword", "alene",
    )  # fmt: skip
    assert (decided.code, decided.out) == (0, "1 of 1 decided\n")
    row = json_lines(koding("disagreements", coded, "--format", "jsonl").out)[0]
    assert (row["decided"], row["decided_by"], row["why"], row["certainty"], row["keywords"]) == (
        "Kari", "Lead", "Hele setningen.", "sure", ["telefon", "alene"],
    )  # fmt: skip
    assert koding("disagreements", coded, "--open", "--format", "jsonl").out == ""
    rows = list(csv.DictReader(io.StringIO(koding("codings", "export", coded, "--resolved").out)))
    assert [(row["code"], row["text"], row["coder"]) for row in rows] == [
        ("ensomhet", "Telefonen ringte aldri", "resolved"), ("arbeid", "jobb", "resolved"),
    ]  # fmt: skip
    matrix = json.loads(koding("matrix", coded, "--by", "gruppe", "--resolved", "--format", "json").out)
    assert {one["code"]: one["total"] for one in matrix["rows"] if one["total"]} == {"ensomhet": 1, "arbeid": 1}
    agreed = json.loads(koding("agree", coded, "--coders", "Kari,resolved", "--format", "json").out)
    assert agreed["overall"]["krippendorff_alpha"] == 1
    assert koding("resolve", coded, identity, "--coder", "Lead", "--reopen").out == "0 of 1 decided\n"


@pytest.mark.parametrize("options", [[], ["--take", "Kari", "--code", "arbeid"], ["--take", "Per"], ["--code", "x"]])
def test_a_decision_that_says_too_little_or_too_much_is_refused(koding, coded: Path, options: list[str]) -> None:
    identity = json_lines(koding("disagreements", coded, "--format", "jsonl").out)[0]["id"]
    assert koding("resolve", coded, identity, "--coder", "Lead", *options).code == 2


def test_resolved_codings_do_not_come_in_as_a_coders(koding, coded: Path, tmp_path: Path) -> None:
    out = tmp_path / "resolved.csv"
    koding("codings", "export", coded, "--resolved", "-o", out)
    assert koding("codings", "import", coded, out).code == 1
    assert koding("codings", "import", coded, out, "--coder", "resolved").code == 2
    assert koding("code", coded, "--coder", "resolved").code == 2
