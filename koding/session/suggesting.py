"""Suggestions for a whole study, as the command gives them."""

from __future__ import annotations

from collections.abc import Iterator

from koding.model.coding import Suggestion
from koding.session.opening import source_record
from koding.store import sources as sources_store
from koding.store.project import Project
from koding.suggest.client import suggest_all


def suggestions(project: Project, source: str | None = None) -> Iterator[tuple[str, Suggestion]]:
    """Give (source name, suggestion) for every source in import order, or for the one of this name.

    Raises UsageFault for a name the study does not have, SuggesterFault where the suggester cannot work.
    """
    with project.reading() as connection:
        records = [source_record(project, source)] if source else sources_store.sources(connection)
        names = {record.guid: record.name for record in records}
        transcripts = (sources_store.transcript(connection, record) for record in records)
        for suggestion in suggest_all(project.codebook(), transcripts):
            yield names[suggestion.source], suggestion
