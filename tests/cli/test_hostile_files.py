"""Odd files, full disks and damaged studies: one line that says what is wrong, nothing half done, never a traceback."""

from __future__ import annotations

import os
import sqlite3
import sys
from pathlib import Path

import pytest

from koding.errors import Conflict, KodingError
from koding.session import importing
from koding.session.importing import Importer
from koding.store import connection as files
from koding.store.project import Project
from koding.store.schema import APPLICATION_ID
from koding.writers.files import write_whole
from tests.studies import CODEBOOK, bring_in, codebook, state_of

SPOKEN = "R: Hei.\nI: Hei?\nR: Ja.\n"
needs_unix = pytest.mark.skipif(sys.platform != "linux", reason="names and devices of Linux")


def change(study: Path, statement: str) -> None:
    connection = sqlite3.connect(study)
    connection.execute(statement)
    connection.commit()
    connection.close()


@needs_unix
@pytest.mark.parametrize(
    ("name", "called"),
    [
        (b"bl\xe5b\xe6r.txt", "blåbær"),
        (b"x\x1b[31m\nred.txt", "x_[31m_red"),
        (b"a\x00b.txt".replace(b"\0", b"\x07"), "a_b"),
    ],
)
def test_a_files_name_may_hold_any_bytes(koding, study: Path, tmp_path: Path, name: bytes, called: str) -> None:
    file = os.fsencode(tmp_path) + b"/" + name
    Path(os.fsdecode(file)).write_text(SPOKEN, encoding="utf-8")
    ran = koding("import", study, os.fsdecode(file))
    assert ran.code == 0, ran.err
    assert f"the source is called {called}" in ran.err
    assert called in {row["name"] for row in state_of(study)["source"].values()}
    assert "\x1b" not in ran.err
    assert koding("import", study, os.fsdecode(file)).err.splitlines()[-1] == "1 source is unchanged."


def test_control_characters_are_shown_and_never_obeyed(koding, study: Path) -> None:
    bring_in(
        study, {"ny": "R: Hei \x1b[31m rødt\x07.\n" + "I: Hei på deg, du der borte?\nR: Ja, hei på deg selv.\n" * 9}
    )
    table = koding("turns", study, "ny").out
    assert "\x1b" not in table
    assert "\\x1b[31m rødt\\x07" in table
    wrong = koding("turns", study, "ny\x1b[31m")
    assert "\x1b" not in wrong.err


