"""Trying out the suggester: each source is suggested on by what all other sources teach, never by itself.

Imported in the suggester's processes only.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, Final

import numpy as np

from koding.suggest.learning.exchanges import Heard, codes_on
from koding.suggest.learning.learned import Learned
from koding.suggest.learning.lessons import Lesson, Progress
from koding.suggest.learning.spoken import Exchange
from koding.suggest.learning.teaching import Teacher
from koding.suggest.rules.keywords import KeywordSearch

#: The systems that are compared, the simplest first.
KEYWORDS, RULES, LEARNED, TOGETHER = SYSTEMS = ("keywords", "rules", "learned", "together")

#: Of each sentence of a source, the codes.
_Codes = list[frozenset[str]]
_NONE: Final[frozenset[str]] = frozenset()


def evaluate(teacher: Teacher, lessons: Sequence[Lesson], on_progress: Progress) -> list[list[Any]]:
    """Give each sentence of the lessons: source, turn, span, gold codes, codes by system, codes left out.

    The lessons are one coder's, one for each source. Codings that are not gold teach like others; a code that lies on a
    sentence by such a coding alone is left out there.
    """
    keywords = KeywordSearch(teacher.codebook)
    taught = [lesson.as_far_as_coded() for lesson in lessons]
    background = teacher.background(lessons)
    found: list[list[Any]] = []
    for number, lesson in enumerate(lessons):
        others = [each for each in taught if each.source != lesson.source]
        heard = teacher.hear(lesson)
        exchanges = teacher.exchanges(lesson)
        ruled = [codes for each in heard for codes in _ruled(each)]
        alone, both = teacher.learn(others, background, with_rules=False), teacher.learn(others, background)
        systems = {
            KEYWORDS: [keywords.codes(each.turn.text[unit.start : unit.end]) for each in heard for unit in each.units],
            RULES: ruled,
            LEARNED: [_NONE] * len(ruled) if alone is None else _shown(alone, exchanges, with_rules=False),
            TOGETHER: ruled if both is None else _shown(both, exchanges, with_rules=True),
        }
        found.extend(_rows(lesson, heard, systems))
        on_progress(number + 1, len(lessons))
    return found


def _ruled(heard: Heard) -> Iterator[frozenset[str]]:
    start = heard.turn.start
    for unit in heard.units:
        span = (unit.start + start, unit.end + start)
        yield frozenset(item.code for item in heard.ruled if (item.start, item.end) == span)


def _shown(learned: Learned, exchanges: Sequence[Exchange], *, with_rules: bool) -> _Codes:
    """Give what is suggested on each sentence."""
    if not any(exchange.sentences for exchange in exchanges):
        return []
    pairs = learned.pairs(exchanges if with_rules else [_unruled(exchange) for exchange in exchanges])
    shown = learned.cut.shows(learned.judged(pairs))
    return [frozenset(learned.codes.keys[code] for code in np.flatnonzero(row).tolist()) for row in shown]


def _unruled(exchange: Exchange) -> Exchange:
    return replace(exchange, sentences=tuple(replace(said, rules={}) for said in exchange.sentences))


def _rows(lesson: Lesson, heard: Sequence[Heard], systems: dict[str, _Codes]) -> Iterator[list[Any]]:
    gold_marks = [mark for mark in lesson.marks if mark.gold]
    number = 0
    for each in heard:
        for unit in each.units:
            start, end = unit.start + each.turn.start, unit.end + each.turn.start
            gold = codes_on(start, end, gold_marks)
            left_out = codes_on(start, end, lesson.marks) - gold
            said = {name: sorted(codes[number]) for name, codes in systems.items()}
            yield [lesson.source, each.turn.index, start, end, sorted(gold), said, sorted(left_out)]
            number += 1
