"""The codebook file: YAML that a team reads and reviews, every value a string, every fault with line, key and remedy.

Faults are collected, so that a person mends a file in one go.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from koding.errors import KodingError
from koding.i18n import _
from koding.model.codebook import (
    Code,
    Codebook,
    Example,
    Facet,
    FacetValue,
    Indicators,
    Revision,
    WordField,
    used_fields,
)
from koding.model.exchange import plain_guid
from koding.model.identity import content_guid
from koding.readers import codings_csv
from koding.readers.codebook_history import read_history
from koding.readers.faults import NotText
from koding.readers.text import read_text
from koding.readers.word_fields import CheckIndicator, field_list, fields_beside, file_bytes, in_front
from koding.readers.yaml_fields import Fields, Problem, Report, first_fault
from koding.readers.yaml_tree import Mapping, Node, Scalar, YamlFault, read_tree

_TOP = ("codebook", "fields", "facets", "codes", "history")
_ABOUT = ("id", "title", "language", "version", "description", "rules")
_FACET = ("key", "label", "description", "values", "default", "default_by", "uncounted")
_FACET_VALUE = ("key", "label", "description")
_DEFAULT_BY = ("variable", "values")
_CODE = (
    "key", "label", "gloss", "short", "definition", "use", "not_use", "examples", "counterexamples", "indicators",
    "colour", "codable", "sensitive", "retired", "successor", "guid", "children",
)  # fmt: skip
_EXAMPLE = ("text", "language")
_INDICATORS = ("nb", "nn", "except")
_LANGUAGES = ("nb", "nn", "en")
_KEY = re.compile(r"\w[\w-]*(?:\.\w[\w-]*)*")
_SIMPLE_KEY = re.compile(r"\w[\w-]*")
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
# A facet is a column of a table of codings, beside these.
_TAKEN = {*codings_csv.REQUIRED, *codings_csv.OPTIONAL, *codings_csv.IGNORED}

__all__ = [
    "CheckIndicator",
    "Problem",
    "check_codebook",
    "check_codebook_file",
    "read_codebook",
    "read_codebook_file",
]


def check_codebook_file(path: Path, check_indicator: CheckIndicator | None = None) -> list[Problem]:
    """Give everything that is wrong with a codebook file, as `check_codebook` with the word fields beside it.

    Raises KodingError where the file, or a file of word fields, cannot be read.
    """
    data, fields = _with_fields(path, check_indicator)
    return check_codebook(data, path.name, check_indicator, fields)


def read_codebook_file(path: Path, check_indicator: CheckIndicator | None = None) -> Codebook:
    """Read a codebook file with the word fields beside it. Raises KodingError as `read_codebook`."""
    data, fields = _with_fields(path, check_indicator)
    return read_codebook(data, path.name, check_indicator, fields)


def check_codebook(
    data: bytes, where: str, check_indicator: CheckIndicator | None = None, fields: Sequence[WordField] = ()
) -> list[Problem]:
    """Give everything that is wrong with a codebook file, in the order of its lines; an empty list for a good one.

    `check_indicator` is asked about every indicator and gives what is wrong with it, or None. `fields` are the word
    fields that the codebook can use beside its own.
    """
    return _read(data, where, check_indicator, fields)[1]


def read_codebook(
    data: bytes, where: str, check_indicator: CheckIndicator | None = None, fields: Sequence[WordField] = ()
) -> Codebook:
    """Read a codebook file; of the word fields it keeps those that its indicators use.

    Raises KodingError with the first problem and the number of the others.
    """
    codebook, problems = _read(data, where, check_indicator, fields)
    if codebook is None or problems:
        raise first_fault(where, problems)
    return codebook


def _with_fields(path: Path, check_indicator: CheckIndicator | None) -> tuple[bytes, tuple[WordField, ...]]:
    data = file_bytes(path)
    # Without an @ in the file nothing asks for a word field, and their files need not be read.
    return data, fields_beside(path, check_indicator) if b"@" in data else ()


def _read(
    data: bytes, where: str, check_indicator: CheckIndicator | None, shelf: Sequence[WordField]
) -> tuple[Codebook | None, list[Problem]]:
    report = Report()
    try:
        root = read_tree(read_text(data, where).text)
    except YamlFault as fault:
        report.add(fault.line, "", fault.message, fault.hint)
        return None, report.problems
    except NotText:
        report.add(1, "", _("it is not a text file"), _("A codebook is a YAML file: plain text, saved as UTF-8."))
        return None, report.problems
    except KodingError as fault:
        report.add(1, "", fault.message, fault.hint)
        return None, report.problems
    codebook = _CodebookFile(report, check_indicator, shelf).read(root)
    return codebook, sorted(report.problems, key=lambda problem: problem.line)


@dataclass(slots=True)
class _Place:
    """A code's place in the tree while it is read."""

    key: str
    parent: str | None


