"""A project of any tool, in the words of REFI-QDA: what every reader of foreign projects fills and the writer writes.

A GUID here is the *plain* form: 36 characters, lower case, no braces (`plain_guid`). How a file wrote it, where that
differs, stands in `Project.written`. A reader of a format without GUIDs makes them of the content
(`identity.content_guid`), so that reading the same file twice gives the same project. GUIDs are unique for each kind
of element, not over the whole project. References (`Coding.code`, `Case.sources` ...) are GUIDs.

Positions are half-open spans in Unicode code points of `Source.text`, whatever the file counted in: the reader
converts. Times are ISO 8601 in UTC ending in "Z", or "" where the file gives none. A description or value that is None
was not there; "" was there and empty.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

_GUID = re.compile(r"\{?([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})\}?")


def plain_guid(written: str) -> str:
    """Give a GUID in its plain form, "" for what is none."""
    found = _GUID.fullmatch(written.strip())
    return found[1].lower() if found else ""


@dataclass(slots=True)
class Node:
    """An element that koding has no place for, carried through as it is; `tag` without namespace."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Node] = field(default_factory=list)
    text: str = ""

    def walk(self) -> Iterator[Node]:
        """Give the element and everything in it, in document order."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting.extend(reversed(node.children))


@dataclass(slots=True)
class User:
    """A coder. `id` is what some tools give beside the name (initials)."""

    guid: str
    name: str
    id: str = ""


@dataclass(slots=True)
class Code:
    """A code; `parent` is a GUID (None for a top code) and stands before its children in `Project.codes`.

    `colour` is "#rrggbb" or "". `notes` are the GUIDs of notes on it.
    """

    guid: str
    name: str
    parent: str | None = None
    codable: bool = True
    colour: str = ""
    description: str | None = None
    notes: tuple[str, ...] = ()


@dataclass(slots=True)
class Variable:
    """What can be known of a case; `kind` is Text, Boolean, Integer, Float, Date or DateTime."""

    guid: str
    name: str
    kind: str = "Text"
    description: str | None = None


@dataclass(slots=True)
class Value:
    """A case's value of a variable (a GUID); None where the file names the variable and gives no value."""

    variable: str
    value: str | None = None


@dataclass(slots=True)
class Case:
    """A person or another unit of analysis, with the sources and selections (GUIDs) that are its own."""

    guid: str
    name: str = ""
    description: str | None = None
    codes: tuple[str, ...] = ()
    values: list[Value] = field(default_factory=list)
    sources: tuple[str, ...] = ()
    selections: tuple[str, ...] = ()


@dataclass(slots=True)
class Coding:
    """One code (a GUID) by one user (a GUID, "" for unknown) on the selection or source that holds it."""

    guid: str
    code: str
    user: str = ""
    created: str = ""
    notes: tuple[str, ...] = ()


@dataclass(slots=True)
class Selection:
    """A span of a source with its codings; without codings it is an annotation, a quotation or a case's speech.

    `name` is what the file calls it, often the quoted text. `kind` is the element that held it.
    """

    guid: str
    start: int
    end: int
    name: str = ""
    description: str | None = None
    codings: list[Coding] = field(default_factory=list)
    notes: tuple[str, ...] = ()
    user: str = ""
    created: str = ""
    modifier: str = ""
    modified: str = ""
    kind: str = "PlainTextSelection"
    extra: Sequence[Node] = ()


@dataclass(slots=True)
class Source:
    r"""A text (also a note, which is a text too): `text` has `\n` line ends and is otherwise untouched.

    `codings` are on the source as a whole. `counted` says how the writer counted positions and how that was found, ""
    where it made no difference. `file_name`, `file_sha256` and `encoding` describe the file the text was in. `parts`
    are path attributes by name ("richTextPath"). `kind` is the element that held the text, `wrapper` the PDF, audio,
    video or picture source around it, where there is one. `missing` is true where the package does not hold the text:
    such a source is carried, not read.
    """

    guid: str
    name: str
    text: str = ""
    description: str | None = None
    selections: list[Selection] = field(default_factory=list)
    codings: list[Coding] = field(default_factory=list)
    notes: tuple[str, ...] = ()
    values: list[Value] = field(default_factory=list)
    user: str = ""
    created: str = ""
    modifier: str = ""
    modified: str = ""
    kind: str = "TextSource"
    counted: str = ""
    file_name: str = ""
    file_sha256: str = ""
    encoding: str = ""
    parts: dict[str, str] = field(default_factory=dict)
    wrapper: Node | None = None
    missing: bool = False
    extra: list[Node] = field(default_factory=list)


@dataclass(slots=True)
class Set:
    """A named collection of codes, sources and notes (GUIDs)."""

    guid: str
    name: str
    description: str | None = None
    codes: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(slots=True)
class Link:
    """A relation between two elements (GUIDs of any kind)."""

    guid: str
    name: str = ""
    direction: str = ""
    colour: str = ""
    origin: str = ""
    target: str = ""
    notes: tuple[str, ...] = ()


@dataclass
class Project:
    """A whole project. `origin` names the tool that wrote it; `notes` are GUIDs of notes on the project itself.

    `media` are sources without a text (pictures, recordings, PDF files without a text layer), `graphs` diagrams,
    `extra` elements no schema knows: all carried through. `written` maps a plain GUID to what the file wrote.
    `parts` holds the files of the package that are carried, by path. `attributes` are those of the project's own
    element. `lost` counts, by element, what koding keeps only as carried; `dropped` what is not kept at all;
    `codings_lost` is the number of codings that cannot become codings of a text, `codings_in_media` that of codings
    on pictures, sound and rectangles of a page. `warnings` are lines for the person.
    """

    name: str
    origin: str = ""
    description: str | None = None
    users: list[User] = field(default_factory=list)
    codes: list[Code] = field(default_factory=list)
    variables: list[Variable] = field(default_factory=list)
    cases: list[Case] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)
    notes: list[Source] = field(default_factory=list)
    note_refs: tuple[str, ...] = ()
    sets: list[Set] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    media: list[Node] = field(default_factory=list)
    graphs: list[Node] = field(default_factory=list)
    extra: list[Node] = field(default_factory=list)
    attributes: dict[str, str] = field(default_factory=dict)
    written: dict[str, str] = field(default_factory=dict)
    parts: dict[str, bytes] = field(default_factory=dict)
    sidecar: Mapping[str, object] | None = None
    lost: Counter[str] = field(default_factory=Counter)
    dropped: Counter[str] = field(default_factory=Counter)
    codings_lost: int = 0
    codings_in_media: int = 0
    warnings: list[str] = field(default_factory=list)

    def coding_count(self) -> int:
        """Give how many codings stand on texts and parts of texts."""
        return sum(
            len(source.codings) + sum(len(selection.codings) for selection in source.selections)
            for source in self.sources
        )
