"""Bringing transcripts in: what is said, what is refused, what changes nothing, and who speaks."""

from __future__ import annotations

from pathlib import Path

import pytest

from koding.errors import KodingError
from koding.model.transcript import Role
from koding.readers.informants import read_informants
from koding.session.importing import Importer, expand
from koding.session.opening import check_study, source_summaries, spoken_turns
from koding.session.reporting import matrix_report
from koding.session.workbench import Workbench
from koding.store.project import Project
from tests.studies import INFORMANTS, TEXTS, bring_in, code_words, guid_of, new_study, state_of


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    return new_study(tmp_path / "s.koding")


def speakers(path: Path, source: str) -> dict[str, tuple[Role, str | None, bool]]:
    with Project.open(path) as project:
        return {
            turn.turn.speaker: (
                turn.speaker.role,
                turn.speaker.informant.name if turn.speaker.informant else None,
                turn.speaker.guessed,
            )
            for turn in spoken_turns(project, source)
        }


def journal_length(path: Path) -> int:
    with Project.open(path) as project:
        return project.connection.execute("SELECT count(*) FROM change").fetchone()[0]


def test_sources_are_named_by_their_files_and_kept_in_order(study: Path) -> None:
    with Project.open(study) as project:
        found = source_summaries(project)
        assert check_study(project) == []
    assert [source.name for source in found] == list(TEXTS)
    assert [source.turns for source in found] == [4, 5, 1]
    assert [source.informants for source in found] == [("F01",), ("F02", "K01", "F03"), ("S01",)]
    assert not any(source.guessed for source in found)


@pytest.mark.parametrize("source", list(TEXTS))
def test_a_text_is_kept_as_it_was_to_the_last_code_point(study: Path, source: str) -> None:
    bench = Workbench.open(study, "Kari")
    assert bench.transcript(guid_of(bench, source)).text == TEXTS[source]
    bench.close()


def test_utf8_needs_no_word_and_another_encoding_is_said(empty: Path) -> None:
    text = "I: Hva så?\nAmina: Så møtte jeg på Åse på kjøpesenteret. Øl, sa hun.\n"
    report = bring_in(empty, {"utf8.txt": text, "marked.txt": ("\ufeff" + text + "a").encode()})
    assert report.notes == []
    report = bring_in(empty, {"windows.txt": (text + "b").encode("cp1252"), "wide.txt": (text + "c").encode("utf-16")})
    assert [(name, "Windows-1252" in line) for name, line in report.notes] == [("windows", True)]
    rows = state_of(empty)["source"].values()
    assert {row["name"]: row["encoding"] for row in rows} == {
        "utf8": "utf-8",
        "marked": "utf-8-sig",
        "windows": "cp1252",
        "wide": "utf-16-le",
    }
    bench = Workbench.open(empty, "Kari")
    for source in ("utf8", "marked", "windows", "wide"):
        assert bench.transcript(guid_of(bench, source)).text.startswith(text)
    bench.close()


def test_an_unchanged_file_is_left_alone(study: Path) -> None:
    before, events = state_of(study), journal_length(study)
    report = bring_in(study, TEXTS, INFORMANTS)
    assert report.unchanged == list(TEXTS)
    assert (report.imported, report.faults, report.guessed) == ([], [], [])
    assert state_of(study) == before
    assert journal_length(study) == events


def test_a_file_saved_in_another_encoding_is_unchanged_as_long_as_its_text_is(study: Path) -> None:
    report = bring_in(study, {"meeting": TEXTS["meeting"].replace("\n", "\r\n").encode("utf-16")})
    assert report.unchanged == ["meeting"]


