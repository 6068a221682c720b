"""What coders decided about suggestions, as the study keeps it."""

from __future__ import annotations

import sqlite3

from koding.model.coding import Suggestion, Verdict
from koding.model.identity import content_guid
from koding.store.codings import coder_guid, facets_text
from koding.store.journal import Change


def decide(  # noqa: PLR0913 - the parts of a decision
    change: Change, suggestion: Suggestion, *, code: str, coder: str, verdict: Verdict, suggester: str
) -> None:
    """Write what the coder (a name) decided about a suggestion, in the place of an earlier decision.

    `code` is the GUID of the code that was suggested, `suggester` the version that did.
    """
    place = (suggestion.source, str(suggestion.start), str(suggestion.end), suggestion.code)
    change.put(
        "decision",
        {
            "guid": content_guid("decision", coder, *place),
            "source": suggestion.source,
            "start": suggestion.start,
            "end": suggestion.end,
            "code": code,
            "coder": coder_guid(coder),
            "verdict": verdict.value,
            "facets": facets_text(suggestion.facets),
            "suggester": suggester,
            "created": change.at,
        },
    )


def decisions(connection: sqlite3.Connection, source: str, coder: str) -> dict[tuple[int, int, str], Verdict]:
    """Give what the coder decided about suggestions in a source, by (start, end, code key)."""
    return {
        (start, end, key): Verdict(verdict)
        for start, end, key, verdict in connection.execute(
            'SELECT d.start, d."end", k.key, d.verdict FROM decision d JOIN code k ON k.guid = d.code '
            "WHERE d.source = ? AND d.coder = ?",
            (source, coder_guid(coder)),
        )
    }


def decision_spans(connection: sqlite3.Connection, source: str) -> list[tuple[str, int, int]]:
    """Give (GUID, start, end) of every coder's decisions in a source."""
    return connection.execute('SELECT guid, start, "end" FROM decision WHERE source = ?', (source,)).fetchall()
