"""A suggestion as JSON carries it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from koding.model.coding import Evidence, Suggestion


def suggestion_record(item: Suggestion) -> dict[str, Any]:
    """Give a suggestion as values that JSON carries."""
    return {
        "source": item.source,
        "start": item.start,
        "end": item.end,
        "code": item.code,
        "score": item.score,
        "origin": item.origin,
        "why": item.why,
        "facets": dict(item.facets),
        "evidence": [[span.start, span.end] for span in item.evidence],
    }


def suggestion(record: Mapping[str, Any]) -> Suggestion:
    """Read what `suggestion_record` gave.

    Raises:
        KeyError, TypeError, ValueError, AttributeError: it is something else.
    """
    return Suggestion(
        source=str(record["source"]),
        start=int(record["start"]),
        end=int(record["end"]),
        code=str(record["code"]),
        score=float(record["score"]),
        origin=str(record["origin"]),
        why=str(record["why"]),
        facets={str(key): str(value) for key, value in record["facets"].items()},
        evidence=tuple(Evidence(int(start), int(end)) for start, end in record["evidence"]),
    )
