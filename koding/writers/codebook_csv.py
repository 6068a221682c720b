"""The codebook as a table for a spreadsheet: a row a code, lists with an item on each line of their cell.

What `koding.readers.codebook_csv` reads back. Facets, rules and what is said of the codebook as a whole have no place
in it; word fields that indicators use are rows of their own, called `@name`.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable

from koding.model.cells import guarded
from koding.model.codebook import Code, Codebook, Example, WordField

#: The columns, named as in the YAML file.
COLUMNS = (
    "key", "label", "parent", "gloss", "short", "definition", "use", "not_use", "examples", "counterexamples",
    "nb", "nn", "except", "colour", "codable", "sensitive", "retired", "successor", "guid",
)  # fmt: skip
_LANGUAGE = re.compile(r"\[(?:nb|nn|en)\] ")


def codebook_csv(codebook: Codebook) -> bytes:
    """Give the table as UTF-8 with a byte order mark (for Excel) and LF line ends."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    for code in codebook.codes:
        writer.writerow([guarded(cell) for cell in _code_cells(code)])
    for field in codebook.fields:
        writer.writerow([guarded(cell) for cell in _field_cells(field)])
    return stream.getvalue().encode("utf-8-sig")


def _code_cells(code: Code) -> list[str]:
    indicators = code.indicators
    return [
        code.key,
        code.label,
        code.parent or "",
        code.gloss,
        code.short,
        code.definition,
        code.use,
        code.not_use,
        _lines(_example(example) for example in code.examples),
        _lines(_example(example) for example in code.counterexamples),
        _lines(indicators.nb),
        _lines(indicators.nn),
        _lines(indicators.excepted),
        code.colour,
        "yes" if code.codable else "no",
        "yes" if code.sensitive else "no",
        "yes" if code.retired else "no",
        code.successor,
        code.guid,
    ]


def _field_cells(field: WordField) -> list[str]:
    cells = dict.fromkeys(COLUMNS, "")
    cells |= {"key": f"@{field.name}", "label": field.label, "definition": field.description}
    return [*(cells | {"nb": _lines(field.nb), "nn": _lines(field.nn)}).values()]


def _lines(items: Iterable[str]) -> str:
    """Give a list as lines; an item of several lines goes on below itself, two spaces in."""
    return "\n".join(item.replace("\n", "\n  ") for item in items)


def _example(example: Example) -> str:
    plain = example.language == "nb" and not example.text[:1].isspace() and not _LANGUAGE.match(example.text)
    return example.text if plain else f"[{example.language}] {example.text}"
