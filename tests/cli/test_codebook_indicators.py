"""`koding codebook indicators`: the indicators and word fields of a changed codebook file come into a study."""

from __future__ import annotations

import json
import shutil

import pytest

from koding.session.codebook_files import read_any_codebook
from tests import studies

FIELDS = "fields:\n  - {name: dyr, label: Dyr, nb: [katt, hund]}\n"
WITH_FIELD = FIELDS + studies.CODEBOOK.replace("{nb: [jobb]}", '{nb: [jobb, "@dyr ... jobb"]}')


@pytest.fixture
def written(tmp_path):
    """Give a way to write a codebook file."""

    def write(text: str, name: str = "ny.yaml"):
        file = tmp_path / name
        file.write_text(text, "utf-8")
        return file

    return write


def suggested(koding, study) -> set[tuple[str, str]]:
    ran = koding("suggest", study, "--no-learn", "--format", "jsonl")
    assert ran.code == 0
    return {(line["source"], line["code"]) for line in map(json.loads, ran.out.splitlines())}


def test_what_the_file_says_of_indicators_is_in_the_study_and_all_else_stays(koding, study, written):
    before = read_any_codebook(study).codebook
    text = studies.CODEBOOK.replace("{nb: [jobb]}", "{nb: [husleia], nn: [husleiga], except: [husleia var låg]}")
    text = text.replace("label: Arbeid\n", "label: Noe annet\n").replace("Arbeid som grunn.", "Annen tekst.")
    text = text.replace("label: Isolasjon}", "label: Isolasjon, indicators: {nb: [veggen]}}")
    ran = koding("codebook", "indicators", study, written(text), "--reason", "Lest på nytt")
    assert ran.code == 0
    assert [line.split(maxsplit=1) for line in ran.out.splitlines()[1:]] == [
        ["arbeid", "nb: − jobb, + husleia; nn: + husleiga; except: + husleia var låg"],
        ["ensomhet.isolasjon", "nb: + veggen"],
    ]
    assert "Changed: 2 codes." in ran.err
    after = read_any_codebook(study).codebook
    for key, code in after.by_key.items():
        assert (code.label, code.short, code.guid) == (
            before.by_key[key].label,
            before.by_key[key].short,
            before.by_key[key].guid,
        )
    assert suggested(koding, study) == {("meeting", "arbeid"), ("samira", "ensomhet.isolasjon")}
    history = json.loads(koding("codebook", "history", study, "--format", "json").out)
    assert sorted((one["action"], one["key"], one["reason"]) for one in history) == [
        ("edit", "arbeid", "Lest på nytt"),
        ("edit", "ensomhet.isolasjon", "Lest på nytt"),
    ]
    assert "indicators ny.yaml" in koding("log", study).out

    assert koding("undo", study).code == 0
    assert koding("codebook", "diff", study, written(studies.CODEBOOK, "gammel.yaml")).out == ""


def test_new_and_changed_word_fields_come_with_the_indicators(koding, study, written):
    ran = koding("codebook", "indicators", study, written(WITH_FIELD))
    assert (ran.code, "@dyr" in ran.out) == (0, True)
    ran = koding("codebook", "indicators", study, written(WITH_FIELD.replace("hund", "hest")))
    assert [line.split(maxsplit=1) for line in ran.out.splitlines()[1:]] == [["@dyr", "nb: − hund, + hest"]]
    (field,) = read_any_codebook(study).codebook.fields
    assert field.nb == ("katt", "hest")
    # Codes may use it from now on.
    assert koding("codebook", "edit", study, "ensomhet.isolasjon", "--nb", "snakket ... @dyr").code == 0


def test_a_word_field_that_changed_is_found_with_its_new_words(koding, study, written):
    text = WITH_FIELD.replace('"@dyr ... jobb"', '"@dyr"')
    koding("codebook", "indicators", study, written(text))
    assert ("samira", "arbeid") in suggested(koding, study)
    assert ("essay", "arbeid") not in suggested(koding, study)
    koding("codebook", "indicators", study, written(text.replace("hund", "folk")))
    assert ("essay", "arbeid") in suggested(koding, study)


def test_codes_that_the_study_lacks_are_named_and_left_out(koding, study, written):
    new = '  - {key: helse, label: Helse, colour: "#112233", indicators: {nb: [lege]}}\n'
    ran = koding("codebook", "indicators", study, written(studies.CODEBOOK.replace("[jobb]", "[lønn]") + new))
    assert ran.code == 0
    assert "Left out, since the study has no such codes: helse." in ran.err
    assert "helse" not in read_any_codebook(study).codebook.by_key


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (studies.CODEBOOK, "The study has the indicators of ny.yaml already; nothing was changed."),
        (studies.CODEBOOK.replace("{nb: [jobb]}", "{}"), "ny.yaml holds no indicators; nothing was changed."),
        (studies.CODEBOOK.replace("[jobb]", "['@dyr']"), "There is no word field @dyr."),
        (FIELDS, "it is no codebook"),
    ],
)
def test_a_file_that_brings_nothing_leaves_the_study_as_it_was(koding, study, written, text, told):
    before = study.read_bytes()
    ran = koding("codebook", "indicators", study, written(text))
    assert (ran.code, ran.out, len(ran.err.splitlines())) == (1, "", 1)
    assert told in ran.err
    assert study.read_bytes() == before


def test_a_study_exported_and_taken_back_says_the_same(koding, study, written, tmp_path):
    koding("codebook", "indicators", study, written(WITH_FIELD))
    koding("codebook", "export", study, tmp_path / "ut.yaml")
    assert "already; nothing was changed" in koding("codebook", "indicators", study, tmp_path / "ut.yaml").err


def test_the_indicators_of_another_study_are_taken_the_same_way(koding, study, written, tmp_path):
    other = shutil.copy(study, tmp_path / "other.koding")
    koding("codebook", "indicators", other, written(WITH_FIELD))
    assert koding("codebook", "indicators", study, other).code == 0
    assert koding("codebook", "diff", study, other).out == ""
    assert read_any_codebook(study).codebook.fields == read_any_codebook(other).codebook.fields != ()


def test_word_fields_changed_in_two_copies_are_a_conflict_that_the_file_settles(koding, study, written, tmp_path):
    other = shutil.copy(study, tmp_path / "other.koding")
    more = WITH_FIELD.replace("hund]}", "hund]}\n  - {name: mat, label: Mat, nb: [brød]}")
    more = more.replace("label: Isolasjon}", 'label: Isolasjon, indicators: {nb: ["@mat"]}}')
    koding("codebook", "indicators", study, written(more), "--coder", "Kari")
    koding("codebook", "indicators", other, written(WITH_FIELD), "--coder", "Ola")
    assert koding("merge", study, other).code == 0
    told = koding("conflicts", study).out
    assert "[fields]" in told
    assert "B: @mat (Kari," in told
    assert koding("codebook", "indicators", study, written(more), "--coder", "Kari").code == 0
    assert koding("conflicts", study).out == ""
    assert [field.name for field in read_any_codebook(study).codebook.fields] == ["dyr", "mat"]
