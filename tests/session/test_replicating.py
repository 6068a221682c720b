"""Replication packages: nothing of the transcripts in them, every result anew, students set up blind and compared."""

from __future__ import annotations

import json
import re
from contextlib import closing
from pathlib import Path

import pytest

from koding.errors import KodingError, StudyDamaged, UsageFault
from koding.model.agreement.comparison import Measure
from koding.model.package import stand_in
from koding.model.resolution import Decision
from koding.session.differing import record_of
from koding.session.opening import check_study
from koding.session.package_outputs import outputs, rendered
from koding.session.packing import key_file, pack, read_key
from koding.session.replicating import compare_with
from koding.session.resolving import Resolver
from koding.session.rounds import close_round, new_round, rounds
from koding.session.study_file import open_study
from koding.session.unpacking import build, differing_outputs, open_package, read_package
from koding.session.workbench import Workbench
from koding.suggest.language.sentences import sentences
from tests.studies import TEXTS, code_words


@pytest.fixture
def coded(study: Path) -> Path:
    """Give the small study, coded by two in a round and outside of it, with one disagreement decided."""
    for coder in ("Kari", "Ola"):
        with closing(Workbench.open(study, coder)) as bench:
            code_words(bench, "essay", "arbeid", "arbeid")
            code_words(bench, "samira", "Telefonen ringte aldri", "ensomhet", retning="fra")
    with open_study(study) as project:
        new_round(project, "pilot", sources=["samira", "meeting"], turns=5, seed=4, by="Lead")
    with closing(Workbench.open(study, "Kari")) as bench:
        first = code_words(bench, "meeting", "Husleia var høy", "hverdag.bolig.leie")
    with closing(Workbench.open(study, "Ola")) as bench:
        bench.code(first.source, first.start, first.end, "arbeid")
    with open_study(study) as project:
        close_round(project, "pilot", by="Lead")
    with closing(Resolver.open(study, "Lead")) as resolver:
        resolver.decide(
            resolver.differences[0], Decision("Kari", why="Vi fikk ikke være med og velge bolig, sier hun.")
        )
    return study


@pytest.fixture
def package(coded: Path, tmp_path: Path) -> Path:
    (tmp_path / "key").write_text("hemmelig\n")
    with open_study(coded) as project:
        pack(project, tmp_path / "pakke", tmp_path / "key")
    return tmp_path / "pakke"


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    folder = tmp_path / "texts"
    folder.mkdir()
    for name, text in TEXTS.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


KEY = b"hemmelig"


def contents(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()}


def test_the_results_are_those_of_the_study_and_come_out_the_same(coded: Path, package: Path) -> None:
    read = read_package(package)
    assert differing_outputs(read) == []
    with open_study(coded) as project:
        wanted = outputs(project)
        assert [one.file for one in wanted] == [one.file for one in read.outputs]
        assert len(wanted) == 5
        for one in wanted:
            assert rendered(project, one) == (package / one.file).read_bytes()


def test_the_commands_make_the_results_byte_for_byte(koding, package: Path, tmp_path: Path) -> None:
    assert koding("replicate", "rebuild", package, tmp_path / "again.koding").code == 0
    for one in read_package(package).outputs:
        arguments = [str(tmp_path / "again.koding") if word == "STUDY" else word for word in one.arguments]
        assert koding(*arguments, "-o", tmp_path / "out").code == 0
        assert (tmp_path / "out").read_bytes() == (package / one.file).read_bytes()
    assert koding("check", tmp_path / "again.koding").code == 0


def test_nothing_of_the_transcripts_is_in_it(package: Path) -> None:
    everything = b"\n".join(contents(package).values()).decode()
    for text in TEXTS.values():
        words = re.findall(r"\w+", text)
        runs = {" ".join(words[place : place + 4]) for place in range(len(words) - 3)}
        assert not [run for run in runs if run in everything]
    for label in ("Amina", "Oddvar", "Tolk", "Nadia"):
        assert label not in everything
    assert json.loads((package / "package.json").read_bytes())["left_out"] == 1


