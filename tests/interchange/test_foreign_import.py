"""Projects of Taguette, QualCoder and qualitative-coding brought into a study, from the outside."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.interchange.foreign_projects import coded, qc, qualcoder, taguette

MAKERS: dict[str, tuple[Callable[[Path], Path], list[tuple[str, str, str, str]]]] = {
    "taguette": (
        lambda folder: taguette(folder / "project.sqlite3", [("ingen jobb på øya", [1, 3])]),
        [
            ("intervju1", "arbeid.mangel", "admin", "ingen jobb på øya"),
            ("intervju1", "st_olav", "admin", "ingen jobb på øya"),
        ],
    ),
    "qualcoder": (
        lambda folder: qualcoder(folder / "flytting.qda", {"code_text": [coded("ingen jobb", 1, memo="Sikker")]}),
        [("intervju", "grunner.arbeid.ingen_jobb", "Kari", "ingen jobb")],
    ),
    "qc": (
        lambda folder: qc(folder / "prosjekt", [(1, "ingen_jobb", "kari"), (3, "ensomhet", "ola")]),
        [
            ("runde1/amina", "grunner.arbeid.ingen_jobb", "kari", "ikke var jobb der."),
            ("runde1/amina", "grunner.ensomhet", "ola", "Og så var det ensomt."),
        ],
    ),
}


def codings(koding, study: Path) -> list[tuple[str, str, str, str]]:
    rows = csv.DictReader(io.StringIO(koding("codings", "export", study).out))
    return [(row["source"], row["code"], row["coder"], row["text"]) for row in rows]


@pytest.mark.parametrize("tool", MAKERS)
def test_a_project_becomes_a_study_and_comes_in_once(koding, tmp_path: Path, tool: str) -> None:
    make, expected = MAKERS[tool]
    study, report = tmp_path / "studie.koding", tmp_path / "report.json"
    project = make(tmp_path)
    assert koding("project", "import", project, study, "--report", report).code == 0
    told = json.loads(report.read_text(encoding="utf-8"))
    assert (told["sources"], told["codings"], told["codings_lost"]) == (1, len(expected), 0)
    assert codings(koding, study) == expected
    assert koding("check", study).code == 0
    assert koding("project", "import", project, study, "--report", report).code == 0
    told = json.loads(report.read_text(encoding="utf-8"))
    assert (told["codes"], told["sources"], told["codings"]) == (0, 0, 0)
    assert codings(koding, study) == expected


@pytest.mark.parametrize("tool", MAKERS)
def test_a_project_goes_on_to_other_tools(koding, tmp_path: Path, tool: str) -> None:
    make, expected = MAKERS[tool]
    study, package, again = (tmp_path / name for name in ("a.koding", "ut.qdpx", "b.koding"))
    assert koding("project", "import", make(tmp_path), study).code == 0
    assert koding("project", "export", study, package).code == 0
    assert koding("project", "check", package).code == 0
    assert koding("project", "import", package, again).code == 0
    assert codings(koding, again) == expected


def test_one_of_taguettes_projects_is_named(koding, tmp_path: Path) -> None:
    file = taguette(tmp_path / "project.sqlite3", [("Åse", [1])], projects=2)
    ran = koding("project", "import", file, tmp_path / "s")
    assert ran.code == 2
    assert "several projects: Prosjekt 1, Prosjekt 2. Say which one, with --project NAME" in ran.err
    assert koding("project", "import", file, tmp_path / "s", "--project", "Prosjekt 1").code == 0
    assert len(codings(koding, tmp_path / "s")) == 1


def test_what_is_no_project_is_refused_and_makes_no_study(koding, tmp_path: Path, study: Path) -> None:
    (tmp_path / "tom").mkdir()
    (tmp_path / "brev.txt").write_text("Hei.")
    for path in (tmp_path / "tom", tmp_path / "brev.txt", study, tmp_path / "missing"):
        ran = koding("project", "import", path, tmp_path / "ny")
        assert ran.code == 1, path
        assert len(ran.err.splitlines()) == 1
    assert not (tmp_path / "ny.koding").exists()
