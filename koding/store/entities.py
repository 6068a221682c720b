"""The journaled entities: which tables hold the state of a study, and their columns.

Every entity has `guid` as its first column and primary key. The journal stores a row as the JSON object of these
columns, written by SQLite itself, so that what the journal says is what the table held.
"""

from __future__ import annotations

from types import MappingProxyType

#: Entity (table) to its columns, in an order in which foreign keys can be satisfied.
ENTITIES = MappingProxyType(
    {
        "study": ("guid", "name", "created", "suggesting"),
        "codebook": ("guid", "id", "title", "language", "version", "description", "rules", "facets", "fields"),
        "code": (
            "guid",
            "codebook",
            "key",
            "label",
            "gloss",
            "short",
            "definition",
            "use",
            "not_use",
            "examples",
            "counterexamples",
            "indicators",
            "colour",
            "codable",
            "sensitive",
            "parent",
            "position",
            "retired",
            "successor",
        ),
        "revision": (
            "guid",
            "codebook",
            "at",
            "coder",
            "action",
            "code",
            "key",
            "detail",
            "reason",
            "version",
        ),
        "informant": ("guid", "name"),
        "variable": ("guid", "name", "kind", "categories", "position"),
        "value": ("guid", "informant", "variable", "value"),
        "source": (
            "guid",
            "name",
            "title",
            "file_name",
            "file_sha256",
            "text_sha256",
            "encoding",
            "format",
            "characters",
            "words",
            "position",
            "created",
        ),
        "segmentation": ("guid", "labels", "turns"),
        "speaker": ("guid", "source", "label", "role", "informant", "guessed"),
        "coder": ("guid", "name"),
        "round": ("guid", "name", "mode", "unit", "seed", "plan", "coders", "closed"),
        "round_part": ("guid", "round", "source", "start", "end"),
        "coding": (
            "guid",
            "source",
            "start",
            "end",
            "code",
            "coder",
            "facets",
            "origin",
            "suggester",
            "created",
            "modified",
            "round",
        ),
        "resolution": (
            "guid",
            "source",
            "round",
            "codings",
            "fingerprint",
            "verdict",
            "outcome",
            "coder",
            "why",
            "certainty",
            "keywords",
            "created",
            "modified",
        ),
        "memo": ("guid", "kind", "target", "coder", "text", "created", "modified"),
        "decision": (
            "guid",
            "source",
            "start",
            "end",
            "code",
            "coder",
            "verdict",
            "facets",
            "suggester",
            "created",
        ),
        "carried": ("guid", "kind", "owner", "position", "content"),
        "choice": ("guid", "entity", "target", "part", "value", "reason", "coder", "created"),
    }
)

#: What points to a row of another entity without a foreign key: (entity, column) to the entity pointed to.
REFERENCES = MappingProxyType({("memo", "target"): "coding"})


def quoted(column: str) -> str:
    """Give a column or table name as SQL (`end` and `value` are words of SQL too)."""
    return f'"{column}"'


def column_list(entity: str) -> str:
    """Give the entity's columns as SQL, comma-separated."""
    return ", ".join(quoted(column) for column in ENTITIES[entity])


def row_json(entity: str) -> str:
    """Give the SQL expression for a row as a JSON object of its columns."""
    pairs = ", ".join(f"'{column}', {quoted(column)}" for column in ENTITIES[entity])
    return f"json_object({pairs})"
