"""koding's own file beside the XML (koding.json): what REFI-QDA has no place for, as rows of the study by GUID.

The XML is the truth of all that it can hold; a row here only adds to the element with the same GUID. A file that was
changed by another tool is therefore read as that tool left it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from koding import __version__
from koding.model.coding import RESOLVED
from koding.model.refi import xml_text
from koding.store.entities import ENTITIES

FORMAT = "koding-sidecar"
VERSION = 1
_PLAIN = (str, int, float, type(None))
_LARGEST = 2**62


class Sidecar:
    """The rows of a sidecar by entity and GUID; an empty one where a package has none.

    Resolved codings stand under RESOLVED, whole: they are no coder's, and the XML does not have them.
    """

    def __init__(self, content: Mapping[str, Any] | None) -> None:
        """Take what was read; what is not of the form we write is passed over."""
        self._rows: dict[str, dict[str, dict[str, Any]]] = {}
        self.whole = False
        if content is None or content.get("format") != FORMAT or content.get("version") != VERSION:
            return
        self.whole = bool(content.get("whole"))
        entities = content.get("rows")
        for entity, table in (entities if isinstance(entities, dict) else {}).items():
            if (entity in ENTITIES or entity == RESOLVED) and isinstance(table, dict):
                self._rows[entity] = dict(_table(table))

    def __bool__(self) -> bool:
        """Whether there is anything in it."""
        return bool(self._rows)

    def row(self, entity: str, guid: str) -> Mapping[str, Any] | None:
        """Give the row with this GUID, None where there is none."""
        return self._rows.get(entity, {}).get(guid)

    def rows(self, entity: str) -> Mapping[str, Mapping[str, Any]]:
        """Give an entity's rows by GUID."""
        return self._rows.get(entity, {})

    def exact(self, entity: str, guid: str, column: str, seen: str) -> str:
        """Give a text as the study had it, where the XML shows (`seen`) what it could hold of that."""
        row = self.row(entity, guid)
        value = row.get(column) if row else None
        return value if isinstance(value, str) and xml_text(value) == seen else seen


def _plain(value: object) -> bool:
    """Whether SQLite can hold a value."""
    return isinstance(value, _PLAIN) and not (isinstance(value, int) and abs(value) > _LARGEST)


def _table(table: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    columns, rows = table.get("columns"), table.get("rows")
    if not isinstance(columns, list) or not isinstance(rows, list) or "guid" not in columns:
        return
    for row in rows:
        if isinstance(row, list) and len(row) == len(columns) and all(map(_plain, row)):
            named = dict(zip(columns, row, strict=True))
            if isinstance(named["guid"], str):
                yield named["guid"], named


def sidecar_bytes(rows: Mapping[str, tuple[tuple[str, ...], list[tuple[Any, ...]]]], digest: str) -> bytes:
    """Give the file: rows by entity with their columns, and the SHA-256 of the XML they belong to."""
    content = {
        "format": FORMAT,
        "version": VERSION,
        "koding": __version__,
        "project": digest,
        "rows": {entity: {"columns": columns, "rows": found} for entity, (columns, found) in rows.items()},
    }
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
