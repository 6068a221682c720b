"""Commands about codings as tables: import and export."""

from __future__ import annotations

from pathlib import Path

import click

from koding.cli.output import STUDY, put_file, say
from koding.errors import EXIT_FAILURE
from koding.i18n import _, ngettext

#: Bad rows that are told one by one.
_LISTED = 30


@click.group(help=_("Codings in from a CSV table, and out to one."))
def codings() -> None:
    """Hold the commands about codings together."""


@codings.command("import", help=_("Import codings: columns source, start, end, code, coder, a column per facet, memo."))
@STUDY
@click.argument("csv", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--coder", default="", help=_("The coder of rows that name none."))
@click.option("--round", "round_name", default="", help=_("The round they were made in."))
@click.option("--skip-bad", is_flag=True, help=_("Import the good rows although some are bad."))
def import_codings(study: Path, csv: Path, coder: str, round_name: str, skip_bad: bool) -> int:  # noqa: D103
    from koding.readers.codings_csv import read_codings
    from koding.session.exchange import CodingsImporter
    from koding.session.rounds import find_round
    from koding.session.study_file import open_study

    table = read_codings(csv.read_bytes(), csv.name)
    with open_study(study) as project:
        in_round = find_round(project, round_name) if round_name else None
        report = CodingsImporter(project, coder.strip(), in_round).run(table, skip_bad=skip_bad)
    if table.note:
        say(table.note)
    for bad in report.bad[:_LISTED]:
        say(_("{file} line {line}: {reason}").format(file=csv.name, line=bad.line, reason=bad.reason))
    more = len(report.bad) - _LISTED
    if more > 0:
        say(ngettext("… and {count} more bad row", "… and {count} more bad rows", more).format(count=more))
    if report.bad and not skip_bad:
        count = len(report.bad)
        say(
            ngettext(
                "Nothing was imported: {count} bad row. Mend it, or import the rest with --skip-bad.",
                "Nothing was imported: {count} bad rows. Mend them, or import the rest with --skip-bad.",
                count,
            ).format(count=count)
        )
        return EXIT_FAILURE
    say(
        ngettext("Imported {count} coding.", "Imported {count} codings.", report.imported).format(count=report.imported)
    )
    if report.standing:
        text = ngettext("{count} was in the study already.", "{count} were in the study already.", report.standing)
        say(text.format(count=report.standing))
    if report.repeated:
        text = ngettext(
            "{count} row repeats an earlier one of the table.",
            "{count} rows repeat earlier ones of the table.",
            report.repeated,
        )
        say(text.format(count=report.repeated))
    return 0


@codings.command("export", help=_("Export codings as CSV, with the text they stand on."))
@STUDY
@click.option("-o", "--output", type=click.Path(path_type=Path), help=_("The file; standard output without it."))
@click.option("--coder", help=_("Only this coder's codings; “resolved” gives what was agreed on or decided."))
@click.option("--resolved", is_flag=True, help=_("The same as --coder resolved."))
@click.option("--round", "round_name", default="", help=_("Only codings of this round."))
@click.option("--no-text", is_flag=True, help=_("Leave out the words and the memos."))
def export_codings(
    study: Path, output: Path | None, coder: str | None, resolved: bool, round_name: str, no_text: bool
) -> None:
    """Export codings."""
    from koding.model.coding import RESOLVED
    from koding.session.exchange import exported
    from koding.session.opening import require_coder
    from koding.session.rounds import find_round
    from koding.session.study_file import open_study
    from koding.writers.codings_csv import codings_csv

    with open_study(study) as project:
        coder = RESOLVED if resolved else coder
        if coder not in {None, RESOLVED}:
            require_coder(project, str(coder))
        in_round = find_round(project, round_name) if round_name else None
        facets = [facet.key for facet in project.codebook().facets]
        rows = ((row.source, row.coding, row.text) for row in exported(project, coder, in_round))
        content = codings_csv(rows, facets, words=not no_text)
    put_file(content, output)
