"""A pattern ready to be matched, and what a form of the text can be in such patterns (see `index`)."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from typing import Final

from koding.suggest.rules.patterns import Pattern

#: What suggestions are made by, as it is shown and kept.
VERSION: Final = "rules/6"
#: The bit that every sentence has.
THERE: Final = 1
#: How numbers of bits are written: as C does.
INTEGER: Final = "i"

_PART: Final = 0.9

#: The way from a word of a phrase to its end: the next slot's number, the words that may stand before it, and the rest.
Path = tuple[int, int, "Path | None"]


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """A pattern ready to be matched: the code it stands for and its slots' numbers.

    `needed` are its rarest slots but the anchor, as bits: a sentence that lacks one of them cannot match. Of those the
    one that is spoken least is bit number `rarest`; the bit that is always there where nothing is needed. `before` and
    `after` are the ways from its anchor to its first and its last word. `excepting` makes it one of the code's
    exceptions. `negated` tells that it holds a negation of its own. `worth` is what a match is worth, in (0, 1).
    """

    code: str
    pattern: Pattern
    slots: tuple[int, ...]
    needed: int
    rarest: int
    anchor: int
    before: Path | None
    after: Path | None
    excepting: bool
    negated: bool
    worth: float

    @property
    def wanted(self) -> bytes:
        """Give the numbers of the two bits that it is looked for by: the rarest, and the other or the same again."""
        other = self.needed & ~(1 << self.rarest)
        return array(INTEGER, (self.rarest, other.bit_length() - 1 if other else self.rarest)).tobytes()

    @property
    def is_word(self) -> bool:
        """Tell whether it is an indicator of one word."""
        return len(self.slots) == 1

    @property
    def is_apart(self) -> bool:
        """Tell whether words may stand between its anchor and the word before that."""
        return self.before is not None and self.before[1] > 0


@dataclass(slots=True, eq=False)
class Known:
    """What a form of the text can be: the slots it `fits` in a phrase or as a `whole` word, and what it wakes.

    `bits` are the slots it fits that some rule needs, as bits. What fits and is not among `whole` fits as the last part
    of a compound; the first part may stand for an indicator of one word, but for no word of a phrase.
    `words` are the rules of one word, `alone` of those of a code only the best, with whether they fit only in part;
    `phrases` are the rules that wait at it, and `wanted` has for each what it is looked for by.
    `hesitates` tells that phrases go on over it.
    """

    fits: frozenset[int] = frozenset()
    bits: int = 0
    whole: frozenset[int] = frozenset()
    words: tuple[Rule, ...] = ()
    alone: tuple[tuple[Rule, bool], ...] = ()
    phrases: tuple[Rule, ...] = ()
    wanted: bytes = b""
    hesitates: bool = False

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Give the rules that it wakes."""
        return (*self.words, *self.phrases)


def in_part(worth: float) -> float:
    """Give what a match is worth of which a word fits only in part."""
    return worth * _PART
