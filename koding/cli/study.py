"""Commands about the study as a whole: init, check, log, undo."""

from __future__ import annotations

from pathlib import Path

import click

from koding.cli.output import STUDY, person, put_json_line, put_table, say
from koding.errors import EXIT_FAILURE
from koding.i18n import _


@click.command(help=_("Make a new study with a codebook."))
@STUDY
@click.option(
    "--codebook",
    "codebook",
    required=True,
    type=click.Path(path_type=Path),
    help=_("The codebook: a YAML file, or a table (CSV)."),
)
def init(study: Path, codebook: Path) -> None:
    """Make a new study."""
    from koding.session.codebook_files import read_codebook_in
    from koding.session.opening import create_study

    found = read_codebook_in(codebook)
    for note in found.notes:
        say(note)
    with create_study(study, found.codebook, person()) as project:
        count = len(project.codebook().codes)
        say(_("Made {file} with {count} codes.").format(file=project.path, count=count))


@click.command(help=_("Verify a study: texts against their hashes, spans, and the journal against the state."))
@STUDY
def check(study: Path) -> int:
    """Verify a study's integrity."""
    from koding.session.opening import check_study
    from koding.session.study_file import open_study

    with open_study(study) as project:
        found = check_study(project)
        name = project.path.name
    for line in found:
        say(line)
    if found:
        say(_("{file} does not hold together: {count} findings.").format(file=name, count=len(found)))
        return EXIT_FAILURE
    say(
        _("{file} is sound: texts match their hashes, spans are in range, the journal rebuilds the state.").format(
            file=name
        )
    )
    return 0


@click.command(help=_("Show the journal: who did what, when."))
@STUDY
@click.option("--last", type=click.IntRange(1), help=_("Only the last so many changes."))
@click.option("--format", "form", type=click.Choice(["table", "jsonl"]), default="table", show_default=True)
def log(study: Path, last: int | None, form: str) -> None:
    """Show the journal."""
    from koding.session.opening import action_label, journal_events
    from koding.session.study_file import open_study
    from koding.session.telling import detail_label

    with open_study(study) as project:
        lines = [[_("No."), _("When (UTC)"), _("Who"), _("What"), _("Of"), _("Rows")]]
        for event in journal_events(project, last):
            if form == "jsonl":
                put_json_line(
                    {
                        "id": event.id,
                        "guid": event.guid,
                        "at": event.at,
                        "coder": event.coder,
                        "action": event.action,
                        "kind": event.kind,
                        "target": event.target,
                        "detail": event.detail,
                        "rows": event.entries,
                    }
                )
                continue
            what = action_label(event.action)
            if event.kind == "undo":
                what = _("undid: {action}").format(action=what)
            elif event.kind == "redo":
                what = _("redid: {action}").format(action=what)
            moment = event.at[:19].replace("T", " ")
            lines.append([str(event.id), moment, event.coder, what, detail_label(event), str(event.entries)])
    if form == "table":
        put_table(lines)


@click.command(help=_("Take back a coder's last coding change (--redo: bring it back)."))
@STUDY
@click.option("--coder", required=True, help=_("The coder whose change it is."))
@click.option("--redo", is_flag=True, help=_("Bring back what was undone last."))
def undo(study: Path, coder: str, redo: bool) -> None:
    """Undo or redo."""
    from koding.session.opening import require_coder
    from koding.session.study_file import open_study, study_path
    from koding.session.workbench import Workbench

    with open_study(study) as project:
        require_coder(project, coder)
    bench = Workbench.open(study_path(study), coder)
    try:
        undone = bench.redo() if redo else bench.undo()
        line = _("Redid: {what}") if redo else _("Undid: {what}")
        say(line.format(what=undone.text))
    finally:
        bench.close()
