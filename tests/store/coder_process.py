"""A coder in a process of its own: codes word after word and prints each coding's GUID when the study has answered.

`coder_process.py STUDY CODER [COUNT]`; without a count it goes on until it is killed.
"""

from __future__ import annotations

import itertools
import sys
from pathlib import Path

from koding.session.workbench import Workbench


def main(study: str, coder: str, count: str = "") -> None:
    bench = Workbench.open(Path(study), coder)
    source = bench.sources()[0].guid
    length = len(bench.transcript(source).text)
    taken = len(bench.codings(source))
    for number in itertools.islice(itertools.count(taken), int(count) if count else None):
        start, width = number % (length - 1), 1 + number // (length - 1)
        coding = bench.code(source, start, min(length, start + width), "arbeid.inntekt", {"retning": "til"})
        sys.stdout.write(coding.guid + "\n")
        sys.stdout.flush()
    bench.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
