"""Commands about copies of a study: merging them, and choosing where they say different things."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from koding.cli.output import STUDY, person, progress, put, put_file, put_table, say, write_record
from koding.i18n import _, ngettext

if TYPE_CHECKING:
    from koding.readers.choices_csv import ChoiceRow
    from koding.session.merging import Conflict, MergeReport

_CODER = click.option("--coder", default="", help=_("Who does it, for the journal; KODING_CODER without it."))
_RESOLVE = click.option(
    "--resolve",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help=_("Choose as this table says: columns id, choice (a letter, ours, theirs, =TEXT), reason."),
)


@click.command(
    help=_("Merge copies of a study that went separate ways into STUDY. The order does not matter, nothing is lost.")
)
@STUDY
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help=_("Tell what would come of it and change nothing."))
@click.option("--report", type=click.Path(path_type=Path), help=_("Write the report as JSON to this file."))
@_RESOLVE
@click.option("--no-backup", is_flag=True, help=_("Write no copy of the study beside it before merging."))
@_CODER
def merge(  # noqa: D103
    study: Path,
    files: tuple[Path, ...],
    dry_run: bool,
    report: Path | None,
    resolve: Path | None,
    no_backup: bool,
    coder: str,
) -> None:
    from koding.session.merging import apply_choices, conflicts, require_files
    from koding.session.merging import merge as merge_files
    from koding.session.study_file import open_study

    who = coder.strip() or person()
    require_files(files)
    choices = _choices(resolve)
    with open_study(study) as project:
        with progress(_("Merging"), len(files)) as told:
            done = merge_files(project, files, coder=who, dry_run=dry_run, backup=not no_backup, progress=told)
        open_ones = done.conflicts
        if choices and not dry_run:
            _tell_chosen(apply_choices(project, choices, coder=who))
            open_ones = conflicts(project)
        name = project.path.name
    _tell(done, name, dry_run=dry_run)
    _tell_conflicts(open_ones, name)
    if report is not None:
        write_record(_record(done, open_ones, name, dry_run=dry_run), report)
        say(_("Wrote {file}").format(file=report))


def _tell(done: MergeReport, name: str, *, dry_run: bool) -> None:
    from koding.session.merging import RULES

    lines = [[_("File"), _("Changes"), _("Codings"), _("Memos"), _("Codes"), _("Sources")]]
    for path, carried in done.files:
        cells = [
            f"+{carried.new[entity]} ~{carried.changed[entity]} -{carried.gone[entity]}"
            for entity in ("coding", "memo", "code", "source")
        ]
        lines.append([path.name, str(carried.changes), *cells])
    put_table(lines)
    for rule, what in done.settled:
        say(_("{what}: {rule}").format(what=what, rule=_(RULES[rule])))
    if dry_run:
        say(_("This was a dry run: {study} is as it was.").format(study=name))
    elif not done.changes:
        say(_("{study} has all of it already; nothing was changed.").format(study=name))
    else:
        say(
            ngettext(
                "Merged {count} change into {study}.", "Merged {count} changes into {study}.", done.changes
            ).format(count=done.changes, study=name)
        )
    if done.backup is not None:
        say(_("The study as it was: {file}").format(file=done.backup.name))


def _tell_conflicts(found: Sequence[Conflict], name: str) -> None:
    from koding.writers.conflicts import option_text

    if not found:
        return
    count = len(found)
    say(
        ngettext(
            "{count} thing was changed in different ways. The first line is what stands until you choose:",
            "{count} things were changed in different ways. The first line of each is what stands until you choose:",
            count,
        ).format(count=count)
    )
    for one in found:
        say(f"{one.id}  {one.what} [{one.part}]")
        for option in one.options:
            say(f"    {option_text(option)}")
    say(_("Choose with: koding conflicts {study} --take ID=LETTER").format(study=name))


def _record(done: MergeReport, found: Sequence[Conflict], name: str, *, dry_run: bool) -> dict[str, object]:
    from koding.writers.conflicts import conflict_record

    return {
        "study": name,
        "dry_run": dry_run,
        "files": [
            {
                "file": path.name,
                "changes": carried.changes,
                "new": {entity: count for entity, count in sorted(carried.new.items()) if count},
                "changed": {entity: count for entity, count in sorted(carried.changed.items()) if count},
                "gone": {entity: count for entity, count in sorted(carried.gone.items()) if count},
            }
            for path, carried in done.files
        ],
        "settled": [{"rule": rule, "what": what} for rule, what in done.settled],
        "conflicts": [conflict_record(one) for one in found],
        "backup": done.backup.name if done.backup else None,
    }


def _choices(file: Path | None) -> list[ChoiceRow]:
    from koding.readers.choices_csv import read_choices

    return [] if file is None else read_choices(file.read_bytes(), file.name)


def _tell_chosen(chosen: Sequence[Conflict]) -> None:
    for one in chosen:
        say(_("Chosen: {what}").format(what=one.what))


@click.command(help=_("List what merged copies say differently, and choose."))
@STUDY
@click.option(
    "--take",
    multiple=True,
    metavar="ID=CHOICE",
    help=_("Choose in one conflict: a letter, ours, theirs, or =TEXT; can be given again."),
)
@_RESOLVE
@click.option("--reason", default="", help=_("Why, for the journal."))
@click.option("--format", "form", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True)
@click.option("-o", "--output", type=click.Path(path_type=Path), help=_("The file; standard output without it."))
@_CODER
def conflicts(  # noqa: D103
    study: Path,
    take: tuple[str, ...],
    resolve: Path | None,
    reason: str,
    form: str,
    output: Path | None,
    coder: str,
) -> None:
    from koding.readers.choices_csv import ChoiceRow
    from koding.session.merging import apply_choices
    from koding.session.merging import conflicts as open_ones
    from koding.session.study_file import open_study
    from koding.writers.conflicts import conflict_record, conflicts_csv

    who = coder.strip() or person()
    rows = _choices(resolve)
    for number, one in enumerate(take, start=1):
        identifier, _equals, choice = one.partition("=")
        rows.append(ChoiceRow(number, identifier.strip(), choice, reason))
    with open_study(study) as project:
        _tell_chosen(apply_choices(project, rows, coder=who))
        found = open_ones(project)
    if form == "csv" or (output is not None and output.suffix == ".csv"):
        put_file(conflicts_csv(found), output)
    elif form == "json" or output is not None:
        put_file(json.dumps([conflict_record(one) for one in found], ensure_ascii=False, indent=2) + "\n", output)
    elif not found:
        say(_("There is nothing to choose."))
    else:
        _put_conflicts(found)


def _put_conflicts(found: Sequence[Conflict]) -> None:
    from koding.writers.conflicts import option_text

    for one in found:
        put(f"{one.id}  {one.what} [{one.part}]\n")
        for option in one.options:
            put(f"    {option_text(option)}\n")