def test_a_changed_file_is_refused_with_the_difference_and_what_it_would_do(study: Path) -> None:
    bench = Workbench.open(study, "Kari")
    code_words(bench, "samira", "Telefonen ringte aldri", "ensomhet")
    code_words(bench, "samira", "men dyr", "hverdag.bolig")
    code_words(bench, "samira", "Hvorfor", "arbeid")
    bench.close()
    before = state_of(study)
    changed = TEXTS["samira"].replace("ringte aldri", "kimte aldri").replace("jobb hadde", "jobb, ja, hadde")
    report = bring_in(study, {"samira": changed})
    (fault,) = report.faults
    assert fault.path.name == "samira.txt"
    assert "of 3 codings 1 would move and 1 lose their text" in fault.error.message
    assert "--reanchor" in fault.error.hint
    assert [line[:32] for line in fault.error.details[:2]] == [
        "-Samira: Telefonen ringte aldri.",
        "+Samira: Telefonen kimte aldri. ",
    ]
    assert "ensomhet: «Telefonen ringte aldri»" in fault.error.details
    assert state_of(study) == before


def test_the_same_text_under_another_name_is_not_taken_in_twice(study: Path) -> None:
    before = state_of(study)
    report = bring_in(study, {"copy_of_meeting": TEXTS["meeting"]})
    assert report.imported == []
    assert [(name, "meeting" in line) for name, line in report.notes] == [("copy_of_meeting", True)]
    assert state_of(study) == before


def test_the_same_text_twice_in_one_import_is_taken_in_once(empty: Path) -> None:
    report = bring_in(empty, {"one": TEXTS["essay"], "two": TEXTS["essay"]})
    assert report.imported == ["one"]
    assert [(name, "as one" in line) for name, line in report.notes] == [("two", True)]


def test_two_files_of_one_name_are_refused(empty: Path, tmp_path: Path) -> None:
    files = []
    for folder, text in (("a", "Første tekst."), ("b", "Andre tekst.")):
        (tmp_path / folder).mkdir()
        file = tmp_path / folder / "int01.txt"
        file.write_text(text, encoding="utf-8")
        files.append(file)
    with Project.open(empty) as project:
        report = Importer(project, "tester").run(files)
        assert [fault.path for fault in report.faults] == [files[1]]
        assert "called int01" in report.faults[0].error.message
        assert source_summaries(project) == []
        # Also where the study has a source of that name already.
        Importer(project, "tester").run(files[:1])
        report = Importer(project, "tester").run([files[1], files[0]], carry_over=True)
        assert [fault.path for fault in report.faults] == [files[0]]


def test_one_bad_file_keeps_all_out_and_nothing_is_written(empty: Path) -> None:
    before, events = state_of(empty), journal_length(empty)
    report = bring_in(empty, {**TEXTS, "picture.txt": b"\x89PNG\r\n\x1a\n\0\0\0", "void.txt": b" \n"}, INFORMANTS)
    assert [fault.path.name for fault in report.faults] == ["picture.txt", "void.txt"]
    assert state_of(empty) == before
    assert journal_length(empty) == events


def test_the_good_files_come_in_when_the_bad_ones_are_to_be_skipped(empty: Path) -> None:
    report = bring_in(empty, {**TEXTS, "picture.txt": b"\x89PNG\r\n\x1a\n\0\0\0"}, INFORMANTS, skip_bad=True)
    assert report.imported == list(TEXTS)
    assert [fault.path.name for fault in report.faults] == ["picture.txt"]


def test_a_file_that_is_not_there_is_a_fault_like_any_other(empty: Path, tmp_path: Path) -> None:
    with Project.open(empty) as project:
        report = Importer(project, "tester").run([tmp_path / "nowhere.txt"])
    assert "nowhere.txt" in report.faults[0].error.message


def test_a_folder_stands_for_the_transcripts_in_it_by_name(tmp_path: Path) -> None:
    folder = tmp_path / "interviews"
    folder.mkdir()
    with pytest.raises(KodingError, match="nothing to import"):
        expand([folder])
    for name in ("b.txt", "a.md", "informants.csv", ".skjult", "c.docx", "notes.pdf"):
        (folder / name).write_text("x")
    assert [file.name for file in expand([folder, folder / "b.txt"])][:3] == ["a.md", "b.txt", "c.docx"]
    assert {file.name for file in expand([folder])}.isdisjoint({"informants.csv", ".skjult"})


