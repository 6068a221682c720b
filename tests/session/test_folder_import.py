"""A folder imports whole: every kind of transcript in it, and a line for what was left out."""

from __future__ import annotations

from pathlib import Path

import pytest

from koding.errors import KodingError
from koding.model.transcript import Role
from koding.readers.informants import read_informants
from koding.session.import_report import ImportReport
from koding.session.importing import Importer, expand
from koding.session.opening import check_study, spoken_turns
from koding.store import sources as store
from koding.store.project import Project
from tests.readers.transcript_files import FILES, SURVEY, VTT
from tests.studies import new_study


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    return new_study(tmp_path / "s.koding")


def put(folder: Path, files: dict[str, bytes]) -> Path:
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder


def import_all(study: Path, *paths: Path, informants: str = "", carry_over: bool = False) -> ImportReport:
    table = read_informants(informants.encode(), "informants.csv") if informants else None
    with Project.open(study) as project:
        return Importer(project, "tester", table).run(paths, carry_over=carry_over)


def speakers(study: Path, source: str) -> dict[str, tuple[Role, str | None, bool]]:
    with Project.open(study) as project:
        return {
            turn.turn.speaker: (
                turn.speaker.role,
                turn.speaker.informant.name if turn.speaker.informant else None,
                turn.speaker.guessed,
            )
            for turn in spoken_turns(project, source)
        }


def test_a_folder_of_every_kind_comes_in_whole(empty: Path, tmp_path: Path) -> None:
    files = {f"{number:02}_{name}": data for number, (name, (data, _format)) in enumerate(FILES.items())}
    report = import_all(empty, put(tmp_path / "alt", files))
    assert report.faults == []
    with Project.open(empty) as project:
        records = store.sources(project.connection)
        assert check_study(project) == []
        assert all(list(spoken_turns(project, record.name)) for record in records)
    assert [record.format for record in records] == [format_name for _data, format_name in FILES.values()]


def test_what_is_no_transcript_is_named_once(empty: Path, tmp_path: Path) -> None:
    folder = put(
        tmp_path / "alt",
        {
            "a.vtt": VTT.encode(),
            "under/b.txt": b"Int: Hvorfor?\nAmina: For fjorden.\n",
            "under/opptak.mp3": b"ID3\x03",
            "plan.zip": b"PK\x03\x04",
            "informants.csv": b"source,speaker,informant,role\n",
            "kodinger.csv": b"source,start,end,code\n",
            "pakke.json": b'{"name": "x"}',
            "tall.csv": b"a,b\n1,2\n",
            ".skjult.txt": b"x",
            "~$int.docx": b"x",
            ".git/config.txt": b"x",
        },
    )
    report = import_all(empty, folder)
    assert (report.imported, report.faults) == (["a", "b"], [])
    assert report.notes == [
        ("alt", "left out: informants.csv is an informants file, not a source."),
        ("alt", "left out: kodinger.csv is a table of codings, not a source."),
        ("alt", "left out: pakke.json is JSON, but no transcript that koding knows."),
        ("alt", "left out: tall.csv has no column of written answers."),
        ("alt", f"left out, no transcripts: plan.zip, {Path('under', 'opptak.mp3')}"),
    ]


def test_old_word_files_in_a_folder_are_named_with_what_to_do(empty: Path, tmp_path: Path) -> None:
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)
    report = import_all(empty, put(tmp_path / "alt", {"a.vtt": VTT.encode(), "b.doc": old, "c.mp3": b"ID3\x03"}))
    assert report.imported == ["a"]
    assert report.notes == [
        ("alt", "left out, old Word files: b.doc. Save them as .docx in Word or LibreOffice."),
        ("alt", "left out, no transcripts: c.mp3"),
    ]
    with pytest.raises(KodingError) as fault:
        import_all(empty, put(tmp_path / "gamle", {"b.doc": old}))
    assert fault.value.hint == "It holds old Word files: b.doc. Save them as .docx in Word or LibreOffice."


def test_a_transcript_in_a_folder_is_known_without_an_ending(tmp_path: Path) -> None:
    folder = put(tmp_path / "alt", {"whisper_ut": FILES["teams.vtt"][0], "brev": FILES["word.docx"][0], "annet": b"x"})
    assert [path.name for path in expand([folder])] == ["brev", "whisper_ut"]


def test_a_broken_transcript_in_a_folder_is_a_fault(empty: Path, tmp_path: Path) -> None:
    report = import_all(empty, put(tmp_path / "alt", {"a.vtt": VTT.encode(), "b.docx": b"PK\x03\x04"}))
    assert [fault.path.name for fault in report.faults] == ["b.docx"]
    assert report.imported == []


def test_a_table_that_is_named_itself_is_a_fault_when_it_is_no_source(empty: Path, tmp_path: Path) -> None:
    put(tmp_path, {"tall.csv": b"a,b\n1,2\n"})
    assert "written answers" in import_all(empty, tmp_path / "tall.csv").faults[0].error.message


