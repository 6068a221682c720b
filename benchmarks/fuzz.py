"""The fuzz run: `python -m benchmarks.fuzz [--cases 5000] [--from 0] [--seconds 20]`.

Damaged files of every kind, each tried on a study in a process of its own that is watched: a case ends in a good import
or in one clear line, within its time and 1 GB of memory. Prints the figures and every fault; exit 1 where there is one.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import resource
import sys
import tempfile
import time
from collections import Counter
from multiprocessing.connection import Connection
from pathlib import Path

from tests.interchange.mutations import case
from tests.interchange.trials import FAULT, GOOD, REFUSED, Bench, Outcome

_SLOW = 1.0
# What the process may hold in all, Python and its libraries included.
_MEMORY = 1 << 30


def _child(connection: Connection, folder: str) -> None:
    os.environ["KODING_LANG"] = "en"
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    bench = Bench(Path(tempfile.mkdtemp(dir=folder)))
    while True:
        number = connection.recv()
        began = time.process_time()
        outcome = bench.run(case(number))
        connection.send((outcome, time.process_time() - began))


class _Watched:
    """A child that tries cases; one that says nothing in time is ended and replaced."""

    def __init__(self, folder: str, seconds: float) -> None:
        self._folder = folder
        self._seconds = seconds
        self._start()

    def _start(self) -> None:
        self._connection, theirs = multiprocessing.Pipe()
        self._process = multiprocessing.get_context("spawn").Process(
            target=_child, args=(theirs, self._folder), daemon=True
        )
        self._process.start()
        theirs.close()

    def run(self, number: int) -> tuple[Outcome, float]:
        self._connection.send(number)
        try:
            if self._connection.poll(self._seconds):
                outcome, seconds = self._connection.recv()
                return outcome, seconds
            what = f"no answer in {self._seconds:g} s"
        except (EOFError, ConnectionError):
            what = "the process died"
        self.end()
        self._start()
        return Outcome(FAULT, what), self._seconds

    def end(self) -> None:
        self._process.kill()
        self._process.join()


def main() -> int:
    """Run the cases and print the figures."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fuzz", description=__doc__)
    parser.add_argument("--cases", type=int, default=5000)
    parser.add_argument("--from", dest="first", type=int, default=0, help="the number of the first case")
    parser.add_argument("--seconds", type=float, default=20, help="what a case may take")
    arguments = parser.parse_args()
    began = time.monotonic()
    by_seed: dict[str, Counter[str]] = {}
    slowest: tuple[float, int] = (0.0, 0)
    slow = 0
    with tempfile.TemporaryDirectory() as folder:
        child = _Watched(folder, arguments.seconds)
        for number in range(arguments.first, arguments.first + arguments.cases):
            outcome, seconds = child.run(number)
            name = case(number).seed
            by_seed.setdefault(name, Counter())[outcome.ended] += 1
            slowest = max(slowest, (seconds, number))
            slow += seconds > _SLOW
            if outcome.ended == FAULT:
                print(f"case {number} ({name}): {outcome.detail}", flush=True)
        child.end()
    total: Counter[str] = Counter()
    for name, counts in by_seed.items():
        print(f"{name:16} " + "  ".join(f"{counts[ended]:5} {ended}" for ended in (GOOD, REFUSED, FAULT)))
        total += counts
    print(f"{'all':16} " + "  ".join(f"{total[ended]:5} {ended}" for ended in (GOOD, REFUSED, FAULT)))
    print(f"slowest: case {slowest[1]}, {slowest[0]:.2f} s of processor time; {slow} took more than {_SLOW:g} s")
    print(f"{arguments.cases} cases in {time.monotonic() - began:.0f} s")
    return 1 if total[FAULT] else 0


if __name__ == "__main__":
    sys.exit(main())
