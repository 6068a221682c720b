"""Light commands as whole processes, beside a bare click program."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

from benchmarks.measure import Result, median

_BARE = """
import click
@click.group()
def bare(): pass
@bare.command()
def one(): pass
bare()
"""


def _run(arguments: list[str]) -> None:
    subprocess.run(arguments, check=True, stdout=subprocess.DEVNULL)


def results(*, quick: bool) -> Iterator[Result]:
    """Give the figures of the commands."""
    times = 5 if quick else 15
    floor = median(lambda: _run([sys.executable, "-c", _BARE, "--help"]), times)
    ours = median(lambda: _run([sys.executable, "-m", "koding", "--help"]), times)
    yield Result("koding --help", ours, floor, 3)
