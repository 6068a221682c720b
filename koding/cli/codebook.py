"""Commands about codebooks: check and show."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from koding.cli.output import put, put_table, say
from koding.errors import EXIT_FAILURE, UsageFault
from koding.i18n import _, ngettext

if TYPE_CHECKING:
    from koding.model.codebook import Codebook
    from koding.session.indicators import IndicatorUse


@click.group(help=_("Check and show codebooks, and take them in and out of files."))
def codebook() -> None:
    """Hold the commands about codebooks together."""


@codebook.command(
    "check", help=_("Check a codebook or a file of word fields: every fault with its line, key and remedy.")
)
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--study",
    type=click.Path(path_type=Path),
    help=_("Tell what each indicator matches in this study, and which never fire."),
)
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
def check(file: Path, study: Path | None, form: str) -> int:
    """Check a codebook file."""
    from koding.session.opening import codebook_problems, read_codebook_file, word_fields_in

    problems = codebook_problems(file)
    for problem in problems:
        what = f"{problem.sentence()} {problem.hint}".strip()
        say(_("{file} line {line}: {what}").format(file=file.name, line=problem.line, what=what))
    if problems:
        return EXIT_FAILURE
    fields = word_fields_in(file)
    if fields is not None:
        if study is not None:
            raise UsageFault(
                _("{file} holds word fields and no indicators.").format(file=file.name),
                _("Check the codebook that uses them."),
            )
        words = sum(len(field.terms("")) for field in fields)
        parts = [
            ngettext("{count} word field", "{count} word fields", len(fields)).format(count=len(fields)),
            ngettext("{count} word", "{count} words", words).format(count=words),
        ]
        say(_("{file} is in order: {parts}.").format(file=file.name, parts=", ".join(parts)))
        return 0
    book = read_codebook_file(file)
    indicators = sum(len(code.indicators.all()) for code in book.codes)
    families, facets = len(book.families), len(book.facets)
    parts = [
        ngettext("{count} code", "{count} codes", len(book.codes)).format(count=len(book.codes))
        + " "
        + ngettext("in {count} family", "in {count} families", families).format(count=families),
        ngettext("{count} indicator", "{count} indicators", indicators).format(count=indicators),
        ngettext("{count} facet", "{count} facets", facets).format(count=facets),
    ]
    say(_("{file} is in order: {parts}.").format(file=file.name, parts=", ".join(parts)))
    if study is not None:
        _show_uses(book, study, form)
    return 0


def _show_uses(book: Codebook, study: Path, form: str) -> None:
    from koding.session.indicators import indicator_uses
    from koding.session.study_file import open_study

    with open_study(study) as project:
        uses = indicator_uses(project, book)
    if form == "json":
        put(json.dumps(_uses_record(book, uses), ensure_ascii=False, indent=2) + "\n")
        return
    lines = [[_("Code"), _("Matches"), _("Silenced"), _("Sources"), _("Indicator"), _("Example")]]
    for use in uses:
        written = _("except: {indicator}").format(indicator=use.indicator) if use.excepting else use.indicator
        example = f"{use.example.source}: {use.example.text}" if use.example else ""
        lines.append([use.code, str(use.matches), str(use.silenced), str(len(use.sources)), written, example])
    put_table(lines)
    never = sum(not use.matches for use in uses)
    say(_("{never} of {all} indicators and exceptions never fire in this study.").format(never=never, all=len(uses)))


def _uses_record(book: Codebook, uses: Sequence[IndicatorUse]) -> dict[str, object]:
    codes: dict[str, list[dict[str, object]]] = {code.key: [] for code in book.codes if code.codable}
    for use in uses:
        example = use.example
        codes[use.code].append(
            {
                "indicator": use.indicator,
                "kind": "except" if use.excepting else "indicator",
                "matches": use.matches,
                "silenced": use.silenced,
                "sources": sorted(use.sources),
                "example": None if example is None else asdict(example),
            }
        )
    return {
        "codes": [
            {"key": key, "label": book.by_key[key].label, "indicators": indicators} for key, indicators in codes.items()
        ],
        "never": [{"code": use.code, "indicator": use.indicator} for use in uses if not use.matches],
    }


@codebook.command("show", help=_("Show a codebook, from a file or from a study."))
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
def show(file: Path, form: str) -> None:
    """Show a codebook."""
    from koding.session.codebook_files import read_any_codebook

    book = read_any_codebook(file).codebook
    if form == "json":
        content = {
            "id": book.id,
            "title": book.title,
            "version": book.version,
            "language": book.language,
            "facets": [
                {
                    "key": facet.key,
                    "label": facet.label,
                    "values": list(facet.keys()),
                    "uncounted": sorted(facet.uncounted),
                }
                for facet in book.facets
            ],
            "codes": [
                {
                    "key": code.key,
                    "label": code.label,
                    "parent": code.parent,
                    "codable": code.codable,
                    "short": code.short,
                    "indicators": list(code.indicators.all()),
                }
                for code in book.codes
            ],
        }
        put(json.dumps(content, ensure_ascii=False, indent=2) + "\n")
        return
    lines = [[_("Key"), _("Code"), _("Definition")]]
    for code in book.codes:
        label = "  " * book.depth(code.key) + code.label
        lines.append([code.key, label if code.codable else f"{label} ({_('folder')})", code.short])
    put_table(lines, title=f"{book.title} {book.version}".strip())
