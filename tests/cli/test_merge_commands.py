"""koding merge and koding conflicts, and the commands that change a codebook, as people run them."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pytest

from koding.session.workbench import Workbench
from tests.merging.histories import copy_of
from tests.studies import CHECKOUT, code_words, guid_of

GOLDEN = CHECKOUT / "tests" / "golden" / "merge" / "dry_run.json"


@pytest.fixture
def pair(study: Path) -> tuple[Path, Path]:
    """Give two copies with a conflict, a twin and a coding of Ola's between them."""
    bench = Workbench.open(study, "Kari")
    code_words(bench, "samira", "Telefonen ringte aldri", "ensomhet.isolasjon")
    bench.close()
    other = copy_of(study, "copy")
    for path, code, facet in ((study, "arbeid", "fra"), (other, "hverdag.bolig", "til")):
        bench = Workbench.open(path, "Kari")
        (coding,) = bench.codings(guid_of(bench, "samira"))
        bench.recode(coding, code)
        code_words(bench, "samira", "fin", "hverdag.bolig", retning=facet)
        bench.close()
    bench = Workbench.open(other, "Ola")
    code_words(bench, "samira", "dyr", "hverdag.bolig.leie")
    bench.close()
    return study, other


def without_chance(text: str) -> str:
    """Take times and short names out of a report: they are other ones in every run."""
    text = re.sub(r"\d{4}-\d\d-\d\d[T ][0-9:.]+Z?", "TIME", text)
    return re.sub(r'"id": "[0-9a-f]{8}"', '"id": "ID"', text)


def test_the_report_of_a_dry_run_is_as_agreed(pair, koding, tmp_path) -> None:
    mine, theirs = pair
    before = mine.read_bytes()
    ran = koding("merge", mine, theirs, "--dry-run", "--report", tmp_path / "report.json")
    assert ran.code == 0
    assert mine.read_bytes() == before
    report = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    report["conflicts"].sort(key=lambda one: (one["entity"], one["what"]))
    assert json.loads(without_chance(json.dumps(report))) == json.loads(GOLDEN.read_text(encoding="utf-8"))
    assert "dry run" in ran.err
    assert "copy.koding  4        +1 ~1 -0" in ran.out


def test_merging_says_what_came_and_what_is_to_be_chosen(pair, koding) -> None:
    mine, theirs = pair
    ran = koding("merge", mine, theirs)
    assert ran.code == 0
    assert "Merged 4 changes into small.koding." in ran.err
    assert "small.koding.merge.backup" in ran.err
    assert "2 things were changed in different ways" in ran.err
    again = koding("merge", mine, theirs)
    assert "has all of it already" in again.err
    assert koding("check", mine).code == 0


def test_conflicts_are_chosen_one_by_one(pair, koding) -> None:
    mine, theirs = pair
    koding("merge", mine, theirs, "--no-backup")
    assert list(mine.parent.glob("*.backup")) == []
    found = json.loads(koding("conflicts", mine, "--format", "json").out)
    for one in found:
        ran = koding("conflicts", mine, "--take", f"{one['id']}=theirs", "--reason", "agreed")
        assert (ran.code, "Chosen: coding" in ran.err) == (0, True)
    assert "nothing to choose" in koding("conflicts", mine).err
    assert "choice between copies" in koding("log", mine, "--last", "1").out


