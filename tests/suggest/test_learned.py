"""Learning from codings: it finds what the codebook does not say, keeps to what held-out sources bear out, and repeats."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from taught_samples import lesson, lessons, material_codebook

from koding.suggest.learning import learned as learned_module
from koding.suggest.learning.features import FEATURES, OF_RULES
from koding.suggest.learning.learned import LEAST_CODINGS, Bin, Cut
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
    return learned.cut.shows(chances)


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


def test_learning_by_itself_does_not_look_at_the_rules(teacher, learned):
    alone = teacher.learn(lessons(), with_rules=False)
    gone = [place for place, name in enumerate(FEATURES) if name in OF_RULES]
    assert not alone.choice.weights[gone].any()
    assert learned.choice.weights[gone].any()


drawn_pairs = st.integers(0, 2**32 - 1).map(
    lambda seed: (
        (random := np.random.default_rng(seed)).random((60, 4)).astype(np.float32),
        random.random((60, 4)) < random.uniform(0.02, 0.5),
    )
)


@settings(deadline=None)
@given(drawn_pairs)
def test_how_suggestions_did_in_held_out_sources_is_counted(drawn):
    chances, coded = drawn
    cut = learned_module._best_cut(chances, coded)
    shown = cut.shows(chances)
    assert sum(each.said for each in cut.bins) == shown.sum()
    assert sum(each.right for each in cut.bins) == (shown & coded).sum()


def test_the_more_is_coded_the_less_the_usual_cut_counts():
    chances = np.linspace(0.001, 0.999, 1_000, dtype=np.float32).reshape(-1, 4)
    # All from 0.9 on is coded.
    some, many = (learned_module._best_cut(*(np.tile(each, (times, 1)) for each in (chances, chances >= 0.9))).least
                  for times in (1, 20))  # fmt: skip
    assert learned_module._USUAL < some < many
    assert many == pytest.approx(0.9, abs=0.06)


def test_a_calibration_is_told_only_where_enough_was_held_out():
    cut = Cut(0.1, (Bin(0.1, 19, 9), Bin(0.5, 40, 30)))
    assert cut.held_out(0.3) is None
    assert cut.held_out(0.7) == Bin(0.5, 40, 30)
    assert cut.held_out(0.05) is None
