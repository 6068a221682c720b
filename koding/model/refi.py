"""The shape of REFI-QDA 1.0 files (projects and codebooks): which elements hold which, in what order, with what.

Written down here as facts of the standard ("REFI-QDA Standard", version 1.5 of the text, schemas of 18 March 2019), so
that every file we write and every file we are shown is held against them without a schema processor. A line of the
table is `type | attributes | children`; `!` marks what must be there, `?` what may be there once, `*` any number, `+`
at least one, `=type` a type other than the name says; children after `choice` stand in any order.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from koding.i18n import _

PROJECT_NAMESPACE = "urn:QDA-XML:project:1.0"
CODEBOOK_NAMESPACE = "urn:QDA-XML:codebook:1.0"
#: Namespaces that files in the field carry, whatever their version.
KNOWN_NAMESPACES = re.compile(r"urn:QDA-XML:(?:project|codebook):[0-9.:]+")

_STAMPS = "creatingUser=guid creationDateTime=time modifyingUser=guid modifiedDateTime=time"
_SELECTED = "Description=text? Coding* NoteRef*"
_MEDIA_END = "Coding* NoteRef* VariableValue*"
_FILE = f"guid=guid! name path currentPath {_STAMPS}"
_TEXT = f"guid=guid! name richTextPath plainTextPath {_STAMPS}"
_TEXT_SOURCE = f"{_TEXT} | Description=text? PlainTextContent=text? PlainTextSelection* {_MEDIA_END}"
_RECTANGLE = "firstX=integer! firstY=integer! secondX=integer! secondY=integer!"

_PROJECT = f"""
Project | name! origin creatingUserGUID=guid creationDateTime=time modifyingUserGUID=guid modifiedDateTime=time \
basePath | Users? CodeBook? Variables? Cases? Sources? Notes? Links? Sets? Graphs? Description=text? NoteRef*
Users | | User+
User | guid=guid! name id |
CodeBook | | Codes!
Codes | | Code+
Code | guid=guid! name! isCodable=boolean! color=colour | Description=text? NoteRef* Code*
Cases | | Case+
Case | guid=guid! name | Description=text? CodeRef* VariableValue* SourceRef* SelectionRef*
Variables | | Variable+
Variable | guid=guid! name! typeOfVariable=variable! | Description=text?
VariableValue | | VariableRef! TextValue=text? BooleanValue=boolean? IntegerValue=integer? FloatValue=decimal? \
DateValue=date? DateTimeValue=time?
Sets | | Set+
Set | guid=guid! name! | Description=text? MemberCode=CodeRef* MemberSource=SourceRef* MemberNote=NoteRef*
Sources | choice | TextSource* PictureSource* PDFSource* AudioSource* VideoSource*
TextSource | {_TEXT_SOURCE}
TextDescription | {_TEXT_SOURCE}
Representation | {_TEXT_SOURCE}
Note | {_TEXT_SOURCE}
PlainTextSelection | guid=guid! name startPosition=integer! endPosition=integer! {_STAMPS} | {_SELECTED}
PictureSource | {_FILE} | Description=text? TextDescription? PictureSelection* {_MEDIA_END}
PictureSelection | guid=guid! name {_RECTANGLE} {_STAMPS} | {_SELECTED}
PDFSource | {_FILE} | Description=text? PDFSelection* Representation? {_MEDIA_END}
PDFSelection | guid=guid! name page=integer! {_RECTANGLE} {_STAMPS} | Description=text? Representation? Coding* NoteRef*
AudioSource | {_FILE} | Description=text? Transcript* AudioSelection* {_MEDIA_END}
AudioSelection | guid=guid! name begin=integer! end=integer! {_STAMPS} | {_SELECTED}
VideoSource | {_FILE} | Description=text? Transcript* VideoSelection* {_MEDIA_END}
VideoSelection | guid=guid! name begin=integer! end=integer! {_STAMPS} | {_SELECTED}
Transcript | {_TEXT} | Description=text? PlainTextContent=text? SyncPoint* TranscriptSelection* NoteRef*
TranscriptSelection | guid=guid! name fromSyncPoint=guid toSyncPoint=guid {_STAMPS} | {_SELECTED}
SyncPoint | guid=guid! timeStamp=integer position=integer |
Coding | guid=guid! creatingUser=guid creationDateTime=time | CodeRef! NoteRef*
Graphs | | Graph+
Graph | guid=guid! name | Vertex* Edge*
Vertex | guid=guid! representedGUID=guid name firstX=integer! firstY=integer! secondX=integer secondY=integer \
shape=shape color=colour |
Edge | guid=guid! representedGUID=guid name sourceVertex=guid! targetVertex=guid! color=colour direction=direction \
lineStyle=line |
Notes | | Note+
Links | | Link+
Link | guid=guid! name direction=direction color=colour originGUID=guid targetGUID=guid | NoteRef*
NoteRef | targetGUID=guid! |
CodeRef | targetGUID=guid! |
SourceRef | targetGUID=guid! |
SelectionRef | targetGUID=guid! |
VariableRef | targetGUID=guid! |
"""
# A codebook of its own has other rules for the same names.
_CODEBOOK = """
CodeBook | origin | Codes! Sets?
Codes | | Code+
Code | guid=guid! name! isCodable=boolean! color=colour | Description=text? Code*
Sets | | Set+
Set | guid=guid! name! | Description=text? MemberCode*
MemberCode | guid=guid! |
"""
_GUID = r"[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}"
_ZONE = r"(?:Z|[+-]\d\d:\d\d)?"
#: What the values of each simple type look like.
VALUES = {
    name: re.compile(pattern)
    for name, pattern in {
        "guid": rf"{_GUID}|\{{{_GUID}\}}",
        "time": rf"-?\d{{4,}}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?{_ZONE}",
        "date": rf"-?\d{{4,}}-\d\d-\d\d{_ZONE}",
        "boolean": "true|false|0|1",
        "integer": r"[+-]?\d+",
        "decimal": r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)",
        "colour": "#(?:[A-Fa-f0-9]{6}|[A-Fa-f0-9]{3})",
        "variable": "Text|Boolean|Integer|Float|Date|DateTime",
        "direction": "Associative|OneWay|Bidirectional",
        "line": "dotted|dashed|solid",
        "shape": "Person|Oval|Rectangle|RoundedRectangle|Star|LeftTriangle|RightTriangle|UpTriangle|DownTriangle|Note",
    }.items()
}
# Of a variable's value there is one, of whatever kind.
_ONE_OF = frozenset({"TextValue", "BooleanValue", "IntegerValue", "FloatValue", "DateValue", "DateTimeValue"})
# Characters that XML 1.0 cannot hold in any form.
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


@dataclass(frozen=True, slots=True)
class Shape:
    """What an element may hold: attribute to its type, children in order with (type, least, most)."""

    attributes: Mapping[str, str]
    required: frozenset[str]
    order: Mapping[str, int]
    types: Mapping[str, str]
    once: frozenset[str]
    needed: tuple[str, ...]
    free: bool = False


def _cells(words: list[str]) -> list[tuple[str, str, str]]:
    """Give (name, type, mark) of each word of the table; the type is "" where the word gives none."""
    found = []
    for word in words:
        mark = word[-1] if word[-1] in "!?*+" else ""
        name, _sign, type_ = word.removesuffix(mark).partition("=")
        found.append((name, type_, mark))
    return found


def _shapes(table: str) -> dict[str, Shape]:
    found = {}
    for line in table.strip().splitlines():
        name, first, *rest = (cell.strip() for cell in line.split("|"))
        free = first == "choice"
        attributes = _cells([] if free else first.split())
        children = _cells(rest[0].split() if rest else [])
        found[name] = Shape(
            attributes={attribute: type_ or "string" for attribute, type_, _mark in attributes},
            required=frozenset(attribute for attribute, _type, mark in attributes if mark == "!"),
            order={child: number for number, (child, _type, _mark) in enumerate(children)},
            types={child: type_ or child for child, type_, _mark in children},
            once=frozenset(child for child, _type, mark in children if mark in "!?"),
            needed=tuple(child for child, _type, mark in children if mark in "!+"),
            free=free,
        )
    return found


PROJECT = _shapes(_PROJECT)
CODEBOOK = _shapes(_CODEBOOK)
#: Every element name of the standard by its lower-case form: some tools write "Codebook".
NAMES = {name.lower(): name for shape in PROJECT.values() for name in shape.order} | {
    name.lower(): name for name in PROJECT
}
ATTRIBUTES = {name.lower(): name for shape in (*PROJECT.values(), *CODEBOOK.values()) for name in shape.attributes}


def xml_text(text: str) -> str:
    """Give a text as XML can hold it: characters it forbids become U+FFFD, one for one."""
    return _FORBIDDEN.sub(_REPLACEMENT, text)


def is_xml_text(text: str) -> bool:
    """Whether XML holds the text as it is."""
    return _FORBIDDEN.search(text) is None


@dataclass(slots=True)
class _Standing:
    name: str
    shape: Shape | None
    type: str
    last: int = -1
    seen: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something in a file that is not as the standard says: in which element, what, on which line first, how often."""

    element: str
    what: str
    line: int
    times: int = 1