class _CodebookFile:
    """Reads the nodes of one file; what is wrong goes to the report, and reading goes on."""

    def __init__(self, report: Report, check_indicator: CheckIndicator | None, shelf: Sequence[WordField]) -> None:
        self.report = report
        self.check_indicator = check_indicator
        self.shelf = shelf
        self.words: dict[str, tuple[str, ...]] = {}
        self.language = "nb"
        self.id = ""
        self.codes: list[Code] = []
        self.lines: dict[str, int] = {}
        self.guids: set[str] = set()
        self.history: tuple[Revision, ...] = ()
        self.moved: set[str] = set()

    def read(self, root: Node | None) -> Codebook | None:
        if not isinstance(root, Mapping):
            self.report.add(
                root.line if root else 1, "", _("it is no codebook"), _("A codebook has the keys codebook and codes.")
            )
            return None
        if not {"codebook", "codes"} & {key.value for key, _node in root.pairs}:
            self.report.add(root.line, "", _("it is no codebook"), _("A codebook has the keys codebook and codes."))
            return None
        top = Fields(self.report, root, "", _TOP)
        about = Fields(self.report, top.mapping("codebook"), "codebook", _ABOUT)
        if not top.has("codebook"):
            self.report.add(root.line, "codebook", _("it is missing"), _("Begin the file with codebook: and its id."))
        else:
            self.id = about.text("id", required=True)
        self.language = about.choice("language", _LANGUAGES, "nb")
        facets = self._facets(top)
        fields = in_front(field_list(self.report, top.items("fields"), self.check_indicator), self.shelf)
        self.words = {field.name: field.terms("") for field in fields}
        self.history = read_history(self.report, top.items("history"), self.id)
        #: A code that was moved keeps its key, which then does not begin with the code it stands below.
        self.moved = {revision.key for revision in self.history if revision.action == "move"}
        if not top.items("codes"):
            self.report.add(root.line, "codes", _("there are no codes"), _("List the codes under codes:."))
        for node in top.items("codes"):
            self._code(node, None)
        self._check_successors()
        return Codebook(
            guid=content_guid("codebook", self.id),
            id=self.id,
            title=about.text("title") or self.id,
            codes=tuple(self.codes),
            facets=facets,
            language=self.language,
            version=about.text("version"),
            description=about.text("description"),
            rules=about.texts("rules"),
            fields=used_fields(self.codes, fields),
            history=self.history,
        )

    def _code(self, node: Node, parent: str | None) -> None:
        fields = Fields(self.report, node, parent or "codes", _CODE, named_by="key")
        if not fields.readable:
            return
        place = _Place(fields.text("key", required=True), parent)
        if place.key:
            self._check_key(fields, place)
        colour = fields.text("colour")
        if colour and not _COLOUR.fullmatch(colour):
            fields.fault(
                "colour", _("“{value}” is no colour").format(value=colour), _('Write it as "#c4475b", quoted.')
            )
        self.codes.append(
            Code(
                guid=self._guid(fields) or content_guid("code", self.id, place.key),
                key=place.key,
                label=fields.text("label", required=True),
                parent=parent,
                gloss=fields.text("gloss"),
                short=fields.text("short"),
                definition=fields.text("definition"),
                use=fields.text("use"),
                not_use=fields.text("not_use"),
                examples=self._examples(fields, "examples"),
                counterexamples=self._examples(fields, "counterexamples"),
                indicators=self._indicators(fields),
                colour=colour.lower(),
                codable=fields.yes("codable", default=True),
                sensitive=fields.yes("sensitive", default=False),
                retired=fields.yes("retired", default=False),
                successor=fields.text("successor"),
            )
        )
        for child in fields.items("children"):
            self._code(child, place.key)

    def _check_successors(self) -> None:
        keys = {code.key for code in self.codes}
        for code in self.codes:
            if code.successor and code.successor not in keys:
                self.report.add(
                    self.lines.get(code.key, 1),
                    f"{code.key}: successor",
                    _("there is no code {key}").format(key=code.successor),
                    _("Name the code that took its place, or remove the line."),
                )

    def _was_moved(self, key: str) -> bool:
        """Whether the code, or one that its key begins with, was moved."""
        return any(key == moved or key.startswith(f"{moved}.") for moved in self.moved)

    def _guid(self, fields: Fields) -> str:
        """Give the GUID that a code brought from another tool, "" for one that has none of its own."""
        written = fields.text("guid")
        guid = plain_guid(written)
        if written and not guid:
            fields.fault("guid", _("“{value}” is no GUID").format(value=written), _("Remove the line."))
        elif guid in self.guids:
            fields.fault("guid", _("another code has the same GUID"), _("Remove the line."))
        self.guids.add(guid or content_guid("code", self.id, fields.text("key")))
        return guid

    def _check_key(self, fields: Fields, place: _Place) -> None:
        key, parent = place.key, place.parent
        if not _KEY.fullmatch(key):
            fields.fault(
                "key", _("“{value}” is no key").format(value=key), _("Use letters, digits, - and _, with dots.")
            )
        elif parent and not key.startswith(f"{parent}.") and not self._was_moved(key):
            fields.fault(
                "key",
                _("it is not below its parent's key {parent}").format(parent=parent),
                _("Call it {key}.").format(key=f"{parent}.{key.rpartition('.')[2]}"),
            )
        elif parent is None and "." in key and not self._was_moved(key):
            fields.fault(
                "key",
                _("a code at the top has a dotted key"),
                _("Move it under the children of {parent}.").format(parent=key.rpartition(".")[0]),
            )
        line = fields.line("key")
        if key in self.lines:
            fields.fault(
                "key", _("the key is already on line {line}").format(line=self.lines[key]), _("Give each code its own.")
            )
        self.lines.setdefault(key, line)

    def _examples(self, fields: Fields, key: str) -> tuple[Example, ...]:
        found: list[Example] = []
        for node in fields.items(key):
            if isinstance(node, Scalar):
                found.append(Example(node.value, self.language))
                continue
            example = Fields(self.report, node, f"{fields.name}: {key}", _EXAMPLE)
            if example.readable:
                language = example.choice("language", _LANGUAGES, self.language)
                found.append(Example(example.text("text", required=True), language))
        return tuple(found)

    def _indicators(self, fields: Fields) -> Indicators:
        name = f"{fields.name}: indicators"
        inner = Fields(self.report, fields.mapping("indicators"), name, _INDICATORS)
        for node in (node for key in _INDICATORS for node in inner.items(key)):
            if not isinstance(node, Scalar) or self.check_indicator is None:
                continue
            if wrong := self.check_indicator(node.value, self.words):
                self.report.add(node.line, name, _("“{indicator}”").format(indicator=node.value), wrong)
        return Indicators(inner.texts("nb"), inner.texts("nn"), inner.texts("except"))

    def _facets(self, top: Fields) -> tuple[Facet, ...]:
        found: dict[str, Facet] = {}
        for node in top.items("facets"):
            fields = Fields(self.report, node, "facets", _FACET, named_by="key")
            if not fields.readable:
                continue
            key = fields.text("key", required=True)
            if key.casefold() in _TAKEN:
                fields.fault("key", _("{key} is a column of every table of codings").format(key=key), _("Rename it."))
            elif key and not _SIMPLE_KEY.fullmatch(key):
                fields.fault("key", _("“{value}” is no key").format(value=key), _("Use letters, digits, - and _."))
            elif key in found:
                fields.fault("key", _("two facets are called {key}").format(key=key), _("Rename one of them."))
            found.setdefault(key, self._facet(fields, key))
        return tuple(found.values())

    def _facet(self, fields: Fields, key: str) -> Facet:
        values = self._facet_values(fields)
        keys = tuple(value.key for value in values)
        by = Fields(self.report, fields.mapping("default_by"), f"{fields.name}: default_by", _DEFAULT_BY)
        default_values: dict[str, str] = {}
        variable = by.text("variable", required=fields.has("default_by"))
        for group, node in by.pairs("values"):
            value = by.scalar(node, group.value)
            by.known(group.line, group.value, value, keys)
            default_values[group.value] = value
        default = fields.text("default")
        if default:
            fields.known(fields.line("default"), "default", default, keys)
        uncounted = fields.texts("uncounted")
        for value in uncounted:
            fields.known(fields.line("uncounted"), "uncounted", value, keys)
        return Facet(
            key=key,
            label=fields.text("label", required=True),
            values=values,
            description=fields.text("description"),
            default=default,
            default_variable=variable,
            default_values=default_values,
            uncounted=frozenset(uncounted),
        )

    def _facet_values(self, fields: Fields) -> tuple[FacetValue, ...]:
        found: dict[str, FacetValue] = {}
        for node in fields.items("values"):
            value = Fields(self.report, node, f"{fields.name}: values", _FACET_VALUE)
            if not value.readable:
                continue
            key = value.text("key", required=True)
            if key in found:
                value.fault("key", _("two values are called {key}").format(key=key), _("Rename one of them."))
            found.setdefault(key, FacetValue(key, value.text("label", required=True), value.text("description")))
        if not found:
            fields.fault("values", _("a facet needs values"), _("List them as {key: ..., label: ...}."))
        return tuple(found.values())
