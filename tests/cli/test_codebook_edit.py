"""`koding codebook edit` with indicators: added, taken out, checked, remembered, undone, and changed in two copies."""

from __future__ import annotations

import json
import shutil

import pytest

from tests import studies

CODE = "ensomhet.isolasjon"


@pytest.fixture
def found(koding, study):
    """Give what is suggested now, by the codebook alone, as (source, code, the words that decided)."""

    def now() -> set[tuple[str, str, str]]:
        ran = koding("suggest", study, "--no-learn", "--format", "jsonl")
        assert ran.code == 0
        lines = [json.loads(line) for line in ran.out.splitlines()]
        return {
            (line["source"], line["code"], studies.TEXTS[line["source"]][place["start"] : place["end"]])
            for line in lines
            for place in line["evidence"]
        }

    return now


@pytest.fixture
def indicators(koding, tmp_path):
    """Give the indicators of a code in a study, list by list, as its export has them."""

    def of(study, key: str = CODE) -> dict[str, list[str]]:
        from koding.session.codebook_files import read_any_codebook

        file = tmp_path / "as_it_is.yaml"
        assert koding("codebook", "export", study, file).code == 0
        had = read_any_codebook(file).codebook.by_key[key].indicators
        return {"nb": list(had.nb), "nn": list(had.nn), "except": list(had.excepted)}

    return of


def test_an_indicator_that_was_added_is_found_at_the_next_suggesting(koding, study, found):
    before = found()
    assert koding("codebook", "edit", study, CODE, "--nb", "veggen", "--nn", "leilegheit|leiligheten").code == 0
    assert found() == before | {("samira", CODE, "veggen")}


def test_an_exception_that_was_added_silences(koding, study, found):
    assert ("meeting", "arbeid", "jobb") in found()
    assert koding("codebook", "edit", study, "arbeid", "--except", "på grunn av jobb").code == 0
    assert ("meeting", "arbeid", "jobb") not in found()


def test_an_indicator_is_taken_out_of_whichever_list_has_it(koding, study, found, indicators):
    koding("codebook", "edit", study, "arbeid", "--nn", "Jobb", "--except", "samme jobb")
    assert koding("codebook", "edit", study, "arbeid", "--drop", "jobb", "--drop", "samme  JOBB").code == 0
    assert indicators(study, "arbeid") == {"nb": [], "nn": [], "except": []}
    assert not any(code == "arbeid" for _source, code, _words in found())


def test_one_command_puts_another_indicator_in_the_place_of_one(koding, study, indicators):
    assert koding("codebook", "edit", study, "arbeid", "--drop", "jobb", "--nb", "jobb !", "--short", "Lønn.").code == 0
    assert indicators(study, "arbeid")["nb"] == ["jobb !"]
    assert koding("undo", study).code == 0
    assert indicators(study, "arbeid")["nb"] == ["jobb"]


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--nb", "a | b"], "The indicator “a | b” cannot be read."),
        (["--nn", "... aldri"], "The indicator “... aldri” cannot be read."),
        (["--except", "stille?"], "The indicator “stille?” cannot be read."),
        (["--nb", ""], "Write at least one word."),
        (["--nb", "@yrke ... ringte"], "There is no word field @yrke."),
        (["--drop", "job"], "arbeid has no indicator “job”; nothing was changed. Did you mean “jobb”?"),
        (["--drop", "sommerferie"], "nothing was changed. koding codebook export writes all indicators to a file."),
        (["--nb", "JOBB"], "arbeid says so already; nothing was changed."),
    ],
)
def test_what_cannot_be_done_is_one_line_and_leaves_all_as_it_was(koding, study, options, told):
    before = study.read_bytes()
    ran = koding("codebook", "edit", study, "arbeid", "--short", "Arbeid som grunn.", *options)
    assert (ran.code, ran.out, len(ran.err.splitlines())) == (1, "", 1)
    assert told in ran.err
    assert study.read_bytes() == before


def test_a_fault_in_one_indicator_keeps_the_others_and_the_texts_out(koding, study):
    before = study.read_bytes()
    assert koding("codebook", "edit", study, "arbeid", "--short", "Ny.", "--nb", "lønn", "--nb", "a|").code == 1
    assert study.read_bytes() == before


def test_a_word_field_that_the_codebook_of_the_study_has_may_be_used(koding, tmp_path, indicators):
    file = tmp_path / "felt.yaml"
    fields = "fields:\n  - {name: dyr, label: Dyr, nb: [katt, hund]}\n"
    file.write_text(fields + studies.CODEBOOK.replace("{nb: [jobb]}", '{nb: ["@dyr ... jobb"]}'), "utf-8")
    study = tmp_path / "felt.koding"
    assert koding("init", study, "--codebook", file).code == 0
    assert koding("codebook", "edit", study, CODE, "--nb", "snakket ... @dyr").code == 0
    assert indicators(study)["nb"] == ["snakket ... @dyr"]


def test_the_history_and_the_log_tell_of_it(koding, study):
    koding(
        "codebook", "edit", study, "arbeid", "--drop", "jobb", "--nb", "jobb !", "--except", "=jobben", "--reason", "R"
    )
    (record,) = json.loads(koding("codebook", "history", study, "--format", "json").out)
    assert (record["action"], record["key"], record["reason"]) == ("edit", "arbeid", "R")
    assert record["detail"] == {"fields": "indicators", "indicators": "nb: − jobb, + jobb !; except: + =jobben"}
    assert "indicators (nb: − jobb, + jobb !; except: + =jobben)" in koding("codebook", "history", study).out
    assert "edit arbeid" in koding("log", study).out


def test_indicators_added_in_two_copies_are_a_conflict_that_names_them_and_the_later_stand(
    koding, study, tmp_path, indicators
):
    other = shutil.copy(study, tmp_path / "other.koding")
    koding("codebook", "edit", study, CODE, "--nb", "veggen", "--coder", "Kari")
    koding("codebook", "edit", other, CODE, "--nb", "vinteren", "--except", "i vinter", "--coder", "Ola")
    assert koding("merge", study, other).code == 0
    assert indicators(study) == {"nb": ["vinteren"], "nn": [], "except": ["i vinter"]}
    told = koding("conflicts", study).out
    assert "A: nb: vinteren; except: i vinter (Ola," in told
    assert "B: nb: veggen (Kari," in told

    number = told.split()[0]
    before = study.read_bytes()
    assert koding("conflicts", study, "--take", f"{number}==veggen").code == 2
    assert study.read_bytes() == before

    # Who adds the other one too has settled it.
    assert koding("codebook", "edit", study, CODE, "--nb", "veggen", "--coder", "Kari").code == 0
    assert indicators(study)["nb"] == ["vinteren", "veggen"]
    assert koding("conflicts", study).out == ""
