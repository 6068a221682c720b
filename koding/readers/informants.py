"""The informants file: who each speaker is, in which role, and what is known of the person.

A table with the columns `source,speaker,informant,role`; every further column is a variable. A source or speaker `*`
stands for any.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from koding.errors import KodingError
from koding.i18n import _
from koding.model.transcript import Role
from koding.model.variables import Variable, VariableKind, parse_number
from koding.readers.speakers import guess_role
from koding.readers.tables import BadLine, Table

REQUIRED = ("source", "speaker", "informant", "role")
ANY = "*"
#: Columns of every table of codings, whose names no variable can have.
TAKEN = frozenset({"start", "end", "code", "coder", "memo", "text"})
#: How many faults of a file are shown.
_SHOWN = 20
_ROLES = {
    "informant": Role.INFORMANT,
    "interviewer": Role.INTERVIEWER,
    "intervjuer": Role.INTERVIEWER,
    "intervjuar": Role.INTERVIEWER,
    "interpreter": Role.INTERPRETER,
    "tolk": Role.INTERPRETER,
    "other": Role.OTHER,
    "annen": Role.OTHER,
    "annan": Role.OTHER,
    "annet": Role.OTHER,
    "anna": Role.OTHER,
    "andre": Role.OTHER,
}
_ORDERED = re.compile(r"(?P<name>[^\[\]]*[^\[\]\s])\s*\[(?P<categories>[^\[\]]*<[^\[\]]*)\]")


@dataclass(frozen=True, slots=True)
class InformantRow:
    """A line of the file. `informant` is "" for who is none; `values` holds the variables that have a value."""

    line: int
    source: str
    speaker: str
    informant: str
    role: Role
    values: Mapping[str, str]


@dataclass(frozen=True)
class InformantTable:
    """An informants file; `variables` are in the order of its columns, `note` says how it was decoded if need be.

    `where` is the file's name, "" where the rows come from elsewhere.
    """

    rows: tuple[InformantRow, ...]
    variables: tuple[Variable, ...]
    note: str = ""
    where: str = ""

    @cached_property
    def _by_place(self) -> dict[tuple[str, str], InformantRow]:
        return {(same_name(row.source), same_name(row.speaker)): row for row in self.rows}

    @cached_property
    def informants(self) -> dict[str, dict[str, str]]:
        """Map every informant to the values of their variables, over all lines that name them."""
        found: dict[str, dict[str, str]] = {}
        for row in self.rows:
            if row.informant:
                found.setdefault(row.informant, {}).update(row.values)
        return found

    def labels(self, source: str) -> frozenset[str]:
        """Give the speakers' labels that the file names for a source (by name or `*`), for `recognise`."""
        return frozenset(
            row.speaker
            for row in self.rows
            if row.speaker not in {"", ANY} and same_name(row.source) in {ANY, same_name(source)}
        )

    def find(self, source: str, speaker: str) -> InformantRow | None:
        """Give the line that says who `speaker` ("" for a text's author) is in `source`.

        The label by name goes before `*`, and the source by name before `*`. A speaker `*` does not stand for a label
        that is an interviewer's or interpreter's mark.
        """
        for label in (same_name(speaker), ANY):
            if label == ANY and speaker and guess_role(speaker) is not Role.INFORMANT:
                return None
            for name in (same_name(source), ANY):
                row = self._by_place.get((name, label))
                if row is not None:
                    return row
        return None


def read_informants(data: bytes, where: str) -> InformantTable:
    """Read an informants file; `where` names it in errors.

    Raises KodingError, with line, column and remedy, for a missing column, an unknown role, an informant's role
    without informant, a value outside an ordered variable's categories, a speaker named twice for a source, an
    informant with two values of one variable, or a variable called as a column of every table of codings. All that is
    wrong is told in one go.
    """
    return _InformantsFile(data, where).read()


