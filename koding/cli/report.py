"""Commands that report on a study as a whole."""

from __future__ import annotations

from pathlib import Path

import click

from koding.cli.output import STUDY, put_file
from koding.i18n import _


@click.group(help=_("Reports on a study."))
def report() -> None:
    """Hold the reports together."""


@report.command(help=_("Fill the COREQ items that software can fill, and name those it cannot."))
@STUDY
@click.option("--format", "form", type=click.Choice(["md", "json"]), default="md", show_default=True)
@click.option("-o", "--output", type=click.Path(path_type=Path), help=_("The file; standard output without it."))
def methods(study: Path, form: str, output: Path | None) -> None:
    """Report the method."""
    from koding.session.methods import methods as filled
    from koding.session.study_file import open_study
    from koding.writers.methods import methods_json, methods_markdown

    with open_study(study) as project:
        items = [(one.number, one.name, one.lines) for one in filled(project)]
        name = project.name()
    write = methods_json if form == "json" else methods_markdown
    put_file(write(name, items), output)
