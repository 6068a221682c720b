"""Timing, and the lines the benchmarks print."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Result:
    """One figure: what was measured, ours and the floor's, and the ratio that is aimed at (0 for none).

    Both are seconds, or what `unit` says.
    """

    name: str
    ours: float
    floor: float
    aim: float
    unit: str = ""

    @property
    def ratio(self) -> float:
        """Give how many times the floor ours took."""
        return self.ours / self.floor

    def line(self) -> str:
        """Give the figure as a line of text."""
        verdict = "" if not self.aim else ("ok" if self.ratio <= self.aim else "OVER")
        aim = f"<= {self.aim:g}x" if self.aim else ""
        values = f"{self._said(self.ours):>10} {self._said(self.floor):>10}"
        return f"{self.name:58} {values} {self.ratio:7.2f}x {aim:>8} {verdict}"

    def _said(self, value: float) -> str:
        return f"{value:.0f} {self.unit}" if self.unit else _time(value)


def _time(seconds: float) -> str:
    return f"{seconds * 1000:.2f} ms" if seconds < 1 else f"{seconds:.2f} s"


def timed(work: Callable[[], object]) -> float:
    """Give the seconds one call takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def median(work: Callable[[], object], times: int) -> float:
    """Give the median seconds of so many calls."""
    return statistics.median(timed(work) for _ in range(times))


def heading() -> str:
    """Give the head of the table of figures."""
    return f"{'what':58} {'koding':>10} {'floor':>10} {'ratio':>8} {'aim':>8}"
