"""The coding screen through a pty beside an empty Textual app: first paint, and key to frame."""

from __future__ import annotations

import statistics
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks import material
from benchmarks.measure import Result
from benchmarks.store import CODER, rows
from benchmarks.suggest import talk
from benchmarks.terminal import Terminal
from koding.readers.codings_csv import CodingTable
from koding.session.exchange import CodingsImporter
from koding.session.importing import Importer
from koding.store.project import Project

#: Said first in a new source, and what the side panel tells of it.
_SAID, _TOLD = "Jeg var veldig ensom der.", "“ensom”"
#: Words of a source that takes longer to suggest on than the keys take to type.
_LONG = 300_000
EMPTY = [sys.executable, "-m", "benchmarks.empty_app"]
CODINGS = 20_000
#: What a coder does most: by word, by turn, extend the selection, by word again.
KEYS = (b"\x1b[1;5C", b"\x1b[1;5C", b"\x1b[C", b"\x1b[B", b"\x1b[1;5C", b"\x1b[1;2C")
_ROUNDS = 25


def _study(folder: Path, words: int) -> Path:
    """Make a study of one interview of so many words with 20,000 codings of one coder."""
    (path,) = material.write_interviews(folder, 1, words)
    study = folder / "screen.koding"
    with Project.create(study, material.codebook(), coder=CODER) as project:
        Importer(project, CODER).run([path])
        facets = tuple(facet.key for facet in project.codebook().facets)
        CodingsImporter(project, CODER).run(CodingTable(tuple(rows(project, CODINGS, 3)), facets))
    return study


def _koding(study: Path) -> list[str]:
    return [sys.executable, "-m", "koding", "code", str(study), "--coder", CODER]


def paint(command: list[str], text: str) -> float:
    """Give the seconds from start until `text` stands on the screen."""
    terminal = Terminal(command)
    seconds = terminal.wait_for(text)
    terminal.kill()
    return seconds


def first_paint(study: Path, times: int = 7) -> tuple[float, float]:
    """Give the median seconds to the first frame of koding and of the empty app, started in turn."""
    paint(_koding(study), "Informant"), paint(EMPTY, "READY")  # once before, so that the byte code is there
    pairs = [(paint(_koding(study), "Informant"), paint(EMPTY, "READY")) for _ in range(times)]
    return statistics.median(ours for ours, _floor in pairs), statistics.median(floor for _ours, floor in pairs)


def _new_study(folder: Path, words: int) -> Path:
    """Make a study of one interview that nobody has been asked about yet; a suggestion stands on its first turn."""
    path = folder / "ny.txt"
    path.write_text("\nI: Ja?\n".join(f"Informant: {turn}" for turn in (_SAID, *talk(words))), encoding="utf-8")
    study = folder / "ny.koding"
    with Project.create(study, material.codebook(), coder=CODER) as project:
        Importer(project, CODER).run([path])
    return study


def first_suggestion(words: int, times: int = 3) -> float:
    """Give the median seconds from the first paint of a new source to its first suggestion in the side panel."""
    found = []
    for _ in range(times):
        with tempfile.TemporaryDirectory() as place:
            terminal = Terminal(_koding(_new_study(Path(place), words)), environment={"KODING_MODEL": "off"})
            painted = terminal.wait_for(_SAID.partition(" ")[2])
            found.append(terminal.wait_for(_TOLD) - painted)
            terminal.kill()
    return statistics.median(found)


def key_to_frame(command: list[str], text: str, rest: float = 1.5) -> float:
    """Give the 95th percentile of seconds from a key to the end of the next frame.

    Typing begins when nothing has been drawn for `rest` seconds; 0 to begin at once.
    """
    terminal = Terminal(command)
    terminal.wait_for(text)
    if rest:
        terminal.settle(rest)
    found = [seconds for _ in range(_ROUNDS) for key in KEYS if (seconds := terminal.key(key, 1.0))]
    terminal.kill()
    return statistics.quantiles(found, n=20)[-1]


def results(*, quick: bool) -> Iterator[Result]:
    """Give the screen's figures; `quick` leaves out the longest text."""
    for words in (30_000,) if quick else (30_000, 300_000):
        with tempfile.TemporaryDirectory() as place:
            study = _study(Path(place), words)
            # The transcript itself must stand there, not only the frame around it.
            ours, base = first_paint(study)
            yield Result(f"first paint, {words:,} words", ours, base, 2)
            base = key_to_frame(EMPTY, "READY")
            ours = key_to_frame(_koding(study), "Informant")
            yield Result(f"key to frame p95, {words:,} words, {CODINGS:,} codings", ours, base, 3)
    yield Result("first suggestion after the first paint of a new source", first_suggestion(9_000), 1, 1)
    with tempfile.TemporaryDirectory() as place:
        base = key_to_frame(EMPTY, "READY")
        ours = key_to_frame(_koding(_new_study(Path(place), 30_000 if quick else _LONG)), _TOLD, rest=0)
        yield Result("key to frame p95 while suggestions are sought", ours, base, 3)
