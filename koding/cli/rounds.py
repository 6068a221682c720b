"""Commands about coding rounds."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from koding.cli.output import STUDY, person, put, put_json_line, put_table, say
from koding.i18n import _, ngettext

if TYPE_CHECKING:
    from koding.model.rounds import Round


@click.group("round", help=_("Coding rounds: what is coded, by whom, open or blind."))
def round_() -> None:
    """Hold the commands about rounds together."""


def names_in(text: str) -> list[str]:
    """Read names with commas between."""
    return [name.strip() for name in text.split(",") if name.strip()]


@round_.command("new", help=_("Make a round of sources, of a sample of them, or of a sample of informants' turns."))
@STUDY
@click.argument("name")
@click.option("--sources", default="", help=_("The sources, with commas between; all without it."))
@click.option("--sample", type=click.IntRange(1), help=_("Draw so many of the sources."))
@click.option("--sample-turns", type=click.IntRange(1), help=_("Draw so many of the informants' turns in the sources."))
@click.option(
    "--seed", type=click.IntRange(0), help=_("What the sample is drawn by; one is picked and kept without it.")
)
@click.option(
    "--units",
    type=click.Choice(["turn", "sentence"]),
    default="turn",
    show_default=True,
    help=_("What agreement of the round is counted on."),
)
@click.option(
    "--mode",
    type=click.Choice(["blind", "open", "after"]),
    default="blind",
    show_default=True,
    help=_(
        "Blind: its coders see neither each other's codings nor suggestions until it is closed. "
        "After: a turn's suggestions only once they have coded or passed it."
    ),
)
@click.option("--coders", default="", help=_("Who codes in it, with commas between; everybody without it."))
def new(
    study: Path,
    name: str,
    sources: str,
    sample: int | None,
    sample_turns: int | None,
    seed: int | None,
    units: str,
    mode: str,
    coders: str,
) -> None:
    """Make a round."""
    from koding.model.agreement.units import Unit
    from koding.model.rounds import RoundMode
    from koding.session.rounds import new_round, size_text
    from koding.session.study_file import open_study

    with open_study(study) as project:
        made = new_round(
            project,
            name,
            sources=names_in(sources),
            sample=sample or 0,
            turns=sample_turns or 0,
            seed=seed,
            unit=Unit(units),
            mode=RoundMode(mode),
            coders=names_in(coders),
            by=person(),
        )
    say(_("Made the round {name}: {size}.").format(name=made.name, size=size_text(made)))
    if made.seed is not None:
        say(_("Drawn with seed {seed}.").format(seed=made.seed))
    say(_("Code in it with: koding code {study} --coder NAME").format(study=study))


@round_.command("list", help=_("List the rounds of a study."))
@STUDY
@click.option("--format", "form", type=click.Choice(["table", "jsonl"]), default="table", show_default=True)
def list_rounds(study: Path, form: str) -> None:
    """List the rounds."""
    from koding.session.rounds import mode_label, rounds, size_text
    from koding.session.study_file import open_study

    lines = [[_("Round"), _("Mode"), _("State"), _("What"), _("Units"), _("Seed"), _("Coders")]]
    with open_study(study) as project:
        for one in rounds(project):
            if form == "jsonl":
                put_json_line(_told(one))
                continue
            lines.append(
                [
                    one.name,
                    mode_label(one),
                    _("closed") if one.closed else _("running"),
                    size_text(one),
                    _unit(one),
                    "" if one.seed is None else str(one.seed),
                    ", ".join(one.coders) or _("everybody"),
                ]
            )
    if form == "table":
        put_table(lines)


def _unit(one: Round) -> str:
    return _("sentence") if one.unit.value == "sentence" else _("turn")


def _told(one: Round) -> dict[str, object]:
    return {
        "guid": one.guid,
        "round": one.name,
        "mode": one.mode.value,
        "closed": one.closed,
        "units": one.unit.value,
        "seed": one.seed,
        "sample": one.plan.sample,
        "sample_turns": one.plan.turns,
        "coders": list(one.coders),
        "sources": len(one.parts),
    }


@round_.command(help=_("Show a round: its sources or turns, its coders, and how much each has coded in it."))
@STUDY
@click.argument("name")
@click.option("--format", "form", type=click.Choice(["table", "jsonl"]), default="table", show_default=True)
def show(study: Path, name: str, form: str) -> None:
    """Show a round."""
    from koding.session.rounds import find_round, mode_label, round_contents, size_text
    from koding.session.study_file import open_study

    with open_study(study) as project:
        one = find_round(project, name)
        contents = round_contents(project, one)
    if form == "jsonl":
        put_json_line(_told(one) | {"codings": contents.codings})
        for source, part in contents.parts:
            put_json_line({"source": source, "turns": None if part is None else [list(span) for span in part]})
        return
    lines = [[_("Source"), _("What")]]
    for source, part in contents.parts:
        what = _("all of it")
        if part is not None:
            what = ngettext("{count} turn", "{count} turns", len(part)).format(count=len(part))
        lines.append([source, what])
    state = _("closed") if one.closed else _("running")
    put(f"{one.name}: {mode_label(one)}, {state}, {size_text(one)}\n")
    put_table(lines)
    if one.seed is not None:
        say(_("Drawn with seed {seed}.").format(seed=one.seed))
    for coder, count in contents.codings.items():
        say(ngettext("{coder}: {count} coding", "{coder}: {count} codings", count).format(coder=coder, count=count))
    if not contents.codings:
        say(_("Nobody has coded in it yet."))


@round_.command("close", help=_("Close a round: everybody has gone through it, and the coders may look again."))
@STUDY
@click.argument("name")
def close(study: Path, name: str) -> None:
    """Close a round."""
    from koding.session.rounds import close_round
    from koding.session.study_file import open_study

    with open_study(study) as project:
        one = close_round(project, name, by=person())
    say(_("Closed the round {name}.").format(name=one.name))


@round_.command("open", help=_("Open a closed round again."))
@STUDY
@click.argument("name")
def open_again(study: Path, name: str) -> None:
    """Open a closed round again."""
    from koding.session.rounds import close_round
    from koding.session.study_file import open_study

    with open_study(study) as project:
        one = close_round(project, name, by=person(), again=True)
    say(_("The round {name} is running again.").format(name=one.name))
