"""What QualCoder knows of cases and files: attributes, as variables with values."""

from __future__ import annotations

import re
from collections.abc import Iterable

from koding.model.exchange import Value, Variable
from koding.model.identity import content_guid
from koding.readers.projects.rows import Tables, given, number, text

_WHOLE = re.compile(r"[-+]?\d{1,18}")
_DECIMAL = re.compile(r"[-+]?\d{1,18}(?:\.\d{1,18})?")


class Attributes:
    """The attributes of a project; a variable is known by its name, whether cases or files have it."""

    def __init__(self, tables: Tables) -> None:
        self._values: dict[tuple[str, int], dict[str, str]] = {}
        for row in tables["attribute"]:
            owner = number(row["id"])
            if owner is not None and text(row["name"]):
                self._values.setdefault((text(row["attr_type"]), owner), {})[text(row["name"])] = text(row["value"])
        self._declared = {text(row["name"]): row for row in tables["attribute_type"] if text(row["name"])}
        for values in self._values.values():
            for name in values:
                self._declared.setdefault(name, {})

    def variables(self) -> list[Variable]:
        """Give the variables in the order they were declared."""
        return [
            Variable(self._guid(name), name, self._kind(name, text(row.get("valuetype"))), given(row.get("memo")))
            for name, row in self._declared.items()
        ]

    def values(self, kind: str, owner: int) -> list[Value]:
        """Give the values that a "case" or "file" has; an empty one is none."""
        return [Value(self._guid(name), value) for name, value in self._values.get((kind, owner), {}).items() if value]

    @staticmethod
    def _guid(name: str) -> str:
        return content_guid("variable", name)

    def _kind(self, name: str, declared: str) -> str:
        """Give the kind of a variable: a number only where it is declared as one and all its values are."""
        values = [values[name] for values in self._values.values() if values.get(name)]
        if declared != "numeric" or not values:
            return "Text"
        if _all(_WHOLE, values):
            return "Integer"
        return "Float" if _all(_DECIMAL, values) else "Text"


def _all(pattern: re.Pattern[str], values: Iterable[str]) -> bool:
    return all(pattern.fullmatch(value) for value in values)
