"""A coding that the study has answered survives the death of the program, at whatever moment it comes."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

from koding.session.opening import check_study
from koding.store.project import Project
from tests.studies import CHECKOUT, bring_in, new_study, state_of

CODER = Path(__file__).with_name("coder_process.py")
KILLS = 10


def test_killed_at_any_moment_the_study_keeps_every_coding_it_has_answered(tmp_path: Path) -> None:
    path = new_study(tmp_path / "s.koding")
    bring_in(path, {"long": "ord " * 500})
    moments = random.Random(20240312)
    answered: set[str] = set()
    for _kill in range(KILLS):
        coder = subprocess.Popen([sys.executable, CODER, path, "Kari"], cwd=CHECKOUT, stdout=subprocess.PIPE, text=True)
        assert coder.stdout is not None
        first = coder.stdout.readline()
        time.sleep(moments.uniform(0, 0.05))
        coder.kill()
        rest = coder.stdout.read()
        coder.wait()
        coder.stdout.close()
        # A line that the kill cut short was not yet answered.
        answered |= {line.strip() for line in (first + rest).splitlines(keepends=True) if line.endswith("\n")}
        assert answered <= set(state_of(path)["coding"])
    assert len(answered) > KILLS
    with Project.open(path) as project:
        assert check_study(project) == []
