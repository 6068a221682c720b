"""Where a sentence stands when its matches are judged: its turn, the sentences beside it, the question it answers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from koding.suggest.language.sentences import Unit, asks
from koding.suggest.language.tokens import NO_WORDS, Word
from koding.suggest.meaning.answers import SHORT_ANSWER, Question, refusal, refuses
from koding.suggest.meaning.facets import Reading
from koding.suggest.meaning.glances import TELLS
from koding.suggest.meaning.signs import Setting
from koding.suggest.process.protocol import TurnText
from koding.suggest.rules.matching import Found


class Asked(NamedTuple):
    """What a question lends its short answer: families that it points to, and whether it asks for a reason."""

    company: frozenset[str] = frozenset()
    reason: bool = False


NOT_ASKED: Final = Asked()


class Heard(NamedTuple):
    """A turn and its sentences, the matches that stand in each by its number, the question that it answers.

    `asked` is what the question lends the matches.
    """

    turn: TurnText
    sentences: Sequence[Unit]
    standing: dict[int, list[Found]]
    question: Question | None
    asked: Asked = NOT_ASKED

    def setting(self, number: int) -> Setting:
        """Give a sentence with those beside it."""
        before = self.sentences[number - 1].words if number else NO_WORDS
        after = self.sentences[number + 1].words if number + 1 < len(self.sentences) else NO_WORDS
        unit = self.sentences[number]
        return Setting(unit.words, before, after, self.asks(number))

    def asks(self, number: int) -> bool:
        """Tell whether a sentence asks."""
        text = self.turn.text
        # Most turns ask nothing.
        return "?" in text and asks(text, self.sentences[number])

    def refusal(self, number: int) -> Word | None:
        """Give the word with which the next sentence takes a sentence back; None where it does not."""
        if number + 1 == len(self.sentences):
            return None
        return refusal(self.turn.text, self.sentences[number], self.sentences[number + 1])


class Place(NamedTuple):
    """A sentence where it stands: the text of its turn, what its words mean around a reason, what is asked.

    `refused` is the no that the speaker answers the sentence with ("Ensom? Nei."). It is the sentence of this `number`
    in what was `heard`; None for a question that another asks, which only its own words deny.
    """

    unit: Unit
    text: str
    reading: Reading
    asked: Asked
    refused: Word | None = None
    heard: Heard | None = None
    number: int = 0

    @property
    def setting(self) -> Setting | None:
        """Give the sentence with those beside it. Few are asked for them."""
        return None if self.heard is None else self.heard.setting(self.number)

    @property
    def tells(self) -> bool:
        """Tell whether the sentence says something of a topic that it names."""
        return bool(self.reading.shown & TELLS)

    def word(self, index: int) -> Word:
        """Give a word of the sentence, or of the one after it, whose words are counted on."""
        words = self.unit.words
        if index < 0 and self.refused is not None:
            return self.refused
        if index >= len(words) and self.heard is not None:
            return self.heard.sentences[self.number + 1].words[index - len(words)]
        return words[index]


def answers(turn: TurnText, sentences: Sequence[Unit]) -> bool:
    """Tell whether a turn answers its question, and is read with it."""
    if not turn.question or not sentences:
        return False
    return is_short(sentences) or refuses(sentences[0].words.forms)


def is_short(sentences: Iterable[Unit]) -> bool:
    """Tell whether a turn is so short that its question lends it something."""
    count = 0
    for unit in sentences:
        count += len(unit.words)
        if count > SHORT_ANSWER:
            return False
    return True
