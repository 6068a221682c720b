"""Commands about codebooks: check and show."""

from __future__ import annotations

import json
from pathlib import Path

import click

from koding.cli.output import put, put_table, say
from koding.errors import EXIT_FAILURE
from koding.i18n import _


@click.group(help=_("Check and show codebooks."))
def codebook() -> None:
    """Hold the commands about codebooks together."""


@codebook.command(
    "check", help=_("Check a codebook or a file of word fields: every fault with its line, key and remedy.")
)
@click.argument("file", type=click.Path(path_type=Path))
def check(file: Path) -> int:
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
        words = sum(len(field.terms("")) for field in fields)
        text = _("{file} is in order: {fields} word fields with {words} words.")
        say(text.format(file=file.name, fields=len(fields), words=words))
        return 0
    book = read_codebook_file(file)
    indicators = sum(len(code.indicators.all()) for code in book.codes)
    say(
        _("{file} is in order: {codes} codes in {families} families, {indicators} indicators, {facets} facets.").format(
            file=file.name,
            codes=len(book.codes),
            families=len(book.families),
            indicators=indicators,
            facets=len(book.facets),
        )
    )
    return 0


@codebook.command("show", help=_("Show a codebook, from a YAML file or from a study."))
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
def show(file: Path, form: str) -> None:
    """Show a codebook."""
    from koding.session.opening import read_any_codebook

    book = read_any_codebook(file)
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
