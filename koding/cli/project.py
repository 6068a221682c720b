"""Commands about whole projects of other tools: export, import, check."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from koding.cli.output import STUDY, person, put, put_table, say, write_record
from koding.errors import EXIT_FAILURE
from koding.i18n import _, ngettext

if TYPE_CHECKING:
    from koding.session.interchange.report import ProjectReport

_TOOLS = ("nvivo", "maxqda", "atlasti", "qualcoder")


@click.group(help=_("Whole projects to and from other tools (REFI-QDA), and the check of such files."))
def project() -> None:
    """Hold the commands about projects together."""


@project.command("export", help=_("Write the study as a REFI-QDA project (.qdpx) for any tool."))
@STUDY
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--for", "tool", type=click.Choice(_TOOLS), help=_("Write what this tool is known to need otherwise."))
def export(study: Path, file: Path, tool: str | None) -> None:
    """Export a project."""
    from koding.session.interchange.exporting import export_project
    from koding.session.study_file import open_study

    with open_study(study) as opened:
        notes = export_project(opened, file, tool or "")
    for note in notes:
        say(note)
    say(_("Wrote {file}").format(file=file))


@project.command("import", help=_("Bring another tool's project into a study, which is made where there is none."))
@click.argument("file", type=click.Path(path_type=Path))
@STUDY
@click.option(
    "--report", type=click.Path(path_type=Path), help=_("Write what was stored and lost as JSON to this file.")
)
@click.option("--project", "wanted", default="", help=_("The project's name, where the file holds several."))
def import_(file: Path, study: Path, report: Path | None, wanted: str) -> None:
    """Import a project."""
    from koding.session.interchange.projects import import_project
    from koding.session.study_file import study_path

    told = import_project(file, study_path(study), person(), wanted)
    if report is not None:
        write_record(told.record(), report)
    tell_report(told)


def tell_report(report: ProjectReport) -> None:
    """Tell the person what was stored and what was lost."""
    for line in report.warnings:
        say(line)
    for source, how in report.positions.items():
        if f"{source}: {how}" not in report.warnings:
            say(f"{source}: {how}")
    if report.carried:
        things = ", ".join(f"{name} {count}" for name, count in sorted(report.carried.items()))
        say(_("Kept for other tools, without a place of its own here: {things}").format(things=things))
    if report.dropped:
        things = ", ".join(f"{name} {count}" for name, count in sorted(report.dropped.items()))
        say(_("Not kept: {things}").format(things=things))
    if report.codings_lost:
        line = ngettext(
            "{count} coding of the file is no coding of a text and is not in the study.",
            "{count} codings of the file are no codings of a text and are not in the study.",
            report.codings_lost,
        )
        say(line.format(count=report.codings_lost))
    if report.standing:
        things = ", ".join(f"{name} {count}" for name, count in sorted(report.standing.items()))
        say(_("In the study already: {things}").format(things=things))
    say(
        _("Imported: codes {codes}, sources {sources}, codings {codings}, memos {memos}.").format(
            codes=report.codes, sources=report.sources, codings=report.codings, memos=report.memos
        )
    )


@project.command("check", help=_("Hold any tool's project or codebook (.qdpx, .qde, .qdc) against the standard."))
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
def check(file: Path, form: str) -> int:
    """Check a file of another tool."""
    from koding.session.interchange.projects import check_file

    found = check_file(file)
    if form == "json":
        put(json.dumps(found.record(), ensure_ascii=False, indent=2) + "\n")
        return EXIT_FAILURE if found.findings else 0
    lines = [[_("Line"), _("Times"), _("Element"), _("Finding")]]
    lines.extend([str(one.line), str(one.times), one.element, one.what] for one in found.findings)
    if found.findings:
        put_table(lines)
    for note in found.notes:
        say(note)
    things = ", ".join(f"{name} {count}" for name, count in found.counts.items())
    say(
        _("{file} ({origin}): {things}").format(file=file.name, origin=found.origin or _("unknown tool"), things=things)
    )
    if found.findings:
        say(
            _("It is not as the standard says in {count} ways; koding reads it as well as it can.").format(
                count=len(found.findings)
            )
        )
        return EXIT_FAILURE
    say(_("It is as the standard says."))
    return 0