def test_a_speaker_the_file_does_not_name_is_guessed_and_reported(empty: Path) -> None:
    report = bring_in(empty, {"samira": TEXTS["samira"], "meeting": TEXTS["meeting"]})
    assert {(source, casting.label): casting.role for source, casting in report.guessed} == {
        ("samira", "I"): Role.INTERVIEWER,
        ("samira", "Samira"): Role.INFORMANT,
        ("meeting", "Møteleder"): Role.INTERVIEWER,
        ("meeting", "Amina"): Role.INFORMANT,
        ("meeting", "Oddvar"): Role.INFORMANT,
        ("meeting", "Tolk"): Role.INTERPRETER,
        ("meeting", "Nadia"): Role.INFORMANT,
    }
    assert speakers(empty, "samira")["Samira"] == (Role.INFORMANT, "samira/Samira", True)
    with Project.open(empty) as project:
        assert source_summaries(project)[0].guessed == ("I", "Samira")


def test_an_interpreter_nobody_assigned_speaks_for_the_only_informant_there_is(empty: Path) -> None:
    bring_in(empty, {"alone": "I: Hei?\nTolk: Hun sier hei.\nSamira: Hei.\nI: Ja?\nTolk: Hun sier ja.\nSamira: Ja.\n"})
    assert speakers(empty, "alone")["Tolk"] == (Role.INTERPRETER, "alone/Samira", True)
    bring_in(empty, {"meeting": TEXTS["meeting"]})
    assert speakers(empty, "meeting")["Tolk"] == (Role.INTERPRETER, None, True)


def test_what_an_interpreter_says_is_the_informants(study: Path) -> None:
    assert speakers(study, "meeting")["Tolk"] == (Role.INTERPRETER, "F03", False)
    bench = Workbench.open(study, "Kari")
    code_words(bench, "meeting", "alene hele vinteren", "ensomhet")
    bench.close()
    with Project.open(study) as project:
        found = matrix_report(project, ["botid"]).matrix
    columns = [column.values[0] for column in found.columns]
    row = next(row for row in found.rows if row.code == "ensomhet")
    assert dict(zip(columns, row.values, strict=True)) == {"2": 1, "4": 0, "10": 0, "": 0}


def test_an_informants_file_alone_says_anew_who_speaks(empty: Path) -> None:
    bring_in(empty, TEXTS)
    report = bring_in(empty, {}, INFORMANTS)
    assert report.guessed == []
    assert speakers(empty, "samira") == {
        "I": (Role.INTERVIEWER, None, False),
        "Samira": (Role.INFORMANT, "F01", False),
    }
    assert speakers(empty, "essay") == {"": (Role.INFORMANT, "S01", False)}
    with Project.open(empty) as project:
        assert check_study(project) == []
        columns = matrix_report(project, ["gruppe"]).matrix.columns
    assert {column.values[0]: column.informants for column in columns} == {
        "ansatt": 1,
        "flyktning": 3,
        "skribent": 1,
    }


def test_an_informants_file_leaves_sources_alone_that_it_does_not_name(study: Path) -> None:
    before = state_of(study)
    bring_in(study, {}, "source,speaker,informant,role,alder\nsamira,Samira,F01,informant,31\n")
    assert speakers(study, "meeting")["Oddvar"] == (Role.INFORMANT, "K01", False)
    after = state_of(study)
    assert after["segmentation"] == before["segmentation"]
    assert {row["name"] for row in after["variable"].values()} == {"gruppe", "botid", "bosted", "alder"}


def test_a_corrected_informants_file_corrects_values_and_takes_empty_ones_away(study: Path) -> None:
    bring_in(
        study,
        {},
        "source,speaker,informant,role,gruppe,botid\nsamira,I,,interviewer,,\nsamira,Samira,F01,informant,ansatt,\n",
    )
    with Project.open(study) as project:
        f01 = next(turn.speaker.informant for turn in spoken_turns(project, "samira") if turn.speaker.informant)
        assert check_study(project) == []
    assert dict(f01.variables) == {"gruppe": "ansatt", "bosted": "by"}


