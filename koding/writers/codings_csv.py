"""Codings as CSV: one row a coding, a column per facet, the text last."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from koding.model.cells import guarded
from koding.model.coding import Coding


def codings_csv(rows: Iterable[tuple[str, Coding, str]], facets: Sequence[str]) -> str:
    """Give the CSV of (source name, coding, text) rows, with LF line ends; `facets` are the facet columns."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(["source", "start", "end", "code", "coder", *facets, "memo", "text"])
    for source, coding, text in rows:
        writer.writerow(
            [
                guarded(source),
                coding.start,
                coding.end,
                coding.code,
                guarded(coding.coder),
                *(coding.facets.get(facet, "") for facet in facets),
                guarded(coding.memo),
                guarded(text),
            ]
        )
    return stream.getvalue()
