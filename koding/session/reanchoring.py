"""A transcript that has changed since it was coded: what would move, and carrying the codings over."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass

from koding.errors import KodingError
from koding.i18n import _
from koding.model.anchoring import Alignment
from koding.model.coding import Coding
from koding.store import codings as codings_store
from koding.store import sources as store
from koding.store.journal import Change
from koding.store.project import Project

#: Lines of the difference shown in a refusal: enough to recognise the change, not the whole interview.
SHOWN_LINES = 12
#: Code points of a lost coding's words shown in a report.
SHOWN_WORDS = 80


@dataclass(frozen=True, slots=True)
class Reanchored:
    """What became of a source's codings: how many were carried over, and those that were not with their old words."""

    source: str
    kept: int
    lost: tuple[tuple[Coding, str], ...]


def _split(codings: list[Coding], alignment: Alignment) -> tuple[dict[str, tuple[int, int]], list[Coding]]:
    places: dict[str, tuple[int, int]] = {}
    lost: list[Coding] = []
    for coding in codings:
        place = alignment.move(coding.start, coding.end)
        if place is None:
            lost.append(coding)
        else:
            places[coding.guid] = place
    return places, lost


def refusal(project: Project, standing: store.SourceRecord, text: str) -> KodingError:
    """Give the fault for a changed file, with the difference and what would become of the codings."""
    with project.reading() as connection:
        old = store.read_text(connection, standing.guid)
        codings = list(codings_store.codings(connection, source=standing.guid))
    places, lost = _split(codings, Alignment(old, text))
    moved = sum(1 for coding in codings if places.get(coding.guid, (coding.start,))[0] != coding.start)
    lines = list(difflib.unified_diff(old.splitlines(), text.splitlines(), lineterm="", n=0))[2:]
    shown = [line for line in lines if not line.startswith("@@")]
    difference = "\n".join(f"    {line}" for line in shown[:SHOWN_LINES])
    if len(shown) > SHOWN_LINES:
        more = _("and {count} lines more").format(count=len(shown) - SHOWN_LINES)
        difference += f"\n    … {more}"
    losses = "\n".join(f"    {coding.code}: {old_words(coding, old)}" for coding in lost)
    message = _(
        "{name} has changed since it was imported: of {count} codings {moved} would move and {lost} lose their text."
    ).format(name=standing.name, count=len(codings), moved=moved, lost=len(lost))
    hint = _("Import it again with --reanchor to carry the codings over.")
    return KodingError(message, hint + "\n" + difference + (f"\n{losses}" if losses else ""))


def old_words(coding: Coding, text: str) -> str:
    """Give the words a coding stood on, on one line and not too long."""
    words = " ".join(text[coding.start : coding.end].split())
    return f"«{words[:SHOWN_WORDS]}…»" if len(words) > SHOWN_WORDS else f"«{words}»"


def reanchor(change: Change, project: Project, standing: store.SourceRecord, text: str) -> Reanchored:
    """Move the codings of a source to where their text stands in `text`; those without a place are removed.

    They stay in the journal. Decisions about suggestions move too where they can, and go silently where they cannot,
    since the suggester will propose anew.
    """
    connection = project.connection
    old = store.read_text(connection, standing.guid)
    alignment = Alignment(old, text)
    codings = list(codings_store.codings(connection, source=standing.guid))
    places, lost = _split(codings, alignment)
    for coding in lost:
        codings_store.remove_coding(change, connection, coding.guid)
    _move(change, "coding", places, {coding.guid: coding.start for coding in codings})
    new_places: dict[str, tuple[int, int]] = {}
    decided = codings_store.decision_spans(connection, standing.guid)
    for guid, start, end in decided:
        place = alignment.move(start, end)
        if place is None:
            change.delete("decision", guid)
        else:
            new_places[guid] = place
    _move(change, "decision", new_places, {guid: start for guid, start, _end in decided})
    return Reanchored(standing.name, len(places), tuple((coding, old_words(coding, old)) for coding in lost))


def _move(change: Change, entity: str, places: Mapping[str, tuple[int, int]], old_starts: Mapping[str, int]) -> None:
    # A coder says one code of one span once, so no row may step on one that has yet to move: those that go right go
    # from the last, those that go left from the first. An alignment keeps order, so that is enough.
    rightward = [guid for guid, place in places.items() if place[0] > old_starts[guid]]
    leftward = [guid for guid, place in places.items() if place[0] < old_starts[guid]]
    rightward.sort(key=lambda guid: -old_starts[guid])
    leftward.sort(key=lambda guid: old_starts[guid])
    for guid in (*rightward, *leftward):
        start, end = places[guid]
        change.update(entity, guid, {"start": start, "end": end})
