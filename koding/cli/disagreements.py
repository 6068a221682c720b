"""Commands about where coders differ, and what is decided about it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from koding.cli.output import STUDY, at_terminal, put, put_file, put_json_line, put_table, say
from koding.errors import UsageFault
from koding.i18n import N_, _, ngettext

if TYPE_CHECKING:
    from koding.model.resolution import Resolution
    from koding.session.differing import Difference

#: What each kind is called.
KINDS = {
    "only": N_("only some coded"),
    "code": N_("different codes"),
    "span": N_("different spans"),
    "facet": N_("different facets"),
}
#: Code points of a passage that the table shows.
_SHOWN = 60


def verdict_label(resolution: Resolution | None) -> str:
    """Say what was decided, "" for nothing."""
    if resolution is None:
        return ""
    names = {"both": _("both"), "neither": _("neither"), "other": _("another code")}
    return names.get(resolution.verdict, resolution.verdict)


@click.command(help=_("List where coders differ: only some coded, different codes, different spans, different facets."))
@STUDY
@click.option("--coders", default="", help=_("The coders, with commas between; all who have codings without it."))
@click.option("--round", "round_name", default="", help=_("Only this round's codings, on what belongs to it."))
@click.option("--kind", type=click.Choice(["only", "code", "span", "facet"]), help=_("Only this kind."))
@click.option("--open", "only_open", is_flag=True, help=_("Only those that nobody has decided."))
@click.option("--format", "form", type=click.Choice(["table", "csv", "jsonl"]), default="table", show_default=True)
@click.option("-o", "--output", type=click.Path(path_type=Path), help=_("The file; standard output without it."))
def disagreements(
    study: Path, coders: str, round_name: str, kind: str | None, only_open: bool, form: str, output: Path | None
) -> None:
    """List where coders differ."""
    from koding.cli.rounds import names_in
    from koding.session.differing import differences, with_transcripts
    from koding.session.rounds import find_round
    from koding.session.study_file import open_study
    from koding.writers.disagreements import disagreement_rows, disagreements_csv

    with open_study(study) as project:
        in_round = find_round(project, round_name) if round_name else None
        found = [
            one
            for one in differences(project, names_in(coders), in_round)
            if kind in {None, one.disagreement.kind.value} and not (only_open and one.resolution)
        ]
        items = with_transcripts(project, found)
    if form == "csv":
        put_file(disagreements_csv(items), output)
    elif form == "jsonl" and output is None:
        for row in disagreement_rows(items):
            put_json_line(row)
    elif form == "jsonl":
        import json

        lines = [json.dumps(row, ensure_ascii=False) + "\n" for row in disagreement_rows(items)]
        put_file("".join(lines), output)
    elif output is None:
        put_table([_HEAD(), *map(_line, found)])
    else:
        put_file("".join("\t".join(line) + "\n" for line in [_HEAD(), *map(_line, found)]), output)
    settled = sum(1 for one in found if one.resolution)
    say(
        ngettext("{count} disagreement, {settled} decided.", "{count} disagreements, {settled} decided.", len(found))
        .format(count=len(found), settled=settled)
    )  # fmt: skip


def _HEAD() -> list[str]:  # noqa: N802 - a constant that is translated when it is read
    return [_("Id"), _("Source"), _("Place"), _("Kind"), _("Codings"), _("Words"), _("Decided")]


def _line(one: Difference) -> list[str]:
    disagreement = one.disagreement
    given = [
        f"{coder}: {', '.join(coding.code for coding in disagreement.of(coder)) or '–'}"
        for coder in disagreement.coders
    ]
    words = " ".join(one.text.split())
    words = words if len(words) <= _SHOWN else f"{words[:_SHOWN]}…"
    decided = verdict_label(one.resolution)
    if one.stale is not None:
        decided = _("changed since: {verdict}").format(verdict=verdict_label(one.stale))
    place = f"{disagreement.start}-{disagreement.end}"
    return [disagreement.id, one.source, place, _(KINDS[disagreement.kind.value]), " · ".join(given), words, decided]


@click.command(
    help=_(
        "Decide where coders differ, on a screen of its own; with an ID and --take or --code one at a time. "
        "ID is the first column of koding disagreements."
    )
)
@STUDY
@click.argument("disagreement", metavar="[ID]", required=False)
@click.option("--coder", required=True, help=_("Who decides."))
@click.option("--coders", default="", help=_("The coders compared, with commas between; all who have codings."))
@click.option("--round", "round_name", default="", help=_("Only this round's codings, on what belongs to it."))
@click.option("--take", help=_("A coder's name, “both” or “neither”."))
@click.option("--code", help=_("Another code for the passage, by its key."))
@click.option("--reopen", is_flag=True, help=_("Take back what was decided."))
@click.option("--why", default="", help=_("Why; it is kept with the decision."))
@click.option("--certainty", type=click.Choice(["sure", "unsure"]), help=_("How sure you are."))
@click.option("--keyword", multiple=True, help=_("A keyword of the disagreement; may be given again."))
def resolve(
    study: Path,
    disagreement: str | None,
    coder: str,
    coders: str,
    round_name: str,
    take: str | None,
    code: str | None,
    reopen: bool,
    why: str,
    certainty: str | None,
    keyword: tuple[str, ...],
) -> None:
    """Decide where coders differ."""
    from koding.cli.rounds import names_in
    from koding.model.resolution import OTHER, Certainty, Decision
    from koding.session.resolving import Resolver
    from koding.session.study_file import study_path

    if disagreement is not None and [bool(take), bool(code), reopen].count(True) != 1:
        raise UsageFault(
            _("Say what is decided: --take NAME|both|neither, --code KEY, or --reopen."),
            _("Without an ID the screen opens."),
        )
    if disagreement is None and (take or code or reopen):
        raise UsageFault(
            _("Which disagreement is decided?"),
            _("Give its ID, from: koding disagreements {study}").format(study=study),
        )
    path = study_path(study)
    resolver = Resolver.open(path, coder, names_in(coders), round_name)
    try:
        if disagreement is None:
            if not resolver.differences:
                say(_("The coders do not differ anywhere."))
                return
            if not at_terminal():
                raise UsageFault(_("koding resolve without an ID needs a terminal."), _("Give an ID and --take."))
            from koding.tui import run_resolving

            run_resolving(resolver)
            return
        difference = resolver.find(disagreement)
        if reopen:
            resolver.reopen(difference)
        else:
            kept = Certainty(certainty) if certainty else None
            resolver.decide(difference, Decision(take or OTHER, code or "", why, kept, keyword))
        total = len(resolver.differences)
        put(_("{settled} of {total} decided").format(settled=resolver.settled, total=total) + "\n")
    finally:
        resolver.close()
