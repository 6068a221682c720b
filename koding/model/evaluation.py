"""How good suggestions are against a coder's own codings: counts, precision, recall, F1, and their intervals.

Pure. A unit is a sentence or a turn; a hit is a code on a unit that both the suggestions and the gold codings have.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import sqrt
from typing import Final

#: A code with fewer units than this in the gold codings is too rare to judge.
FEW: Final = 20
#: The normal quantile of a two-sided interval of 95 %.
_NORMAL: Final = 1.959963984540054


def wilson(hits: int, count: int) -> tuple[float, float] | None:
    """Give the 95 % interval of a share, `hits` of `count`; None where nothing was counted.

    Wilson (1927), "Probable inference, the law of succession, and statistical inference". It treats units as
    independent, which sentences of one interview are not: read it as the least there is of uncertainty.
    """
    if not count:
        return None
    share, square = hits / count, _NORMAL**2
    middle = (share + square / (2 * count)) / (1 + square / count)
    reach = _NORMAL * sqrt(share * (1 - share) / count + square / (4 * count**2)) / (1 + square / count)
    # The ends are 0 and 1 where nothing, or everything, hit; rounding must not put the share outside.
    return max(0.0, min(share, middle - reach)), min(1.0, max(share, middle + reach))


def carries(start: int, end: int, first: int, last: int) -> bool:
    """Tell whether a unit [start, end) carries a coding on [first, last): half of the one or the other is shared."""
    shared = min(end, last) - max(start, first)
    return shared > 0 and (2 * shared >= end - start or 2 * shared >= last - first)


@dataclass(frozen=True, slots=True)
class Score:
    """Hits, what was suggested and is not coded (`false`), and what is coded and was not suggested (`missed`)."""

    hits: int = 0
    false: int = 0
    missed: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(self.hits + other.hits, self.false + other.false, self.missed + other.missed)

    @property
    def suggested(self) -> int:
        """How many were suggested."""
        return self.hits + self.false

    @property
    def gold(self) -> int:
        """How many are coded."""
        return self.hits + self.missed

    @property
    def precision(self) -> float | None:
        """The share of what was suggested that is coded; None where nothing was suggested."""
        return self.hits / self.suggested if self.suggested else None

    @property
    def recall(self) -> float | None:
        """The share of what is coded that was suggested; None where nothing is coded."""
        return self.hits / self.gold if self.gold else None

    @property
    def f1(self) -> float | None:
        """The harmonic mean of precision and recall, the same as the positive agreement of two coders."""
        total = 2 * self.hits + self.false + self.missed
        return 2 * self.hits / total if total else None


@dataclass(frozen=True, slots=True)
class Judged:
    """A unit with its gold codes and what each system suggests.

    `left_out` are codes that are neither right nor wrong here (the coder accepted a suggestion of them). `turn` is the
    index of the turn; `source` names the source.
    """

    source: str
    turn: int
    start: int
    end: int
    gold: frozenset[str]
    systems: Mapping[str, frozenset[str]]
    left_out: frozenset[str] = field(default_factory=frozenset)


def by_turn(units: Iterable[Judged]) -> list[Judged]:
    """Join the sentences of each turn: it has the codes that any of them has."""
    turns: dict[tuple[str, int], list[Judged]] = {}
    for unit in units:
        turns.setdefault((unit.source, unit.turn), []).append(unit)
    return [_joined(sentences) for sentences in turns.values()]


def _joined(sentences: Sequence[Judged]) -> Judged:
    first = sentences[0]
    gold = frozenset[str]().union(*(unit.gold for unit in sentences))
    return Judged(
        source=first.source,
        turn=first.turn,
        start=first.start,
        end=sentences[-1].end,
        gold=gold,
        systems={name: frozenset[str]().union(*(unit.systems[name] for unit in sentences)) for name in first.systems},
        left_out=frozenset[str]().union(*(unit.left_out for unit in sentences)) - gold,
    )


def scores(units: Iterable[Judged], system: str, codes: Collection[str]) -> dict[str, Score]:
    """Count one system's hits and faults, by code."""
    found = dict.fromkeys(codes, Score())
    for unit in units:
        suggested, gold = unit.systems[system] - unit.left_out, unit.gold
        for code in suggested | gold:
            if code in found:
                hit = Score(int(code in suggested and code in gold), int(code not in gold), int(code not in suggested))
                found[code] += hit
    return found


def total(found: Iterable[Score]) -> Score:
    """Add scores up: the micro-average over codes."""
    return sum(found, Score())