class _InformantsFile:
    """The file at hand: its table, and which column is what."""

    def __init__(self, data: bytes, where: str) -> None:
        self.where = where
        self.table = Table(data, where)
        self.columns = self.table.require(REQUIRED)
        self.faults: list[tuple[int, KodingError]] = []
        self.headers = [
            (index, declared(name))
            for index, name in enumerate(self.table.header)
            if index not in self.columns.values()
        ]

    def read(self) -> InformantTable:
        self._check_header()
        rows: list[InformantRow] = []
        for item in self.table:
            if isinstance(item, BadLine):
                self.faults.append(
                    (
                        item.line,
                        KodingError(
                            _("{where}, line {line}: {reason}.").format(
                                where=self.where, line=item.line, reason=item.reason
                            ),
                            _("Save the table again as CSV from the spreadsheet."),
                        ),
                    )
                )
            else:
                rows.append(self._row(*item))
        self._check_duplicates(rows)
        self._check_values(rows)
        if self.faults:
            raise self._all_faults()
        return InformantTable(tuple(rows), tuple(self._typed(rows)), self.table.note, self.where)

    def _all_faults(self) -> KodingError:
        """Give all that was found as one fault: a line for each, by line of the file."""
        found = [fault for _line, fault in sorted(self.faults, key=lambda one: one[0])]
        if len(found) == 1:
            return found[0]
        lines = [str(fault) for fault in found[:_SHOWN]]
        if len(found) > _SHOWN:
            lines.append(_("and {count} more").format(count=len(found) - _SHOWN))
        message = _("{where} has {count} faults, and nothing was taken from it.").format(
            where=self.where, count=len(found)
        )
        return KodingError(message, details=lines)

    def _check_header(self) -> None:
        names: set[str] = set()
        for index, variable in self.headers:
            if not variable.name or variable.name.casefold() in names:
                self._fault(
                    self.table.header_line,
                    self.table.header[index] or str(index + 1),
                    _("the variable has no name of its own"),
                    _("Give every column a name that no other has."),
                )
            elif variable.name.casefold() in TAKEN:
                self._fault(
                    self.table.header_line,
                    variable.name,
                    _("a table of codings has a column of this name, so that no variable can have it"),
                    _("Rename it, for example to {name}.").format(name=f"informant_{variable.name}"),
                )
            names.add(variable.name.casefold())

    def _row(self, line: int, cells: list[str]) -> InformantRow:
        source, speaker, informant, role = (cells[self.columns[name]] for name in REQUIRED)
        if not source:
            self._fault(line, "source", _("it is empty"), _("Write the file's name without .txt, or * for any."))
        values = {variable.name: cells[index] for index, variable in self.headers if cells[index]}
        for _index, variable in self.headers:
            value = values.get(variable.name, "")
            if value and variable.categories and value not in variable.categories:
                self._fault(
                    line,
                    variable.name,
                    _("“{value}” is none of the categories").format(value=value),
                    _did_you_mean(value, variable.categories),
                )
        return InformantRow(line, source, speaker, informant, self._role(line, role, speaker, informant), values)

    def _role(self, line: int, written: str, speaker: str, informant: str) -> Role:
        if not written:
            guess = guess_role(speaker)
            if informant:
                return Role.INTERPRETER if guess is Role.INTERPRETER else Role.INFORMANT
            # Who has no informant's name is one of those who ask, whatever the label.
            return Role.INTERVIEWER if guess is Role.INFORMANT else guess
        role = _ROLES.get(written.casefold())
        if role is None:
            what = _("“{value}” is no role").format(value=written)
            self._fault(line, "role", what, _did_you_mean(written, tuple(_ROLES)[:8]))
            return Role.OTHER
        if role is Role.INFORMANT and not informant:
            self._fault(
                line,
                "informant",
                _("it is empty, and the role is informant"),
                _("Give the person an anonymous name such as F01, or another role."),
            )
        return role

    def _check_duplicates(self, rows: list[InformantRow]) -> None:
        first: dict[tuple[str, str], int] = {}
        for row in rows:
            place = (same_name(row.source), same_name(row.speaker))
            if row.source and place in first:
                self._fault(
                    row.line,
                    "speaker",
                    _("{speaker} in {source} is already on line {first}").format(
                        speaker=row.speaker or _("(nobody)"), source=row.source, first=first[place]
                    ),
                    _("Keep one of the two lines."),
                )
            first.setdefault(place, row.line)

    def _check_values(self, rows: list[InformantRow]) -> None:
        first: dict[tuple[str, str], tuple[str, int]] = {}
        for row in rows:
            for name, value in row.values.items() if row.informant else ():
                known, line = first.setdefault((row.informant, name), (value, row.line))
                if known != value:
                    self._fault(
                        row.line,
                        name,
                        _("{informant} is “{value}” here and “{known}” on line {first}").format(
                            informant=row.informant, value=value, known=known, first=line
                        ),
                        _("An informant has one value of a variable; write the same on both lines."),
                    )

    def _typed(self, rows: list[InformantRow]) -> list[Variable]:
        return [
            with_kind(variable, [row.values[variable.name] for row in rows if variable.name in row.values])
            for _index, variable in self.headers
        ]

    def _fault(self, line: int, column: str, what: str, remedy: str) -> None:
        message = _("{where}, line {line}, column {column}: {what}.").format(
            where=self.where, line=line, column=column, what=what
        )
        self.faults.append((line, KodingError(message, remedy)))


def declared(header: str) -> Variable:
    """Give the variable of a column: the header `skole [grunnskole<videregående]` declares ordered categories."""
    found = _ORDERED.fullmatch(header)
    if not found:
        return Variable(header)
    categories = tuple(category.strip() for category in found["categories"].split("<"))
    return Variable(found["name"], VariableKind.ORDERED, tuple(category for category in categories if category))


def with_kind(variable: Variable, values: Sequence[str]) -> Variable:
    """Give the variable with its kind: as its header declares, else numbers where every value is one."""
    numbers = bool(values) and all(parse_number(value) is not None for value in values)
    return Variable(variable.name, VariableKind.NUMBER) if variable.kind is VariableKind.TEXT and numbers else variable


def same_name(name: str) -> str:
    """Give a name in one Unicode form: file systems and typists write å in two ways."""
    return unicodedata.normalize("NFC", name)


def _did_you_mean(value: str, known: tuple[str, ...]) -> str:
    near = difflib.get_close_matches(value.casefold(), known, 1)
    if near:
        return _("Did you mean {name}?").format(name=near[0])
    return _("Use one of {names}.").format(names=", ".join(known))
