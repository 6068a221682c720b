"""What the commands print: results to standard output, everything said to people to standard error."""

from __future__ import annotations

import contextlib
import getpass
import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from koding.errors import UsageFault
from koding.i18n import _

#: The file of a study, as an argument.
STUDY = click.argument("study", type=click.Path(path_type=Path))


def say(line: str) -> None:
    """Say a line to the person, on standard error."""
    print(line, file=sys.stderr)


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


def put_table(lines: Sequence[Sequence[str]], *, title: str = "", numbers: bool = False) -> None:
    """Put rows of text (the head first) as a table; with `numbers`, all columns but the first go to the right."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    # Text without markup: "[ler]" and "[00:12]" are words here, not styles.
    table = Table(title=Text(title) if title else None, title_justify="left", box=None, pad_edge=False)
    for number, cell in enumerate(lines[0]):
        table.add_column(Text(cell), justify="right" if numbers and number else "left", overflow="fold")
    for line in lines[1:]:
        table.add_row(*(Text(cell) for cell in line))
    console = Console(soft_wrap=False, highlight=False, emoji=False)
    if not console.is_terminal:
        # A file or a pipe has no edge to fold at.
        console = Console(width=10_000, highlight=False, emoji=False)
        width = console.measure(table).maximum
        console = Console(width=max(width, 1), highlight=False, emoji=False)
    console.print(table)


@contextlib.contextmanager
def progress(label: str, total: int) -> Iterator[Callable[[int], None]]:
    """Show a bar on standard error while long work goes on; silent where that is no terminal or the work is short."""
    if not sys.stderr.isatty() or total == 1:
        yield lambda _done: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, total=total)
        yield lambda done: bar.update(task, completed=done)


def person() -> str:
    """Give the name the journal uses where no coder is named: KODING_CODER, else the machine's user name."""
    name = os.environ.get("KODING_CODER", "").strip()
    if name:
        return name
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "koding"
