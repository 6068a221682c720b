"""Kill a coder at random moments and look for lost codings: `python benchmarks/kills.py [--kills 200]`.

A child process codes a long source in a loop, as the coding screen does, and prints the GUID of each coding when the
study has answered. It is killed (SIGKILL) at a random moment after its first coding. Every GUID it has printed must be
in the study, and at the end the study must hold together. Exits with 1 where a coding is lost or a finding is made.
"""

from __future__ import annotations

import argparse
import itertools
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
CODEBOOK = CHECKOUT / "codebooks" / "medvirkning_bolig.yaml"
#: Words of the source; with spans of up to a few words there are more places than a run can code.
WORDS = 9000
CODER = "killed"


@dataclass
class Outcome:
    """What a run of kills came to; `lost` are GUIDs that were answered and are not in the study."""

    kills: int = 0
    answered: set[str] = field(default_factory=set)
    lost: set[str] = field(default_factory=set)
    findings: list[str] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def sound(self) -> bool:
        """Whether nothing was lost and the study holds together."""
        return not self.lost and not self.findings

    def line(self) -> str:
        """Give the outcome as a line."""
        verdict = "nothing lost, the study is sound" if self.sound else "NOT SOUND"
        return (
            f"{self.kills} kills, {len(self.answered)} codings answered, {len(self.lost)} lost, "
            f"{len(self.findings)} findings: {verdict} ({self.seconds:.0f} s)"
        )


def code_until_killed(study: Path) -> None:
    """Code place after place and print each coding's GUID once the study has answered (the child process)."""
    from koding.session.workbench import Workbench

    bench = Workbench.open(study, CODER)
    source = bench.sources()[0].guid
    length = len(bench.transcript(source).text)
    code = next(code.key for code in bench.codebook.codes if code.codable)
    for number in itertools.count(len(bench.codings(source))):
        start, width = number % (length - 1), 1 + number // (length - 1)
        coding = bench.code(source, start, min(length, start + width), code)
        sys.stdout.write(coding.guid + "\n")
        sys.stdout.flush()


def make_study(folder: Path) -> Path:
    """Make a study with one long source."""
    from koding.session.importing import Importer
    from koding.session.opening import create_study

    transcript = folder / "long.txt"
    transcript.write_text("ord " * WORDS, encoding="utf-8")
    path = folder / "kills.koding"
    with create_study(path, CODEBOOK, CODER) as project:
        Importer(project, CODER).run([transcript])
    return path


def kill_once(study: Path, moments: random.Random, longest: float) -> set[str]:
    """Start a coder, kill it at a random moment after its first coding, and give the GUIDs it was answered."""
    child = subprocess.Popen(
        [sys.executable, __file__, "--code", study], stdout=subprocess.PIPE, text=True, cwd=CHECKOUT
    )
    assert child.stdout is not None
    with child:
        first = child.stdout.readline()
        time.sleep(moments.uniform(0, longest))
        child.kill()
        printed = first + child.stdout.read()
    if not first:
        message = "the coder ended before it had coded anything"
        raise RuntimeError(message)
    # A line that the kill cut short was not answered yet.
    return {line.strip() for line in printed.splitlines(keepends=True) if line.endswith("\n")}


def standing(study: Path) -> set[str]:
    """Read the codings' GUIDs with plain sqlite3."""
    with closing(sqlite3.connect(study)) as connection:
        return {guid for (guid,) in connection.execute("SELECT guid FROM coding")}


def run(kills: int, *, seed: int, longest: float) -> Outcome:
    """Kill so many coders, one after the other, at one study."""
    from koding.session.opening import check_study
    from koding.session.study_file import open_study

    outcome = Outcome()
    moments = random.Random(seed)
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        study = make_study(Path(folder))
        for _kill in range(kills):
            outcome.answered |= kill_once(study, moments, longest)
            outcome.kills += 1
            outcome.lost = outcome.answered - standing(study)
            if outcome.lost:
                break
        with open_study(study) as project:
            outcome.findings = check_study(project)
    outcome.seconds = time.monotonic() - begun
    return outcome


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the kills and print what they came to."""
    parser = argparse.ArgumentParser(description="Kill a coder at random moments and look for lost codings.")
    parser.add_argument("--kills", type=int, default=200, help="how many (default: 200)")
    parser.add_argument("--seed", type=int, default=20240312, help="of the random moments")
    parser.add_argument("--longest", type=float, default=0.2, help="seconds from first coding to kill, at most")
    parser.add_argument("--code", type=Path, metavar="STUDY", help=argparse.SUPPRESS)
    given = parser.parse_args(arguments)
    if given.code:
        code_until_killed(given.code)
        return 0
    outcome = run(given.kills, seed=given.seed, longest=given.longest)
    print(outcome.line())
    for line in (*sorted(outcome.lost), *outcome.findings):
        print(f"    {line}")
    return 0 if outcome.sound else 1


if __name__ == "__main__":
    sys.exit(main())
