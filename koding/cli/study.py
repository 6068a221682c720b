"""Commands about the study as a whole: init, check, log, undo, redo."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from koding.cli.output import STUDY, person, put_json_line, put_table, say
from koding.errors import EXIT_FAILURE, Conflict
from koding.i18n import _, ngettext

if TYPE_CHECKING:
    from koding.session.undoing import Reverted


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
        text = ngettext("Made {file} with {count} code.", "Made {file} with {count} codes.", count)
        say(text.format(file=project.path, count=count))


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
        text = ngettext(
            "{file} does not hold together: {count} finding.",
            "{file} does not hold together: {count} findings.",
            len(found),
        )
        say(text.format(file=name, count=len(found)))
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
@click.option("--coder", default="", help=_("Only changes by this person, or of their codings."))
@click.option("--code", default="", help=_("Only changes of this code (its key) and of codings with it."))
@click.option("--source", default="", help=_("Only changes of this source and of codings in it."))
@click.option("--format", "form", type=click.Choice(["table", "jsonl"]), default="table", show_default=True)
def log(study: Path, last: int | None, coder: str, code: str, source: str, form: str) -> None:
    """Show the journal."""
    from koding.session.auditing import audited
    from koding.session.opening import action_label
    from koding.session.study_file import open_study
    from koding.session.telling import detail_label

    with open_study(study) as project:
        lines = [[_("No."), _("When (UTC)"), _("Who"), _("What"), _("Of"), _("From"), _("Rows")]]
        for told in audited(project, coder=coder, code=code, source=source, last=last):
            event = told.event
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
                        "codings": [asdict(trace) for trace in told.traces],
                    }
                )
                continue
            what = action_label(event.action)
            if event.kind == "undo":
                what = _("undid: {action}").format(action=what)
            elif event.kind == "redo":
                what = _("redid: {action}").format(action=what)
            moment = event.at[:19].replace("T", " ")
            lines.append(
                [str(event.id), moment, event.coder, what, detail_label(event), told.origin(), str(event.entries)]
            )
    if form == "table":
        put_table(lines)


_COUNT = click.option(
    "-n", "count", type=click.IntRange(1), default=1, show_default=True, help=_("How many changes, the last one first.")
)


@click.command(
    help=_(
        "Take back the study's last change, imports included; with --coder, that person's last one. Every change that "
        "was taken back is listed, and koding redo brings it again."
    )
)
@STUDY
@click.option("--coder", help=_("Only changes by this person (as koding log names them)."))
@_COUNT
@click.option("--redo", "again", is_flag=True, help=_("Bring back what was undone last, as koding redo."))
def undo(study: Path, coder: str | None, count: int, again: bool) -> None:
    """Undo changes."""
    _revert(study, coder, count, again=again)


@click.command(help=_("Bring back what was undone last, as long as nothing new has been done since."))
@STUDY
@click.option("--coder", help=_("Only changes by this person (as koding log names them)."))
@_COUNT
def redo(study: Path, coder: str | None, count: int) -> None:
    """Redo changes."""
    _revert(study, coder, count, again=True)


def _revert(study: Path, coder: str | None, count: int, *, again: bool) -> None:
    from koding.session import undoing
    from koding.session.study_file import open_study

    with open_study(study) as project:
        if coder is not None:
            undoing.require_actor(project, coder)
        step = undoing.redo if again else undoing.undo
        for done in range(count):
            try:
                reverted = step(project, actor=coder or person(), coder=coder)
            except Conflict:
                if done:
                    text = ngettext("Stopped after {count} change.", "Stopped after {count} changes.", done)
                    say(text.format(count=done))
                raise
            _tell(reverted)


def _tell(reverted: Reverted) -> None:
    line = _("Undid: {what}") if reverted.kind == "undo" else _("Redid: {what}")
    event = reverted.event
    when = event.at[:16].replace("T", " ")
    about = _("no. {number} by {name}, {when} UTC").format(number=event.id, name=event.coder, when=when)
    say(f"{line.format(what=reverted.told.text)} ({about})")
    came, went = reverted.codings()
    if came:
        say("    " + ngettext("{count} coding is back.", "{count} codings are back.", came).format(count=came))
    if went:
        say("    " + ngettext("{count} coding is gone.", "{count} codings are gone.", went).format(count=went))
