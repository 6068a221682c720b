"""Lessons go to a process of their own and come back as what was learned, or as what was tried out."""

from __future__ import annotations

import io
import json
import sys
from dataclasses import replace

import pytest
from taught_samples import lesson, lessons, material_codebook

from koding.suggest.learning import lessons as lessons_module
from koding.suggest.learning import school
from koding.suggest.learning.evaluate import evaluate
from koding.suggest.learning.learned_json import unpack
from koding.suggest.learning.lessons import Mark, Order, Task, judge, learn
from koding.suggest.learning.teaching import Teacher
from koding.suggest.process.children import SuggesterFault


def test_an_order_is_read_back_as_it_was_written():
    order = Order(Task.LEARN, material_codebook(), tuple(lessons(2)))
    read = Order.read(order.written())
    assert (read.task, read.lessons) == (order.task, order.lessons)
    assert [code.key for code in read.codebook.codes] == [code.key for code in order.codebook.codes]


def test_what_lies_behind_the_last_coding_is_not_taught():
    whole = lesson("one")
    last = whole.turns[3]
    part = replace(
        whole,
        marks=(*[mark for mark in whole.marks if mark.start < last.start], Mark(last.start, last.start + 5, "hav")),
    )
    assert part.as_far_as_coded().turns == whole.turns[:4]
    assert replace(whole, marks=()).as_far_as_coded().turns == ()


@pytest.mark.usefixtures("either_way")
def test_the_school_learns_in_a_process_of_its_own():
    learned = unpack(learn(material_codebook(), lessons()))
    assert sum(learned.codings.values()) == sum(len(each.marks) for each in lessons())


def test_too_little_comes_back_as_nothing():
    assert learn(material_codebook(), lessons(1)) == b""


def test_trying_out_tells_how_far_it_is_and_gives_every_sentence():
    steps: list[tuple[int, int]] = []
    units = judge(material_codebook(), lessons(4), lambda done, of: steps.append((done, of)))
    assert steps == [(1, 4), (2, 4), (3, 4), (4, 4)]
    assert len(units) == 4 * 30
    assert set(units[0].systems) == {"keywords", "rules", "learned", "together"}


@pytest.mark.parametrize("code", ["import sys; sys.exit(3)", "raise SystemExit(0)"])
def test_a_school_that_ends_before_its_time_is_a_fault(monkeypatch, code):
    monkeypatch.setattr(lessons_module, "_COMMAND", (sys.executable, "-c", code))
    with pytest.raises(SuggesterFault, match="ended unexpectedly"):
        learn(material_codebook(), lessons(1))


def test_a_school_that_is_not_there_is_a_fault(monkeypatch):
    monkeypatch.setattr(lessons_module, "_COMMAND", ("/no/such/program",))
    with pytest.raises(SuggesterFault, match="could not be started"):
        learn(material_codebook(), lessons(1))


def test_an_order_that_is_none_is_answered_with_a_fault(monkeypatch):
    out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b'{"language": "en"}\n')))
    monkeypatch.setattr(sys, "stdout", out)
    monkeypatch.setattr(school.os, "nice", lambda _step: 0)
    assert school.main() == 1
    assert "not complete" in json.loads(out.buffer.getvalue())["fault"]


@pytest.fixture(scope="module")
def teacher():
    return Teacher(material_codebook())


def tried(teacher, taught):
    return evaluate(teacher, taught, lambda _done, _of: None)


def said_on(rows, source):
    return [(row[2], row[3], row[5]) for row in rows if row[0] == source]


def test_a_source_is_never_told_by_its_own_codings(teacher):
    taught = lessons(5)
    own = taught[0]
    swapped = replace(own, marks=tuple(mark._replace(code="by") for mark in own.marks))
    assert said_on(tried(teacher, taught), own.source) == said_on(tried(teacher, [swapped, *taught[1:]]), own.source)


def test_accepted_suggestions_teach_and_are_neither_right_nor_wrong(teacher):
    taught = lessons(5)
    accepted = [lesson(taught[0].source, gold=False), *taught[1:]]
    rows, plain = tried(teacher, accepted), tried(teacher, taught)
    own = [row for row in rows if row[0] == taught[0].source]
    assert all(gold == [] for *_place, gold, _said, _left_out in own)
    assert [row[6] for row in own] == [row[4] for row in plain if row[0] == taught[0].source]
    other = taught[1].source
    assert said_on(rows, other) == said_on(plain, other)


def test_with_too_little_to_learn_from_both_together_are_the_rules(teacher):
    for row in tried(teacher, lessons(3)):
        assert row[5]["learned"] == []
        assert row[5]["together"] == row[5]["rules"]
