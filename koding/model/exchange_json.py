"""The parts of an exchange project as JSON, and back: how a study keeps what it carries for another tool."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, fields
from typing import Any, TypeVar

from koding.model.exchange import Case, Code, Coding, Link, Node, Selection, Set, Source, User, Value, Variable

Part = TypeVar("Part", Case, Code, Coding, Link, Node, Selection, Set, Source, User, Value, Variable)

_NESTED: Mapping[str, type[Any]] = {
    "selections": Selection,
    "codings": Coding,
    "values": Value,
    "extra": Node,
    "children": Node,
    "wrapper": Node,
}


def to_json(part: Part) -> dict[str, Any]:
    """Give a part with its fields, those left out that are as a new one's."""
    content: dict[str, Any] = {}
    for field in fields(part):
        value = getattr(part, field.name)
        default = field.default_factory() if field.default_factory is not MISSING else field.default
        if value == default:
            continue
        if isinstance(value, list | tuple):
            value = [one if isinstance(one, str) else to_json(one) for one in value]
        elif isinstance(value, Node):
            value = to_json(value)
        content[field.name] = value
    return content


def from_json(kind: type[Part], content: Mapping[str, Any]) -> Part:
    """Give the part back; fields this version does not know are passed over."""
    values: dict[str, Any] = {}
    for field in fields(kind):
        if field.name not in content:
            continue
        value = content[field.name]
        nested = _NESTED.get(field.name)
        if isinstance(value, list):
            if value and isinstance(value[0], str):
                value = tuple(value)
            elif nested is not None:
                value = [from_json(nested, one) for one in value]
        elif nested is Node and isinstance(value, dict):
            value = from_json(Node, value)
        values[field.name] = value
    return kind(**values)
