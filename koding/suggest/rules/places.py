"""Where a sentence stands when its matches are judged: its turn, the sentences beside it, the question it answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from koding.suggest.language.sentences import Unit
from koding.suggest.language.tokens import Word
from koding.suggest.meaning.facets import Reading
from koding.suggest.meaning.pertinence import tells
from koding.suggest.meaning.signs import Setting


class Asked(NamedTuple):
    """What a question lends its short answer: families that it points to, and whether it asks for a reason."""

    company: frozenset[str] = frozenset()
    reason: bool = False


class Place(NamedTuple):
    """A sentence where it stands: the text of its turn, what its words mean around a reason, what is asked.

    `refused` is the no that the speaker answers the sentence with ("Ensom? Nei."). `setting` has the sentences beside
    it; None for a question that another asks, which only its own words deny.
    """

    unit: Unit
    text: str
    reading: Reading
    asked: Asked
    refused: Word | None = None
    setting: Setting | None = None

    @property
    def tells(self) -> bool:
        """Tell whether the sentence says something of a topic that it names."""
        return tells([word.form for word in self.unit.words])

    def word(self, index: int) -> Word:
        """Give a word of the sentence, or of the one after it, whose words are counted on."""
        words: Sequence[Word] = self.unit.words
        if index < 0 and self.refused is not None:
            return self.refused
        if index >= len(words) and self.setting is not None:
            return self.setting.after[index - len(words)]
        return words[index]
