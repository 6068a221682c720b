"""The command that opens the coding screen."""

from __future__ import annotations

from pathlib import Path

import click

from koding.cli.output import STUDY, at_terminal
from koding.errors import UsageFault
from koding.i18n import _


def open_screen(path: Path, coder: str) -> None:
    """Open the coding screen on a study. Raises UsageFault where there is no terminal to open it on."""
    if not at_terminal():
        raise UsageFault(_("koding code needs a terminal."), _("Run it in a terminal window, not in a pipe."))
    from koding.session.workbench import Workbench
    from koding.suggest.client import SuggestionClient
    from koding.tui import run

    run(lambda: Workbench.open(path, coder), SuggestionClient())


@click.command(help=_("Code a study in the terminal."))
@STUDY
@click.option("--coder", required=True, help=_("Your name as a coder."))
def code(study: Path, coder: str) -> None:
    """Open the coding screen."""
    from koding.session.study_file import require_study, study_path

    path = study_path(study)
    require_study(path)
    open_screen(path, coder)