def test_nothing_in_it_is_made_from_the_texts_without_the_key(coded: Path, package: Path) -> None:
    everything = b"\n".join(contents(package).values()).decode()
    with open_study(coded) as project, project.reading() as connection:
        for entity in ("source", "coding", "speaker", "round", "round_part", "resolution"):
            for (guid,) in connection.execute(f"SELECT guid FROM {entity}"):
                assert guid not in everything
        for row in connection.execute("SELECT file_sha256, text_sha256 FROM source"):
            assert not [digest for digest in row if digest in everything]


def test_the_same_study_and_key_give_the_same_bytes(coded: Path, package: Path, tmp_path: Path) -> None:
    with open_study(coded) as project:
        pack(project, tmp_path / "again", tmp_path / "key")
        pack(project, tmp_path / "other")
    assert contents(tmp_path / "again") == contents(package)
    assert contents(tmp_path / "other").keys() == contents(package).keys()
    assert contents(tmp_path / "other") != contents(package)
    assert key_file(tmp_path / "other").stat().st_mode & 0o777 == 0o600


def test_decisions_hold_in_the_study_that_is_rebuilt(coded: Path, package: Path, tmp_path: Path) -> None:
    with open_study(coded) as project:
        before = record_of(project)
    with build(read_package(package), tmp_path / "again.koding") as project:
        after = record_of(project)
        assert check_study(project) == []
        assert [one.name for one in rounds(project)] == ["pilot"]
    assert (after.settled, after.open) == (before.settled, before.open)
    assert [(one.start, one.end, one.code) for one in after.codings] == [
        (one.start, one.end, one.code) for one in before.codings
    ]


def test_what_was_decided_is_not_told_as_codings(coded: Path, tmp_path: Path) -> None:
    with open_study(coded) as project:
        packed = pack(project, tmp_path / "pakke")
    assert packed.codings == 6
    assert "codings: 6, coders: 2," in (tmp_path / "pakke" / "README.md").read_text(encoding="utf-8")


def test_a_package_that_was_changed_is_refused(package: Path) -> None:
    (package / "outputs" / "matrix.json").write_text("{}")
    with pytest.raises(StudyDamaged, match=r"outputs/matrix\.json"):
        read_package(package)


def test_a_folder_that_is_taken_or_no_package_is_refused(coded: Path, tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "a").touch()
    with open_study(coded) as project, pytest.raises(KodingError, match="holds something"):
        pack(project, tmp_path / "full")
    with pytest.raises(KodingError, match="no replication package"):
        read_package(tmp_path / "full")
    with pytest.raises(KodingError, match="cannot be read"):
        read_key(tmp_path / "nokey")
    assert not list(tmp_path.glob(".full*"))


def test_a_student_is_set_up_blind(package: Path, texts: Path, tmp_path: Path) -> None:
    study = tmp_path / "student.koding"
    open_package(read_package(package), study, coder="Stine", key=KEY, texts=texts)
    with closing(Workbench.open(study, "Stine")) as bench:
        assert (bench.round_name, bench.blind, len(bench.sources())) == ("replication", True, 3)
        for state in bench.sources():
            assert bench.transcript(state.guid).text == TEXTS[state.name]
            assert bench.others(state.guid) == []
    with open_study(study) as project:
        assert check_study(project) == []
        assert record_of(project).codings == ()


def test_a_student_codes_what_belonged_to_a_round(package: Path, texts: Path, tmp_path: Path) -> None:
    study = tmp_path / "student.koding"
    made = open_package(read_package(package), study, coder="Stine", key=KEY, texts=texts, round_name="pilot")
    assert sum(len(part or ()) for part in made.parts.values()) == 5
    with pytest.raises(UsageFault, match="pilot"):
        open_package(read_package(package), study, coder="Stine", key=KEY, texts=texts, round_name="pilto")


