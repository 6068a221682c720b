"""The informants file: who speaks, in which role, and what is known of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from koding.errors import KodingError
from koding.model.transcript import Role
from koding.model.variables import Variable, VariableKind
from koding.readers.informants import InformantTable, read_informants

CORPORA = Path(__file__).parents[2] / "corpora"

FILE = """source,speaker,informant,role,gruppe,botid
int01,I,,interviewer,,
int01,Samira,F01,informant,flyktning,4
int04,Tesfay,F05,informant,flyktning,"3,5"
int04,Tolk,F05,tolk,flyktning,"3,5"
mote,NAV-veileder,K03,,kommuneansatt,
mote,Møteleder,,,,
kronikk,,D01,,IMDi-ansatt,
*,Int,,intervjuer,,
"""


def read(text: str) -> InformantTable:
    return read_informants(text.encode(), "informants.csv")


def refused(text: str) -> KodingError:
    with pytest.raises(KodingError) as caught:
        read(text)
    assert "informants.csv" in caught.value.message
    assert caught.value.hint
    return caught.value


def test_every_line_says_who_a_speaker_is() -> None:
    rows = read(FILE).rows
    assert [(row.line, row.source, row.speaker, row.informant, row.role) for row in rows] == [
        (2, "int01", "I", "", Role.INTERVIEWER),
        (3, "int01", "Samira", "F01", Role.INFORMANT),
        (4, "int04", "Tesfay", "F05", Role.INFORMANT),
        (5, "int04", "Tolk", "F05", Role.INTERPRETER),
        (6, "mote", "NAV-veileder", "K03", Role.INFORMANT),
        (7, "mote", "Møteleder", "", Role.INTERVIEWER),
        (8, "kronikk", "", "D01", Role.INFORMANT),
        (9, "*", "Int", "", Role.INTERVIEWER),
    ]
    assert rows[1].values == {"gruppe": "flyktning", "botid": "4"}
    assert rows[0].values == {}


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_spreadsheets_save_it_in_many_ways(delimiter: str, encoding: str, ends: str) -> None:
    text = ends.join(
        delimiter.join(cells)
        for cells in (
            ("source", "speaker", "informant", "role", "sted"),
            ("int01", "Åse", "F01", "informant", "Sundøy"),
        )
    )
    (row,) = read_informants(text.encode(encoding), "informants.csv").rows
    assert (row.speaker, row.values) == ("Åse", {"sted": "Sundøy"})


def test_excel_may_announce_its_delimiter() -> None:
    table = read("sep=;\nsource;speaker;informant;role\nint01;Samira;F01;informant\n")
    assert [(row.line, row.speaker) for row in table.rows] == [(3, "Samira")]


def test_kinds_of_variables() -> None:
    text = (
        "source,speaker,informant,role,botid,gruppe,utdanning [grunnskole<videregående<høyere],tom\n"
        'a,A,F1,informant,"2,5",flyktning,høyere,\nb,B,F2,informant,10,3,grunnskole,\nc,C,F3,informant,,,,\n'
    )
    assert read(text).variables == (
        Variable("botid", VariableKind.NUMBER),
        Variable("gruppe", VariableKind.TEXT),
        Variable("utdanning", VariableKind.ORDERED, ("grunnskole", "videregående", "høyere")),
        Variable("tom", VariableKind.TEXT),
    )


def test_the_nearest_line_speaks_for_a_speaker() -> None:
    table = read(
        "source,speaker,informant,role\nint01,Samira,F01,informant\nint01,*,F02,informant\n"
        "*,Samira,F03,informant\n*,*,F04,informant\n"
    )

    def who(source: str, speaker: str) -> str | None:
        row = table.find(source, speaker)
        return row and row.informant

    assert who("int01", "Samira") == "F01"
    assert who("int02", "Samira") == "F03"
    assert who("int01", "Yonas") == "F02"
    assert who("int01", "") == "F02"
    assert who("int02", "Yonas") == "F04"
    assert who("int02", "Intervjuer") is None
    assert who("int02", "Tolk") is None


def test_a_name_is_found_however_its_letters_are_composed() -> None:
    table = read("source,speaker,informant,role\nmøte,Åse,F01,informant\n")
    assert table.find("møte", "A\u030ase") is not None


def test_labels_of_a_source_help_to_recognise_its_turns() -> None:
    table = read(FILE)
    assert table.labels("int01") == {"I", "Samira", "Int"}
    assert table.labels("kronikk") == {"Int"}


def test_an_informant_is_one_person_over_all_lines() -> None:
    table = read("source,speaker,informant,role,by\na,A,F1,informant,Oslo\nb,A,F1,informant,\n")
    assert table.informants == {"F1": {"by": "Oslo"}}


def test_a_missing_column_is_named() -> None:
    fault = refused("source,spaeker,informant,role\n")
    assert "line 1" in fault.message
    assert "speaker" in fault.message
    assert "spaeker" in fault.hint


@pytest.mark.parametrize(
    ("lines", "message", "hint"),
    [
        ("a,A,F1,intervjuar3\n", ("line 2", "role", "intervjuar3"), "intervjuar"),
        ("a,A,,informant\n", ("line 2", "informant"), "F01"),
        (",A,F1,informant\n", ("line 2", "source"), "*"),
        ("a,A,F1,informant\n\na,A,F2,informant\n", ("line 4", "line 2", "speaker"), "one of the two"),
        ("a,A,F1,informant,x\n", ("line 2", "5 cells"), "spreadsheet"),
        ('a,"A,F1,informant\n', ("line 2", "quotation"), "spreadsheet"),
    ],
)
def test_faults_name_line_column_and_remedy(lines: str, message: tuple[str, ...], hint: str) -> None:
    fault = refused(f"source,speaker,informant,role\n{lines}")
    assert all(part in fault.message for part in message)
    assert hint in fault.hint


def test_an_informant_has_one_value_of_a_variable() -> None:
    fault = refused("source,speaker,informant,role,gruppe\na,A,F1,informant,flyktning\nb,A,F1,informant,flyktninger\n")
    assert all(part in fault.message for part in ("line 3", "gruppe", "F1", "flyktninger", "line 2"))


def test_a_value_outside_the_categories_is_refused_with_the_nearest() -> None:
    fault = refused("source,speaker,informant,role,nivå [lav<høy]\na,A,F1,informant,hoy\n")
    assert "nivå" in fault.message
    assert "høy" in fault.hint


@pytest.mark.parametrize(
    "text", ["", "\n", "source,speaker,informant,role,by,By\n", "source,speaker,informant,role,,by\n"]
)
def test_a_header_that_names_no_columns_is_refused(text: str) -> None:
    refused(text)


@pytest.mark.parametrize("path", sorted(CORPORA.glob("*/informants*.csv")), ids=lambda path: path.parent.name)
def test_the_corpora_have_good_files(path: Path) -> None:
    table = read_informants(path.read_bytes(), path.name)
    assert table.rows
    assert table.informants
    assert table.note == ""


def test_all_faults_are_told_in_one_go_by_line() -> None:
    with pytest.raises(KodingError) as caught:
        read(
            "source,speaker,informant,role,code\na,A,F1,intervjuar3,\na,B,,informant,\na,C,F1,informant,x,y\n"
            "a,D,F1,informant,\na,D,F2,informant,\n,E,F3,informant,\n"
        )
    assert "informants.csv has 6 faults" in caught.value.message
    assert [line.split(":")[0] for line in caught.value.details] == [
        "informants.csv, line 1, column code",
        "informants.csv, line 2, column role",
        "informants.csv, line 3, column informant",
        "informants.csv, line 4",
        "informants.csv, line 6, column speaker",
        "informants.csv, line 7, column source",
    ]


def test_of_very_many_faults_the_first_are_told() -> None:
    with pytest.raises(KodingError) as caught:
        read("source,speaker,informant,role\n" + "".join(f"a,A{number},,informant\n" for number in range(50)))
    assert len(caught.value.details) == 21
    assert caught.value.details[-1] == "and 30 more"


@pytest.mark.parametrize("name", ["code", "Coder", "start", "text", "memo"])
def test_no_variable_is_called_as_a_column_of_a_table_of_codings(name: str) -> None:
    fault = refused(f"source,speaker,informant,role,{name}\na,A,F1,informant,x\n")
    assert "line 1" in fault.message
    assert f"informant_{name}" in fault.hint
