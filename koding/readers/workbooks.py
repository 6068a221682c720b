"""Excel workbooks (.xlsx): the first sheet's cells as texts, as a reader of the sheet sees them.

A small reader of our own on expat, under the bounds of `packages`. Element names and the numbers of date formats after
ECMA-376 part 1, chapter 18 (SpreadsheetML). Formulas count with the value that Excel last worked out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from koding.errors import KodingError
from koding.i18n import _
from koding.readers.packages import Handlers, Package, opened

_WORKBOOK = "xl/workbook.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"
_STRINGS = "xl/sharedStrings.xml"
_STYLES = "xl/styles.xml"
_MOST_COLUMNS = 2000
_MOST_CELLS = 5_000_000
# Code points of all cells together: a text that many cells share is stored once and read many times.
_MOST_CHARACTERS = 200_000_000
_DATE_FORMATS = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
_DATE_SIGNS = re.compile(r"(?:\"[^\"]*\"|\[[^\]]*\]|\\.)|(?P<sign>[ymdhs])", re.IGNORECASE)
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_LAST_DAY = 2_958_466
_LETTERS = 26
_TRUTHS = {"1": "TRUE", "0": "FALSE"}


@dataclass(frozen=True, slots=True)
class Workbook:
    """The rows of a workbook's first sheet with their numbers; `others` names the sheets that were not read."""

    rows: list[tuple[int, list[str]]]
    others: tuple[str, ...] = ()


def read_workbook(data: bytes, where: str = "") -> Workbook:
    """Read the first sheet that is not hidden. Raises KodingError for a file that is broken, protected or too large."""
    where = where or _("The file")
    broken = KodingError(
        _("{where} is not a whole Excel workbook.").format(where=where),
        _("Open it and save it again as .xlsx, without a password, or as CSV."),
    )
    with opened(data, where, broken) as package:
        return _Workbook(package).read()


class _Workbook:
    """A package with its shared texts, and which of its styles are dates."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.sheets: list[tuple[str, str]] = []
        self.epoch = datetime(1899, 12, 30)
        self.strings: list[str] = []
        self.dates: set[int] = set()

    def read(self) -> Workbook:
        self.package.parse(_WORKBOOK, Handlers(self._workbook_element))
        targets = self._targets()
        if not self.sheets:
            raise self.package.broken
        part = targets.get(self.sheets[0][1], "xl/worksheets/sheet1.xml")
        if _STRINGS in self.package.names:
            strings = _Strings()
            self.package.parse(_STRINGS, Handlers(strings.begin, strings.end, strings.characters))
            self.strings = strings.found
        if _STYLES in self.package.names:
            styles = _Styles()
            self.package.parse(_STYLES, Handlers(styles.begin, styles.end))
            self.dates = styles.dates
        sheet = _Sheet(self)
        self.package.parse(part, Handlers(sheet.begin, sheet.end, sheet.characters))
        return Workbook(sheet.rows, tuple(name for name, _target in self.sheets[1:]))

    def _workbook_element(self, qualified: str, attributes: dict[str, str]) -> None:
        name = _local(qualified)
        if name == "workbookPr" and attributes.get("date1904") in {"1", "true"}:
            self.epoch = datetime(1904, 1, 1)
        elif name == "sheet" and attributes.get("state", "visible") == "visible":
            target = next((value for key, value in attributes.items() if key.endswith("}id")), "")
            self.sheets.append((attributes.get("name", ""), target))

    def _targets(self) -> dict[str, str]:
        found: dict[str, str] = {}

        def begin(_qualified: str, attributes: dict[str, str]) -> None:
            target = attributes.get("Target", "")
            part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            if part in self.package.names:
                found[attributes.get("Id", "")] = part

        if _RELATIONS in self.package.names:
            self.package.parse(_RELATIONS, Handlers(begin))
        return found

    def shown(self, kind: str, style: int, value: str) -> str:
        """Give a cell's value as its reader sees it."""
        if kind == "s":
            index = int(value)
            return self.strings[index] if 0 <= index < len(self.strings) else ""
        if kind == "b":
            return _TRUTHS.get(value, value)
        if kind in {"str", "inlineStr", "e", "d"} or not value:
            return _plain(value)
        number = float(value)
        if style in self.dates and 0 <= number < _LAST_DAY:
            moment = self.epoch + timedelta(seconds=round(number * 86400))
            return moment.date().isoformat() if moment.time() == datetime.min.time() else moment.isoformat(" ")
        return f"{number:.15g}"


