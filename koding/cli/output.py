"""What the commands print: results to standard output, everything said to people to standard error."""

from __future__ import annotations

import contextlib
import getpass
import json
import os
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from koding.errors import KodingError, UsageFault
from koding.i18n import _

if TYPE_CHECKING:
    from rich.console import Console


class StudyName(click.Path):
    """The name of a study's file; a name of nothing but white space is none."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """Give the path. Raises UsageFault for an empty name."""
        if not str(value).strip():
            raise UsageFault(_("The study has no name."), _("Name its file, for example: moving.koding"))
        return Path(str(super().convert(value, param, ctx)))


#: The file of a study, as an argument.
STUDY = click.argument("study", type=StudyName())
# A terminal takes these for orders; a file's name or a transcript may hold them.
_CONTROLS = {code: f"\\x{code:02x}" for code in (*range(0x20), *range(0x7F, 0xA0)) if chr(code) not in "\t\n"}


def visible(text: str) -> str:
    """Give text for a terminal: control characters are shown, never obeyed."""
    return text.translate(_CONTROLS)


def say(line: str) -> None:
    """Say a line to the person, on standard error."""
    print(visible(line), file=sys.stderr)


def tell_details(fault: KodingError) -> None:
    """Say the lines below a fault, set in."""
    for line in fault.details:
        say(f"    {line}")


def put(text: str) -> None:
    """Put a result on standard output."""
    sys.stdout.write(text)


def put_json_line(content: Mapping[str, Any]) -> None:
    """Put one JSON object as a line on standard output."""
    sys.stdout.write(json.dumps(content, ensure_ascii=False) + "\n")


def at_terminal() -> bool:
    """Whether a person sits before us: the screen reads standard input and draws on the other two."""
    return sys.stdin.isatty() and sys.stdout.isatty() and sys.stderr.isatty()


def use_utf8() -> None:
    """Make standard output and error UTF-8, also where the machine's locale says otherwise."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")


def put_file(content: str | bytes, output: Path | None) -> None:
    """Write a result to the file `output`, whole or not at all, or to standard output.

    Raises UsageFault for bytes that would go to a terminal.
    """
    data = content if isinstance(content, bytes) else content.encode("utf-8")
    if output is not None:
        from koding.writers.files import write_whole

        write_whole(output, data)
        say(_("Wrote {file}").format(file=output))
        return
    if isinstance(content, bytes) and sys.stdout.isatty():
        raise UsageFault(_("This form is a file, not text for the screen."), _("Name the file with -o FILE."))
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.flush()


