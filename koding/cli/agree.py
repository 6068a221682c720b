"""The command that compares coders."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from koding.cli.output import STUDY, put_file, put_table, say
from koding.i18n import _

if TYPE_CHECKING:
    from koding.writers.agreement import AgreementTable


@click.command(help=_("Compare coders: percent, kappas, AC1 and alpha per code and over all codes."))
@STUDY
@click.option("--coders", default="", help=_("The coders, with commas between; all who have codings without it."))
@click.option(
    "--unit",
    type=click.Choice(["turn", "sentence", "character"]),
    help=_("What is compared (default: the round's units, else the turn)."),
)
@click.option(
    "--uncoded",
    type=click.Choice(["in", "out"]),
    default="in",
    show_default=True,
    help=_("Whether units that nobody coded stand among the ratings."),
)
@click.option("--level", type=click.Choice(["family", "code"]), default="code", show_default=True)
@click.option("--round", "round_name", default="", help=_("Only this round's codings, on what belongs to it."))
@click.option("--seed", type=click.IntRange(0), help=_("What the intervals' samples are drawn by."))
@click.option(
    "--format", "form", type=click.Choice(["table", "json", "xlsx", "html"]), default="table", show_default=True
)
@click.option("-o", "--output", type=click.Path(path_type=Path), help=_("The file; standard output without it."))
def agree(
    study: Path,
    coders: str,
    unit: str | None,
    uncoded: str,
    level: str,
    round_name: str,
    seed: int | None,
    form: str,
    output: Path | None,
) -> None:
    """Compare coders."""
    from koding.model.agreement.resampling import Resampling
    from koding.model.agreement.units import Uncoded, Unit
    from koding.session.agreeing import agreement_report
    from koding.session.agreement_reading import agreement_table
    from koding.session.rounds import find_round
    from koding.session.study_file import open_study

    names = [name.strip() for name in coders.split(",") if name.strip()]
    with open_study(study) as project:
        in_round = find_round(project, round_name) if round_name else None
        chosen = Unit(unit) if unit else in_round.unit if in_round else Unit.TURN
        report = agreement_report(
            project,
            coders=names,
            unit=chosen,
            uncoded=Uncoded(uncoded),
            families=level == "family",
            plan=Resampling() if seed is None else Resampling(seed=seed),
            in_round=in_round,
        )
    put_agreement(agreement_table(report), form, output)


def put_agreement(table: AgreementTable, form: str, output: Path | None) -> None:
    """Put a comparison in one of the forms (table, json, html, xlsx); a table goes to a file with tabs between."""
    from koding.writers import agreement as writer

    if form == "table" and output is None:
        put_table(writer.agreement_lines(table), title=table.heading(), numbers=True)
        say(table.note)
        return
    put_file(_in_form(table, form), output)


def _in_form(table: AgreementTable, form: str) -> str | bytes:
    from koding.writers import agreement as writer

    if form == "json":
        return writer.agreement_json(table)
    if form == "html":
        return writer.agreement_html(table)
    if form == "xlsx":
        return writer.agreement_xlsx(table)
    lines = writer.agreement_lines(table)
    return "\n".join("\t".join(line) for line in lines) + f"\n\n{table.note}\n"
