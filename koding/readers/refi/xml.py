"""The XML of a REFI-QDA file as a stream of elements: names made even, document types refused, sizes bounded."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from xml.parsers import expat

from koding.errors import KodingError
from koding.i18n import _
from koding.model.exchange import Node, Selection, Source
from koding.model.refi import (
    ATTRIBUTES,
    CODEBOOK_NAMESPACE,
    KNOWN_NAMESPACES,
    NAMES,
    PROJECT_NAMESPACE,
    Checker,
)

#: Elements in a file, and how deep they may lie in each other.
MOST_ELEMENTS = 1_200_000
DEEPEST = 200
_SEPARATOR = "}"


@dataclass(slots=True)
class Open:
    """An element that is being read; `line` is where it begins."""

    tag: str
    attributes: dict[str, str]
    line: int
    children: list[Node] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    selections: list[Selection] = field(default_factory=list)
    texts: list[Source] = field(default_factory=list)

    def text(self) -> str:
        """Give the text in it, whatever comments and CDATA sections split it."""
        return "".join(self.pieces)

    def node(self) -> Node:
        """Give the element as it is to be carried."""
        text = self.text()
        return Node(self.tag, self.attributes, self.children, "" if self.children and text.isspace() else text)


class Stream:
    """Parses a file in pieces and tells `ended` of each element with those around it, outermost first.

    What `ended` gives is added to the parent as a child; None adds nothing. `namespace` is the root's, `digest` the
    SHA-256 of the bytes, once read.
    """

    def __init__(
        self, where: str, ended: Callable[[list[Open], Open], Node | None], checker: Checker | None = None
    ) -> None:
        self._where = where
        self._ended = ended
        self._checker = checker
        self._open: list[Open] = []
        self._count = 0
        self.namespace = ""
        self.root = ""
        self.digest = ""

    def read(self, pieces: Iterable[bytes]) -> None:
        """Parse it all. Raises KodingError for a document type, for too much, and for what is no XML."""
        parser = expat.ParserCreate(namespace_separator=_SEPARATOR)
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._refuse
        parser.StartElementHandler = self._begin
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        self._parser = parser
        digest = hashlib.sha256()
        try:
            for piece in pieces:
                digest.update(piece)
                parser.Parse(piece, False)
            parser.Parse(b"", True)
        except (expat.ExpatError, LookupError) as fault:
            raise KodingError(
                _("{file} line {line}: the XML is damaged ({reason}); nothing was imported.").format(
                    file=self._where, line=parser.CurrentLineNumber, reason=fault
                ),
                _("Export it again from the tool that made it."),
            ) from fault
        self.digest = digest.hexdigest()

    def _refuse(self, *_declaration: object) -> None:
        raise KodingError(
            _("{file} holds a document type declaration, which no project does; nothing was imported.").format(
                file=self._where
            )
        )

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        self._count += 1
        if self._count > MOST_ELEMENTS or len(self._open) >= DEEPEST:
            raise KodingError(
                _("{file} holds more elements, or deeper ones, than a project does; nothing was imported.").format(
                    file=self._where
                ),
                _("If it is a real project, export it in parts from the tool that made it."),
            )
        line = self._parser.CurrentLineNumber
        namespace, _separator, local = name.rpartition(_SEPARATOR)
        known = not namespace or KNOWN_NAMESPACES.fullmatch(namespace)
        tag = NAMES.get(local.lower(), local) if known else f"{{{namespace}}}{local}"
        if not self._open:
            self.namespace, self.root = namespace, tag
        if any(_SEPARATOR in key for key in attributes):
            attributes = {key: value for key, value in attributes.items() if _SEPARATOR not in key}
        if known:
            attributes = {ATTRIBUTES.get(key.lower(), key): value for key, value in attributes.items()}
        if self._checker:
            if not self._open and namespace not in {PROJECT_NAMESPACE, CODEBOOK_NAMESPACE}:
                self._checker.fault(local, _("has the namespace “{namespace}”").format(namespace=namespace), line)
            self._checker.begin(local if known else tag, attributes, line)
        self._open.append(Open(sys.intern(tag), attributes, line))

    def _characters(self, text: str) -> None:
        self._open[-1].pieces.append(text)

    def _end(self, _name: str) -> None:
        ended = self._open.pop()
        if self._checker:
            self._checker.end(ended.text(), self._parser.CurrentLineNumber)
        node = self._ended(self._open, ended)
        if node is not None and self._open:
            self._open[-1].children.append(node)
