"""Commands that change a study's codebook, tell its history and its differences, and decide after a split."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from koding.cli.output import STUDY, person, put, put_file, put_table, say
from koding.i18n import N_, _, ngettext

if TYPE_CHECKING:
    from koding.session.codebook_changes import CodebookChanges

_Command = TypeVar("_Command", bound=Callable[..., object])
_REASON = click.option("--reason", default="", help=_("Why, for the history."))
_CODER = click.option("--coder", default="", help=_("Who does it; KODING_CODER without it."))
_KINDS = {
    "added": N_("added"),
    "removed": N_("removed"),
    "renamed": N_("renamed"),
    "moved": N_("moved"),
    "merged": N_("merged into another"),
    "retired": N_("retired"),
    "restored": N_("restored"),
    "definition": N_("definition changed"),
    "changed": N_("changed"),
    "facet": N_("facet"),
}
_ACTIONS = {
    "add": N_("added"),
    "edit": N_("edited"),
    "rename": N_("renamed"),
    "move": N_("moved"),
    "merge": N_("merged into another"),
    "split": N_("split"),
    "retire": N_("retired"),
    "restore": N_("restored"),
    "version": N_("new version"),
}


@contextlib.contextmanager
def _changes(study: Path, coder: str, reason: str) -> Iterator[CodebookChanges]:
    from koding.session.codebook_changes import CodebookChanges
    from koding.session.study_file import open_study

    with open_study(study) as project:
        yield CodebookChanges(project, coder.strip() or person(), reason.strip())


def _texts(command: _Command) -> _Command:
    helps = {
        "gloss": _("The label in English."),
        "short": _("The definition in one line."),
        "definition": _("The full definition."),
        "use": _("When to use it."),
        "not-use": _("When not to use it."),
        "colour": _("The colour, as #c4475b."),
    }
    for name, text in reversed(helps.items()):
        command = click.option(f"--{name}", help=text)(command)
    return command


@click.command("add", help=_("Add a code to a study's codebook, below the code its key begins with."))
@STUDY
@click.argument("key")
@click.option("--label", default="", help=_("What people see; made from the key without it."))
@click.option("--folder", is_flag=True, help=_("It holds codes and is not put on text itself."))
@_texts
@_REASON
@_CODER
def add(study: Path, key: str, label: str, folder: bool, reason: str, coder: str, **texts: str | None) -> None:
    """Add a code."""
    from koding.session.codebook_changes import NewCode

    given = {name: text for name, text in texts.items() if text is not None}
    with _changes(study, coder, reason) as changes:
        code = changes.add(NewCode(key, label, given, codable=not folder))
    say(_("Added {key} ({label}).").format(key=code.key, label=code.label))


def _indicators(command: _Command) -> _Command:
    helps = {
        ("--nb", "nb"): _("An indicator in Bokmål to add; may be repeated."),
        ("--nn", "nn"): _("An indicator in Nynorsk to add; may be repeated."),
        ("--except", "excepted"): _("An exception to add: a phrase where the indicators do not count."),
        ("--drop", "dropped"): _("An indicator or exception to take out; may be repeated."),
    }
    for names, text in reversed(helps.items()):
        command = click.option(*names, multiple=True, metavar="PATTERN", help=text)(command)
    return command


@click.command("edit", help=_("Change what a study's codebook says of a code, and its indicators."))
@STUDY
@click.argument("key")
@_texts
@_indicators
@_REASON
@_CODER
def edit(
    study: Path,
    key: str,
    nb: tuple[str, ...],
    nn: tuple[str, ...],
    excepted: tuple[str, ...],
    dropped: tuple[str, ...],
    reason: str,
    coder: str,
    **texts: str | None,
) -> None:
    """Change a code's texts and indicators."""
    from koding.session.indicator_changes import IndicatorEdit

    given = {name: text for name, text in texts.items() if text is not None}
    with _changes(study, coder, reason) as changes:
        changes.edit(key, given, IndicatorEdit(nb, nn, excepted, dropped))
    say(_("Changed {key}.").format(key=key))


