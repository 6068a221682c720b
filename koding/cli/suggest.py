"""The command that suggests codes."""

from __future__ import annotations

from pathlib import Path

import click

from koding.cli.output import STUDY, put_json_line, put_table
from koding.i18n import _


@click.command(help=_("Suggest codes for what informants say, each with its reason. A suggestion counts nowhere."))
@STUDY
@click.option("--source", help=_("Only this source."))
@click.option("--format", "form", type=click.Choice(["table", "jsonl"]), default="table", show_default=True)
def suggest(study: Path, source: str | None, form: str) -> None:
    """Suggest codes."""
    from koding.session.opening import open_study
    from koding.session.suggesting import suggestions

    lines = [[_("Source"), _("Start"), _("End"), _("Code"), _("Facets"), _("Why")]]
    with open_study(study) as project:
        for name, found in suggestions(project, source):
            if form == "jsonl":
                put_json_line(
                    {
                        "source": name,
                        "start": found.start,
                        "end": found.end,
                        "code": found.code,
                        "facets": dict(found.facets),
                        "score": round(found.score, 4),
                        "origin": found.origin,
                        "why": found.why,
                        "evidence": [{"start": span.start, "end": span.end} for span in found.evidence],
                    }
                )
            else:
                facets = ", ".join(f"{key}={value}" for key, value in found.facets.items())
                lines.append([name, str(found.start), str(found.end), found.code, facets, found.why])
    if form == "table":
        put_table(lines)
