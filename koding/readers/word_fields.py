"""Word fields: named lists of words of one meaning, which the indicators of any codebook use as `@name`.

A file of them is YAML with the one key `fields`; a codebook may hold the same list of its own. Files lie in a folder
`ordfelt` beside the codebook, and those that come with koding stand behind it. Every fault has line, key and remedy.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from koding.errors import KodingError
from koding.i18n import _
from koding.material import material_folder
from koding.model.codebook import WordField
from koding.readers.faults import NotText
from koding.readers.text import read_text
from koding.readers.yaml_fields import Fields, Problem, Report, first_fault
from koding.readers.yaml_tree import Mapping as Keys
from koding.readers.yaml_tree import Node, Scalar, YamlFault, read_tree

#: Asked about an indicator, with the words of every field it may use; gives what is wrong, None where nothing is.
CheckIndicator = Callable[[str, Mapping[str, tuple[str, ...]]], str | None]

#: The folder of word fields beside a codebook.
FOLDER = "ordfelt"
KEY = "fields"
_FIELD = ("name", "label", "description", "nb", "nn")
_NAME = re.compile(r"\w[\w-]*")
_OWN_KEY = re.compile(rb"^fields:", re.MULTILINE)
_CODEBOOK_KEY = re.compile(rb"^(?:codebook|codes|facets):", re.MULTILINE)


def holds_word_fields(data: bytes) -> bool:
    """Tell whether a file, faulty or not, is meant to hold word fields and no codebook."""
    return bool(_OWN_KEY.search(data)) and not _CODEBOOK_KEY.search(data)


def check_word_fields(data: bytes, where: str, check: CheckIndicator | None = None) -> list[Problem]:
    """Give everything that is wrong with a file of word fields, in the order of its lines."""
    return _read(data, where, check)[1]


def read_word_fields(data: bytes, where: str, check: CheckIndicator | None = None) -> tuple[WordField, ...]:
    """Read a file of word fields. Raises KodingError with the first problem and the number of the others."""
    fields, problems = _read(data, where, check)
    if problems:
        raise first_fault(where, problems)
    return fields


def read_field_folder(folder: Path, check: CheckIndicator | None = None) -> tuple[WordField, ...]:
    """Read every `.yaml` file of a folder, by name. Raises KodingError, also where two files name the same field."""
    found: dict[str, tuple[WordField, str]] = {}
    for file in sorted(folder.glob("*.yaml")):
        where = f"{folder.name}/{file.name}"
        for field in read_word_fields(file_bytes(file), where, check):
            if field.name in found:
                raise KodingError(
                    _("{where}: the word field {name} stands in {other} already.").format(
                        where=where, name=field.name, other=found[field.name][1]
                    ),
                    _("Rename one of them, or put their words together."),
                )
            found[field.name] = (field, file.name)
    return tuple(field for field, _file in found.values())


def fields_beside(codebook: Path, check: CheckIndicator | None = None) -> tuple[WordField, ...]:
    """Give the word fields a codebook file can use: those of the folder beside it, then koding's own.

    A field of the folder stands before one of koding's with the same name. Raises KodingError.
    """
    own = codebook.parent / FOLDER
    shipped = material_folder("codebooks") / FOLDER
    fields = read_field_folder(own, check) if own.is_dir() else ()
    if not (own.is_dir() and own.samefile(shipped)):
        fields = in_front(fields, read_field_folder(shipped, check))
    return fields


def in_front(fields: Iterable[WordField], others: Iterable[WordField]) -> tuple[WordField, ...]:
    """Give the fields, and those of the others whose name they lack."""
    first = {field.name: field for field in fields}
    return (*first.values(), *(field for field in others if field.name not in first))


def field_list(report: Report, nodes: Iterable[Node], check: CheckIndicator | None) -> tuple[WordField, ...]:
    """Read the items of a `fields` list; what is wrong goes to the report."""
    found: dict[str, WordField] = {}
    lines: dict[str, int] = {}
    for node in nodes:
        fields = Fields(report, node, KEY, _FIELD, named_by="name")
        if not fields.readable:
            continue
        name = fields.text("name", required=True).lower()
        if name and not _NAME.fullmatch(name):
            fields.fault(
                "name", _("“{value}” is no name").format(value=name), _("Use letters, digits, - and _, without @.")
            )
        elif name in found:
            fields.fault(
                "name", _("the name is already on line {line}").format(line=lines[name]), _("Give each field its own.")
            )
        field = WordField(
            name=name,
            label=fields.text("label") or name,
            description=fields.text("description"),
            nb=_words(report, fields, "nb", check),
            nn=_words(report, fields, "nn", check),
        )
        if not (field.nb or field.nn):
            fields.fault("nb", _("a word field needs words"), _("List words under nb, nn or both."))
        found.setdefault(name, field)
        lines.setdefault(name, fields.line("name"))
    return tuple(found.values())


def _words(report: Report, fields: Fields, language: str, check: CheckIndicator | None) -> tuple[str, ...]:
    """Read the words of one language, each once; one that is no single word is reported."""
    about = f"{fields.name}: {language}"
    for node in fields.items(language):
        if not isinstance(node, Scalar) or not node.value:
            continue
        shown = _("“{indicator}”").format(indicator=node.value)
        if len(node.value.split()) > 1 or "|" in node.value or node.value.startswith("@"):
            hint = _("A word field holds single words, each an item of its own; phrases belong in the indicators.")
            report.add(node.line, about, _("{word} is no single word").format(word=shown), hint)
        elif check is not None and (wrong := check(node.value, {})):
            report.add(node.line, about, shown, wrong)
    return tuple(dict.fromkeys(fields.texts(language)))


def _read(data: bytes, where: str, check: CheckIndicator | None) -> tuple[tuple[WordField, ...], list[Problem]]:
    report = Report()
    try:
        root = read_tree(read_text(data, where).text)
    except NotText:
        report.add(1, "", _("it is not a text file"), _("Word fields are a YAML file: plain text, saved as UTF-8."))
        return (), report.problems
    except YamlFault as fault:
        report.add(fault.line, "", fault.message, fault.hint)
        return (), report.problems
    except KodingError as fault:
        report.add(1, "", fault.message, fault.hint)
        return (), report.problems
    if not isinstance(root, Keys):
        report.add(root.line if root else 1, "", _("it holds no word fields"), _("List them under fields:."))
        return (), report.problems
    top = Fields(report, root, "", (KEY,))
    found = field_list(report, top.items(KEY), check)
    if not found and not report.problems:
        report.add(root.line, KEY, _("it holds no word fields"), _("List them under fields:."))
    return found, sorted(report.problems, key=lambda problem: problem.line)


def file_bytes(path: Path) -> bytes:
    """Read a file. Raises KodingError."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise KodingError(_("{file} cannot be read: {reason}.").format(file=path, reason=error.strerror)) from error
