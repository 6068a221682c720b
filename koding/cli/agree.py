"""The command that compares coders."""

from __future__ import annotations

from pathlib import Path

import click

from koding.cli.output import STUDY, put_file, put_table, say
from koding.i18n import _


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
    from koding.writers import agreement as writer

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
    table = agreement_table(report)
    if form == "json":
        put_file(writer.agreement_json(table), output)
    elif form == "html":
        put_file(writer.agreement_html(table), output)
    elif form == "xlsx":
        put_file(writer.agreement_xlsx(table), output)
    elif output is not None:
        lines = writer.agreement_lines(table)
        put_file("\n".join("\t".join(line) for line in lines) + f"\n\n{table.note}\n", output)
    else:
        put_table(writer.agreement_lines(table), title=table.heading(), numbers=True)
        say(table.note)
