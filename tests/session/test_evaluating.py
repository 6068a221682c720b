"""How good suggestions are on a study: by its own codings, a source at a time, beside baselines and other coders."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from koding.errors import KodingError, UsageFault
from koding.model.evaluation import Score
from koding.session.evaluating import SYSTEMS, evaluate, to_json
from koding.session.learning import up_to_date
from koding.session.study_file import open_study
from tests.studies import copied
from tests.taught_study import CODER, code_as, source_text, taught_study


@pytest.fixture(scope="module")
def study(tmp_path_factory) -> Path:
    path = taught_study(tmp_path_factory.mktemp("judged") / "judged.koding")
    code_as(path, "Ola", ["s0", "s1"], every=2)
    return path


@pytest.fixture(scope="module")
def found(study):
    with open_study(study) as project:
        return evaluate(project)


def gold(*names: str) -> list[tuple[int, int, str]]:
    return [coding for name in names for coding in source_text(name)[1]]


def test_the_coder_with_most_codings_is_gold(found):
    assert (found.gold, found.sources, found.units) == (CODER, 5, 5 * 30)


def test_every_code_has_its_number_of_sentences(found):
    coded = gold("s0", "s1", "s2", "s3", "s4")
    for key in ("hav", "fjell", "by"):
        for system in SYSTEMS:
            assert found.by_code[key][system].gold == sum(code == key for _start, _end, code in coded)


def test_what_is_learned_beats_what_the_codebook_says_where_the_codebook_says_little(found):
    assert found.micro("together").f1 > 2 * found.micro("rules").f1
    assert found.micro("together").f1 >= 0.95 * found.micro("learned").f1


def test_key_words_are_the_bare_words_of_the_codebook(found):
    said = sum("torsk" in text[start:end] for text, coded in map(source_text, ("s0", "s1", "s2", "s3", "s4"))
               for start, end, _code in coded)  # fmt: skip
    assert found.micro("keywords") == Score(said, 0, found.micro("keywords").missed)


def test_another_coder_is_the_ceiling_on_the_sources_both_have_coded(found):
    (ola,) = found.ceilings
    both = len(gold("s0", "s1"))
    said = len(gold("s0")[::2]) + len(gold("s1")[::2])
    assert (ola.coder, ola.sources, ola.units) == ("Ola", 2, 60)
    assert ola.score == Score(said, 0, both - said)
    assert {score.gold for score in ola.systems.values()} == {both}


@pytest.mark.usefixtures("either_way")
def test_turns_can_be_the_unit(study):
    with open_study(study) as project:
        turns = evaluate(project, unit="turn")
    assert turns.units == 5 * 15
    assert turns.micro("rules").gold < len(gold("s0", "s1", "s2", "s3", "s4"))


def test_passages_of_one_interview_are_no_fair_trial(study):
    with open_study(study) as project, pytest.raises(UsageFault, match="only evaluated by source") as refused:
        evaluate(project, by="segment")
    assert "share its words" in refused.value.hint


def test_an_unknown_coder_is_named_beside_those_there_are(study):
    with open_study(study) as project, pytest.raises(UsageFault, match=r"Pål.*Kari, Ola"):
        evaluate(project, gold="Pål")


def test_one_coded_source_is_too_few(tmp_path):
    study = taught_study(tmp_path / "one.koding", sources=1)
    with open_study(study) as project, pytest.raises(KodingError, match="too few sources"):
        evaluate(project)


def test_a_study_without_codings_cannot_be_evaluated_on(tmp_path):
    study = taught_study(tmp_path / "none.koding", sources=0)
    with open_study(study) as project, pytest.raises(KodingError, match="no codings"):
        evaluate(project)


def test_evaluating_changes_nothing_in_the_study(study, tmp_path):
    own = copied(study, tmp_path)
    with open_study(own) as project:
        before = list(project.connection.iterdump())
        evaluate(project)
        assert list(project.connection.iterdump()) == before
        assert up_to_date(project) is None


def test_json_has_everything(found):
    record = json.loads(json.dumps(to_json(found)))
    assert {entry["code"] for entry in record["codes"]} == {"hav", "fjell", "by"}
    assert set(record["micro"]) == set(SYSTEMS)
    entry = record["codes"][0]
    assert entry["too_few"] == (entry["n"] < record["few"])
    together = entry["systems"]["together"]
    low, high = together["recall_interval"]
    assert low <= together["recall"] <= high
    assert record["coders"][0]["agreement"]["f1"] == found.ceilings[0].score.f1


def test_the_command_prints_tables_and_writes_json(study, koding, tmp_path):
    file = tmp_path / "judged.json"
    ran = koding("suggest", "evaluate", study, "--gold", "Kari", "--json", file)
    assert ran.code == 0
    lines = ran.out.splitlines()
    assert any(
        line.split()[:2] == ["hav", str(sum(code == "hav" for *_, code in gold("s0", "s1", "s2", "s3", "s4")))]
        for line in lines
    )
    assert any("Ola (a coder; 2 sources)" in line for line in lines)
    assert "150 sentences in 5 sources" in ran.err
    assert json.loads(file.read_text(encoding="utf-8"))["gold"] == "Kari"


def test_the_command_says_too_few_where_a_code_is_rare(tmp_path, koding):
    study = taught_study(tmp_path / "rare.koding", sources=2)
    out = koding("suggest", "evaluate", study).out
    rare = [key for key in ("hav", "fjell", "by") if sum(code == key for *_, code in gold("s0", "s1")) < 20]
    assert rare
    for key in rare:
        assert next(line for line in out.splitlines() if line.startswith(key)).split()[2:] == ["too", "few"]


def test_the_command_refuses_a_split_by_segment(study, koding):
    ran = koding("suggest", "evaluate", study, "--by", "segment")
    assert (ran.code, ran.out) == (2, "")
    assert "share its words" in ran.err


def test_learning_can_be_left_out_of_the_command(study, koding, tmp_path):
    study = copied(study, tmp_path)
    ran = koding("suggest", study, "--source", "s5", "--no-learn", "--format", "jsonl")
    assert {json.loads(line)["origin"] for line in ran.out.splitlines()} == {"rules"}
    ran = koding("suggest", study, "--source", "s5", "--format", "jsonl")
    assert {"learned", "rules+learned"} <= {json.loads(line)["origin"] for line in ran.out.splitlines()}
