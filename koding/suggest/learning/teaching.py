"""Lessons read for learning: each source once, whichever coders have coded it.

Imported in the suggester's processes only.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import Final

from koding.model.codebook import Codebook
from koding.suggest.learning.background import Background
from koding.suggest.learning.exchanges import Heard, exchange, hear, known_codes, lexicon_and_model
from koding.suggest.learning.experience import exchanges as exchanges_of
from koding.suggest.learning.experience import experience, without
from koding.suggest.learning.learned import Learned, train
from koding.suggest.learning.lessons import Lesson
from koding.suggest.learning.spoken import Exchange
from koding.suggest.learning.terms import TermReader
from koding.suggest.rules.suggester import RuleSuggester

#: Sentences that are learned from, about; a larger study teaches with a part of its sources, chosen by their GUIDs.
MOST_SENTENCES: Final = 20_000


class Teacher:
    """Reads lessons with a codebook's rules and learns from them."""

    def __init__(self, codebook: Codebook) -> None:
        self.codebook = codebook
        lexicon, self._model = lexicon_and_model()
        self._rules = RuleSuggester(codebook, lexicon)
        self.reader = TermReader(lexicon)
        self.codes = known_codes(codebook, self.reader)
        self._heard: dict[str, dict[int, Heard]] = {}

    def hear(self, lesson: Lesson) -> list[Heard]:
        """Analyse the lesson's turns; those of a source that were heard before are remembered."""
        known = self._heard.setdefault(lesson.source, {})
        new = [turn for turn in lesson.turns if turn.index not in known]
        for heard in hear(new, self._rules, self._model, lesson.source):
            known[heard.turn.index] = heard
        return [known[turn.index] for turn in lesson.turns]

    def exchanges(self, lesson: Lesson) -> list[Exchange]:
        """Read the lesson's turns with its codings."""
        return [exchange(heard, self.reader, lesson.source, lesson.marks) for heard in self.hear(lesson)]

    def background(self, lessons: Collection[Lesson]) -> Background:
        """Give what other studies teach of the codes; talk of these lessons is not among it."""
        past = without(experience(self.codebook), lessons)
        return Background(self.codes, tuple(exchanges_of(past, self.reader)))

    def learn(
        self, lessons: Iterable[Lesson], background: Background | None = None, *, with_rules: bool = True
    ) -> Learned | None:
        """Learn from lessons; None where there is too little to learn from.

        `background` is what other studies teach, by default all that they do but what the lessons say themselves.
        """
        ordered = sorted(lessons, key=_turn_in_line)
        background = background or self.background(ordered)
        read: list[Exchange] = []
        codings: Counter[str] = Counter()
        sentences = 0
        for lesson in ordered:
            if sentences >= MOST_SENTENCES:
                break
            codings.update(mark.code for mark in lesson.marks)
            exchanges = self.exchanges(lesson)
            sentences += sum(len(each.sentences) for each in exchanges)
            read += exchanges
        return train(read, background, codings, with_rules=with_rules)


def _turn_in_line(lesson: Lesson) -> tuple[str, Sequence[object]]:
    return hashlib.sha256(lesson.source.encode()).hexdigest(), lesson.marks
