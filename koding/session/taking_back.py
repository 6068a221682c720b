"""Undo and redo of one coder's changes, refused where the study no longer allows them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from koding.errors import Conflict
from koding.i18n import _
from koding.session.telling import Passage, told
from koding.store import codings as codings_store
from koding.store import journal
from koding.store.project import Project


@dataclass(frozen=True, slots=True)
class Undone:
    """What was undone or redone, in words.

    `sources` are the GUIDs of the sources whose codings changed, `passage` what the change was about (None for a memo
    on a source or a code).
    """

    text: str
    sources: frozenset[str]
    passage: Passage | None = None


def take_back(
    project: Project, target: int, *, coder: str, kind: str, labels: Mapping[str, str]
) -> tuple[Undone, list[journal.Entry]]:
    """Undo (`kind` "undo") or redo ("redo") the change `target`; gives it in words, and the rows that were touched.

    `labels` gives the label of a code by its GUID. Raises Conflict where the study no longer allows it.
    """
    _refuse_orphans(project, target, kind)
    _refuse_other_text(project, target)
    with project.reading() as connection:
        event = journal.event(connection, target)
        standing = told(connection, event, journal.entries_of(connection, target), labels)
    entries = project.revert(target, coder=coder, kind=kind)
    rows = [
        row
        for entry in entries
        if entry.entity in {"coding", "decision"}
        for row in (entry.before, entry.after)
        if row is not None
    ]
    return Undone(standing.text, frozenset(str(row["source"]) for row in rows), standing.passage), entries


def _refuse_other_text(project: Project, target: int) -> None:
    """Raise Conflict where a source has got another text since: the positions of then mean nothing now."""
    with project.reading() as connection:
        rows = [entry.after or entry.before for entry in journal.entries_of(connection, target)]
        sources = {str(row["source"]) for row in rows if row is not None and "source" in row}
        if any(journal.text_changed_since(connection, source, target) for source in sources):
            raise Conflict(
                _("This cannot be taken back: the text has been replaced since (--reanchor)."),
                _("See koding log for what the change was."),
            )


def _refuse_orphans(project: Project, target: int, kind: str) -> None:
    """Raise Conflict where a coding would go from under a memo that a later change wrote on it."""
    with project.reading() as connection:
        touched = journal.entries_of(connection, target)
        memos = {entry.guid for entry in touched if entry.entity == "memo"}
        for entry in touched:
            goes = entry.before is None if kind == "undo" else entry.after is None
            if entry.entity == "coding" and goes and not memos and codings_store.has_memos(connection, entry.guid):
                raise Conflict(
                    _("A memo has been written on this coding since."),
                    _("Undo the memo first, or remove the coding with its memos."),
                )
