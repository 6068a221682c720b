"""What the parts of an import share: the change it runs in, what the study calls things, and what is to be carried."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from koding.model.exchange import Project
from koding.session.interchange.report import ProjectReport
from koding.session.interchange.sidecar import Sidecar
from koding.store.carried import Carried, carried
from koding.store.entities import ENTITIES
from koding.store.journal import Change, Row
from koding.store.project import Connection


@dataclass
class Storing:
    """An import under way. The maps go from GUIDs of the file to what the study has (GUIDs, or names of people)."""

    change: Change
    connection: Connection
    file: Project
    sidecar: Sidecar
    report: ProjectReport
    study: str
    coders: dict[str, str] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    variables: dict[str, str] = field(default_factory=dict)
    informants: dict[str, str] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)
    codings: dict[str, str] = field(default_factory=dict)
    luggage: list[Carried] = field(default_factory=list)

    def carry(self, kind: str, owner: str, key: str, content: Mapping[str, Any]) -> None:
        """Put something among what is carried."""
        self.luggage.append(Carried(kind, owner, key, content))

    def known(self, kind: str) -> dict[str, str]:
        """Give what earlier imports made of elements of a kind: the GUID in the file to the GUID in the study."""
        return {content.get("guid", ""): owner for owner, content in carried(self.connection, kind)}

    def insert(self, entity: str, rows: Iterable[Mapping[str, Any]]) -> int:
        """Insert rows by column, a column the row does not name left empty."""
        columns = ENTITIES[entity]
        return self.change.insert(entity, (as_row(columns, row) for row in rows))


def as_row(columns: tuple[str, ...], row: Mapping[str, Any]) -> Row:
    """Give a row as the tuple of these columns."""
    return tuple(row.get(column) for column in columns)


def fresh(name: str, taken: Iterable[str]) -> str:
    """Give the name, with a number behind where it is taken."""
    standing = set(taken)
    found, number = name, 1
    while found in standing:
        number += 1
        found = f"{name} ({number})"
    return found
