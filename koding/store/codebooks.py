"""The codebook in the study: written once at `koding init`, read at every opening."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from typing import Any

from koding.model.codebook import Code, Codebook, Example, Facet, FacetValue, Indicators, Revision, WordField
from koding.store.journal import Change, Row


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _facet_content(facet: Facet) -> dict[str, Any]:
    return {
        "key": facet.key,
        "label": facet.label,
        "description": facet.description,
        "values": [[value.key, value.label, value.description] for value in facet.values],
        "default": facet.default,
        "default_variable": facet.default_variable,
        "default_values": dict(facet.default_values),
        "uncounted": sorted(facet.uncounted),
    }


def _facet(content: Mapping[str, Any]) -> Facet:
    return Facet(
        key=content["key"],
        label=content["label"],
        description=content["description"],
        values=tuple(FacetValue(*value) for value in content["values"]),
        default=content["default"],
        default_variable=content["default_variable"],
        default_values=content["default_values"],
        uncounted=frozenset(content["uncounted"]),
    )


def _field_content(field: WordField) -> dict[str, Any]:
    return {
        "name": field.name,
        "label": field.label,
        "description": field.description,
        "nb": field.nb,
        "nn": field.nn,
    }


def _field(content: Mapping[str, Any]) -> WordField:
    return WordField(
        name=content["name"],
        label=content["label"],
        description=content["description"],
        nb=tuple(content["nb"]),
        nn=tuple(content["nn"]),
    )


def indicators_text(indicators: Indicators) -> str:
    """Give the column that holds a code's indicators."""
    return _text({"nb": indicators.nb, "nn": indicators.nn, "except": indicators.excepted})


def fields_text(fields: Iterable[WordField]) -> str:
    """Give the column that holds a codebook's word fields."""
    return _text([_field_content(field) for field in fields])


def code_row(code: Code, codebook: str, parent: str | None, successor: str | None, position: int) -> Row:
    """Give the row of a code; `codebook`, `parent` and `successor` are GUIDs."""
    return (
        code.guid,
        codebook,
        code.key,
        code.label,
        code.gloss,
        code.short,
        code.definition,
        code.use,
        code.not_use,
        _text([[example.text, example.language] for example in code.examples]),
        _text([[example.text, example.language] for example in code.counterexamples]),
        indicators_text(code.indicators),
        code.colour,
        int(code.codable),
        int(code.sensitive),
        parent,
        position,
        int(code.retired),
        successor,
    )


def write_codebook(change: Change, codebook: Codebook) -> None:
    """Write the codebook with its codes and facets as part of a change."""
    change.insert(
        "codebook",
        [
            (
                codebook.guid,
                codebook.id,
                codebook.title,
                codebook.language,
                codebook.version,
                codebook.description,
                _text(codebook.rules),
                _text([_facet_content(facet) for facet in codebook.facets]),
                fields_text(codebook.fields),
            )
        ],
    )
    guids = {code.key: code.guid for code in codebook.codes}
    change.insert(
        "code",
        (
            code_row(
                code,
                codebook.guid,
                guids[code.parent] if code.parent else None,
                guids.get(code.successor),
                position,
            )
            for position, code in enumerate(codebook.codes)
        ),
    )
    if codebook.history:
        change.insert("revision", (_revision_row(one, codebook.guid, guids) for one in codebook.history))


def _revision_row(revision: Revision, codebook: str, guids: Mapping[str, str]) -> Row:
    return (
        revision.guid,
        codebook,
        revision.at,
        revision.coder,
        revision.action,
        guids.get(revision.key),
        revision.key,
        _text(dict(revision.detail)),
        revision.reason,
        revision.version,
    )


def add_revision(change: Change, codebook: Codebook, revision: Revision, code: str | None) -> None:
    """Write down what was done to the codebook; `code` is the GUID of the code it was done to."""
    change.insert("revision", [_revision_row(revision, codebook.guid, {revision.key: code} if code else {})])


def last_position(connection: sqlite3.Connection) -> int:
    """Give the place of the last code among all codes."""
    return int(connection.execute("SELECT coalesce(max(position), -1) FROM code").fetchone()[0])


def read_history(connection: sqlite3.Connection) -> tuple[Revision, ...]:
    """Give what was done to the codebook, oldest first; a code that was given another key since has that one."""
    return tuple(
        Revision(guid, at, coder, action, key, reason, json.loads(detail), version or "")
        for guid, at, coder, action, key, reason, detail, version in connection.execute(
            "SELECT r.guid, r.at, r.coder, r.action, coalesce(k.key, r.key), r.reason, r.detail, r.version "
            "FROM revision r LEFT JOIN code k ON k.guid = r.code ORDER BY r.at, r.guid"
        )
    )


def code_labels(connection: sqlite3.Connection) -> dict[str, str]:
    """Give the label of every code by its GUID, without reading the rest of the codebook."""
    return dict(connection.execute("SELECT guid, label FROM code"))


def read_codebook(connection: sqlite3.Connection) -> Codebook:
    """Read the study's codebook."""
    guid, identifier, title, language, version, description, rules, facets, fields = connection.execute(
        "SELECT guid, id, title, language, version, description, rules, facets, fields FROM codebook"
    ).fetchone()
    codes = tuple(
        Code(
            guid=row[0],
            key=row[1],
            label=row[2],
            gloss=row[3],
            short=row[4],
            definition=row[5],
            use=row[6],
            not_use=row[7],
            examples=tuple(Example(*example) for example in json.loads(row[8])),
            counterexamples=tuple(Example(*example) for example in json.loads(row[9])),
            indicators=_indicators(json.loads(row[10])),
            colour=row[11],
            codable=bool(row[12]),
            sensitive=bool(row[13]),
            parent=row[14],
            retired=bool(row[15]),
            successor=row[16] or "",
        )
        for row in connection.execute(
            "SELECT c.guid, c.key, c.label, c.gloss, c.short, c.definition, c.use, c.not_use, c.examples, "
            "c.counterexamples, c.indicators, c.colour, c.codable, c.sensitive, p.key, "
            "c.retired, n.key FROM code c LEFT JOIN code p ON p.guid = c.parent "
            "LEFT JOIN code n ON n.guid = c.successor ORDER BY c.position, c.key"
        )
    )
    return Codebook(
        guid=guid,
        id=identifier,
        title=title,
        codes=in_tree_order(codes),
        facets=tuple(_facet(content) for content in json.loads(facets)),
        language=language,
        version=version,
        description=description,
        rules=tuple(json.loads(rules)),
        # A study from before word fields has none.
        fields=tuple(_field(content) for content in json.loads(fields or "[]")),
        history=read_history(connection),
    )


def in_tree_order(codes: tuple[Code, ...]) -> tuple[Code, ...]:
    """Give the codes with every parent before its children, siblings in the order they have."""
    children: dict[str | None, list[Code]] = {}
    for code in codes:
        children.setdefault(code.parent, []).append(code)
    found: list[Code] = []
    waiting = list(reversed(children.get(None, [])))
    while waiting:
        code = waiting.pop()
        found.append(code)
        waiting.extend(reversed(children.get(code.key, [])))
    return tuple(found)


def _indicators(content: Mapping[str, list[str]]) -> Indicators:
    return Indicators(tuple(content["nb"]), tuple(content["nn"]), tuple(content["except"]))