@click.command(
    "indicators", help=_("Take the indicators and word fields of a codebook file into a study; all else stays.")
)
@STUDY
@click.argument("file", type=click.Path(path_type=Path))
@_REASON
@_CODER
def take_indicators(study: Path, file: Path, reason: str, coder: str) -> None:
    """Take the indicators of a file."""
    from koding.session.codebook_files import read_any_codebook
    from koding.session.indicator_changes import difference, field_difference

    other = read_any_codebook(file).codebook
    with _changes(study, coder, reason) as changes:
        before = changes.codebook.by_key
        taken = changes.take_indicators(other, file.name)
    lines = [[_("Code or word field"), _("What changed")]]
    for key, indicators in taken.codes.items():
        lines.append([key, difference(before[key].indicators, indicators) or _("the order")])
    for field in taken.fields:
        if field.name in taken.changed_fields:
            had = taken.changed_fields[field.name]
            lines.append(
                [
                    f"@{field.name}",
                    _("new word field") if had is None else field_difference(had, field) or _("the order"),
                ]
            )
    put_table(lines)
    codes, fields = len(taken.codes), len(taken.changed_fields)
    counted = [
        (codes, ngettext("{count} code", "{count} codes", codes)),
        (fields, ngettext("{count} word field", "{count} word fields", fields)),
    ]
    say(_("Changed: {parts}.").format(parts=", ".join(text.format(count=count) for count, text in counted if count)))
    if taken.lacking:
        say(_("Left out, since the study has no such codes: {keys}.").format(keys=", ".join(taken.lacking)))


@click.command("rename", help=_("Give a code another label; its key and its codings stay."))
@STUDY
@click.argument("key")
@click.argument("label")
@_REASON
@_CODER
def rename(study: Path, key: str, label: str, reason: str, coder: str) -> None:
    """Rename a code."""
    with _changes(study, coder, reason) as changes:
        changes.rename(key, label)
    say(_("{key} is called {label} now.").format(key=key, label=label))


@click.command("move", help=_("Put a code, with all below it, below another; its key and its codings stay."))
@STUDY
@click.argument("key")
@click.argument("parent", required=False)
@click.option("--top", is_flag=True, help=_("Put it at the top, as a family of its own."))
@_REASON
@_CODER
def move(study: Path, key: str, parent: str | None, top: bool, reason: str, coder: str) -> None:
    """Move a code."""
    from koding.errors import UsageFault

    if top == (parent is not None):
        raise UsageFault(_("Name the code it shall stand below, or give --top."))
    with _changes(study, coder, reason) as changes:
        changes.move(key, parent)
    say(_("Moved {key}.").format(key=key))


@click.command("merge", help=_("Merge codes into another: their codings get that code, and they are retired."))
@STUDY
@click.argument("keys", nargs=-1, required=True)
@click.option("--into", required=True, help=_("The key of the code that takes their place."))
@_REASON
@_CODER
def merge_codes(study: Path, keys: tuple[str, ...], into: str, reason: str, coder: str) -> None:
    """Merge codes."""
    with _changes(study, coder, reason) as changes:
        count = changes.merge(keys, into)
    say(
        ngettext("{count} coding has the code {key} now.", "{count} codings have the code {key} now.", count).format(
            count=count, key=into
        )
    )


@click.command("split", help=_("Split a code into others (KEY or KEY=LABEL): it is retired, its codings wait."))
@STUDY
@click.argument("key")
@click.argument("new", nargs=-1, required=True)
@_REASON
@_CODER
def split(study: Path, key: str, new: tuple[str, ...], reason: str, coder: str) -> None:
    """Split a code."""
    from koding.session.codebook_changes import NewCode

    parts = []
    for one in new:
        name, _equals, label = one.partition("=")
        parts.append(NewCode(name.strip(), label.strip()))
    with _changes(study, coder, reason) as changes:
        count = changes.split(key, parts)
    say(
        ngettext(
            "{count} coding waits to be decided: koding codings undecided {study}",
            "{count} codings wait to be decided: koding codings undecided {study}",
            count,
        ).format(count=count, study=study)
    )


@click.command("retire", help=_("Offer a code no more; its codings stay and count."))
@STUDY
@click.argument("key")
@_REASON
@_CODER
def retire(study: Path, key: str, reason: str, coder: str) -> None:
    """Retire a code."""
    with _changes(study, coder, reason) as changes:
        count = changes.retire(key)
    say(
        ngettext(
            "{key} is offered no more; its {count} coding stays.",
            "{key} is offered no more; its {count} codings stay.",
            count,
        ).format(key=key, count=count)
    )