def test_a_folder_without_transcripts_is_told(tmp_path: Path) -> None:
    with pytest.raises(KodingError, match="nothing to import"):
        expand([put(tmp_path / "alt", {"opptak.mp3": b"ID3"})])


def test_times_of_turns_are_kept(empty: Path, tmp_path: Path) -> None:
    import_all(empty, put(tmp_path / "alt", {"a.vtt": VTT.encode()}))
    with Project.open(empty) as project:
        assert [turn.turn.time for turn in spoken_turns(project, "a")] == [1000, 4000]


def test_a_survey_brings_its_informants_and_variables(empty: Path, tmp_path: Path) -> None:
    report = import_all(empty, put(tmp_path / "alt", {"svar.csv": SURVEY.encode()}))
    assert report.guessed == []
    assert speakers(empty, "svar") == {
        "Spørsmål": (Role.INTERVIEWER, None, False),
        "1": (Role.INFORMANT, "svar/1", False),
        "2": (Role.INFORMANT, "svar/2", False),
        "3": (Role.INFORMANT, "svar/3", False),
    }
    with Project.open(empty) as project:
        assert [variable.name for variable in store.variables(project.connection)] == ["Kommune", "Alder"]
        people = {person.name: person.variables for person in store.informants(project.connection).values()}
    assert people["svar/2"] == {"Kommune": "Fjordvik", "Alder": "27"}


def test_the_informants_file_goes_before_what_a_survey_says(empty: Path, tmp_path: Path) -> None:
    named = "source,speaker,informant,role,Alder\nsvar,2,F02,informant,28\n*,*,F99,informant,\n"
    folder = put(tmp_path / "alt", {"svar.csv": SURVEY.encode()})
    import_all(empty, folder, informants=named)
    assert [name for _role, name, _guessed in speakers(empty, "svar").values()] == [None, "svar/1", "F02", "svar/3"]
    with Project.open(empty) as project:
        people = {person.name: person.variables for person in store.informants(project.connection).values()}
    assert people["F02"] == {"Alder": "28"}


def test_a_later_informants_file_keeps_turns_and_the_people_it_does_not_name(empty: Path, tmp_path: Path) -> None:
    folder = put(tmp_path / "alt", {"svar.csv": SURVEY.encode(), "a.vtt": VTT.encode()})
    import_all(empty, folder)
    rows = ("svar,3,F03", "svar,9,F09", "a,Amina,F01", "*,*,F99")
    import_all(empty, informants="\n".join(["source,speaker,informant,role", *(f"{row},informant" for row in rows)]))
    assert [name for _role, name, _guessed in speakers(empty, "svar").values()] == [None, "svar/1", "svar/2", "F03"]
    with Project.open(empty) as project:
        assert [turn.turn.time for turn in spoken_turns(project, "a")] == [1000, 4000]
        assert len(list(spoken_turns(project, "svar"))) == 8


def test_a_survey_whose_variables_were_mended_is_taken_in_again(empty: Path, tmp_path: Path) -> None:
    folder = put(tmp_path / "alt", {"svar.csv": SURVEY.encode()})
    import_all(empty, folder)
    report = import_all(empty, put(folder, {"svar.csv": SURVEY.replace("27;", "28;").encode()}))
    assert report.unchanged == ["svar"]
    with Project.open(empty) as project:
        people = {person.name: person.variables for person in store.informants(project.connection).values()}
    assert people["svar/2"]["Alder"] == "28"


def test_a_survey_with_more_answers_takes_the_place_of_the_first(empty: Path, tmp_path: Path) -> None:
    folder = put(tmp_path / "alt", {"svar.csv": SURVEY.encode()})
    import_all(empty, folder)
    put(folder, {"svar.csv": f"{SURVEY}4;Havneby;30;Det var for langt til alt.;Havet\n".encode()})
    report = import_all(empty, folder, carry_over=True)
    assert [moved.source for moved in report.reanchored] == ["svar"]
    assert speakers(empty, "svar")["4"] == (Role.INFORMANT, "svar/4", False)


def test_a_study_among_its_transcripts_is_passed_by(study: Path, tmp_path: Path) -> None:
    folder = tmp_path / "all"
    folder.mkdir()
    (folder / "ny.txt").write_text("R: Hei.\nI: Hei?\nR: Ja.\n", encoding="utf-8")
    for name in ("s.koding", "s.koding-wal", "s.koding-shm", "s.koding.format1.backup"):
        (folder / name).write_bytes(b"SQLite format 3\0")
    report = import_all(study, folder)
    assert report.imported == ["ny"]
    assert [line for _name, line in report.notes if "left out" in line] == []


def test_a_folder_with_more_files_than_any_study_is_refused_before_one_is_read(
    empty: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("koding.session.folders._MOST", 3)
    folder = put(tmp_path / "home", {f"{number}.txt": f"I: Hei?\nR: Ja, {number}.\n".encode() for number in range(4)})
    with pytest.raises(KodingError, match="holds more than 3 files"):
        import_all(empty, folder)
    (folder / "0.txt").unlink()
    assert len(import_all(empty, folder).imported) == 3
