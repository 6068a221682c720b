"""The command that shows what koding does, on constructed material."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click

from koding.cli.output import at_terminal, progress, say
from koding.errors import KodingError
from koding.i18n import _

#: The exports the headless run writes, by format.
_EXPORTS = {"csv": "temamatrise.csv", "xlsx": "temamatrise.xlsx", "html": "temamatrise.html", "md": "temamatrise.md",
            "json": "temamatrise.json"}  # fmt: skip


@click.command(
    help=_(
        "Make the demo study and open it. With --no-tui, or where there is no terminal, run the whole job: import, "
        "codings, suggestions, matrix, exports."
    )
)
@click.argument("folder", metavar="[DIR]", default="koding-demo", type=click.Path(path_type=Path, file_okay=False))
@click.option("--no-tui", is_flag=True, help=_("Do not open the coding screen; run the whole job and print it."))
def demo(folder: Path, no_tui: bool) -> None:
    """Make the demo study; open it or run the whole job."""
    from koding.session.demonstration import STUDY_FILE, VISITOR, make_demo

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise KodingError(
            _("The folder {folder} cannot be made: {reason}.").format(folder=folder, reason=error.strerror)
        ) from error
    path = folder / STUDY_FILE
    if path.exists():
        say(_("The demo study is there already: {file}").format(file=path))
    else:
        made = make_demo(path, say)
        say(_("Made {file}: {sources} sources, {codings} codings.").format(
            file=path, sources=made.sources, codings=made.codings))  # fmt: skip
    if not no_tui and at_terminal():
        from koding.cli.code import open_screen

        open_screen(path, VISITOR, others=True)
        return
    _run_headless(path, folder)


def _run_headless(path: Path, folder: Path) -> None:
    from koding.cli.matrix import print_matrix, rendered
    from koding.session.exchange import exported
    from koding.session.reporting import matrix_report
    from koding.session.study_file import open_study
    from koding.writers.codings_csv import codings_csv
    from koding.writers.files import write_whole
    from koding.writers.matrix import MatrixTable

    with open_study(path) as project:
        tell_suggestions(path)
        families = matrix_report(project, ["gruppe"], families_only=True)
        print_matrix(MatrixTable(families.study, families.matrix, families.note))
        report = matrix_report(project, ["gruppe"])
        table = MatrixTable(report.study, report.matrix, report.note)
        for form, name in _EXPORTS.items():
            content = rendered(table, form, "norwegian")
            write_whole(folder / name, content if isinstance(content, bytes) else content.encode("utf-8"))
        facets = [facet.key for facet in project.codebook().facets]
        rows = ((row.source, row.coding, row.text) for row in exported(project))
        write_whole(folder / "kodinger.csv", codings_csv(rows, facets).encode("utf-8"))
    say(_("Wrote:"))
    for name in (*_EXPORTS.values(), "kodinger.csv"):
        say(f"    {folder / name}")
    say(_("Code in it with: koding code {study} --coder NAME").format(study=path))


def tell_suggestions(path: Path) -> None:
    """Say how many codes the suggester proposes, or in one line why it cannot."""
    from koding.session.opening import source_summaries
    from koding.session.study_file import open_study
    from koding.session.suggesting import suggestions

    counts: Counter[str] = Counter()
    with open_study(path) as project:
        order = {source.name: number for number, source in enumerate(source_summaries(project), start=1)}
        try:
            with progress(_("Suggesting"), len(order)) as told:
                for name, suggestion in suggestions(project):
                    counts[suggestion.code.split(".")[0]] += 1
                    told(order[name])
        except KodingError as fault:
            # A process that ended, lines that are no messages, a blind round: the demo goes on without.
            say(_("No suggestions: {reason}").format(reason=fault))
            return
    most = ", ".join(f"{family} {count}" for family, count in counts.most_common(5))
    say(
        _("The suggester proposes {count} codes (a suggestion counts nowhere until accepted): {most} …").format(
            count=counts.total(), most=most
        )
    )
