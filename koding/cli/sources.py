"""Commands about sources: import, sources, turns."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from koding.cli.output import STUDY, person, progress, put_json_line, put_table, say, tell_details
from koding.errors import EXIT_FAILURE, UsageFault
from koding.i18n import _, ngettext
from koding.model.transcript import clock

if TYPE_CHECKING:
    from koding.session.import_report import Arrival, ImportReport
    from koding.session.opening import SpokenTurn
    from koding.session.people import Told


@click.command(
    "import",
    help=_("Import transcripts (text, Word, PDF, subtitles, Whisper, surveys ...; a folder for all in it)."),
)
@STUDY
@click.argument("files", nargs=-1, type=click.Path(path_type=Path, exists=True))
@click.option(
    "--informants",
    type=click.Path(path_type=Path),
    help=_("A CSV file with the columns source, speaker, informant, role and any variables."),
)
@click.option(
    "--reanchor", is_flag=True, help=_("Take changed files in and carry the codings over where their text stands.")
)
@click.option("--skip-bad", is_flag=True, help=_("Import the good files although some are bad."))
@click.option("-v", "--verbose", is_flag=True, help=_("Tell every guessed speaker on a line of its own."))
def import_(  # noqa: D103 - click shows the help above
    study: Path,
    files: tuple[Path, ...],
    informants: Path | None,
    reanchor: bool,
    skip_bad: bool,
    verbose: bool,
) -> int:
    from koding.session.importing import Importer, expand, read_informants_file
    from koding.session.reanchoring import write_lost
    from koding.session.study_file import open_study

    if not files and informants is None:
        raise UsageFault(_("There is nothing to import."), _("Name transcripts, --informants CSV, or both."))
    table = read_informants_file(informants) if informants else None
    paths = expand(files)
    with open_study(study) as project, progress(_("Importing"), len(paths)) as told:
        report = Importer(project, person(), table).run(
            files,
            carry_over=reanchor,
            skip_bad=skip_bad,
            progress=told,
            writing=lambda: told.phase(_("Finding turns and writing")),
        )
        lost = write_lost(project.path, report.reanchored, [facet.key for facet in project.codebook().facets])
    if table and table.note:
        say(table.note)
    _tell(report, verbose=verbose)
    if report.told is not None and not files:
        _tell_people(report.told)
    if lost is not None:
        _tell_lost(lost, study)
    if report.faults and not skip_bad:
        say(_("Nothing was imported. Mend the files, or import the rest with --skip-bad."))
    return EXIT_FAILURE if report.faults and not skip_bad else 0


def _tell(report: ImportReport, *, verbose: bool) -> None:
    _tell_files(report)
    if verbose:
        for name, casting in report.guessed:
            if casting.label:
                line = _("{source}: «{label}» is guessed to be {role}")
                line = line.format(source=name, label=casting.label, role=casting.role.value)
                say(line + (f" ({casting.informant})" if casting.informant else ""))
    for moved in report.reanchored:
        say(
            ngettext(
                "{source}: {kept} coding carried over, {lost} not.",
                "{source}: {kept} codings carried over, {lost} not.",
                moved.kept,
            ).format(source=moved.source, kept=moved.kept, lost=len(moved.lost))
        )
        for lost in moved.lost:
            say(f"    {lost.coding.coder}: {lost.coding.code} {lost.words}")
    if report.unchanged:
        count = len(report.unchanged)
        say(ngettext("{count} source is unchanged.", "{count} sources are unchanged.", count).format(count=count))
    count = len(report.imported)
    if count:
        say(ngettext("Imported {count} source.", "Imported {count} sources.", count).format(count=count))


def _tell_files(report: ImportReport) -> None:
    """Say of every file in one line what came in, what was left out and what was guessed."""
    guesses: dict[str, list[str]] = {}
    for name, casting in report.guessed:
        if casting.label:
            guesses.setdefault(name, []).append(f"«{casting.label}» {casting.role.value}")
    remarks: dict[str, list[str]] = {}
    others: dict[str, list[str]] = {}
    for name, line in report.notes:
        if name in report.arrivals:
            remarks.setdefault(name, []).append(line)
        else:
            others.setdefault(name, []).append(line)
    for name, lines in others.items():
        say(f"{name}: {' '.join(lines)}")
    for fault in report.faults:
        say(_("{file} was left out: {reason}").format(file=fault.path, reason=fault.error))
        tell_details(fault.error)
    for name, arrival in report.arrivals.items():
        came = _came_in(arrival)
        say(" ".join([f"{name} ({arrival.format}): {came}", *remarks.get(name, ()), *_guessed(guesses.pop(name, ()))]))
    for name, labels in guesses.items():
        say(" ".join([f"{name}:", *_guessed(labels)]))


def _came_in(arrival: Arrival) -> str:
    turns = ngettext("{count} turn", "{count} turns", arrival.turns).format(count=arrival.turns)
    words = ngettext("{count} word", "{count} words", arrival.words).format(count=arrival.words)
    return f"{turns}, {words}."


def _guessed(labels: Sequence[str]) -> list[str]:
    return [_("Guessed: {guesses}.").format(guesses=", ".join(labels))] if labels else []


def _tell_people(told: Told) -> None:
    parts = [
        ngettext("{count} informant", "{count} informants", told.informants).format(count=told.informants),
        ngettext("{count} variable", "{count} variables", told.variables).format(count=told.variables),
        ngettext("{count} speaker", "{count} speakers", told.speakers).format(count=told.speakers),
    ]
    where = ngettext("in {count} source", "in {count} sources", told.sources).format(count=told.sources)
    line = _("Read {people} {where}.").format(people=", ".join(parts), where=where)
    say(line if told.changes else f"{line} {_('The study knew it all already.')}")


def _tell_lost(table: Path, study: Path) -> None:
    say(_("The codings that were not carried over are in {file}, each where its words were.").format(file=table))
    say(_("Look through it, then: koding codings import {study} {file}").format(study=study, file=table))
    say(_("Or take the whole import back: koding undo {study}").format(study=study))


@click.command(help=_("List the sources with their size, informants and codings."))
@STUDY
@click.option("--format", "form", type=click.Choice(["table", "jsonl"]), default="table", show_default=True)
def sources(study: Path, form: str) -> None:
    """List the sources."""
    from koding.session.opening import source_summaries
    from koding.session.study_file import open_study

    with open_study(study) as project:
        found = source_summaries(project)
    if form == "jsonl":
        for source in found:
            put_json_line(
                {
                    "source": source.name,
                    "words": source.words,
                    "turns": source.turns,
                    "informants": list(source.informants),
                    "guessed": list(source.guessed),
                    "codings": source.codings,
                }
            )
        return
    if not found:
        say(_("The study has no sources yet. Add some with: koding import {study} FILE...").format(study=study))
        return
    lines = [[_("Source"), _("Words"), _("Turns"), _("Codings"), _("Informants")]]
    for source in found:
        people = ", ".join(source.informants)
        if source.guessed:
            guesses = _("guessed: {labels}").format(labels=", ".join(source.guessed))
            people = f"{people} ({guesses})"
        lines.append([source.name, str(source.words), str(source.turns), str(source.codings), people])
    put_table(lines)


@click.command(
    help=_("Show a source's turns: who speaks from where to where, with times and pages where they are known.")
)
@STUDY
@click.argument("source")
@click.option("--format", "form", type=click.Choice(["table", "jsonl"]), default="table", show_default=True)
def turns(study: Path, source: str, form: str) -> None:
    """Show the turns of a source."""
    from koding.session.opening import spoken_turns
    from koding.session.study_file import open_study

    with open_study(study) as project:
        spoken = list(spoken_turns(project, source))
    if form == "jsonl":
        for turn in spoken:
            informant = turn.speaker.informant
            put_json_line(
                {
                    "start": turn.turn.start,
                    "end": turn.turn.end,
                    "speaker": turn.turn.speaker,
                    "informant": informant.name if informant else None,
                    "role": turn.speaker.role.value,
                    "variables": dict(informant.variables) if informant else {},
                    "time": turn.turn.time,
                    "page": turn.page,
                    "text": turn.text,
                }
            )
        return
    _put_turns(spoken)


def _put_turns(spoken: Sequence[SpokenTurn]) -> None:
    """Put turns as a table, with columns for times and pages where the source has them."""
    timed = any(turn.turn.time is not None for turn in spoken)
    paged = any(turn.page is not None for turn in spoken)
    known = [*([_("Time")] if timed else []), *([_("Page")] if paged else [])]
    lines = [[_("Start"), _("End"), *known, _("Speaker"), _("Informant"), _("Role"), _("Text")]]
    for one in spoken:
        turn, speaker = one.turn, one.speaker
        time = "" if turn.time is None else clock(turn.time)
        place = [*([time] if timed else []), *([str(one.page or "")] if paged else [])]
        name = speaker.informant.name if speaker.informant else ""
        text = " ".join(one.text.split())
        lines.append([str(turn.start), str(turn.end), *place, turn.speaker, name, speaker.role.value, text])
    put_table(lines)
