"""The part of a codebook that a suggester needs, as JSON: codes with what is said of them, word fields, facets."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from koding.model.codebook import Code, Codebook, Example, Facet, FacetValue, Indicators, WordField


def to_json(codebook: Codebook) -> dict[str, Any]:
    """Give what a suggester needs of the codebook, as values that JSON carries."""
    return {
        "guid": codebook.guid,
        "id": codebook.id,
        "title": codebook.title,
        "language": codebook.language,
        "version": codebook.version,
        "codes": [_code_record(code) for code in codebook.codes],
        "facets": [
            {"key": facet.key, "label": facet.label, "values": [[value.key, value.label] for value in facet.values]}
            for facet in codebook.facets
        ],
        "fields": [{"name": field.name, "nb": list(field.nb), "nn": list(field.nn)} for field in codebook.fields],
    }


def from_json(record: Mapping[str, Any]) -> Codebook:
    """Give the codebook back (what is only for the eye, and the facets' defaults, are empty).

    Raises:
        KeyError, TypeError, ValueError: the record is not what `to_json` gives.
    """
    return Codebook(
        guid=str(record["guid"]),
        id=str(record["id"]),
        title=str(record["title"]),
        codes=tuple(_code(code) for code in record["codes"]),
        facets=tuple(
            Facet(facet["key"], facet["label"], tuple(FacetValue(key, label) for key, label in facet["values"]))
            for facet in record["facets"]
        ),
        language=str(record["language"]),
        version=str(record["version"]),
        fields=tuple(
            WordField(field["name"], nb=tuple(field["nb"]), nn=tuple(field["nn"])) for field in record["fields"]
        ),
    )


def _code_record(code: Code) -> dict[str, Any]:
    return {
        "guid": code.guid,
        "key": code.key,
        "label": code.label,
        "parent": code.parent,
        "short": code.short,
        "definition": code.definition,
        "use": code.use,
        "not_use": code.not_use,
        "examples": [[example.text, example.language] for example in code.examples],
        "counterexamples": [[example.text, example.language] for example in code.counterexamples],
        "codable": code.offered,
        "nb": list(code.indicators.nb),
        "nn": list(code.indicators.nn),
        "except": list(code.indicators.excepted),
    }


def _code(record: Mapping[str, Any]) -> Code:
    return Code(
        guid=record["guid"],
        key=record["key"],
        label=record["label"],
        parent=record["parent"],
        short=record["short"],
        definition=record["definition"],
        use=record["use"],
        not_use=record["not_use"],
        examples=tuple(Example(text, language) for text, language in record["examples"]),
        counterexamples=tuple(Example(text, language) for text, language in record["counterexamples"]),
        indicators=Indicators(tuple(record["nb"]), tuple(record["nn"]), tuple(record["except"])),
        codable=record["codable"],
    )
