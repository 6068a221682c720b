"""Word fields: files of named words, every fault named, found beside a codebook and behind it among koding's own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from koding.errors import KodingError
from koding.material import material_folder
from koding.model.codebook import Codebook, WordField
from koding.readers.codebook_yaml import check_codebook_file, read_codebook, read_codebook_file
from koding.readers.word_fields import check_word_fields, fields_beside, read_field_folder, read_word_fields
from koding.session.codebook_files import indicator_fault
from koding.session.opening import codebook_problems, word_fields_in

GOOD = """\
# a comment for the team
fields:
  - name: Yrke
    label: Yrker
    description: Folk en møter i arbeid.
    nb: [sjef, =kokk, sykepleier*, "*fisker", sjef]
    nn: [sjef, =kokk]
  - name: fravær
    nb: [aldri, no, null]
"""

CODEBOOK = """\
codebook: {id: prove}
codes:
  - key: a
    label: A
    indicators:
      nb: ["@yrke ... ringte", "@Helt ... aldri"]
      except: ["@yrke ringte|@unntak feil"]
"""


def fields_of(text: str) -> dict[str, WordField]:
    return {field.name: field for field in read_word_fields(text.encode(), "ord.yaml")}


def put(folder: Path, name: str, text: str) -> Path:
    file = folder / name
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def names(codebook: Codebook) -> list[str]:
    return [field.name for field in codebook.fields]


def test_a_field_has_a_name_words_and_what_people_should_know() -> None:
    fields = fields_of(GOOD)
    assert list(fields) == ["yrke", "fravær"]
    yrke = fields["yrke"]
    assert (yrke.label, yrke.description) == ("Yrker", "Folk en møter i arbeid.")
    assert yrke.nb == ("sjef", "=kokk", "sykepleier*", "*fisker")
    assert yrke.nn == ("sjef", "=kokk")
    assert fields["fravær"] == WordField("fravær", "fravær", "", ("aldri", "no", "null"))


def test_a_field_in_one_language_serves_both() -> None:
    field = fields_of(GOOD)["fravær"]
    assert field.terms("nn") == field.terms("nb") == ("aldri", "no", "null")


def test_exceptions_get_the_words_of_both_languages() -> None:
    assert WordField("a", nb=("sjef", "leder"), nn=("sjef", "leiar")).terms("") == ("sjef", "leder", "leiar")


@pytest.mark.parametrize(
    ("text", "line", "key", "message", "hint"),
    [
        ("", 1, "", "no word fields", "fields:"),
        ("fields: []\n", 1, "fields", "no word fields", "fields:"),
        ("words: []\n", 1, "", "words is unknown", "fields"),
        ("fields:\n  - nb: [a]\n", 2, "fields: name", "missing", "Add name:"),
        ("fields:\n  - name: a b\n    nb: [c]\n", 2, "a b: name", "no name", "letters"),
        ("fields:\n  - name: '@a'\n    nb: [c]\n", 2, "@a: name", "no name", "without @"),
        ("fields:\n  - name: a\n    lable: c\n    nb: [d]\n", 3, "a", "lable is unknown", "label?"),
        ("fields:\n  - name: a\n", 2, "a: nb", "needs words", "nb, nn or both"),
        ("fields:\n  - name: a\n    nb: [b]\n  - name: A\n    nb: [c]\n", 4, "A: name", "already on line 2", "own"),
        ("fields:\n  - name: a\n    nb:\n      - b\n      - komme innom\n", 5, "a: nb", "no single word", "phrases"),
        ("fields:\n  - name: a\n    nn: [b|c]\n", 3, "a: nn", "no single word", "phrases"),
        ("fields:\n  - name: a\n    nn: ['@b']\n", 3, "a: nn", "no single word", "phrases"),
        ("fields:\n  - name: a\n    nb: ['*b*']\n", 3, "a: nb", "*b*", "star"),
        ("fields:\n  - name: a\n    nb: [*b]\n", 3, "", "refers", "quotation marks"),
        ("fields:\n  - name: a\n    nb: b\n", 3, "a: nb", "must be a list", "dash"),
        ("fields: [a\n", 2, "", "YAML", "indentation"),
    ],
)
def test_a_fault_names_line_key_and_remedy(text: str, line: int, key: str, message: str, hint: str) -> None:
    problem = check_word_fields(text.encode(), "ord.yaml", indicator_fault)[0]
    assert (problem.line, problem.key) == (line, key)
    assert message in problem.message
    assert hint in problem.hint
    with pytest.raises(KodingError, match=rf"ord\.yaml, line {line}: "):
        read_word_fields(text.encode(), "ord.yaml", indicator_fault)


def test_the_same_name_in_two_files_of_a_folder_names_both(tmp_path: Path) -> None:
    put(tmp_path, "b.yaml", GOOD)
    put(tmp_path, "a.yaml", "fields:\n  - {name: yrke, nb: [lærer]}\n")
    with pytest.raises(KodingError, match=r"/b\.yaml: the word field yrke stands in a\.yaml already"):
        read_field_folder(tmp_path)


def test_a_codebook_keeps_the_fields_it_uses_and_no_others() -> None:
    shelf = tuple(WordField(name, nb=("ord",)) for name in ("annet", "unntak", "helt", "yrke"))
    codebook = read_codebook(CODEBOOK.encode(), "prove.yaml", indicator_fault, shelf)
    assert names(codebook) == ["unntak", "helt", "yrke"]


def test_a_codebooks_own_field_stands_before_one_of_the_folder(tmp_path: Path) -> None:
    put(tmp_path / "ordfelt", "a.yaml", "fields:\n  - {name: yrke, nb: [mappe]}\n")
    own = CODEBOOK.replace("@Helt", "@hit").replace("|@unntak", "")
    put(tmp_path, "a.yaml", own + "fields:\n  - {name: yrke, nb: [eget]}\n  - {name: hit, nb: [der]}\n")
    codebook = read_codebook_file(tmp_path / "a.yaml", indicator_fault)
    assert codebook.field_terms("nb") == {"yrke": ("eget",), "hit": ("der",)}


def test_a_folder_beside_the_codebook_stands_before_kodings_own_fields(tmp_path: Path) -> None:
    put(tmp_path / "ordfelt", "mine.yaml", "fields:\n  - {name: yrke, nb: [gjeter]}\n  - {name: sauer, nb: [sau]}\n")
    fields = {field.name: field for field in fields_beside(tmp_path / "prove.yaml")}
    assert fields["yrke"].nb == ("gjeter",)
    assert fields["sauer"].nb == ("sau",)
    assert {field.name for field in read_field_folder(material_folder("codebooks") / "ordfelt")} < fields.keys()


def test_without_a_folder_kodings_own_fields_serve(tmp_path: Path) -> None:
    file = put(tmp_path, "prove.yaml", CODEBOOK.replace("@Helt", "@kontakt").replace("|@unntak", ""))
    assert set(names(read_codebook_file(file, indicator_fault))) == {"kontakt", "yrke"}


def test_an_unknown_field_is_a_fault_that_names_those_near_it(tmp_path: Path) -> None:
    file = put(tmp_path, "prove.yaml", CODEBOOK.replace("@yrke ... ringte", "@yrker ... ringte"))
    first = codebook_problems(file)[0]
    assert (first.line, first.key) == (6, "a: indicators")
    assert "There is no word field @yrker. Did you mean @yrke?" in first.hint


def test_a_faulty_file_of_words_is_named_when_a_codebook_asks_for_it(tmp_path: Path) -> None:
    put(tmp_path / "ordfelt", "mine.yaml", "fields:\n  - {name: yrke, nb: [to ord]}\n")
    file = put(tmp_path, "prove.yaml", CODEBOOK)
    with pytest.raises(KodingError, match=r"^ordfelt/mine\.yaml, line 2: yrke: nb: “to ord” is no single word"):
        check_codebook_file(file, indicator_fault)


def test_a_file_of_word_fields_is_checked_as_one(tmp_path: Path) -> None:
    good = put(tmp_path, "good.yaml", GOOD)
    assert codebook_problems(good) == []
    assert [field.name for field in word_fields_in(good) or ()] == ["yrke", "fravær"]
    (problem,) = codebook_problems(put(tmp_path, "bad.yaml", GOOD.replace("=kokk", "=kokk*", 1)))
    assert problem.line == 6
    assert word_fields_in(put(tmp_path, "book.yaml", CODEBOOK + "fields: []\n")) is None


def test_a_codebook_without_fields_does_not_read_them(tmp_path: Path) -> None:
    put(tmp_path / "ordfelt", "mine.yaml", "broken: [")
    file = put(tmp_path, "prove.yaml", "codebook: {id: a}\ncodes:\n  - {key: a, label: A}\n")
    assert names(read_codebook_file(file)) == []


def test_the_check_of_an_indicator_is_told_the_words_of_every_field(tmp_path: Path) -> None:
    seen: dict[str, tuple[str, ...]] = {}

    def check(_indicator: str, fields: Mapping[str, tuple[str, ...]]) -> None:
        seen.update(fields)

    put(tmp_path / "ordfelt", "mine.yaml", "fields:\n  - {name: helt, nb: [leder], nn: [leiar]}\n")
    check_codebook_file(put(tmp_path, "prove.yaml", CODEBOOK), check)
    assert seen["helt"] == ("leder", "leiar")


SHIPPED = read_field_folder(material_folder("codebooks") / "ordfelt", indicator_fault)


@pytest.mark.parametrize("field", SHIPPED, ids=lambda field: field.name)
def test_a_shipped_field_has_words_in_both_languages_and_says_what_it_is(field: WordField) -> None:
    assert field.label != field.name
    assert field.description
    assert field.nb
    assert field.nn


def test_the_manual_names_every_shipped_field_in_its_file() -> None:
    page = (Path(__file__).parents[2] / "docs" / "codebook.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `(\w+\.yaml)` \| (.*) \|$", page, re.MULTILINE))
    folder = material_folder("codebooks") / "ordfelt"
    named = {file: re.findall(r"@(\w+)", row) for file, row in rows.items()}
    assert named == {
        file.name: [field.name for field in read_word_fields(file.read_bytes(), file.name)]
        for file in folder.glob("*.yaml")
    }
