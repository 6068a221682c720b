"""The words that a turn must have for something to be found in it, told without rules or dictionaries."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Wanted(NamedTuple):
    """What fits a place of a rule: `keys` are words or what a dictionary makes of them; beginnings, endings."""

    keys: tuple[str, ...] = ()
    begins: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()


#: For each rule the words of its places: a turn needs one of every place.
Needs = tuple[tuple[Wanted, ...], ...]


def numbered(needs: Needs) -> tuple[list[Wanted], list[tuple[int, ...]]]:
    """Give every place once, and each rule as numbers of its places."""
    numbers: dict[Wanted, int] = {}
    rows = [tuple(numbers.setdefault(place, len(numbers)) for place in need) for need in needs]
    return list(numbers), rows


def unnumbered(places: Sequence[Wanted], rows: Sequence[Sequence[int]]) -> Needs:
    """Give what `numbered` took apart."""
    return tuple(tuple(places[number] for number in row) for row in rows)
