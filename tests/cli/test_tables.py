"""Tables on a terminal and in a pipe: labels keep their width, wide ones go on below, nothing is padded or cut."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from koding.cli.output import _aligned, _blocks

pty = pytest.importorskip("pty", reason="a terminal of Unix")


def on_terminal(columns: int, *arguments: object, **environment: str) -> str:
    """Run koding with a terminal for its standard output, and give what it shows."""
    import fcntl
    import struct
    import termios

    ours, its = pty.openpty()
    fcntl.ioctl(its, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    clean = {name: value for name, value in os.environ.items() if name not in {"COLUMNS", "NO_COLOR", "FORCE_COLOR"}}
    process = subprocess.Popen(
        [sys.executable, "-m", "koding", *map(str, arguments)],
        stdin=subprocess.DEVNULL, stdout=its, stderr=subprocess.DEVNULL,
        env=clean | {"TERM": "xterm-256color", "KODING_LANG": "en"} | environment,
    )  # fmt: skip
    os.close(its)
    shown = b""
    while True:
        try:
            piece = os.read(ours, 65536)
        except OSError:
            break
        if not piece:
            break
        shown += piece
    assert process.wait() == 0
    os.close(ours)
    return shown.decode("utf-8").replace("\r\n", "\n")


def plain(shown: str) -> list[str]:
    return [line.rstrip() for line in re.sub(r"\x1b\[[0-9;]*m", "", shown).splitlines()]


def test_a_matrix_too_wide_for_the_terminal_goes_on_below_itself(study: Path) -> None:
    narrow = plain(on_terminal(50, "matrix", study, "--by", "gruppe,botid,bosted"))
    assert all(len(line) <= 50 for line in narrow)
    parts = [line for line in narrow if "part " in line]
    assert len(parts) > 1
    assert sum(line.startswith("    Leie") for line in narrow) == len(parts), "each part has all the labels"
    heads = " ".join(narrow)
    assert (heads.count("N="), heads.count("Total")) == (6, 1), "every group, and the total once"
    wide = plain(on_terminal(200, "matrix", study, "--by", "gruppe,botid,bosted"))
    assert not any("part " in line for line in wide)
    assert "Total N=5" in wide[1]


def test_no_colour_is_no_colour(study: Path) -> None:
    for shown in (
        on_terminal(80, "--no-color", "sources", study),
        on_terminal(80, "sources", study, NO_COLOR="1"),
    ):
        assert not re.search(r"\x1b\[[0-9;]*3[0-9]", shown)


@pytest.mark.parametrize("command", [["sources"], ["log"], ["matrix", "--by", "gruppe"], ["turns", "meeting"]])
def test_a_pipe_gets_lines_that_end_where_their_text_does(koding, study: Path, command: list[str]) -> None:
    lines = koding(command[0], study, *command[1:]).out.splitlines()
    assert len(lines) > 2
    assert [line for line in lines if line != line.rstrip()] == []


CELL = st.text(st.sampled_from("ab æ漢1."), max_size=12)
TABLES = st.integers(2, 6).flatmap(lambda width: st.lists(st.lists(CELL, min_size=width, max_size=width), min_size=2))


@given(lines=TABLES, room=st.integers(4, 40))
def test_every_column_is_shown_once_and_fits_if_it_can(lines: list[list[str]], room: int) -> None:
    blocks = _blocks(lines, room)
    assert [column for block in blocks for column in block] == list(range(1, len(lines[0])))
    for block in blocks:
        assert len(block) == 1 or sum(width + 2 for width in block.values()) <= room


@given(lines=TABLES)
def test_columns_stand_under_each_other(lines: list[list[str]]) -> None:
    from rich.cells import cell_len

    widths = [max(cell_len(line[column]) for line in lines) for column in range(len(lines[0]))]
    for line, shown in zip(lines, _aligned(lines, numbers=False), strict=True):
        assert cell_len(shown) <= sum(widths) + 2 * (len(widths) - 1)
        assert shown.split() == " ".join(line).split()
