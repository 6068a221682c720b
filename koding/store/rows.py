"""Whole rows of the journaled entities, as mappings: out of a study, and into a new one."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from koding.store import connection as files
from koding.store.entities import ENTITIES, quoted, row_json
from koding.store.journal import Change
from koding.store.project import Connection, Project
from koding.store.sources import sha256, store_text


def rows_of(connection: Connection, entity: str) -> list[dict[str, Any]]:
    """Give the rows of an entity in the order they came in."""
    return [
        json.loads(row)
        for (row,) in connection.execute(f"SELECT {row_json(entity)} FROM {quoted(entity)} ORDER BY rowid")
    ]


def insert_rows(change: Change, entity: str, rows: Iterable[Mapping[str, Any]]) -> None:
    """Write rows as part of a change; columns that a row does not name are empty."""
    change.insert(entity, [tuple(row.get(column) for column in ENTITIES[entity]) for row in rows])


def create_from_rows(
    path: Path, rows: Mapping[str, Iterable[Mapping[str, Any]]], texts: Mapping[str, str], *, coder: str, detail: str
) -> Project:
    """Make a study of rows by entity and of the texts of its sources by GUID.

    Raises KodingError where the path is taken or cannot be written; a half-made file is taken away.
    """
    project = Project(path, files.create(path))
    try:
        with project.change(coder=coder, action="open package", detail=detail) as change:
            for text in texts.values():
                store_text(project.connection, text, sha256(text.encode("utf-8")))
            for entity in ENTITIES:
                insert_rows(change, entity, rows.get(entity, ()))
    except BaseException:
        project.close()
        files.remove(path)
        raise
    return project


def copy_study(project: Project, path: Path) -> Project:
    """Write a copy of an open study to `path`, and open it."""
    files.copy_to(project.connection, path)
    return Project.open(path)
