"""`koding codebook check FILE --study STUDY`: the indicators of a codebook in a study, as a table and as JSON."""

from __future__ import annotations

import json

import pytest

from tests import studies


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "mini.yaml"
    path.write_text(studies.CODEBOOK.replace("{nb: [jobb]}", "{nb: [jobb, fabrikk], except: [samme jobb]}"), "utf-8")
    return path


@pytest.mark.usefixtures("either_way")
def test_json_tells_matches_examples_and_what_never_fires(koding, file, study):
    ran = koding("codebook", "check", str(file), "--study", str(study), "--format", "json")
    assert ran.code == 0
    content = json.loads(ran.out)
    (arbeid,) = [code for code in content["codes"] if code["key"] == "arbeid"]
    jobb, fabrikk, same = arbeid["indicators"]
    assert (jobb["indicator"], jobb["kind"], jobb["sources"]) == ("jobb", "indicator", ["meeting", "samira"])
    assert jobb["matches"] == 2
    assert set(jobb["example"]) == {"source", "start", "end", "text"}
    assert (fabrikk["matches"], fabrikk["example"]) == (0, None)
    assert same["kind"] == "except"
    assert content["never"] == [
        {"code": "arbeid", "indicator": "fabrikk"},
        {"code": "arbeid", "indicator": "samme jobb"},
    ]


def test_the_table_goes_to_standard_output_and_the_sum_to_the_person(koding, file, study):
    ran = koding("codebook", "check", str(file), "--study", str(study))
    assert ran.code == 0
    assert "except: samme jobb" in ran.out
    assert "2 of 3 indicators and exceptions never fire in this study." in ran.err


def test_without_a_study_nothing_is_printed(koding, file):
    ran = koding("codebook", "check", str(file))
    assert (ran.code, ran.out) == (0, "")


def test_word_fields_alone_cannot_be_tried_out(koding, tmp_path, study):
    file = tmp_path / "ord.yaml"
    file.write_text("fields:\n  - {name: yrke, label: Yrker, nb: [lege], nn: [lege]}\n", "utf-8")
    ran = koding("codebook", "check", str(file), "--study", str(study))
    assert ran.code == 2
    assert "no indicators" in ran.err
