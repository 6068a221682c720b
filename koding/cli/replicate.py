"""Commands about replication packages."""

from __future__ import annotations

from pathlib import Path

import click

from koding.cli.agree import put_agreement
from koding.cli.output import STUDY, put_file, say
from koding.errors import EXIT_FAILURE
from koding.i18n import _, ngettext

_FOLDER = click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
_KEY = click.option("--key", type=click.Path(path_type=Path), help=_("The file of the key; DIR.key without it."))


@click.group(help=_("Replication: pack a study for others to check, code it anew blind, compare."))
def replicate() -> None:
    """Hold the commands about replication together."""


@replicate.command(
    help=_("Write a package: codebook, positions, codings, rounds, results and keyed hashes, without what was said.")
)
@STUDY
@_FOLDER
@click.option("--with-texts", is_flag=True, help=_("Put the transcripts in too."))
@_KEY
def pack(study: Path, folder: Path, with_texts: bool, key: Path | None) -> None:
    """Write a package."""
    from koding.session.packing import pack as write
    from koding.session.packing import told
    from koding.session.study_file import open_study

    with open_study(study) as project:
        packed = write(project, folder, key, with_texts=with_texts)
    say(_("Wrote {file}").format(file=folder))
    say(told(packed))
    if packed.left_out:
        say(
            ngettext(
                "{count} text that quotes a transcript was left out.",
                "{count} texts that quote a transcript were left out.",
                packed.left_out,
            ).format(count=packed.left_out)
        )
    say(_("The key is {file}: keep it, and hand it over apart from the package.").format(file=packed.key))


@replicate.command(help=_("Check a package: its files as they were packed, every result made anew byte for byte."))
@_FOLDER
def verify(folder: Path) -> int:
    """Check a package."""
    from koding.session.unpacking import differing_outputs, read_package

    package = read_package(folder)
    differing = differing_outputs(package)
    for file in differing:
        say(_("{file} comes out otherwise.").format(file=file))
    if differing:
        return EXIT_FAILURE
    count = len(package.outputs)
    say(
        ngettext(
            "The package is whole, and {count} result comes out the same.",
            "The package is whole, and {count} results come out the same.",
            count,
        ).format(count=count)
    )
    return 0


@replicate.command(help=_("Make the study that a package describes, with texts that say nothing in place of the real."))
@_FOLDER
@STUDY
def rebuild(folder: Path, study: Path) -> None:
    """Make the study of a package."""
    from koding.session.study_file import study_path
    from koding.session.unpacking import build, read_package

    path = study_path(study)
    build(read_package(folder), path).close()
    say(_("Wrote {file}").format(file=path))


@replicate.command("open", help=_("Set yourself up to code a package anew, blind; its transcripts are checked."))
@_FOLDER
@click.argument("study", metavar="[STUDY]", required=False, type=click.Path(path_type=Path))
@click.option("--texts", type=click.Path(path_type=Path), help=_("The folder with the transcripts."))
@click.option("--coder", required=True, help=_("Your name as a coder."))
@click.option("--round", "round_name", default="", help=_("Only what belongs to this round of the original."))
@_KEY
def open_(folder: Path, study: Path | None, texts: Path | None, coder: str, round_name: str, key: Path | None) -> None:
    """Set a student up."""
    from koding.session.packing import key_file, read_key
    from koding.session.rounds import size_text
    from koding.session.study_file import study_path
    from koding.session.unpacking import open_package, read_package

    package = read_package(folder)
    path = study_path(study or Path(f"{package.about['study']}-{coder.strip()}"))
    secret = read_key(key or key_file(folder))
    made = open_package(package, path, coder=coder, key=secret, texts=texts, round_name=round_name)
    say(_("The transcripts are the ones that were packed: {size}.").format(size=size_text(made)))
    say(_("Code blind with: koding code {study} --coder {coder}").format(study=path, coder=coder))
    compared = f"{folder} --round {round_name}" if round_name else folder
    say(_("Then compare with: koding replicate compare {study} {folder}").format(study=path, folder=compared))


@replicate.command(help=_("Compare your codings of an opened package with the original, code by code."))
@STUDY
@_FOLDER
@click.option("--coder", default="", help=_("Whose codings; the only coder's without it."))
@click.option(
    "--original", default="", help=_("A coder of the original, or “resolved”: what they agreed on or decided.")
)
@click.option("--round", "round_name", default="", help=_("Only what the original has from this round."))
@click.option("--unit", type=click.Choice(["turn", "sentence", "character"]), help=_("What is compared."))
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
@click.option("--differences", type=click.Path(path_type=Path), help=_("Write where you differ to this CSV file."))
def compare(
    study: Path,
    folder: Path,
    coder: str,
    original: str,
    round_name: str,
    unit: str | None,
    uncoded: str,
    level: str,
    form: str,
    output: Path | None,
    differences: Path | None,
) -> None:
    """Compare with the original."""
    from koding.model.agreement.units import Uncoded, Unit
    from koding.session.agreement_reading import agreement_table
    from koding.session.replicating import compare_with
    from koding.session.study_file import open_study
    from koding.session.unpacking import read_package
    from koding.writers.disagreements import disagreements_csv

    package = read_package(folder)
    with open_study(study) as project:
        found = compare_with(
            project,
            package,
            coder=coder.strip(),
            original=original,
            round_name=round_name,
            unit=Unit(unit) if unit else None,
            uncoded=Uncoded(uncoded),
            families=level == "family",
        )
    put_agreement(agreement_table(found.agreement), form, output)
    count = len(found.differences)
    say(ngettext("You differ in {count} place.", "You differ in {count} places.", count).format(count=count))
    if differences is not None:
        put_file(disagreements_csv(found.items), differences)