def test_a_label_that_only_the_informants_file_knows_becomes_a_speaker(empty: Path) -> None:
    text = "I: Hvem?\nhun i midten: Meg.\nI: Ja?\nSamira: Ja.\n"
    bring_in(empty, {"table": text})
    assert "hun i midten" not in speakers(empty, "table")
    bring_in(empty, {}, "source,speaker,informant,role\ntable,hun i midten,F07,informant\n*,I,,interviewer\n")
    assert speakers(empty, "table")["hun i midten"] == (Role.INFORMANT, "F07", False)


def test_a_star_stands_for_any_source_or_speaker_and_a_name_goes_before_it(empty: Path) -> None:
    table = (
        "source,speaker,informant,role,gruppe\n"
        "*,Amina,F02,informant,flyktning\n"
        "*,*,X01,informant,andre\n"
        "meeting,Oddvar,K01,informant,ansatt\n"
    )
    bring_in(empty, {"meeting": TEXTS["meeting"]}, table)
    who = speakers(empty, "meeting")
    assert who["Amina"][1] == "F02"
    assert who["Oddvar"][1] == "K01"
    assert who["Nadia"][1] == "X01"
    assert who["Møteleder"][:2] == (Role.INTERVIEWER, None)


def test_a_bad_informants_file_is_told_by_line_and_column() -> None:
    bad = b"source,speaker,informant,role\nsamira,Samira,F01,informat\n"
    with pytest.raises(KodingError, match=r"line 2, column role"):
        read_informants(bad, "informants.csv")


def test_progress_is_told_after_every_file(empty: Path) -> None:
    told: list[int] = []
    bring_in(empty, TEXTS)
    with Project.open(empty) as project:
        folder = empty.parent / "transcripts"
        Importer(project, "tester").run([folder], progress=told.append)
    assert told == [1, 2, 3]


def test_an_informants_file_that_names_a_speaker_without_the_title_joins_the_turns(tmp_path: Path) -> None:
    path = new_study(tmp_path / "s.koding")
    text = "I: Hei?\nMarit (flyktningtjenesten): Vi visste det.\nI: Ja?\nMarit (flyktningtjenesten): Alle.\n"
    bring_in(path, {"marit": text})
    bring_in(path, {}, "source,speaker,informant,role\nmarit,Marit,K01,informant\nmarit,I,,interviewer\n")
    with Project.open(path) as project:
        spoken = [(turn.turn.speaker, turn.speaker.guessed) for turn in spoken_turns(project, "marit")]
        assert check_study(project) == []
    assert spoken == [("I", False), ("Marit", False), ("I", False), ("Marit", False)]


HEAD = "source,speaker,informant,role,gruppe\n"


def notes_of(path: Path, table: str) -> list[str]:
    return [line for name, line in bring_in(path, {}, table).notes if name == "informants.csv"]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("samira,Samra,F01,informant,", "line 2: nobody is marked «Samra» in samira; did you mean Samira?"),
        ("essay,Ole,F09,informant,", "line 2: nobody is marked «Ole» in essay"),
        (
            "meeting,,F09,informant,",
            "line 2: meeting has speakers, so that nobody is its author (name them, or write *)",
        ),
        ("*,Gjest,F09,informant,", "line 2: nobody is marked «Gjest» in any source"),
        (
            "meting,Amina,F02,informant,",
            "line 2 is about a source that is not in the study: meting (did you mean meeting?)",
        ),
        (
            "int7,A,F02,informant,\nint8,A,F02,informant,",
            "lines 2-3 are about sources that are not in the study: int7, int8",
        ),
    ],
)
def test_lines_that_are_about_nobody_are_told(study: Path, row: str, said: str) -> None:
    told = notes_of(study, HEAD + row + "\n")
    assert [line for line in told if line != dropped()] == [said]


def dropped() -> str:
    """Give what is said of the columns that `HEAD` leaves out, where it names informants who had values of them."""
    return (
        "it has no columns botid, bosted any more; the values known before are kept. "
        "To take values away, keep the column and empty its cells."
    )


def test_nothing_is_told_of_a_file_that_fits(study: Path) -> None:
    assert notes_of(study, INFORMANTS) == []


