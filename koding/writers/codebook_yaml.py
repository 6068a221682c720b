"""The codebook as the YAML file that a team reads and reviews; every value is written so that it is read as text."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Any

import yaml

from koding.model.codebook import Code, Codebook, Example, Facet, FacetValue, Revision, WordField
from koding.model.identity import content_guid

_WIDTH = 120


class _Dumper(yaml.SafeDumper):
    """Writes lists further in than the key they stand under, texts of several lines as blocks, and no references."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002 - PyYAML's own
        """Go one step in, also for a list."""
        super().increase_indent(flow, indentless=False)

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002 - PyYAML's own
        """Tell that every value is written out."""
        return True


def _text(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
    style = "|" if "\n" in value.strip("\n") else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


_Dumper.add_representer(str, _text)


def codebook_yaml(codebook: Codebook) -> bytes:
    """Give a codebook as YAML in UTF-8: read back, it is the same."""
    about: dict[str, Any] = {"id": codebook.id, "title": codebook.title, "language": codebook.language}
    about |= _given({"version": codebook.version, "description": codebook.description, "rules": [*codebook.rules]})
    content: dict[str, Any] = {"codebook": about}
    content |= _given(
        {
            "fields": [_field(field) for field in codebook.fields],
            "facets": [_facet(facet) for facet in codebook.facets],
        }
    )
    content["codes"] = [_code(codebook, code) for code in codebook.families]
    content |= _given({"history": [_revision(revision) for revision in codebook.history]})
    stream = io.StringIO()
    yaml.dump(content, stream, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=_WIDTH)
    return stream.getvalue().encode("utf-8")


def _given(content: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in content.items() if value}


def _code(codebook: Codebook, code: Code) -> dict[str, Any]:
    content: dict[str, Any] = {"key": code.key, "label": code.label}
    if code.guid != content_guid("code", codebook.id, code.key):
        content["guid"] = code.guid
    indicators = code.indicators
    return content | _given(
        {
            "gloss": code.gloss,
            "short": code.short,
            "definition": code.definition,
            "use": code.use,
            "not_use": code.not_use,
            "examples": _examples(code.examples, codebook.language),
            "counterexamples": _examples(code.counterexamples, codebook.language),
            "indicators": _given(
                {"nb": [*indicators.nb], "nn": [*indicators.nn], "except": [*indicators.excepted]},
            ),
            "colour": code.colour,
            "codable": "" if code.codable else "no",
            "sensitive": "yes" if code.sensitive else "",
            "retired": "yes" if code.retired else "",
            "successor": code.successor,
            "children": [_code(codebook, child) for child in codebook.children(code.key)],
        }
    )


def _revision(revision: Revision) -> dict[str, Any]:
    content = {"at": revision.at, "coder": revision.coder, "action": revision.action, "key": revision.key}
    return content | _given(
        {"reason": revision.reason, "version": revision.version, "detail": dict(revision.detail)},
    )


def _examples(examples: Iterable[Example], language: str) -> list[Any]:
    return [
        example.text if example.language == language else {"text": example.text, "language": example.language}
        for example in examples
    ]


def _field(field: WordField) -> dict[str, Any]:
    return {"name": field.name, "label": field.label} | _given(
        {"description": field.description, "nb": [*field.nb], "nn": [*field.nn]}
    )


def _facet(facet: Facet) -> dict[str, Any]:
    content = {"key": facet.key, "label": facet.label} | _given({"description": facet.description})
    if facet.default_variable:
        content["default_by"] = {"variable": facet.default_variable, "values": dict(facet.default_values)}
    content |= _given({"default": facet.default, "uncounted": sorted(facet.uncounted)})
    return content | {"values": [_facet_value(value) for value in facet.values]}


def _facet_value(value: FacetValue) -> dict[str, Any]:
    return {"key": value.key, "label": value.label} | _given({"description": value.description})
