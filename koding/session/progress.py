"""How far a coder has come in each source."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from koding.model.rounds import Round
from koding.store import codings as codings_store
from koding.store import sources as sources_store
from koding.store.project import Connection, Project


@dataclass(frozen=True, slots=True)
class SourceState:
    """A source with one coder's progress.

    `counted_turns` are turns of informants (or their interpreters), `coded_turns` those of them with a coding of this
    coder, `codings` this coder's codings, `words` the words of all speech.
    """

    guid: str
    name: str
    title: str
    words: int
    counted_turns: int
    coded_turns: int
    codings: int


def progress(
    project: Project, coder: str, only: str | None = None, in_round: Round | None = None
) -> dict[str, SourceState]:
    """Give every source's state by GUID (or that of the source `only`), for the coder of this name.

    With `in_round` its sources alone, their turns that belong to it and the codings made in it.
    """
    with project.reading() as connection:
        return dict(_states(connection, coder, only, in_round))


def _states(
    connection: Connection, coder: str, only: str | None, in_round: Round | None
) -> Iterator[tuple[str, SourceState]]:
    marks: dict[str, list[tuple[int, int]]] = {}
    for source, start, end in codings_store.coding_starts(connection, coder, only, in_round.guid if in_round else None):
        marks.setdefault(source, []).append((start, end))
    speakers = sources_store.speakers(connection, None if only is None else [only])
    for record in sources_store.sources(connection):
        if only not in {None, record.guid} or (in_round is not None and record.guid not in in_round.parts):
            continue
        turns = sources_store.segmentation_of(connection, record.guid).turns
        who = speakers.get(record.guid, {})
        counted = {index for index, turn in enumerate(turns) if turn.speaker in who and who[turn.speaker].counted}
        if in_round is not None:
            counted = {
                index for index in counted if in_round.touches(record.guid, turns[index].start, turns[index].end)
            }
        starts = [turn.start for turn in turns]
        spans = marks.get(record.guid, [])
        coded: set[int] = set()
        for start, end in spans:
            index = max(0, bisect_right(starts, start) - 1)
            while index < len(turns) and starts[index] < end:
                if start < turns[index].end:
                    coded.add(index)
                index += 1
        yield (
            record.guid,
            SourceState(
                record.guid, record.name, record.title, record.words, len(counted), len(coded & counted), len(spans)
            ),
        )