@pytest.mark.parametrize("fault", ["changed", "missing", "key"])
def test_transcripts_that_are_not_the_ones_are_named(package: Path, texts: Path, tmp_path: Path, fault: str) -> None:
    key = KEY
    if fault == "changed":
        (texts / "samira.txt").write_text(TEXTS["samira"] + "!", encoding="utf-8")
    elif fault == "missing":
        (texts / "samira.txt").unlink()
    else:
        key = b"another"
    with pytest.raises(KodingError, match="samira"):
        open_package(read_package(package), tmp_path / "s.koding", coder="Stine", key=key, texts=texts)
    assert not (tmp_path / "s.koding").exists()


def test_a_package_may_carry_its_transcripts(coded: Path, tmp_path: Path) -> None:
    with open_study(coded) as project:
        pack(project, tmp_path / "pakke", with_texts=True)
    key = read_key(key_file(tmp_path / "pakke"))
    package = read_package(tmp_path / "pakke")
    open_package(package, tmp_path / "s.koding", coder="Stine", key=key)
    assert {path.name for path in (tmp_path / "pakke" / "texts").iterdir()} == {f"{name}.txt" for name in TEXTS}


def test_without_transcripts_it_says_where_to_name_them(package: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageFault, match="--texts"):
        open_package(read_package(package), tmp_path / "s.koding", coder="Stine", key=KEY)


def test_a_replication_is_compared_with_the_original(package: Path, texts: Path, tmp_path: Path) -> None:
    study = tmp_path / "student.koding"
    open_package(read_package(package), study, coder="Stine", key=KEY, texts=texts)
    with closing(Workbench.open(study, "Stine")) as bench:
        code_words(bench, "essay", "arbeid", "arbeid")
        code_words(bench, "samira", "Telefonen ringte aldri", "arbeid", retning="fra")
    before = study.read_bytes()
    with open_study(study) as project:
        found = compare_with(project, read_package(package))
        kari = compare_with(project, read_package(package), original="Kari", families=True)
        for wanted in ({"coder": "Per"}, {"original": "Per"}):
            with pytest.raises(UsageFault, match="Per"):
                compare_with(project, read_package(package), **wanted)
    assert study.read_bytes() == before
    assert found.agreement.coders == ("original", "Stine")
    by_code = {code.key: one for code, one in found.agreement.codes}
    assert by_code["arbeid"].given == (1, 2)
    assert by_code["ensomhet"].given == (1, 0)
    assert by_code["ensomhet"].values[Measure.POSITIVE] == 0
    assert [(one.disagreement.kind.value, one.text) for one in found.differences] == [
        ("code", "Telefonen ringte aldri")
    ]
    assert kari.agreement.sources == found.agreement.sources


def test_a_round_of_the_original_is_compared_by_what_was_coded_in_it(
    package: Path, texts: Path, tmp_path: Path
) -> None:
    study = tmp_path / "student.koding"
    open_package(read_package(package), study, coder="Stine", key=KEY, texts=texts)
    with closing(Workbench.open(study, "Stine")) as bench:
        code_words(bench, "samira", "Telefonen ringte aldri", "ensomhet")
        code_words(bench, "meeting", "Husleia var høy", "hverdag.bolig.leie")
    with open_study(study) as project:
        whole, kari, record = (
            {
                code.key: one.given
                for code, one in compare_with(project, read_package(package), **wanted).agreement.codes
            }
            for wanted in ({"original": "Kari"}, {"original": "Kari", "round_name": "pilot"}, {"round_name": "pilot"})
        )
        with pytest.raises(UsageFault, match="pilto"):
            compare_with(project, read_package(package), round_name="pilto")
    assert (whole["ensomhet"], whole["hverdag.bolig.leie"]) == ((1, 1), (1, 1))
    assert kari == {"hverdag.bolig.leie": (1, 1)}
    assert record["hverdag.bolig.leie"] == (1, 1)


def test_a_study_of_other_sources_is_not_compared(package: Path, coded: Path) -> None:
    with open_study(coded) as project, pytest.raises(UsageFault, match="share no source"):
        compare_with(project, read_package(package))


def test_texts_that_stand_in_have_their_sentences_where_they_were() -> None:
    spans = [(3, 20), (21, 22), (25, 40)]
    text = stand_in(45, spans)
    assert len(text) == 45
    assert [(start + 3, end + 3) for start, end in sentences(text[3:40])] == spans