@needs_unix
def test_a_full_disk_is_told(koding, study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ran = koding("codings", "export", study, "-o", "/dev/full")
    assert ran.code == 1
    assert "/dev/full cannot be written: No space left on device" in ran.err
    assert Path("/dev/full").is_char_device(), "what is no file is never replaced by one"


@needs_unix
def test_standard_output_may_be_full(study: Path) -> None:
    import subprocess

    with Path("/dev/full").open("w") as full:
        ran = subprocess.run(
            [sys.executable, "-m", "koding", "sources", study], stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert ran.returncode == 1
    assert ran.stderr.decode().splitlines() == ["Error: The output: No space left on device"]


def test_a_link_is_written_through_and_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "link.csv").symlink_to(tmp_path / "file.csv")
    for content in (b"one", b"two"):
        write_whole(tmp_path / "link.csv", content)
        assert (tmp_path / "file.csv").read_bytes() == content
        assert (tmp_path / "link.csv").is_symlink()


def test_a_study_on_a_full_disk_is_read_and_not_called_damaged(
    koding, study: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = study.read_bytes()

    def full(*_arguments: object) -> str:
        raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr(files, "_choose_journal_mode", full)
    monkeypatch.setattr(files, "has_room", lambda _path: False)
    assert koding("sources", study).code == 0
    ran = koding("undo", study)
    assert ran.code == 1
    assert "The disk is full; nothing was changed" in ran.err
    monkeypatch.setattr(files, "has_room", lambda _path: True)
    assert "does not answer as it should" in koding("sources", study).err
    assert study.read_bytes() == before


@pytest.mark.parametrize("turns", ["[[1,2", "7", "[[0,0,5,9,null,1]]", '{"a": 1}'])
def test_damaged_turns_are_found_by_the_check_and_told_by_the_others(koding, study: Path, turns: str) -> None:
    change(study, f"UPDATE segmentation SET turns = '{turns}'")
    found = koding("check", study)
    assert (found.code, found.out) == (1, "")
    assert "The turns of samira cannot be read." in found.err
    ran = koding("matrix", study, "--by", "gruppe")
    assert ran.code == 1
    assert "The turns of a source are damaged" in ran.err


def test_a_damaged_codebook_is_told(koding, study: Path) -> None:
    change(study, "UPDATE codebook SET facets = '['")
    assert "is not what the journal says" in koding("check", study).err
    assert "The codebook in small.koding is damaged" in koding("codebook", "show", study).err


def test_a_file_that_is_marked_as_a_study_and_holds_nothing_is_refused(koding, tmp_path: Path) -> None:
    study = tmp_path / "v0.koding"
    change(study, "CREATE TABLE x (a)")
    change(study, f"PRAGMA application_id = {APPLICATION_ID}")
    before = study.read_bytes()
    ran = koding("sources", study)
    assert ran.code == 1
    assert "never finished" in ran.err
    assert study.read_bytes() == before
    assert list(tmp_path.iterdir()) == [study]


@pytest.mark.parametrize("name", ["", " "])
def test_a_study_needs_a_name(koding, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mini.yaml").write_text(CODEBOOK, encoding="utf-8")
    for arguments in (["init", name, "--codebook", "mini.yaml"], ["sources", name]):
        ran = koding(*arguments)
        assert (ran.code, ran.out) == (2, "")
        assert "The study has no name." in ran.err
    assert [file.name for file in tmp_path.iterdir()] == ["mini.yaml"]


def test_a_folder_given_as_a_study_names_the_studies_in_it(koding, study: Path, tmp_path: Path) -> None:
    (tmp_path / "mini.yaml").write_text(CODEBOOK, encoding="utf-8")
    for arguments in (["sources", study.parent], ["init", study.parent, "--codebook", tmp_path / "mini.yaml"]):
        ran = koding(*arguments)
        assert ran.code == 1
        assert "is a folder, not a study" in ran.err
        assert str(study) in ran.err


BINARY = bytes(range(256)) * 20


def test_a_binary_file_is_told_for_what_it_should_have_been(koding, study: Path, tmp_path: Path) -> None:
    file = tmp_path / "x.bin"
    file.write_bytes(BINARY)
    told = {
        "A codebook is a YAML file": ["init", tmp_path / "s.koding", "--codebook", file],
        "it is not a text file": ["codebook", "check", file],
        "Save the table as CSV": ["import", study, "--informants", file],
        "not a table of text": ["codings", "import", study, file],
    }
    for line, arguments in told.items():
        ran = koding(*arguments)
        assert ran.code == 1
        assert line in ran.err
        assert "transcript" not in ran.err


def test_a_transcript_given_as_a_codebook_is_no_codebook(koding, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(SPOKEN, encoding="utf-8")
    assert "it is no codebook" in koding("codebook", "check", tmp_path / "a.txt").err


def test_of_two_imports_at_once_one_is_told(study: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "ny.txt"
    file.write_text(SPOKEN, encoding="utf-8")
    gather = importing.gather

    def meanwhile(paths: object) -> object:
        monkeypatch.setattr(importing, "gather", gather)
        with Project.open(study) as other:
            assert Importer(other, "Ola").run([file]).imported == ["ny"]
        return gather(paths)  # type: ignore[arg-type]

    monkeypatch.setattr(importing, "gather", meanwhile)
    with Project.open(study) as project, pytest.raises(Conflict, match="Another program has imported ny meanwhile"):
        Importer(project, "Kari").run([file])
    with Project.open(study) as project:
        assert Importer(project, "Kari").run([file]).unchanged == ["ny"]


def test_of_two_who_make_the_same_study_one_is_told_and_the_others_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "s.koding"
    access = os.access

    def meanwhile(folder: Path, mode: int) -> bool:
        monkeypatch.setattr(os, "access", access)
        Project.create(path, codebook(), coder="Ola").close()
        return access(folder, mode)

    monkeypatch.setattr(os, "access", meanwhile)
    with pytest.raises(KodingError, match="exists already"):
        Project.create(path, codebook(), coder="Kari")
    assert len(state_of(path)["study"]) == 1