@click.command("restore", help=_("Offer a retired code again."))
@STUDY
@click.argument("key")
@_REASON
@_CODER
def restore(study: Path, key: str, reason: str, coder: str) -> None:
    """Restore a code."""
    with _changes(study, coder, reason) as changes:
        changes.restore(key)
    say(_("{key} is offered again.").format(key=key))


@click.command("version", help=_("Give a study's codebook a version."))
@STUDY
@click.argument("version")
@_REASON
@_CODER
def version(study: Path, version: str, reason: str, coder: str) -> None:
    """Give the codebook a version."""
    with _changes(study, coder, reason) as changes:
        changes.version(version)
    say(_("The codebook has version {version} now.").format(version=version))


@click.command("history", help=_("Tell what was done to a codebook: when, by whom, and why."))
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
def history(file: Path, form: str) -> None:
    """Tell a codebook's history."""
    from koding.session.codebook_files import read_any_codebook

    book = read_any_codebook(file).codebook
    if form == "json":
        records = [
            {name: value for name, value in asdict(revision).items() if name != "guid"} for revision in book.history
        ]
        put(json.dumps(records, ensure_ascii=False, indent=2) + "\n")
        return
    lines = [[_("When (UTC)"), _("Who"), _("Code"), _("What"), _("How"), _("Why")]]
    for revision in book.history:
        detail = revision.detail
        how = " → ".join(text for text in (detail.get("before", ""), detail.get("after", "")) if text)
        how = how or detail.get("into", "") or detail.get("fields", "")
        how = f"{how} ({detail['indicators']})" if detail.get("indicators") else how
        moment = revision.at[:16].replace("T", " ")
        lines.append([moment, revision.coder, revision.key, _(_ACTIONS[revision.action]), how, revision.reason])
    put_table(lines)


@click.command("diff", help=_("Tell what differs between two codebooks, files or studies."))
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
def diff(old: Path, new: Path, form: str) -> None:
    """Compare codebooks."""
    from koding.model.codebook_diff import differences
    from koding.session.codebook_files import read_any_codebook

    found = differences(read_any_codebook(old).codebook, read_any_codebook(new).codebook)
    if form == "json":
        put(json.dumps([asdict(one) for one in found], ensure_ascii=False, indent=2) + "\n")
    elif found:
        lines = [[_("Code"), _("What"), _("Of"), _("Before"), _("After")]]
        lines += [[one.key, _(_KINDS[one.kind]), one.field, one.before, one.after] for one in found]
        put_table(lines)
    else:
        say(_("The codebooks say the same."))


@click.command("undecided", help=_("List the codings whose code was split, as CSV with a column to fill in."))
@STUDY
@click.option("-o", "--output", type=click.Path(path_type=Path), help=_("The file; standard output without it."))
def undecided(study: Path, output: Path | None) -> None:
    """List what waits to be decided."""
    from koding.session.codebook_changes import undecided as waiting
    from koding.session.study_file import open_study
    from koding.writers.undecided_csv import undecided_csv

    with open_study(study) as project:
        found = list(waiting(project))
    put_file(undecided_csv(found), output)
    count = len(found)
    say(
        ngettext("{count} coding waits to be decided.", "{count} codings wait to be decided.", count).format(
            count=count
        )
    )


@click.command("decide", help=_("Give codings the codes that the column choice names; two keys make two codings."))
@STUDY
@click.argument("csv", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@_CODER
def decide(study: Path, csv: Path, coder: str) -> None:
    """Decide after a split."""
    from koding.readers.choices_csv import read_choices
    from koding.session.codebook_changes import decide as decide_codings
    from koding.session.study_file import open_study

    rows = read_choices(csv.read_bytes(), csv.name)
    with open_study(study) as project:
        count = decide_codings(
            project,
            ((row.line, row.id, row.choice) for row in rows),
            coder=coder.strip() or person(),
            where=csv.name,
        )
    say(ngettext("Decided {count} coding.", "Decided {count} codings.", count).format(count=count))


CODEBOOK_COMMANDS = (
    add,
    edit,
    take_indicators,
    rename,
    move,
    merge_codes,
    split,
    retire,
    restore,
    version,
    history,
    diff,
)
CODINGS_COMMANDS = (undecided, decide)
