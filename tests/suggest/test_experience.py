"""What comes with a codebook from other studies: it is read from a plain file, and a study's own talk is not among it."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from taught_samples import lesson, lessons, material_codebook

from koding.material import material_folder
from koding.session.opening import read_codebook_file
from koding.suggest.learning import experience as experience_module
from koding.suggest.learning.experience import experience, without
from koding.suggest.learning.features import FEATURES, SILENCE
from koding.suggest.learning.learned_json import pack, unpack
from koding.suggest.learning.prior import prior
from koding.suggest.learning.teaching import Teacher
from koding.suggest.process.protocol import TurnText

BOOK = material_codebook()


def turn(text, *codings, source="før"):
    record = {"set": "andre", "source": source, "language": "nb", "question": "Hva husker du?", "text": text}
    return {**record, "codings": [[0, len(text), code] for code in codings]}


@pytest.fixture
def write(tmp_path, monkeypatch):
    def put(*turns):
        folder = tmp_path / "erfaring"
        folder.mkdir(exist_ok=True)
        lines = "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in turns)
        (folder / f"{BOOK.id}.jsonl").write_text(lines, encoding="utf-8")
        monkeypatch.setattr(experience_module, "material_folder", lambda _kind: tmp_path)

    return put


def test_a_codebook_without_a_file_has_no_experience(write):
    write(turn("Bjørka sto i skogen der.", "fjell"))
    assert list(experience(replace(BOOK, id="en annen"))) == []
    assert list(experience(replace(BOOK, id="../stoff"))) == []


def test_turns_of_codes_that_the_codebook_has_not_are_left_out(write):
    write(turn("Bjørka sto i skogen der.", "fjell"), turn("Bussen kom aldri fram.", "borte"))
    assert [past.turn.text for past in experience(BOOK)] == ["Bjørka sto i skogen der."]


def test_a_studys_own_talk_is_no_experience(write):
    own = lesson("one")
    write(turn(own.turns[0].text, "hav"), turn("Bjørka sto i skogen der.", "fjell"))
    assert [past.turn.text for past in without(experience(BOOK), [own])] == ["Bjørka sto i skogen der."]


def test_what_others_gave_a_code_is_suggested_where_the_study_has_not_taught_it(write):
    said = "Jeg husker at bjørka sto i skogen."
    write()
    plain = Teacher(BOOK).learn(lessons())
    write(
        *(turn(text, *codes) for text, *codes in [("Bjørka sto i skogen der.", "fjell"), ("Duken lå på bordet der.",)])
    )
    teacher = Teacher(BOOK)
    asked = teacher.exchanges(replace(lesson("new", 2), turns=(TurnText(0, 0, said, "nb"),), marks=()))
    fjell = plain.codes.number["fjell"]
    assert teacher.learn(lessons()).chances(asked)[0, fjell] > plain.chances(asked)[0, fjell]


def test_experience_is_kept_with_what_was_learned(write):
    write(turn("Bjørka sto i skogen der.", "fjell"), turn("Duken lå på bordet der.", source="etter"))
    teacher = Teacher(BOOK)
    learned = teacher.learn(lessons())
    new = teacher.exchanges(lesson("a new source"))
    assert unpack(pack(learned)).chances(new) == pytest.approx(learned.chances(new), abs=1e-6)


def test_the_experience_that_koding_comes_with_can_be_read():
    book = read_codebook_file(material_folder("codebooks") / "flyttegrunner.yaml")
    past = list(experience(book))
    assert len({each.set_ for each in past}) > 1
    for each in past:
        for mark in each.marks:
            assert 0 <= mark.start < mark.end <= len(each.turn.text)


@pytest.mark.parametrize("with_rules", [True, False])
@pytest.mark.parametrize("with_others", [True, False])
def test_there_is_a_prior_for_all_there_may_be_to_go_by(with_rules, with_others):
    found = prior(with_rules=with_rules, with_others=with_others)
    assert len(found.weights) == len(FEATURES)
    assert len(found.silent_weights) == len(SILENCE) + 1
    assert bool(found.weights[FEATURES.index("rule")]) is with_rules
    assert bool(found.weights[FEATURES.index("known_words")]) is with_others
