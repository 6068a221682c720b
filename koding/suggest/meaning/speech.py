"""A sentence as the rules about meaning see it: forms, stretches that belong together, and the small words they share."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import accumulate
from typing import Final, NamedTuple

from koding.suggest.language.tokens import BREAK, Words, word_set

FIRST_PERSON: Final = word_set("jeg eg æ æg ej vi oss meg mæ")
THIRD_PERSON: Final = word_set("han hun ho hu de dei dem dæm")
#: What a clause can have for its subject, as one small word.
SUBJECTS: Final = word_set(
    "jeg eg æ æg ej du han hun ho hu den det vi me de dei dem dæm man en ein noen nokon nån folk barna ungene borna dere"
)
NOT: Final = word_set("ikke ikkje itj ittj ikkj ikje aldri neppe")
#: Small adverbs that may stand between the words of a cue.
FILLERS: Final = word_set(
    "jo da då nå no vel liksom kanskje egentlig eigentleg altså nok gjerne helst bare berre også òg snart uansett alle"
    " begge eh ehm øh sikkert heller likevel fortsatt fremdeles framleis veldig ofte selv sjølv der her"
)
_MOVE_NOW: Final = "flytter flyttar drar dreg reiser stikker rømmer forlater søker"
_MOVE: Final = "flytte flytta flytt dra reise reisa stikke rømme forlate komme"
_MOVED: Final = (
    "flyttet flytta flutt flytt dro drog dratt drege reiste reist stakk rømte rømt forlot forlatt forsvant søkte"
)
MOVE: Final = word_set(_MOVE)
MOVED: Final = word_set(_MOVED)
MOVES: Final = word_set(f"{_MOVE_NOW} forsvinner") | MOVE - {"komme"}
MOVING: Final = MOVES | MOVED

#: What `Talk.next_of` looks past.
_PASSED: Final = FILLERS | SUBJECTS | word_set("å og meg oss seg på")
# After these the sentence speaks of something else.
_TURNING = word_set("men mens medan")


class Cue(NamedTuple):
    """A value for a facet, and the words (indexes in the sentence, ascending) that tell it."""

    facet: str
    value: str
    words: tuple[int, ...]


class Talk:
    """The words of a sentence; `text` is what their positions count in."""

    __slots__ = ("_segments", "_text", "forms", "words")

    def __init__(self, words: Words, text: str) -> None:
        self.words = words
        self._text = text
        self.forms = words.forms
        self._segments: tuple[int, ...] | None = None

    def form(self, index: int) -> str:
        """Give the form at an index, "" outside the sentence."""
        return self.forms[index] if 0 <= index < len(self.forms) else ""

    def parted(self, index: int) -> bool:
        """Tell whether a clause mark stands before the word at `index`; so it does before the first and after all."""
        return not 0 < index < len(self.words) or self.words.before[index] == BREAK

    def capital(self, index: int) -> bool:
        """Tell whether the word is written with a capital first (the name of a place, inside a sentence)."""
        return 0 < index < len(self.words) and self._text[self.words[index].start].isupper()

    def together(self, one: int, other: int) -> bool:
        """Tell whether two words stand in the same stretch, with no "men" or "mens" between."""
        segments = self._numbers()
        return not segments or segments[one] == segments[other]

    def stretch(self, index: int) -> range:
        """Give the indexes of the stretch around a word."""
        segments = self._numbers()
        if not segments:
            return range(len(self.forms))
        number = segments[index]
        return range(segments.index(number), len(segments) - segments[::-1].index(number))

    def _numbers(self) -> tuple[int, ...]:
        """Number the stretches, and give for each word the number of its own; nothing where there is but one."""
        segments = self._segments
        if segments is None:
            segments = self._segments = () if _TURNING.isdisjoint(self.forms) else _numbered(self.forms)
        return segments

    def next_of(self, forms: Collection[str], start: int, reach: int = 3) -> int:
        """Give the index of the first word from `start` that is among `forms`; -1 where it is not.

        Only pronouns, fillers and "å" may stand before it, `reach` of them at most.
        """
        for index in range(start, min(len(self.forms), start + reach + 1)):
            form = self.forms[index]
            if form in forms:
                return index
            if index > start and self.parted(index):
                return -1
            if form not in _PASSED:
                return -1
        return -1


def _numbered(forms: Sequence[str]) -> tuple[int, ...]:
    """Number the stretches, and give for each word the number of its own."""
    return tuple(accumulate([int(form in _TURNING) for form in forms]))