def write_record(content: Mapping[str, Any], path: Path) -> None:
    """Write one JSON object, what a command did, to a file."""
    from koding.writers.files import write_whole

    write_whole(path, (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode("utf-8"))


def put_table(lines: Sequence[Sequence[str]], *, title: str = "", numbers: bool = False) -> None:
    """Put rows of text (the head first) as a table; with `numbers`, all columns but the first go to the right.

    On a terminal a table of numbers that is too wide goes on below itself, its first column repeated; other tables
    fold their cells. A file or a pipe has no edge, and its lines end where their text does.
    """
    shown = [[visible(cell) for cell in line] for line in lines]
    if not sys.stdout.isatty():
        put("\n".join([*([title] if title else []), *_aligned(shown, numbers=numbers)]) + "\n")
        return
    from rich.console import Console

    console = Console(soft_wrap=False, highlight=False, emoji=False)
    if not numbers:
        _print_table(console, shown, title)
        return
    shown[0] = [_GROUP_SIZE.sub(r"N=\1", cell) for cell in shown[0]]
    first = _first_width(shown, console.width)
    blocks = _blocks(shown, console.width - first)
    for number, block in enumerate(blocks, start=1):
        heading = title
        if len(blocks) > 1:
            part = _("part {number} of {count}").format(number=number, count=len(blocks))
            heading = f"{title} ({part})"
        columns = [[line[column] for column in (0, *block)] for line in shown]
        _print_table(console, columns, heading, first=first, widths=[*block.values()])
        if number < len(blocks):
            console.print()


def cell_width(text: str) -> int:
    """Give how many cells of a terminal a text takes."""
    from rich.cells import cell_len

    return cell_len(text)


#: Cells between two columns.
_GAP = 2


# How many informants a group has is kept on one line.
_GROUP_SIZE = re.compile(r"\(N = (\d+)\)")
#: Cells that the first column leaves to the others.
_LEFT = 30


def _first_width(lines: Sequence[Sequence[str]], width: int) -> int:
    """Give the cells of the first column, which keeps its width as long as some others fit beside it."""
    return min(max(cell_width(line[0]) for line in lines), max(width - _LEFT, width // 2))


def _aligned(lines: Sequence[Sequence[str]], *, numbers: bool) -> Iterator[str]:
    """Give the rows with their columns under each other, without blanks at the end."""
    widths = [max(cell_width(line[column]) for line in lines) for column in range(len(lines[0]))]
    for line in lines:
        cells = []
        for column, (cell, width) in enumerate(zip(line, widths, strict=True)):
            blank = " " * (width - cell_width(cell))
            cells.append(blank + cell if numbers and column else cell + blank)
        yield (" " * _GAP).join(cells).rstrip()


def _blocks(lines: Sequence[Sequence[str]], room: int) -> list[dict[int, int]]:
    """Share the columns after the first out over blocks that fit into `room` cells, at least one in each.

    Each block maps its columns to their widths. A head breaks between words, so that a column needs the width of its
    widest word or cell; what room is left lets heads stand on one line.
    """
    needed, wished = {}, {}
    for column in range(1, len(lines[0])):
        cells = max((cell_width(line[column]) for line in lines[1:]), default=0)
        needed[column] = max([cells, *map(cell_width, lines[0][column].split())])
        wished[column] = max(cells, cell_width(lines[0][column]))
    blocks: list[dict[int, int]] = [{}]
    left = room
    for column, width in needed.items():
        if blocks[-1] and width + _GAP > left:
            blocks.append({})
            left = room
        blocks[-1][column] = width
        left -= width + _GAP
    for block in blocks:
        spare = room - sum(width + _GAP for width in block.values())
        for column, width in block.items():
            more = max(0, min(wished[column] - width, spare))
            block[column] = width + more
            spare -= more
    return blocks


def _print_table(
    console: Console, lines: Sequence[Sequence[str]], title: str, *, first: int = 0, widths: Sequence[int] = ()
) -> None:
    """Print a table; with `widths` its columns have these after `first` cells for the first, and go to the right."""
    from rich.table import Table
    from rich.text import Text

    # Text without markup: "[ler]" and "[00:12]" are words here, not styles.
    table = Table(title=Text(title) if title else None, title_justify="left", box=None, pad_edge=False)
    table.padding = (0, _GAP, 0, 0)
    for number, cell in enumerate(lines[0]):
        if widths:
            width = widths[number - 1] if number else first
            justify: Literal["left", "right"] = "right" if number else "left"
            table.add_column(Text(cell), justify=justify, overflow="fold", vertical="bottom", width=width)
        else:
            table.add_column(Text(cell), overflow="fold")
    for line in lines[1:]:
        table.add_row(*(Text(cell) for cell in line))
    console.print(table)


class Progress:
    """A bar on standard error; told how much is done, and what goes on now. Without `show` it is silent."""

    def __init__(self, show: Callable[[str | None, int | None], None] | None = None) -> None:
        self._show = show

    def __call__(self, done: int) -> None:
        """Say how much is done."""
        if self._show is not None:
            self._show(None, done)

    def phase(self, label: str) -> None:
        """Say what goes on now, of which nobody knows how much is left."""
        if self._show is not None:
            self._show(label, None)


@contextlib.contextmanager
def progress(label: str, total: int) -> Iterator[Progress]:
    """Show a bar on standard error while long work goes on; silent where that is no terminal or the work is short."""
    if not sys.stderr.isatty() or total == 1:
        yield Progress()
        return
    from rich.console import Console
    from rich.progress import Progress as Bar

    with Bar(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, total=total)

        def show(phase: str | None, done: int | None) -> None:
            if phase is None:
                bar.update(task, completed=done)
            else:
                # Without a total the bar goes to and fro.
                bar.reset(task, description=phase, total=None)

        yield Progress(show)


def person() -> str:
    """Give the name the journal uses where no coder is named: KODING_CODER, else the machine's user name."""
    name = os.environ.get("KODING_CODER", "").strip()
    if name:
        return name
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "koding"
