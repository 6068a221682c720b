"""The command that opens the coding screen."""

from __future__ import annotations

import gc
from pathlib import Path
from typing import TYPE_CHECKING

import click

from koding.cli.output import STUDY, at_terminal
from koding.errors import UsageFault
from koding.i18n import _

if TYPE_CHECKING:
    from koding.suggest.process.client import SuggestionClient


def open_screen(path: Path, coder: str, *, round_name: str = "", others: bool = False) -> None:
    """Open the coding screen on a study, in a round where one is named; `others` shows other coders' codings too.

    Raises UsageFault where there is no terminal to open it on.
    """
    if not at_terminal():
        raise UsageFault(_("koding code needs a terminal."), _("Run it in a terminal window, not in a pipe."))
    # What is loaded from here to the first frame stays: the collector would only walk it. The screen switches it on.
    gc.disable()
    from koding.session.workbench import Workbench
    from koding.tui import run

    bench: Workbench | None = None

    def opened() -> Workbench:
        nonlocal bench
        bench = Workbench.open(path, coder, round_name)
        return bench

    def suggester() -> SuggestionClient:
        # Imported when the first frame stands.
        from koding.suggest.process.client import SuggestionClient

        if bench is None:
            return SuggestionClient()
        return SuggestionClient(cache=bench.suggestion_cache, learn=bench.learned)

    run(opened, suggester, others=others)


@click.command(help=_("Code a study in the terminal."))
@STUDY
@click.option("--coder", required=True, help=_("Your name as a coder."))
@click.option("--round", "round_name", default="", help=_("The round you code in (the one that is running), or none."))
def code(study: Path, coder: str, round_name: str) -> None:
    """Open the coding screen."""
    from koding.session.study_file import require_study, study_path

    path = study_path(study)
    require_study(path)
    open_screen(path, coder, round_name=round_name)
