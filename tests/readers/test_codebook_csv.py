"""The codebook as a table: out and in again without a difference, and tables of other tools."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given

from koding.errors import KodingError
from koding.model.codebook import Codebook, Example
from koding.model.identity import content_guid
from koding.readers.codebook_csv import read_codebook_csv
from koding.readers.codebook_yaml import read_codebook, read_codebook_file
from koding.writers.codebook_csv import codebook_csv
from koding.writers.codebook_yaml import codebook_yaml
from tests.codebooks import codebooks

CODEBOOKS = sorted((Path(__file__).parents[2] / "codebooks").glob("*.yaml"))


def table(text: str, name: str = "bok") -> Codebook:
    return read_codebook_csv(text.encode("utf-8"), "bok.csv", name).codebook


def notes(text: str) -> tuple[str, ...]:
    return read_codebook_csv(text.encode("utf-8"), "bok.csv", "bok").notes


def fault(text: str) -> str:
    with pytest.raises(KodingError) as raised:
        table(text)
    return str(raised.value)


def keys(book: Codebook) -> list[tuple[str, str, str | None]]:
    return [(code.key, code.label, code.parent) for code in book.codes]


@given(codebooks())
def test_a_codebook_goes_through_a_table_but_for_facets_and_what_is_said_of_the_whole(book: Codebook) -> None:
    back = read_codebook_csv(codebook_csv(book), "bok.csv", book.id)
    assert back.notes == ()
    assert back.codebook.codes == book.codes
    assert back.codebook.fields == book.fields
    assert replace(book, title=book.id, facets=(), language="nb", version="", description="", rules=()) == back.codebook


@given(codebooks())
def test_a_codebook_goes_through_yaml_without_a_difference(book: Codebook) -> None:
    assert read_codebook(codebook_yaml(book), "bok.yaml") == book


@pytest.mark.parametrize("path", CODEBOOKS, ids=lambda path: path.stem)
def test_the_codebooks_that_come_with_koding_go_through_both(path: Path) -> None:
    book = read_codebook_file(path)
    assert read_codebook(codebook_yaml(book), path.name) == book
    assert read_codebook_csv(codebook_csv(book), "bok.csv", book.id).codebook.codes == book.codes


def test_retired_codes_and_what_took_their_place_go_through() -> None:
    book = table("key,label,retired,successor\na,A,yes,b\nb,B,no,\n")
    assert [(code.retired, code.successor) for code in book.codes] == [(True, "b"), (False, "")]
    assert read_codebook_csv(codebook_csv(book), "bok.csv", "bok").codebook == book
    assert "a: successor: there is no code c" in fault("key,retired,successor\na,yes,c\n")


def test_the_yaml_reads_well() -> None:
    book = table('key,label,definition,examples\narbeid,Arbeid,"En linje.\nTo linjer.",nei\n')
    assert codebook_yaml(book).decode() == (
        "codebook:\n  id: bok\n  title: bok\n  language: nb\n"
        "codes:\n  - key: arbeid\n    label: Arbeid\n    definition: |-\n      En linje.\n      To linjer.\n"
        "    examples:\n      - nei\n"
    )


def test_no_cell_is_a_formula() -> None:
    book = table("key,label,short\narbeid,'=1+1,'@SUM\n")
    assert (book.codes[0].label, book.codes[0].short) == ("=1+1", "@SUM")
    assert "'=1+1,,,'@SUM" in codebook_csv(book).decode()


def test_examples_are_lines_and_say_their_language() -> None:
    (code,) = table('key,label,examples\na,A,"Jeg flyttet.\n[nn] Eg flytta.\n  Og så heim."\n').codes
    assert code.examples == (Example("Jeg flyttet."), Example("Eg flytta.\nOg så heim.", "nn"))


def test_rows_may_come_in_any_order() -> None:
    book = table("key,label\na.b,B\nc,C\na,A\n")
    assert keys(book) == [("c", "C", None), ("a", "A", None), ("a.b", "B", "a")]


def test_taguettes_codebook() -> None:
    text = "tag,description,number of highlights\nhousing,Where people live,3\nhousing.rent too high,,1\nSt. Olav,,0\n"
    book = table(text)
    assert keys(book) == [
        ("housing", "housing", None),
        ("housing.rent_too_high", "rent too high", "housing"),
        ("st_olav", "St. Olav", None),
    ]
    assert book.codes[0].definition == "Where people live"
    assert book.codes[1].guid == content_guid("code", "bok", "housing.rent_too_high")
    assert notes(text) == (
        "1 code was put below another by the dot in its name.",
        "Columns left out: number of highlights.",
    )


def test_taguettes_newer_codebook_names_the_parent() -> None:
    text = "tag,parent,description,number of highlights\nrent,housing,,1\nhousing,,,3\nlone,missing,,0\n"
    book = table(text)
    assert keys(book) == [
        ("housing", "housing", None),
        ("housing.rent", "rent", "housing"),
        ("missing", "missing", None),
        ("missing.lone", "lone", "missing"),
    ]
    assert not book.by_key["missing"].codable
    assert notes(text)[0] == "The folder missing was made: other codes stand below it."


def test_dots_alone_make_no_tree_unless_several_names_share_what_is_before_them() -> None:
    assert keys(table("navn\nf.eks\nhus.leie\nhus.eie\n")) == [
        ("f_eks", "f.eks", None),
        ("hus", "hus", None),
        ("hus.leie", "leie", "hus"),
        ("hus.eie", "eie", "hus"),
    ]


def test_a_table_from_a_norwegian_spreadsheet() -> None:
    book = table(
        "Navn;Beskrivelse;Eksempel;Farge\nFår ikke bolig;Ingen ledige;Alt er leid ut;#C47\nJobb;;;rgb(1,2,3)\n"
    )
    assert keys(book) == [("får_ikke_bolig", "Får ikke bolig", None), ("jobb", "Jobb", None)]
    first = book.codes[0]
    assert (first.definition, first.examples, first.colour) == ("Ingen ledige", (Example("Alt er leid ut"),), "#cc4477")


def test_parents_that_go_in_a_circle_are_broken_up() -> None:
    assert {code.label for code in table("navn,forelder\na,b\nb,a\nc,c\n").codes} == {"a", "b", "c"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "has no header line"),
        ("label\n", "there are no codes"),
        ("farge,memo\n#fff,x\n", "the column key is missing"),
        ("key,label\na.b,B\n", "its parent a is missing"),
        ("key,label\na b,B\n", "“a b” is no key"),
        ("key,label\na,A\na,B\n", "bok.csv, line 3: a: the key is already on line 2"),
        ("navn\nA\nA\n", "the name is already on line 2"),
        ("key,label,codable\na,A,kanskje\n", "neither yes nor no"),
        ('key,label\na,"A\n', "a quotation mark is not closed"),
        ("key,label,short\na,A,b,c,d\n", "5 cells for 3 columns"),
        ("key,label,short\n,,noe\n", "the code has no name"),
    ],
)
def test_a_faulty_table_is_refused_with_line_and_remedy(text: str, message: str) -> None:
    assert message in fault(text)


def test_two_rows_with_one_guid_are_refused() -> None:
    guid = "c1a5f0de-0000-4000-8000-000000000001"
    assert "another code has the same GUID" in fault(f"key,guid\na,{guid}\nb,{{{guid.upper()}}}\n")


def test_the_guid_of_another_tool_stays_through_yaml() -> None:
    guid = "c1a5f0de-0000-4000-8000-000000000001"
    book = table(f"key,guid\na,{guid}\n")
    assert book.codes[0].guid == guid
    written = codebook_yaml(book)
    assert read_codebook(written, "bok.yaml").codes[0].guid == guid
    with pytest.raises(KodingError, match="is no GUID"):
        read_codebook(written.replace(guid.encode(), b"c1a5"), "bok.yaml")
