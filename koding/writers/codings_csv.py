"""Codings as CSV: one row a coding, a column per facet, the text last."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from koding.model.cells import guarded
from koding.model.coding import Coding


def codings_csv(rows: Iterable[tuple[str, Coding, str]], facets: Sequence[str], *, words: bool = True) -> str:
    """Give the CSV of (source name, coding, text) rows, with LF line ends; `facets` are the facet columns.

    Without `words` the columns memo and text are left out.
    """
    head = ["source", "start", "end", "code", "coder", *facets, "memo", "text"]
    last = len(head) if words else len(head) - 2
    return _table(
        head[:last],
        (_row(source, coding, (coding.start, coding.end), text, facets)[:last] for source, coding, text in rows),
    )


def lost_codings_csv(
    rows: Iterable[tuple[str, Coding, tuple[int, int] | None, str, str]], facets: Sequence[str]
) -> str:
    """Give the CSV of (source name, coding, span in the new text, text there, old text) rows.

    The columns are those of an export and `old_text` last; the span is empty where the old words have no place.
    """
    head = ["source", "start", "end", "code", "coder", *facets, "memo", "text", "old_text"]
    return _table(
        head,
        (
            [*_row(source, coding, place or ("", ""), text, facets), guarded(old)]
            for source, coding, place, text, old in rows
        ),
    )


def _row(
    source: str, coding: Coding, place: tuple[int, int] | tuple[str, str], text: str, facets: Sequence[str]
) -> list[object]:
    return [
        guarded(source),
        *place,
        coding.code,
        guarded(coding.coder),
        *(coding.facets.get(facet, "") for facet in facets),
        guarded(coding.memo),
        guarded(text),
    ]


def _table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(rows)
    return stream.getvalue()
