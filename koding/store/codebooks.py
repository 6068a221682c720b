"""The codebook in the study: written once at `koding init`, read at every opening."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from typing import Any

from koding.model.codebook import Code, Codebook, Example, Facet, FacetValue, Indicators, WordField
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


def code_row(code: Code, codebook: str, parent: str | None, position: int) -> Row:
    """Give the row of a code; `codebook` and `parent` are GUIDs."""
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
        _text({"nb": code.indicators.nb, "nn": code.indicators.nn, "except": code.indicators.excepted}),
        code.colour,
        int(code.codable),
        int(code.sensitive),
        parent,
        position,
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
                _text([_field_content(field) for field in codebook.fields]),
            )
        ],
    )
    guids = {code.key: code.guid for code in codebook.codes}
    change.insert(
        "code",
        (
            code_row(code, codebook.guid, guids[code.parent] if code.parent else None, position)
            for position, code in enumerate(codebook.codes)
        ),
    )


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
        )
        for row in connection.execute(
            "SELECT c.guid, c.key, c.label, c.gloss, c.short, c.definition, c.use, c.not_use, c.examples, "
            "c.counterexamples, c.indicators, c.colour, c.codable, c.sensitive, p.key "
            "FROM code c LEFT JOIN code p ON p.guid = c.parent ORDER BY c.position"
        )
    )
    return Codebook(
        guid=guid,
        id=identifier,
        title=title,
        codes=codes,
        facets=tuple(_facet(content) for content in json.loads(facets)),
        language=language,
        version=version,
        description=description,
        rules=tuple(json.loads(rules)),
        # A study from before word fields has none.
        fields=tuple(_field(content) for content in json.loads(fields or "[]")),
    )


def _indicators(content: Mapping[str, list[str]]) -> Indicators:
    return Indicators(tuple(content["nb"]), tuple(content["nn"]), tuple(content["except"]))
