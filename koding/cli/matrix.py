"""The command that counts: the theme matrix."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from koding.cli.output import STUDY, put_file, put_table, say
from koding.errors import UsageFault
from koding.i18n import _

if TYPE_CHECKING:
    from koding.writers.matrix import MatrixTable

FORMATS = ("table", "csv", "xlsx", "html", "md", "json")
MEASURES = ("informants", "segments", "words", "rate")


def facet_values(given: Sequence[str]) -> dict[str, frozenset[str]]:
    """Read `--facet status=avvist,planlagt` options. Raises UsageFault."""
    found: dict[str, frozenset[str]] = {}
    for option in given:
        key, equals, values = option.partition("=")
        wanted = frozenset(value.strip() for value in values.split(",") if value.strip())
        if not equals or not wanted:
            raise UsageFault(
                _("--facet {option} is not of the form FACET=VALUE.").format(option=option),
                _("For example: --facet status=planlagt"),
            )
        found[key.strip()] = found.get(key.strip(), frozenset()) | wanted
    return found


def rendered(table: MatrixTable, form: str, dialect: str) -> str | bytes:
    """Give the matrix in one of the file forms."""
    from koding.writers import matrix as writer

    if form == "csv":
        return writer.matrix_csv(table, writer.Dialect(dialect))
    if form == "xlsx":
        from koding.writers.matrix_xlsx import matrix_xlsx

        return matrix_xlsx(table)
    if form == "html":
        return writer.matrix_html(table)
    if form == "md":
        return writer.matrix_markdown(table)
    return writer.matrix_json(table)


def print_matrix(table: MatrixTable) -> None:
    """Print the matrix on standard output and its note on standard error."""
    from koding.writers.matrix import matrix_lines

    put_table(matrix_lines(table), title=table.heading(), numbers=True)
    say(table.note)


@click.command(help=_("Count themes by informant group, with N per group."))
@STUDY
@click.option("--by", help=_("Variables (or facets) that make the columns, with commas between; must be given."))
@click.option(
    "--measure", type=click.Choice(MEASURES), default="informants", show_default=True, help=_("What a cell counts.")
)
@click.option("--coder", help=_("Only this coder's codings; “resolved” gives what was agreed on or decided."))
@click.option("--resolved", is_flag=True, help=_("The same as --coder resolved."))
@click.option("--round", "round_name", default="", help=_("Only codings of this round."))
@click.option("--facet", multiple=True, help=_("Only codings with FACET=VALUE[,VALUE]; may be given again."))
@click.option("--level", type=click.Choice(["family", "code"]), default="code", show_default=True)
@click.option("--min-cell", type=click.IntRange(0), default=0, help=_("Hide cells with fewer informants than this."))
@click.option("--format", "form", type=click.Choice(FORMATS), help=_("Default: by the ending of -o, else table."))
@click.option(
    "--dialect",
    type=click.Choice(["norwegian", "plain"]),
    default="plain",
    show_default=True,
    help=_("CSV for Norwegian Excel (BOM, semicolon, decimal comma) or for R, Stata, SPSS and pandas."),
)
@click.option("-o", "--output", type=click.Path(path_type=Path), help=_("The file; standard output without it."))
def matrix(
    study: Path,
    by: str | None,
    measure: str,
    coder: str | None,
    resolved: bool,
    round_name: str,
    facet: tuple[str, ...],
    level: str,
    min_cell: int,
    form: str | None,
    dialect: str,
    output: Path | None,
) -> None:
    """Count themes by informant group."""
    from koding.model.coding import RESOLVED
    from koding.model.matrix import Measure
    from koding.session.reporting import matrix_report, what_there_is
    from koding.session.rounds import find_round
    from koding.session.study_file import open_study
    from koding.writers.matrix import MatrixTable

    names = [name.strip() for name in (by or "").split(",") if name.strip()]
    chosen = form or (output.suffix.lstrip(".").lower() if output else "table")
    if chosen not in FORMATS:
        raise UsageFault(
            _("{file} does not tell the format.").format(file=output),
            _("Give it with --format {formats}.").format(formats="|".join(FORMATS)),
        )
    with open_study(study) as project:
        if not names:
            raise UsageFault(_("--by must name what makes the columns."), what_there_is(project))
        report = matrix_report(
            project,
            names,
            measure=Measure(measure),
            coder=RESOLVED if resolved else coder,
            in_round=find_round(project, round_name) if round_name else None,
            facets=facet_values(facet),
            families_only=level == "family",
            minimum=min_cell,
        )
    table = MatrixTable(report.study, report.matrix, report.note)
    if chosen == "table" and output is None:
        print_matrix(table)
    elif chosen == "table":
        put_file(_plain(table), output)
    else:
        put_file(rendered(table, chosen, dialect), output)


def _plain(table: MatrixTable) -> str:
    from koding.writers.matrix import matrix_lines

    lines = matrix_lines(table)
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    rows = [
        "  ".join(
            [line[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(line[1:], widths[1:], strict=True))]
        )
        for line in lines
    ]
    return "\n".join([table.heading(), *rows, "", table.note]) + "\n"
