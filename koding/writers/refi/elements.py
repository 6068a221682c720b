"""The elements of a REFI-QDA project, built with lxml so that each is what the schema asks for.

Only what the table of the standard allows is ever written: attributes of the right form, children in their order, no
empty lists, no characters XML cannot hold.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from lxml import etree

from koding.model.exchange import Case, Code, Coding, Link, Node, Selection, Set, Source, User, Value, Variable
from koding.model.identity import content_guid
from koding.model.refi import PROJECT, PROJECT_NAMESPACE, VALUES, Shape, is_xml_text, xml_text

#: An lxml element: lxml has no public name for what its functions give.
Element = Any
_PREFIX = f"{{{PROJECT_NAMESPACE}}}"
_VALUE_ELEMENT = {
    "Text": "TextValue",
    "Boolean": "BooleanValue",
    "Integer": "IntegerValue",
    "Float": "FloatValue",
    "Date": "DateValue",
    "DateTime": "DateTimeValue",
}
VALUE_ELEMENTS = frozenset(_VALUE_ELEMENT.values())
#: Path attributes that stay: any other names a place, and often a person, on somebody's machine.
_PORTABLE = ("internal:", "relative:")
_PATHS = frozenset({"path", "currentPath", "richTextPath", "plainTextPath"})


def local(tag: str) -> str:
    """Give the name of an element without its namespace."""
    return tag.rpartition("}")[2]


class Builder:
    """Builds elements; `written` maps plain GUIDs to how another tool wrote them."""

    def __init__(self, written: Mapping[str, str], kinds: Mapping[str, str]) -> None:
        self._written = written
        self._kinds = kinds
        self.left_out = 0

    def element(self, parent: Element | None, name: str, attributes: Mapping[str, str]) -> Element:
        """Make an element with those attributes that the standard knows and whose values have its form."""
        shape = PROJECT[name]
        good = {}
        for key, value in attributes.items():
            kind = shape.attributes.get(key)
            if kind == "string":
                good[key] = value if is_xml_text(value) else xml_text(value)
            elif kind == "guid" and value:
                good[key] = self._written.get(value, value)
            elif kind is not None and VALUES[kind].fullmatch(value):
                good[key] = value
        if parent is None:
            return etree.Element(_PREFIX + name, good, {None: PROJECT_NAMESPACE})
        return etree.SubElement(parent, _PREFIX + name, good)

    @staticmethod
    def text(parent: Element, name: str, content: str | None) -> None:
        """Add an element of text; None adds nothing."""
        if content is not None:
            etree.SubElement(parent, _PREFIX + name).text = xml_text(content)

    def references(self, parent: Element, name: str, guids: Iterable[str], type_: str = "") -> None:
        """Add references to GUIDs."""
        for guid in guids:
            target = {"targetGUID": self._written.get(guid, guid)}
            etree.SubElement(parent, _PREFIX + name, target)
        assert (type_ or name) in PROJECT

    def user(self, parent: Element, user: User) -> None:
        """Add a user."""
        names = {"guid": user.guid, "name": user.name}
        self.element(parent, "User", names | ({"id": user.id} if user.id else {}))

    def codes(self, parent: Element, codes: Sequence[Code]) -> None:
        """Add codes as a tree."""
        places = {"": parent}
        for code in codes:
            attributes = {
                "guid": code.guid,
                "name": code.name,
                "isCodable": "true" if code.codable else "false",
                "color": code.colour,
            }
            made = self.element(places[code.parent or ""], "Code", attributes)
            self.text(made, "Description", code.description)
            self.references(made, "NoteRef", code.notes)
            places[code.guid] = made

    def variable(self, parent: Element, variable: Variable) -> None:
        """Add a variable."""
        attributes = {"guid": variable.guid, "name": variable.name, "typeOfVariable": variable.kind}
        self.text(self.element(parent, "Variable", attributes), "Description", variable.description)

    def values(self, parent: Element, values: Iterable[Value]) -> None:
        """Add values of variables; one of the wrong form for its variable is left out, the variable named."""
        for value in values:
            made = self.element(parent, "VariableValue", {})
            self.references(made, "VariableRef", [value.variable])
            name = _VALUE_ELEMENT[self._kinds.get(value.variable, "Text")]
            form = PROJECT["VariableValue"].types[name]
            if value.value is None:
                continue
            if form == "text" or VALUES[form].fullmatch(value.value.strip()):
                self.text(made, name, value.value)
            else:
                self.left_out += 1

    def case(self, parent: Element, case: Case) -> None:
        """Add a case."""
        made = self.element(parent, "Case", {"guid": case.guid} | ({"name": case.name} if case.name else {}))
        self.text(made, "Description", case.description)
        self.references(made, "CodeRef", case.codes)
        self.values(made, case.values)
        self.references(made, "SourceRef", case.sources)
        self.references(made, "SelectionRef", case.selections)

    def stamps(self, part: Selection | Source) -> dict[str, str]:
        """Give who made and changed a part, and when, as attributes."""
        return {
            "creatingUser": part.user,
            "creationDateTime": part.created,
            "modifyingUser": part.modifier,
            "modifiedDateTime": part.modified,
        }

    def coding(self, parent: Element, coding: Coding) -> None:
        """Add a coding."""
        attributes = {"guid": coding.guid, "creatingUser": coding.user, "creationDateTime": coding.created}
        made = self.element(parent, "Coding", attributes)
        self.references(made, "CodeRef", [coding.code])
        self.references(made, "NoteRef", coding.notes)

    def selection(self, parent: Element, name: str, selection: Selection, place: Mapping[str, str]) -> None:
        """Add a selection; `place` are the attributes that say where it is."""
        attributes = {"guid": selection.guid, **place, **self.stamps(selection)}
        if selection.name:
            attributes["name"] = selection.name
        made = self.element(parent, name, attributes)
        self.text(made, "Description", selection.description)
        for coding in selection.codings:
            self.coding(made, coding)
        self.references(made, "NoteRef", selection.notes)

    def source(self, parent: Element | None, source: Source, path: str, count: Callable[[int], int]) -> Element:
        """Make a text source, a note or the text of a medium; `path` is of its file, "" for a text that stands here."""
        attributes = {"guid": source.guid, "name": source.name, **self.stamps(source), **source.parts}
        attributes.pop("plainTextPath", None)
        if path:
            attributes["plainTextPath"] = path
        if not source.name:
            del attributes["name"]
        attributes = {key: value for key, value in attributes.items() if key not in _PATHS or portable(value)}
        made = self.element(parent, source.kind, attributes)
        self.text(made, "Description", source.description)
        if not path:
            self.text(made, "PlainTextContent", source.text)
        if source.kind == "Transcript":
            self._transcript(made, source)
        else:
            for selection in source.selections:
                place = {"startPosition": str(count(selection.start)), "endPosition": str(count(selection.end))}
                self.selection(made, "PlainTextSelection", selection, place)
            for coding in source.codings:
                self.coding(made, coding)
        self.references(made, "NoteRef", source.notes)
        if source.kind != "Transcript":
            self.values(made, source.values)
        return made

    def _transcript(self, made: Element, source: Source) -> None:
        """Add a transcript's selections, which lie between sync points: those of the file, and new ones for new."""
        points = {
            node.attributes["guid"].strip("{}").lower(): node
            for node in source.extra
            if node.tag == "SyncPoint" and node.attributes.get("guid")
        }
        edges: list[tuple[str, str]] = []
        for one in source.selections:
            kept = next((node.attributes for node in one.extra if node.tag == "@"), {})
            edges.append(
                (
                    self._point(points, source, kept.get("fromSyncPoint", ""), one.start),
                    self._point(points, source, kept.get("toSyncPoint", ""), one.end),
                )
            )
        for node in points.values():
            self.carried(made, node)
        for one, (first, last) in zip(source.selections, edges, strict=True):
            self.selection(made, "TranscriptSelection", one, {"fromSyncPoint": first, "toSyncPoint": last})

    def _point(self, points: dict[str, Node], source: Source, kept: str, place: int) -> str:
        """Give the GUID of a sync point at this place: the one the file had, or a new one."""
        plain = kept.strip("{} ").lower()
        node = points.get(plain)
        if node is not None and (place < 0 or node.attributes.get("position") == str(place)):
            return plain
        if place < 0:
            return ""
        guid = content_guid("sync point", source.guid, str(place))
        points.setdefault(guid, Node("SyncPoint", {"guid": guid, "position": str(place)}))
        return guid

    def medium(self, parent: Element, wrapper: Node, texts: Mapping[str, Callable[[Element], Element]]) -> set[str]:
        """Add a medium as it was carried, with its texts (by GUID) in their places; give those that had a place."""
        told: set[str] = set()
        made = self.carried(parent, wrapper, skip=frozenset({"Representation", "Transcript", "TextDescription"}))
        if made is not None:
            shape = PROJECT[wrapper.tag]
            for node in wrapper.children:
                guid = node.attributes.get("guid", "")
                full = node.tag in shape.once and any(local(str(one.tag)) == node.tag for one in made)
                if guid in texts and guid not in told and node.tag in shape.order and not full:
                    told.add(guid)
                    texts[guid](made)
            _sort(made, shape)
        return told

    def set(self, parent: Element, one: Set) -> None:
        """Add a set."""
        made = self.element(parent, "Set", {"guid": one.guid, "name": one.name})
        self.text(made, "Description", one.description)
        self.references(made, "MemberCode", one.codes, "CodeRef")
        self.references(made, "MemberSource", one.sources, "SourceRef")
        self.references(made, "MemberNote", one.notes, "NoteRef")

    def link(self, parent: Element, link: Link) -> None:
        """Add a link."""
        attributes = {
            "guid": link.guid,
            "name": link.name,
            "direction": link.direction,
            "color": link.colour,
            "originGUID": link.origin,
            "targetGUID": link.target,
        }
        made = self.element(parent, "Link", {key: value for key, value in attributes.items() if value})
        self.references(made, "NoteRef", link.notes)

    def carried(self, parent: Element, node: Node, skip: frozenset[str] = frozenset()) -> Element | None:
        """Add an element that is carried through; what in it is not of the standard's form is left out."""
        shape = PROJECT.get(node.tag)
        if shape is None:
            self.text(parent, node.tag, node.text)
            return None
        attributes = {
            key: value.strip() if shape.attributes.get(key) != "string" else value
            for key, value in node.attributes.items()
            if key not in _PATHS or portable(value)
        }
        good = {key: value for key, value in attributes.items() if fits(shape.attributes.get(key), value)}
        if not shape.required <= good.keys():
            self.left_out += 1
            return None
        made = self.element(parent, node.tag, good)
        for child in node.children:
            if child.tag in shape.order and child.tag not in skip:
                if len(made) and child.tag in shape.once and any(local(str(one.tag)) == child.tag for one in made):
                    self.left_out += 1
                else:
                    self._carried_child(made, child, shape.types[child.tag])
        _sort(made, shape)
        names = {local(str(child.tag)) for child in made}
        if any(needed not in names for needed in shape.needed) or not _one_value(made):
            parent.remove(made)
            self.left_out += 1
            return None
        return made

    def _carried_child(self, made: Element, child: Node, type_: str) -> None:
        """Add a child of a carried element, of the type that the standard gives it there."""
        if type_ == child.tag:
            self.carried(made, child)
        elif type_ in PROJECT:
            target = child.attributes.get("targetGUID", "")
            if VALUES["guid"].fullmatch(target):
                self.references(made, child.tag, [target], type_)
        elif type_ == "text" or VALUES[type_].fullmatch(child.text.strip()):
            self.text(made, child.tag, child.text)


def _one_value(made: Element) -> bool:
    """Whether a variable's value has one value at most."""
    return sum(local(str(child.tag)) in VALUE_ELEMENTS for child in made) <= 1


def fits(kind: str | None, value: str) -> bool:
    """Whether a value has the form of its type; None is no type."""
    return kind == "string" or (kind is not None and VALUES[kind].fullmatch(value) is not None)


def portable(path: str) -> bool:
    """Whether a path means something outside the machine it was written on."""
    return path.strip().lower().startswith(_PORTABLE) or not (":" in path or path.strip().startswith(("/", "\\")))


def _sort(made: Element, shape: Shape) -> None:
    """Put the children in the standard's order, those of one kind as they came."""
    if not shape.free:
        made[:] = sorted(made, key=lambda child: shape.order[local(str(child.tag))])
