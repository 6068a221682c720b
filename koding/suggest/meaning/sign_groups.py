"""The signs of a reading by what they tell of, as they are kept: what is weighed together stands together.

To sort fifty thousand signs takes longer than all else that has to be done before the first sentence can be read.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from koding.suggest.meaning import signs as s

#: Groups of signs: of words by where they stand, of the course of a sentence, of the reason's own words, of two words
#: with one between, and of what has no place.
WORDS, COURSE, OWN, APART, WHOLE = "words", "course", "own", "apart", "whole"
#: The longest run.
LONGEST: Final = 3
#: Signs by group, each with its weight in thousandths; those of a group are written without what they all begin with.
Groups = Mapping[str, Mapping[str, int]]

_BESIDE: Final = (s.BEFORE, s.AFTER)
_OF_THE_WHOLE: Final = ("=", "size ", "slot in ")
_WHOLE_SIGNS: Final = frozenset(
    ("asks", s.DEFINITE, s.INDEFINITE, *(f"{beside} {s.NONE}" for beside in _BESIDE)),
)


def runs_of(size: int, beside: str = "") -> str:
    """Give the name of the group of runs of so many words, of the sentence or of one beside it."""
    return f"{beside} runs of {size}".strip()


def grouped(weights: Mapping[str, int]) -> dict[str, dict[str, int]]:
    """Give signs by group."""
    found: dict[str, dict[str, int]] = {}
    for sign, weight in weights.items():
        group, name = _place(sign)
        found.setdefault(group, {})[name] = weight
    return found


def spelt(groups: Groups) -> dict[str, int]:
    """Give the signs of all groups as `signs` spells them."""
    found: dict[str, int] = {}
    for group, weights in groups.items():
        if group == APART:
            found.update((f" {s.BETWEEN} ".join(name.split(" ")), weight) for name, weight in weights.items())
        else:
            begins = s.OWN if group == OWN else f"{group[0]} " if group[0] in _BESIDE else ""
            found.update((begins + name, weight) for name, weight in weights.items())
    return found


def _place(sign: str) -> tuple[str, str]:
    """Give the group of a sign, and what it is called there."""
    if sign.startswith(s.OWN):
        return OWN, sign.removeprefix(s.OWN)
    if sign in _WHOLE_SIGNS or sign.startswith(_OF_THE_WHOLE):
        return WHOLE, sign
    parts = sign.split(" ")
    if len(parts) == 1:
        return COURSE if ">" in sign.strip("<>") and ":" not in sign else WORDS, sign
    if parts[0] in _BESIDE:
        return runs_of(len(parts) - 1, parts[0]), " ".join(parts[1:])
    if len(parts) == LONGEST and parts[1] == s.BETWEEN:
        return APART, " ".join(parts[::2])
    return runs_of(len(parts)), sign
