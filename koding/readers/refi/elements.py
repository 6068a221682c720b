"""The elements of a REFI-QDA project, made into the exchange model.

Selections become model objects as they end, whole sources too, so that memory holds the model and not the XML. What
refers to what is settled when all is read: the order of a file decides nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import UTC, datetime

from koding.model.exchange import Case, Code, Coding, Link, Node, Selection, Set, Source, Value, Variable, plain_guid
from koding.model.identity import content_guid
from koding.model.refi import NAMES

_PLAIN = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}").fullmatch
_RGB = re.compile(r"\s*rgba?\(\s*(\d+)\s*,\s*(\d+)\s*,\s*(\d+)\s*(?:,[^)]*)?\)\s*")
_HEX = re.compile(r"#?([0-9a-fA-F]{3,8})")
_VALUES = ("TextValue", "BooleanValue", "IntegerValue", "FloatValue", "DateValue", "DateTimeValue")
#: Attributes that say where a text or a file lies.
PATHS = ("richTextPath", "plainTextPath", "path", "currentPath")
MEDIA = frozenset({"PDFSource", "AudioSource", "VideoSource", "PictureSource"})
TEXT_IN_MEDIA = frozenset({"Representation", "Transcript", "TextDescription"})
_PLACELESS = -1
#: A selection whose positions are no numbers.
NOWHERE = (_PLACELESS, _PLACELESS)


def colour(written: str) -> str:
    """Give a colour as #rrggbb, "" for what is none: #RGB, alpha and rgb() are seen in real files."""
    rgb = _RGB.fullmatch(written)
    if rgb:
        parts = [min(255, int(part[:4])) for part in rgb.groups()]
        return "#" + "".join(f"{part:02x}" for part in parts)
    found = _HEX.fullmatch(written.strip())
    if found is None:
        return ""
    digits = found[1]
    if len(digits) in {3, 4}:
        return "#" + "".join(digit * 2 for digit in digits[:3])
    return f"#{digits[:6]}" if len(digits) in {6, 8} else ""


def moment(written: str) -> str:
    """Give a time as ISO 8601 in UTC with "Z", "" for what is none; one without a zone is taken for UTC."""
    written = written.strip()
    if written.endswith("Z") and len(written) > len("2026-01-01T"):
        try:
            datetime.fromisoformat(written)
        except ValueError:
            return ""
        return written
    try:
        found = datetime.fromisoformat(written)
    except ValueError:
        return ""
    if found.tzinfo is None:
        return written + "Z" if "T" in written else ""
    try:
        return found.astimezone(UTC).isoformat().replace("+00:00", "Z")
    except (OverflowError, ValueError):
        return ""


class Guids:
    """Makes GUIDs plain; remembers how a file wrote those that it wrote otherwise, and makes what it left out."""

    def __init__(self) -> None:
        self.written: dict[str, str] = {}
        self.strange = 0
        self._shared: dict[str, str] = {}
        self._made = 0

    def reference(self, written: str) -> str:
        """Give the plain form of a GUID that refers to something; "" where nothing is referred to."""
        written = written.strip()
        if not written:
            return ""
        return self._shared.setdefault(self._plain(written), self._plain(written))

    def own(self, written: str, kind: str) -> str:
        """Give the plain form of an element's own GUID, a made one where it has none."""
        written = written.strip()
        if _PLAIN(written):
            return written
        if not written:
            self.strange += 1
            self._made += 1
            return content_guid("element without guid", kind, str(self._made))
        return self._plain(written)

    def _plain(self, written: str) -> str:
        if _PLAIN(written):
            return written
        plain = plain_guid(written)
        if not plain:
            self.strange += 1
            return content_guid("strange guid", written)
        self.written.setdefault(plain, written)
        return plain