class _Strings:
    """Collects the shared texts; readings of East Asian signs (`rPh`) are not shown."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self._pieces: list[str] = []
        self._in_text = False
        self._unseen = False

    def begin(self, qualified: str, _attributes: dict[str, str]) -> None:
        name = _local(qualified)
        if name == "si":
            self._pieces = []
        elif name == "rPh":
            self._unseen = True
        self._in_text = name == "t" and not self._unseen

    def end(self, qualified: str) -> None:
        name = _local(qualified)
        if name == "si":
            self.found.append(_plain("".join(self._pieces)))
        elif name == "rPh":
            self._unseen = False
        self._in_text = False

    def characters(self, data: str) -> None:
        if self._in_text:
            self._pieces.append(data)


class _Styles:
    """Finds which styles of cells are dates."""

    def __init__(self) -> None:
        self.dates: set[int] = set()
        self._formats: set[int] = set(_DATE_FORMATS)
        self._inside = False
        self._count = 0

    def begin(self, qualified: str, attributes: dict[str, str]) -> None:
        name = _local(qualified)
        if name == "numFmt":
            signs = _DATE_SIGNS.finditer(attributes.get("formatCode", "")[:200])
            if any(sign["sign"] for sign in signs):
                self._formats.add(int(attributes.get("numFmtId", "0")))
        elif name == "cellXfs":
            self._inside = True
        elif name == "xf" and self._inside:
            if int(attributes.get("numFmtId", "0")) in self._formats:
                self.dates.add(self._count)
            self._count += 1

    def end(self, qualified: str) -> None:
        if _local(qualified) == "cellXfs":
            self._inside = False


class _Sheet:
    """Collects the rows of a sheet; cells that are not in the file are empty."""

    def __init__(self, workbook: _Workbook) -> None:
        self.workbook = workbook
        self.rows: list[tuple[int, list[str]]] = []
        self._cells: list[str] = []
        self._line = 0
        self._column = 0
        self._kind = ""
        self._style = 0
        self._pieces: list[str] = []
        self._in_value = False
        self._count = 0
        self._characters = 0

    def begin(self, qualified: str, attributes: dict[str, str]) -> None:
        name = _local(qualified)
        if name == "row":
            self._line = int(attributes.get("r", self._line + 1))
            self._cells, self._column = [], 0
        elif name == "c":
            self._begin_cell(attributes)
        self._in_value = name == "v" or (name == "t" and self._kind == "inlineStr")

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        found = _REFERENCE.fullmatch(attributes.get("r", ""))
        if found:
            self._column = 0
            for letter in found[1]:
                self._column = self._column * _LETTERS + ord(letter) - ord("A") + 1
            self._column -= 1
        self._kind = attributes.get("t", "n")
        self._style = int(attributes.get("s", "0"))
        self._pieces = []

    def end(self, qualified: str) -> None:
        name = _local(qualified)
        self._in_value = False
        if name == "c":
            self._end_cell()
        elif name == "row" and self._cells:
            self.rows.append((self._line, self._cells))

    def _end_cell(self) -> None:
        shown = self.workbook.shown(self._kind, self._style, "".join(self._pieces))
        if shown:
            self._count += 1 + max(0, self._column - len(self._cells))
            self._characters += len(shown)
            if self._column >= _MOST_COLUMNS or self._count > _MOST_CELLS or self._characters > _MOST_CHARACTERS:
                raise KodingError(
                    _("{where} has far more cells than a survey.").format(where=self.workbook.package.where),
                    _("Save the part you need as a workbook of its own, or as CSV."),
                )
            self._cells += [""] * (self._column + 1 - len(self._cells))
            self._cells[self._column] = shown
        self._column += 1

    def characters(self, data: str) -> None:
        if self._in_value:
            self._pieces.append(data)


def _plain(text: str) -> str:
    """Give a text with Excel's `_x000D_` for signs undone and line ends as one sign."""
    if "_x" in text:
        text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").replace("\0", "")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _local(qualified: str) -> str:
    return qualified.rpartition("}")[2]
