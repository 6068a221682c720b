"""Kill the coding screen right after a key that coded: `python -m benchmarks.screen_kills [--kills 200]`.

The screen runs in a pty. A digit puts the recent code on a sentence of the next uncoded turn; as soon as the frame that
answers the key is done, the process is killed (SIGKILL). The coding must be in the study each time, and the study sound
at the end.
"""

from __future__ import annotations

import argparse
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


def main() -> int:
    """Kill so many times; exit 1 where a coding is lost or the study is not sound."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    kills = parser.parse_args().kills
    lost = 0
    with tempfile.TemporaryDirectory() as place:
        study = _study(Path(place), kills)
        for number in range(1, kills + 1):
            before = _codings(study)
            terminal = Terminal([sys.executable, "-m", "koding", "code", str(study), "--coder", CODER])
            terminal.wait_for("arbeid")
            terminal.settle(0.3)
            terminal.key(b"n")
            terminal.key(b"1")
            terminal.kill()
            if _codings(study) != before + 1:
                lost += 1
                print(f"kill {number}: {_codings(study) - before} codings in the study, 1 was answered", flush=True)
        with open_study(study) as project:
            findings = check_study(project)
    verdict = "nothing lost, the study is sound" if not lost and not findings else "NOT SOUND"
    print(f"{kills} kills, {lost} lost, {len(findings)} findings: {verdict}")
    return int(bool(lost or findings))


if __name__ == "__main__":
    sys.exit(main())
