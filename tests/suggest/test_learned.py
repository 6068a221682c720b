"""Learning from codings: it finds what the codebook does not say, keeps to what held-out sources bear out, and repeats."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from taught_samples import lesson, lessons, material_codebook

from koding.suggest.learning import learned as learned_module
from koding.suggest.learning.learned import LEAST_CODINGS, LEAST_PRECISION, RULES_KEPT, Bin, Cut
from koding.suggest.learning.learned_json import LearnedFault, pack, unpack
from koding.suggest.learning.teaching import Teacher


@pytest.fixture(scope="module")
def teacher():
    return Teacher(material_codebook())


@pytest.fixture(scope="module")
def learned(teacher):
    return teacher.learn(lessons())


def shown(learned, exchanges):
    chances = learned.chances(exchanges)
    return learned.cut.shows(chances, np.zeros(chances.shape, bool))


def test_what_the_codebook_does_not_say_is_learned_from_codings(teacher, learned):
    new = teacher.exchanges(lesson("a new source"))
    gold = [said.codes for each in new for said in each.sentences]
    said = [{learned.codes.keys[code] for code in np.flatnonzero(row)} for row in shown(learned, new)]
    hits = sum(len(one & other) for one, other in zip(gold, said, strict=True))
    assert hits >= 0.8 * sum(map(len, gold))
    assert hits >= 0.8 * sum(map(len, said))


def test_learning_is_the_same_every_time(teacher, learned):
    again = Teacher(material_codebook()).learn(lessons())
    assert pack(again) == pack(learned) == pack(teacher.learn(reversed(lessons())))


def test_too_few_codings_teach_nothing(teacher):
    few = [replace(each, marks=each.marks[:3]) for each in lessons()]
    assert sum(len(each.marks) for each in few) < LEAST_CODINGS
    assert teacher.learn(few) is None


def test_too_few_sources_teach_nothing(teacher):
    assert teacher.learn([lesson("one", 200), lesson("another", 200)]) is None


def test_two_coders_of_one_source_are_one_source(teacher):
    one, other = lesson("one", 200), lesson("other", 200)
    assert teacher.learn([one, replace(one, marks=one.marks[:-1]), other]) is None


def test_codings_of_codes_that_cannot_be_suggested_teach_nothing(teacher):
    gone = [replace(each, marks=tuple(mark._replace(code="gone") for mark in each.marks)) for each in lessons()]
    assert teacher.learn(gone) is None


def test_what_was_learned_can_be_kept_and_read_back(teacher, learned):
    new = teacher.exchanges(lesson("a new source"))
    kept = unpack(pack(learned))
    assert kept.chances(new) == pytest.approx(learned.chances(new), abs=1e-6)
    assert (kept.cut, kept.codings) == (learned.cut, learned.codings)


def test_a_kept_source_still_does_not_speak_about_itself(teacher, learned):
    own = teacher.exchanges(lessons()[0])
    assert unpack(pack(learned)).chances(own) == pytest.approx(learned.chances(own), abs=1e-6)


@pytest.mark.parametrize("data", [b"", b"junk", pack.__name__.encode()])
def test_what_is_nothing_learned_is_refused(data):
    with pytest.raises(LearnedFault):
        unpack(data)


def test_another_version_is_refused(learned, monkeypatch):
    monkeypatch.setattr("koding.suggest.learning.learned_json.VERSION", "learned/0")
    data = pack(learned)
    monkeypatch.undo()
    with pytest.raises(LearnedFault, match="learned/0"):
        unpack(data)


def test_no_text_is_kept_in_what_was_learned(learned):
    import zlib

    assert "jeg husker" not in zlib.decompress(pack(learned)).decode().lower()


def test_learning_by_itself_does_not_look_at_the_rules(teacher):
    alone = teacher.learn(lessons(), with_rules=False)
    new = teacher.exchanges(lesson("a new source"))
    unruled = [replace(each, sentences=tuple(replace(said, rules={}) for said in each.sentences)) for each in new]
    assert any(said.rules for each in new for said in each.sentences)
    assert alone.chances(new) == pytest.approx(alone.chances(unruled))


pairs = st.integers(0, 2**32 - 1).map(
    lambda seed: (
        (random := np.random.default_rng(seed)).random((60, 4)).astype(np.float32),
        random.random((60, 4)) < random.uniform(0.02, 0.5),
        random.random((60, 4)) < random.uniform(0.0, 0.5),
    )
)


@settings(deadline=None)
@given(pairs)
def test_what_is_said_beyond_the_rules_was_right_often_enough_in_held_out_sources(drawn):
    chances, coded, ruled = drawn
    new = learned_module._best_cut(chances, coded, ruled).shows(chances, ruled) & ~ruled
    assert (new & coded).sum() >= LEAST_PRECISION * new.sum()


@settings(deadline=None)
@given(pairs)
def test_rules_that_were_right_stay(drawn):
    chances, coded, ruled = drawn
    kept = learned_module._best_cut(chances, coded, ruled).shows(chances, ruled) & ruled & coded
    right = (ruled & coded).sum()
    assert kept.sum() >= (right if right < LEAST_CODINGS else np.floor(RULES_KEPT * right))


@settings(deadline=None)
@given(pairs)
def test_both_together_are_no_worse_than_the_rules_alone_on_what_was_held_out(drawn):
    chances, coded, ruled = drawn
    both = learned_module._best_cut(chances, coded, ruled).shows(chances, ruled)

    def f1(said):
        return 2 * (said & coded).sum() / max(1, said.sum() + coded.sum())

    assert f1(both) >= f1(ruled) - 1e-9


def test_a_calibration_is_told_only_where_enough_was_held_out():
    cut = Cut(0.1, 0.0, (Bin(0.1, 19, 9), Bin(0.5, 40, 30)))
    assert cut.held_out(0.3) is None
    assert cut.held_out(0.7) == Bin(0.5, 40, 30)
    assert cut.held_out(0.05) is None