def test_columns_that_a_later_file_leaves_out_are_told_and_kept(study: Path) -> None:
    before = state_of(study)["value"]
    assert notes_of(study, HEAD + "samira,Samira,F01,informant,flyktning\n") == [dropped()]
    assert state_of(study)["value"] == before


def test_a_variable_that_loses_its_last_value_goes(study: Path) -> None:
    emptied = "\n".join(
        line if number == 0 else ",".join([*line.split(",")[:5], "", line.split(",")[6]])
        for number, line in enumerate(INFORMANTS.splitlines())
    )
    assert notes_of(study, emptied) == ["botid has no value left and is no variable of the study any more"]
    assert "botid" not in {row["name"] for row in state_of(study)["variable"].values()}
    with Project.open(study) as project:
        assert check_study(project) == []
    assert notes_of(study, INFORMANTS) == []
    assert "botid" in {row["name"] for row in state_of(study)["variable"].values()}


def test_a_variable_called_as_a_facet_is_refused(study: Path) -> None:
    before = state_of(study)
    table = INFORMANTS.replace("botid", "Stemme")
    with pytest.raises(KodingError, match="Stemme is called as a facet") as caught:
        bring_in(study, {}, table)
    assert "informant_Stemme" in caught.value.hint
    assert state_of(study) == before


def test_a_surveys_column_called_as_a_facet_gets_another_name(study: Path) -> None:
    rows = "informant;status;Hvorfor flyttet du?\n" + "".join(
        f"X{number};gift;Jeg flyttet fordi jobben min var i byen nummer {number}.\n" for number in range(4)
    )
    report = bring_in(study, {"svar.csv": rows})
    assert report.faults == []
    assert "svar_status" in {row["name"] for row in state_of(study)["variable"].values()}
    assert any("status is called svar_status here" in line for _name, line in report.notes)


OTHER = (
    "I: Hva med bussen?\n\nYonas: Den går to ganger om dagen, og aldri på søndager.\n\nI: Og så?\n\nYonas: Jeg gikk.\n"
)


def test_two_files_that_would_be_called_the_same_are_both_named(study: Path, tmp_path: Path) -> None:
    for folder, text in (("a", TEXTS["samira"] + "Mer."), ("b", OTHER)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "int01.txt").write_text(text, encoding="utf-8")
    with Project.open(study) as project:
        report = Importer(project, "tester").run([tmp_path / "a", tmp_path / "b"])
    (fault,) = report.faults
    assert fault.path == tmp_path / "b" / "int01.txt"
    assert str(tmp_path / "a" / "int01.txt") in fault.error.message
    assert "Rename" in fault.error.hint


def test_another_text_of_the_same_name_is_told_from_a_changed_one(study: Path) -> None:
    (other,) = bring_in(study, {"samira.md": OTHER}).faults
    assert "samira.md is another text than samira.txt" in other.error.message
    assert "Rename the file" in other.error.hint
    assert "--reanchor" not in str(other.error)
    (changed,) = bring_in(study, {"samira": TEXTS["samira"].replace("ringte", "kimte")}).faults
    assert "has changed since it was imported" in changed.error.message
    assert "--reanchor" in changed.error.hint


def test_the_difference_is_shown_around_the_change(study: Path) -> None:
    long = "Samira: " + "og så gikk dagene der oppe i nord, " * 20 + "til telefonen ringte.\n"
    bring_in(study, {"lang": f"I: Hvordan?\n{long}I: Ja?\nSamira: Ja.\n"})
    (changed,) = bring_in(
        study, {"lang": f"I: Hvordan?\n{long.replace('ringte', 'kimte')}I: Ja?\nSamira: Ja.\n"}
    ).faults
    assert list(changed.error.details) == ["-…e i nord, til telefonen ringte.", "+…e i nord, til telefonen kimte."]


def test_a_file_with_nothing_but_a_header_is_told_to_hold_no_speech(study: Path) -> None:
    report = bring_in(study, {"hode": "Dato: 12.03.2024\nSted: Fjordvik\n"})
    assert report.arrivals["hode"].turns == 0
    assert ("hode", "Nothing in it was taken for speech.") in report.notes
