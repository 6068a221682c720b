"""Kill the coding screen right after a key that coded: `python -m benchmarks.screen_kills [--kills 200]`.

The screen runs in a pty. A digit puts the recent code on a sentence of the next uncoded turn, and the process is killed
(SIGKILL): half of the times as soon as the screen says that one turn more is coded, half of the times at a random
moment around it. A coding that the screen had told of must be in the study each time, at most one more may be, and the
study must be sound at the end.
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import sys
import tempfile
from contextlib import closing
from pathlib import Path

from benchmarks import material
from benchmarks.store import CODER
from benchmarks.terminal import Terminal
from koding.session.importing import Importer
from koding.session.opening import check_study
from koding.session.study_file import open_study
from koding.session.workbench import Workbench
from koding.store.project import Project

#: Words of the interview; each kill takes one turn of about 70 of them.
WORDS_PER_KILL = 80
#: Seconds that the screen may take to tell of a coding, and that a kill at a random moment waits at the most.
ANSWER_SECONDS, RANDOM_SECONDS = 20, 0.08


def _study(folder: Path, kills: int) -> Path:
    """Make a study with turns enough, and one coding so that a code has the digit 1."""
    (path,) = material.write_interviews(folder, 1, (kills + 20) * WORDS_PER_KILL)
    study = folder / "kills.koding"
    with Project.create(study, material.codebook(), coder=CODER) as project:
        Importer(project, CODER).run([path])
    bench = Workbench.open(study, CODER)
    source = bench.sources()[0].guid
    turn = bench.transcript(source).turns[1]
    bench.code(source, turn.start, turn.start + 5, "arbeid")
    bench.close()
    return study


def _codings(study: Path) -> int:
    with closing(sqlite3.connect(study)) as connection:
        return int(connection.execute("SELECT count(*) FROM coding").fetchone()[0])


def _code_and_kill(study: Path, *, coded: int, seconds: float) -> bool:
    """Code one turn more than so many and kill; say whether the screen told of it within the time given."""
    terminal = Terminal([sys.executable, "-m", "koding", "code", str(study), "--coder", CODER])
    terminal.wait_for("arbeid")
    terminal.settle(0.3)
    terminal.key(b"n")
    terminal.settle(0.1)
    terminal.type(b"1")
    told = terminal.told(f" {coded + 1}/", seconds)
    terminal.kill()
    return told


def main() -> int:
    """Kill so many times; exit 1 where a coding is lost or the study is not sound."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    kills = parser.parse_args().kills
    chance = random.Random(1)
    lost = answered = 0
    with tempfile.TemporaryDirectory() as place:
        study = _study(Path(place), kills)
        for number in range(1, kills + 1):
            before = _codings(study)
            patience = ANSWER_SECONDS if number % 2 else chance.uniform(0, RANDOM_SECONDS)
            told = _code_and_kill(study, coded=before, seconds=patience)
            answered += told
            after = _codings(study)
            if not before + told <= after <= before + 1:
                lost += 1
                print(f"kill {number}: {after - before} codings in the study, {told:d} on the screen", flush=True)
        with open_study(study) as project:
            findings = check_study(project)
    verdict = "nothing lost, the study is sound" if not lost and not findings else "NOT SOUND"
    if answered < kills // 2:
        verdict = "NOTHING IS PROVED: the screen was seldom seen to code"
    print(f"{kills} kills, {answered} with the coding on the screen, {lost} lost, {len(findings)} findings: {verdict}")
    return int(bool(lost or findings or answered < kills // 2))


if __name__ == "__main__":
    sys.exit(main())
