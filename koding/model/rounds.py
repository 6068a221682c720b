"""Coding rounds: which sources or turns are coded, by whom, what its coders see, and how they were drawn."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeVar

from koding.model.agreement.units import Unit
from koding.model.modes import SuggestionMode

T = TypeVar("T")
#: What belongs to a round in one source: spans in code points, None for the whole source.
Part = tuple[tuple[int, int], ...] | None


class RoundMode(StrEnum):
    """What the coders of a round see.

    `open` hides nothing by itself, `after` shows a turn's suggestions only when the coder has coded or passed the turn,
    and in `blind` they see neither each other's codings nor suggestions.
    """

    OPEN = "open"
    AFTER = "after"
    BLIND = "blind"


@dataclass(frozen=True, slots=True)
class Plan:
    """How a round's material was chosen.

    `sources` are the names that were asked for (empty for the whole study), `sample` the number of sources drawn from
    them and `turns` the number of informants' turns drawn from those (0 for all).
    """

    sources: tuple[str, ...] = ()
    sample: int = 0
    turns: int = 0


@dataclass(frozen=True)
class Round:
    """A coding round.

    `unit` is what agreement of the round is counted on. `seed` is what the sample was drawn by, None where nothing was
    drawn. `coders` are names, empty for everybody. `parts` maps the GUID of every source of the round to what of it
    belongs there.
    """

    guid: str
    name: str
    mode: RoundMode
    unit: Unit
    seed: int | None
    plan: Plan
    coders: tuple[str, ...] = ()
    closed: bool = False
    parts: Mapping[str, Part] = field(default_factory=dict)

    def has_coder(self, name: str) -> bool:
        """Tell whether a coder takes part."""
        return not self.coders or name in self.coders

    def touches(self, source: str, start: int, end: int) -> bool:
        """Tell whether [start, end) of a source (a GUID) shares a code point with what belongs to the round."""
        if source not in self.parts:
            return False
        part = self.parts[source]
        return part is None or any(low < end and start < high for low, high in part)

    @property
    def hides(self) -> bool:
        """Whether its coders are kept from others' codings and from suggestions now."""
        return self.mode is RoundMode.BLIND and not self.closed

    @property
    def suggesting(self) -> SuggestionMode | None:
        """When it shows suggestions to its coders now, None where that is left to the study."""
        return None if self.closed or self.mode is RoundMode.OPEN else SuggestionMode(self.mode)


def draw(population: Sequence[T], count: int, seed: int) -> list[T]:
    """Draw `count` of `population` without replacement, each as likely as any other; all where there are no more.

    The same population in the same order and the same seed give the same draw in every version of Python. What is
    drawn keeps the order of the population.
    """
    # Only random() is promised to give the same numbers in every version; sample() is not.
    uniform = random.Random(seed).random
    places = list(range(len(population)))
    taken = min(count, len(places))
    for number in range(taken):
        other = number + int(uniform() * (len(places) - number))
        places[number], places[other] = places[other], places[number]
    return [population[place] for place in sorted(places[:taken])]