class Elements:
    """Turns elements into parts of the model; `losses` counts what is met and has no place, by element."""

    def __init__(self, guids: Guids) -> None:
        self.guids = guids
        self.losses: Counter[str] = Counter()
        self.bad_positions = 0

    # What many elements share

    def description(self, children: Iterable[Node]) -> str | None:
        """Give the description, None where there is none."""
        return next((child.text for child in children if child.tag == "Description"), None)

    def references(self, children: Iterable[Node], tag: str) -> tuple[str, ...]:
        """Give the GUIDs that elements of this name refer to."""
        found = (
            # A codebook's members have @guid; drafts of the standard had the GUID as text.
            self.guids.reference(child.attributes.get("targetGUID") or child.attributes.get("guid") or child.text)
            for child in children
            if child.tag == tag
        )
        return tuple(guid for guid in found if guid)

    def rest(self, children: Iterable[Node], taken: frozenset[str]) -> list[Node]:
        """Give the children that have no place in the model: carried through."""
        return [child for child in children if child.tag not in taken]

    def stamp(self, part: Selection | Source, attributes: dict[str, str]) -> None:
        """Write on a part who made and changed it, and when."""
        part.user = self.guids.reference(attributes.get("creatingUser", ""))
        part.created = moment(attributes.get("creationDateTime", ""))
        part.modifier = self.guids.reference(attributes.get("modifyingUser", ""))
        part.modified = moment(attributes.get("modifiedDateTime", ""))

    # Parts

    def coding(self, node: Node) -> Coding | None:
        """Make a coding; None for one without a code."""
        codes = self.references(node.children, "CodeRef")
        if not codes:
            return None
        return Coding(
            guid=self.guids.own(node.attributes.get("guid", ""), "Coding"),
            code=codes[0],
            user=self.guids.reference(node.attributes.get("creatingUser", "")),
            created=moment(node.attributes.get("creationDateTime", "")),
            notes=self.references(node.children, "NoteRef"),
        )

    def codings(self, children: Iterable[Node]) -> list[Coding]:
        """Make the codings among the children."""
        return [coding for child in children if child.tag == "Coding" and (coding := self.coding(child)) is not None]

    def selection(self, node: Node, span: tuple[int, int]) -> Selection:
        """Make a selection that has this span."""
        selection = Selection(
            guid=self.guids.own(node.attributes.get("guid", ""), "Selection"),
            start=span[0],
            end=span[1],
            name=node.attributes.get("name", ""),
            description=self.description(node.children),
            codings=self.codings(node.children),
            notes=self.references(node.children, "NoteRef") if node.children else (),
            kind=node.tag,
            extra=self.rest(node.children, _IN_SELECTION) or (),
        )
        self.stamp(selection, node.attributes)
        return selection

    def span(self, attributes: dict[str, str]) -> tuple[int, int]:
        """Give the positions as counted in the file; (-1, -1) where they are no numbers."""
        try:
            return int(attributes["startPosition"]), int(attributes["endPosition"])
        except (KeyError, ValueError):
            self.bad_positions += 1
            return NOWHERE

    def source(self, node: Node, selections: list[Selection]) -> Source:
        """Make a text, a note or the text of a medium; an inline text is in it, a text in a file comes later."""
        inline = next((child.text for child in node.children if child.tag == "PlainTextContent"), None)
        text = "" if inline is None else inline.replace("\r\n", "\n").replace("\r", "\n")
        source = Source(
            guid=self.guids.own(node.attributes.get("guid", ""), node.tag),
            name=node.attributes.get("name", ""),
            text=text,
            description=self.description(node.children),
            selections=selections,
            codings=self.codings(node.children),
            notes=self.references(node.children, "NoteRef"),
            values=self.values(node.children),
            kind=node.tag,
            parts={name: node.attributes[name] for name in PATHS if node.attributes.get(name)},
            missing=inline is None,
            extra=self.rest(node.children, _IN_SOURCE),
        )
        self.stamp(source, node.attributes)
        return source

    def values(self, children: Iterable[Node]) -> list[Value]:
        """Make the values of variables among the children."""
        found = []
        for child in children:
            if child.tag == "VariableValue":
                variables = self.references(child.children, "VariableRef")
                value = next((part.text for part in child.children if part.tag in _VALUES), None)
                if variables:
                    found.append(Value(variables[0], value))
        return found

    def codes(self, nodes: Iterable[Node], parent: str | None = None) -> list[Code]:
        """Make codes with those in them, a parent before its children."""
        found: list[Code] = []
        for node in nodes:
            if node.tag != "Code":
                continue
            written = node.attributes.get("color", "")
            code = Code(
                guid=self.guids.own(node.attributes.get("guid", ""), "Code"),
                name=node.attributes.get("name", ""),
                parent=parent,
                codable=node.attributes.get("isCodable", "true").strip().lower() not in {"false", "0"},
                colour=colour(written),
                description=self.description(node.children),
                notes=self.references(node.children, "NoteRef"),
            )
            if written and not code.colour:
                self.losses["Code@color"] += 1
            found.append(code)
            found.extend(self.codes(node.children, code.guid))
        return found

    def variable(self, node: Node) -> Variable:
        """Make a variable."""
        return Variable(
            guid=self.guids.own(node.attributes.get("guid", ""), "Variable"),
            name=node.attributes.get("name", ""),
            kind=node.attributes.get("typeOfVariable", "Text"),
            description=self.description(node.children),
        )

    def case(self, node: Node) -> Case:
        """Make a case."""
        return Case(
            guid=self.guids.own(node.attributes.get("guid", ""), "Case"),
            name=node.attributes.get("name", ""),
            description=self.description(node.children),
            codes=self.references(node.children, "CodeRef"),
            values=self.values(node.children),
            sources=self.references(node.children, "SourceRef"),
            selections=self.references(node.children, "SelectionRef"),
        )

    def set(self, node: Node) -> Set:
        """Make a set; a codebook writes @guid where a project writes @targetGUID."""
        return Set(
            guid=self.guids.own(node.attributes.get("guid", ""), "Set"),
            name=node.attributes.get("name", ""),
            description=self.description(node.children),
            codes=self.references(node.children, "MemberCode"),
            sources=self.references(node.children, "MemberSource"),
            notes=self.references(node.children, "MemberNote"),
        )

    def link(self, node: Node) -> Link:
        """Make a link."""
        return Link(
            guid=self.guids.own(node.attributes.get("guid", ""), "Link"),
            name=node.attributes.get("name", ""),
            direction=node.attributes.get("direction", ""),
            colour=colour(node.attributes.get("color", "")),
            origin=self.guids.reference(node.attributes.get("originGUID", "")),
            target=self.guids.reference(node.attributes.get("targetGUID", "")),
            notes=self.references(node.children, "NoteRef"),
        )


_IN_SELECTION = frozenset({"Description", "Coding", "NoteRef"})
_IN_SOURCE = frozenset({"Description", "PlainTextContent", "PlainTextSelection", "Coding", "NoteRef", "VariableValue"})


def unknown(node: Node) -> bool:
    """Whether the standard has no element of this name."""
    return NAMES.get(node.tag.lower()) != node.tag


def strangers(nodes: Iterable[Node], kept: Callable[[Node], None]) -> None:
    """Hand every element the standard does not know to `kept`, the outermost of each."""
    for node in nodes:
        if unknown(node):
            kept(node)
        else:
            strangers(node.children, kept)
