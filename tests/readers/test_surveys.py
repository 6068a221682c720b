"""Survey answers: a row an informant, a column a question, the other columns variables."""

from __future__ import annotations

from datetime import datetime

import pytest

from koding.errors import KodingError
from koding.model.transcript import Role
from koding.model.variables import Variable, VariableKind
from koding.readers.faults import NotATranscript
from koding.readers.surveys import Answers, read_answers
from koding.readers.tables import sheet
from koding.readers.workbooks import read_workbook
from tests.readers.transcript_files import SURVEY, workbook, zipped


def read(text: str) -> Answers:
    return read_answers(sheet(text.encode(), "svar.csv")[0], "svar.csv", "svar")


def said(found: Answers) -> list[tuple[str, str]]:
    return [(turn.speaker, found.spoken.text[turn.start : turn.end]) for turn in found.spoken.turns]


def test_every_answer_is_a_turn_of_its_informant_after_its_question() -> None:
    found = read(SURVEY)
    assert said(found) == [
        ("Spørsmål", "Hvorfor flyttet du?"),
        ("1", "Det var ingen jobb å få der; ikke for meg."),
        ("Spørsmål", "Hva savner du?"),
        ("1", "Venner"),
        ("Spørsmål", "Hvorfor flyttet du?"),
        ("2", "Jeg ville studere videre i byen."),
        ("Spørsmål", "Hva savner du?"),
        ("3", "Stillheten, og fjorden om kvelden."),
    ]
    assert found.spoken.text.startswith("Spørsmål: Hvorfor flyttet du?\n1: Det var ingen jobb")


def test_the_other_columns_are_variables_of_the_informants() -> None:
    people = read(SURVEY).informants
    assert people is not None
    assert people.variables == (Variable("Kommune"), Variable("Alder", VariableKind.NUMBER))
    assert people.informants["svar/2"] == {"Kommune": "Fjordvik", "Alder": "27"}
    asks = people.find("svar", "Spørsmål")
    assert asks is not None
    assert asks.role is Role.INTERVIEWER


def test_what_was_guessed_is_said() -> None:
    assert read(SURVEY).notes == (
        "3 informants, each named by Nr.",
        "Taken for questions: Hvorfor flyttet du?, Hva savner du?.",
        "Taken for variables: Kommune, Alder.",
    )


def test_a_column_informant_holds_people_known_from_elsewhere() -> None:
    found = read(
        "Informant,Svar\nF01,Vi dro fordi skolen la ned\nF02,Det fantes ikke noe arbeid\nF01,Og bussen gikk sjelden\n"
    )
    assert found.informants is not None
    assert set(found.informants.informants) == {"F01", "F02"}
    assert [speaker for speaker, _speech in said(found)][1::2] == ["F01", "F02", "F01"]


def test_rows_without_a_name_are_numbered() -> None:
    found = read("Kjønn,Hva betydde mest?\nkvinne,At barna fikk venner der\nmann,\nmann,Arbeid og egen bolig\n")
    assert [speaker for speaker, _speech in said(found)][1::2] == ["R1", "R3"]
    assert found.notes[-1] == "1 row without a written answer was left out."


@pytest.mark.parametrize(
    "answers",
    [("Ja", "Nei", "Vet ikke"), ("verken enig eller uenig i det",) * 3, ("34", "27", "51"), ("2024-01-01",) * 3],
)
def test_choices_numbers_and_dates_are_no_answers_in_words(answers: tuple[str, ...]) -> None:
    with pytest.raises(NotATranscript, match="written answers"):
        read("Spørsmål 1\n" + "\n".join(answers))


def test_columns_of_one_name_and_of_none_are_told_apart() -> None:
    found = read("Annet,Annet,,Hvorfor?\na,b,c,Fordi det ikke var jobb\n")
    assert found.informants is not None
    assert [variable.name for variable in found.informants.variables] == ["Annet", "Annet (2)", "Column 3"]


def test_cells_keep_their_lines() -> None:
    assert said(read('Hvorfor dro du?\n"Ingen jobb.\n\nOg ingen buss."\n'))[1] == (
        "R1",
        "Ingen jobb.\n\nOg ingen buss.",
    )


