"""Commands that take codebooks in and out of files: codebook export, codebook import."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from koding.cli.output import person, say, write_record
from koding.cli.project import tell_report
from koding.errors import UsageFault
from koding.i18n import _

if TYPE_CHECKING:
    from koding.session.codebook_files import CodebookIn


@click.command("export", help=_("Write a study's codebook, or a codebook file, in the format of the ending."))
@click.argument("source", metavar="STUDY|FILE", type=click.Path(path_type=Path))
@click.argument("file", type=click.Path(path_type=Path))
def export_codebook(source: Path, file: Path) -> None:
    """Export a codebook."""
    from koding.session.codebook_files import read_any_codebook, write_codebook_file

    found = read_any_codebook(source)
    written = write_codebook_file(found.codebook, file)
    for note in (*found.notes, *written.notes):
        say(note)
    say(_("Wrote {file} with {count} codes.").format(file=file, count=len(found.codebook.codes)))


@click.command(
    "import",
    help=_("Read a codebook that another tool or a spreadsheet wrote, and write it as YAML, or a .qdc into a study."),
)
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.argument("output", metavar="OUT.yaml|STUDY", type=click.Path(path_type=Path))
@click.option("--report", type=click.Path(path_type=Path), help=_("Write what was read as JSON to this file."))
def import_codebook(file: Path, output: Path, report: Path | None) -> None:
    """Import a codebook."""
    from koding.session.codebook_files import is_codebook_name, read_codebook_in, write_codebook_file

    if not is_codebook_name(output):
        _into_study(file, output, report)
        return
    if output.exists():
        raise UsageFault(_("{file} is there already.").format(file=output), _("Name another file, or remove it."))
    found = read_codebook_in(file)
    written = write_codebook_file(found.codebook, output)
    warnings = [*found.notes, *written.notes]
    for note in warnings:
        say(note)
    if report is not None:
        write_record(_record(found, warnings), report)
    say(_("Wrote {file} with {count} codes.").format(file=output, count=len(found.codebook.codes)))


def _into_study(file: Path, study: Path, report: Path | None) -> None:
    """Bring the codes of a .qdc into a study, which is made where there is none."""
    from koding.session.interchange.projects import import_project, is_codebook
    from koding.session.study_file import study_path

    if not is_codebook(file):
        raise UsageFault(
            _("{file} is no REFI-QDA codebook, and only such a one can be brought into a study.").format(
                file=file.name
            ),
            _("Write it as YAML first, and make a study with it: koding init STUDY --codebook FILE."),
        )
    told = import_project(file, study_path(study), person())
    if report is not None:
        write_record(told.record(), report)
    tell_report(told)


def _record(found: CodebookIn, warnings: list[str]) -> Mapping[str, object]:
    return {
        "outcome": "warn" if warnings else "import",
        "codes": len(found.codebook.codes),
        "sources": 0,
        "codings": 0,
        "codings_lost": 0,
        "warnings": warnings,
    }
