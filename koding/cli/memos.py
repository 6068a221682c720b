"""Commands about memos: export."""

from __future__ import annotations

from pathlib import Path

import click

from koding.cli.output import STUDY, put_file
from koding.i18n import _


@click.group(help=_("What coders have written about codings, sources and codes."))
def memos() -> None:
    """Hold the commands about memos together."""


@memos.command("export", help=_("Export all memos as CSV or JSON: on codes, on sources and on codings."))
@STUDY
@click.option("-o", "--output", type=click.Path(path_type=Path), help=_("The file; standard output without it."))
@click.option("--coder", help=_("Only this coder's memos."))
@click.option(
    "--format",
    "form",
    type=click.Choice(["csv", "json"]),
    help=_("Without it what the file's name ends in says; else csv."),
)
def export_memos(study: Path, output: Path | None, coder: str | None, form: str | None) -> None:
    """Export memos."""
    from koding.session.memos import exported_memos
    from koding.session.opening import require_coder
    from koding.session.study_file import open_study
    from koding.writers.memos import memos_csv, memos_json

    ending = "json" if output is not None and output.suffix.lower() == ".json" else "csv"
    with open_study(study) as project:
        if coder is not None:
            require_coder(project, coder)
        rows = [(found.memo, found.passage) for found in exported_memos(project, coder)]
    put_file((memos_json if (form or ending) == "json" else memos_csv)(rows), output)
