"""YAML as strings and lines only: no type is guessed (Norwegian `no` and `true` are words), no alias is followed.

Built from PyYAML's events rather than its objects, so that every value keeps its line, a key that stands twice is seen,
and a file cannot grow by references to itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml

from koding.errors import KodingError
from koding.i18n import _

_DEEPEST = 40
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


@dataclass(slots=True)
class Scalar:
    """A word, number or text, always as a string."""

    line: int
    value: str


@dataclass(slots=True)
class Sequence:
    """A list."""

    line: int
    items: list[Node] = field(default_factory=list)


@dataclass(slots=True)
class Mapping:
    """Keys with values, in the file's order; the same key may stand twice, for the reader to refuse."""

    line: int
    pairs: list[tuple[Scalar, Node]] = field(default_factory=list)


Node = Scalar | Sequence | Mapping


class YamlFault(KodingError):
    """A file that is not YAML as we read it; `line` counts from 1."""

    def __init__(self, line: int, message: str, hint: str = "") -> None:
        super().__init__(message, hint)
        self.line = line


def read_tree(text: str) -> Node | None:
    """Read a YAML text to its nodes, None for an empty one. Raises YamlFault."""
    try:
        return _build(yaml.parse(text, Loader=_LOADER))
    except yaml.MarkedYAMLError as fault:
        mark = fault.problem_mark or fault.context_mark
        raise YamlFault(
            mark.line + 1 if mark else 1,
            _("it is not YAML: {problem}").format(problem=fault.problem or fault.context or _("unreadable")),
            _("Check the indentation, the colons and the quotation marks there and on the line above."),
        ) from fault
    except yaml.reader.ReaderError as fault:
        raise YamlFault(
            text.count("\n", 0, fault.position if isinstance(fault.position, int) else 0) + 1,
            _("it holds a control character, which YAML does not allow"),
            _("Remove the character."),
        ) from fault


def _build(events: Iterator[yaml.Event]) -> Node | None:
    root: Node | None = None
    open_nodes: list[Sequence | Mapping] = []
    keys: list[Scalar | None] = []
    for event in events:
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.AliasEvent):
            raise YamlFault(line, _("it refers to another place (*{name})").format(name=event.anchor), _copy_out())
        if isinstance(event, yaml.DocumentStartEvent) and root is not None:
            raise YamlFault(line, _("a second document begins"), _("Keep one document in the file; remove the ---."))
        if isinstance(event, (yaml.SequenceEndEvent, yaml.MappingEndEvent)):
            open_nodes.pop()
            keys.pop()
            continue
        node = _node(event, line)
        if node is None:
            continue
        if root is None:
            root = node
        else:
            _place(node, open_nodes[-1], keys)
        if not isinstance(node, Scalar):
            open_nodes.append(node)
            keys.append(None)
            if len(open_nodes) > _DEEPEST:
                raise YamlFault(line, _("it is nested too deep"), _("Keep the tree of codes flatter."))
    return root


def _node(event: yaml.Event, line: int) -> Node | None:
    if isinstance(event, yaml.ScalarEvent):
        return Scalar(line, event.value)
    if isinstance(event, yaml.SequenceStartEvent):
        return Sequence(line)
    return Mapping(line) if isinstance(event, yaml.MappingStartEvent) else None


def _place(node: Node, parent: Sequence | Mapping, keys: list[Scalar | None]) -> None:
    """Put a node where it stands; in a mapping, keys and values take turns."""
    if isinstance(parent, Sequence):
        parent.items.append(node)
        return
    key = keys[-1]
    if key is not None:
        parent.pairs.append((key, node))
        keys[-1] = None
    elif isinstance(node, Scalar):
        keys[-1] = node
    else:
        raise YamlFault(node.line, _("a key is a list or a mapping"), _("Write the key as a word."))


def _copy_out() -> str:
    return _("Write the value out here, or put quotation marks around a word that begins with *.")
