"""The codebook as a table: the columns that `koding.writers.codebook_csv` writes, and those of other tools, leniently.

A table with a column `key` is read by its keys. One without (Taguette's `tag`, a list of names and descriptions from a
spreadsheet) gets keys made from the names, under the parent that a column names or that the dots of the names tell.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from koding.i18n import _, ngettext
from koding.model.cells import unguarded
from koding.model.codebook import Code, Codebook, Example, Indicators, WordField, used_fields
from koding.model.exchange import plain_guid
from koding.model.identity import content_guid
from koding.model.keys import key_below
from koding.readers.tables import BadLine, Table
from koding.readers.word_fields import CheckIndicator, in_front
from koding.readers.yaml_fields import Report, first_fault

#: What each column is called, here and elsewhere; the first is our own name.
ALIASES = {
    "key": ("nøkkel", "nokkel"),
    "label": ("tag", "name", "path", "code", "kode", "navn", "namn", "kodenavn", "code name"),
    "parent": ("forelder", "overkode", "category", "kategori"),
    "gloss": ("english", "engelsk"),
    "short": ("kort", "kort definisjon", "brief definition", "short definition"),
    "definition": ("description", "definisjon", "beskrivelse", "skildring", "full definition", "memo", "comment"),
    "use": ("when to use", "inclusion", "inclusion criteria", "brukes når", "når brukes"),
    "not_use": ("when not to use", "exclusion", "exclusion criteria", "brukes ikke når", "når ikke"),
    "examples": ("example", "eksempel", "eksempler", "døme"),
    "counterexamples": ("counterexample", "moteksempel", "moteksempler"),
    "nb": ("indicators", "indikatorer"),
    "nn": (),
    "except": (),
    "colour": ("color", "farge"),
    "codable": (),
    "sensitive": ("sensitiv",),
    "retired": (),
    "successor": (),
    "guid": (),
}
_KEY = re.compile(r"\w[\w-]*(?:\.\w[\w-]*)*")
# "work.pay" but not "St. Olav", "f.eks." or "1..2".
_DOTTED = re.compile(r"(?:[^\s.](?:[^.]*[^\s.])?\.)+[^\s.](?:[^.]*[^\s.])?")
_COLOUR = re.compile(r"#(?:[0-9a-fA-F]{6}|[0-9a-fA-F]{3})")
_LANGUAGE = re.compile(r"\[(nb|nn|en)\] (.*)", re.DOTALL)
_YES = frozenset({"yes", "ja", "true", "1", "x"})
_NO = frozenset({"no", "nei", "false", "0"})
_SHORT_COLOUR = 4
_NAMED = 6


@dataclass(frozen=True, slots=True)
class CsvCodebook:
    """A codebook that was a table; `notes` are lines for the person on what was guessed and left out."""

    codebook: Codebook
    notes: tuple[str, ...] = ()


@dataclass(slots=True)
class _Row:
    line: int
    key: str
    label: str
    parent: str
    code: Code
    children: list[_Row] = field(default_factory=list)


def has_codebook_columns(header: Iterable[str]) -> bool:
    """Whether a table with these columns can be a codebook: there are keys or names."""
    names = {name.strip().casefold() for name in header}
    return any(names & {column, *ALIASES[column]} for column in ("key", "label"))


def read_codebook_csv(
    data: bytes,
    where: str,
    name: str,
    check_indicator: CheckIndicator | None = None,
    fields: Sequence[WordField] = (),
) -> CsvCodebook:
    """Read a table of codes; the codebook is identified and titled by `name`.

    `check_indicator` and `fields` are as for `codebook_yaml.read_codebook`. Raises KodingError with the first problem
    and the number of the others.
    """
    return _Reader(data, where, name, check_indicator, fields).read()


class _Reader:
    """Reads one table; what is wrong goes to the report."""

    def __init__(
        self, data: bytes, where: str, name: str, check: CheckIndicator | None, shelf: Sequence[WordField]
    ) -> None:
        self.where, self.name, self.check, self.shelf = where, name, check, shelf
        texts = ("short", "definition", "use", "not_use", "examples", "counterexamples", "gloss")
        self.table = Table(data, where, verbatim=texts)
        self.columns: dict[str, int] = {}
        for column, aliases in ALIASES.items():
            found = (self.table.column(alias) for alias in (column, *aliases))
            index = next((index for index in found if index is not None), None)
            if index is not None and index not in self.columns.values():
                self.columns[column] = index
        self.report = Report()
        self.notes = [self.table.note] if self.table.note else []
        self.rows: list[_Row] = []
        self.fields: list[WordField] = []
        self.indicators: list[tuple[int, Indicators]] = []
        self.colours_lost = 0

    def read(self) -> CsvCodebook:
        if not {"key", "label"} & self.columns.keys():
            self.table.require(["key"])
        self._read_rows()
        if not self.rows and not self.report.problems:
            self.report.add(1, "", _("there are no codes"), _("Give every code a row."))
        roots = self._tree_by_key() if "key" in self.columns else self._tree_by_name()
        codes = tuple(self._ordered(roots))
        fields = in_front(self.fields, self.shelf)
        self._check_successors()
        self._check_indicators(fields)
        if self.report.problems:
            raise first_fault(self.where, sorted(self.report.problems, key=lambda problem: problem.line))
        self._tell_left_out()
        book = Codebook(
            guid=content_guid("codebook", self.name),
            id=self.name,
            title=self.name,
            codes=codes,
            fields=used_fields(codes, fields),
        )
        return CsvCodebook(book, tuple(self.notes))

    def _read_rows(self) -> None:
        for item in self.table:
            if isinstance(item, BadLine):
                self.report.add(item.line, "", item.reason, _("Save the table again as CSV from the spreadsheet."))
                continue
            line, raw = item
            cells = {column: unguarded(raw[index]) for column, index in self.columns.items()}
            key, label = cells.get("key", ""), cells.get("label", "")
            if key.startswith("@"):
                self.fields.append(
                    WordField(
                        key[1:].lower(),
                        label or key[1:],
                        cells.get("definition", ""),
                        _items(cells.get("nb", "")),
                        _items(cells.get("nn", "")),
                    )
                )
            elif key or label:
                self.rows.append(self._row(line, key, label, cells))
            else:
                self.report.add(line, "", _("the code has no name"), _("Give it one, or remove the row."))

    def _row(self, line: int, key: str, label: str, cells: dict[str, str]) -> _Row:
        about = label or key
        guid = plain_guid(cells.get("guid", ""))
        indicators = Indicators(*(_items(cells.get(column, "")) for column in ("nb", "nn", "except")))
        self.indicators.append((line, indicators))
        code = Code(
            guid=guid,
            key=key,
            label=label or key.rpartition(".")[2],
            gloss=cells.get("gloss", ""),
            short=cells.get("short", ""),
            definition=cells.get("definition", ""),
            use=cells.get("use", ""),
            not_use=cells.get("not_use", ""),
            examples=_examples(cells.get("examples", "")),
            counterexamples=_examples(cells.get("counterexamples", "")),
            indicators=indicators,
            colour=self._colour(cells.get("colour", "")),
            codable=self._yes(line, about, "codable", cells, default=True),
            sensitive=self._yes(line, about, "sensitive", cells, default=False),
            retired=self._yes(line, about, "retired", cells, default=False),
            successor=cells.get("successor", ""),
        )
        return _Row(line, key, label or key, cells.get("parent", ""), code)

    def _colour(self, written: str) -> str:
        if not _COLOUR.fullmatch(written):
            self.colours_lost += bool(written)
            return ""
        short = len(written) == _SHORT_COLOUR
        return ("#" + "".join(sign * 2 for sign in written[1:]) if short else written).lower()

    def _yes(self, line: int, about: str, column: str, cells: dict[str, str], *, default: bool) -> bool:
        value = cells.get(column, "").casefold()
        if value and value not in _YES | _NO:
            self.report.add(
                line,
                f"{about}: {column}",
                _("“{value}” is neither yes nor no").format(value=value),
                _('Write "yes" or "no".'),
            )
        return value in _YES if value else default

    def _tree_by_key(self) -> list[_Row]:
        by_key: dict[str, _Row] = {}
        for row in self.rows:
            if not _KEY.fullmatch(row.key):
                hint = _("Use letters, digits, - and _, with dots.")
                self.report.add(row.line, row.label, _("“{value}” is no key").format(value=row.key), hint)
            elif row.key in by_key:
                message = _("the key is already on line {line}").format(line=by_key[row.key].line)
                self.report.add(row.line, row.key, message, _("Give each code its own."))
            by_key.setdefault(row.key, row)
        roots: list[_Row] = []
        for row in by_key.values():
            # A key may have dots of its own below its parent's key.
            above = [key for key in _above(row.key) if key in by_key]
            parent = row.parent if row.parent in above else next(iter(above), row.key.rpartition(".")[0])
            if not parent:
                roots.append(row)
            elif parent in by_key:
                by_key[parent].children.append(row)
            else:
                hint = _("Give it a row of its own.")
                self.report.add(row.line, row.key, _("its parent {parent} is missing").format(parent=parent), hint)
        return roots

    def _tree_by_name(self) -> list[_Row]:
        by_name: dict[str, _Row] = {}
        for row in self.rows:
            if row.label in by_name:
                message = _("the name is already on line {line}").format(line=by_name[row.label].line)
                self.report.add(row.line, row.label, message, _("Give each code its own."))
            by_name.setdefault(row.label, row)
        parents = {row.label: row.parent for row in by_name.values() if row.parent}
        if not parents:
            parents = self._by_dots(by_name)
        roots: list[_Row] = []
        for row in list(by_name.values()):
            parent = parents.get(row.label, "")
            above = by_name.get(parent) or (self._folder(parent, row.line, by_name, roots) if parent else None)
            if above is None or _circular(row.label, parents):
                roots.append(row)
            else:
                above.children.append(row)
        return roots

    def _by_dots(self, by_name: dict[str, _Row]) -> dict[str, str]:
        """Read `work.pay` as `pay` below `work`, where `work` is a code or begins several names."""
        dotted = [name for name in by_name if _DOTTED.fullmatch(name)]
        prefixes = Counter(prefix for name in dotted for prefix in _above(name))
        found: dict[str, str] = {}
        for name in dotted:
            parent = next((above for above in _above(name) if above in by_name or prefixes[above] > 1), "")
            if parent:
                found[name] = parent
        if found:
            self.notes.append(
                ngettext(
                    "{count} code was put below another by the dot in its name.",
                    "{count} codes were put below others by the dots in their names.",
                    len(found),
                ).format(count=len(found))
            )
            for name, parent in found.items():
                row = by_name[name]
                row.code = replace(row.code, label=name[len(parent) + 1 :])
        return found

    def _folder(self, name: str, line: int, by_name: dict[str, _Row], roots: list[_Row]) -> _Row:
        row = _Row(line, "", name, "", Code(guid="", key="", label=name, codable=False))
        by_name[name] = row
        roots.append(row)
        self.notes.append(_("The folder {name} was made: other codes stand below it.").format(name=name))
        return row

    def _ordered(self, roots: list[_Row]) -> Iterable[Code]:
        """Give the codes, each before those below it; those without a key or GUID get one."""
        taken: set[str] = {row.key for row in self.rows if row.key}
        guids: set[str] = set()
        waiting: list[tuple[_Row, str | None]] = [(row, None) for row in reversed(roots)]
        while waiting:
            row, parent = waiting.pop()
            key = row.key or key_below(parent, row.code.label, taken)
            taken.add(key)
            guid = row.code.guid or content_guid("code", self.name, key)
            if guid in guids:
                self.report.add(row.line, key, _("another code has the same GUID"), _("Empty the cell."))
            guids.add(guid)
            yield replace(row.code, guid=guid, key=key, parent=parent)
            waiting.extend((child, key) for child in reversed(row.children))

    def _check_successors(self) -> None:
        keys = {row.key for row in self.rows}
        for row in self.rows:
            if row.code.successor and row.code.successor not in keys:
                message = _("there is no code {key}").format(key=row.code.successor)
                hint = _("Name the key of the code that took its place, or empty the cell.")
                self.report.add(row.line, f"{row.key}: successor", message, hint)

    def _check_indicators(self, fields: Sequence[WordField]) -> None:
        if self.check is None:
            return
        words = {field.name: field.terms("") for field in fields}
        for line, indicators in self.indicators:
            for text in (*indicators.all(), *indicators.excepted):
                if wrong := self.check(text, words):
                    self.report.add(line, _("“{indicator}”").format(indicator=text), _("it is no indicator"), wrong)

    def _tell_left_out(self) -> None:
        used = set(self.columns.values())
        others = [name for index, name in enumerate(self.table.header) if index not in used and name]
        if others:
            shown = ", ".join(others[:_NAMED]) + (", …" if len(others) > _NAMED else "")
            self.notes.append(_("Columns left out: {names}.").format(names=shown))
        if self.colours_lost:
            self.notes.append(
                ngettext(
                    "{count} colour was left out: it is not written as #c4475b.",
                    "{count} colours were left out: they are not written as #c4475b.",
                    self.colours_lost,
                ).format(count=self.colours_lost)
            )


def _above(name: str) -> list[str]:
    """Give what stands before each dot of a name, the longest first."""
    parts = name.split(".")
    return [".".join(parts[:count]) for count in range(len(parts) - 1, 0, -1)]


def _circular(name: str, parents: dict[str, str]) -> bool:
    seen = {name}
    above = parents.get(name, "")
    while above and above not in seen:
        seen.add(above)
        above = parents.get(above, "")
    return bool(above)


def _items(cell: str) -> tuple[str, ...]:
    """Read a list: an item a line, a line that is two spaces in goes on with the item above."""
    items: list[str] = []
    for line in cell.split("\n") if cell else ():
        if line.startswith("  ") and items:
            items[-1] += f"\n{line[2:]}"
        elif line.strip():
            items.append(line)
    return tuple(items)


def _examples(cell: str) -> tuple[Example, ...]:
    examples: list[Example] = []
    for item in _items(cell):
        found = _LANGUAGE.fullmatch(item)
        examples.append(Example(found[2], found[1]) if found else Example(item))
    return tuple(examples)