def test_a_table_of_who_spoke_when_is_a_transcript() -> None:
    found = read(
        "Speaker,Start,End,Text,Conf\nInt,0.0,2.0,Hvorfor dro du?,1\n"
        "Amina,00:02,00:04,Ingen jobb,1\nAmina,4000,5000,Nei.,1\n"
    )
    assert said(found) == [("Int", "Hvorfor dro du?"), ("Amina", "Ingen jobb Nei.")]
    assert [turn.time for turn in found.spoken.turns] == [0, 2000]
    assert found.informants is None
    assert found.notes == ("Columns left out: Conf.",)


def test_whispers_own_table() -> None:
    assert said(read("start\tend\ttext\n0\t1500\tog så\n1500\t3000\tdro vi\n")) == [("", "og så dro vi")]


@pytest.mark.parametrize("text", ["", "\n\n", "Hvorfor?\n"])
def test_an_empty_table_is_refused(text: str) -> None:
    with pytest.raises(KodingError, match=r"svar\.csv"):
        read(text)


def test_broken_quotes_name_their_line() -> None:
    with pytest.raises(KodingError, match=r"svar\.csv, line 2"):
        sheet(b'a,b\nx,"y', "svar.csv")


def test_a_workbook_shows_what_its_reader_sees() -> None:
    rows = (
        ("Nr", "Dato", "Tall", "Ja", "Hvorfor?"),
        (1, datetime(2024, 3, 12), 2.5, True, "Fordi «øya»\nvar liten \U0001f642"),
        (None, datetime(2024, 3, 12, 10, 30), 1000000, None, "=1+1"),
    )
    found = read_workbook(workbook(*rows, more=("Koder",)))
    assert found.others == ("Koder",)
    assert found.rows == [
        (1, ["Nr", "Dato", "Tall", "Ja", "Hvorfor?"]),
        (2, ["1", "2024-03-12", "2.5", "TRUE", "Fordi «øya»\nvar liten \U0001f642"]),
        (3, ["", "2024-03-12 10:30:00", "1000000"]),
    ]


def raw_workbook(rows: str, strings: str = "") -> bytes:
    return zipped(
        {
            "xl/workbook.xml": '<workbook><sheets><sheet name="A"/></sheets></workbook>',
            "xl/worksheets/sheet1.xml": f"<worksheet><sheetData>{rows}</sheetData></worksheet>",
            "xl/sharedStrings.xml": f"<sst>{strings}</sst>",
        }
    )


def test_rich_and_inline_texts_of_a_workbook() -> None:
    rows = '<row r="1"><c t="s"><v>0</v></c><c r="C1" t="inlineStr"><is><t>b</t></is></c></row>'
    strings = "<si><r><t>a</t></r><r><t>_x000A_c</t></r><rPh><t>x</t></rPh></si>"
    assert read_workbook(raw_workbook(rows, strings)).rows == [(1, ["a\nc", "", "b"])]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (workbook(("a", "b"))[:-40], "whole Excel"),
        (raw_workbook('<row><c r="XFD1" t="str"><v>a</v></c></row>'), "more cells"),
        (raw_workbook("<row><c><v>ti</v></c></row>"), "whole Excel"),
        (raw_workbook("<row>"), "whole Excel"),
        (raw_workbook(f"<row><c t='str'><v>{' ' * 4_000_000}</v></c></row>"), "unpacks"),
        (zipped({"xl/workbook.xml": '<!DOCTYPE a [<!ENTITY b "c">]><workbook/>'}), "document type"),
        (zipped({"xl/workbook.xml": "<workbook/>"}), "whole Excel"),
    ],
)
def test_a_broken_or_hostile_workbook_is_one_clear_line(data: bytes, told: str) -> None:
    with pytest.raises(KodingError, match=told) as caught:
        read_workbook(data, "svar.xlsx")
    assert "svar.xlsx" in caught.value.message
    assert "\n" not in str(caught.value)
