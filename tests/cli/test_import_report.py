"""What an import of a folder says, and where times and pages are seen again."""

from __future__ import annotations

from pathlib import Path

from tests.readers.transcript_files import FILES
from tests.studies import json_lines


def put(folder: Path) -> Path:
    folder.mkdir()
    for number, (name, (data, _format)) in enumerate(FILES.items()):
        (folder / f"{number:02}_{name}").write_bytes(data)
    return folder


def test_every_file_has_one_line_of_what_came_in_and_what_was_guessed(koding, study: Path, tmp_path: Path) -> None:
    folder = put(tmp_path / "alt")
    (folder / "budsjett.png").write_bytes(b"\x89PNG\r\n")
    ran = koding("import", study, folder)
    assert (ran.code, ran.out) == (0, "")
    lines = ran.err.splitlines()
    assert lines[0] == "alt: left out, no transcripts: budsjett.png"
    names = [line.partition(" ")[0] for line in lines[1:-1]]
    assert names == [path.stem for path in sorted(folder.iterdir()) if path.suffix != ".png"]
    assert lines[-1] == f"Imported {len(FILES)} sources."
    assert "05_trykk (pdf): 2 turns, 7 words. 2 pages; where each ends is kept. Guessed: " in ran.err
    assert "07_teams (vtt): 2 turns, 11 words. Guessed: «Kari Int» interviewer, «Amina» informant." in lines


def test_turns_show_times_and_pages_where_the_source_has_them(koding, study: Path, tmp_path: Path) -> None:
    assert koding("import", study, put(tmp_path / "alt")).code == 0

    def seen(source: str) -> list[tuple[int | None, int | None]]:
        return [
            (row["time"], row["page"]) for row in json_lines(koding("turns", study, source, "--format", "jsonl").out)
        ]

    assert seen("07_teams") == [(1000, None), (4000, None)]
    assert seen("09_whisper") == [(0, None), (4200, None)]
    assert seen("05_trykk") == [(None, 1), (None, 2)]
    assert seen("00_brev") == [(None, None), (None, None)]
    timed, paged = (koding("turns", study, name).out.splitlines() for name in ("07_teams", "05_trykk"))
    assert timed[0].split() == ["Start", "End", "Time", "Speaker", "Informant", "Role", "Text"]
    assert "00:00:04" in timed[2]
    assert paged[0].split()[2] == "Page"
    assert paged[2].split()[2] == "2"
