"""Words that no dictionary has, met with the codebook's words that they were meant for.

One letter may be wrong, missing, too many or swapped with its neighbour, in words of seven letters and more that begin
with the right one. Learners' endings ("barnene", "snakkte") are taken off where a word stands before them. A form is
compared only with words that have its first letter, nearly its length, and its beginning or its end.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from koding.suggest.language.linguistics import Lexicon

#: Letters of a word that may be misspelt, at least, one of which may be missing; and of what it is taken for.
LETTERS: Final = 7
_MEANT: Final = 6
#: Letters before a learner's ending, at least.
_STEM: Final = 4
#: Letters of a beginning that are taken to be right; those after this many, where one of these is not.
_FIRST: Final = 3
_BACK: Final = 4
#: How a word begins, or its first letter and how it ends, and how long it is.
_Shape = tuple[str, str, int]
_ENDINGS: Final = (
    "ene", "ane", "ers", "en", "et", "er", "ar", "te", "de", "ne", "ns", "a", "e", "n", "r", "s", "t",
)  # fmt: skip
# What a compound seems to end in, and only derives a word ("rass-isme").
_DERIVING: Final = frozenset({"isme", "ist", "ste", "tet", "het", "sjon", "else"})
#: A part of a compound with so few letters may be no word of it ("spesial-sit").
_SHORT: Final = 3


class Likeness:
    """The words of a codebook, found by what is one letter away. `words` are lemmas and forms, `beginnings` prefixes."""

    def __init__(self, words: Collection[str], beginnings: Collection[str]) -> None:
        self._words = words
        self._beginnings = beginnings

    def meant(self, form: str) -> set[str]:
        """Give the codebook's words that an unknown form may be meant for."""
        stems = [form, *(form.removesuffix(ending) for ending in _ENDINGS if form.endswith(ending))]
        bases = (base for stem in stems[1:] if len(stem) >= _STEM for base in (stem, stem + "e"))
        found = {base for base in bases if base in self._words}
        if len(form) >= LETTERS:
            for stem in stems:
                if len(stem) >= _MEANT:
                    found.update(self._near(stem))
        elif len(form) == LETTERS - 1:
            # A letter may be missing.
            found.update(word for word in self._near(form) if len(word) == LETTERS)
        return found

    def begun(self, form: str) -> set[str]:
        """Give the codebook's beginnings of words that a form begins with, but for a letter after the first."""
        if len(form) < LETTERS - 1:
            return set()
        # A letter is wrong among the first, or further back.
        near = [form[:_FIRST], *(form[0] + form[_BACK + more : LETTERS + more] for more in (-1, 0, 1))]
        return {
            word
            for shape in near
            for word in self._near_beginnings.get(shape, ())
            if any(one_letter_apart(form[: len(word) + more], word) for more in (-1, 0, 1))
        }

    def _near(self, form: str) -> Iterator[str]:
        """Give the words one letter away that begin with the same letter."""
        # One letter cannot change both ends of a long word.
        for length in (len(form) - 1, len(form), len(form) + 1):
            for shape in _shapes(form, length):
                for word in self._shapes.get(shape, ()):
                    if one_letter_apart(form, word):
                        yield word

    @cached_property
    def _shapes(self) -> dict[_Shape, list[str]]:
        found: dict[_Shape, list[str]] = {}
        for word in self._words:
            if len(word) >= _MEANT:
                for shape in _shapes(word, len(word)):
                    found.setdefault(shape, []).append(word)
        return found

    @cached_property
    def _near_beginnings(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for word in self._beginnings:
            if len(word) >= LETTERS:
                found.setdefault(word[:_FIRST], []).append(word)
                found.setdefault(word[0] + word[_BACK:LETTERS], []).append(word)
        return found


class Misspelling(Likeness):
    """The words of a codebook that a word in no dictionary may have been meant for."""

    def __init__(self, lexicon: Lexicon, words: Collection[str], beginnings: Collection[str]) -> None:
        super().__init__(words, beginnings)
        self._lexicon = lexicon

    def is_unknown(self, form: str, parts: Collection[str]) -> bool:
        """Tell whether a form is long enough, in no dictionary, and no compound (of `parts`) of words that are."""
        return may_be_unknown(form, parts) and not self._lexicon.knows(form)


def may_be_unknown(form: str, parts: Collection[str]) -> bool:
    """Tell whether a form that no dictionary has is taken for misspelt: long enough, and no compound of `parts`."""
    return (
        len(form) > _STEM + 1
        and form.isalpha()
        and (not parts or not _DERIVING.isdisjoint(parts) or min(map(len, parts)) <= _SHORT)
    )


def _shapes(form: str, length: int) -> tuple[_Shape, _Shape]:
    """Give the shapes of which one at least is that of any word of `length` letters that is one letter away.

    Where neighbours are swapped in the middle of a short word, its last two letters are all that is left of its end.
    """
    end = _FIRST if length > _MEANT else _FIRST - 1
    return (form[:_FIRST], "", length), (form[0], form[-end:], length)


def one_letter_apart(one: str, other: str) -> bool:
    """Tell whether one letter more, less or different, or two neighbours swapped, makes one word the other."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    at, shared = 0, min(len(one), len(other))
    while at < shared and one[at] == other[at]:
        at += 1
    if len(one) == len(other):
        swapped = one[at : at + 2] == other[at : at + 2][::-1]
        return one[at + 1 :] == other[at + 1 :] or (swapped and one[at + 2 :] == other[at + 2 :])
    longer, shorter = (one, other) if len(one) > len(other) else (other, one)
    return longer[at + 1 :] == shorter[at:]