def test_conflicts_are_chosen_in_a_table(pair, koding, tmp_path) -> None:
    mine, theirs = pair
    koding("merge", mine, theirs)
    table = tmp_path / "choices.csv"
    koding("conflicts", mine, "-o", table)
    rows = list(csv.DictReader(table.open(encoding="utf-8")))
    assert all(row["choice"] == "" for row in rows)
    rows[0]["choice"], rows[1]["choice"] = "B", "ours"
    with table.open("w", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    assert koding("conflicts", mine, "--resolve", table).code == 0
    assert json.loads(koding("conflicts", mine, "--format", "json").out) == []


def test_a_table_of_choices_can_be_given_with_the_merge(pair, koding, tmp_path) -> None:
    mine, theirs = pair
    dry = tmp_path / "dry.json"
    koding("merge", mine, theirs, "--dry-run", "--report", dry)
    table = tmp_path / "choices.csv"
    ids = [one["id"] for one in json.loads(dry.read_text(encoding="utf-8"))["conflicts"]]
    table.write_text("id,choice\n" + "".join(f"{one},A\n" for one in ids), encoding="utf-8")
    ran = koding("merge", mine, theirs, "--resolve", table)
    assert ran.code == 0
    assert "different ways" not in ran.err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["merge", "{study}", "nowhere.koding"], "There is no study"),
        (["merge", "{study}", "{study}"], "merged into"),
        (["conflicts", "{study}", "--take", "ffffffff=A"], "no conflict called ffffffff"),
        (["codebook", "merge", "{study}", "arbeid.inntekt", "--into", "arbied"], "no code called arbied"),
        (["codebook", "move", "{study}", "arbeid.inntekt"], "give --top"),
        (["codebook", "split", "{study}", "arbeid", "en"], "two codes at least"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(study, koding, arguments, message) -> None:
    ran = koding(*(one.format(study=study) for one in arguments))
    assert ran.code != 0
    assert message in ran.err
    assert len(ran.err.splitlines()) == 1


def test_a_codebook_is_changed_and_tells_its_history(study, koding, tmp_path) -> None:
    before = tmp_path / "before.yaml"
    koding("codebook", "export", study, before)
    for arguments in (
        ["add", study, "arbeid.sesong", "--label", "Sesong", "--short", "En del av året."],
        ["rename", study, "arbeid", "Jobb", "--reason", "Kortere"],
        ["edit", study, "arbeid", "--not-use", "Når det er skole."],
        ["move", study, "hverdag.bolig.leie", "arbeid"],
        ["merge", study, "arbeid.inntekt", "--into", "arbeid.relevant"],
        ["split", study, "ensomhet.isolasjon", "ensomhet.venner=Venner", "ensomhet.naboer=Naboer"],
        ["retire", study, "hverdag.bolig"],
        ["restore", study, "hverdag.bolig"],
        ["version", study, "2.0"],
    ):
        assert koding("codebook", *arguments, "--coder", "Lead").code == 0, arguments
    told = json.loads(koding("codebook", "history", study, "--format", "json").out)
    assert [one["action"] for one in told] == [
        "add", "rename", "edit", "move", "merge", "split", "retire", "restore", "version",
    ]  # fmt: skip
    assert "Kortere" in koding("codebook", "history", study).out
    found = json.loads(koding("codebook", "diff", before, study, "--format", "json").out)
    assert {(one["kind"], one["key"]) for one in found} == {
        ("added", "arbeid.sesong"),
        ("renamed", "arbeid"),
        ("definition", "arbeid"),
        ("moved", "hverdag.bolig.leie"),
        ("merged", "arbeid.inntekt"),
        ("retired", "ensomhet.isolasjon"),
        ("added", "ensomhet.venner"),
        ("added", "ensomhet.naboer"),
    }
    assert "definition changed" in koding("codebook", "diff", before, study).out
    assert "say the same" in koding("codebook", "diff", study, study).err
    assert koding("check", study).code == 0


def test_codings_of_a_split_code_are_listed_and_decided(study, koding, tmp_path) -> None:
    bench = Workbench.open(study, "Kari")
    code_words(bench, "samira", "Telefonen ringte aldri", "ensomhet.isolasjon")
    bench.close()
    ran = koding("codebook", "split", study, "ensomhet.isolasjon", "ensomhet.venner", "ensomhet.naboer")
    assert "1 coding waits" in ran.err
    table = tmp_path / "undecided.csv"
    koding("codings", "undecided", study, "-o", table)
    text = table.read_text(encoding="utf-8")
    (row,) = csv.DictReader(text.splitlines())
    assert (row["options"], row["text"]) == ("ensomhet.venner ensomhet.naboer", "Telefonen ringte aldri")
    table.write_text(text.replace(f"{row['id']},,", f"{row['id']},ensomhet.venner,"), encoding="utf-8")
    assert "Decided 1 coding." in koding("codings", "decide", study, table).err
    assert "ensomhet.venner" in koding("codings", "export", study).out
    assert koding("codings", "undecided", study).out.count("\n") == 1
