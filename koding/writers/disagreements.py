"""Disagreements as rows: one a coding, and one for every coder who has none there."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any

from koding.model.cells import guarded
from koding.model.disagreement import Disagreement
from koding.model.resolution import Resolution
from koding.model.transcript import Transcript

COLUMNS = (
    "id", "source", "kind", "coder", "code", "start", "end", "facets", "memo", "text",
    "decided", "decided_by", "why", "certainty", "keywords",
)  # fmt: skip

#: The disagreement, the transcript it is in, and what was decided (None where it is open).
Item = tuple[Disagreement, Transcript, Resolution | None]


def disagreement_rows(items: Iterable[Item]) -> Iterator[dict[str, Any]]:
    """Give the rows by column; numbers are code points of the source, facets and keywords mappings and lists."""
    for one, transcript, resolution in items:
        base = {"id": one.id, "source": transcript.name, "kind": one.kind.value}
        decided = {
            "decided": resolution.verdict if resolution else "",
            "decided_by": resolution.coder if resolution else "",
            "why": resolution.why if resolution else "",
            "certainty": resolution.certainty.value if resolution and resolution.certainty else "",
            "keywords": list(resolution.keywords) if resolution else [],
        }
        for coder in one.coders:
            for coding in one.of(coder):
                yield {
                    **base,
                    "coder": coder,
                    "code": coding.code,
                    "start": coding.start,
                    "end": coding.end,
                    "facets": dict(coding.facets),
                    "memo": coding.memo,
                    "text": transcript.text[coding.start : coding.end],
                    **decided,
                }
            if not one.of(coder):
                nothing: dict[str, Any] = {"code": "", "start": None, "end": None, "facets": {}, "memo": "", "text": ""}
                yield {**base, "coder": coder, **nothing, **decided}


def disagreements_csv(items: Iterable[Item]) -> str:
    """Give the rows as CSV with LF line ends; facets as `key=value`, keywords with semicolons between."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in disagreement_rows(items):
        cells = dict(row)
        cells["facets"] = "; ".join(f"{key}={value}" for key, value in sorted(row["facets"].items()))
        cells["keywords"] = "; ".join(row["keywords"])
        writer.writerow(
            "" if cells[name] is None else guarded(cells[name]) if isinstance(cells[name], str) else cells[name]
            for name in COLUMNS
        )
    return stream.getvalue()
