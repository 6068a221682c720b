"""The command that compares coders."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from koding.cli.output import STUDY, put_file, put_table, say
from koding.i18n import _, ngettext

if TYPE_CHECKING:
    from koding.session.agreeing import AgreementReport


@click.command(help=_("Compare coders: percent, kappas, AC1 and alpha per code and over all codes."))
@STUDY
@click.option("--coders", default="", help=_("The coders, with commas between; all who have codings without it."))
@click.option(
    "--unit",
    type=click.Choice(["turn", "sentence", "character"]),
    default="turn",
    show_default=True,
    help=_("What is compared."),
)
@click.option(
    "--uncoded",
    type=click.Choice(["in", "out"]),
    default="in",
    show_default=True,
    help=_("Whether units that nobody coded stand among the ratings."),
)
@click.option("--level", type=click.Choice(["family", "code"]), default="code", show_default=True)
@click.option(
    "--format", "form", type=click.Choice(["table", "json", "xlsx", "html"]), default="table", show_default=True
)
@click.option("-o", "--output", type=click.Path(path_type=Path), help=_("The file; standard output without it."))
def agree(study: Path, coders: str, unit: str, uncoded: str, level: str, form: str, output: Path | None) -> None:
    """Compare coders."""
    from koding.model.agreement.units import Uncoded, Unit
    from koding.session.agreeing import agreement_report
    from koding.session.study_file import open_study
    from koding.writers import agreement as writer

    names = [name.strip() for name in coders.split(",") if name.strip()]
    with open_study(study) as project:
        report = agreement_report(
            project, coders=names, unit=Unit(unit), uncoded=Uncoded(uncoded), families=level == "family"
        )
    table = writer.AgreementTable(
        report.study,
        report.coders,
        unit,
        uncoded,
        report.sources,
        report.codes,
        report.overall,
        report.unitizing,
        reading(report),
    )
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


#: Krippendorff (2004, p. 241): rely on alpha from .800, draw tentative conclusions from .667.
_RELIABLE, _TENTATIVE = 0.8, 0.667


def reading(report: AgreementReport) -> str:
    """Say plainly what was compared and what the numbers allow."""
    value = report.overall.value
    lines = [
        ngettext(
            "Compared on {count} source that two or more of the coders have gone through.",
            "Compared on {count} sources that two or more of the coders have gone through.",
            len(report.sources),
        ).format(count=len(report.sources)),
        _("Only informants' speech is compared; interviewers' turns are no units."),
        _("Units that nobody coded are left out.")
        if report.uncoded.value == "out"
        else _("Units that nobody coded are in, as agreement that no code applies."),
        _("n is the number of units compared; the coders' columns say how many each gave the code."),
        _("Intervals resample interviews (seed {seed}); codes with few units have wide ones.").format(seed=report.seed),
    ]
    if value is None:
        lines.append(_("Over all codes alpha is not defined."))
    elif value >= _RELIABLE:
        lines.append(_("Over all codes alpha is {value:.3f}: the codings can be relied on.").format(value=value))
    elif value >= _TENTATIVE:
        lines.append(_("Over all codes alpha is {value:.3f}: enough for tentative conclusions.").format(value=value))
    else:
        lines.append(
            _(
                "Over all codes alpha is {value:.3f}, below 0.667: talk through the disagreements and sharpen the "
                "definitions before conclusions rest on these codes."
            ).format(value=value)
        )
    return " ".join(lines)
