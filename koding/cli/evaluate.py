"""The command that tells how good suggestions are on a study."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from koding.cli.output import STUDY, progress, put_file, put_table, say
from koding.i18n import N_, _

if TYPE_CHECKING:
    from koding.model.evaluation import Score
    from koding.session.evaluating import Evaluation

_PERCENT = 100
_NAMES = {
    "keywords": N_("Keyword search"),
    "rules": N_("Rules"),
    "learned": N_("Learned"),
    "together": N_("Together"),
}


@click.command(
    help=_(
        "Tell how good suggestions are, by a coder's own codings: each source is suggested on by what the others teach."
    )
)
@STUDY
@click.option("--gold", help=_("The coder whose codings are right (the one with the most)."))
@click.option("--by", default="source", show_default=True, help=_("What is held out: a whole source at a time."))
@click.option(
    "--unit",
    type=click.Choice(["sentence", "turn"]),
    default="sentence",
    show_default=True,
    help=_("What is a unit: a sentence or a turn."),
)
@click.option("--json", "output", type=click.Path(path_type=Path), help=_("Write everything to this file as well."))
def evaluate(study: Path, gold: str | None, by: str, unit: str, output: Path | None) -> None:
    """Evaluate the suggester on a study."""
    from koding.session.evaluating import evaluate as run
    from koding.session.evaluating import to_json
    from koding.session.study_file import open_study

    with open_study(study) as project, progress(_("Evaluating"), _PERCENT) as show:
        found = run(project, gold=gold, by=by, unit=unit, on_progress=lambda done, of: show(done * _PERCENT // of))
    put_table(_by_code(found), title=_("Suggestions against {coder}, by code").format(coder=found.gold), numbers=True)
    put_table(_overall(found), title=_("All codes together"), numbers=True)
    say(_note(found))
    if output is not None:
        put_file(json.dumps(to_json(found), ensure_ascii=False, indent=1) + "\n", output)


def _by_code(found: Evaluation) -> list[list[str]]:
    from koding.model.evaluation import FEW

    head = [_("Code"), "n", *(f"F1 {_(_NAMES[name])}" for name in ("keywords", "rules", "learned", "together"))]
    lines = [[*head, _("Precision (95 %)"), _("Recall (95 %)")]]
    for key, systems in found.by_code.items():
        together = systems["together"]
        if not any(score.gold or score.suggested for score in systems.values()):
            continue
        line = [key, str(together.gold)]
        if together.gold < FEW:
            lines.append([*line, _("too few"), "", "", "", "", ""])
        else:
            lines.append([*line, *(_share(score.f1) for score in systems.values()), *_precision_and_recall(together)])
    return lines


def _overall(found: Evaluation) -> list[list[str]]:
    lines = [["", _("Hits"), _("False"), _("Missed"), _("Precision (95 %)"), _("Recall (95 %)"), "F1"]]
    lines += [_line(_(name), found.micro(system)) for system, name in _NAMES.items()]
    for each in found.ceilings:
        where = _("{coder} (a coder; {sources} sources)").format(coder=each.coder, sources=each.sources)
        lines.append(_line(where, each.score))
        lines.append(_line(_("Together, on the same sources"), each.systems["together"]))
    return lines


def _line(name: str, score: Score) -> list[str]:
    counts = [str(score.hits), str(score.false), str(score.missed)]
    return [name, *counts, *_precision_and_recall(score), _share(score.f1)]


def _precision_and_recall(score: Score) -> list[str]:
    from koding.model.evaluation import wilson

    cells = []
    for share, interval in (
        (score.precision, wilson(score.hits, score.suggested)),
        (score.recall, wilson(score.hits, score.gold)),
    ):
        reach = "" if interval is None else f" ({interval[0]:.2f}–{interval[1]:.2f})"
        cells.append(_share(share) + reach)
    return cells


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


def _note(found: Evaluation) -> str:
    unit = _("sentences") if found.unit == "sentence" else _("turns")
    lines = [
        _("{units} {unit} in {sources} sources; each source was suggested on by what the others teach.").format(
            units=found.units, unit=unit, sources=found.sources
        ),
        _("Intervals treat them as independent, which passages of one interview are not: they are too narrow."),
    ]
    if not found.ceilings:
        lines.append(_("No other coder has coded the same sources: there is no agreement to compare with."))
    return " ".join(lines)
