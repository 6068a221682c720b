"""Taking changes back and bringing them again, on the journal: one coder's, or the study's whoever made them.

A change is taken back only where the study stands as the change left it. Nothing is ever taken from under what others
have built on it: a memo on a coding, a coding in a text that was replaced.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from koding.errors import Conflict
from koding.i18n import _
from koding.session.naming import unknown
from koding.session.telling import Passage, Told, told
from koding.store import codings as codings_store
from koding.store import journal
from koding.store import sources as sources_store
from koding.store.codebooks import code_labels
from koding.store.project import Connection, Project


@dataclass(frozen=True, slots=True)
class Undone:
    """What was undone or redone, in words.

    `sources` are the GUIDs of the sources whose codings changed, `passage` what the change was about (None for a memo
    on a source or a code).
    """

    text: str
    sources: frozenset[str]
    passage: Passage | None = None


@dataclass(frozen=True, slots=True)
class Reverted:
    """A change that was taken back or brought again: in words, and the rows it is about."""

    event: journal.Event
    entries: tuple[journal.Entry, ...]
    kind: str
    told: Told

    def undone(self) -> Undone:
        """Give it as it is told to the one who did it."""
        return Undone(self.told.text, self.sources(), self.told.passage)

    def sources(self) -> frozenset[str]:
        """Give the GUIDs of the sources whose codings or decisions it is about."""
        rows = [
            row
            for entry in self.entries
            if entry.entity in {"coding", "decision"}
            for row in (entry.before, entry.after)
            if row is not None
        ]
        return frozenset(str(row["source"]) for row in rows)

    def steps(self) -> Iterator[tuple[str, int]]:
        """Give (code GUID, 1 or -1) for every coding that came or went; one that changed did both."""
        for entry in self.entries:
            if entry.entity == "coding":
                undone = self.kind == "undo"
                old, new = (entry.after, entry.before) if undone else (entry.before, entry.after)
                yield from ((str(row["code"]), step) for row, step in ((old, -1), (new, 1)) if row is not None)

    def codings(self) -> tuple[int, int]:
        """Give how many codings came (or came back), and how many went."""
        rows = [
            (entry.after is None, entry.before is None)
            if self.kind == "undo"
            else (entry.before is None, entry.after is None)
            for entry in self.entries
            if entry.entity == "coding"
        ]
        return sum(came for came, _went in rows), sum(went for _came, went in rows)


def require_actor(project: Project, name: str) -> None:
    """Raise UsageFault, naming those there are, where nobody of this name codes or has changed the study."""
    with project.reading() as connection:
        known = sorted({*journal.actors(connection), *codings_store.coders(connection)})
    if name not in known:
        raise unknown(_("person in the study"), name, known)


def undo(project: Project, *, actor: str, coder: str | None = None, actions: Sequence[str] | None = None) -> Reverted:
    """Take back the last change of `coder` (None: of anybody) that is one of `actions` (None: any).

    `actor` is who does it, for the journal. Raises Conflict where there is nothing, or where it cannot be taken back.
    """
    with project.reading() as connection:
        target = journal.undoable(connection, coder, actions)
    if target is None:
        raise Conflict(_("There is nothing to undo."))
    return _revert(project, target, "undo", actor)


def redo(project: Project, *, actor: str, coder: str | None = None, actions: Sequence[str] | None = None) -> Reverted:
    """Bring back what was undone last, as `undo`. A new change since leaves nothing to redo."""
    with project.reading() as connection:
        target = journal.redoable(connection, coder, actions)
    if target is None:
        raise Conflict(_("There is nothing to redo."))
    return _revert(project, target, "redo", actor)


def _revert(project: Project, target: int, kind: str, actor: str) -> Reverted:
    with project.reading() as connection:
        event = journal.event(connection, target)
        entries = journal.entries_of(connection, target)
        _refuse_orphans(connection, entries, kind)
        _refuse_missing_source(connection, entries)
        _refuse_other_text(connection, entries, target, kind)
        _refuse_later_work(connection, entries, target)
        words = told(connection, event, entries, code_labels(connection))
    return Reverted(event, tuple(project.revert(target, coder=actor, kind=kind)), kind, words)


def _refuse_missing_source(connection: Connection, entries: Sequence[journal.Entry]) -> None:
    """Raise Conflict where a change is about codings in a source that another copy took back, and does not bring it."""
    there = {record.guid for record in sources_store.sources(connection)}
    there.update(entry.guid for entry in entries if entry.entity == "source")
    rows = [entry.after or entry.before for entry in entries if entry.entity in {"coding", "decision"}]
    if any(row is not None and row["source"] not in there for row in rows):
        raise Conflict(
            _("This cannot be taken back: its source is no longer in the study."),
            _("See koding log for what became of it."),
        )


def _refuse_other_text(connection: Connection, entries: Sequence[journal.Entry], target: int, kind: str) -> None:
    """Raise Conflict where a source has another text than when the change was made: its positions mean nothing now."""
    rows = [entry.after or entry.before for entry in entries if entry.entity in {"coding", "decision"}]
    then = target if kind == "undo" else target - 1
    for source in {str(row["source"]) for row in rows if row is not None}:
        if journal.text_replaced_since(connection, source, then):
            raise Conflict(
                _("This cannot be taken back: the text has been replaced since (--reanchor)."),
                _("See koding log for what the change was."),
            )


def _refuse_orphans(connection: Connection, entries: Sequence[journal.Entry], kind: str) -> None:
    """Raise Conflict where a coding or source would go from under a memo that a later change wrote on it."""
    memos = {entry.guid for entry in entries if entry.entity == "memo"}
    for entry in entries:
        goes = entry.before is None if kind == "undo" else entry.after is None
        if goes and entry.entity in {"coding", "source"} and codings_store.memos_on(connection, entry.guid) - memos:
            if entry.entity == "source":
                raise Conflict(_("A memo has been written on this source since."), _("Undo the memo first."))
            raise Conflict(
                _("A memo has been written on this coding since."),
                _("Undo the memo first, or remove the coding with its memos."),
            )


def _refuse_later_work(connection: Connection, entries: Sequence[journal.Entry], target: int) -> None:
    """Raise Conflict where a text would be replaced under codings that were made or moved in it since."""
    touched = {entry.guid for entry in entries}
    since = journal.last_turn(connection, target)
    for entry in entries:
        before, after = entry.before, entry.after
        if entry.entity != "source" or before is None or after is None:
            continue
        if before["text_sha256"] == after["text_sha256"]:
            continue
        for entity, guid in codings_store.standing_on(connection, entry.guid):
            if guid not in touched and journal.changed_since(connection, entity, guid, since):
                raise Conflict(
                    _("This cannot be taken back: {source} has been coded in its new text since.").format(
                        source=before["name"]
                    ),
                    _("Take those changes back first; koding log tells which they are."),
                )