class Checker:
    """Holds a stream of elements against the standard; `findings` has each kind of fault once, with its number."""

    def __init__(self, shapes: Mapping[str, Shape], root: str) -> None:
        self._shapes = shapes
        self._root = root
        self._open: list[_Standing] = []
        self._found: dict[tuple[str, str], list[int]] = {}

    @property
    def findings(self) -> list[Finding]:
        """Give what was found, in the order it was met."""
        return [Finding(element, what, line, times) for (element, what), (line, times) in self._found.items()]

    def fault(self, element: str, what: str, line: int = 0) -> None:
        """Note a fault."""
        self._found.setdefault((element, what), [line, 0])[1] += 1

    def begin(self, name: str, attributes: Mapping[str, str], line: int = 0) -> None:
        """An element begins."""
        type_ = self._place(name, line)
        shape = self._shapes.get(type_)
        self._open.append(_Standing(name, shape, type_))
        if shape is None:
            return
        for attribute, value in attributes.items():
            kind = shape.attributes.get(attribute)
            if kind is None:
                self.fault(name, _("@{attribute} is no attribute of it").format(attribute=attribute), line)
            elif kind != "string" and VALUES[kind].fullmatch(value.strip()) is None:
                self.fault(
                    name, _("@{attribute} is not of the type {kind}").format(attribute=attribute, kind=kind), line
                )
        if not shape.required.issubset(attributes):
            for missing in sorted(shape.required.difference(attributes)):
                self.fault(name, _("@{attribute} is missing").format(attribute=missing), line)

    def _place(self, name: str, line: int) -> str:
        """Check that the element may stand here, and give its type ("" for an unknown one)."""
        if not self._open:
            if name != self._root:
                self.fault(name, _("the root should be {name}").format(name=self._root), line)
            return name
        parent = self._open[-1]
        if parent.shape is None:
            if parent.type in VALUES or parent.type == "text":
                self.fault(parent.name, _("holds {name}, and should hold text only").format(name=name), line)
            return ""
        place = parent.shape.order.get(name)
        if place is None:
            self.fault(name, _("is no part of {parent}").format(parent=parent.name), line)
            return ""
        if place < parent.last and not parent.shape.free:
            self.fault(name, _("stands in the wrong order in {parent}").format(parent=parent.name), line)
        parent.last = max(parent.last, place)
        if name in parent.shape.once and name in parent.seen:
            self.fault(name, _("stands more than once in {parent}").format(parent=parent.name), line)
        if name in _ONE_OF and parent.seen & _ONE_OF:
            self.fault(name, _("is a second value in {parent}").format(parent=parent.name), line)
        parent.seen.add(name)
        return parent.shape.types[name]

    def end(self, text: str = "", line: int = 0) -> None:
        """The element ends; `text` is what it held."""
        standing = self._open.pop()
        if standing.shape is None:
            pattern = VALUES.get(standing.type)
            if pattern is not None and pattern.fullmatch(text.strip()) is None:
                self.fault(standing.name, _("is not of the type {kind}").format(kind=standing.type), line)
            return
        for needed in standing.shape.needed:
            if needed not in standing.seen:
                self.fault(standing.name, _("holds no {name}").format(name=needed), line)
        if text and not text.isspace():
            self.fault(standing.name, _("holds text of its own"), line)
